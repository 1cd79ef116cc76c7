//! Everything that is known of one person, as they get it.

use latchlet_core::{Object, Value};
use latchlet_store::PersonalData;

use crate::routes::consents;
use crate::{clock, profile};

/// All of it. Times are ISO 8601 in UTC.
pub fn export(data: &PersonalData) -> Value {
    let sessions = data.sessions.iter().map(|session| {
        let mut shown = Object::new();
        shown.insert("client_id", session.client_id.as_str());
        shown.insert("scope", session.scope.as_str());
        if let Some(audience) = &session.audience {
            shown.insert("audience", audience.as_str());
        }
        shown.insert("signed_in_at", clock::iso(session.signed_in_at));
        shown.insert("expires_at", clock::iso(session.expires_at));
        Value::from(shown)
    });
    let browsers = data.browsers.iter().map(|browser| {
        let mut shown = Object::new();
        shown.insert("signed_in_at", clock::iso(browser.signed_in_at));
        shown.insert("expires_at", clock::iso(browser.expires_at));
        Value::from(shown)
    });
    let consents = data.consents.iter().map(|record| {
        let mut shown = consents::show(record);
        shown.insert("text", record.event.text.as_str());
        Value::from(shown)
    });
    let mut export = Object::new();
    export.insert("profile", profile::full(&data.user, &data.identities));
    export.insert("sessions", sessions.collect::<Vec<_>>());
    export.insert("browser_sessions", browsers.collect::<Vec<_>>());
    export.insert("consents", consents.collect::<Vec<_>>());
    export.into()
}
