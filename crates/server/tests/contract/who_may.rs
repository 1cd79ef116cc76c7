//! Who may call which route of the Management API: nobody, a person with what is
//! theirs and with what is somebody else's, an application with another scope
//! and with the right one.

use reqwest::Method;
use serde_json::{Value, json};

use crate::backend::{Backend, path};
use crate::harness::{PASSWORD, PROFILE_SCOPE, Reply};

/// A route: its path, where `{id}` is a user; the scope that opens it for
/// applications; whether people may ask for what is theirs; a body.
struct Route {
    method: Method,
    path: &'static str,
    scope: &'static str,
    own: bool,
    body: Option<Value>,
}

fn routes() -> Vec<Route> {
    let route = |method, path, scope, own, body| Route {
        method,
        path,
        scope,
        own,
        body,
    };
    let metadata = json!({ "user_metadata": { "a": "b" } });
    let user = json!({ "connection": "users", "email": "new@example.com", "password": PASSWORD });
    let by_email = "/api/v2/users-by-email?email=ada%40example.com";
    let consents = "/api/v2/users/{id}/consents";
    vec![
        route(Method::GET, "/api/v2/users", "read:users", false, None),
        route(
            Method::POST,
            "/api/v2/users",
            "create:users",
            false,
            Some(user),
        ),
        route(Method::GET, by_email, "read:users", false, None),
        route(Method::GET, "/api/v2/users/{id}", "read:users", true, None),
        route(Method::GET, consents, "read:users", true, None),
        route(
            Method::PATCH,
            "/api/v2/users/{id}",
            "update:users",
            true,
            Some(metadata),
        ),
        route(Method::GET, "/api/v2/clients", "read:clients", false, None),
        route(
            Method::GET,
            "/api/v2/clients/app",
            "read:clients",
            false,
            None,
        ),
        // The last one: afterwards the user is gone.
        route(
            Method::DELETE,
            "/api/v2/users/{id}",
            "delete:users",
            false,
            None,
        ),
    ]
}

#[tokio::test]
async fn every_route_and_everybody() {
    let backend = Backend::start().await;
    let ada = backend.add("ada@example.com").await;
    let eve = backend.add("eve@example.com").await;
    let server = &backend.server;
    let audience = json!({ "audience": server.audience(), "scope": PROFILE_SCOPE });
    let adas = server.tokens(audience).await["access_token"].clone();
    let without_audience = server.tokens(json!({})).await["access_token"].clone();

    for route in routes() {
        let name = format!("{} {}", route.method, route.path);
        let at = |user: &Value| {
            let path = path(user);
            let id = path.strip_prefix("/api/v2/users/").unwrap();
            route.path.replace("{id}", id)
        };
        let send = async |user: &Value, token: &Value| {
            let method = route.method.clone();
            let body = route.body.as_ref();
            server.with_token(method, &at(user), token, body).await
        };
        let code = |reply: &Reply| {
            reply.json()["errorCode"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };

        let mut nobody = server.request(route.method.clone(), &at(&ada));
        if let Some(body) = &route.body {
            nobody = nobody.json(body);
        }
        let nobody = nobody.send().await.unwrap();
        assert_eq!(nobody.status(), 401, "{name} without a token");
        assert_eq!(
            send(&ada, &without_audience).await.status,
            401,
            "{name} for another API"
        );

        let own = send(&ada, &adas).await;
        let expected = if route.own { 200 } else { 403 };
        assert_eq!(
            own.status, expected,
            "{name} with one's own token: {}",
            own.text
        );
        let others = send(&eve, &adas).await;
        assert_eq!(others.status, 403, "{name} with somebody else's token");
        assert_eq!(code(&others), "insufficient_scope", "{name}");

        let other_scopes: Vec<&str> = crate::backend::EVERYTHING
            .iter()
            .copied()
            .filter(|scope| *scope != route.scope)
            .collect();
        let less = backend.token(&other_scopes).await;
        let refused = send(&ada, &less).await;
        assert_eq!(
            refused.status, 403,
            "{name} with every other scope: {}",
            refused.text
        );
        assert_eq!(code(&refused), "insufficient_scope", "{name}");
        assert!(
            refused.text.contains(route.scope),
            "{name}: {}",
            refused.text
        );

        let right = backend.token(&[route.scope]).await;
        let reply = send(&ada, &right).await;
        assert!((200..300).contains(&reply.status), "{name}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_scope_for_app_metadata_is_for_nothing_else() {
    let backend = Backend::start().await;
    let ada = backend.add("ada@example.com").await;
    let token = backend.token(&["update:users_app_metadata"]).await;
    for (change, status) in [
        (json!({ "app_metadata": { "plan": "pro" } }), 200),
        (
            json!({ "app_metadata": { "plan": "pro" }, "name": "Ada" }),
            403,
        ),
        (json!({ "user_metadata": { "a": "b" } }), 403),
        (json!({ "blocked": true }), 403),
    ] {
        let reply = backend
            .server
            .with_token(Method::PATCH, &path(&ada), &token, Some(&change))
            .await;
        assert_eq!(reply.status, status, "{change}: {}", reply.text);
    }
}
