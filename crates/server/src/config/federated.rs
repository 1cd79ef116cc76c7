//! A social or enterprise connection: another provider knows the person, and
//! says so by OpenID Connect.

use std::path::Path;

use latchlet_core::Value;
use latchlet_core::config::{Code, Place, Problem, Reader};
use url::Url;

use super::box_config::BoxConfig;
use super::secret::{Secret, read_secret};
use super::{AuthMethod, ConfigError, DatabaseConnection, Strategy, is_safe};

/// What is asked of a provider, if the config does not say.
const SCOPE: &str = "openid profile email";
/// When what a provider says becomes the profile.
const ROOT_ATTRIBUTES: [&str; 2] = ["on_each_login", "on_first_login"];

/// A social or enterprise connection.
#[derive(Clone, Debug)]
pub struct FederatedConnection {
    /// Its name, sent as `connection`.
    pub name: String,
    /// What is known of the provider.
    pub strategy: &'static Strategy,
    /// What its button calls it.
    pub display_name: Option<String>,
    /// The address of the image on its button.
    pub icon_url: Option<String>,
    /// The domains of an enterprise.
    pub domain_aliases: Vec<String>,
    /// The provider, by the name that stands in its tokens.
    pub issuer: String,
    /// What this server is called there.
    pub client_id: String,
    /// How it proves that it is.
    pub client_secret: Option<Secret>,
    /// The way of that proof, if the provider's own preference does not do.
    pub auth_method: Option<AuthMethod>,
    /// What is asked for.
    pub scope: String,
    /// Whether the profile follows what the provider says at every login, and
    /// not only at the first.
    pub on_each_login: bool,
    /// Whether the provider's `email_verified` counts.
    pub trust_email: bool,
    /// The database connection whose account somebody gets who has the same
    /// address there, if it is verified on both sides.
    pub link_to: Option<String>,
    /// Whether only existing users may come in.
    pub disable_signup: bool,
    /// The box that asks its people something later. With it, nothing else is
    /// stored; without, whatever the contract allows.
    pub the_box: Option<BoxConfig>,
}

