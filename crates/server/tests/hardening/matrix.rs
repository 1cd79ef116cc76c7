//! Everything that one person holds, tried on another's by every route: nothing of
//! theirs is told, and nothing of theirs changes.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{CALLBACK, ORIGIN, PASSWORD, PROFILE_SCOPE, Reply, Server, VERIFIER};
use crate::inside::{filled, routes};
use crate::limits::unlimited;

const ADA: &str = "ada@example.com";
const EVE: &str = "eve@example.com";

/// What somebody has who is signed in.
struct Person {
    id: String,
    sub: String,
    browser: String,
    tokens: Value,
}

async fn person(server: &Server, email: &str, mark: &str) -> Person {
    let signed_up = server
        .sign_up(json!({
            "email": email, "given_name": format!("{mark}-given"),
            "user_metadata": { "secret": format!("{mark}-metadata") },
        }))
        .await;
    assert_eq!(signed_up.status, 200, "{}", signed_up.text);
    let id = signed_up.json()["_id"].as_str().unwrap().to_owned();
    let signed_in = server.authenticate(json!({ "username": email })).await;
    let scope = [PROFILE_SCOPE, "offline_access"].join(" ");
    let wish = json!({
        "login_ticket": signed_in.json()["login_ticket"], "scope": scope,
        "audience": server.audience(),
    });
    let back = server.authorize(&signed_in.cookie(), wish).await;
    let tokens = server.exchange(&back.parameters()["code"], json!({})).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    Person {
        sub: format!("auth0|{id}"),
        id,
        browser: back.session(),
        tokens: tokens.json(),
    }
}

/// All that is known of somebody.
async fn stored(server: &Server, person: &Person) -> Value {
    let user = server.store.user(&person.id).await.unwrap().unwrap();
    json!([
        user.email,
        user.email_verified,
        user.phone_number,
        user.username,
        user.password_hash,
        user.blocked,
        user.attributes,
        user.user_metadata,
        user.app_metadata,
        user.updated_at,
        user.last_login,
        user.logins_count,
    ])
}

/// Whatever names Ada, in a query or a body.
fn naming(ada: &Person) -> Value {
    json!({
        "user_id": ada.sub, "sub": ada.sub, "id": ada.sub, "_id": ada.id,
        "email": ADA, "username": ADA, "login_hint": ADA, "logout_hint": ADA, "q": ADA,
        "user_metadata": { "stolen": true }, "app_metadata": { "stolen": true },
        "given_name": "stolen", "email_verified": true, "blocked": true,
        "password": "a password of Eve's own", "connection": "users", "realm": "users",
        "client_id": "app", "response_type": "code", "redirect_uri": CALLBACK,
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256", "code_verifier": VERIFIER,
        "grant_type": "refresh_token", "send": "code",
        "credential_type": "http://auth0.com/oauth/grant-type/password-realm",
    })
}

fn as_pairs(body: &Value) -> Vec<(&str, &str)> {
    let pairs = body.as_object().unwrap().iter();
    pairs
        .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
        .collect()
}

#[tokio::test]
async fn by_every_route_nothing_is_told_and_nothing_changes() {
    let server = Server::start_with(unlimited()).await;
    let ada = person(&server, ADA, "ada-canary").await;
    let eve = person(&server, EVE, "eve").await;
    let before = stored(&server, &ada).await;
    let token = eve.tokens["access_token"].as_str().unwrap();
    let body = naming(&ada);
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let http = http.build().unwrap();
    for route in routes() {
        // Putting the clock forward is for everybody, and ends tokens.
        if route == "/dev/clock" {
            continue;
        }
        for part in [ada.sub.replace('|', "%7C"), ada.id.clone()] {
            let query = serde_urlencoded::to_string(as_pairs(&body)).unwrap();
            let path = format!("{}?{query}", filled(&route, &part));
            for method in ["GET", "POST", "PATCH", "PUT", "DELETE"] {
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                let ask = |origin: &str| {
                    let url = format!("{}{path}", server.url);
                    let request = http.request(method.clone(), url).bearer_auth(token);
                    request
                        .header("cookie", &eve.browser)
                        .header("origin", origin)
                };
                // As an application's page asks, and as the server's own forms do.
                let (api, form) = (ask(ORIGIN), ask(&server.url));
                for request in [api.json(&body), form.form(&as_pairs(&body))] {
                    let reply = Reply::of(request.send().await.unwrap()).await;
                    let what = format!("{method} {path}");
                    assert!(
                        reply.status < 500 || reply.status == 501,
                        "{what}: {}",
                        reply.text
                    );
                    // What was sent to people is shown to whoever runs it.
                    let told = reply.text.contains("ada-canary") && !route.starts_with("/dev/");
                    assert!(!told, "{what}: {}", reply.text);
                }
            }
        }
    }
    assert_eq!(stored(&server, &ada).await, before);
    // And what Ada holds is good as ever.
    let access = &ada.tokens["access_token"];
    let info = server
        .with_token(Method::GET, "/userinfo", access, None)
        .await;
    assert_eq!(info.json()["sub"], ada.sub.as_str());
    let silent = json!({ "prompt": "none" });
    let back = server.authorize(&ada.browser, silent).await;
    assert!(
        back.parameters().contains_key("code"),
        "{:?}",
        back.parameters()
    );
    assert_eq!(
        server.refresh(&ada.tokens["refresh_token"]).await.status,
        200
    );
    assert_eq!(server.authenticate(json!({})).await.status, 200);
}

