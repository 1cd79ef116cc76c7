//! A figure that was taken several times, others between, so that whatever else
//! the machine does shows in its spread.

use crate::load::Figures;

/// What came of each round.
#[derive(Default)]
pub struct Rounds(pub Vec<Figures>);

/// The middle of several numbers, with the least and the most.
#[derive(Clone, Copy)]
pub struct Spread {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Spread {
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Self {
        let mut numbers: Vec<f64> = numbers.into_iter().collect();
        numbers.sort_by(f64::total_cmp);
        let at = |place: usize| numbers.get(place).copied().unwrap_or_default();
        Self {
            median: at(numbers.len() / 2),
            least: at(0),
            most: at(numbers.len().saturating_sub(1)),
        }
    }

    /// The three of them with so many decimals.
    pub fn text(self, decimals: usize) -> String {
        let Self {
            median,
            least,
            most,
        } = self;
        format!("{median:.decimals$} ({least:.decimals$} to {most:.decimals$})")
    }
}

impl Rounds {
    pub fn rate(&self) -> Spread {
        Spread::of(self.0.iter().map(|it| it.rate))
    }

    pub fn median(&self) -> Spread {
        Spread::of(self.0.iter().map(|it| it.median))
    }

    pub fn p99(&self) -> Spread {
        Spread::of(self.0.iter().map(|it| it.p99))
    }

    /// How many times faster than others, round by round.
    pub fn to(&self, others: &Self) -> Spread {
        let pairs = self.0.iter().zip(&others.0);
        Spread::of(pairs.map(|(one, other)| one.rate / other.rate))
    }
}
