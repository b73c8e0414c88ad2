//! How often a sign-in may fail.
//!
//! Three counts in windows of fifteen minutes: of one account from one address (10), of one address
//! (100: an office shares one), and of one account from everywhere (100). When the last is full, the
//! first shrinks to 3 instead of closing the account: somebody who guesses from many addresses cannot
//! lock its owner out, who still has three tries of their own. An attempt counts before the password is
//! compared, so that many at once gain nothing, and a success gives it back.
//!
//! The table holds keyed hashes, never an address or an e-mail.

use std::net::IpAddr;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{OfficeId, UserId},
};
use loket_entity::throttle;
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, Statement, sea_query::Expr};

use crate::infra::{Fault, Outcome, PlatformTx};

const WINDOW: TimeDelta = TimeDelta::minutes(15);
const MOST_OF_PAIR: i64 = 10;
const MOST_OF_PAIR_UNDER_ATTACK: i64 = 3;
const MOST_OF_ADDRESS: i64 = 100;
const MOST_OF_ACCOUNT: i64 = 100;
const MOST_FORGOTTEN_OF_ADDRESS: i64 = 20;
const MOST_FORGOTTEN_OF_MAILBOX: i64 = 3;

/// Public forms that are taken from one address, mistyped ones among them; the telephones of a village may share one.
const MOST_FORMS_OF_ADDRESS: i64 = 40;
/// Public forms that one office is handed from everywhere; more would bury its queue.
const MOST_FORMS_OF_OFFICE: i64 = 600;

/// Letters that one office sends to people who belong to nobody yet; more would be a way to write to strangers.
const MOST_LETTERS_OF_OFFICE: i64 = 30;
/// Whoever sits at somebody's open session guesses the old password no oftener than at the door.
const MOST_OLD_PASSWORDS: i64 = 10;

/// What one attempt is counted under.
#[derive(Debug, Clone)]
pub(super) struct Buckets {
    pair: Vec<u8>,
    account: Vec<u8>,
    address: Vec<u8>,
}

/// How full the counts are, this attempt included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    pair: i64,
    account: i64,
    address: i64,
}

impl Tally {
    /// Whether this attempt is one too many.
    pub(super) fn refuses(self) -> bool {
        self.pair > self.most_of_pair() || self.address > MOST_OF_ADDRESS
    }

    /// Whether this attempt is the first that is too many: recorded once, so that refusing stays cheap.
    pub(super) fn begins_to_refuse(self) -> bool {
        self.refuses() && (self.pair == self.most_of_pair() + 1 || self.address == MOST_OF_ADDRESS + 1)
    }

    fn most_of_pair(self) -> i64 {
        if self.account > MOST_OF_ACCOUNT { MOST_OF_PAIR_UNDER_ATTACK } else { MOST_OF_PAIR }
    }
}

impl Buckets {
    /// The counts of somebody at `ip` who names `email_key`.
    pub(super) fn of(tx: &PlatformTx<'_>, email_key: &str, ip: IpAddr) -> Self {
        let ip = neighbourhood(ip);
        let bucket = |kind: &str, rest: &str| tx.keys().digest(format!("sign_in\0{kind}\0{rest}").as_bytes());
        Self {
            pair: bucket("pair", &format!("{ip}\0{email_key}")),
            account: bucket("account", email_key),
            address: bucket("address", &ip.to_string()),
        }
    }
}

/// An IPv6 customer has 2^64 addresses: they count as one.
fn neighbourhood(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V4(ip) => IpAddr::V4(ip),
        IpAddr::V6(ip) => IpAddr::V6((u128::from(ip) & (u128::MAX << 64)).into()),
    }
}

/// Counts an attempt.
pub(super) async fn count(tx: &PlatformTx<'_>, buckets: &Buckets) -> Outcome<Tally> {
    Ok(Tally {
        pair: hit(tx, &buckets.pair).await?,
        account: hit(tx, &buckets.account).await?,
        address: hit(tx, &buckets.address).await?,
    })
}

