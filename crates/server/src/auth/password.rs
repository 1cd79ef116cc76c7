//! Passwords: Argon2id, off the async threads, and never more at once than
//! there are cores.
//!
//! A hash takes 19 MiB and some 20 ms of a core by design. Without a bound, a
//! flood of sign-ins would take all memory; without a limit to the queue, each
//! would wait for all before it and time out in vain.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::available_parallelism;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use super::secret;
use crate::fault::Fault;

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);
/// How many may wait for a core.
const QUEUE: usize = 128;

/// Hashes and verifies passwords.
pub struct Hasher {
    cores: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    /// How many are hashed at once.
    most: usize,
    /// How many were hashed.
    done: Arc<AtomicU64>,
    argon2: Arc<Argon2<'static>>,
    /// The hash of a password that nobody has, for accounts that do not exist.
    nobody: String,
}

impl Hasher {
    /// A hasher for this machine.
    pub fn new() -> Result<Self, Fault> {
        Self::with(PARAMS)
    }

    /// A hasher whose hashes cost nothing and protect nobody, to measure what is
    /// around them (bench/server). The program has no way to it.
    pub fn worthless() -> Result<Self, Fault> {
        Self::with((8, 1, 1))
    }

    fn with((memory, passes, lanes): (u32, u32, u32)) -> Result<Self, Fault> {
        let params = Params::new(memory, passes, lanes, None)
            .map_err(|error| Fault::Hashing(error.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, &secret::secret()?)?;
        let cores = available_parallelism().map_or(1, usize::from);
        Ok(Self {
            cores: Arc::new(Semaphore::new(cores)),
            queue: Arc::new(Semaphore::new(cores + QUEUE)),
            most: cores,
            done: Arc::default(),
            argon2: Arc::new(argon2),
            nobody,
        })
    }

    /// The hash of a new password, as a PHC string with its own salt.
    pub async fn hash(&self, password: String) -> Result<String, Fault> {
        self.run(move |argon2| hash(argon2, &password)).await?
    }

    /// Whether a password is the one of a hash. Without a hash it is not, after
    /// the same work.
    pub async fn verify(&self, password: String, hash: Option<&str>) -> Result<bool, Fault> {
        let known = hash.is_some();
        let hash = hash.unwrap_or(&self.nobody).to_owned();
        let matches = self
            .run(move |argon2| verify(argon2, &password, &hash))
            .await??;
        Ok(known && matches)
    }

    /// How many passwords are hashed at this moment, and how many wait.
    pub fn load(&self) -> (usize, usize) {
        let hashing = self.most - self.cores.available_permits().min(self.most);
        let places = self.most + QUEUE;
        let taken = places - self.queue.available_permits().min(places);
        (hashing, taken.saturating_sub(hashing))
    }

    /// How many passwords were hashed so far.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::SeqCst)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'_>) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let queue = Arc::clone(&self.queue);
        let place = queue.try_acquire_owned().map_err(|_| Fault::Busy)?;
        let cores = Arc::clone(&self.cores);
        let core = cores.acquire_owned().await.map_err(|_| Fault::Busy)?;
        let (argon2, done) = (Arc::clone(&self.argon2), Arc::clone(&self.done));
        tokio::task::spawn_blocking(move || {
            // When the client hangs up, this future is dropped and the work goes
            // on: the permits must last as long as the work.
            let _permits = (place, core);
            let result = work(&argon2);
            done.fetch_add(1, Ordering::SeqCst);
            result
        })
        .await
        .map_err(|error| Fault::Hashing(error.to_string()))
    }
}

fn hash(argon2: &Argon2<'_>, password: &str) -> Result<String, Fault> {
    argon2
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Fault::Hashing(error.to_string()))
}

fn verify(argon2: &Argon2<'_>, password: &str, hash: &str) -> Result<bool, Fault> {
    let hash = PasswordHash::new(hash).map_err(|error| Fault::Hashing(error.to_string()))?;
    match argon2.verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(Fault::Hashing(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Waker};

    use tokio::sync::Semaphore;

    use super::Hasher;
    use crate::fault::Fault;

    #[tokio::test]
    async fn the_parameters_and_the_salt_stand_in_the_hash() {
        let hasher = Hasher::new().unwrap();
        let one = hasher.hash("🦀 ".repeat(200)).await.unwrap();
        let other = hasher.hash("🦀 ".repeat(200)).await.unwrap();
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        // 16 bytes in base64 without padding.
        assert_eq!(one.split('$').nth(4).unwrap().len(), 22);
        assert_ne!(one, other);
    }

    #[tokio::test]
    async fn every_byte_of_a_password_counts() {
        let hasher = Hasher::new().unwrap();
        let password = "🦀 ".repeat(200);
        let hash = hasher.hash(password.clone()).await.unwrap();
        let verify = async |typed: &str| hasher.verify(typed.to_owned(), Some(&hash)).await;
        assert!(verify(&password).await.unwrap());
        assert!(!verify(password.trim_end()).await.unwrap());
        assert!(!verify(&password[..password.len() - 5]).await.unwrap());
        assert!(!hasher.verify(password, None).await.unwrap());
    }

    #[tokio::test]
    async fn more_than_the_queue_takes_are_sent_away() {
        let hasher = Hasher::new().unwrap();
        let places = hasher.queue.available_permits();
        let taken = hasher.queue.try_acquire_many(places as u32).unwrap();
        let refused = hasher.verify("password".to_owned(), None).await;
        assert!(matches!(refused, Err(Fault::Busy)));
        drop(taken);
        assert!(!hasher.verify("password".to_owned(), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_that_nobody_waits_for_any_more_still_takes_its_core() {
        const CORES: usize = 2;
        let hasher = Hasher {
            cores: Arc::new(Semaphore::new(CORES)),
            ..Hasher::new().unwrap()
        };
        let places = hasher.queue.available_permits();
        let gate = Arc::new(Mutex::new(()));
        let hashes = Arc::new(AtomicUsize::new(0));
        {
            let _closed = gate.lock().unwrap();
            for _ in 0..10 {
                let (gate, hashes) = (Arc::clone(&gate), Arc::clone(&hashes));
                let mut abandoned = pin!(hasher.run(move |_| {
                    hashes.fetch_add(1, Ordering::SeqCst);
                    drop(gate.lock());
                }));
                let mut context = Context::from_waker(Waker::noop());
                assert!(abandoned.as_mut().poll(&mut context).is_pending());
            }
            assert_eq!(hasher.cores.available_permits(), 0);
            assert_eq!(hasher.queue.available_permits(), places - CORES);
        }
        let _all_ended = hasher.cores.acquire_many(CORES as u32).await.unwrap();
        assert_eq!(hashes.load(Ordering::SeqCst), CORES);
        assert_eq!(hasher.queue.available_permits(), places);
    }
}
