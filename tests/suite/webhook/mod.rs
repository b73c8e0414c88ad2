//! Meta's door: who is let in, what is kept before it is acknowledged, and what becomes of what cannot be read.

mod limits;
mod outage;
mod reading;
mod signature;

use loket_core::kinds::{Direction, ItemOutcome};
use loket_entity::{message, webhook_item};
use loket_tests::app::TestApp;

pub(super) const TANGERANG: &str = "kab-tangerang";
pub(super) const KK: &str = "360300000000001";
pub(super) const KTP: &str = "360300000000002";
pub(super) const KUPANG: &str = "537100000000001";
pub(super) const HELD: &str = "/kantor/kab-tangerang/penampung";
pub(super) const LARGEST: usize = 4 * 1024 * 1024;

pub(super) async fn messages(app: &TestApp, office: &str) -> usize {
    let rows = app.rows::<message::Entity>(office).await.unwrap();
    rows.iter().filter(|row| row.direction == Direction::In).count()
}

/// Kind and reason of everything that was set aside in Tangerang, sorted.
pub(super) async fn set_aside(app: &TestApp) -> Vec<String> {
    let rows = app.rows::<webhook_item::Entity>(TANGERANG).await.unwrap();
    let aside = rows.into_iter().filter(|row| row.outcome == ItemOutcome::Quarantined);
    let mut found: Vec<String> =
        aside.map(|row| format!("{} {}", row.kind, row.reason.unwrap_or_default())).collect();
    found.sort();
    found
}
