//! The hosted login page without scripts: plain forms, and what they may do.

use serde_json::{Value, json};

use crate::harness::{CALLBACK, PASSWORD, Reply, Server, config, merge};

/// Where `/authorize` sends somebody who has to log in.
pub async fn led_to(server: &Server, changes: Value) -> String {
    let reply = server.authorize("", changes).await;
    assert_eq!(reply.status, 302, "{}", reply.text);
    let address = reply.header("location").to_owned();
    assert!(address.starts_with("/login?"), "{address}");
    address
}

async fn open(server: &Server, path: &str) -> Reply {
    Reply::of(server.navigate(path).send().await.unwrap()).await
}

/// Sends the form as a browser does.
async fn send(server: &Server, path: &str, form: &[(&str, &str)], origin: Option<&str>) -> Reply {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let request = client
        .build()
        .unwrap()
        .post(format!("{}{path}", server.url));
    let request = match origin {
        Some(origin) => request.header("origin", origin),
        None => request,
    };
    Reply::of(request.form(form).send().await.unwrap()).await
}

pub async fn submit(server: &Server, path: &str, form: &[(&str, &str)]) -> Reply {
    send(server, path, form, Some(&server.url)).await
}

/// The address that the form of a page is sent to.
fn action(page: &Reply) -> String {
    let action = page.text.split("action=\"").nth(1).unwrap();
    action.split('"').next().unwrap().replace("&amp;", "&")
}

const LOGIN: [(&str, &str); 2] = [("username", "ada@example.com"), ("password", PASSWORD)];

#[tokio::test]
async fn whoever_is_not_signed_in_logs_in_and_comes_back_with_a_code() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let page = open(&server, &led_to(&server, json!({})).await).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("referrer-policy"), "same-origin");
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' https://app.example;"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    let back = submit(&server, &action(&page), &LOGIN).await;
    assert_eq!(back.status, 303);
    let parameters = back.parameters();
    assert_eq!(parameters["state"], "the state");
    let tokens = server.exchange(&parameters["code"], json!({})).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    // The browser has a session now.
    let again = server
        .authorize(&back.session(), json!({ "prompt": "none" }))
        .await;
    assert!(again.parameters().contains_key("code"));
    let path = led_to(&server, json!({})).await;
    let seen = server.navigate(&path).header("cookie", back.session());
    let seen = Reply::of(seen.send().await.unwrap()).await;
    assert!(seen.header("location").starts_with("/authorize?"));
}

#[tokio::test]
async fn other_providers_are_a_link_away_and_the_box_knows_them() {
    let provider = json!({
        "name": "corp", "strategy": "oidc", "display_name": "A & B",
        "options": { "issuer": "https://id.example", "client_id": "latchlet" },
    });
    let mut config = config();
    let connections = config["connections"].as_array_mut().unwrap();
    connections.push(provider.clone());
    let server = Server::start_with(config.clone()).await;
    let wanted = json!({ "connection": "formed" });
    let page = open(&server, &led_to(&server, wanted).await).await;
    let told = page.text.replace("&quot;", "\"").replace("&#34;", "\"");
    assert!(told.contains("Continue with A &amp; B"), "{told}");
    let link = told.split("href=\"/authorize?").nth(1).unwrap();
    let link = link.split('"').next().unwrap();
    assert!(link.contains("connection=corp"), "{link}");
    assert!(link.contains("state=the+state"), "{link}");

    // A box whose config names its database is told of the others.
    config["connections"] = json!([{ "name": "users", "box": "box.json" }, provider]);
    let the_box = json!({ "connections": [{ "name": "users" }] });
    let server = Server::start_with_box(config.clone(), the_box).await;
    let page = open(&server, &led_to(&server, json!({})).await).await;
    assert!(page.text.contains("corp"), "{}", page.text);

    // Without a database there is nothing but the link.
    config["connections"] = json!([config["connections"][1]]);
    let server = Server::start_with(config).await;
    let page = open(&server, &led_to(&server, json!({})).await).await;
    assert!(page.text.contains("Continue with A &amp; B"));
    assert!(!page.text.contains("needs JavaScript"));
}

