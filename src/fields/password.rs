//! Passwords: shown on demand, and a new one with its policy ticked off live.
//!
//! What is typed stays in the input. A signal holds which rules are met, never
//! the password.

use latchlet_core::gather::Gather;
use std::rc::Rc;

use latchlet_core::password::PasswordPolicy;
use latchlet_core::{FieldKind, Message, checklist};

use crate::browser::element::{Element, el};
use crate::state::{FieldState, Signal};

use super::frame;

/// The password of an account that exists, or another text that is not shown.
pub fn current(state: &Rc<FieldState>) -> Element {
    frame::view(state, line(state, control(state)))
}

/// The password of a new account, and its policy.
pub fn new(state: &Rc<FieldState>, policy: PasswordPolicy) -> Element {
    let policy_id = [&state.id(), "-policy"].concat();
    let texts = &state.parent.config.texts;
    let lines = checklist::lines(&policy.check(""), texts);
    let met = Signal::new(vec![false; lines.len()]);
    let items = lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| rule(state, &line, index, &met));
    let described_by = [&frame::described_by(state), " ", &policy_id].concat();
    let (watched, seen) = (state.clone(), met.clone());
    let input = control(state)
        .attr("aria-describedby", &described_by)
        .on("input", move |_| check(&watched, &policy, &seen));
    let view = frame::view(state, line(state, input));
    let list = el("div", "policy").attr("id", &policy_id).with([
        el("p", "policy-title").text(&texts.get(Message::PolicyTitle)),
        el("ul", "rules").attr("role", "list").with(items),
    ]);
    view.with([list])
}

fn rule(
    state: &Rc<FieldState>,
    line: &checklist::Line,
    index: usize,
    met: &Signal<Vec<bool>>,
) -> Element {
    let parent = state.parent.clone();
    let (is_met, met) = (met.clone(), met.clone());
    let is_met = move || is_met.with(|met| met.get(index) == Some(&true));
    let verdict = move || match met.with(|met| met.get(index) == Some(&true)) {
        true => parent.text(Message::RuleMet),
        false => parent.text(Message::RuleNotMet),
    };
    el("li", "rule")
        .flag("data-item", line.item)
        .live("data-met", move || is_met().then_some(""))
        .text(&line.text)
        .with([el("span", "unseen").live_text(verdict)])
}

fn check(state: &Rc<FieldState>, policy: &PasswordPolicy, met: &Signal<Vec<bool>>) {
    let report = policy.check(state.answer().text());
    met.set(
        checklist::lines(&report, &state.parent.config.texts)
            .iter()
            .map(|line| line.verified)
            .gather(),
    );
    let status = match report.verified() {
        true => state.parent.text(Message::PolicyMet),
        false => "".into(),
    };
    if state.parent.status.peek(|said| *said != status) {
        state.parent.status.set(status);
    }
}

fn control(state: &Rc<FieldState>) -> Element {
    let shown = state.revealed.clone();
    let enter = match state.field.kind {
        FieldKind::CurrentPassword => "go",
        _ => "next",
    };
    frame::control(state, "input", "input")
        .live("type", move || match shown.get() {
            true => Some("text"),
            false => Some("password"),
        })
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("dir", "ltr")
        .attr("enterkeyhint", enter)
}

/// What surrounds the input, with the button that shows what is in it.
fn line(state: &Rc<FieldState>, input: Element) -> Element {
    let (label, text) = (state.revealed.clone(), state.revealed.clone());
    let toggled = state.revealed.clone();
    let (named, said) = (state.parent.clone(), state.parent.clone());
    let button = el("button", "reveal")
        .attr("type", "button")
        .attr("aria-controls", &state.id())
        .live_attr("aria-label", move || {
            Some(match label.get() {
                true => named.text(Message::HidePassword).into_owned(),
                false => named.text(Message::ShowPassword).into_owned(),
            })
        })
        .live_text(move || match text.get() {
            true => said.text(Message::Hide),
            false => said.text(Message::Show),
        })
        .on("click", move |_| toggled.set(!toggled.get_once()));
    el("div", "control").with([input, button])
}
