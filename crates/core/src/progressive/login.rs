//! Which login of a person this is.

/// How many logins were counted, and which the last ones were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// How many there were.
    pub count: u32,
    /// Which of them the last ones were, and what tells each from others:
    /// `auth_time` or `sid` of its ID token. In ascending order.
    pub marks: Vec<(u32, String)>,
}

/// How many are told from others. People are signed in on a few devices at a
/// time, and a tab of an older login may be loaded again.
const MARKS: usize = 5;

impl Login {
    /// Takes note of a login. A page that is loaded again, or a session that
    /// is used again, has a mark that is known, and is none.
    ///
    /// `logins_count` is what the auth backend counts; it counts where a token
    /// has no mark, and says how many there were before the first note.
    pub fn seen(&mut self, mark: &str, logins_count: Option<u32>) {
        match logins_count {
            Some(count) if mark.is_empty() || self.marks.is_empty() => {
                self.count = self.count.max(count).max(1);
            }
            None if mark.is_empty() => self.count = self.count.max(1),
            _ if self.marks.iter().any(|(_, known)| known == mark) => {}
            _ => self.count = self.count.saturating_add(1),
        }
        if !mark.is_empty() {
            self.add(self.count, mark);
        }
    }

    /// Takes over what was counted elsewhere.
    pub(super) fn merge(&mut self, other: &Login) {
        self.count = self.count.max(other.count);
        for (login, mark) in &other.marks {
            self.add(*login, mark);
        }
    }

    /// Notes a mark. The oldest is forgotten where there are too many.
    pub(super) fn add(&mut self, login: u32, mark: &str) {
        match self.marks.iter_mut().find(|(_, known)| known == mark) {
            // What two devices counted at once: the earlier number.
            Some((known, _)) => *known = (*known).min(login),
            None => self.marks.push((login, mark.to_owned())),
        }
        self.marks.sort_unstable();
        if self.marks.len() > MARKS {
            self.marks.remove(0);
        }
    }
}
