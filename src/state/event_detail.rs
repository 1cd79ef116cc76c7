//! What the details of events say. Names are those of auth0.js and of Lock,
//! where they have any.

use latchlet_core::{Failure, Object, Value};

use crate::backend::Session;

use super::{About, Event};

impl Event {
    /// What the page is told.
    pub fn into_detail(self) -> Value {
        let name = self.name();
        match self {
            Self::Shown(screen) => object([("screen", screen.to_owned())]).into(),
            Self::BeforeSubmit(screen, values) | Self::Submitted(screen, values) => {
                let mut detail = object([("screen", screen.to_owned())]);
                detail.insert("values", values);
                detail.into()
            }
            Self::SignedUp(said) => said,
            Self::Federated(connection, action) => object([
                ("name", connection.name),
                ("strategy", connection.strategy),
                ("action", action.to_owned()),
            ])
            .into(),
            Self::Authenticated(session) => session_detail(session),
            Self::Failed(screen, failure) => failure_detail(screen, &failure),
            #[cfg(feature = "leptos")]
            Self::ConfigRejected(problems) => {
                problems.iter().map(Value::from).collect::<Vec<_>>().into()
            }
            Self::FieldError(screen, field, code) => object([
                ("screen", screen.to_owned()),
                ("field", field),
                ("code", code.to_owned()),
            ])
            .into(),
            Self::ProfileShown(about)
            | Self::ProfileAnswered(about)
            | Self::ProfileSkipped(about)
            | Self::ProfileSnoozed(about) => about.into_detail(name),
        }
    }
}

impl About {
    /// What the page is told under the name of an event.
    pub fn into_detail(self, event: &str) -> Value {
        let names = |names: Vec<String>| -> Value {
            names
                .into_iter()
                .map(Value::from)
                .collect::<Vec<_>>()
                .into()
        };
        let mut detail = Object::new();
        detail.insert("fields", names(self.fields));
        if event == "profileanswered" {
            detail.insert("open", names(self.open));
        }
        if event == "profileshown" {
            let reasons = self.reasons.into_iter().map(Value::from);
            detail.insert("reasons", reasons.collect::<Vec<_>>());
        } else {
            detail.insert("declined", names(self.declined));
            detail.insert("duration", self.shown);
        }
        if event == "profilesnoozed" {
            detail.insert("snooze", Value::Number(self.snoozed));
        }
        detail.insert("display", self.display);
        detail.insert("login", self.login);
        detail.into()
    }
}

/// Why something failed.
pub fn failure_detail(screen: &str, failure: &Failure) -> Value {
    object([
        ("code", failure.code.clone()),
        ("message", failure.text().to_owned()),
        ("screen", screen.to_owned()),
    ])
    .into()
}

/// In the words of auth0.js: `accessToken`, `idToken`, `idTokenPayload`, ….
pub fn session_detail(session: Session) -> Value {
    let mut detail = object([
        ("accessToken", session.access_token),
        ("idToken", session.id_token),
        ("tokenType", "Bearer".to_owned()),
    ]);
    for (name, text) in [
        ("refreshToken", session.refresh_token),
        ("scope", session.scope),
        ("state", session.state),
    ] {
        if let Some(text) = text {
            detail.insert(name, text);
        }
    }
    detail.insert("expiresIn", session.expires_in);
    detail.insert("idTokenPayload", session.claims);
    if !session.deferred.is_empty() {
        detail.insert("deferred", session.deferred);
    }
    detail.into()
}

fn object<const N: usize>(entries: [(&str, String); N]) -> Object {
    entries.into_iter().collect()
}
