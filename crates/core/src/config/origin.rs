//! `from` of a question: where else its answer may be known from.

use crate::gather::Gather;
use crate::progressive::{Origin, OriginRoot};

use super::problem::{Code, Place, Problem};
use super::read::Reader;

/// Where facts come from, by name.
const ROOTS: [(&str, OriginRoot); 5] = [
    ("claims", OriginRoot::Claims),
    ("profile", OriginRoot::Profile),
    ("metadata", OriginRoot::Metadata),
    ("enrichment", OriginRoot::Enrichment),
    ("known", OriginRoot::Known),
];

/// Reads the paths.
pub(super) fn read_origins(reader: &mut Reader<'_>) -> Vec<Origin> {
    let mut origins = Vec::new();
    for (place, item) in reader.list("from").unwrap_or_default() {
        let read = match item.as_text() {
            Some(path) => read_origin(place, path),
            None => {
                let message = "give a path such as `claims.company`";
                Err(Problem::new(place, Code::WrongType, &[message]))
            }
        };
        match read {
            Ok(origin) => origins.push(origin),
            Err(problem) => reader.problems().push(problem),
        }
    }
    origins
}

fn read_origin(place: Place, path: &str) -> Result<Origin, Problem> {
    let mut names = path.split('.');
    let first = names.next().unwrap_or_default();
    let path: Vec<&str> = names.gather();
    let Some((_, root)) = ROOTS.iter().find(|(name, _)| *name == first) else {
        let possible = ROOTS.iter().map(|(name, _)| name);
        return Err(Problem::none_of(place, first, possible));
    };
    if path.is_empty() || path.contains(&"") {
        let message = ["say what of `", first, "`: `", first, ".company`"];
        return Err(Problem::new(place, Code::InvalidValue, &message));
    }
    Ok(Origin {
        root: *root,
        path: path.into_iter().map(str::to_owned).gather(),
    })
}
