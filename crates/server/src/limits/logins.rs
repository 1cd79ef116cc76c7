//! Wrong passwords and codes: so many for one account from one address, for one
//! account from everywhere, and from one address for whomever.
//!
//! An account is a name and a connection, whether there is such an account or not.
//! Only what is wrong is counted, and a login that is right takes back what was
//! counted for its account. Whoever is over a limit is refused with the right
//! password, too: many guesses at once are worth no more than one after the other.

use latchlet_store::UnixMillis;

use super::Address;
use crate::app::App;
use crate::config::Limit;
use crate::fault::Fault;

/// Somebody who says who they are.
pub struct Login<'a> {
    app: &'a App,
    /// What is counted by for the account, and how often it may be.
    of_account: Vec<(String, Limit)>,
    of_address: Option<(String, Limit)>,
}

impl<'a> Login<'a> {
    /// A login to an account from an address, unless there were too many that were
    /// wrong.
    pub async fn begin(
        app: &'a App,
        connection: &str,
        account: &str,
        from: Address,
    ) -> Result<Self, Fault> {
        let limits = &app.config.limits;
        let account = format!("wrong login\n{connection}\n{account}");
        let of_account = [
            (
                format!("{account}\n{from}"),
                limits.wrong_logins_per_account_and_address,
            ),
            (account, limits.wrong_logins_per_account),
        ];
        let of_address = limits.wrong_logins_per_address;
        let login = Self {
            app,
            of_account: of_account
                .into_iter()
                .filter_map(|(key, limit)| Some((key, limit?)))
                .collect(),
            of_address: of_address.map(|limit| (format!("wrong login\n{from}"), limit)),
        };
        login.check().await?;
        Ok(login)
    }

    /// Whether it was right is known.
    pub async fn end(&self, is_right: bool) -> Result<(), Fault> {
        let (app, now) = (self.app, self.app.now());
        if !is_right {
            for (key, limit) in self.of_account.iter().chain(&self.of_address) {
                let window = UnixMillis::from(limit.seconds) * 1000;
                app.store.count(key, window, limit.most, now).await?;
            }
            return Ok(());
        }
        // Others may have failed while this one was looked at.
        if self.check().await? {
            for (key, _) in &self.of_account {
                app.store.forget_count(key).await?;
            }
        }
        Ok(())
    }

    /// Refuses where there were too many. Whether anything was counted for the
    /// account.
    async fn check(&self) -> Result<bool, Fault> {
        let now = self.app.now();
        let mut any = false;
        for (key, limit) in self.of_account.iter().chain(&self.of_address) {
            let left = self.app.store.allowance(key, limit.most, now).await?;
            if !left.allowed {
                return Err(Fault::TooManyAttempts(super::seconds(left, now)));
            }
            any |= left.remaining < limit.most;
        }
        Ok(any)
    }
}
