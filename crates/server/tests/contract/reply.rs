//! A reply, and what a browser takes from it.

use std::collections::BTreeMap;

use reqwest::Response;
use serde_json::{Value, json};
use url::Url;

/// A reply, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub cookies: Vec<String>,
    pub text: String,
}

impl Reply {
    pub async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        let cookies = response.headers().get_all("set-cookie").iter();
        let cookies = cookies.map(|it| it.to_str().unwrap().to_owned()).collect();
        Self {
            status,
            headers,
            cookies,
            text: response.text().await.unwrap(),
        }
    }

    /// The profile of the person that `/userinfo` tells of.
    pub fn profile_path(&self) -> String {
        let sub = self.json()["sub"].as_str().unwrap().replace('|', "%7C");
        format!("/api/v2/users/{sub}")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The cookie that was set, as a browser sends it back.
    pub fn cookie(&self) -> String {
        let cookie = self.header("set-cookie").split(';').next();
        cookie.unwrap().to_owned()
    }

    /// The session of the browser, as it sends it back.
    pub fn session(&self) -> String {
        let is_session = |cookie: &&String| cookie.starts_with("latchlet-session=");
        let cookie = self.cookies.iter().find(is_session);
        cookie.unwrap().split(';').next().unwrap().to_owned()
    }

    /// The parameters that the browser is sent back with.
    pub fn parameters(&self) -> BTreeMap<String, String> {
        let location = Url::parse(self.header("location")).unwrap();
        location.query_pairs().into_owned().collect()
    }

    /// Status and body, for a snapshot.
    pub fn shown(&self) -> Value {
        let body = serde_json::from_str(&self.text).unwrap_or_else(|_| json!(self.text));
        json!({ "status": self.status, "body": body })
    }
}
