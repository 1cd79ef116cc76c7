//! The Leptos face: `<LoginBox/>`.

use std::rc::Rc;

use latchlet_core::Value;
use latchlet_core::config::{Config, Problem};
use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::functions::Functions;
use crate::browser::style;
use crate::login_box;
use crate::parts::developer_message;
use crate::state::{Event, Kept};

/// A login and sign-up box, for a Leptos application.
///
/// ```ignore
/// let config = Config::read(&options);
/// view! { <LoginBox config=config on_event=Callback::new(|event| …) /> }
/// ```
#[component]
pub fn LoginBox(
    /// What [`Config::read`] made of the options. Mistakes are shown in place
    /// of the form.
    config: Result<Config, Vec<Problem>>,
    /// Called with what happens: a sign-up, a login, a failure.
    #[prop(optional)]
    on_event: Option<Callback<Event>>,
    /// What was typed and is no secret. Hand the same to the box that takes
    /// the place of this one, and nothing is lost.
    #[prop(optional)]
    kept: Kept,
) -> impl IntoView {
    let on_event = Rc::new(move |event: Event| {
        if let Some(on_event) = on_event {
            on_event.run(event);
        }
        true
    });
    let element = match config {
        Ok(config) => {
            login_box::build(config.into(), Functions::default(), kept, false, on_event).0
        }
        Err(problems) => {
            let told: Vec<Value> = problems.iter().map(Value::from).collect();
            on_event(Event::ConfigRejected(problems));
            let message = developer_message::view().with([developer_message::list(&told)]);
            login_box::refuse(message)
        }
    };
    let element = element.into_html_element();
    let place = NodeRef::<Div>::new();
    place.on_load(move |place| {
        let _ = place.append_child(&element);
        style::adopt(&place);
    });
    leptos::html::div().node_ref(place)
}
