//! Mail through an SMTP server, encrypted unless that is on this machine.

use std::time::Duration;

use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use url::Url;

use super::Letter;
use crate::config::MailConfig;

/// How long the SMTP server may take for each step.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How long to wait before a letter that was not taken for now is tried again.
/// What is in it is not good for much longer than all of them.
const PAUSES: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(10),
    Duration::from_secs(60),
];

/// Mail through an SMTP server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a mail cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The settings of the server make no sense to the transport.
    #[error("`mail.smtp_url` cannot be used: {0}")]
    Url(String),
    /// The sender is no address.
    #[error("`mail.from` cannot be used: {0}")]
    From(String),
    /// The letter is no mail.
    #[error("the mail cannot be written: {0}")]
    Letter(String),
    /// The SMTP server will not take it.
    #[error("the SMTP server refused it: {0}")]
    Refused(String),
    /// The SMTP server does not take it at this moment, or cannot be reached.
    #[error("the SMTP server did not take it: {0}")]
    NotNow(String),
}

impl Smtp {
    /// A way through the server that the config names. A password from the
    /// environment wins over one in the address.
    pub fn new(config: &MailConfig, password: Option<&str>) -> Result<Self, SmtpError> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.smtp_url)
            .map_err(|error| SmtpError::Url(error.to_string()))?;
        if let Some(password) = password {
            let url =
                Url::parse(&config.smtp_url).map_err(|error| SmtpError::Url(error.to_string()))?;
            let user = percent_decoded(url.username());
            builder = builder.credentials(Credentials::new(user, password.to_owned()));
        }
        let from = config
            .from
            .parse()
            .map_err(|error| SmtpError::From(format!("{error}")))?;
        Ok(Self {
            transport: builder.timeout(Some(TIMEOUT)).build(),
            from,
        })
    }

    /// Sends a letter, and again after a while if it was not taken for now.
    pub async fn send(&self, letter: &Letter) -> Result<(), SmtpError> {
        for pause in PAUSES {
            match self.try_to_send(letter).await {
                Err(error @ SmtpError::NotNow(_)) => {
                    let seconds = pause.as_secs();
                    tracing::warn!("a mail waits {seconds} s to be sent again: {error}");
                    tokio::time::sleep(pause).await;
                }
                ended => return ended,
            }
        }
        self.try_to_send(letter).await
    }

    /// Waits until the server has taken a letter.
    async fn try_to_send(&self, letter: &Letter) -> Result<(), SmtpError> {
        let unwritten = |error: &dyn std::fmt::Display| SmtpError::Letter(error.to_string());
        let to = letter
            .to
            .parse()
            .map_err(|error: lettre::address::AddressError| unwritten(&error))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .multipart(MultiPart::alternative_plain_html(
                letter.text.clone(),
                letter.html.clone(),
            ))
            .map_err(|error| unwritten(&error))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() || error.is_client() => {
                Err(SmtpError::Refused(reason(&error)))
            }
            Err(error) => Err(SmtpError::NotNow(reason(&error))),
        }
    }
}

/// What the log may know. The words of an answer often repeat the address.
fn reason(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("it answered {code}"),
        None if error.is_response() => "its answer is not SMTP".to_owned(),
        None => error.to_string(),
    }
}

fn percent_decoded(text: &str) -> String {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(&["u=", &text.replace('+', "%2B")].concat()).unwrap_or_default();
    pairs.into_iter().next().map_or_else(String::new, |it| it.1)
}
