//! Hashing passwords with argon2id, a few at a time.
//!
//! Each hash takes 19 MiB and some milliseconds of a core. A thousand sign-ins at once would take 19 GiB
//! if they all began: so only as many run as there are cores, a short line waits, and whoever comes
//! after that is told to try again.

use std::{fmt, num::NonZero, sync::Arc, time::Duration};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::password::Password;
use crate::infra::{Fault, Outcome};

/// How many may hash or wait to, for each core.
const LINE_PER_CORE: usize = 32;
const PATIENCE: Duration = Duration::from_secs(5);

/// What a comparison showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the password is the one.
    pub fits: bool,
    /// Whether the hash was made with other parameters than today's.
    pub outdated: bool,
}

/// Hashes and compares passwords within bounds. Cheap to clone.
#[derive(Clone)]
pub struct PasswordHasher {
    params: Params,
    /// What an unknown person's password is compared with, so that it takes as long.
    dummy: Arc<str>,
    line: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl fmt::Debug for PasswordHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordHasher").field("params", &self.params).finish_non_exhaustive()
    }
}

impl PasswordHasher {
    /// One with the parameters that OWASP asks for (19 MiB, two passes, one lane) and as many at once
    /// as there are cores.
    pub fn owasp() -> Outcome<Self> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self::new(Params::default(), cores)
    }

    /// One with parameters of the caller's choice.
    pub fn new(params: Params, at_once: usize) -> Outcome<Self> {
        let dummy = hash(&params, b"nobody's password", &[0x5a; 16])?;
        Ok(Self {
            params,
            dummy: dummy.into(),
            line: Arc::new(Semaphore::new(at_once * LINE_PER_CORE)),
            running: Arc::new(Semaphore::new(at_once)),
        })
    }

    /// Hashes a new password into a PHC string.
    ///
    /// # Errors
    /// [`Fault::Capacity`] when too many wait already.
    pub async fn hash(&self, password: &Password, salt: [u8; 16]) -> Outcome<String> {
        let (params, password) = (self.params.clone(), password.clone());
        self.run(move || hash(&params, password.bytes(), &salt)).await
    }

    /// Compares a password with a stored hash; without one it works as long and says no.
    ///
    /// # Errors
    /// [`Fault::Capacity`] when too many wait already.
    pub async fn verify(&self, password: &Password, stored: Option<&str>) -> Outcome<Verdict> {
        let known = stored.is_some();
        let against = stored.unwrap_or(&self.dummy).to_owned();
        let (params, password) = (self.params.clone(), password.clone());
        let verdict = self.run(move || verify(&params, password.bytes(), &against)).await?;
        Ok(Verdict { fits: verdict.fits && known, ..verdict })
    }

    /// Runs costly work off the runtime. The permits go with the work: a request that is given up does
    /// not make room while its hash still runs.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
        let permits = self.enter().await?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permits);
            result
        });
        done.await.map_err(|_| Fault::Inconsistent("password hashing stopped"))?
    }

    async fn enter(&self) -> Outcome<(OwnedSemaphorePermit, OwnedSemaphorePermit)> {
        let full = |_| Fault::Capacity("password hashing");
        let place = Arc::clone(&self.line).try_acquire_owned().map_err(full)?;
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.running).acquire_owned())
            .await
            .map_err(|_| Fault::Capacity("password hashing"))?
            .map_err(|_| Fault::Capacity("password hashing"))?;
        Ok((place, turn))
    }
}

fn argon(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}

fn hash(params: &Params, password: &[u8], salt: &[u8; 16]) -> Outcome<String> {
    let hash = argon(params)
        .hash_password_with_salt(password, salt)
        .map_err(|_| Fault::Inconsistent("a password could not be hashed"))?;
    Ok(hash.to_string())
}

fn verify(params: &Params, password: &[u8], stored: &str) -> Outcome<Verdict> {
    let parsed = PasswordHash::new(stored).map_err(|_| Fault::Inconsistent("a stored password hash"))?;
    let fits = argon(params).verify_password(password, &parsed).is_ok();
    let same = Params::try_from(&parsed).is_ok_and(|old| {
        old.m_cost() == params.m_cost() && old.t_cost() == params.t_cost() && old.p_cost() == params.p_cost()
    });
    Ok(Verdict { fits, outdated: !same || !stored.starts_with("$argon2id$v=19$") })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn params(m_cost: u32) -> Params {
        Params::new(m_cost, 1, 1, None).unwrap()
    }

    #[test]
    fn the_parameters_are_those_that_owasp_asks_for() {
        let hasher = PasswordHasher::owasp().unwrap();
        let params = &hasher.params;
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (19 * 1024, 2, 1));
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_only_and_knows_its_age() {
        let old = PasswordHasher::new(params(8), 1).unwrap();
        let new = PasswordHasher::new(params(16), 1).unwrap();
        let stored = old.hash(&Password::new("kata sandi"), [1; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
        let fits = |hasher: &PasswordHasher, text: &str| {
            let (hasher, stored, password) = (hasher.clone(), stored.clone(), Password::new(text));
            async move { hasher.verify(&password, Some(&stored)).await.unwrap() }
        };
        assert_eq!(fits(&old, "kata sandi").await, Verdict { fits: true, outdated: false });
        assert_eq!(fits(&new, "kata sandi").await, Verdict { fits: true, outdated: true });
        assert!(!fits(&old, "kata sandi ").await.fits);
    }

    #[tokio::test]
    async fn nobody_has_the_dummys_password() {
        let hasher = PasswordHasher::new(params(8), 1).unwrap();
        assert!(!hasher.verify(&Password::new("nobody's password"), None).await.unwrap().fits);
    }

    #[tokio::test]
    async fn whoever_comes_after_a_full_line_is_turned_away() {
        let hasher = PasswordHasher::new(params(8), 1).unwrap();
        let all = u32::try_from(LINE_PER_CORE).unwrap();
        let taken = Arc::clone(&hasher.line).acquire_many_owned(all).await.unwrap();
        let refused = hasher.verify(&Password::new("x"), None).await;
        assert!(matches!(refused, Err(Fault::Capacity(_))));
        drop(taken);
        assert!(hasher.verify(&Password::new("x"), None).await.is_ok());
    }
}
