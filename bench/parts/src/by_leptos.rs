//! The box as a Leptos component.

use leptos::prelude::*;

use crate::added;

#[component]
pub fn Form() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let result = RwSignal::new(String::new());
    let submit = move |_| added::work(typed.get_untracked(), result);
    view! { class="box",
        <label>
            "E-mail"
            <input on:input=move |event| typed.set(event_target_value(&event)) />
        </label>
        <button on:click=submit>"Send"</button>
        <p>{move || typed.get()} {move || result.get()}</p>
    }
}
