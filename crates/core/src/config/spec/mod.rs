//! What a config may say: every object with its options, declared once.
//!
//! The readers take the names from here, so that an option exists for them
//! exactly if it is declared. The JSON Schema and the TypeScript types are made
//! of the rest: shapes and sentences, which only the feature `schema` brings
//! along.

mod auth;
mod connection;
mod field;
mod layout;
mod options;
mod progressive;

pub use auth::{AUTH, RESPONSE_MODES, RESPONSE_TYPES};
pub use connection::*;
pub use field::*;
pub use layout::{GROUP, STEP};
pub use options::*;
pub use progressive::*;

#[cfg(feature = "schema")]
pub use layout::PART;

/// An object of a config.
pub struct Spec {
    /// The names of its options.
    pub names: &'static [&'static str],
    /// What it is called in TypeScript and in the schema.
    #[cfg(feature = "schema")]
    pub name: &'static str,
    /// What it is.
    #[cfg(feature = "schema")]
    pub about: &'static str,
    /// The object whose options it has, too, unless it says them itself.
    #[cfg(feature = "schema")]
    pub base: Option<&'static Spec>,
    /// Its options in order.
    #[cfg(feature = "schema")]
    pub options: &'static [Opt],
}

/// One option.
#[cfg(feature = "schema")]
pub struct Opt {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What it may be.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
}

/// What a value may be. The readers may be stricter, never more lenient.
#[cfg(feature = "schema")]
pub enum Shape {
    /// Anything.
    Any,
    /// A text.
    Text,
    /// A text, or one for each language.
    Words,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A whole number from 0 to a maximum.
    Whole(u32),
    /// One of some texts.
    OneOf(&'static [&'static str]),
    /// A list.
    List(&'static Shape),
    /// An object with any names.
    Map(&'static Shape),
    /// An object with the names of its options.
    Object(&'static Spec),
    /// Something that has a name of its own.
    Named(&'static Named),
    /// One of several.
    Either(&'static [Shape]),
    /// A function, by its type in TypeScript. JSON cannot say it.
    Function(&'static str),
}

/// A shape with a name of its own.
#[cfg(feature = "schema")]
pub struct Named {
    /// What it is called in TypeScript and in the schema.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What it may be.
    pub shape: Shape,
}

/// Declares an object:
///
/// ```text
/// object! { FLASH "FlashMessage" "What it is."
///     "text" required: Shape::Text, "What it means.";
/// }
/// ```
macro_rules! object {
    ($(#[$meta:meta])* $id:ident $name:literal $(extends $base:ident)? $about:literal
        $($option:literal $($required:ident)?: $shape:expr, $doc:literal;)*) => {
        $(#[$meta])*
        #[doc = $about]
        pub static $id: super::Spec = super::Spec {
            names: &[$($option),*],
            #[cfg(feature = "schema")]
            name: $name,
            #[cfg(feature = "schema")]
            about: $about,
            #[cfg(feature = "schema")]
            base: object!(@base $($base)?),
            #[cfg(feature = "schema")]
            options: &[$(super::Opt {
                name: $option,
                about: $doc,
                shape: $shape,
                required: object!(@is $($required)?),
            }),*],
        };
    };
    (@base $base:ident) => { Some(&$base) };
    (@base) => { None };
    (@is required) => { true };
    (@is) => { false };
}
use object;
