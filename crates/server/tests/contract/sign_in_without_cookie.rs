//! A sign-in from a site whose browser keeps no cookie of this one: the PKCE
//! verifier that came with the ticket does instead.

use latchlet_server::auth::secret;
use serde_json::{Value, json};

use crate::harness::{Reply, Server, VERIFIER};

async fn started() -> Server {
    let server = Server::start().await;
    server.sign_up(json!({})).await;
    server
}

/// Somebody who signed in in a browser that keeps no cookie: what the page knows,
/// and how it asks for a code.
async fn sign_in(server: &Server) -> (String, Value) {
    let reply = server.authenticate(json!({})).await.json();
    let verifier = reply["code_verifier"].as_str().unwrap().to_owned();
    let query = json!({
        "login_ticket": reply["login_ticket"],
        "code_challenge": secret::challenge(&verifier),
    });
    (verifier, query)
}

/// Whether a browser got a session of this server.
fn is_signed_in(reply: &Reply) -> bool {
    let mut cookies = reply.cookies.iter();
    cookies.any(|cookie| cookie.starts_with("latchlet-session="))
}

#[tokio::test]
async fn the_page_that_signed_in_gets_tokens_and_the_browser_no_session() {
    let server = started().await;
    let (verifier, query) = sign_in(&server).await;
    let back = server.authorize("", query.clone()).await;
    assert!(!is_signed_in(&back));
    let code = back.parameters()["code"].clone();
    let tokens = server
        .exchange(&code, json!({ "code_verifier": verifier }))
        .await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    assert!(tokens.json()["id_token"].is_string());
    // The ticket is good once.
    let again = server.authorize("", query).await;
    assert_eq!(again.parameters()["error"], "login_required");
}

#[tokio::test]
async fn whoever_reads_the_address_of_a_login_has_nothing() {
    let server = started().await;
    // With a challenge of their own, they get no code.
    let (_, mut query) = sign_in(&server).await;
    query["code_challenge"] = json!(secret::challenge(VERIFIER));
    let stolen = server.authorize("", query).await;
    assert_eq!(stolen.parameters()["error"], "login_required");
    // With that of the address, they get one that they cannot exchange.
    let (_, query) = sign_in(&server).await;
    let code = server.authorize("", query).await.parameters()["code"].clone();
    let refused = server.exchange(&code, json!({})).await;
    assert_eq!(
        refused.json()["error_description"],
        "Failed to verify code verifier"
    );
}

/// Somebody lures another browser to an address with a ticket of their own.
#[tokio::test]
async fn nobody_is_signed_in_as_somebody_else() {
    let server = started().await;
    let victim = server.browser().await;
    let (_, query) = sign_in(&server).await;
    let lured = server.authorize(&victim, query).await;
    assert!(!is_signed_in(&lured));
    // Their session lives, and has not changed hands.
    let still = server.authorize(&victim, json!({ "prompt": "none" })).await;
    assert!(still.parameters().contains_key("code"));
    // Their application has no verifier for the code.
    let code = lured.parameters()["code"].clone();
    assert_eq!(server.exchange(&code, json!({})).await.status, 403);
}

#[tokio::test]
async fn what_proves_nothing() {
    let server = started().await;
    for wrong in [
        json!({ "code_challenge": null, "code_challenge_method": null }),
        json!({ "code_challenge": "" }),
        json!({ "code_challenge_method": "plain" }),
        json!({ "client_id": "other", "redirect_uri": "https://other.example/" }),
    ] {
        let (_, mut query) = sign_in(&server).await;
        let changes = wrong.as_object().unwrap().clone();
        query.as_object_mut().unwrap().extend(changes);
        let back = server.authorize("", query).await;
        assert!(!back.parameters().contains_key("code"), "{wrong}");
    }
    // The cookie begins a session, with the challenge and without.
    let signed_in = server.authenticate(json!({})).await;
    let query = json!({
        "login_ticket": signed_in.json()["login_ticket"],
        "code_challenge": secret::challenge(signed_in.json()["code_verifier"].as_str().unwrap()),
    });
    assert!(is_signed_in(
        &server.authorize(&signed_in.cookie(), query).await
    ));
}
