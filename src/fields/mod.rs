//! One file a kind of input, each a view over core's field.

mod checkbox;
mod choice_group;
mod combobox;
mod frame;
mod loading;
mod password;
mod select;
mod text;
mod text_area;

use std::rc::Rc;

use latchlet_core::FieldKind;

use crate::browser::element::Element;
use crate::state::FieldState;

/// The view of a field, unless it has none.
pub fn view(state: &Rc<FieldState>) -> Option<Element> {
    Some(match &state.field.kind {
        FieldKind::NewPassword(policy) => password::new(state, policy.clone()),
        FieldKind::CurrentPassword | FieldKind::Secret => password::current(state),
        FieldKind::TextArea => text_area::view(state),
        FieldKind::Select(_) => select::view(state),
        FieldKind::Country(_) => select::country(state),
        FieldKind::Combobox(_) => combobox::view(state),
        FieldKind::Radio(_) | FieldKind::Checkboxes(_) => choice_group::view(state),
        FieldKind::Checkbox | FieldKind::Consent(_) => checkbox::view(state),
        // Its value comes from the page and stays out of the document.
        FieldKind::Hidden => return None,
        _ => text::view(state),
    })
}
