//! Sealing and tampering, on a real database.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use chrono::TimeDelta;
use loket_core::id::OfficeId;
use sea_orm::ConnectionTrait;

use super::*;
use crate::{
    infra::{Actor, Cx, SystemReason, database::connect_sqlite},
    testing::TestHouse,
};

async fn act(test: &TestHouse, office: OfficeId, entries: usize) {
    let actor = Actor::System(SystemReason::Seed);
    let mut cx = Cx::write(&test.house, office, actor).await.unwrap();
    for _ in 0..entries {
        cx.audit_with("request.taken", ("request", None), Some(&serde_json::json!({"n": 1}))).unwrap();
    }
    cx.commit().await.unwrap();
}

async fn seal(test: &TestHouse, office: OfficeId) -> Sealing {
    let mut cx = Cx::system(&test.house, office, SystemReason::AuditSeal).await.unwrap();
    let sealing = seal_next(&mut cx).await.unwrap();
    cx.commit().await.unwrap();
    sealing
}

async fn check(test: &TestHouse, office: OfficeId) -> Result<Verified, SealError> {
    let cx = Cx::read(&test.house, office, Actor::System(SystemReason::AuditSeal)).await.unwrap();
    verify(&cx).await
}

/// Changes the database behind Loket's back.
async fn meddle(test: &TestHouse, sql: &str) {
    let connection = connect_sqlite(&test.folder.path().join("loket.db"), 1, false).await.unwrap();
    for table in ["audit_entry", "audit_seal"] {
        for verb in ["update", "delete"] {
            let drop = format!("DROP TRIGGER IF EXISTS {table}_no_{verb}");
            connection.execute_unprepared(&drop).await.unwrap();
        }
    }
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

fn size(sealing: &Sealing) -> Option<(i64, usize, bool)> {
    match sealing {
        Sealing::Nothing => None,
        Sealing::Sealed { seq, entries, full, .. } => Some((*seq, *entries, *full)),
    }
}

#[tokio::test]
async fn what_was_recorded_two_seconds_ago_is_sealed_once() {
    let (test, office) = TestHouse::with_office().await;
    act(&test, office, 3).await;
    assert_eq!(seal(&test, office).await, Sealing::Nothing, "it is too young");
    test.clock.advance(TimeDelta::seconds(2));
    assert_eq!(size(&seal(&test, office).await), Some((1, 3, false)));
    assert_eq!(seal(&test, office).await, Sealing::Nothing);
    act(&test, office, 2).await;
    test.clock.advance(TimeDelta::hours(3));
    assert_eq!(size(&seal(&test, office).await), Some((2, 2, false)));
    let verified = check(&test, office).await.unwrap();
    assert_eq!(verified, Verified { seals: 2, entries: 5, missed: 0 });
}

#[tokio::test]
async fn a_long_night_is_sealed_in_batches() {
    let (test, office) = TestHouse::with_office().await;
    act(&test, office, 1500).await;
    act(&test, office, 1000).await;
    test.clock.advance(TimeDelta::seconds(5));
    assert_eq!(size(&seal(&test, office).await), Some((1, 1000, true)));
    assert_eq!(size(&seal(&test, office).await), Some((2, 1000, true)));
    assert_eq!(size(&seal(&test, office).await), Some((3, 500, false)));
    assert_eq!(check(&test, office).await.unwrap().entries, 2500);
}

#[tokio::test]
async fn an_entry_committed_late_is_sealed_later_and_not_lost() {
    let (test, office) = TestHouse::with_office().await;
    let start = test.clock_now();
    act(&test, office, 1).await;
    test.clock.advance(TimeDelta::minutes(5));
    act(&test, office, 1).await;
    test.clock.advance(TimeDelta::seconds(3));
    assert_eq!(size(&seal(&test, office).await), Some((1, 2, false)));
    // An operation that opened before the seal and commits after it.
    let now = test.clock_now();
    test.clock.set(start + TimeDelta::minutes(1));
    act(&test, office, 4).await;
    test.clock.set(now + TimeDelta::seconds(1));
    assert_eq!(size(&seal(&test, office).await), Some((2, 4, false)));
    test.clock.advance(TimeDelta::hours(1));
    assert_eq!(check(&test, office).await.unwrap(), Verified { seals: 2, entries: 6, missed: 0 });
}

#[tokio::test]
async fn what_came_later_than_the_overlap_is_counted() {
    let (test, office) = TestHouse::with_office().await;
    act(&test, office, 1).await;
    test.clock.advance(TimeDelta::hours(2));
    assert!(size(&seal(&test, office).await).is_some());
    test.clock.advance(TimeDelta::hours(-1));
    act(&test, office, 1).await;
    test.clock.advance(TimeDelta::hours(2));
    assert_eq!(seal(&test, office).await, Sealing::Nothing);
    assert_eq!(check(&test, office).await.unwrap().missed, 1);
}

#[tokio::test]
async fn the_trails_of_two_offices_do_not_touch() {
    let (test, one) = TestHouse::with_office().await;
    let two =
        crate::domain::tenancy::create_office(&test.house, crate::testing::new_office("kab-dua", "DUA"));
    let two = two.await.unwrap();
    act(&test, one, 2).await;
    act(&test, two, 3).await;
    test.clock.advance(TimeDelta::seconds(2));
    assert_eq!(size(&seal(&test, one).await), Some((1, 2, false)));
    assert_eq!(size(&seal(&test, two).await), Some((1, 3, false)));
}

#[tokio::test]
async fn whatever_is_done_to_the_trail_breaks_a_seal() {
    for (sql, broken) in [
        ("UPDATE audit_entry SET action = 'request.left' WHERE rowid = 5", 2),
        ("UPDATE audit_entry SET detail = NULL WHERE rowid = 1", 1),
        ("DELETE FROM audit_entry WHERE rowid = 6", 2),
        ("DELETE FROM audit_seal WHERE seq = 1", 1),
        ("UPDATE audit_seal SET root = zeroblob(32) WHERE seq = 1", 1),
        ("UPDATE audit_seal SET entries = substr(entries, 1, 16), entry_count = 1 WHERE seq = 2", 2),
        ("UPDATE audit_seal SET seq = seq + 10", 1),
    ] {
        let (test, office) = TestHouse::with_office().await;
        for _ in 0..3 {
            act(&test, office, 3).await;
            test.clock.advance(TimeDelta::seconds(2));
            assert!(size(&seal(&test, office).await).is_some());
        }
        assert!(check(&test, office).await.is_ok());
        meddle(&test, sql).await;
        match check(&test, office).await {
            Err(SealError::Tampered { seq }) => assert_eq!(seq, broken, "{sql}"),
            other => assert!(other.is_err(), "{sql} went unnoticed"),
        }
    }
}
