//! Running a pattern: all its branches at once, one character after the other
//! (Thompson 1968), so that no text is looked at twice.

use super::MAX_STEPS;
use super::parse::{Part, Set};

/// A pattern as steps.
#[derive(Clone, Debug, Default)]
pub struct Program {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    /// Takes a character of a set.
    One(Set),
    /// Goes on at both.
    Fork(usize, usize),
    /// Goes on elsewhere.
    Jump(usize),
    /// Goes on at the start of the text alone.
    Start,
    /// Goes on at its end alone.
    End,
    /// All is matched.
    Match,
}

impl Program {
    /// Writes a pattern out as steps; more than enough of them if there are
    /// too many.
    pub fn new(part: &Part) -> Self {
        let mut program = Self::default();
        program.write(part);
        program.steps.push(Step::Match);
        program
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    fn write(&mut self, part: &Part) {
        if self.len() > MAX_STEPS {
            return;
        }
        match part {
            Part::One(set) => self.steps.push(Step::One(set.clone())),
            Part::Start => self.steps.push(Step::Start),
            Part::End => self.steps.push(Step::End),
            Part::Chain(parts) => parts.iter().for_each(|part| self.write(part)),
            Part::Either(branches) => self.write_either(branches),
            Part::Repeat(part, least, most) => {
                let end = most.unwrap_or(*least);
                for count in 0..end {
                    if self.len() > MAX_STEPS {
                        return;
                    }
                    match count < *least {
                        true => self.write(part),
                        false => self.write_optional(part),
                    }
                }
                if most.is_none() {
                    self.write_endless(part);
                }
            }
        }
    }

    fn write_either(&mut self, branches: &[Part]) {
        let [first, rest @ ..] = branches else {
            return;
        };
        if rest.is_empty() {
            return self.write(first);
        }
        let fork = self.len();
        self.steps.push(Step::Fork(fork + 1, 0));
        self.write(first);
        let jump = self.len();
        self.steps.push(Step::Jump(0));
        self.steps[fork] = Step::Fork(fork + 1, jump + 1);
        self.write_either(rest);
        self.steps[jump] = Step::Jump(self.len());
    }

    fn write_optional(&mut self, part: &Part) {
        let fork = self.len();
        self.steps.push(Step::Fork(fork + 1, 0));
        self.write(part);
        self.steps[fork] = Step::Fork(fork + 1, self.len());
    }

    fn write_endless(&mut self, part: &Part) {
        let fork = self.len();
        self.steps.push(Step::Fork(fork + 1, 0));
        self.write(part);
        self.steps.push(Step::Jump(fork));
        self.steps[fork] = Step::Fork(fork + 1, self.len());
    }

    /// Whether the whole of a text matches.
    pub fn matches(&self, text: &str) -> bool {
        let mut now = Places::new(self.len());
        let mut next = Places::new(self.len());
        let mut characters = text.chars().peekable();
        self.reach(0, true, characters.peek().is_none(), &mut now);
        while let Some(c) = characters.next() {
            let at_end = characters.peek().is_none();
            for place in now.list.drain(..) {
                if let Step::One(set) = &self.steps[place]
                    && set.has(c)
                {
                    self.reach(place + 1, false, at_end, &mut next);
                }
            }
            now.seen.fill(false);
            core::mem::swap(&mut now, &mut next);
        }
        now.list
            .iter()
            .any(|place| matches!(self.steps[*place], Step::Match))
    }

    /// Adds a step, and those that follow it without a character.
    fn reach(&self, from: usize, at_start: bool, at_end: bool, places: &mut Places) {
        let mut open = vec![from];
        while let Some(place) = open.pop() {
            if core::mem::replace(&mut places.seen[place], true) {
                continue;
            }
            match &self.steps[place] {
                Step::Jump(to) => open.push(*to),
                Step::Fork(one, other) => open.extend([*one, *other]),
                Step::Start if at_start => open.push(place + 1),
                Step::End if at_end => open.push(place + 1),
                Step::Start | Step::End => {}
                Step::One(_) | Step::Match => places.list.push(place),
            }
        }
    }
}

/// The steps that a match has come to.
struct Places {
    list: Vec<usize>,
    seen: Vec<bool>,
}

impl Places {
    fn new(steps: usize) -> Self {
        Self {
            list: Vec::new(),
            seen: vec![false; steps],
        }
    }
}
