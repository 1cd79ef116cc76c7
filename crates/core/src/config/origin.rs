//! `from` of a question: where else its answer may be known from.

use crate::progressive::{Origin, OriginRoot};
use crate::value::Value;

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
        let names: Option<Vec<&str>> = match item {
            Value::Text(path) => Some(path.split('.').collect()),
            // A name may have a point in it, such as that of a claim of one's own.
            Value::List(names) => names.iter().map(Value::as_text).collect(),
            _ => None,
        };
        let Some(names) = names else {
            let message = "give a path such as `claims.company`, or a list of names";
            reader.problem(&at, Code::WrongType, message);
            continue;
        };
        origins.extend(read_origin(reader, &at, &names));
    }
    origins
}

fn read_origin(reader: &mut Reader<'_>, at: &str, names: &[&str]) -> Option<Origin> {
    let (first, path) = names.split_first().unwrap_or((&"", &[]));
    let Some((_, root)) = ROOTS.iter().find(|(name, _)| name == first) else {
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
        path: path.iter().map(|name| (*name).to_owned()).collect(),
    })
}
