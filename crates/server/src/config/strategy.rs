//! What is known of the providers that people can come from, by Auth0's names
//! for them.

/// A kind of provider.
#[derive(Debug, PartialEq, Eq)]
pub struct Strategy {
    /// Auth0's name for it, and what stands before the first `|` in `sub`.
    pub name: &'static str,
    /// The issuer, where there is only one.
    pub issuer: Option<&'static str>,
    /// Whether anybody can have an account there. Otherwise it is the directory
    /// of an enterprise, of which there are many, so that `sub` has the
    /// connection, too.
    pub is_social: bool,
    /// Whether the provider's `email_verified` means that the address is the
    /// person's own. Microsoft lets administrators put any address there.
    pub trusts_email: bool,
    /// Whether the answer comes by a form. Apple gives a name no other way.
    pub form_post: bool,
}

/// All of them.
static STRATEGIES: [Strategy; 6] = [
    Strategy {
        name: "apple",
        issuer: Some("https://appleid.apple.com"),
        is_social: true,
        trusts_email: true,
        form_post: true,
    },
    Strategy {
        name: "google-oauth2",
        issuer: Some("https://accounts.google.com"),
        is_social: true,
        trusts_email: true,
        form_post: false,
    },
    Strategy {
        name: "oidc",
        issuer: None,
        is_social: false,
        trusts_email: true,
        form_post: false,
    },
    Strategy {
        name: "okta",
        issuer: None,
        is_social: false,
        trusts_email: true,
        form_post: false,
    },
    Strategy {
        name: "waad",
        issuer: None,
        is_social: false,
        trusts_email: false,
        form_post: false,
    },
    Strategy {
        name: "windowslive",
        // The tenant of personal accounts.
        issuer: Some("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"),
        is_social: true,
        trusts_email: false,
        form_post: false,
    },
];

impl Strategy {
    /// The strategy of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        STRATEGIES.iter().find(|strategy| strategy.name == name)
    }

    /// Every name.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        STRATEGIES.iter().map(|strategy| strategy.name)
    }
}