#[tokio::test]
async fn a_wrong_password_is_told_and_what_else_was_typed_stays() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let path = led_to(&server, json!({})).await;
    for (form, told) in [
        (
            [("username", "ada@example.com"), ("password", "another one")],
            "The email address or the password is wrong.",
        ),
        (
            [("username", "ada@example.com"), ("password", "")],
            "Enter a password",
        ),
        (
            [("username", ""), ("password", "another one")],
            "Enter your email address",
        ),
    ] {
        let page = submit(&server, &path, &form).await;
        assert_eq!(page.status, 400);
        assert!(
            page.text.contains("<title>Error: Log in to app</title>"),
            "{}",
            page.text
        );
        assert!(page.text.contains(told), "{}", page.text);
        assert!(!page.text.contains("another one"));
        assert!(page.text.contains(&format!("value=\"{}\"", form[0].1)));
        assert!(
            !page.text.contains("/lo/login.js"),
            "the box would hide what is wrong"
        );
        assert_eq!(page.cookies.len(), 0);
    }
}

#[tokio::test]
async fn a_sign_up_by_the_rules_of_the_box() {
    let server = Server::start().await;
    let path = led_to(
        &server,
        json!({ "screen_hint": "signup", "connection": "formed" }),
    )
    .await;
    let page = open(&server, &path).await;
    assert!(page.text.contains("<title>Sign up for app</title>"));
    let mut form = json!({
        "email": "ada@example.com", "password": PASSWORD, "given_name": "Ada \"<b>\"",
        "company": "A company with too long a name", "size": "l", "motto": "",
    });
    let fields = |form: &Value| -> Vec<(String, String)> {
        let pairs = form.as_object().unwrap().iter();
        pairs
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect()
    };
    let post = async |form: &Value| {
        let fields = fields(form);
        let form: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (&**a, &**b)).collect();
        submit(&server, &action(&page), &form).await
    };
    let refused = post(&form).await;
    assert_eq!(refused.status, 400);
    for kept in [
        "Company must have 20 characters or fewer",
        "value=\"Ada &quot;&lt;b&gt;&quot;\"",
        "value=\"A company with too long a name\"",
        "<option value=\"l\" selected=\"\">Large</option>",
    ] {
        assert!(refused.text.contains(kept), "{kept} in {}", refused.text);
    }
    assert!(!refused.text.contains(PASSWORD));
    merge(
        &mut form,
        json!({ "company": "ACME", "news": "true", "app_metadata": "x" }),
    );
    for (password, told) in [
        ("short", "meets every requirement"),
        (
            "my own password of ada example",
            "contains something about you",
        ),
    ] {
        merge(
            &mut form,
            json!({ "password": password, "email": "example@example.com" }),
        );
        let refused = post(&form).await;
        assert_eq!(refused.status, 400, "{password}");
        assert!(refused.text.contains(told), "{told} in {}", refused.text);
    }
    merge(
        &mut form,
        json!({ "password": PASSWORD, "email": " Ada@Example.com" }),
    );
    let back = post(&form).await;
    assert_eq!(back.status, 303, "{}", back.text);
    let tokens = server
        .exchange(&back.parameters()["code"], json!({}))
        .await
        .json();
    let user_info = server
        .with_token(
            reqwest::Method::GET,
            "/userinfo",
            &tokens["access_token"],
            None,
        )
        .await
        .json();
    assert_eq!(user_info["email"], "ada@example.com");
    assert_eq!(user_info["given_name"], "Ada \"<b>\"");
    let id = user_info["sub"]
        .as_str()
        .unwrap()
        .split('|')
        .nth(1)
        .unwrap();
    let user = server.store.user(id).await.unwrap().unwrap();
    assert_eq!(
        json!(user.user_metadata),
        json!({ "company": "ACME", "size": "l", "news": "true" })
    );
    let taken = post(&form).await;
    assert!(
        taken
            .text
            .contains("If you already have one, log in instead"),
        "{}",
        taken.text
    );
}

