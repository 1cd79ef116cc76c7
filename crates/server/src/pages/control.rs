//! A field of a form as plain HTML: the control for each kind, its label, and
//! what is wrong with it.

use latchlet_core::field::{FieldKind, Identifier, Options, Prefill};
use latchlet_core::{Answer, Field, Message, Texts, checklist};

use crate::html::Html;

/// What a control shows.
pub struct Control<'a> {
    /// The field.
    pub field: &'a Field,
    /// Its place in the form.
    pub place: usize,
    /// What was answered.
    pub answer: &'a Answer,
    /// What is wrong with the answer.
    pub error: Option<&'a str>,
    /// Whether the person starts here.
    pub focus: bool,
    /// The words of the form.
    pub texts: &'a Texts,
}

/// The control with all that belongs to it.
pub fn view(control: &Control<'_>) -> Html {
    let field = control.field;
    if let FieldKind::Hidden = field.kind {
        let value = match &field.prefill {
            Prefill::Given(answer) => answer.to_text(),
            Prefill::Loaded(_) => String::new(),
        };
        return super::hidden(&field.name, &value);
    }
    let id = format!("f{}", control.place);
    let [error_id, hint_id, policy_id] =
        ["error", "hint", "policy"].map(|it| [&id, "-", it].concat());
    let mut described: Vec<&str> = Vec::new();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let hint: Vec<&str> = [&field.hint, &field.purpose]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if !hint.is_empty() {
        before.push(said(&hint_id, "hint", &hint.join(" ")));
        described.push(&hint_id);
    }
    if let Some(error) = control.error {
        before.push(said(&error_id, "error", error));
        described.insert(0, &error_id);
    }
    if let FieldKind::NewPassword(policy) = &field.kind {
        after.push(super::policy(
            &policy_id,
            &checklist::lines(&policy.check(""), control.texts),
        ));
        described.push(&policy_id);
    }
    let described = described.join(" ");
    let mut attributes = vec![("id", id.as_str()), ("name", field.name.as_str())];
    if !described.is_empty() {
        attributes.push(("aria-describedby", &described));
    }
    if control.error.is_some() {
        attributes.push(("aria-invalid", "true"));
    }
    // What depends on another answer is judged when all of them are there.
    if field.required && field.when.is_none() {
        attributes.push(("required", ""));
    }
    if control.focus {
        attributes.push(("autofocus", ""));
    }
    match &field.kind {
        FieldKind::Checkbox | FieldKind::Consent(_) => box_to_tick(control, attributes, before),
        FieldKind::Radio(Options::Listed(_)) => radios(control, &attributes, before),
        _ => {
            let mut pieces = vec![label(control, &id)];
            pieces.extend(before);
            pieces.push(input(control, &attributes));
            pieces.extend(after);
            Html::element("div", &[("class", "field")], pieces)
        }
    }
}

fn said(id: &str, class: &str, text: &str) -> Html {
    Html::element("p", &[("id", id), ("class", class)], [Html::text(text)])
}

fn label(control: &Control<'_>, id: &str) -> Html {
    Html::element("label", &[("for", id)], words(control))
}

fn words(control: &Control<'_>) -> Vec<Html> {
    let mut words = vec![Html::text(&control.field.label)];
    // A box may be left as it is anyway.
    if !control.field.required && control.field.is_text() {
        let optional = [" ", &control.texts.get(Message::Optional)].concat();
        words.push(Html::element(
            "span",
            &[("class", "optional")],
            [Html::text(&optional)],
        ));
    }
    words
}

