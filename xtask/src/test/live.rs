//! What the tests must be told to ask a tenant of Auth0's.

/// What has to be set, and what it is.
const NEEDED: [(&str, &str); 4] = [
    ("AUTH0_DOMAIN", "the tenant, such as tenant.eu.auth0.com"),
    (
        "AUTH0_SPA_CLIENT_ID",
        "the client id of a Single Page Application",
    ),
    (
        "AUTH0_CLIENT_ID",
        "the client id of a Regular Web Application",
    ),
    ("AUTH0_CLIENT_SECRET", "the secret of that one"),
];

/// What is not set and must be, for people.
pub fn missing() -> Option<String> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let missing: Vec<String> = NEEDED
        .iter()
        .filter(|(name, _)| !is_set(name))
        .map(|(name, what)| format!("  {name}: {what}\n"))
        .collect();
    (!missing.is_empty()).then(|| {
        format!(
            "the tests at an Auth0 tenant: these variables of the environment are not set:\n\n{}\n\
             Optional are AUTH0_CONNECTION (Username-Password-Authentication) and\n\
             AUTH0_APP_ORIGIN (https://127.0.0.1:3443). docs/AUTH0.md says how the tenant is set up.",
            missing.concat()
        )
    })
}