#[tokio::test]
async fn a_form_of_another_site_signs_nobody_in() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let path = led_to(&server, json!({})).await;
    for origin in [
        None,
        Some("null"),
        Some("https://app.example"),
        Some("http://127.0.0.1"),
    ] {
        let reply = send(&server, &path, &LOGIN, origin).await;
        assert_eq!(reply.status, 403, "{origin:?}");
        assert_eq!(reply.cookies.len(), 0);
        assert_eq!(reply.header("location"), "");
    }
}

#[tokio::test]
async fn the_parameters_are_judged_again() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let path = led_to(&server, json!({})).await;
    for (changed, status) in [
        (path.replace("client_id=app", "client_id=nobody"), 400),
        (path.replace("client_id=app", "client_id=other"), 403),
        (path.replace("callback", "elsewhere"), 403),
        (path.replace("S256", "plain"), 302),
        (format!("{path}&client_id=app"), 400),
    ] {
        let shown = open(&server, &changed).await;
        assert_eq!(shown.status, status, "{changed}");
        let sent = submit(&server, &changed, &LOGIN).await;
        assert_eq!((sent.status, sent.cookies.len()), (status, 0), "{changed}");
    }
}

#[tokio::test]
async fn a_request_by_post_comes_back_as_one_by_get() {
    let server = Server::start().await;
    let form = [
        ("client_id", "app"),
        ("redirect_uri", CALLBACK),
        ("state", "a b&c"),
    ];
    let reply = send(&server, "/authorize", &form, Some("https://app.example")).await;
    assert_eq!(reply.status, 303);
    assert_eq!(
        reply.header("location"),
        "/authorize?client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&state=a+b%26c"
    );
}

#[tokio::test]
async fn a_popup_keeps_the_page_that_opened_it() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let query = json!({ "response_mode": "web_message", "redirect_uri": "https://app.example" });
    let led = server.authorize("", query).await;
    assert_eq!(led.header("cross-origin-opener-policy"), "unsafe-none");
    let path = led.header("location").to_owned();
    let page = open(&server, &path).await;
    assert_eq!(page.header("cross-origin-opener-policy"), "unsafe-none");
    let answer = submit(&server, &path, &LOGIN).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.text.contains("data-origin=\"https://app.example\""),
        "{}",
        answer.text
    );
    assert!(answer.text.contains("&quot;code&quot;"), "{}", answer.text);
}

#[tokio::test]
async fn a_forgotten_password_without_scripts() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let path = led_to(&server, json!({ "screen_hint": "reset-password" })).await;
    let wrong = submit(&server, &path, &[("username", "nobody")]).await;
    assert!(
        wrong.text.contains("Enter an email address like"),
        "{}",
        wrong.text
    );
    for address in ["nobody@example.com", "ada@example.com"] {
        let sent = submit(&server, &path, &[("username", address)]).await;
        assert_eq!(sent.status, 200);
        let said = format!("If there is an account for {address}");
        assert!(sent.text.contains(&said), "{}", sent.text);
    }
    assert_eq!(server.letter(1).await.to, "ada@example.com");
}

#[tokio::test]
async fn a_closed_connection_offers_no_sign_up() {
    let mut config = config();
    config["connections"] = json!([{ "name": "closed", "disable_signup": true }]);
    let server = Server::start_with(config).await;
    let path = led_to(&server, json!({ "screen_hint": "signup" })).await;
    let page = open(&server, &path).await;
    assert!(
        page.text.contains("<title>Log in to app</title>"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("Sign up</a>"), "{}", page.text);
}
