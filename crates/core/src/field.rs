//! A field: one question of a form, the built-in ones included.

use crate::answers::Answer;
use crate::condition::Condition;
use crate::password::PasswordPolicy;
use crate::rules::Rules;
use crate::username::UsernameRules;
use crate::value::Function;

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
    /// A sentence of help that is always there.
    pub hint: Option<String>,
    /// Why it is asked.
    pub purpose: Option<String>,
    /// The address of an image shown in the control.
    pub icon: Option<String>,
    /// The `autocomplete` token, where the name and the kind do not tell it.
    pub autocomplete: Option<String>,
    /// Whether an answer must be given.
    pub required: bool,
    /// What an answer must be.
    pub rules: Rules,
    /// The page's own check, which only the browser runs.
    pub validator: Option<Function>,
    /// The developer's own words, by the name of the rule.
    pub messages: Vec<(String, String)>,
    /// When it is asked; always, if absent.
    pub when: Option<Condition>,
    /// Where the answer is stored.
    pub storage: Storage,
    /// Whether the answer does not fit a sign-up, and is sent with the first
    /// update of the profile.
    pub deferred: bool,
    /// The answer before the person gave one.
    pub prefill: Prefill,
}

/// The kinds of control.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// An e-mail address.
    Email,
    /// A new account's user name.
    Username(UsernameRules),
    /// What a person signs in with.
    Identifier(Identifier),
    /// A new account's password.
    NewPassword(PasswordPolicy),
    /// The password of an account.
    CurrentPassword,
    /// A code that was sent to the person.
    OneTimeCode,
    /// A text that is not shown while it is typed.
    Secret,
    /// One line of text.
    Text,
    /// Several lines of text.
    TextArea,
    /// A telephone number.
    Telephone,
    /// A web address.
    Url,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of some options, in a list that opens.
    Select(Options),
    /// One of some options, all of them in sight.
    Radio(Options),
    /// One of many options, found by typing.
    Combobox(Options),
    /// A country, by its ISO 3166-1 code. All countries if the list is empty.
    Country(Vec<String>),
    /// Any of some options.
    Checkboxes(Options),
    /// Yes or no.
    Checkbox,
    /// An agreement to a document.
    Consent(Consent),
    /// A value that the page gives and nobody sees.
    Hidden,
}

/// What a person signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identifier {
    /// An e-mail address.
    Email,
    /// A user name.
    Username,
    /// Either.
    Either,
}

/// Where options come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Options {
    /// They are in the config.
    Listed(Vec<SelectOption>),
    /// They are loaded when the form is shown. The server does not know them,
    /// and accepts every text.
    Loaded(Source),
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// Where something is loaded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A function of the page.
    Function(Function),
    /// An address that gives JSON.
    Url(String),
}

/// What a person agrees to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// Which version of the document; it is what is stored. Empty for a
    /// consent that is not stored.
    pub version: String,
    /// The address of the document.
    pub url: Option<String>,
}

/// The answer before the person gave one.
#[derive(Clone, Debug, PartialEq)]
pub enum Prefill {
    /// It is in the config.
    Given(Answer),
    /// It is loaded when the form is shown.
    Loaded(Source),
}

/// Where the auth backend keeps an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// A property of `user_metadata`.
    #[default]
    UserMetadata,
    /// An attribute of the user itself.
    Root,
    /// Nowhere: it is asked and judged, but not sent.
    Nowhere,
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
/// The most characters of a text that is sent after the sign-up: a tenth of
/// the metadata that Auth0 advises to keep (10 KB), in four bytes each.
pub const MAX_DEFERRED_VALUE: u32 = 2_500;

/// The most characters that the sign-up contract takes for a field.
pub fn contract_max(storage: Storage, name: &str) -> u32 {
    match storage {
        Storage::UserMetadata | Storage::Nowhere => MAX_METADATA_VALUE,
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
            hint: None,
            purpose: None,
            icon: None,
            autocomplete: None,
            required: true,
            rules: Rules::default(),
            validator: None,
            messages: Vec::new(),
            when: None,
            storage: Storage::Root,
            deferred: false,
            prefill: Prefill::Given(Answer::Text(String::new())),
        }
    }

    /// Whether what is typed here must never be kept, shown or logged.
    pub fn is_secret(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::NewPassword(_)
                | FieldKind::CurrentPassword
                | FieldKind::OneTimeCode
                | FieldKind::Secret
        )
    }

    /// Whether an answer is a text.
    pub fn is_text(&self) -> bool {
        !matches!(
            self.kind,
            FieldKind::Checkbox | FieldKind::Checkboxes(_) | FieldKind::Consent(_)
        )
    }

    /// Whether the answer is a property of `user_metadata`.
    pub fn is_metadata(&self) -> bool {
        self.storage == Storage::UserMetadata
    }

    /// Whether a sign-up sends the answer.
    pub fn is_sent_at_sign_up(&self) -> bool {
        !self.deferred && self.storage != Storage::Nowhere
    }

    /// The most characters of a text.
    pub fn max_length(&self) -> u32 {
        let contract = contract_max(self.storage, &self.name);
        match (self.rules.length.max, self.deferred) {
            (Some(max), true) => max.min(MAX_DEFERRED_VALUE),
            (Some(max), false) => max.min(contract),
            (None, _) => contract,
        }
    }

    /// The options, where the kind has any.
    pub fn options(&self) -> Option<&Options> {
        match &self.kind {
            FieldKind::Select(options)
            | FieldKind::Radio(options)
            | FieldKind::Combobox(options)
            | FieldKind::Checkboxes(options) => Some(options),
            _ => None,
        }
    }

    /// The HTML `autocomplete` token (WCAG 2.2, 1.3.5). An e-mail address that
    /// one signs in with is a `username`, which is what password managers fill.
    pub fn autocomplete(&self) -> &str {
        if let Some(token) = &self.autocomplete {
            return token;
        }
        match self.kind {
            FieldKind::Identifier(_) | FieldKind::Username(_) => "username",
            FieldKind::NewPassword(_) => "new-password",
            FieldKind::CurrentPassword => "current-password",
            FieldKind::OneTimeCode => "one-time-code",
            FieldKind::Email => "email",
            FieldKind::Telephone => "tel",
            FieldKind::Country(_) => "country",
            // A browser that filled them in would answer for the person.
            FieldKind::Secret
            | FieldKind::Radio(_)
            | FieldKind::Checkbox
            | FieldKind::Checkboxes(_)
            | FieldKind::Consent(_)
            | FieldKind::Hidden => "off",
            FieldKind::Url => match autocomplete_by_name(&self.name) {
                "on" => "url",
                token => token,
            },
            _ => autocomplete_by_name(&self.name),
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
        "city" => "address-level2",
        "street" | "address" => "street-address",
        "birthday" | "birthdate" | "date_of_birth" => "bday",
        "language" => "language",
        "website" => "url",
        _ => "on",
    }
}
