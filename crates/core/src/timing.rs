//! When a field's error is shown: reward early, punish late.
//!
//! While somebody types for the first time nothing is said. On leaving a field
//! that they changed and that is not empty, what is wrong is said. Once it is
//! said, it goes away with the first keystroke that mends it. On submit
//! everything is said. "Required" is never said on leaving a field.

/// One field's place in that story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    changed: bool,
    shown: bool,
}

/// What the field holds at the moment of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing, which may or may not be allowed.
    Empty {
        /// Whether it is.
        valid: bool,
    },
    /// Something acceptable.
    Valid,
    /// Something that breaks a rule.
    Invalid,
}

impl Content {
    fn is_valid(self) -> bool {
        matches!(self, Content::Valid | Content::Empty { valid: true })
    }
}

impl Timing {
    /// The content changed.
    pub fn input(&mut self, content: Content) {
        self.changed = true;
        if content.is_valid() {
            self.shown = false;
        }
    }

    /// The field lost focus.
    pub fn blur(&mut self, content: Content) {
        if self.changed && content == Content::Invalid {
            self.shown = true;
        }
    }

    /// The form was submitted.
    pub fn submit(&mut self, content: Content) {
        self.shown = !content.is_valid();
    }

    /// Whether the field's error is shown now.
    pub fn shows_error(self) -> bool {
        self.shown
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::{Content, Timing};

    #[derive(Clone, Copy, Debug)]
    enum Event {
        Input(Content),
        Blur,
        Submit,
    }

    fn content() -> impl Strategy<Value = Content> {
        prop_oneof![
            Just(Content::Empty { valid: true }),
            Just(Content::Empty { valid: false }),
            Just(Content::Valid),
            Just(Content::Invalid),
        ]
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            content().prop_map(Event::Input),
            Just(Event::Blur),
            Just(Event::Submit)
        ]
    }

    proptest! {
        #[test]
        fn an_error_is_never_shown_early_and_never_outlives_its_cause(
            start in content(),
            events in prop::collection::vec(event(), 0..40),
        ) {
            let mut timing = Timing::default();
            let (mut now, mut changed) = (start, false);
            let mut may_show = false;
            for event in events {
                match event {
                    Event::Input(content) => {
                        timing.input(content);
                        (now, changed) = (content, true);
                        if now.is_valid() {
                            prop_assert!(!timing.shows_error(), "an error outlived its cause");
                            may_show = false;
                        }
                    }
                    Event::Blur => {
                        timing.blur(now);
                        may_show |= changed && now == Content::Invalid;
                    }
                    Event::Submit => {
                        timing.submit(now);
                        may_show = !now.is_valid();
                        prop_assert_eq!(timing.shows_error(), !now.is_valid());
                    }
                }
                prop_assert_eq!(timing.shows_error(), may_show);
            }
        }
    }
}
