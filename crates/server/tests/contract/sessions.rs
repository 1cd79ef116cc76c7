//! The session of a browser: silent checks, ways for an answer, and sign-out

use serde_json::json;

use crate::harness::{CALLBACK, ORIGIN, Reply, Server, config, merge};

async fn logout(server: &Server, cookie: &str, query: &[(&str, &str)]) -> Reply {
    let request = server.navigate("/v2/logout").query(query);
    Reply::of(request.header("cookie", cookie).send().await.unwrap()).await
}

#[tokio::test]
async fn whoever_signed_in_need_not_do_so_again() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let signed_in = server.authenticate(json!({})).await;
    let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    let back = server.authorize(&signed_in.cookie(), query).await;
    let cookie = back
        .cookies
        .iter()
        .find(|it| it.starts_with("latchlet-session="))
        .unwrap();
    let (value, attributes) = cookie.split_once('=').unwrap().1.split_once(';').unwrap();
    assert_eq!(value.len(), 43);
    assert_eq!(
        attributes,
        " Max-Age=604800; Path=/; HttpOnly; SameSite=Lax"
    );

    let browser = back.session();
    for query in [
        json!({ "prompt": "none" }),
        json!({}),
        json!({ "max_age": "60" }),
    ] {
        let again = server.authorize(&browser, query.clone()).await;
        let parameters = again.parameters();
        assert_eq!(parameters["state"], "the state", "{query}");
        let tokens = server.exchange(&parameters["code"], json!({})).await;
        assert_eq!(tokens.status, 200, "{query}");
    }
    for query in [
        json!({ "prompt": "login" }),
        json!({ "prompt": "select_account" }),
        json!({ "max_age": "0" }),
    ] {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        let again = server.authorize(&browser, query.clone()).await;
        assert!(again.header("location").starts_with("/login?"), "{query}");
    }
    let ticket = json!({ "login_ticket": "nonsense" });
    let again = server.authorize(&browser, ticket).await;
    assert_eq!(again.parameters()["error"], "login_required");
    let both = server
        .authorize(&browser, json!({ "prompt": "none login" }))
        .await;
    assert_eq!(both.parameters()["error"], "invalid_request");
    for cookie in ["", "latchlet-session=", "latchlet-session=nonsense"] {
        let nobody = server.authorize(cookie, json!({ "prompt": "none" })).await;
        assert_eq!(nobody.parameters()["error"], "login_required", "{cookie}");
    }
}

#[tokio::test]
async fn the_time_of_the_login_is_that_of_the_session() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let browser = server.browser().await;
    server.advance(2).await;
    let claims = async |cookie: &str, query| {
        let code = server.authorize(cookie, query).await.parameters()["code"].clone();
        let tokens = server.exchange(&code, json!({})).await.json();
        let payload = tokens["id_token"]
            .as_str()
            .unwrap()
            .split('.')
            .nth(1)
            .unwrap()
            .to_owned();
        let bytes = data_encoding::BASE64URL_NOPAD
            .decode(payload.as_bytes())
            .unwrap();
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()
    };
    let silent = claims(&browser, json!({ "prompt": "none" })).await;
    assert!(
        silent["auth_time"].as_i64() < silent["iat"].as_i64(),
        "{silent}"
    );
}

#[tokio::test]
async fn a_new_login_takes_the_place_of_the_session() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let first = server.browser().await;
    let signed_in = server.authenticate(json!({})).await;
    let cookies = format!("{first}; {}", signed_in.cookie());
    let query = json!({ "login_ticket": signed_in.json()["login_ticket"] });
    let second = server.authorize(&cookies, query).await.session();
    assert_ne!(first, second);
    let old = server.authorize(&first, json!({ "prompt": "none" })).await;
    assert_eq!(old.parameters()["error"], "login_required");
    let new = server.authorize(&second, json!({ "prompt": "none" })).await;
    assert!(new.parameters().contains_key("code"));
}