impl FederatedConnection {
    /// Reads a connection. `None` if something that it needs is missing.
    pub(super) fn read(
        value: &Value,
        place: &Place,
        strategy: &'static Strategy,
        folder: &Path,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Self>, ConfigError> {
        let Some(mut reader) = Reader::new(value, place, problems) else {
            return Ok(None);
        };
        reader.allow(&[
            "box",
            "disable_signup",
            "display_name",
            "name",
            "options",
            "strategy",
        ]);
        let name = reader.required_text("name");
        let name = name.filter(|name| check_name(&mut reader, name));
        let display_name = reader.text("display_name");
        let disable_signup = reader.bool("disable_signup").unwrap_or(false);
        let the_box = match reader.text("box") {
            Some(file) => Some(BoxConfig::load(&folder.join(&file), reader.problems())?),
            None => None,
        };
        if reader.get("options").is_none() {
            let message = "say in it how this server is known to the provider: `client_id`, \
                           `client_secret` and, unless there is only one, `issuer`";
            reader.problem("options", Code::Missing, message);
        }
        let Some(mut options) = reader.object("options") else {
            return Ok(None);
        };
        options.allow(&[
            "client_id",
            "client_secret",
            "domain_aliases",
            "icon_url",
            "issuer",
            "link_to",
            "scope",
            "set_user_root_attributes",
            "token_endpoint_auth_method",
            "trust_email",
        ]);
        let issuer = read_issuer(&mut options, strategy);
        let client_id = options.required_text("client_id");
        let client_secret = read_secret(&mut options, "client_secret");
        let auth_method = read_method(&mut options);
        let icon_url = options.text("icon_url");
        let icon_url = icon_url.filter(|icon| options.address("icon_url", icon));
        let scope = read_scope(&mut options);
        let on_each_login = read_root_attributes(&mut options);
        let trust_email = options.bool("trust_email").unwrap_or(strategy.trusts_email);
        let link_to = options.text("link_to");
        if link_to.is_some() && !trust_email {
            let message = "an account is only linked by an address that the provider vouches \
                           for: set `trust_email`, or leave this out";
            options.problem("link_to", Code::InvalidValue, message);
        }
        let domain_aliases = read_domains(&mut options, strategy);
        let (Some(name), Some(issuer), Some(client_id)) = (name, issuer, client_id) else {
            return Ok(None);
        };
        Ok(Some(Self {
            name,
            strategy,
            display_name,
            icon_url,
            domain_aliases,
            issuer,
            client_id,
            client_secret,
            auth_method,
            scope,
            on_each_login,
            trust_email,
            link_to,
            disable_signup,
            the_box,
        }))
    }

    /// Checks what concerns other connections, too.
    pub(super) fn check(
        &self,
        place: &Place,
        before: &[Self],
        databases: &[DatabaseConnection],
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        // `sub` has no connection, so that one person would be two.
        let strategy = self.strategy;
        if strategy.is_social && before.iter().any(|other| other.strategy == strategy) {
            let message = "another connection has this strategy, of which there can be one";
            let place = place.option("strategy");
            problems.push(Problem::new(place, Code::DuplicateName, &[message]));
        }
        let names: Vec<&str> = databases.iter().map(|it| it.rules.name.as_str()).collect();
        if let Some(link_to) = &self.link_to
            && !names.contains(&link_to.as_str())
        {
            let place = place.option("options").option("link_to");
            problems.push(match names.is_empty() {
                true => {
                    let message = "there is no database connection whose accounts it could be";
                    Problem::new(place, Code::InvalidValue, &[message])
                }
                false => Problem::none_of(place, link_to, names),
            });
        }
        problems
    }
}

/// The name of a connection stands in `sub`, between `|`.
fn check_name(reader: &mut Reader<'_>, name: &str) -> bool {
    let good = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if !good {
        let message = "a name has ASCII letters, digits, `-`, `_` and `.` alone";
        reader.problem("name", Code::InvalidValue, message);
    }
    good
}

fn read_issuer(options: &mut Reader<'_>, strategy: &Strategy) -> Option<String> {
    let issuer = match (options.get("issuer"), strategy.issuer) {
        (None, Some(issuer)) => return Some(issuer.to_owned()),
        _ => options.required_text("issuer")?,
    };
    let url = Url::parse(&issuer).ok().filter(|url| {
        is_safe(url)
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
    });
    if url.is_none() {
        let message = "give the provider's issuer, letter by letter, such as \
                       `https://example.okta.com`: an `https://` address without `?` and `#`";
        options.problem("issuer", Code::InvalidValue, message);
    }
    url.map(|_| issuer)
}

fn read_method(options: &mut Reader<'_>) -> Option<AuthMethod> {
    const NAME: &str = "token_endpoint_auth_method";
    let method = options.text(NAME)?;
    let has_secret = options.get("client_secret").is_some();
    match AuthMethod::named(&method) {
        Some(_) if !has_secret => {
            options.problem(NAME, Code::InvalidValue, "this needs a `client_secret`");
            None
        }
        None if method != "none" => {
            let possible = ["client_secret_basic", "client_secret_post", "none"];
            options.one_of(NAME, &method, possible);
            None
        }
        None if has_secret => {
            let message = "there is a `client_secret`, and this says that it is not used";
            options.problem(NAME, Code::InvalidValue, message);
            None
        }
        method => method,
    }
}

fn read_scope(options: &mut Reader<'_>) -> String {
    let Some(scope) = options.text("scope") else {
        return SCOPE.to_owned();
    };
    if !scope.split(' ').any(|each| each == "openid") {
        let message = "without `openid` the provider does not say who somebody is";
        options.problem("scope", Code::InvalidValue, message);
    }
    scope
}

fn read_root_attributes(options: &mut Reader<'_>) -> bool {
    const NAME: &str = "set_user_root_attributes";
    let when = options.text(NAME);
    let when = when.as_deref().unwrap_or("on_each_login");
    if !ROOT_ATTRIBUTES.contains(&when) {
        options.one_of(NAME, when, ROOT_ATTRIBUTES);
    }
    when == "on_each_login"
}

/// The domains of an enterprise, as they are compared.
fn read_domains(options: &mut Reader<'_>, strategy: &Strategy) -> Vec<String> {
    let entries = options.list("domain_aliases").unwrap_or_default();
    if strategy.is_social && !entries.is_empty() {
        let message = "anybody can have an account there, whatever the domain of their address";
        options.problem("domain_aliases", Code::InvalidValue, message);
    }
    let mut domains = Vec::new();
    for (place, item) in entries {
        let text = item.as_text().unwrap_or_default().to_ascii_lowercase();
        let is_domain = text.contains('.')
            && Url::parse(&["https://", &text].concat())
                .is_ok_and(|url| url.as_str() == ["https://", &text, "/"].concat());
        match is_domain {
            true => domains.push(text),
            false => {
                let message = "give a domain such as `example.com`";
                let problem = Problem::new(place, Code::InvalidValue, &[message]);
                options.problems().push(problem);
            }
        }
    }
    domains
}
