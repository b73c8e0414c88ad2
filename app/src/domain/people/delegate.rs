//! Naming who acts for the head of an office on some days, and ending it before its time.
//!
//! Whoever acts may do all that the head may, but not name somebody in turn: what is entrusted is not passed on.

use loket_core::{
    acting::{ActingKind, Days},
    id::{DelegationId, OfficeId, UserId},
    kinds::{AccountStatus, Role},
    permission::{Permission, Reach, preset},
    zone,
};
use loket_entity::{account, delegation, membership};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::{error::PeopleError, places::BASIS, store};
use crate::{
    domain::{accounts::acting_title, tenancy::Office},
    infra::{Actor, By, Fault, House, Outcome, PlatformTx},
};

const LONGEST_NUMBER: usize = 80;
const LONGEST_BASIS: usize = 300;

/// A letter to be entered.
#[derive(Debug, Clone)]
pub struct NewDelegation {
    /// Who acts.
    pub person: UserId,
    /// As what.
    pub kind: ActingKind,
    /// On which days.
    pub days: Days,
    /// The letter's number.
    pub number: String,
    /// Why, as the letter says.
    pub basis: String,
}

/// Enters a letter by which somebody of the office acts for its head.
pub async fn delegate(
    house: &House,
    office: &Office,
    actor: &Actor,
    new: NewDelegation,
) -> Result<DelegationId, PeopleError> {
    let by = namer(actor)?;
    let number = line(&new.number, LONGEST_NUMBER)
        .ok_or_else(|| PeopleError::invalid("Isi nomor surat penunjukan, paling panjang 80 huruf."))?;
    let basis = line(&new.basis, LONGEST_BASIS)
        .ok_or_else(|| PeopleError::invalid("Tulis dasar penunjukan, paling panjang 300 huruf."))?;
    let tx = PlatformTx::write(house).await?;
    new.days
        .check(office.zone.date(tx.now()))
        .map_err(|refusal| PeopleError::Invalid(refusal.to_string()))?;
    store::hold(&tx, office.id).await?;
    check_namer(&tx, office.id, by).await?;
    check_person(&tx, office, by, new.person).await?;
    check_days(&tx, office, new.days).await?;
    let id: DelegationId = tx.new_id();
    tx.insert::<delegation::Entity>(delegation::ActiveModel {
        id: Set(id),
        office_id: Set(office.id),
        account_id: Set(new.person),
        kind: Set(new.kind),
        valid_from: Set(new.days.start(office.zone)),
        valid_until: Set(new.days.end(office.zone)),
        number: Set(number.clone()),
        basis: Set(tx.keys().seal(&basis, BASIS.of(id.0))?),
        named_by: Set(by),
        named_at: Set(tx.now()),
        ended_at: Set(None),
        ended_by: Set(None),
    })
    .await?;
    let detail = serde_json::json!({
        "office": office.id, "account": new.person, "kind": new.kind, "from": new.days.from,
        "until": new.days.until, "number": number, "basis": basis,
    });
    tx.audit(By::Account(by), "delegation.named", ("delegation", Some(id.0)), Some(&detail)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends a letter that is in force or not yet: from now on it gives nothing.
pub async fn end_delegation(
    house: &House,
    office: &Office,
    actor: &Actor,
    id: DelegationId,
) -> Result<(), PeopleError> {
    let by = namer(actor)?;
    let tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let row = tx
        .find::<delegation::Entity>()
        .filter(delegation::Column::Id.eq(id))
        .filter(delegation::Column::OfficeId.eq(office.id))
        .filter(delegation::Column::EndedAt.is_null())
        .filter(delegation::Column::ValidUntil.gt(tx.now()))
        .one(tx.on())
        .await
        .map_err(Fault::from)?
        .ok_or(PeopleError::NotFound)?;
    check_namer(&tx, office.id, by).await?;
    end(&tx, row, by).await?;
    Ok(tx.commit().await?)
}

/// Ends what somebody who leaves the office was to act by.
pub(super) async fn end_all(
    tx: &PlatformTx<'_>,
    (office, person): (OfficeId, UserId),
    by: UserId,
) -> Outcome<()> {
    let rows = tx
        .find::<delegation::Entity>()
        .filter(delegation::Column::OfficeId.eq(office))
        .filter(delegation::Column::AccountId.eq(person))
        .filter(delegation::Column::EndedAt.is_null())
        .filter(delegation::Column::ValidUntil.gt(tx.now()))
        .all(tx.on())
        .await?;
    for row in rows {
        end(tx, row, by).await?;
    }
    Ok(())
}

async fn end(tx: &PlatformTx<'_>, row: delegation::Model, by: UserId) -> Outcome<()> {
    tx.change::<delegation::Entity>()
        .col_expr(delegation::Column::EndedAt, Expr::value(tx.now()))
        .col_expr(delegation::Column::EndedBy, Expr::value(by))
        .filter(delegation::Column::Id.eq(row.id))
        .exec(tx.on())
        .await?;
    let detail = serde_json::json!({ "office": row.office_id, "account": row.account_id, "kind": row.kind });
    tx.audit(By::Account(by), "delegation.ended", ("delegation", Some(row.id.0)), Some(&detail)).await
}

/// Whoever may name somebody, at first sight.
fn namer(actor: &Actor) -> Result<UserId, PeopleError> {
    match actor {
        Actor::Officer(standing) if standing.reach(Permission::NameActing) == Reach::Everything => {
            Ok(standing.user)
        }
        _ => Err(PeopleError::NotAllowed),
    }
}

/// By a role of one's own, and not because one acts oneself.
async fn check_namer(tx: &PlatformTx<'_>, office: OfficeId, by: UserId) -> Result<(), PeopleError> {
    let own = store::memberships(tx, office, &[by]).await?;
    let gives = |row: &membership::Model| preset(row.role).contains(&Permission::NameActing);
    if own.iter().any(|row| gives(row) && row.valid_from <= tx.now()) {
        Ok(())
    } else {
        Err(PeopleError::invalid("Pelaksana tidak dapat menunjuk pelaksana. Minta kepala atau admin kantor."))
    }
}

async fn check_person(
    tx: &PlatformTx<'_>,
    office: &Office,
    by: UserId,
    person: UserId,
) -> Result<(), PeopleError> {
    if person == by {
        return Err(PeopleError::invalid("Tidak dapat menunjuk diri sendiri. Minta kepala atau admin lain."));
    }
    let account = store::member(tx, office.id, person).await?;
    let held = store::memberships(tx, office.id, &[person]).await?;
    if held.is_empty() || account.status != AccountStatus::Active {
        return Err(PeopleError::invalid("Pilih petugas yang masih bekerja di kantor ini."));
    }
    if held.iter().any(|row| row.role == Role::Head) {
        return Err(PeopleError::invalid("Petugas ini sudah kepala kantor."));
    }
    Ok(())
}

/// One acts at a time.
async fn check_days(tx: &PlatformTx<'_>, office: &Office, days: Days) -> Result<(), PeopleError> {
    let zone = office.zone;
    let other = tx
        .find::<delegation::Entity>()
        .filter(delegation::Column::OfficeId.eq(office.id))
        .filter(delegation::Column::EndedAt.is_null())
        .filter(delegation::Column::ValidFrom.lt(days.end(zone)))
        .filter(delegation::Column::ValidUntil.gt(days.start(zone)))
        .order_by_asc(delegation::Column::ValidFrom)
        .one(tx.on())
        .await
        .map_err(Fault::from)?;
    let Some(other) = other else { return Ok(()) };
    let person = tx.find::<account::Entity>().filter(account::Column::Id.eq(other.account_id));
    let name = person.one(tx.on()).await.map_err(Fault::from)?.map(|row| row.name).unwrap_or_default();
    let taken = Days::of(zone, other.valid_from, other.valid_until);
    Err(PeopleError::Invalid(format!(
        "{} sudah dijabat {name} dari {} sampai {}. Akhiri dahulu, atau pilih tanggal lain.",
        acting_title(other.kind, office.kind),
        zone::short_date(taken.from),
        zone::short_date(taken.until),
    )))
}

/// One line, if something is written and not too much.
fn line(text: &str, longest: usize) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    ((1..=longest).contains(&text.chars().count()) && !text.contains(char::is_control)).then_some(text)
}
