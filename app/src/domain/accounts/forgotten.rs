//! A forgotten password: a link by mail, and a new password where it leads.
//!
//! Whoever asks learns nothing: the answer is the same whether the address is anybody's, and so is the work
//! behind it. Only a job looks the address up. The link is worth something as long as the password is the
//! one it was made for: the first new password ends every link that was sent before.

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::UserId, kinds::AccountStatus, text::Email, zone::OfficeZone};
use loket_entity::{account, membership, office};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    create_account::{account_by_email, salt},
    hasher::PasswordHasher,
    password::{Password, PasswordRefusal},
    sign_out::end_all,
    throttle,
    token::Ticket,
};
use crate::{
    domain::{
        mail::{self, Envelope, HOUSE, Letter, Link},
        tenancy::Office,
    },
    infra::{By, Fault, House, Outcome, PlatformTx},
    queue::NewJob,
};

/// The kind of the job that looks the address up.
pub const FORGOTTEN: &str = "accounts.forgotten";

/// How long a link may be used.
const LIFE: TimeDelta = TimeDelta::minutes(60);

/// Somebody says that they forgot their password. It does not print.
#[derive(Serialize, Deserialize)]
pub struct Forgotten {
    email: String,
}

/// Why no link is sent.
#[derive(Debug, thiserror::Error)]
pub enum ForgottenRefusal {
    /// Too many asked; by then at the latest there is another try.
    #[error("Terlalu banyak permintaan. Tunggu 15 menit, lalu coba lagi.")]
    TooOften(Instant),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why a password was not set.
#[derive(Debug, thiserror::Error)]
pub enum ResetRefusal {
    /// The link was used, is over, or its account is closed.
    #[error("Tautan ini sudah dipakai atau tidak berlaku lagi.")]
    Over,
    /// The password does not do.
    #[error(transparent)]
    Password(#[from] PasswordRefusal),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes the wish for a new password: counts it and queues the rest, whoever the address belongs to.
pub async fn forgot(house: &House, email: &Email, ip: std::net::IpAddr) -> Result<(), ForgottenRefusal> {
    let mut tx = PlatformTx::write(house).await?;
    let too_often = throttle::forgot_too_often(&tx, email.key(), ip).await?;
    let again = throttle::until(tx.now());
    if !too_often {
        tx.enqueue(NewJob::new(FORGOTTEN, &Forgotten { email: email.expose().to_owned() })?).await?;
    }
    tx.commit().await?;
    if too_often { Err(ForgottenRefusal::TooOften(again)) } else { Ok(()) }
}

/// Writes to the owner of an open account; to nobody otherwise.
pub async fn answer_forgotten(house: &House, asked: &Forgotten) -> Outcome<()> {
    let Ok(email) = Email::parse(&asked.email) else { return Ok(()) };
    let mut tx = PlatformTx::write(house).await?;
    let Some(person) = account_by_email(&tx, &email).await?.filter(is_open) else { return Ok(()) };
    let (made, until) = (tx.now(), tx.now() + LIFE);
    let link = Link { subject: person.id.0, id: version(&tx, &person), made, until };
    let envelope = envelope(&tx, &person, Letter::PasswordReset { link }).await?;
    mail::queue(&mut tx, &envelope).await?;
    tx.audit(By::Visitor, "password.forgotten", ("account", Some(person.id.0)), None).await?;
    tx.commit().await
}

/// Whose password a link may still set: their address, for the form.
pub async fn reset_owner(house: &House, ticket: &Ticket) -> Outcome<Option<String>> {
    let tx = PlatformTx::read(house).await?;
    Ok(owner(&tx, ticket).await?.map(|person| person.email))
}

/// Sets a new password by a link. Every session of the account ends, and its owner is told by mail.
pub async fn reset_password(
    house: &House,
    hasher: &PasswordHasher,
    ticket: &Ticket,
    new: &Password,
) -> Result<(), ResetRefusal> {
    let person = {
        let tx = PlatformTx::read(house).await?;
        owner(&tx, ticket).await?.ok_or(ResetRefusal::Over)?
    };
    new.check_new_for(&[&person.name, &person.email])?;
    let hash = hasher.hash(new, salt(house)).await?;
    let mut tx = PlatformTx::write(house).await?;
    let person = owner(&tx, ticket).await?.ok_or(ResetRefusal::Over)?;
    let changed = tx
        .change::<account::Entity>()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .col_expr(account::Column::PasswordAt, Expr::value(tx.now()))
        .filter(account::Column::Id.eq(person.id))
        .filter(account::Column::Status.eq(AccountStatus::Active))
        .filter(account::Column::PasswordHash.eq(person.password_hash.as_str()))
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    if changed.rows_affected != 1 {
        return Err(ResetRefusal::Over);
    }
    end_all(&tx, person.id, None).await?;
    tell_changed(&mut tx, &person).await?;
    tx.audit(By::Account(person.id), "password.reset", ("account", Some(person.id.0)), None).await?;
    Ok(tx.commit().await?)
}

/// Tells the owner of an account that its password was changed.
pub(super) async fn tell_changed(tx: &mut PlatformTx<'_>, person: &account::Model) -> Outcome<()> {
    let letter = Letter::PasswordChanged { at: tx.now() };
    let envelope = envelope(tx, person, letter).await?;
    mail::queue(tx, &envelope).await
}

async fn envelope(tx: &PlatformTx<'_>, person: &account::Model, letter: Letter) -> Outcome<Envelope> {
    let home = home(tx, person.id).await?;
    let foot = home.as_ref().map(Office::foot).unwrap_or_default();
    let (office, zone) = home.map_or_else(|| (HOUSE.to_owned(), OfficeZone::Wib), |row| (row.name, row.zone));
    Ok(Envelope { to: person.email.clone(), name: person.name.clone(), office, foot, zone, letter })
}

/// The office somebody has belonged to longest writes to them; Loket itself to those who belong to none.
async fn home(tx: &PlatformTx<'_>, user: UserId) -> Outcome<Option<Office>> {
    let now = tx.now();
    let found = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(user))
        .filter(membership::Column::OfficeId.is_not_null())
        .filter(membership::Column::ValidFrom.lte(now))
        .filter(membership::Column::ValidUntil.is_null().or(membership::Column::ValidUntil.gt(now)))
        .order_by_asc(membership::Column::ValidFrom)
        .order_by_asc(membership::Column::Id)
        .one(tx.on())
        .await?;
    let Some(id) = found.and_then(|row| row.office_id) else { return Ok(None) };
    let row = tx.find::<office::Entity>().filter(office::Column::Id.eq(id)).one(tx.on()).await?;
    Ok(row.map(Office::from))
}

async fn owner(tx: &PlatformTx<'_>, ticket: &Ticket) -> Outcome<Option<account::Model>> {
    let id = UserId(ticket.subject);
    let row = tx.find::<account::Entity>().filter(account::Column::Id.eq(id)).one(tx.on()).await?;
    Ok(row.filter(is_open).filter(|person| version(tx, person) == ticket.id))
}

fn is_open(person: &account::Model) -> bool {
    person.status == AccountStatus::Active
}

/// Tells one password of an account from the next without telling anything of it.
fn version(tx: &PlatformTx<'_>, person: &account::Model) -> Uuid {
    let text = format!("password version\0{}\0{}", person.id, person.password_hash);
    let digest = tx.keys().digest(text.as_bytes());
    digest.get(..16).and_then(|half| Uuid::from_slice(half).ok()).unwrap_or_default()
}
