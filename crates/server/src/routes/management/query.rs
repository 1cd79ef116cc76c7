//! What the query of a request says: pages of a list, and fields of what is in
//! it.

use latchlet_core::{Object, Value};
use latchlet_wire::ApiError;

use crate::http::body;

/// The most entries of a page, and what a page has if nobody says.
const MOST: u32 = 100;
const USUAL: u32 = 50;
/// How many entries of a list can be seen in pages, as on Auth0.
const FURTHEST: u32 = 1_000;

/// The parameters that choose properties of what is shown.
pub const FIELDS: [&str; 2] = ["fields", "include_fields"];

/// A query with the parameters that a request knows.
pub struct Query(Object);

/// Which entries of a list are asked for.
pub struct Page {
    /// Which page it is; the first is 0.
    pub number: u32,
    /// How many are before the first.
    pub start: u32,
    /// How many at most.
    pub limit: u32,
    with_totals: bool,
}

impl Query {
    /// Reads a query. A parameter that is not known is a mistake.
    pub fn read(raw: Option<&str>, known: &[&str]) -> Result<Self, ApiError> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(raw.unwrap_or_default())
            .map_err(|_| invalid("it is not well-formed"))?;
        let query = body::once(pairs).map_err(|_| invalid("a parameter stands twice"))?;
        if let Some((name, _)) = query.iter().find(|(name, _)| !known.contains(name)) {
            let reason = format!("additional properties not allowed: {name}");
            return Err(invalid(&reason));
        }
        Ok(Self(query))
    }

    /// A parameter.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.text(name)
    }

    /// The fields of an object that are asked for: all, those that are named,
    /// or the others.
    pub fn project(&self, object: Value) -> Result<Value, ApiError> {
        let include = self.flag("include_fields", true)?;
        let (Some(names), Value::Object(object)) = (self.text("fields"), &object) else {
            return Ok(object);
        };
        let is_named = |name: &str| names.split(',').any(|each| each.trim() == name);
        let shown = object.iter().filter(|(name, _)| is_named(name) == include);
        let shown: Object = shown.map(|(name, value)| (name, value.clone())).collect();
        Ok(shown.into())
    }

    /// The page that is asked for.
    pub fn page(&self) -> Result<Page, ApiError> {
        let limit = self.number("per_page", USUAL)?;
        if limit > MOST {
            return Err(invalid(&format!("per_page is {MOST} at most")));
        }
        let number = self.number("page", 0)?;
        let start = number.saturating_mul(limit);
        if start.saturating_add(limit) > FURTHEST {
            return Err(ApiError::new(
                400,
                "invalid_paging",
                format!("You can only page through the first {FURTHEST} records."),
            ));
        }
        Ok(Page {
            number,
            start,
            limit,
            with_totals: self.flag("include_totals", false)?,
        })
    }

    /// A parameter that is `true` or `false`.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, ApiError> {
        match self.text(name) {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => Err(invalid(&format!("{name} is true or false"))),
        }
    }

    fn number(&self, name: &str, default: u32) -> Result<u32, ApiError> {
        match self.text(name) {
            None => Ok(default),
            Some(text) => text
                .parse()
                .map_err(|_| invalid(&format!("{name} is a whole number"))),
        }
    }
}

impl Page {
    /// The reply with the entries of this page, and how many there are in all.
    pub fn show(&self, name: &str, entries: Vec<Value>, total: i64) -> Value {
        if !self.with_totals {
            return entries.into();
        }
        let mut shown = Object::new();
        shown.insert("start", self.start);
        shown.insert("limit", self.limit);
        shown.insert("length", u32::try_from(entries.len()).unwrap_or(u32::MAX));
        shown.insert("total", Value::Number(total as f64));
        shown.insert(name, entries);
        shown.into()
    }
}

/// The query is not one that the request knows.
pub fn invalid(reason: &str) -> ApiError {
    let message = format!("Query validation error: {reason}.");
    ApiError::new(400, "invalid_query_string", message)
}

#[cfg(test)]
mod tests {
    use latchlet_core::{Object, Value};

    use super::Query;

    fn read(query: &str) -> Query {
        let known = ["fields", "include_fields", "page", "per_page"];
        Query::read(Some(query), &known).unwrap_or_else(|error| panic!("{:?}", error.description))
    }

    #[test]
    fn fields_are_those_that_are_named_or_the_others() {
        let object: Object = [("a", "1"), ("b", "2"), ("c", "3")].into_iter().collect();
        for (query, shown) in [
            ("", "abc"),
            ("fields=a,c", "ac"),
            ("fields=a%2Cc&include_fields=false", "b"),
            ("include_fields=false", "abc"),
            ("fields=x", ""),
        ] {
            let found = read(query).project(object.clone().into()).unwrap();
            let Value::Object(found) = found else {
                panic!("{query}")
            };
            let names: String = found.iter().map(|(name, _)| name).collect();
            assert_eq!(names, shown, "{query}");
        }
    }

    #[test]
    fn pages_and_where_they_end() {
        let page = read("page=3&per_page=20").page().unwrap();
        assert_eq!((page.start, page.limit), (60, 20));
        let page = read("").page().unwrap();
        assert_eq!((page.start, page.limit), (0, 50));
        for query in [
            "per_page=101",
            "page=-1",
            "page=20",
            "page=4294967295&per_page=100",
        ] {
            assert!(read(query).page().is_err(), "{query}");
        }
    }

    #[test]
    fn what_is_not_known_is_a_mistake() {
        for query in ["sort=x", "page=1&page=2"] {
            assert!(Query::read(Some(query), &["page"]).is_err(), "{query}");
        }
    }
}
