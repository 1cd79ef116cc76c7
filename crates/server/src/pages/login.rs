//! The hosted login page: a plain form, in whose place the box comes where
//! scripts run.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use latchlet_core::{Answers, Config, Form, Message, Object, Texts, Value};

use super::control::{self, Control};
use super::{Page, button, paragraph};
use crate::hosted::Screen;
use crate::html::Html;

/// What the page shows.
pub struct LoginPage<'a> {
    /// The name of the application.
    pub application: &'a str,
    /// The config of the box.
    pub the_box: &'a Object,
    /// The same, as the box reads it.
    pub config: Option<&'a Config>,
    /// The screen.
    pub screen: Screen,
    /// The plain form.
    pub form: Option<&'a Form>,
    /// What was answered.
    pub answers: &'a Answers,
    /// What is wrong by field; `None` if nothing was sent yet.
    pub errors: Option<&'a [(String, String)]>,
    /// What is wrong with the whole.
    pub notice: &'a str,
    /// Who the application thinks it is.
    pub hint: &'a str,
    /// The address of this screen.
    pub here: &'a str,
    /// The address of the other screens, as far as there are any.
    pub log_in: &'a str,
    pub sign_up: Option<String>,
    pub forgot_password: Option<String>,
    /// Other providers: what each is called, and the address that leads there.
    pub others: Vec<(String, String)>,
    /// The origin that a login ends at.
    pub callback: &'a str,
    /// Whether the page that opened this one hears the answer.
    pub opener: bool,
}

/// The page.
pub fn login_page(page: &LoginPage<'_>) -> Response {
    let refused = page.errors.is_some();
    let title = match page.screen {
        Screen::LogIn => ["Log in to ", page.application].concat(),
        Screen::SignUp => ["Sign up for ", page.application].concat(),
        Screen::ForgotPassword => Message::ForgotPasswordTitle.english().to_owned(),
    };
    let config = serde_json::json!(Value::from(page.the_box.clone())).to_string();
    let content = match page.form {
        Some(form) => plain(page, form),
        None if !page.others.is_empty() => {
            Html::element("div", &[], others(page, &Texts::default()))
        }
        None => Html::element(
            "noscript",
            &[],
            [paragraph(
                "This login needs JavaScript. Allow it for this page, and load it again.",
            )],
        ),
    };
    let the_box = [("id", "box"), ("data-config", config.as_str())];
    // Whoever reads what is wrong must not have it taken away.
    let script = (!refused).then(|| {
        let attributes = [("type", "module"), ("src", "/lo/login.js")];
        Html::element("script", &attributes, [])
    });
    Page {
        title: &title,
        refused,
        content: vec![Html::element("div", &the_box, [content])],
        status: match refused {
            true => StatusCode::BAD_REQUEST,
            false => StatusCode::OK,
        },
        form_action: Some(&["'self' ", page.callback].concat()),
        script,
        runs_the_box: true,
        says_its_origin: true,
        answers_opener: page.opener,
        ..Page::default()
    }
    .into_response()
}

/// Something was sent to an address, if there is an account.
pub fn reset_sent(address: &str, log_in: &str) -> Response {
    let texts = Texts::default();
    let said = texts.with(Message::ResetSentText, &[("email", address)]);
    let back = Html::text(Message::BackToSignIn.english());
    Page {
        title: Message::ResetSentTitle.english(),
        content: vec![
            paragraph(&said),
            Html::element("a", &[("href", log_in)], [back]),
        ],
        ..Page::default()
    }
    .into_response()
}

/// What is said to whoever signed up where addresses are verified first, by the
/// box's names for it.
pub const SIGN_UP_SENT: [(&str, &str); 2] = [
    ("signedUpTitle", "Check your email"),
    (
        "signedUpText",
        "We sent you a message. If you are new here, its link confirms your address, and you can \
         log in then.",
    ),
];

/// The same, where scripts do not run.
pub fn sign_up_sent(address: &str, log_in: &str) -> Response {
    let [(_, title), (_, text)] = SIGN_UP_SENT;
    let back = Html::text(Message::BackToSignIn.english());
    Page {
        title,
        content: vec![
            paragraph(&[address, ": ", text].concat()),
            Html::element("a", &[("href", log_in)], [back]),
        ],
        ..Page::default()
    }
    .into_response()
}

