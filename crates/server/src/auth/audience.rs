//! The claim `aud`: one audience is a string, as in Auth0's tokens, several are
//! a list (RFC 7519 §4.1.3).

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

pub fn serialize<S: Serializer>(audiences: &[String], to: S) -> Result<S::Ok, S::Error> {
    match audiences {
        [one] => one.serialize(to),
        several => several.serialize(to),
    }
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(match Audience::deserialize(from)? {
        Audience::One(one) => vec![one],
        Audience::Several(several) => several,
    })
}
