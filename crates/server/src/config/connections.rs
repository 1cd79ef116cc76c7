//! `connections`: each is of a kind, by its `strategy`.

use std::path::Path;

use latchlet_core::Value;
use latchlet_core::config::{Place, Reader};

use super::{
    Channel, ConfigError, DatabaseConnection, FederatedConnection, PasswordlessConnection,
    Strategy, duplicate,
};

/// The connections of every kind.
#[derive(Default)]
pub(super) struct Connections {
    pub databases: Vec<DatabaseConnection>,
    pub passwordless: Vec<PasswordlessConnection>,
    pub federated: Vec<FederatedConnection>,
    /// Where the last ones stand.
    places: Vec<Place>,
}

/// Reads `connections`.
pub(super) fn read_connections(
    options: &mut Reader<'_>,
    folder: &Path,
) -> Result<Connections, ConfigError> {
    let mut connections = Connections::default();
    let mut names: Vec<String> = Vec::new();
    for (place, item) in options.list("connections").unwrap_or_default() {
        let Some(name) = connections.add(item, &place, options, folder)? else {
            continue;
        };
        if names.contains(&name) {
            options.problems().push(duplicate(&place, "name"));
        }
        names.push(name);
    }
    // The database that one of them links to may stand below it.
    for (number, (each, place)) in connections
        .federated
        .iter()
        .zip(&connections.places)
        .enumerate()
    {
        let before = connections.federated.get(..number).unwrap_or_default();
        let problems = each.check(place, before, &connections.databases);
        options.problems().extend(problems);
    }
    Ok(connections)
}

impl Connections {
    /// Adds one, and returns its name.
    fn add(
        &mut self,
        item: &Value,
        place: &Place,
        options: &mut Reader<'_>,
        folder: &Path,
    ) -> Result<Option<String>, ConfigError> {
        let named = item.as_object().and_then(|item| item.text("strategy"));
        let strategy = named.unwrap_or("auth0");
        let problems = options.problems();
        if strategy == "auth0" {
            let read = DatabaseConnection::read(item, place, folder, problems)?;
            let name = read.as_ref().map(|it| it.rules.name.clone());
            self.databases.extend(read);
            return Ok(name);
        }
        if let Some(channel) = Channel::of_strategy(strategy) {
            let read = PasswordlessConnection::read(item, place, channel, folder, problems)?;
            let name = read.as_ref().map(|it| it.name.clone());
            self.passwordless.extend(read);
            return Ok(name);
        }
        if let Some(known) = Strategy::named(strategy) {
            let read = FederatedConnection::read(item, place, known, folder, problems)?;
            let name = read.as_ref().map(|it| it.name.clone());
            self.places.extend(read.as_ref().map(|_| place.clone()));
            self.federated.extend(read);
            return Ok(name);
        }
        if let Some(mut entry) = Reader::new(item, place, problems) {
            let served: Vec<&str> = ["auth0", "email", "sms"]
                .into_iter()
                .chain(Strategy::names())
                .collect();
            entry.one_of("strategy", strategy, served);
        }
        Ok(None)
    }
}
