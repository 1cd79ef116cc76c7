//! `GET` and `POST /login`: where `/authorize` sends people who have to log in,
//! with the parameters that it was asked with.
//!
//! The page works without scripts: a plain form is judged here, by what judges
//! the API too, and the browser is sent back to the application. Only a form of
//! this server is taken, so that nobody is signed in as somebody else by a page
//! of another site.

mod forgot_password;
mod sign_in;
mod sign_up;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use latchlet_core::config::known_label;
use latchlet_core::{Answers, Form, Object};

use crate::app::App;
use crate::config::FederatedConnection;
use crate::fault::Fault;
use crate::hosted::{Hosted, Screen};
use crate::http::{body, origin};
use crate::limits::Address;
use crate::pages::{self, LoginPage};
use crate::routes::authorize::{self, Request, Unanswerable, answer};

/// What is wrong with what was sent.
#[derive(Default)]
struct Wrong {
    /// By field.
    fields: Vec<(String, String)>,
    /// About the whole.
    notice: String,
}

impl Wrong {
    fn notice(text: &str) -> Self {
        Self {
            notice: text.to_owned(),
            ..Self::default()
        }
    }
}

/// What came of a form.
enum Sent {
    /// Somebody proved who they are.
    LoggedIn(String),
    /// A link for a new password was sent to an address.
    Mailed(String),
    /// Whoever signed up has to show that an address is theirs.
    SignedUp(String),
    /// It is shown again.
    Wrong(Wrong),
}

/// The page. Whoever is signed in meanwhile need not see it.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Unanswerable> {
    let parameters = authorize::query_of(query.as_deref())?;
    let request = Request::read(&app, &parameters)?;
    if let Err(error) = request.check(&app) {
        return Ok(answer(&app, &request, Err(&error)));
    }
    Ok(match authorize::session(&app, &headers, &request).await {
        Ok(Some(_)) => authorize::redirect(
            &request,
            ["/authorize?", &self::query(&parameters)].concat(),
        ),
        Ok(None) => {
            let hosted = Hosted::new(&app, &request);
            show(&app, &request, &hosted, &Answers::default(), None)
        }
        Err(fault) => failed(&fault),
    })
}

/// Takes the plain form.
pub async fn post(
    State(app): State<Arc<App>>,
    from: Address,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    bytes: Bytes,
) -> Result<Response, Unanswerable> {
    let parameters = authorize::query_of(query.as_deref())?;
    let request = Request::read(&app, &parameters)?;
    let body = body::form(&headers, &bytes).ok();
    let Some(body) = body.filter(|_| origin::is(&headers, &app.url(""))) else {
        return Ok(pages::sorry(
            StatusCode::FORBIDDEN,
            "This form is not from here",
            "It was sent by a page of another site, or your browser does not say by which. Go \
             back to the application, and log in again.",
        ));
    };
    if let Err(error) = request.check(&app) {
        return Ok(answer(&app, &request, Err(&error)));
    }
    let response = take(&app, from, &headers, &request, &body).await;
    Ok(response.unwrap_or_else(|fault| failed(&fault)))
}

async fn take(
    app: &Arc<App>,
    from: Address,
    headers: &HeaderMap,
    request: &Request<'_>,
    body: &Object,
) -> Result<Response, Fault> {
    let hosted = Hosted::new(app, request);
    let (Some(connection), Some(form)) = (hosted.connection, &hosted.form) else {
        return Ok(show(app, request, &hosted, &Answers::default(), None));
    };
    let answers = answers(form, body);
    let sent = match hosted.screen {
        Screen::LogIn => sign_in::take(app, from, connection, &answers).await?,
        Screen::SignUp => sign_up::take(app, from, headers, connection, form, &answers).await?,
        Screen::ForgotPassword => forgot_password::take(app, connection, &answers).await,
    };
    match sent {
        Sent::LoggedIn(user) => {
            let response = authorize::end(app, headers, request, user).await?;
            Ok(authorize::after_post(response))
        }
        Sent::Mailed(address) => Ok(pages::reset_sent(
            &address,
            &self::address(request.parameters, Some(Screen::LogIn)),
        )),
        Sent::SignedUp(address) => Ok(pages::sign_up_sent(
            &address,
            &self::address(request.parameters, Some(Screen::LogIn)),
        )),
        Sent::Wrong(wrong) => Ok(show(app, request, &hosted, &answers, Some(wrong))),
    }
}

/// What was sent, by field.
fn answers(form: &Form, body: &Object) -> Answers {
    let mut answers = Answers::default();
    for field in &form.fields {
        let text = body.text(&field.name);
        match field.is_text() {
            true => answers.set(&field.name, field.typed(text.unwrap_or_default())),
            false => answers.set(&field.name, latchlet_core::Answer::Bool(text.is_some())),
        }
    }
    answers
}

fn show(
    app: &App,
    request: &Request<'_>,
    hosted: &Hosted<'_>,
    answers: &Answers,
    wrong: Option<Wrong>,
) -> Response {
    let at = |screen| address(request.parameters, Some(screen));
    let wrong_with = wrong.as_ref();
    pages::login_page(&LoginPage {
        application: &request.client.name,
        the_box: &hosted.the_box,
        config: hosted.config.as_ref(),
        screen: hosted.screen,
        form: hosted.form.as_ref(),
        answers,
        errors: wrong_with.map(|it| it.fields.as_slice()),
        notice: wrong_with.map_or("", |it| &it.notice),
        hint: request.parameters.text("login_hint").unwrap_or_default(),
        here: &at(hosted.screen),
        log_in: &at(Screen::LogIn),
        sign_up: (!hosted.connection.is_some_and(|it| it.disable_signup))
            .then(|| at(Screen::SignUp)),
        forgot_password: app
            .post
            .needs_mail()
            .is_ok()
            .then(|| at(Screen::ForgotPassword)),
        others: others(app, request.parameters),
        callback: &request.callback.origin().ascii_serialization(),
        opener: request.mode == authorize::Mode::WebMessage,
    })
}

/// What the other providers are called, and where each is asked.
fn others(app: &App, parameters: &Object) -> Vec<(String, String)> {
    let other = |each: &FederatedConnection| {
        let known = known_label(each.strategy.name).unwrap_or(&each.name);
        let name = each.display_name.as_deref().unwrap_or(known);
        let mut parameters = parameters.clone();
        parameters.insert("connection", each.name.as_str());
        let address = ["/authorize?", &query(&parameters)].concat();
        (name.to_owned(), address)
    };
    app.config.federated.iter().map(other).collect()
}

/// The address of the page with the parameters of a request, on a screen of its
/// own or that of the request.
pub fn address(parameters: &Object, screen: Option<Screen>) -> String {
    let mut parameters = parameters.clone();
    if let Some(screen) = screen {
        parameters.insert("screen_hint", screen.hint());
    }
    ["/login?", &query(&parameters)].concat()
}

/// Parameters as a query.
pub fn query(parameters: &Object) -> String {
    let texts = parameters.iter().filter_map(|(name, value)| {
        let text = value.as_text().filter(|_| name != "login_ticket")?;
        Some((name, text))
    });
    serde_urlencoded::to_string(texts.collect::<Vec<_>>()).unwrap_or_default()
}

fn failed(fault: &Fault) -> Response {
    if let Fault::Busy = fault {
        return pages::sorry(
            StatusCode::SERVICE_UNAVAILABLE,
            "The server is busy",
            "Too many people are signing in at this moment. Go back and try again in a few \
             seconds.",
        );
    }
    tracing::error!("{fault}");
    pages::sorry(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "Nobody is logged in. Go back and try again.",
    )
}