/// Anothers' profile is refused as one that is not there.
#[tokio::test]
async fn a_token_opens_one_profile() {
    let server = Server::start_with(unlimited()).await;
    let ada = person(&server, ADA, "ada-canary").await;
    let eve = person(&server, EVE, "eve").await;
    let change = json!({ "user_metadata": { "stolen": true } });
    let token = &eve.tokens["access_token"];
    for suffix in ["", "/consents"] {
        for (method, body) in [(Method::GET, None), (Method::PATCH, Some(&change))] {
            let mut shown = Vec::new();
            for id in [&ada.sub, "auth0|nobody"] {
                let path = format!("/api/v2/users/{}{suffix}", id.replace('|', "%7C"));
                let reply = server.with_token(method.clone(), &path, token, body).await;
                assert!((400..500).contains(&reply.status), "{method} {path}");
                shown.push((reply.status, reply.text));
            }
            assert_eq!(shown[0], shown[1]);
        }
    }
}

/// What belongs to one browser, application or person is worth nothing with what
/// belongs to another.
#[tokio::test]
async fn nothing_is_good_with_what_is_another_s() {
    let server = Server::start_with(unlimited()).await;
    let ada = person(&server, ADA, "ada-canary").await;
    let eve = person(&server, EVE, "eve").await;

    // A ticket of Ada's with a cookie of Eve's.
    let of_ada = server.authenticate(json!({})).await;
    let of_eve = server.authenticate(json!({ "username": EVE })).await;
    let wish = json!({ "login_ticket": of_ada.json()["login_ticket"], "prompt": "none" });
    let back = server.authorize(&of_eve.cookie(), wish).await;
    assert_eq!(back.parameters()["error"], "login_required");
    let wish = json!({ "login_ticket": of_ada.json()["login_ticket"] });
    let back = server.authorize(&of_ada.cookie(), wish).await;
    assert!(!back.header("location").contains("code="), "it was used");

    // A code and a refresh token of one application, asked for by another.
    for stolen in [
        json!({
            "grant_type": "authorization_code", "client_id": "other",
            "code": server.code(json!({})).await, "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        }),
        json!({
            "grant_type": "refresh_token", "client_id": "other",
            "refresh_token": ada.tokens["refresh_token"],
        }),
    ] {
        let reply = server.post_from_server("/oauth/token", &stolen).await;
        assert_eq!(reply.status, 403, "{}", reply.text);
        assert_eq!(reply.json()["error"], "invalid_grant");
    }

    // The end of Ada's session, asked for in Eve's browser with Eve's ID token.
    let hint = eve.tokens["id_token"].as_str().unwrap();
    let request = server
        .navigate("/oidc/logout")
        .query(&[("id_token_hint", hint)]);
    let request = request.header("cookie", &ada.browser);
    let asked = Reply::of(request.send().await.unwrap()).await;
    assert_ne!(asked.status, 302, "it asks first");
    let back = server
        .authorize(&ada.browser, json!({ "prompt": "none" }))
        .await;
    assert!(back.parameters().contains_key("code"));
    assert_eq!(
        server
            .authenticate(json!({ "password": PASSWORD }))
            .await
            .status,
        200
    );
}
