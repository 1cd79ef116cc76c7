//! `layout`: groups and steps.

#[cfg(feature = "schema")]
use super::Named;
#[cfg(feature = "schema")]
use super::Shape::{self, Either, List, Text, Whole, Words};
use super::object;

object! { STEP "LayoutStep" "What is asked at a time. Where one part is a step, all are."
    "step" required: Words, "What the step is about.";
    "fields" required: List(&Either(&[Text, Shape::Object(&GROUP)])), "The names of its fields, and groups of them.";
}

object! { GROUP "LayoutGroup" "Fields that stand together."
    "heading": Words, "What they are about.";
    "columns": Whole(2), "2: side by side where there is room.";
    "fields" required: List(&Text), "The names of the fields.";
}

#[cfg(feature = "schema")]
pub static PART: Named = Named {
    name: "LayoutPart",
    about: "A field by its name, a group, or a step.",
    shape: Either(&[Text, Shape::Object(&GROUP), Shape::Object(&STEP)]),
};
