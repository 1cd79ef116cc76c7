//! A field: one question of a form, the built-in ones included.

use crate::password::PasswordPolicy;
use crate::username::UsernameRules;

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name under which the answer is kept and sent.
    pub name: String,
    /// What kind of control it is.
    pub kind: FieldKind,
    /// The visible label. Never empty, except for hidden fields.
    pub label: String,
    /// An accessible name that replaces the label for assistive technology.
    pub aria_label: Option<String>,
    /// An example inside an empty control, beside the label.
    pub placeholder: Option<String>,
    /// The address of an image shown in the control.
    pub icon: Option<String>,
    /// Whether an answer must be given.
    pub required: bool,
    /// How long a text may be.
    pub length: Length,
    /// Where the answer is stored.
    pub storage: Storage,
    /// The answer before the person gave one: text, an option's value, `true`
    /// for a ticked checkbox, the value of a hidden field.
    pub prefill: String,
}

/// The kinds of control. Additional fields have the last four, Lock's own.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// An e-mail address.
    Email,
    /// A new account's user name.
    Username(UsernameRules),
    /// What a person signs in with: an e-mail address, or a user name too.
    Identifier {
        /// Whether a user name is taken as well.
        username: bool,
    },
    /// A new account's password.
    NewPassword(PasswordPolicy),
    /// The password of an account.
    CurrentPassword,
    /// One line of text.
    Text,
    /// One of some options.
    Select(Vec<SelectOption>),
    /// Yes or no.
    Checkbox,
    /// A value that the page gives and nobody sees.
    Hidden,
}

/// One option of a select.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectOption {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// Limits of a text's length, in Unicode code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// The fewest characters of an answer that is not empty.
    pub min: Option<u32>,
    /// The most characters.
    pub max: Option<u32>,
}

/// Where the auth backend keeps an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// A property of `user_metadata`.
    #[default]
    UserMetadata,
    /// An attribute of the user itself.
    Root,
}

/// The attributes that a sign-up may set on the user itself, and the most
/// characters of each (Auth0 Authentication API, `POST /dbconnections/signup`).
pub const ROOT_ATTRIBUTES: [(&str, u32); 5] = [
    ("given_name", 150),
    ("family_name", 150),
    ("name", 300),
    ("nickname", 300),
    // A URI; no length is documented, so that of a metadata value stands in.
    ("picture", MAX_METADATA_VALUE),
];

/// The most properties of `user_metadata` that a sign-up takes.
pub const MAX_METADATA_FIELDS: usize = 10;
/// The most characters of a metadata key.
pub const MAX_METADATA_KEY: usize = 100;
/// The most characters of a metadata value at sign-up.
pub const MAX_METADATA_VALUE: u32 = 500;

/// The most characters that the sign-up contract takes for a field.
pub fn contract_max(storage: Storage, name: &str) -> u32 {
    match storage {
        Storage::UserMetadata => MAX_METADATA_VALUE,
        Storage::Root => ROOT_ATTRIBUTES
            .iter()
            .find(|(attribute, _)| *attribute == name)
            .map_or(MAX_METADATA_VALUE, |(_, max)| *max),
    }
}

impl Field {
    /// A required field with nothing else set.
    pub fn new(name: &str, kind: FieldKind, label: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            label: label.to_owned(),
            aria_label: None,
            placeholder: None,
            icon: None,
            required: true,
            length: Length::default(),
            storage: Storage::Root,
            prefill: String::new(),
        }
    }

    /// Whether what is typed here must never be kept, shown or logged.
    pub fn is_secret(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::NewPassword(_) | FieldKind::CurrentPassword
        )
    }

    /// The HTML `autocomplete` token (WCAG 2.2, 1.3.5). An e-mail address that
    /// one signs in with is a `username`, which is what password managers fill.
    pub fn autocomplete(&self) -> &'static str {
        match self.kind {
            FieldKind::Identifier { .. } | FieldKind::Username(_) => "username",
            FieldKind::NewPassword(_) => "new-password",
            FieldKind::CurrentPassword => "current-password",
            FieldKind::Email => "email",
            FieldKind::Text | FieldKind::Select(_) => autocomplete_by_name(&self.name),
            FieldKind::Checkbox | FieldKind::Hidden => "off",
        }
    }
}

/// The token for a field whose name says what it asks for.
fn autocomplete_by_name(name: &str) -> &'static str {
    match name {
        "name" | "full_name" => "name",
        "given_name" | "first_name" => "given-name",
        "family_name" | "last_name" => "family-name",
        "nickname" => "nickname",
        "company" | "organization" => "organization",
        "job_title" | "title" => "organization-title",
        "phone" | "phone_number" => "tel",
        "country" => "country",
        "postal_code" | "zip" => "postal-code",
        "website" => "url",
        _ => "on",
    }
}
