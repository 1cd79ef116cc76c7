//! How many passed and failed, and what a person should know about it.

#[derive(Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// Shown above the last line: which checks failed, and what was left out.
    pub notes: Vec<String>,
}

impl Tally {
    pub fn passed() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    pub fn failed(note: String) -> Self {
        Self {
            failed: 1,
            notes: vec![format!("FAILED  {note}")],
            ..Self::default()
        }
    }

    pub fn skipped(note: &str) -> Self {
        Self {
            notes: vec![format!("skipped  {note}")],
            ..Self::default()
        }
    }

    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.notes.extend(other.notes);
    }

    /// Takes in a line that a Rust test binary printed: its totals, or the
    /// name of a test that failed.
    pub fn hear(&mut self, line: &str) {
        if let Some(totals) = line.trim_start().strip_prefix("test result: ") {
            self.passed += number_before(totals, " passed");
            self.failed += number_before(totals, " failed");
        } else if let Some(name) = line
            .strip_prefix("test ")
            .and_then(|it| it.strip_suffix("FAILED"))
        {
            self.notes
                .push(format!("FAILED  {}", name.trim_end_matches([' ', '.'])));
        }
    }
}

fn number_before(totals: &str, word: &str) -> usize {
    totals
        .split(['.', ';'])
        .find_map(|part| {
            part.trim()
                .strip_suffix(word)?
                .rsplit(' ')
                .next()?
                .parse()
                .ok()
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_of_several_binaries_add_up() {
        let mut tally = Tally::default();
        tally.hear("running 12 tests");
        tally.hear("test value::tests::depth ... ok");
        tally.hear("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.01s");
        tally.hear("test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        assert_eq!((tally.passed, tally.failed), (15, 2));
    }

    #[test]
    fn a_failed_test_is_named() {
        let mut tally = Tally::default();
        tally.hear("test form::tests::order ... FAILED");
        assert_eq!(tally.notes, ["FAILED  form::tests::order"]);
    }
}
