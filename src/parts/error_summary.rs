//! What a submit found wrong, in one place: a heading and a link to each
//! field. Focus moves here, so that nobody has to search.

use latchlet_core::gather::Gather;
use std::borrow::Cow;

use latchlet_core::Message;

use crate::browser::element::{DomEvent, Element, Node, el};
use crate::state::FormState;

/// The summary of a form.
pub fn view(form: &FormState) -> Element {
    let (count, errors, none) = (
        form.summary.clone(),
        form.summary.clone(),
        form.summary.clone(),
    );
    let summary = Node::default();
    let parent = form.parent.clone();
    let heading = move || match count.with(Vec::len) {
        0 => Cow::default(),
        1 => parent.text(Message::SummaryOne),
        many => {
            let many = u32::try_from(many).unwrap_or(u32::MAX);
            parent
                .config
                .texts
                .number(Message::SummaryMany, many)
                .into()
        }
    };
    let near = summary.clone();
    let links = move || {
        let errors = errors.get();
        if !errors.is_empty() {
            near.focus_soon();
        }
        let link = |(id, error)| link(near.clone(), id, error);
        errors.into_iter().map(link).gather()
    };
    let title_id = form.parent.id("form-summary");
    el("div", "summary")
        .node(&summary)
        .attr("role", "group")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", &title_id)
        .live("hidden", move || none.with(Vec::is_empty).then_some(""))
        .with([
            el("h3", "summary-title")
                .attr("id", &title_id)
                .live_text(heading),
            el("ul", "summary-list")
                .attr("role", "list")
                .live_children(links),
        ])
}

fn link(near: Node, id: String, error: String) -> Element {
    let link = el("a", "link")
        .attr("href", &["#", &id].concat())
        // The rest, if any, stands at the field.
        .text(error.split('\n').next().unwrap_or_default());
    let go = move |event: DomEvent| {
        // The address of the page is not ours to change.
        event.prevent_default();
        near.focus_other(&id);
    };
    el("li", "summary-item").with([link.on("click", go)])
}