fn plain(page: &LoginPage<'_>, form: &Form) -> Html {
    let default = Texts::default();
    let texts = page.config.map_or(&default, |config| &config.texts);
    let errors = page.errors.unwrap_or_default();
    let error = |name: &str| {
        let mut found = errors.iter().filter(|(field, _)| field == name);
        found.next().map(|(_, text)| text.as_str())
    };
    let first = form
        .fields
        .iter()
        .position(|field| error(&field.name).is_some());
    // Nothing is known to be right of a password that was refused.
    let first = match (first, page.notice) {
        (None, notice) if !notice.is_empty() => {
            form.fields.iter().position(latchlet_core::Field::is_secret)
        }
        (first, _) => first,
    };
    let hint = latchlet_core::Answer::Text(page.hint.to_owned());
    let view = |place: usize| {
        let field = form.fields.get(place)?;
        let fresh = page.errors.is_none() && matches!(&*field.name, "email" | "username");
        Some(control::view(&Control {
            field,
            place,
            answer: if fresh {
                &hint
            } else {
                page.answers.get(&field.name)
            },
            error: error(&field.name),
            focus: first == Some(place),
            texts,
        }))
    };
    let mut pieces = Vec::new();
    if !page.notice.is_empty() {
        let attributes = [("class", "error"), ("role", "alert")];
        pieces.push(Html::element("p", &attributes, [Html::text(page.notice)]));
    }
    if page.screen == Screen::ForgotPassword {
        pieces.push(paragraph(&texts.get(Message::ForgotPasswordText)));
    }
    for step in &form.steps {
        pieces.extend(heading(&step.title));
        for group in &step.groups {
            pieces.extend(heading(&group.heading));
            pieces.extend(group.fields.iter().copied().filter_map(view));
        }
    }
    let action = match page.screen {
        Screen::LogIn => Message::SignInAction,
        Screen::SignUp => Message::SignUpAction,
        Screen::ForgotPassword => Message::SendEmail,
    };
    pieces.push(button(&texts.get(action)));
    if page.screen != Screen::ForgotPassword {
        pieces.extend(others(page, texts));
    }
    pieces.extend(ways(page, texts));
    let attributes = [("method", "post"), ("action", page.here)];
    Html::element("form", &attributes, pieces)
}

fn heading(text: &str) -> Option<Html> {
    (!text.is_empty()).then(|| Html::element("h2", &[], [Html::text(text)]))
}

/// The ways to other providers.
fn others(page: &LoginPage<'_>, texts: &Texts) -> Vec<Html> {
    let way = |(name, address): &(String, String)| {
        let label = Html::text(&texts.with(Message::ContinueWith, &[("name", name)]));
        let link = Html::element("a", &[("href", address)], [label]);
        Html::element("p", &[("class", "way")], [link])
    };
    page.others.iter().map(way).collect()
}

/// The ways to the other screens.
fn ways(page: &LoginPage<'_>, texts: &Texts) -> Vec<Html> {
    let way = |question: Option<Message>, label: Message, address: &str| {
        let label = Html::text(&texts.get(label));
        let link = Html::element("a", &[("href", address)], [label]);
        let question = question.map(|it| Html::text(&[&*texts.get(it), " "].concat()));
        Html::element("p", &[("class", "way")], question.into_iter().chain([link]))
    };
    let forgotten = page.forgot_password.iter();
    let forgotten = forgotten.map(|it| way(None, Message::ForgotPasswordAction, it));
    let new = page.sign_up.iter();
    let new = new.map(|it| way(Some(Message::NoAccountYet), Message::SignUpLabel, it));
    match page.screen {
        Screen::LogIn => forgotten.chain(new).collect(),
        Screen::SignUp => {
            let question = Some(Message::AlreadyHaveAccount);
            vec![way(question, Message::SignInLabel, page.log_in)]
        }
        Screen::ForgotPassword => vec![way(None, Message::BackToSignIn, page.log_in)],
    }
}
