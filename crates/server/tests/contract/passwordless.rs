//! `POST /passwordless/start`, and what comes back from what it sends

use insta::assert_json_snapshot;
use latchlet_server::mail::Post;
use latchlet_wire::authenticate::PASSWORDLESS_OTP;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::clients::SECRET;
use crate::harness::{CALLBACK, PROFILE_SCOPE, Reply, Server, config, merge};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn start(server: &Server, changes: Value) -> Reply {
    let mut body = json!({
        "client_id": "app",
        "connection": "email",
        "email": "ada@example.com",
        "send": "code",
    });
    merge(&mut body, changes);
    server.post("/passwordless/start", &body).await
}

async fn verify(server: &Server, otp: &str, changes: Value) -> Reply {
    let mut body = json!({
        "password": null,
        "credential_type": PASSWORDLESS_OTP,
        "otp": otp,
        "realm": "email",
    });
    body.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    server.authenticate(body).await
}

fn link_parameters() -> Value {
    json!({
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": "openid email",
        "state": "the state",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    })
}

#[tokio::test]
async fn a_code_signs_a_new_person_in() {
    let server = Server::start().await;
    let reply = start(&server, json!({ "email": " Ada@Example.com" })).await;
    assert_json_snapshot!(reply.shown(), { ".body._id" => "[id]" });
    let letter = server.letter(1).await;
    let code = letter.code.unwrap();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
    assert!(letter.subject.contains(&code) && letter.text.contains(&code));

    let signed_in = verify(&server, &code, json!({ "username": "ADA@example.com" })).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
    let query = json!({
        "login_ticket": signed_in.json()["login_ticket"],
        "audience": server.audience(),
        "scope": PROFILE_SCOPE,
    });
    let back = server.authorize(&signed_in.cookie(), query).await;
    let tokens = server
        .exchange(&back.parameters()["code"], json!({}))
        .await
        .json();
    let token = &tokens["access_token"];
    let info = server
        .with_token(Method::GET, "/userinfo", token, None)
        .await
        .json();
    let subject = info["sub"].as_str().unwrap();
    assert!(subject.starts_with("email|"), "{subject}");
    assert_eq!(
        (&info["email"], &info["email_verified"]),
        (&json!("ada@example.com"), &json!(true))
    );
    let path = format!("/api/v2/users/{}", subject.replace('|', "%7C"));
    let change = json!({ "user_metadata": { "company": "Acme" } });
    let profile = server
        .with_token(Method::PATCH, &path, token, Some(&change))
        .await;
    assert_eq!(profile.status, 200, "{}", profile.text);
    assert_eq!(profile.json()["user_metadata"]["company"], "Acme");
    assert_eq!(profile.json()["identities"][0]["provider"], "email");

    let again = verify(&server, &code, json!({})).await;
    assert_eq!(again.status, 403, "a code is good once");
    start(&server, json!({})).await;
    let code = server.letter(2).await.code.unwrap();
    let known = verify(&server, &code, json!({})).await;
    assert_eq!(known.status, 200, "the same person comes again");
    let browser = server
        .authorize(
            &known.cookie(),
            json!({ "login_ticket": known.json()["login_ticket"] }),
        )
        .await;
    let tokens = server
        .exchange(&browser.parameters()["code"], json!({}))
        .await
        .json();
    let again = server
        .with_token(Method::GET, "/userinfo", &tokens["access_token"], None)
        .await;
    assert_eq!(again.json()["sub"], subject);
}

#[tokio::test]
async fn a_code_can_be_tried_a_few_times_by_the_application_that_asked() {
    let server = Server::start().await;
    start(&server, json!({})).await;
    let code = server.letter(1).await.code.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let other = verify(&server, &code, json!({ "username": "bob@example.com" })).await;
    assert_eq!(other.status, 403, "somebody else's code");
    for _ in 0..3 {
        let reply = verify(&server, wrong, json!({})).await;
        assert_eq!(reply.status, 403);
    }
    let late = verify(&server, &code, json!({})).await;
    assert_json_snapshot!(late.shown());

    // A new code makes the one before it void.
    start(&server, json!({})).await;
    start(&server, json!({})).await;
    let letters = server.letters(3).await;
    let (older, newer) = (
        letters[1].code.clone().unwrap(),
        letters[2].code.clone().unwrap(),
    );
    if older != newer {
        assert_eq!(verify(&server, &older, json!({})).await.status, 403);
    }
    assert_eq!(verify(&server, &newer, json!({})).await.status, 200);
}

#[tokio::test]
async fn a_text_message() {
    let server = Server::start().await;
    let sms =
        json!({ "connection": "sms", "email": null, "phone_number": "+4930901820", "send": null });
    let reply = start(&server, sms.clone()).await;
    assert_json_snapshot!(reply.shown(), { ".body._id" => "[id]" });
    let letter = server.letter(1).await;
    assert_eq!(letter.to, "+4930901820");
    let to = json!({ "realm": "sms", "username": "+4930901820" });
    let wrong = verify(&server, "no", to.clone()).await;
    assert_eq!(
        wrong.json()["error_description"],
        "Wrong phone number or verification code."
    );
    let signed_in = verify(&server, &letter.code.unwrap(), to).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text);
    let user = server
        .store
        .user_by_login("sms", "+4930901820")
        .await
        .unwrap()
        .unwrap();
    assert!(user.phone_verified && user.email.is_none());
    let silent = Server::start_with_post(config(), Post::Nothing).await;
    assert_json_snapshot!("no_gateway", start(&silent, sms).await.shown());
}

