//! `mail`: the SMTP server that letters go through.

use latchlet_core::config::{Code, Reader};
use url::Url;

use super::is_safe;

/// The SMTP server, and who writes.
#[derive(Clone)]
pub struct MailConfig {
    /// `smtps://user@host:465`, or `smtp://user@host:587?tls=required`.
    pub smtp_url: String,
    /// The sender: an address, or a name and an address in angle brackets.
    pub from: String,
}

impl std::fmt::Debug for MailConfig {
    /// Without the address, which may hold a password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("MailConfig");
        shown.field("from", &self.from).finish_non_exhaustive()
    }
}

/// Reads `mail`, where there is one.
pub(super) fn read_mail(options: &mut Reader<'_>) -> Option<MailConfig> {
    let mut reader = options.object("mail")?;
    reader.allow(&["from", "smtp_url"]);
    let from = reader.required_text("from");
    let smtp_url = reader.required_text("smtp_url");
    if let Some(from) = &from
        && from.parse::<lettre::message::Mailbox>().is_err()
    {
        let message = "give an address such as `Example <login@example.com>`";
        reader.problem("from", Code::InvalidValue, message);
    }
    if let Some(url) = &smtp_url {
        check_url(url, &mut reader);
    }
    Some(MailConfig {
        smtp_url: smtp_url?,
        from: from?,
    })
}

/// Links and codes open accounts, so they travel encrypted, unless they do not
/// leave this machine on the way to the SMTP server.
fn check_url(text: &str, reader: &mut Reader<'_>) {
    let url = Url::parse(text).ok().filter(|url| url.host().is_some());
    let Some(url) = url.filter(|url| matches!(url.scheme(), "smtp" | "smtps")) else {
        let message = "give an address such as `smtps://user@smtp.example.com`";
        reader.problem("smtp_url", Code::InvalidValue, message);
        return;
    };
    let required = url
        .query_pairs()
        .any(|pair| pair == ("tls".into(), "required".into()));
    let here = ["http", &text[url.scheme().len()..]].concat();
    let here = Url::parse(&here).is_ok_and(|url| is_safe(&url));
    if url.scheme() == "smtp" && !required && !here {
        let message = "the mail could be read on the way: give `smtps://`, or add `?tls=required`";
        reader.problem("smtp_url", Code::InvalidValue, message);
    }
}
