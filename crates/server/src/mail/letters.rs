//! The letters themselves, each as plain text and as HTML.

use super::Letter;
use crate::html::Html;

/// What a letter says, in its order.
enum Part<'a> {
    Text(&'a str),
    /// A link, by what it does.
    Link(&'a str, &'a str),
    /// A code to type.
    Code(&'a str),
}

use Part::{Code, Link, Text};

/// A link to choose another password.
pub fn reset_letter(site: &str, to: &str, link: &str) -> Letter {
    let intro = format!("Somebody, probably you, forgot the password for {site} of {to}.");
    let subject = format!("Choose a new password for {site}");
    write(
        to,
        subject,
        &[
            Text(&intro),
            Link("Choose a new password", link),
            Text(
                "The link works once, for one hour. If it was not you, do nothing: your password \
                 stays as it is.",
            ),
        ],
    )
}

/// A link to show that an address is somebody's.
pub fn verification_letter(site: &str, to: &str, link: &str) -> Letter {
    let intro = format!("Somebody, probably you, has an account at {site} with the address {to}.");
    write(
        to,
        format!("Confirm your address for {site}"),
        &[
            Text(&intro),
            Link("Confirm your address", link),
            Text("The link works once, for five days. If it was not you, do nothing."),
        ],
    )
}

/// Somebody wanted an account, who has one.
pub fn known_letter(site: &str, to: &str) -> Letter {
    let intro = format!(
        "Somebody, probably you, wanted to sign up at {site} with the address {to}. There is an \
         account with it already, and it stays as it is."
    );
    write(
        to,
        format!("You have an account at {site}"),
        &[
            Text(&intro),
            Text(
                "If it was you, log in, or choose a new password if you forgot yours. If it was \
                 not you, do nothing.",
            ),
        ],
    )
}

/// A code to sign in with.
pub fn code_letter(site: &str, to: &str, code: &str) -> Letter {
    let intro = format!("Your code for {site} is");
    let warning = format!(
        "It works once, for three minutes. Type it only at the place where you asked for it: \
         nobody from {site} will ever ask you for it."
    );
    let subject = format!("{code} is your code for {site}");
    write(to, subject, &[Text(&intro), Code(code), Text(&warning)])
}

/// A link to sign in with.
pub fn link_letter(site: &str, to: &str, link: &str) -> Letter {
    let intro = format!("Somebody, probably you, wants to log in to {site} as {to}.");
    write(
        to,
        format!("Log in to {site}"),
        &[
            Text(&intro),
            Link("Log in", link),
            Text(
                "The link works once, for ten minutes, in the browser that asked for it. If it \
                 was not you, do nothing.",
            ),
        ],
    )
}

fn write(to: &str, subject: String, parts: &[Part<'_>]) -> Letter {
    let (mut text, mut body) = (String::new(), Vec::new());
    let (mut found_link, mut found_code) = (None, None);
    for part in parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let paragraph = match part {
            Text(sentence) => {
                text.push_str(sentence);
                Html::text(sentence)
            }
            Link(label, link) => {
                text.push_str(label);
                text.push_str(":\n");
                text.push_str(link);
                found_link = Some((*link).to_owned());
                Html::element("a", &[("href", link)], [Html::text(label)])
            }
            Code(code) => {
                text.push_str(code);
                found_code = Some((*code).to_owned());
                Html::element("strong", &[], [Html::text(code)])
            }
        };
        body.push(Html::element("p", &[], [paragraph]));
    }
    text.push('\n');
    let head = [
        Html::void("meta", &[("charset", "utf-8")]),
        Html::element("title", &[], [Html::text(&subject)]),
    ];
    Letter {
        to: to.to_owned(),
        html: Html::document(head, Html::element("body", &[], body)),
        subject,
        text,
        link: found_link,
        code: found_code,
    }
}

#[cfg(test)]
mod tests {
    use super::{link_letter, reset_letter};

    #[test]
    fn what_is_put_in_a_letter_is_text() {
        let link = "https://a.b/x?y=1&z=%22";
        let letter = reset_letter("a.b", "o'neil<b>&@x.org", link);
        assert!(letter.html.contains("o&#39;neil&lt;b&gt;&amp;@x.org"));
        assert!(letter.html.contains("href=\"https://a.b/x?y=1&amp;z=%22\""));
        assert!(letter.text.contains("o'neil<b>&@x.org") && letter.text.contains(link));
        assert_eq!(letter.link.as_deref(), Some(link));
        assert_eq!(link_letter("a.b", "x@y.org", link).code, None);
    }
}
