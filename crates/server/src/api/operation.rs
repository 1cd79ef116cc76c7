//! One method of one endpoint, and how the document tells it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::handler::Handler;
use axum::routing::{self, MethodRouter};
use serde_json::{Map, Value, json};

use crate::app::App;

/// A form, as browsers and OAuth send it.
pub const FORM: &str = "application/x-www-form-urlencoded";
/// JSON.
pub const JSON: &str = "application/json";
/// A page for people.
pub const PAGE: &str = "text/html";
/// A plain text.
pub const TEXT: &str = "text/plain";

/// How a part of the contract writes its refusals.
#[derive(Clone, Copy)]
pub struct Shape {
    schema: &'static str,
    /// Where the code of a refusal stands.
    code: &'static str,
}

/// `/dbconnections/*`.
pub const LEGACY: Shape = Shape {
    schema: "LegacyError",
    code: "code",
};
/// The OAuth endpoints and `/co/authenticate`.
pub const OAUTH: Shape = Shape {
    schema: "OAuthError",
    code: "error",
};
/// `/api/v2/*`.
pub const MANAGEMENT: Shape = Shape {
    schema: "ManagementError",
    code: "errorCode",
};

/// One method of one endpoint.
pub struct Operation {
    /// In lower case.
    pub method: &'static str,
    /// Where it is, as the router takes it.
    pub path: &'static str,
    /// What serves it.
    pub endpoint: MethodRouter<Arc<App>>,
    summary: &'static str,
    /// The scopes that an access token needs one of, where it wants one.
    scopes: Option<Vec<&'static str>>,
    parameters: Vec<Value>,
    body: Option<Value>,
    replies: BTreeMap<u16, Reply>,
}

struct Reply {
    description: String,
    /// The codes of refusals.
    codes: Vec<&'static str>,
    /// Schemas by their media type.
    content: Map<String, Value>,
}

/// An operation of a method.
macro_rules! method {
    ($name:ident) => {
        pub fn $name<H, T>(path: &'static str, handler: H, summary: &'static str) -> Operation
        where
            H: Handler<T, Arc<App>>,
            T: 'static,
        {
            let endpoint = routing::$name(handler);
            Operation::new(stringify!($name), path, endpoint, summary)
        }
    };
}
method!(get);
method!(post);
method!(patch);
method!(put);
method!(delete);

/// Every method of an endpoint.
pub fn any<H, T>(path: &'static str, handler: H, summary: &'static str) -> [Operation; 5]
where
    H: Handler<T, Arc<App>>,
    T: 'static,
{
    [
        get(path, handler.clone(), summary),
        post(path, handler.clone(), summary),
        put(path, handler.clone(), summary),
        patch(path, handler.clone(), summary),
        delete(path, handler, summary),
    ]
}

impl Operation {
    fn new(
        method: &'static str,
        path: &'static str,
        endpoint: MethodRouter<Arc<App>>,
        summary: &'static str,
    ) -> Self {
        let mut operation = Self {
            method,
            path,
            endpoint,
            summary,
            scopes: None,
            parameters: Vec::new(),
            body: None,
            replies: BTreeMap::new(),
        };
        let documented = operation.documented_path();
        let names = documented.split('{').skip(1);
        for name in names.filter_map(|rest| rest.split('}').next()) {
            operation.parameters.push(json!({
                "name": name, "in": "path", "required": true, "schema": { "type": "string" },
            }));
        }
        operation
    }

    /// It wants an access token, with one of these scopes if there are any.
    pub fn secured(mut self, scopes: &[&'static str]) -> Self {
        self.scopes = Some(scopes.to_vec());
        self
    }

    /// It knows these parameters of the query.
    pub fn query(mut self, names: &[&str]) -> Self {
        self.parameters.extend(
            names
                .iter()
                .map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } })),
        );
        self
    }

    /// It takes a body of one of these types.
    pub fn takes(mut self, types: &[&str], schema: &str) -> Self {
        let schema = json!({ "schema": reference(schema) });
        let content = types.iter().map(|it| ((*it).to_owned(), schema.clone()));
        let content: Map<String, Value> = content.collect();
        self.body = Some(json!({ "required": true, "content": content }));
        self
    }

    /// It answers with a value of a schema.
    pub fn json(mut self, status: u16, description: &str, schema: &str) -> Self {
        self.content(status, description, JSON, reference(schema));
        self
    }

    /// It answers with a page, a text or a file of a type.
    pub fn file(mut self, status: u16, description: &str, media_type: &str) -> Self {
        self.content(status, description, media_type, json!({}));
        self
    }

    /// It answers without a body.
    pub fn empty(mut self, status: u16, description: &str) -> Self {
        self.reply(status, description);
        self
    }

    /// It refuses with one of these codes, or one that was named before.
    pub fn refuses(mut self, shape: Shape, status: u16, codes: &[&'static str]) -> Self {
        let reply = self.reply(status, "It is refused.");
        reply.codes.extend(codes);
        let code = json!({ "properties": { shape.code: { "enum": reply.codes } } });
        let schema = json!({ "allOf": [reference(shape.schema), code] });
        self.content(status, "It is refused.", JSON, schema);
        self
    }

    /// What every endpoint of a part of the API may answer as well.
    pub fn of(self, shape: Shape) -> Self {
        let takes_a_body = self.body.is_some();
        let operation = self
            .refuses(shape, 429, &["too_many_requests"])
            .refuses(shape, 500, &["server_error"])
            .refuses(shape, 503, &["temporarily_unavailable"]);
        match takes_a_body {
            true => operation
                .file(400, "It is refused.", TEXT)
                .file(413, "The body is larger than 64 KiB.", TEXT)
                .refuses(shape, 415, &["unsupported_media_type"]),
            false => operation,
        }
    }

    /// The path as the document has it, where no part has more than one name.
    pub fn documented_path(&self) -> String {
        self.path.replace("{*", "{")
    }

    /// As the document has it.
    pub fn to_value(&self) -> Value {
        let replies = self.replies.iter().map(|(status, reply)| {
            let mut shown = json!({ "description": reply.description });
            if !reply.content.is_empty() {
                shown["content"] = json!(reply.content);
            }
            (status.to_string(), shown)
        });
        let replies: Map<String, Value> = replies.collect();
        let mut shown = json!({ "summary": self.summary, "responses": replies });
        if !self.parameters.is_empty() {
            shown["parameters"] = json!(self.parameters);
        }
        if let Some(body) = &self.body {
            shown["requestBody"] = body.clone();
        }
        if let Some(scopes) = &self.scopes {
            shown["security"] = security(scopes);
        }
        shown
    }

    fn content(&mut self, status: u16, description: &str, media_type: &str, schema: Value) {
        let reply = self.reply(status, description);
        let schema = json!({ "schema": schema });
        reply.content.insert(media_type.to_owned(), schema);
    }

    /// The reply of a status, which may have several forms.
    fn reply(&mut self, status: u16, description: &str) -> &mut Reply {
        self.replies.entry(status).or_insert_with(|| Reply {
            description: description.to_owned(),
            codes: Vec::new(),
            content: Map::new(),
        })
    }
}

/// Each entry of the list is enough.
fn security(scopes: &[&str]) -> Value {
    match scopes {
        [] => json!([{ "accessToken": [] }]),
        scopes => scopes
            .iter()
            .map(|it| json!({ "accessToken": [it] }))
            .collect(),
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}