/// Gives a successful attempt back.
pub(super) async fn forgive(tx: &PlatformTx<'_>, buckets: &Buckets) -> Outcome<()> {
    tx.delete::<throttle::Entity>()
        .filter(throttle::Column::Bucket.eq(buckets.pair.clone()))
        .exec(tx.on())
        .await?;
    tx.change::<throttle::Entity>()
        .col_expr(throttle::Column::Hits, Expr::col(throttle::Column::Hits).sub(1))
        .filter(throttle::Column::Bucket.is_in([buckets.account.clone(), buckets.address.clone()]))
        .filter(throttle::Column::Hits.gt(0))
        .exec(tx.on())
        .await?;
    Ok(())
}

/// Counts a wish for a new password; says whether it is one too many of this address or of this mailbox. A
/// mailbox is written to a few times in a window at most, whoever asks.
pub(super) async fn forgot_too_often(tx: &PlatformTx<'_>, email_key: &str, ip: IpAddr) -> Outcome<bool> {
    let ip = neighbourhood(ip);
    let bucket = |kind: &str, rest: &str| tx.keys().digest(format!("forgot\0{kind}\0{rest}").as_bytes());
    // Whoever asked too often counts against nobody's mailbox: no letter goes out, so its owner must not wait.
    if hit(tx, &bucket("address", &ip.to_string())).await? > MOST_FORGOTTEN_OF_ADDRESS {
        return Ok(true);
    }
    Ok(hit(tx, &bucket("mailbox", email_key)).await? > MOST_FORGOTTEN_OF_MAILBOX)
}

/// Counts a public form that is handed in to an office; says whether it is one too many of this
/// address, or of this office from everywhere, in a window.
pub async fn forms_too_often(tx: &PlatformTx<'_>, office: OfficeId, ip: IpAddr) -> Outcome<bool> {
    let ip = neighbourhood(ip);
    let bucket = tx.keys().digest(format!("form\0{office}\0{ip}").as_bytes());
    // Whoever sends too many counts against nobody else.
    if hit(tx, &bucket).await? > MOST_FORMS_OF_ADDRESS {
        return Ok(true);
    }
    let everywhere = tx.keys().digest(format!("form\0{office}").as_bytes());
    Ok(hit(tx, &everywhere).await? > MOST_FORMS_OF_OFFICE)
}

/// Counts a letter of invitation of an office; says whether it is one too many in a window.
pub async fn letters_too_often(tx: &PlatformTx<'_>, office: OfficeId) -> Outcome<bool> {
    let bucket = tx.keys().digest(format!("letters\0office\0{office}").as_bytes());
    Ok(hit(tx, &bucket).await? > MOST_LETTERS_OF_OFFICE)
}

/// Counts an old password that was typed to set a new one; says whether it is one too many in a window.
pub(super) async fn old_password_too_often(tx: &PlatformTx<'_>, user: UserId) -> Outcome<bool> {
    let bucket = tx.keys().digest(format!("old password\0{user}").as_bytes());
    Ok(hit(tx, &bucket).await? > MOST_OLD_PASSWORDS)
}

/// When somebody who was refused now may try again at the latest.
pub(super) fn until(now: Instant) -> Instant {
    now + WINDOW
}

