//! A screen of the second module, which is on its way.

use std::rc::Rc;

use latchlet_core::Message;

use crate::browser::element::{Element, el};
use crate::browser::task;
use crate::later;
use crate::parts::title;
use crate::state::{BoxState, Screen, Signal};

/// What is shown until it is here, and where it does not come.
pub fn view(parent: &Rc<BoxState>, screen: Screen) -> Vec<Element> {
    let failed = Signal::new(false);
    load(parent, &screen, &failed);
    let (parent, again) = (parent.clone(), parent.clone());
    let place = el("div", "coming").live_children(move || {
        let text = match failed.get() {
            false => return vec![el("div", "busy").attr("aria-hidden", "true")],
            true => parent.text(Message::NotLoaded),
        };
        let (parent, screen, failed) = (parent.clone(), screen.clone(), failed.clone());
        let retry = el("button", "submit")
            .attr("type", "button")
            .text(&parent.text(Message::Retry))
            .on("click", move |_| load(&parent, &screen, &failed));
        vec![el("p", "text").attr("role", "alert").text(&text), retry]
    });
    vec![title::view(&again, Message::Loading), place]
}

fn load(parent: &Rc<BoxState>, screen: &Screen, failed: &Signal<bool>) {
    failed.set(false);
    let (parent, screen, failed) = (parent.clone(), screen.clone(), failed.clone());
    task::start(async move {
        let came = later::load().await.is_some();
        if parent.is_alive() && parent.screen.peek(|shown| *shown == screen) {
            match came {
                true => parent.screen.set(screen),
                false => failed.set(true),
            }
        }
    });
}
