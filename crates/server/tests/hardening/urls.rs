//! The list of attacks on addresses: a browser is sent to none that the config
//! does not name, letter by letter.

use serde_json::json;

use crate::harness::{CALLBACK, ORIGIN, Reply, Server};

/// Addresses that some reader takes for one of `app.example`, and that are none.
const NEARLY: [&str; 64] = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "https://evil.example",
    "https://evil.example/callback",
    "https://evil.example\\@app.example/callback",
    "https://evil.example#@app.example/callback",
    "https://evil.example?@app.example/callback",
    "https://app.example@evil.example/callback",
    "https://app.example:443@evil.example/callback",
    "https://app.example%40evil.example/callback",
    "https://app.example%2f@evil.example/callback",
    "https://app.example.evil.example/callback",
    "https://evilapp.example/callback",
    "https://app-example/callback",
    "https://app.example./callback",
    "https://app.example:443/callback",
    "https://app.example:8443/callback",
    "https://app.example:/callback",
    "https://app.example:0443/callback",
    "https://user@app.example/callback",
    "https://user:password@app.example/callback",
    "https://@app.example/callback",
    "http://app.example/callback",
    "ftp://app.example/callback",
    "HTTPS://app.example/callback",
    "https://APP.example/callback",
    "https://app.example/CALLBACK",
    "https://app.example/callback/",
    "https://app.example//callback",
    "https://app.example/./callback",
    "https://app.example/x/../callback",
    "https://app.example/callback/..",
    "https://app.example/callback/../evil",
    "https://app.example/callback%2f..%2fevil",
    "https://app.example/%63allback",
    "https://app.example/callback%00",
    "https://app.example/callback\u{0}",
    "https://app.example/callback?",
    "https://app.example/callback?next=//evil.example",
    "https://app.example/callback#",
    "https://app.example/callback#access_token=x",
    "https://app.example/callback;x",
    "https://app.example\\callback",
    "https://app.example/callback\r\nlocation: https://evil.example",
    "https://app.example/callback\n",
    " https://app.example/callback",
    "https://app.example/callback ",
    "https://app.ex\tample/callback",
    "https://app。example/callback",
    "https://app．example/callback",
    "https://ａpp.example/callback",
    "https://аpp.example/callback",
    "https://app.example／callback",
    "https://app.example\u{200b}/callback",
    "https://xn--pp-7kc.example/callback",
    "https://[::ffff:127.0.0.1]/callback",
    "javascript:alert(1)//app.example/callback",
    "data:text/html,<script>alert(1)</script>",
];

/// Nobody is sent anywhere, and nothing on the page is a link or markup.
fn stays(what: &str, reply: &Reply) {
    assert!(
        (400..500).contains(&reply.status),
        "{what}: {}",
        reply.status
    );
    assert_eq!(reply.header("location"), "", "{what}");
    for sign in ["evil.example", "<script>alert", "http-equiv", "onload"] {
        assert!(!reply.text.contains(sign), "{what}: {}", reply.text);
    }
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("form-action 'none'"), "{what}: {policy}");
    assert!(
        policy.contains("frame-ancestors 'none'"),
        "{what}: {policy}"
    );
}

#[tokio::test]
async fn a_login_comes_back_to_the_application_alone() {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    let cookie = server.browser().await;
    for mode in ["query", "fragment", "form_post", "nonsense"] {
        for address in NEARLY {
            let wish = json!({ "redirect_uri": address, "response_mode": mode });
            let reply = server.authorize(&cookie, wish).await;
            stays(&format!("{mode} {address:?}"), &reply);
        }
    }
    for address in [
        "",
        "callback",
        "/callback",
        "https://app.example/",
        ORIGIN,
        "https://other.example/",
    ] {
        let reply = server
            .authorize(&cookie, json!({ "redirect_uri": address }))
            .await;
        stays(address, &reply);
    }
    // The genuine one is taken.
    let reply = server.authorize(&cookie, json!({})).await;
    assert!(reply.header("location").starts_with(CALLBACK));
}

/// Of a message only the origin counts, because only it is sent to; the page
/// names it as the config does.
#[tokio::test]
async fn a_message_goes_to_the_application_alone() {
    let server = Server::start().await;
    for address in NEARLY {
        let wish = json!({
            "redirect_uri": address, "response_mode": "web_message", "prompt": "none",
        });
        let reply = server.authorize("", wish).await;
        let policy = reply.header("content-security-policy");
        match reply.status {
            200 => {
                assert!(
                    policy.contains(&format!("frame-ancestors {ORIGIN};")),
                    "{address}"
                );
                assert!(
                    reply.text.contains(&format!("data-origin=\"{ORIGIN}\"")),
                    "{address}"
                );
            }
            _ => stays(address, &reply),
        }
        assert!(!reply.text.contains("evil"), "{address}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_logout_leads_to_the_application_alone() {
    let server = Server::start().await;
    for address in NEARLY {
        let address = address.replace("callback", "bye");
        let request = server.navigate("/v2/logout");
        let request = request.query(&[("client_id", "app"), ("returnTo", &address)]);
        let reply = Reply::of(request.send().await.unwrap()).await;
        stays(&address, &reply);
    }
    let ours = "https://app.example/bye";
    for (client, status) in [("app", 302), ("other", 400), ("nobody", 400), ("", 400)] {
        let request = server.navigate("/v2/logout");
        let request = request.query(&[("client_id", client), ("returnTo", ours)]);
        assert_eq!(request.send().await.unwrap().status(), status, "{client}");
    }
}

/// A link in a mail is held to the same list, before it is sent.
#[tokio::test]
async fn a_mail_leads_to_the_application_alone() {
    let server = Server::start().await;
    for address in NEARLY {
        let body = json!({
            "client_id": "app", "connection": "email", "email": "ada@example.com", "send": "link",
            "authParams": {
                "redirect_uri": address, "response_type": "code", "scope": "openid",
                "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method": "S256",
            },
        });
        let reply = server.post("/passwordless/start", &body).await;
        assert_eq!(reply.status, 400, "{address}: {}", reply.text);
    }
    server.letters(0).await;
}