#[tokio::test]
async fn a_connection_for_those_it_knows_writes_to_nobody_else() {
    let server = Server::start().await;
    let stranger = start(&server, json!({ "connection": "invited" })).await;
    assert_eq!(stranger.status, 200);
    // Whatever it writes, it would have written before this.
    start(&server, json!({})).await;
    let letters = server.letters(1).await;
    assert_eq!(letters.len(), 1);
    let guess = verify(
        &server,
        letters[0].code.as_ref().unwrap(),
        json!({ "realm": "invited" }),
    )
    .await;
    assert_eq!(guess.status, 403, "a code is for one connection");
}

#[tokio::test]
async fn a_link_ends_the_login() {
    let server = Server::start().await;
    let sent = start(
        &server,
        json!({ "send": "link", "authParams": link_parameters() }),
    )
    .await;
    assert_eq!(sent.status, 200, "{}", sent.text);
    let link = server.letter(1).await.link.unwrap();
    let path = server.path(&link).to_owned();
    let ticket = path.split_once("ticket=").unwrap().1;

    // A mail program that follows the link uses nothing up.
    for _ in 0..2 {
        let page = Reply::of(server.navigate(&path).send().await.unwrap()).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("You log in as ada@example.com."));
        assert!(
            page.header("content-security-policy")
                .ends_with("form-action 'self' https://app.example")
        );
    }
    let foreign = server
        .request(Method::POST, "/passwordless/verify_redirect")
        .header("sec-fetch-site", "cross-site")
        .form(&[("ticket", ticket)]);
    assert_eq!(foreign.send().await.unwrap().status(), 400);

    let form = [("ticket", ticket)];
    let back = server
        .submit("/passwordless/verify_redirect", &form, "")
        .await;
    assert_eq!(back.status, 303);
    let parameters = back.parameters();
    assert_eq!(parameters["state"], "the state");
    let tokens = server.exchange(&parameters["code"], json!({})).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    let silent = server
        .authorize(&back.session(), json!({ "prompt": "none" }))
        .await;
    assert!(silent.parameters().contains_key("code"));

    let again = server
        .submit("/passwordless/verify_redirect", &form, "")
        .await;
    assert_eq!(again.status, 410, "a link is good once");
    let page = Reply::of(server.navigate(&path).send().await.unwrap()).await;
    assert_eq!(page.status, 410);
}

#[tokio::test]
async fn every_refusal_of_a_start() {
    let server = Server::start().await;
    let link = |changes: Value| {
        let mut parameters = link_parameters();
        merge(&mut parameters, changes);
        json!({ "send": "link", "authParams": parameters })
    };
    let mut shown = Map::new();
    for (case, changes) in [
        ("client is unknown", json!({ "client_id": "nobody" })),
        (
            "origin is of another client",
            json!({ "client_id": "other" }),
        ),
        ("connection is unknown", json!({ "connection": "nothing" })),
        ("connection has passwords", json!({ "connection": "users" })),
        ("address is none", json!({ "email": "ada" })),
        ("address for text messages", json!({ "connection": "sms" })),
        (
            "number is national",
            json!({ "connection": "sms", "email": null, "phone_number": "030 901820" }),
        ),
        ("nobody to send it to", json!({ "email": null })),
        ("neither code nor link", json!({ "send": "fax" })),
        ("a secret", json!({ "client_secret": "secret" })),
        ("link without parameters", json!({ "send": "link" })),
        ("link without PKCE", link(json!({ "code_challenge": null }))),
        (
            "link to somewhere else",
            link(json!({ "redirect_uri": "https://evil.example/" })),
        ),
        (
            "link to a frame",
            link(json!({ "response_mode": "web_message", "redirect_uri": "https://app.example" })),
        ),
        ("link with an object", link(json!({ "scope": {} }))),
    ] {
        shown.insert(case.to_owned(), start(&server, changes).await.shown());
    }
    let silent = Server::start_with_post(config(), Post::Nothing).await;
    shown.insert(
        "server has no mail".to_owned(),
        start(&silent, json!({})).await.shown(),
    );
    assert_json_snapshot!(shown);
}

/// A page has no secret to send. A server may send one, and then it must be
/// right.
#[tokio::test]
async fn an_application_may_say_its_secret() {
    let mut config = config();
    config["clients"][0]["client_secret"] = json!(SECRET);
    let server = Server::start_with(config).await;
    for (secret, status) in [
        (json!(null), 200),
        (json!(SECRET), 200),
        (json!("another secret of thirty-two characters"), 401),
        (json!(7), 400),
    ] {
        let reply = start(&server, json!({ "client_secret": secret })).await;
        assert_eq!(reply.status, status, "{secret}: {}", reply.text);
    }
    let server = Server::start().await;
    let reply = start(&server, json!({ "client_secret": SECRET })).await;
    assert_eq!(reply.status, 401, "{}", reply.text);
}
