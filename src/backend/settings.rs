//! The settings of the application, from `/client/{id}.js`: a script, which is
//! read as text and never run.

use latchlet_core::connection::Connections;

use crate::browser::{http, json};

use super::auth0::Auth0;

impl Auth0 {
    /// The ways in, if the backend tells them to this page.
    pub async fn connections(&self) -> Option<Connections> {
        let path = ["/client/", &self.config.client_id, ".js"].concat();
        let reply = http::get(&[&self.config.origin, path.as_str()].concat(), &[]).await;
        let reply = reply.ok().filter(|reply| reply.status == 200)?;
        // `Auth0.setClient({…});`
        let (start, end) = (reply.text.find('{')?, reply.text.rfind('}')?);
        let settings = json::parse(reply.text.get(start..=end)?)?;
        let mut connections = Connections::from_client(&settings);
        if let Some(allowed) = &self.config.asks_for_connections {
            connections.allow(allowed);
        }
        Some(connections)
    }
}
