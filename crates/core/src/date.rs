//! Calendar days, without a clock: today is always passed in.

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// The years that an HTML date input can hold.
const YEARS: core::ops::RangeInclusive<i32> = 1..=9999;

impl Date {
    /// 1 January 1970.
    pub const EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// A day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = YEARS.contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD` (RFC 3339 `full-date`).
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
            return None;
        };
        let digits = |digits: &[u8]| {
            digits.iter().try_fold(0_i32, |number, digit| {
                digit
                    .is_ascii_digit()
                    .then(|| number * 10 + i32::from(digit - b'0'))
            })
        };
        let (year, month, day) = (
            digits(&[y1, y2, y3, y4])?,
            digits(&[m1, m2])?,
            digits(&[d1, d2])?,
        );
        Self::new(year, month as u8, day as u8)
    }

    /// The seconds from 1970 to its start (UTC).
    pub fn seconds(self) -> i64 {
        // The days before it, by a calendar whose years start in March, so that
        // a leap day is the last of its year.
        let march = i64::from(self.month) - 3;
        let year = i64::from(self.year) + march.div_euclid(12);
        let month = march.rem_euclid(12);
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let days = year * 365 + leaps + (month * 153 + 2) / 5 + i64::from(self.day) - 1;
        (days - 719_468) * 86_400
    }

    /// The day so many months later or, if negative, earlier. Where the month
    /// is too short it is its last day: a year after 29 February is the 28th.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let index = self.year * 12 + i32::from(self.month) - 1 + months;
        let year = index.div_euclid(12).clamp(*YEARS.start(), *YEARS.end());
        let month = index.rem_euclid(12) as u8 + 1;
        Self {
            year,
            month,
            day: self.day.min(days_in(year, month)),
        }
    }

    /// The day so many days later or, if negative, earlier.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        let (mut date, mut rest) = (self, i32::from(self.day) + days);
        while rest < 1 {
            date = Self { day: 1, ..date }.plus_months(-1);
            rest += i32::from(days_in(date.year, date.month));
        }
        loop {
            let length = i32::from(days_in(date.year, date.month));
            if rest <= length {
                break;
            }
            rest -= length;
            date = Self { day: 1, ..date }.plus_months(1);
        }
        Self {
            day: rest as u8,
            ..date
        }
    }
}

impl Date {
    /// `YYYY-MM-DD`
    pub fn to_text(self) -> String {
        let padded = |number: u32, width: usize| {
            let digits = number.to_string();
            ["0".repeat(width.saturating_sub(digits.len())), digits].concat()
        };
        let (month, day) = (self.month.into(), self.day.into());
        [
            &*padded(self.year.unsigned_abs(), 4),
            "-",
            &*padded(month, 2),
            "-",
            &*padded(day, 2),
        ]
        .concat()
    }
}

impl core::fmt::Display for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.to_text())
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day that it is.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    earliest: Date,
    latest: Date,
}

impl Today {
    /// Where the person is.
    pub fn here(date: Date) -> Self {
        Self {
            earliest: date,
            latest: date,
        }
    }

    /// Somewhere on Earth, when it is this day in UTC: what the browser of any
    /// time zone accepted, the server accepts.
    pub fn anywhere(utc: Date) -> Self {
        Self {
            earliest: utc.plus_days(-1),
            latest: utc.plus_days(1),
        }
    }
}

/// A day that a rule names: `2026-01-31`, `today`, `today-18y`, `today+6m`,
/// `today-30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateBound {
    /// A certain day.
    On(Date),
    /// Months and days away from today.
    FromToday {
        /// How many months later; negative if earlier.
        months: i32,
        /// How many days later; negative if earlier.
        days: i32,
    },
}

/// The farthest that a rule can be from today, in years.
const MAX_YEARS: i32 = 200;

impl DateBound {
    /// Reads a bound.
    pub fn parse(text: &str) -> Option<Self> {
        let Some(offset) = text.strip_prefix("today") else {
            return Date::parse(text).map(Self::On);
        };
        let bytes = offset.as_bytes();
        let [sign @ (b'+' | b'-'), number @ .., unit] = bytes else {
            return bytes
                .is_empty()
                .then_some(Self::FromToday { months: 0, days: 0 });
        };
        if number.is_empty() || number.len() > 5 || !number.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let amount = number
            .iter()
            .fold(0, |amount, digit| amount * 10 + i32::from(digit - b'0'));
        let amount = if *sign == b'-' { -amount } else { amount };
        let (months, days, years) = match unit {
            b'y' => (amount * 12, 0, amount),
            b'm' => (amount, 0, amount / 12),
            b'd' => (0, amount, amount / 365),
            _ => return None,
        };
        (years.abs() <= MAX_YEARS).then_some(Self::FromToday { months, days })
    }

    /// The day itself, as the first one that is accepted.
    pub fn first(self, today: Today) -> Date {
        self.resolve(today.earliest)
    }

    /// The day itself, as the last one that is accepted.
    pub fn last(self, today: Today) -> Date {
        self.resolve(today.latest)
    }

    fn resolve(self, today: Date) -> Date {
        match self {
            Self::On(date) => date,
            Self::FromToday { months, days } => today.plus_months(months).plus_days(days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, DateBound};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "24-01-01",
            "2024-1-1",
            "0000-01-01",
            "2024-01-32",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn bounds_count_from_today() {
        let today = date("2024-02-29");
        let on = |text: &str| DateBound::parse(text).unwrap().resolve(today).to_string();
        assert_eq!(on("today"), "2024-02-29");
        assert_eq!(on("today-18y"), "2006-02-28");
        assert_eq!(on("today+1m"), "2024-03-29");
        assert_eq!(on("today-60d"), "2023-12-31");
        assert_eq!(on("today+366d"), "2025-03-01");
        assert_eq!(on("2020-01-02"), "2020-01-02");
        for text in [
            "tomorrow",
            "today-",
            "today-y",
            "today-1",
            "today-1w",
            "today-999y",
            "today--1d",
        ] {
            assert_eq!(DateBound::parse(text), None, "{text}");
        }
    }
}
