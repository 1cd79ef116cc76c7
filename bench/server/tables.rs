//! The tables, in Markdown.

use crate::measure::{Beside, Place};
use crate::rounds::Spread;
use crate::seed::Kind;

/// A table of a head and rows; all columns but the first are numbers.
fn table(head: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut rule = vec!["---".to_owned()];
    rule.resize(head.len(), "---:".to_owned());
    let mut text = line(head) + &line(&rule);
    text.extend(rows.into_iter().map(|row| line(&row)));
    text
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).into()
}

/// Every request on one database, with the numbers of users beside each other.
pub fn requests(kind: Kind, places: &[Place]) -> String {
    let mut head = cells([kind.name()]);
    for place in places {
        let users = grouped(place.users);
        head.extend([
            format!("{users} users: a second"),
            "median, ms".to_owned(),
            "p99, ms".to_owned(),
        ]);
    }
    let asked = places.first().map_or(&[][..], |place| &place.requests);
    let rows = asked.iter().enumerate().map(|(number, (what, _))| {
        let mut row = cells([what.name()]);
        for (_, rounds) in places.iter().filter_map(|it| it.requests.get(number)) {
            row.extend([
                rounds.rate().text(0),
                format!("{:.1}", rounds.median().median),
                rounds.p99().text(1),
            ]);
        }
        row
    });
    table(&head, rows)
}

/// What the process holds, and how soon it is there.
pub fn memory(places: &[Place], first_start: Spread) -> String {
    let head = cells([
        "database",
        "its size, MiB",
        "memory at rest, MiB",
        "at most under load, without sign-ups",
        "with sign-ups",
        "start to answer, ms",
    ]);
    let mut rows = vec![cells(["SQLite, new", "", "", "", "", &first_start.text(0)])];
    rows.extend(places.iter().map(|place| {
        let [at_rest, under_load, hashing] = place.memory;
        let size = place.size.map(|size| format!("{size:.0}"));
        vec![
            format!("{}, {} users", place.kind.name(), grouped(place.users)),
            size.unwrap_or_default(),
            format!("{:.0}", at_rest.at_present),
            format!("{:.0}", under_load.at_most),
            format!("{:.0}", hashing.at_most),
            place.started_in.text(0),
        ]
    }));
    table(&head, rows)
}

/// Servers beside each other; the first one is ours.
pub fn beside_others(all: &[Beside]) -> String {
    let head = cells([
        "server",
        "tokens a second",
        "p99, ms",
        "ours to it",
        "userinfo a second",
        "p99, ms",
        "ours to it",
        "memory at rest, MiB",
        "at most under load",
    ]);
    let Some(ours) = all.first() else {
        return String::new();
    };
    let rows = all.iter().map(|one| {
        let to = |ratio: Spread| match one.name == ours.name {
            true => String::new(),
            false => ratio.text(1),
        };
        vec![
            one.name.to_owned(),
            one.token.rate().text(0),
            one.token.p99().text(1),
            to(ours.token.to(&one.token)),
            one.user_info.rate().text(0),
            one.user_info.p99().text(1),
            to(ours.user_info.to(&one.user_info)),
            format!("{:.0}", one.at_rest.at_present),
            format!("{:.0}", one.under_load.at_most),
        ]
    });
    table(&head, rows)
}

fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
