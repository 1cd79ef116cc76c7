//! What a developer sees in place of a form whose config is wrong. Nothing
//! here is for the people who would sign up, so it is English and plain.

use latchlet_core::config::Problem;

use crate::browser::element::{Element, el};
use crate::browser::page;

/// Every problem, here and on the console.
pub fn view(problems: &[Problem]) -> Element {
    el("div", "developer").attr("role", "alert").with([
        el("h2", "developer-title").text("Latchlet: the config has mistakes"),
        el("ul", "developer-list")
            .attr("role", "list")
            .with(problems.iter().map(item)),
    ])
}

fn item(problem: &Problem) -> Element {
    page::console_error(&["Latchlet config: ", &problem.to_string()].concat());
    let code = |text: &str| el("code", "code").text(text);
    let mut text = el("span", "developer-text")
        .text(&problem.message)
        .text(".");
    if let Some(name) = &problem.suggestion {
        text = text.text(" Did you mean ").with([code(name)]).text("?");
    }
    el("li", "developer-item").with([
        code(&problem.path),
        text,
        el("span", "developer-code").text(problem.code.as_str()),
    ])
}
