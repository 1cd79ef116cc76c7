//! What a connection asks people, at the sign-up and after it.

use latchlet_core::config::Progressive;
use latchlet_core::progressive::{Policy, Write};
use latchlet_core::{Field, FieldKind};

use crate::config::ServerConfig;

/// What a connection asks people.
#[derive(Clone, Copy, Debug, Default)]
pub struct Questions<'a> {
    /// The additional fields of the sign-up, if there is a form.
    pub sign_up: Option<&'a [Field]>,
    /// What is asked later.
    pub progressive: Option<&'a Progressive>,
}

impl<'a> Questions<'a> {
    /// Those of a connection. One without a form asks nothing.
    pub fn of(config: &'a ServerConfig, connection: &str) -> Self {
        if let Some(connection) = config.connection(connection) {
            return Self {
                sign_up: connection.form.as_deref(),
                progressive: connection.progressive.as_ref(),
            };
        }
        let passwordless = config.passwordless(connection);
        let passwordless = passwordless.and_then(|connection| connection.the_box.as_ref());
        let federated = config.federated(connection);
        let federated = federated.and_then(|connection| connection.the_box.as_ref());
        match passwordless.or(federated) {
            Some(the_box) => Self {
                sign_up: Some(&the_box.fields),
                progressive: the_box.progressive.as_ref(),
            },
            None => Self::default(),
        }
    }

    /// Every field, each once. `None` where anything may be stored.
    pub fn fields(&self) -> Option<Vec<&'a Field>> {
        let mut fields: Vec<&Field> = match (self.sign_up, self.progressive) {
            (None, None) => return None,
            (sign_up, _) => sign_up.unwrap_or_default().iter().collect(),
        };
        for later in self.progressive.iter().flat_map(|it| &it.schema.fields) {
            if fields.iter().all(|field| field.name != later.field.name) {
                fields.push(&later.field);
            }
        }
        Some(fields)
    }

    /// The consents whose version is stored.
    pub fn consents(&self) -> Vec<&'a Field> {
        let is_consent =
            |field: &&Field| field.is_metadata() && matches!(field.kind, FieldKind::Consent(_));
        let fields = self.fields().unwrap_or_default();
        fields.into_iter().filter(is_consent).collect()
    }

    /// Who may write an answer.
    pub fn write(&self, name: &str) -> Write {
        let question = self.progressive.and_then(|it| it.schema.field(name));
        question.map_or(Write::User, |question| question.write)
    }

    /// What holds for every prompt.
    pub fn policy(&self) -> Option<&'a Policy> {
        self.progressive.map(|it| &it.policy)
    }

    /// The edition of the questions.
    pub fn version(&self) -> &'a str {
        self.policy().map_or("", |policy| &policy.version)
    }
}
