//! One process on one SQLite file: a second one is refused, and the first may take back what a dead one held.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use crate::{
    domain::whatsapp::ingest,
    infra::{House, Outcome},
    queue,
};

/// Held as long as the process lives; the system gives it back however the process ends.
#[derive(Debug)]
pub(super) struct Solitude(#[expect(dead_code, reason = "held, not read")] File);

/// Takes a database file for this process alone.
///
/// # Errors
/// A sentence when another process has it, or when the lock beside it cannot be made.
pub(super) fn alone(database: &Path) -> Result<Solitude, String> {
    let lock = database.with_extension("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock)
        .map_err(|error| format!("{} cannot be made: {error}", lock.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Solitude(file)),
        Err(TryLockError::WouldBlock) => {
            Err(format!("another Loket serves {}; stop it first, or use PostgreSQL", database.display()))
        }
        Err(TryLockError::Error(error)) => Err(format!("{} cannot be locked: {error}", lock.display())),
    }
}

impl Solitude {
    /// Gives back what an earlier process held when it died, so that nothing waits for a lease to run out.
    pub(super) async fn take_over(&self, house: &House) -> Outcome<()> {
        let (bodies, jobs) = (ingest::forget_leases(house).await?, queue::forget_leases(house).await?);
        if bodies + jobs > 0 {
            tracing::info!(bodies, jobs, "work of an earlier process is taken over");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test")]

    use super::alone;
    use crate::testing::TestFolder;

    #[test]
    fn a_second_process_on_the_same_file_is_told_so() {
        let folder = TestFolder::new();
        let database = folder.path().join("loket.db");
        let first = alone(&database).unwrap();
        assert!(alone(&database).unwrap_err().contains("another Loket serves"));
        drop(first);
        assert!(alone(&database).is_ok());
    }
}