/// One statement, so that attempts at the same moment each see another count.
async fn hit(tx: &PlatformTx<'_>, bucket: &[u8]) -> Outcome<i64> {
    let sql = "INSERT INTO throttle (bucket, hits, window_ends_at) VALUES ($1, 1, $2) \
         ON CONFLICT (bucket) DO UPDATE SET \
         hits = CASE WHEN throttle.window_ends_at <= $3 THEN 1 ELSE throttle.hits + 1 END, \
         window_ends_at = CASE WHEN throttle.window_ends_at <= $3 \
         THEN excluded.window_ends_at ELSE throttle.window_ends_at END RETURNING hits";
    let values = [bucket.to_vec().into(), until(tx.now()).into(), tx.now().into()];
    let statement = Statement::from_sql_and_values(tx.on().get_database_backend(), sql, values);
    let row = tx.on().query_one_raw(statement).await?.ok_or(Fault::Inconsistent("throttle"))?;
    Ok(row.try_get_by_index(0)?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::testing::TestHouse;

    const HERE: &str = "203.0.113.7";

    async fn attempt(test: &TestHouse, email: &str, ip: &str) -> Tally {
        let tx = PlatformTx::write(&test.house).await.unwrap();
        let buckets = Buckets::of(&tx, email, ip.parse().unwrap());
        let tally = count(&tx, &buckets).await.unwrap();
        tx.commit().await.unwrap();
        tally
    }

    #[tokio::test]
    async fn the_eleventh_failure_from_one_place_waits_for_the_next_window() {
        let test = TestHouse::open().await;
        for _ in 0..10 {
            assert!(!attempt(&test, "a@b.id", HERE).await.refuses());
        }
        assert!(attempt(&test, "a@b.id", HERE).await.begins_to_refuse());
        let twelfth = attempt(&test, "a@b.id", HERE).await;
        assert!(twelfth.refuses() && !twelfth.begins_to_refuse());
        assert!(!attempt(&test, "a@b.id", "203.0.113.8").await.refuses());
        assert!(!attempt(&test, "c@d.id", HERE).await.refuses());
        test.clock.advance(WINDOW);
        assert!(!attempt(&test, "a@b.id", HERE).await.refuses());
    }

    #[tokio::test]
    async fn guessing_from_many_places_leaves_the_owner_three_tries() {
        let test = TestHouse::open().await;
        for n in 0..120 {
            attempt(&test, "a@b.id", &format!("198.51.100.{n}")).await;
        }
        for _ in 0..3 {
            assert!(!attempt(&test, "a@b.id", HERE).await.refuses());
        }
        assert!(attempt(&test, "a@b.id", HERE).await.refuses());
    }

    #[tokio::test]
    async fn one_address_that_tries_many_accounts_is_stopped() {
        let test = TestHouse::open().await;
        for n in 0..100 {
            assert!(!attempt(&test, &format!("p{n}@b.id"), HERE).await.refuses());
        }
        assert!(attempt(&test, "p100@b.id", HERE).await.refuses());
    }

    #[tokio::test]
    async fn a_success_gives_its_attempt_back() {
        let test = TestHouse::open().await;
        for _ in 0..50 {
            attempt(&test, "a@b.id", HERE).await;
            let tx = PlatformTx::write(&test.house).await.unwrap();
            forgive(&tx, &Buckets::of(&tx, "a@b.id", HERE.parse().unwrap())).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(attempt(&test, "a@b.id", HERE).await, Tally { pair: 1, account: 1, address: 1 });
    }

    #[tokio::test]
    async fn a_mailbox_is_asked_for_three_times_and_one_place_asks_twenty_times_in_a_window() {
        let test = TestHouse::open().await;
        let asks = async |email: &str, ip: &str| {
            let tx = PlatformTx::write(&test.house).await.unwrap();
            let refused = forgot_too_often(&tx, email, ip.parse().unwrap()).await.unwrap();
            tx.commit().await.unwrap();
            refused
        };
        for n in 0..3 {
            assert!(!asks("a@b.id", &format!("198.51.100.{n}")).await);
        }
        assert!(asks("a@b.id", "198.51.100.9").await);
        for n in 0..20 {
            assert!(!asks(&format!("p{n}@b.id"), HERE).await);
        }
        for _ in 0..4 {
            assert!(asks("z@b.id", HERE).await);
        }
        assert!(!asks("z@b.id", "203.0.113.77").await, "its owner, elsewhere");
        test.clock.advance(WINDOW);
        assert!(!asks("a@b.id", HERE).await);
    }

    #[test]
    fn the_addresses_of_one_ipv6_customer_count_as_one() {
        let of = |text: &str| neighbourhood(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:203.0.113.7"), of("203.0.113.7"));
    }
}
