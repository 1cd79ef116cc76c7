//! The ways in through others: a button for each social or enterprise
//! connection. They come when they are known, and nothing waits for them.

use latchlet_core::gather::Gather;
use std::rc::Rc;

use latchlet_core::Message;
use latchlet_core::connection::Federated;

use crate::backend::{Auth0, AuthBackend};
use crate::browser::element::{Element, el};
use crate::browser::{page, storage, task};
use crate::state::{BoxState, Event};

/// Where the name of the connection is that was used last.
const LAST: &str = "latchlet.last.";

/// The buttons of a screen, and a line between them and its form.
/// `action` is what a login through them is for: `login` or `signup`.
pub fn view(parent: &Rc<BoxState>, action: &'static str) -> Element {
    let shown = parent.clone();
    el("div", "federated").live_children(move || {
        let (buttons, has_form) = shown.connections.with(|all| {
            let button = |one: &Federated| button(&shown, one, action);
            let buttons: Vec<_> = all.federated.iter().map(button).gather();
            (
                buttons,
                !all.databases.is_empty() || all.passwordless.is_some(),
            )
        });
        if buttons.is_empty() {
            return Vec::new();
        }
        let list = el("ul", "federated-list")
            .attr("role", "list")
            .with(buttons);
        let or = el("p", "or").text(&shown.text(Message::Or));
        match has_form {
            true => vec![list, or],
            false => vec![list],
        }
    })
}

fn button(parent: &Rc<BoxState>, connection: &Federated, action: &'static str) -> Element {
    let texts = &parent.config.texts;
    let label = texts.with(Message::ContinueWith, &[("name", &connection.label)]);
    let icon = connection
        .icon
        .as_deref()
        .map(|src| el("img", "federated-icon").attr("src", src).attr("alt", ""));
    let last = parent.config.remember_last_login
        && storage::lasting(&key(parent)).as_deref() == Some(&connection.name);
    let badge = last.then(|| el("span", "badge").text(&parent.text(Message::LastUsed)));
    let (parent, connection) = (parent.clone(), connection.clone());
    let busy = parent.busy.clone();
    let button = el("button", "provider")
        .attr("type", "button")
        .live("aria-disabled", move || busy.get().then_some("true"))
        .with(icon)
        .with([el("span", "provider-label").text(&label)])
        .with(badge)
        .on("click", move |_| {
            if !parent.busy.get_once() {
                task::start(start(parent.clone(), connection.clone(), action));
            }
        });
    el("li", "federated-item").with([button])
}

async fn start(parent: Rc<BoxState>, connection: Federated, action: &'static str) {
    parent.busy.set(true);
    if parent.config.remember_last_login {
        storage::set_lasting(&key(&parent), &connection.name);
    }
    parent.tell(Event::Federated(connection.clone(), action));
    let address = Auth0::new(&parent.config).federated(&connection.name).await;
    if !parent.is_alive() {
        return;
    }
    match address {
        Ok(address) => {
            let back = parent.clone();
            page::leave_for(&address, move || back.busy.set(false));
        }
        Err(failure) => {
            parent.busy.set(false);
            parent.fail(failure);
        }
    }
}

fn key(parent: &BoxState) -> String {
    [LAST, &parent.config.client_id].concat()
}