#[tokio::test]
async fn an_answer_to_the_page_around() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let browser = server.browser().await;
    let query = json!({
        "prompt": "none",
        "response_mode": "web_message",
        "redirect_uri": ORIGIN,
        "state": "</script><b>\"'&",
    });
    let page = server.authorize(&browser, query.clone()).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'none'; style-src 'self'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'; \
         frame-ancestors https://app.example; form-action 'none'; script-src 'self'"
    );
    assert_eq!(page.header("cross-origin-opener-policy"), "unsafe-none");
    assert_eq!(page.header("x-frame-options"), "");
    assert!(page.text.contains("data-origin=\"https://app.example\""));
    assert!(!page.text.contains("<b>"));
    let response = page.text.split("data-response=\"").nth(1).unwrap();
    let response = response.split('"').next().unwrap();
    let response = response
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let response: serde_json::Value = serde_json::from_str(&response).unwrap();
    assert_eq!(response["state"], "</script><b>\"'&");
    let exchange = json!({ "redirect_uri": ORIGIN });
    let code = response["code"].as_str().unwrap();
    assert_eq!(server.exchange(code, exchange).await.status, 200);

    let mut silent = query.clone();
    merge(&mut silent, json!({ "prompt": "none" }));
    let nobody = server.authorize("", silent).await;
    assert!(nobody.text.contains("login_required"), "{}", nobody.text);
    for origin in [
        "https://other.example",
        "https://app.example.evil.example",
        "https://evil.example/?https://app.example",
    ] {
        let mut query = query.clone();
        query["redirect_uri"] = json!(origin);
        let refused = server.authorize(&browser, query).await;
        assert_eq!(refused.status, 403, "{origin}");
        assert!(!refused.text.contains("data-response"), "{origin}");
    }
    let script = server.get("/lo/web-message.js").await;
    assert_eq!(
        script.header("content-type"),
        "text/javascript; charset=utf-8"
    );
}

#[tokio::test]
async fn an_answer_in_the_fragment_and_by_a_form() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let browser = server.browser().await;
    let back = server
        .authorize(
            &browser,
            json!({ "response_mode": "fragment", "state": "a b&c" }),
        )
        .await;
    let (address, fragment) = back.header("location").split_once('#').unwrap();
    assert_eq!(address, CALLBACK);
    assert!(
        fragment.starts_with("code=") && fragment.contains("&state=a+b%26c&iss="),
        "{fragment}"
    );
    let page = server
        .authorize(
            &browser,
            json!({ "response_mode": "form_post", "state": "\"><b>" }),
        )
        .await;
    assert_eq!(page.status, 200);
    assert!(
        page.text
            .contains(&format!("<form method=\"post\" action=\"{CALLBACK}\">"))
    );
    assert!(
        page.text
            .contains("name=\"state\" value=\"&quot;&gt;&lt;b&gt;\"")
    );
    assert!(
        page.header("content-security-policy")
            .contains("form-action https://app.example;")
    );
    let unknown = server
        .authorize(&browser, json!({ "response_mode": "smoke" }))
        .await;
    assert_eq!(unknown.parameters()["error"], "invalid_request");
}

#[tokio::test]
async fn signing_out() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    for (query, status, location) in [
        (
            vec![("client_id", "app"), ("returnTo", "https://app.example/")],
            302,
            "https://app.example/",
        ),
        (vec![("client_id", "app")], 302, "https://app.example/bye"),
        (vec![("client_id", "other")], 200, ""),
        (vec![], 200, ""),
        (
            vec![("client_id", "app"), ("returnTo", "https://evil.example/")],
            400,
            "",
        ),
        (
            vec![("client_id", "other"), ("returnTo", "https://app.example/")],
            400,
            "",
        ),
        (vec![("returnTo", "https://app.example/")], 400, ""),
        (vec![("client_id", "app"), ("client_id", "app")], 400, ""),
    ] {
        let browser = server.browser().await;
        let reply = logout(&server, &browser, &query).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (status, location),
            "{query:?}"
        );
        assert!(
            reply
                .header("set-cookie")
                .starts_with("latchlet-session=; Max-Age=0")
        );
        let silent = server
            .authorize(&browser, json!({ "prompt": "none" }))
            .await;
        assert_eq!(silent.parameters()["error"], "login_required", "{query:?}");
    }
}

#[tokio::test]
async fn whoever_names_no_application_goes_where_the_tenant_lets_them() {
    let mut config = config();
    config["allowed_logout_urls"] = json!(["https://www.example/", "https://www.example/bye"]);
    let server = Server::start_with(config).await;
    for (query, status, location) in [
        (
            vec![("returnTo", "https://www.example/bye")],
            302,
            "https://www.example/bye",
        ),
        (vec![], 302, "https://www.example/"),
        (vec![("returnTo", "https://app.example/bye")], 400, ""),
        (
            vec![
                ("client_id", "app"),
                ("returnTo", "https://www.example/bye"),
            ],
            400,
            "",
        ),
        (
            vec![
                ("client_id", "nobody"),
                ("returnTo", "https://www.example/bye"),
            ],
            400,
            "",
        ),
    ] {
        let reply = logout(&server, "", &query).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (status, location),
            "{query:?}"
        );
    }
}
