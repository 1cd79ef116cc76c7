//! What a developer sees in place of a form whose config is wrong. Nothing
//! here is for the people who would sign up, so it is English and plain.

use latchlet_core::{Object, Value};

use crate::browser::element::{Element, el};
use crate::browser::page;

/// That the config is wrong.
pub fn view() -> Element {
    let title = el("h2", "developer-title").text("Latchlet: the config has mistakes");
    el("div", "developer").attr("role", "alert").with([title])
}

/// Every problem, as the page gets it, here and on the console.
pub fn list(problems: &[Value]) -> Element {
    let problems = problems.iter().filter_map(Value::as_object);
    el("ul", "developer-list")
        .attr("role", "list")
        .with(problems.map(item))
}

fn item(problem: &Object) -> Element {
    let part = |name| problem.text(name).unwrap_or_default();
    let (path, message, code) = (part("path"), part("message"), part("code"));
    let named = |text: &str| el("code", "code").text(text);
    let mut text = el("span", "developer-text").text(message).text(".");
    let mut line = ["Latchlet config: ", path, ": ", message].concat();
    if let Some(name) = problem.text("suggestion") {
        text = text.text(" Did you mean ").with([named(name)]).text("?");
        line.push_str("; did you mean `");
        line.push_str(name);
        line.push_str("`?");
    }
    page::console_error(&[&line, " [", code, "]"].concat());
    el("li", "developer-item").with([named(path), text, el("span", "developer-code").text(code)])
}
