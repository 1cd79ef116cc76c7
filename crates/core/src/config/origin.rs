//! `from` of a question: where else its answer may be known from.

use crate::progressive::{Origin, OriginRoot};

use super::problem::Code;
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
    for (place, (_, item)) in reader
        .list("from")
        .unwrap_or_default()
        .into_iter()
        .enumerate()
    {
        let at = ["from[", &place.to_string(), "]"].concat();
        let Some(path) = item.as_text() else {
            reader.problem(&at, Code::WrongType, "give a path such as `claims.company`");
            continue;
        };
        origins.extend(read_origin(reader, &at, path));
    }
    origins
}

fn read_origin(reader: &mut Reader<'_>, at: &str, path: &str) -> Option<Origin> {
    let mut names = path.split('.');
    let first = names.next().unwrap_or_default();
    let path: Vec<&str> = names.collect();
    let Some((_, root)) = ROOTS.iter().find(|(name, _)| *name == first) else {
        reader.one_of(at, first, &ROOTS.map(|(name, _)| name));
        return None;
    };
    if path.is_empty() || path.contains(&"") {
        let message = ["say what of `", first, "`: `", first, ".company`"];
        reader.problem(at, Code::InvalidValue, &message.concat());
        return None;
    }
    Some(Origin {
        root: *root,
        path: path.into_iter().map(str::to_owned).collect(),
    })
}
