//! One file a kind of input, each a view over core's field.

mod checkbox;
mod frame;
mod password;
mod select;
mod text;

use std::rc::Rc;

use latchlet_core::FieldKind;

use crate::browser::element::Element;
use crate::state::FieldState;

/// The view of a field, unless it has none.
pub fn view(state: &Rc<FieldState>) -> Option<Element> {
    match &state.field.kind {
        FieldKind::Email
        | FieldKind::Username(_)
        | FieldKind::Identifier { .. }
        | FieldKind::Text => Some(text::view(state)),
        FieldKind::NewPassword(policy) => Some(password::new(state, policy.clone())),
        FieldKind::CurrentPassword => Some(password::current(state)),
        FieldKind::Select(options) => Some(select::view(state, options)),
        FieldKind::Checkbox => Some(checkbox::view(state)),
        // Its value comes from the page and stays out of the document.
        FieldKind::Hidden => None,
    }
}
