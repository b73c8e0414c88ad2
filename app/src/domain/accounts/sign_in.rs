//! Signing in: count the try, compare, open a session.
//!
//! Whoever is refused learns one thing only, and after the same time: address and password do not
//! belong together. Whether the address exists, or the account was closed, stays here.

use std::net::IpAddr;

use loket_core::{
    clock::Instant,
    id::{SessionId, UserId},
    kinds::AccountStatus,
    text::Email,
};
use loket_entity::{account, session};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    create_account::{account_by_email, salt},
    hasher::{PasswordHasher, Verdict},
    password::Password,
    session::ABSOLUTE,
    throttle::{self, Buckets, Tally},
};
use crate::infra::{By, Fault, House, Outcome, PlatformTx};

/// Characters kept of a browser's name.
const AGENT: usize = 200;

/// Where somebody signs in from.
#[derive(Debug, Clone)]
pub struct ClientInfo {
    /// Their address, after trusted proxies.
    pub ip: IpAddr,
    /// The browser as it names itself.
    pub agent: String,
}

/// A session just opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSession {
    /// The session.
    pub id: SessionId,
    /// Who signed in.
    pub user: UserId,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

/// Why somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub enum SignInRefusal {
    /// Address and password do not belong together.
    #[error("Surel atau kata sandi tidak cocok. Periksa kembali, lalu coba lagi.")]
    Wrong,
    /// Too many tries; by then at the latest there is another.
    #[error("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi.")]
    TooOften(Instant),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Lets somebody in who knows the password of an open account.
///
/// # Errors
/// [`SignInRefusal`]; [`Fault::Capacity`] within it when too many sign in at once.
pub async fn sign_in(
    house: &House,
    hasher: &PasswordHasher,
    email: &str,
    password: &Password,
    client: ClientInfo,
) -> Result<NewSession, SignInRefusal> {
    let email = Email::parse(email).ok();
    let (tally, buckets) = count(house, email.as_ref(), &client).await?;
    if tally.refuses() {
        if tally.begins_to_refuse() {
            record_refusal(house, None, "throttled", &client).await?;
        }
        return Err(SignInRefusal::TooOften(throttle::until(house.clock.now())));
    }
    let person = find(house, email.as_ref()).await?;
    let stored = person.as_ref().map(|person| person.password_hash.as_str());
    let possible = password.is_possible();
    let verdict = match possible {
        true => hasher.verify(password, stored).await?,
        false => hasher.verify(&Password::new("-"), None).await?,
    };
    let open = person.filter(|person| person.status == AccountStatus::Active);
    let known = open.as_ref().map(|person| person.id);
    match open {
        Some(person) if verdict.fits => {
            let renewed = renew(house, hasher, password, verdict).await?;
            open_session(house, (person, renewed), &buckets, &client).await
        }
        _ => {
            record_refusal(house, known, "wrong", &client).await?;
            Err(SignInRefusal::Wrong)
        }
    }
}

async fn count(house: &House, email: Option<&Email>, client: &ClientInfo) -> Outcome<(Tally, Buckets)> {
    let tx = PlatformTx::write(house).await?;
    let buckets = Buckets::of(&tx, email.map_or("", Email::key), client.ip);
    let tally = throttle::count(&tx, &buckets).await?;
    tx.commit().await?;
    Ok((tally, buckets))
}

async fn find(house: &House, email: Option<&Email>) -> Outcome<Option<account::Model>> {
    let tx = PlatformTx::read(house).await?;
    match email {
        Some(email) => account_by_email(&tx, email).await,
        None => Ok(None),
    }
}

/// A hash made with yesterday's parameters is made again: only now is the password at hand.
async fn renew(
    house: &House,
    hasher: &PasswordHasher,
    password: &Password,
    verdict: Verdict,
) -> Outcome<Option<String>> {
    if verdict.outdated { hasher.hash(password, salt(house)).await.map(Some) } else { Ok(None) }
}

async fn open_session(
    house: &House,
    (person, renewed): (account::Model, Option<String>),
    buckets: &Buckets,
    client: &ClientInfo,
) -> Result<NewSession, SignInRefusal> {
    let tx = PlatformTx::write(house).await?;
    // Between the comparison and here the account may have been closed or its password changed.
    let fresh = renewed.as_ref().unwrap_or(&person.password_hash);
    let same = tx
        .change::<account::Entity>()
        .col_expr(account::Column::PasswordHash, Expr::value(fresh.as_str()))
        .filter(account::Column::Id.eq(person.id))
        .filter(account::Column::Status.eq(AccountStatus::Active))
        .filter(account::Column::PasswordHash.eq(person.password_hash.as_str()))
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    if same.rows_affected != 1 {
        return Err(SignInRefusal::Wrong);
    }
    let new = NewSession { id: tx.new_id(), user: person.id, expires_at: tx.now() + ABSOLUTE };
    tx.insert::<session::Entity>(row(new, house, &tx, client)).await?;
    throttle::forgive(&tx, buckets).await?;
    tx.audit(By::Account(new.user), "sign_in.done", ("session", Some(new.id.0)), None).await?;
    tx.commit().await?;
    Ok(new)
}

fn row(new: NewSession, house: &House, tx: &PlatformTx<'_>, client: &ClientInfo) -> session::ActiveModel {
    session::ActiveModel {
        id: Set(new.id),
        account_id: Set(new.user),
        secret: Set(house.ids.secret().to_vec()),
        agent: Set(client.agent.chars().filter(|c| !c.is_control()).take(AGENT).collect()),
        created_at: Set(tx.now()),
        seen_at: Set(tx.now()),
        expires_at: Set(new.expires_at),
        revoked_at: Set(None),
    }
}

/// In a transaction of its own: what was refused leaves nothing else behind.
async fn record_refusal(
    house: &House,
    account: Option<UserId>,
    reason: &str,
    client: &ClientInfo,
) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    let detail = serde_json::json!({ "reason": reason, "ip": client.ip });
    let subject: Option<Uuid> = account.map(|user| user.0);
    tx.audit(By::Visitor, "sign_in.refused", ("account", subject), Some(&detail)).await?;
    tx.commit().await
}
