//! What the server sends to people, behind one boundary.
//!
//! By mail through SMTP, or, with `serve --dev`, into a mailbox that a browser
//! can look into. There is no gateway for text messages: they too land in the
//! mailbox, and without it nobody can be sent one.

mod letters;
mod limit;
mod mailbox;
mod smtp;

use latchlet_core::{Object, Value};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

pub use letters::{code_letter, known_letter, link_letter, reset_letter, verification_letter};
pub use limit::count_letter;
pub use mailbox::Mailbox;
pub use smtp::{Smtp, SmtpError};

/// Something to be sent to a person.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The address or the number.
    pub to: String,
    /// What it is about; of a text message, nobody sees it.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML, for mail.
    pub html: String,
    /// The link in it, if there is one.
    pub link: Option<String>,
    /// The code in it, if there is one.
    pub code: Option<String>,
}

/// How letters travel.
pub enum Post {
    /// By SMTP.
    Smtp(Smtp),
    /// Into the mailbox of `serve --dev`.
    Mailbox(Mailbox),
    /// Not at all.
    Nothing,
}

impl Post {
    /// Refuses if nobody can be sent mail.
    pub fn needs_mail(&self) -> Result<(), ApiError> {
        match self {
            Self::Smtp(_) | Self::Mailbox(_) => Ok(()),
            Self::Nothing => Err(ApiError::new(
                501,
                code::MAIL_NOT_CONFIGURED,
                "This server cannot send mail: its config has no `mail`.",
            )),
        }
    }

    /// Refuses if nobody can be sent a text message.
    pub fn needs_text_messages(&self) -> Result<(), ApiError> {
        match self {
            Self::Mailbox(_) => Ok(()),
            Self::Smtp(_) | Self::Nothing => Err(ApiError::new(
                501,
                code::SMS_PROVIDER_ERROR,
                "This server cannot send text messages: it has no gateway for them. Only \
                 `serve --dev` shows them, in its mailbox.",
            )),
        }
    }

    /// Sends a letter. Nobody waits for it, so what fails is in the log, without
    /// the address.
    pub async fn send(&self, letter: Letter) {
        match self {
            Self::Smtp(smtp) => {
                if let Err(error) = smtp.send(&letter).await {
                    tracing::error!("a mail was not sent: {error}");
                }
            }
            Self::Mailbox(mailbox) => mailbox.put(letter),
            Self::Nothing => tracing::error!("a letter was not sent: there is no mail"),
        }
    }

    /// The mailbox, if there is one.
    pub fn mailbox(&self) -> Option<&Mailbox> {
        match self {
            Self::Mailbox(mailbox) => Some(mailbox),
            Self::Smtp(_) | Self::Nothing => None,
        }
    }
}

impl Letter {
    /// As `/dev/mailbox.json` shows it.
    pub fn to_value(&self) -> Value {
        let mut letter = Object::new();
        letter.insert("to", self.to.as_str());
        letter.insert("subject", self.subject.as_str());
        letter.insert("text", self.text.as_str());
        letter.insert("html", self.html.as_str());
        for (key, value) in [("link", &self.link), ("code", &self.code)] {
            if let Some(value) = value {
                letter.insert(key, value.as_str());
            }
        }
        letter.into()
    }
}