/// A control of one value.
fn input(control: &Control<'_>, before: &[(&'static str, &str)]) -> Html {
    let field = control.field;
    let value = control.answer.to_text();
    let mut attributes = before.to_vec();
    attributes.push(("autocomplete", field.autocomplete()));
    let options = match &field.kind {
        FieldKind::Select(Options::Listed(options))
        | FieldKind::Radio(Options::Listed(options))
        | FieldKind::Combobox(Options::Listed(options)) => {
            let pairs = options
                .iter()
                .map(|it| (it.value.as_str(), it.label.as_str()));
            Some(pairs.collect::<Vec<_>>())
        }
        FieldKind::Country(codes) if !codes.is_empty() => Some(
            codes
                .iter()
                .map(|code| (code.as_str(), code.as_str()))
                .collect(),
        ),
        _ => None,
    };
    if let Some(options) = options {
        return select(control, &attributes, &options, &value);
    }
    if let Some(placeholder) = &field.placeholder {
        attributes.push(("placeholder", placeholder));
    }
    if let FieldKind::TextArea = field.kind {
        attributes.push(("rows", "3"));
        // A line break right after the tag would be lost.
        let text = Html::text(&["\n", &value].concat());
        return Html::element("textarea", &attributes, [text]);
    }
    attributes.push(("type", kind(&field.kind)));
    match field.kind {
        FieldKind::Number => attributes.push(("inputmode", "decimal")),
        FieldKind::Country(_) => attributes.push(("maxlength", "2")),
        _ => {}
    }
    if !field.is_secret() {
        attributes.push(("value", &value));
    }
    Html::void("input", &attributes)
}

fn kind(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Email | FieldKind::Identifier(Identifier::Email) => "email",
        FieldKind::NewPassword(_) | FieldKind::CurrentPassword | FieldKind::Secret => "password",
        FieldKind::Telephone => "tel",
        FieldKind::Date => "date",
        _ => "text",
    }
}

fn select(
    control: &Control<'_>,
    attributes: &[(&'static str, &str)],
    options: &[(&str, &str)],
    value: &str,
) -> Html {
    let first = control.texts.get(Message::ChooseOne);
    let options = [("", &*first)].into_iter().chain(options.iter().copied());
    let options = options.map(|(each, label)| {
        let mut attributes = vec![("value", each)];
        if each == value {
            attributes.push(("selected", ""));
        }
        Html::element("option", &attributes, [Html::text(label)])
    });
    Html::element("select", attributes, options)
}

fn radios(control: &Control<'_>, attributes: &[(&'static str, &str)], before: Vec<Html>) -> Html {
    let Some(Options::Listed(options)) = control.field.options() else {
        return Html::default();
    };
    let value = control.answer.to_text();
    let mut pieces = vec![Html::element("legend", &[], words(control))];
    pieces.extend(before);
    for (place, option) in options.iter().enumerate() {
        let id = format!("f{}-{place}", control.place);
        let mut attributes: Vec<_> = attributes
            .iter()
            .filter(|(name, _)| *name != "id" && (*name != "autofocus" || place == 0))
            .copied()
            .collect();
        attributes.extend([
            ("id", id.as_str()),
            ("type", "radio"),
            ("value", &option.value),
        ]);
        if option.value == value {
            attributes.push(("checked", ""));
        }
        pieces.push(ticked(&id, &attributes, [Html::text(&option.label)]));
    }
    Html::element("fieldset", &[], pieces)
}

fn box_to_tick(
    control: &Control<'_>,
    mut attributes: Vec<(&'static str, &str)>,
    before: Vec<Html>,
) -> Html {
    let id = format!("f{}", control.place);
    attributes.extend([("type", "checkbox"), ("value", "true")]);
    if !control.answer.is_blank() {
        attributes.push(("checked", ""));
    }
    let mut pieces = before;
    pieces.push(ticked(&id, &attributes, words(control)));
    if let FieldKind::Consent(consent) = &control.field.kind
        && let Some(url) = &consent.url
    {
        let attributes = [
            ("href", url.as_str()),
            ("target", "_blank"),
            ("rel", "noopener"),
        ];
        let [read, where_to] = [Message::ReadDocument, Message::OpensInNewTab];
        let text = [&*control.texts.get(read), " ", &control.texts.get(where_to)].concat();
        pieces.push(Html::element("a", &attributes, [Html::text(&text)]));
    }
    Html::element("div", &[("class", "field")], pieces)
}

fn ticked(
    id: &str,
    attributes: &[(&'static str, &str)],
    words: impl IntoIterator<Item = Html>,
) -> Html {
    let label = Html::element("label", &[("for", id)], words);
    Html::element(
        "div",
        &[("class", "tick")],
        [Html::void("input", attributes), label],
    )
}
