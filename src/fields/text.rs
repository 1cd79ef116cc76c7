//! One line of text: free text, and everything that has a syntax.

use std::rc::Rc;

use latchlet_core::FieldKind;
use latchlet_core::field::Identifier;

use crate::browser::element::Element;
use crate::state::FieldState;

use super::frame;

/// How a browser treats what is typed.
struct Typing {
    /// `type`
    kind: &'static str,
    /// `inputmode`: which keyboard a phone shows.
    mode: &'static str,
    /// `autocapitalize`
    capitals: &'static str,
    /// `spellcheck`
    spelling: &'static str,
    /// `dir`
    direction: &'static str,
}

/// What has a syntax gets no capitals, no corrections, and runs from left to
/// right in every language.
const fn syntax(kind: &'static str, mode: &'static str) -> Typing {
    Typing {
        kind,
        mode,
        capitals: "none",
        spelling: "false",
        direction: "ltr",
    }
}

/// The view of the field.
pub fn view(state: &Rc<FieldState>) -> Element {
    let field = &state.field;
    let typing = match field.kind {
        FieldKind::Email | FieldKind::Identifier(Identifier::Email) => syntax("email", "email"),
        FieldKind::Identifier(Identifier::Either) => syntax("text", "email"),
        FieldKind::Identifier(_) | FieldKind::Username(_) => syntax("text", "text"),
        FieldKind::Telephone => syntax("tel", "tel"),
        // `type=url` and `type=number` would refuse, or silently drop, what
        // people type: `example.com`, and a comma.
        FieldKind::Url => syntax("text", "url"),
        FieldKind::Number => syntax("text", "decimal"),
        FieldKind::OneTimeCode => syntax("text", "numeric"),
        FieldKind::Date => syntax("date", "none"),
        _ if field.autocomplete().ends_with("name") => Typing {
            capitals: "words",
            spelling: "false",
            ..free()
        },
        _ => free(),
    };
    let mut input = frame::control(state, "input", "input")
        .attr("type", typing.kind)
        .attr("autocapitalize", typing.capitals)
        .attr("spellcheck", typing.spelling)
        .attr("dir", typing.direction)
        .attr("enterkeyhint", "next")
        .maybe("placeholder", field.placeholder.as_deref())
        .attr("value", state.initial().to_text().as_str());
    // A date has its own control, which `inputmode` would take away.
    if typing.mode != "none" {
        input = input.attr("inputmode", typing.mode);
    }
    frame::view(state, frame::line(state, input))
}

const fn free() -> Typing {
    Typing {
        kind: "text",
        mode: "text",
        capitals: "sentences",
        spelling: "true",
        direction: "auto",
    }
}
