//! TypeScript types of a config. Here functions have their place.

use crate::config::spec::{CONFIG, Opt, Shape, Spec};

/// What the types lean on that no option declares.
const PRELUDE: &str = r"// The options of a box, written by `latchlet schema --format typescript` from what
// the box itself reads by. `null` is the same as nothing.

/** A text, or one for each language: `{ en: 'Company', 'pt-BR': 'Empresa' }`. */
export type Words = string | { [language: string]: string };

/** A Node-style callback. */
export type Callback<T> = (error: unknown, value?: T) => void;

/** Gives something now, by a promise or by its callback, within 6 seconds. */
export type Loader<T> = (callback: Callback<T>, signal: AbortSignal) => T | Promise<T> | void;

/** Whether an answer is accepted, and what is wrong with it. */
export type Validity = boolean | { valid: boolean; hint?: string };

/** Looks at one answer: `'true'` or `'false'` of a checkbox, a list of `checkboxes`. */
export type Validator = (
  value: string | string[],
  callback: Callback<Validity>,
  signal: AbortSignal,
) => Validity | Promise<Validity> | void;

/** A step before a request. It is handed the values, and refuses by throwing. */
export type Hook = (
  values: { [name: string]: unknown },
  callback: Callback<void>,
  signal: AbortSignal,
) => Promise<void> | void;

/** Gives an access token, now, by a promise or by its callback. */
export type AccessToken = (callback: Callback<string>, signal: AbortSignal) => string | Promise<string> | void;

/** Keeps the answers of a prompt, and says that it failed by throwing. */
export type SaveAnswers = (
  answers: { [name: string]: unknown },
  context: { [name: string]: unknown },
  callback: Callback<void>,
  signal: AbortSignal,
) => Promise<void> | void;

/** The database connection of a person. */
export interface ResolvedConnection {
  type: 'database';
  name: string;
}

/** Chooses the database connection of a person, now, by a promise or by its callback. */
export type ConnectionResolver = (
  username: string,
  context: { id: string; connections: ResolvedConnection[] },
  callback: (connection: ResolvedConnection) => void,
) => ResolvedConnection | Promise<ResolvedConnection> | void;
";

/// The columns of a line that holds more than one thing.
const WIDTH: usize = 110;

/// The types, as a module.
pub fn typescript() -> String {
    let mut module = Module {
        names: Vec::new(),
        text: PRELUDE.to_owned(),
    };
    module.interface(&CONFIG);
    module.text
}

struct Module {
    /// What is declared, or about to be.
    names: Vec<&'static str>,
    text: String,
}

impl Module {
    fn interface(&mut self, spec: &'static Spec) {
        if self.names.contains(&spec.name) {
            return;
        }
        self.names.push(spec.name);
        let heritage = match spec.base {
            Some(base) => {
                self.interface(base);
                [" extends ", base.name].concat()
            }
            None => String::new(),
        };
        let mut members = String::new();
        let mut width = 0;
        for option in spec.options {
            let member = self.member(option);
            // What needs no words can share a line.
            let fits = width > 0 && width + 1 + member.len() < WIDTH;
            let shares = fits && option.about.is_empty();
            members.push_str(if shares { " " } else { "\n  " });
            members.push_str(&member);
            width = match option.about {
                "" if shares => width + 1 + member.len(),
                "" => 2 + member.len(),
                _ => 0,
            };
        }
        let parts = [
            "\n",
            &comment(spec.about),
            "export interface ",
            spec.name,
            &heritage,
            " {",
            &members,
            "\n}\n",
        ];
        self.text.push_str(&parts.concat());
    }

    fn member(&mut self, option: &'static Opt) -> String {
        let shape = self.shape(&option.shape);
        let (mark, null) = match (option.required, &option.shape) {
            (true, _) => ("", ""),
            (false, Shape::Any) => ("?", ""),
            (false, _) => ("?", " | null"),
        };
        let member = [option.name, mark, ": ", &shape, null, ";"].concat();
        match option.about {
            "" => member,
            about if about.len() + member.len() + 10 < WIDTH => {
                ["/** ", about, " */ ", &member].concat()
            }
            about => ["/** ", about, " */\n  ", &member].concat(),
        }
    }

    fn shape(&mut self, shape: &'static Shape) -> String {
        match shape {
            Shape::Any => "unknown".to_owned(),
            Shape::Text => "string".to_owned(),
            Shape::Words => "Words".to_owned(),
            Shape::Bool => "boolean".to_owned(),
            Shape::Number | Shape::Whole(_) => "number".to_owned(),
            Shape::OneOf(texts) => {
                let texts = texts.iter().map(|text| ["'", text, "'"].concat());
                texts.collect::<Vec<_>>().join(" | ")
            }
            Shape::List(item) => match (self.shape(item), item) {
                (item, Shape::Either(_) | Shape::OneOf(_)) => ["(", &item, ")[]"].concat(),
                (item, _) => [&item, "[]"].concat(),
            },
            Shape::Map(value) => {
                let null = if let Shape::Any = value {
                    ""
                } else {
                    " | null"
                };
                ["{ [name: string]: ", &self.shape(value), null, " }"].concat()
            }
            Shape::Object(spec) => {
                self.interface(spec);
                spec.name.to_owned()
            }
            Shape::Named(named) => {
                if !self.names.contains(&named.name) {
                    self.names.push(named.name);
                    let shape = self.shape(&named.shape);
                    let about = comment(named.about);
                    let parts = [
                        "\n",
                        &about,
                        "export type ",
                        named.name,
                        " = ",
                        &shape,
                        ";\n",
                    ];
                    self.text.push_str(&parts.concat());
                }
                named.name.to_owned()
            }
            Shape::Either(shapes) => {
                let shapes = shapes.iter().map(|shape| self.shape(shape));
                shapes.collect::<Vec<_>>().join(" | ")
            }
            Shape::Function(kind) => (*kind).to_owned(),
        }
    }
}

fn comment(about: &str) -> String {
    ["/** ", about, " */\n"].concat()
}
