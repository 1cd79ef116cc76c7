//! What is asked of the server, and what has to be known for it.

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::load::Left;
use crate::program::{API, CALLBACK, CLIENT, CONNECTION, Program, SECRET, Which};
use crate::seed::{Seeded, VERIFIER};

/// A kind of request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Machine,
    Code,
    Refresh,
    UserInfo,
    Patch,
    SignUp(Hashed),
}

/// Whether hashes of passwords are worth something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hashed {
    Well,
    Not,
}

impl Asked {
    /// What needs no password. Codes come first: whose they were can be asked
    /// about then.
    pub const WITHOUT_HASHES: [Self; 5] = [
        Self::Code,
        Self::Refresh,
        Self::Machine,
        Self::UserInfo,
        Self::Patch,
    ];
    pub const SIGN_UPS: [Self; 2] = [Self::SignUp(Hashed::Well), Self::SignUp(Hashed::Not)];

    pub fn name(self) -> &'static str {
        match self {
            Self::Machine => "token by client credentials",
            Self::Code => "token by a code",
            Self::Refresh => "token by a refresh token",
            Self::UserInfo => "userinfo",
            Self::Patch => "`PATCH` of a profile",
            Self::SignUp(Hashed::Well) => "sign-up",
            Self::SignUp(Hashed::Not) => "sign-up without its hash",
        }
    }
}

/// Somebody who is signed in to an application.
struct Person {
    id: String,
    bearer: String,
    refresh_token: String,
}

/// A server with people who are signed in.
pub struct Server {
    pub program: Program,
    without_hashing: Program,
    http: Client,
    codes: Mutex<VecDeque<(String, String)>>,
    people: Mutex<VecDeque<Person>>,
    next: AtomicU64,
}

impl Server {
    /// Starts it on a database.
    pub async fn start(seeded: &Seeded, http: &Client) -> io::Result<Self> {
        Ok(Self {
            program: Program::start(Which::Released, seeded.url(), http).await?,
            without_hashing: Program::start(Which::WithoutHashing, seeded.url(), http).await?,
            http: http.clone(),
            codes: Mutex::new(seeded.codes.iter().cloned().collect()),
            people: Mutex::default(),
            next: AtomicU64::default(),
        })
    }

    /// Asks once, for somebody else each time.
    pub async fn ask(self: Arc<Self>, what: Asked) -> io::Result<Left> {
        match what {
            Asked::Machine => self.machine().await,
            Asked::Code => self.code().await,
            Asked::Refresh => self.refresh().await,
            Asked::UserInfo => self.user_info().await,
            Asked::Patch => self.patch().await,
            Asked::SignUp(Hashed::Well) => self.sign_up(&self.program).await,
            Asked::SignUp(Hashed::Not) => self.sign_up(&self.without_hashing).await,
        }
    }

    async fn machine(&self) -> io::Result<Left> {
        let body = json!({ "grant_type": "client_credentials", "audience": API });
        self.token(body).await?;
        Ok(Left::Something)
    }

    async fn code(&self) -> io::Result<Left> {
        let Some((code, id)) = locked(&self.codes).pop_front() else {
            return Ok(Left::Nothing);
        };
        let body = json!({
            "grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER,
            "redirect_uri": CALLBACK,
        });
        let reply = self.token(body).await?;
        locked(&self.people).push_back(Person::of(id, &reply)?);
        Ok(Left::Something)
    }

    async fn refresh(&self) -> io::Result<Left> {
        // A refresh token is good once: nobody else may have it meanwhile.
        let Some(person) = locked(&self.people).pop_front() else {
            return Ok(Left::Nothing);
        };
        let body = json!({
            "grant_type": "refresh_token", "refresh_token": person.refresh_token,
        });
        let reply = self.token(body).await?;
        locked(&self.people).push_back(Person::of(person.id, &reply)?);
        Ok(Left::Something)
    }

    async fn token(&self, mut body: Value) -> io::Result<Value> {
        body["client_id"] = CLIENT.into();
        body["client_secret"] = SECRET.into();
        let url = self.program.at("/oauth/token");
        granted(self.http.post(url).json(&body)).await
    }

    async fn user_info(&self) -> io::Result<Left> {
        let Some((_, bearer)) = self.somebody() else {
            return Ok(Left::Nothing);
        };
        let url = self.program.at("/userinfo");
        granted(self.http.get(url).bearer_auth(bearer)).await?;
        Ok(Left::Something)
    }

    async fn patch(&self) -> io::Result<Left> {
        let Some((id, bearer)) = self.somebody() else {
            return Ok(Left::Nothing);
        };
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let body = json!({ "user_metadata": { "visits": number, "title": "Countess" } });
        let url = self.program.at(&format!("/api/v2/users/auth0%7C{id}"));
        granted(self.http.patch(url).bearer_auth(bearer).json(&body)).await?;
        Ok(Left::Something)
    }

    async fn sign_up(&self, at: &Program) -> io::Result<Left> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let body = json!({
            "client_id": CLIENT, "connection": CONNECTION,
            "email": format!("{number}.grace@example.com"),
            "password": "Correct horse battery staple 1",
            "user_metadata": { "company": "Analytical Engines Ltd", "title": "Admiral" },
        });
        let url = at.at("/dbconnections/signup");
        granted(self.http.post(url).json(&body)).await?;
        Ok(Left::Something)
    }

    /// Who was not asked about for the longest time, and their token.
    fn somebody(&self) -> Option<(String, String)> {
        let mut people = locked(&self.people);
        let person = people.pop_front()?;
        let found = (person.id.clone(), person.bearer.clone());
        people.push_back(person);
        Some(found)
    }
}

impl Person {
    fn of(id: String, reply: &Value) -> io::Result<Self> {
        let text = |name: &str| {
            let text = reply[name].as_str().map(str::to_owned);
            text.ok_or_else(|| io::Error::other(format!("a reply without {name}")))
        };
        Ok(Self {
            id,
            bearer: text("access_token")?,
            refresh_token: text("refresh_token")?,
        })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a request that must be granted.
pub async fn granted(request: RequestBuilder) -> io::Result<Value> {
    let reply = request.send().await.map_err(io::Error::other)?;
    let (url, status) = (reply.url().clone(), reply.status());
    let body = reply.text().await.map_err(io::Error::other)?;
    match status.is_success() {
        true => Ok(serde_json::from_str(&body)?),
        false => Err(io::Error::other(format!("{url}: {status}: {body}"))),
    }
}
