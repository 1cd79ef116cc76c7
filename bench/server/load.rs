//! Requests from many clients at once, each waiting for its answer before the
//! next one.

use std::io;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

/// How much is asked.
#[derive(Clone, Copy)]
pub struct Load {
    pub clients: usize,
    pub time: Duration,
}

/// What came of it.
pub struct Figures {
    /// Answers in a second.
    pub rate: f64,
    /// What half of them took, and all but one in a hundred, in milliseconds.
    pub median: f64,
    pub p99: f64,
}

impl Load {
    /// Sends what `next` makes until the time is over, or nothing is left to
    /// send. What is refused ends the run: refusals are not measured.
    pub async fn run<N, R>(self, next: N) -> io::Result<Figures>
    where
        N: Fn() -> R + Clone + Send + 'static,
        R: Future<Output = io::Result<Left>> + Send,
    {
        let began = Instant::now();
        let mut clients = JoinSet::new();
        for _ in 0..self.clients {
            let next = next.clone();
            clients.spawn(async move {
                let mut took = Vec::new();
                while began.elapsed() < self.time {
                    let sent = Instant::now();
                    if next().await? == Left::Nothing {
                        break;
                    }
                    took.push(sent.elapsed());
                }
                io::Result::Ok(took)
            });
        }
        let mut took = Vec::new();
        while let Some(client) = clients.join_next().await {
            took.extend(client.map_err(io::Error::other)??);
        }
        Ok(Figures::of(took, began.elapsed()))
    }
}

/// Whether there was something to send.
#[derive(PartialEq, Eq)]
pub enum Left {
    Something,
    Nothing,
}

impl Figures {
    fn of(mut took: Vec<Duration>, whole: Duration) -> Self {
        took.sort_unstable();
        let at = |percent: usize| {
            let place = (took.len() * percent / 100).min(took.len().saturating_sub(1));
            took.get(place).map_or(0.0, Duration::as_secs_f64) * 1000.0
        };
        Self {
            rate: took.len() as f64 / whole.as_secs_f64(),
            median: at(50),
            p99: at(99),
        }
    }
}
