//! A Leptos application with the box: a config in Rust, and events by a callback.
//!
//! The class of `view!` has Leptos build every element by itself. Without one, it
//! builds what is static by a sink that Trusted Types forbid.

use latchlet::core::config::Problem;
use latchlet::core::{Config, Object, Value};
use latchlet::{Event, LoginBox};
use leptos::prelude::*;

/// The page says which auth server is its own.
fn config() -> Result<Config, Vec<Problem>> {
    let domain = document()
        .query_selector("meta[name=auth-server]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default();
    let team_size: Object = [
        ("name", Value::from("team_size")),
        ("type", Value::from("select")),
        ("label", Value::from("Team size")),
        (
            "options",
            Value::from(vec![
                texts(&[("value", "1"), ("label", "Just me")]),
                texts(&[("value", "2-10"), ("label", "2 to 10 people")]),
            ]),
        ),
    ]
    .into_iter()
    .collect();
    let name = texts(&[
        ("name", "name"),
        ("label", "Full name"),
        ("storage", "root"),
    ]);
    let connection = texts(&[("name", "Username-Password-Authentication")]);
    let options: Object = [
        ("clientId", Value::from("latchlet-demo")),
        ("domain", Value::from(domain)),
        ("initialScreen", Value::from("signUp")),
        ("connections", Value::from(vec![connection])),
        (
            "additionalSignUpFields",
            Value::from(vec![name, team_size.into()]),
        ),
    ]
    .into_iter()
    .collect();
    Config::read(&options.into())
}

/// An object of texts alone.
fn texts(entries: &[(&str, &str)]) -> Value {
    entries.iter().copied().collect::<Object>().into()
}

#[component]
fn App() -> impl IntoView {
    let (count, set_count) = signal(0);
    let (is_shown, set_shown) = signal(true);
    let (person, set_person) = signal(None::<String>);
    let on_event = Callback::new(move |event| {
        if let Event::Authenticated(session) = event {
            let claims = session.claims.as_object();
            let email = claims.and_then(|it| it.text("email"));
            set_person.set(email.map(str::to_owned));
        }
    });
    view! { class="app",
        <main>
            <h1>"A Leptos application"</h1>
            <button type="button" on:click=move |_| set_count.update(|it| *it += 1)>
                "Rendered " {count}
            </button>
            <button type="button" on:click=move |_| set_shown.update(|it| *it = !*it)>
                {move || if is_shown.get() { "Take it away" } else { "Bring it back" }}
            </button>
            {move || person.get().map(|email| view! { class="app",
                <p role="status">"Hello, " {email}</p>
            })}
            {move || is_shown.get().then(|| view! { class="app",
                <LoginBox config=config() on_event=on_event />
            })}
        </main>
    }
}

fn main() {
    leptos::mount::mount_to_body(App);
}
