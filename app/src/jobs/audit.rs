//! Seals the audit trail of every office.

use chrono::TimeDelta;
use loket_core::id::OfficeId;

use crate::{
    domain::audit::{self, Sealing},
    infra::{Actor, Cx, House, Outcome, SystemReason},
    queue::{Handler, JobError, Schedule, Ticket},
};

/// The kind of the job, and the name of its schedule.
pub const SEAL_ALL: &str = "audit.seal_all";
/// Batches for one office before the others have their turn.
const MOST_BATCHES: usize = 20;

/// When it runs: the unsealed window is this and two seconds more.
pub fn schedule() -> Schedule {
    Schedule { name: SEAL_ALL, every: TimeDelta::seconds(2) }
}

/// Seals what waits in every office.
pub struct SealAll {
    /// Where.
    pub house: House,
}

#[async_trait::async_trait]
impl Handler for SealAll {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        for office in super::offices(&self.house).await? {
            super::noted(
                &office,
                "an audit trail could not be sealed",
                seal_office(&self.house, office.id).await,
            );
        }
        Ok(())
    }
}

/// Seals what waits in one office.
async fn seal_office(house: &House, office: OfficeId) -> Outcome<()> {
    for _ in 0..MOST_BATCHES {
        let looking = Cx::read(house, office, Actor::System(SystemReason::AuditSeal)).await?;
        if !audit::is_waiting(&looking).await? {
            return Ok(());
        }
        drop(looking);
        let mut cx = Cx::system(house, office, SystemReason::AuditSeal).await?;
        let sealing = audit::seal_next(&mut cx).await?;
        cx.commit().await?;
        if let Sealing::Sealed { seq, entries, root, full } = sealing {
            // The head leaves the database with the log: a trail cut short behind it is noticed.
            tracing::info!(target: "loket::audit_head", office = %office, seq, entries, root = hex::encode(root));
            if !full {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::{
        domain::tenancy,
        queue::{Engine, Registry},
        testing::{TestHouse, new_office},
    };

    #[tokio::test]
    async fn every_office_is_sealed_by_one_turn_of_the_schedule() {
        let (test, one) = TestHouse::with_office().await;
        let two = tenancy::create_office(&test.house, new_office("kab-dua", "DUA")).await.unwrap();
        for office in [one, two] {
            let actor = Actor::System(SystemReason::Seed);
            let mut cx = Cx::write(&test.house, office, actor).await.unwrap();
            cx.audit("office.seeded", ("office", None)).unwrap();
            cx.commit().await.unwrap();
        }
        test.clock.advance(TimeDelta::seconds(3));
        let registry = Registry::default().with(SEAL_ALL, SealAll { house: test.house.clone() });
        let engine = Engine::new(test.house.clone(), registry, 1);
        assert!(schedule().take_turn(&test.house).await.unwrap());
        assert_eq!(engine.run_due().await.unwrap(), 1);
        for office in [one, two] {
            let cx = Cx::read(&test.house, office, Actor::System(SystemReason::AuditSeal)).await.unwrap();
            assert_eq!(audit::verify(&cx).await.unwrap().entries, 1);
        }
        assert!(!schedule().take_turn(&test.house).await.unwrap(), "its time has not come again");
    }
}
