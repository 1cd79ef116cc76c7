//! What is measured, and in which order.

use std::io;
use std::sync::Arc;

use reqwest::Client;

use crate::asked::{Asked, Server};
use crate::load::Load;
use crate::peers::{PEERS, Peer};
use crate::program::{Memory, Program, Which};
use crate::rounds::{Rounds, Spread};
use crate::seed::{Kind, Seeded};

/// How often a start is measured.
const STARTS: usize = 5;

/// How much is measured.
pub struct Plan {
    pub load: Load,
    pub rounds: usize,
    pub codes: u32,
}

/// What came of a database with so many users.
pub struct Place {
    pub kind: Kind,
    pub users: u32,
    pub requests: Vec<(Asked, Rounds)>,
    pub started_in: Spread,
    pub memory: [Memory; 3],
    pub size: Option<f64>,
}

/// What came of a server beside others.
pub struct Beside {
    pub name: &'static str,
    pub token: Rounds,
    pub user_info: Rounds,
    pub at_rest: Memory,
    pub under_load: Memory,
}

impl Plan {
    /// Every request, on a database with so many users.
    pub async fn place(&self, kind: Kind, users: u32) -> io::Result<Place> {
        eprintln!("{}, {users} users: making them", kind.name());
        let seeded = kind.seeded(users, self.codes).await?;
        let (http, size) = (http()?, seeded.size()?);
        let started_in = starts(&seeded, &http).await?;
        let server = Arc::new(Server::start(&seeded, &http).await?);
        let mut memory = [server.program.memory(); 3];
        let mut requests = Vec::new();
        for (asked, memory) in [&Asked::WITHOUT_HASHES[..], &Asked::SIGN_UPS]
            .iter()
            .zip(&mut memory[1..])
        {
            let mut of_these: Vec<_> = asked.iter().map(|it| (*it, Rounds::default())).collect();
            for round in 1..=self.rounds {
                for (what, rounds) in &mut of_these {
                    eprintln!(
                        "{}, {users} users, round {round} of {}: {}",
                        kind.name(),
                        self.rounds,
                        what.name()
                    );
                    rounds.0.push(self.ask(&server, *what).await?);
                }
            }
            *memory = server.program.memory();
            requests.extend(of_these);
        }
        Ok(Place {
            kind,
            users,
            requests,
            started_in,
            memory,
            size,
        })
    }

    /// Starts on databases that are not there, in milliseconds.
    pub async fn first_start(&self) -> io::Result<Spread> {
        eprintln!("the first start on a new database");
        let mut starts = Vec::new();
        for _ in 0..STARTS {
            let folder = tempfile::tempdir()?;
            let url = format!("sqlite:{}", folder.path().join("new.db").display());
            let started = Program::start(Which::Released, &url, &http()?).await?;
            starts.push(started.started_in);
        }
        Ok(Spread::of(starts))
    }

    /// A token for a machine and `/userinfo`, beside other servers, in turns.
    pub async fn beside_others(&self) -> io::Result<Vec<Beside>> {
        let (seeded, http) = (Kind::Sqlite.seeded(1_000, 100).await?, http()?);
        let server = Arc::new(Server::start(&seeded, &http).await?);
        let mut peers = Vec::new();
        let mut all = vec![Beside::of("latchlet", server.program.memory())];
        for peer in PEERS {
            let peer = Peer::start(peer, &http)?;
            all.push(Beside::of(peer.name, peer.memory()));
            peers.push(Arc::new(peer));
        }
        // Whose tokens are asked about.
        self.ask(&server, Asked::Code).await?;
        for round in 1..=self.rounds {
            eprintln!("beside others, round {round} of {}", self.rounds);
            for what in [Asked::Machine, Asked::UserInfo] {
                let ours = self.ask(&server, what).await?;
                let mut figures = vec![ours];
                for peer in &peers {
                    let peer = Arc::clone(peer);
                    let ask = move || Arc::clone(&peer).ask(what);
                    figures.push(self.load.run(ask).await?);
                }
                for (one, figures) in all.iter_mut().zip(figures) {
                    one.rounds(what).0.push(figures);
                }
            }
        }
        let memory = peers.iter().map(|peer| peer.memory());
        let memory = std::iter::once(server.program.memory()).chain(memory);
        for (one, memory) in all.iter_mut().zip(memory) {
            one.under_load = memory;
        }
        Ok(all)
    }

    async fn ask(&self, server: &Arc<Server>, what: Asked) -> io::Result<crate::load::Figures> {
        let server = Arc::clone(server);
        self.load.run(move || Arc::clone(&server).ask(what)).await
    }
}

impl Beside {
    fn of(name: &'static str, at_rest: Memory) -> Self {
        Self {
            name,
            token: Rounds::default(),
            user_info: Rounds::default(),
            at_rest,
            under_load: at_rest,
        }
    }

    fn rounds(&mut self, what: Asked) -> &mut Rounds {
        match what {
            Asked::UserInfo => &mut self.user_info,
            _ => &mut self.token,
        }
    }
}

/// Starts on a database that is there, in milliseconds.
async fn starts(seeded: &Seeded, http: &Client) -> io::Result<Spread> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let started = Program::start(Which::Released, seeded.url(), http).await?;
        starts.push(started.started_in);
    }
    Ok(Spread::of(starts))
}

/// A client that keeps its connections. The certificates of others are their own.
fn http() -> io::Result<Client> {
    let client = Client::builder().danger_accept_invalid_certs(true);
    client.build().map_err(io::Error::other)
}
