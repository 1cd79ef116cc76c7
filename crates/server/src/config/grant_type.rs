//! The ways in which an application may ask for tokens, by Auth0's names.

use latchlet_core::config::Reader;
use latchlet_wire::authenticate::{PASSWORD, PASSWORD_REALM, PASSWORDLESS_OTP};
use latchlet_wire::grant::CLIENT_CREDENTIALS;

/// A way in which an application may ask for tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantType {
    /// By a code that `/authorize` gave.
    AuthorizationCode,
    /// By a refresh token.
    RefreshToken,
    /// For itself.
    ClientCredentials,
    /// By somebody's password.
    Password,
    /// By a password of a connection that it names.
    PasswordRealm,
    /// By a code that was sent to somebody.
    PasswordlessOtp,
}

use GrantType::{
    AuthorizationCode, ClientCredentials, Password, PasswordRealm, PasswordlessOtp, RefreshToken,
};

impl GrantType {
    /// All of them.
    pub const ALL: [Self; 6] = [
        AuthorizationCode,
        RefreshToken,
        ClientCredentials,
        Password,
        PasswordRealm,
        PasswordlessOtp,
    ];

    /// What an application may do whose config does not say. Handing a password
    /// to the application is not among it (RFC 9700 §2.4).
    const DEFAULT: [Self; 2] = [AuthorizationCode, RefreshToken];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            AuthorizationCode => "authorization_code",
            RefreshToken => "refresh_token",
            ClientCredentials => CLIENT_CREDENTIALS,
            Password => PASSWORD,
            PasswordRealm => PASSWORD_REALM,
            PasswordlessOtp => PASSWORDLESS_OTP,
        }
    }

    /// The one of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.as_str() == name)
    }

    /// Reads `grant_types`.
    pub(super) fn read(reader: &mut Reader<'_>) -> Vec<Self> {
        let Some(entries) = reader.list("grant_types") else {
            return Self::DEFAULT.to_vec();
        };
        let names = Self::ALL.map(Self::as_str);
        let mut found = Vec::new();
        for (_, item) in entries {
            let name = item.as_text().unwrap_or_default();
            match Self::of_name(name) {
                Some(grant_type) => found.push(grant_type),
                None => reader.one_of("grant_types", name, &names),
            }
        }
        found
    }
}
