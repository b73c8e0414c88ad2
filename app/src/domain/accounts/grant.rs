//! Giving an account a place, and taking it back.

use loket_core::{
    clock::Instant,
    id::{MembershipId, OfficeId, UserId},
    kinds::Role,
    permission::Scope,
};
use loket_entity::membership;
use sea_orm::{ActiveValue::Set, ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};

use crate::infra::{By, Fault, House, Outcome, PlatformTx};

/// Where a role is to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In an office.
    Office(OfficeId),
    /// In a province, by its two digits.
    Province(String),
    /// Above everything.
    Platform,
}

/// A role to be given.
#[derive(Debug, Clone)]
pub struct NewMembership {
    /// To whom.
    pub account: UserId,
    /// Where.
    pub place: Place,
    /// The preset of permissions.
    pub role: Role,
    /// For what part of the office.
    pub scope: Scope,
    /// From when; now unless said.
    pub from: Option<Instant>,
    /// Until when, for delegations and timed access.
    pub until: Option<Instant>,
}

/// Why a role was not given.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// A provincial role in an office, an office's role on the platform and so on.
    #[error("Peran ini tidak dapat diberikan di tempat itu.")]
    Misplaced,
    /// It would end before it begins.
    #[error("Masa berlaku berakhir sebelum dimulai.")]
    Backwards,
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives an account a role at a place.
pub async fn grant(house: &House, by: By, new: NewMembership) -> Result<MembershipId, GrantError> {
    let tx = PlatformTx::write(house).await?;
    let id = grant_in(&tx, by, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives an account a role at a place, within the caller's transaction.
pub async fn grant_in(tx: &PlatformTx<'_>, by: By, new: NewMembership) -> Result<MembershipId, GrantError> {
    if !belongs(new.role, &new.place, &new.scope) {
        return Err(GrantError::Misplaced);
    }
    let from = new.from.unwrap_or(tx.now());
    if new.until.is_some_and(|until| until <= from) {
        return Err(GrantError::Backwards);
    }
    let id: MembershipId = tx.new_id();
    let scope = serde_json::to_value(&new.scope).map_err(|_| Fault::Inconsistent("scope"))?;
    let detail = serde_json::json!({ "account": new.account, "role": new.role, "scope": scope });
    let (office, province) = match new.place {
        Place::Office(office) => (Some(office), None),
        Place::Province(code) => (None, Some(code)),
        Place::Platform => (None, None),
    };
    tx.insert::<membership::Entity>(membership::ActiveModel {
        id: Set(id),
        account_id: Set(new.account),
        office_id: Set(office),
        province_code: Set(province),
        role: Set(new.role),
        scope: Set(scope),
        valid_from: Set(from),
        valid_until: Set(new.until),
    })
    .await?;
    tx.audit(by, "membership.granted", ("membership", Some(id.0)), Some(&detail)).await?;
    Ok(id)
}

/// Takes a role back, from now on.
pub async fn withdraw(house: &House, by: By, id: MembershipId) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    withdraw_in(&tx, by, id).await?;
    tx.commit().await
}

/// Takes a role back within the caller's transaction.
pub async fn withdraw_in(tx: &PlatformTx<'_>, by: By, id: MembershipId) -> Outcome<()> {
    tx.change::<membership::Entity>()
        .col_expr(membership::Column::ValidUntil, Expr::value(tx.now()))
        .filter(membership::Column::Id.eq(id))
        .filter(membership::Column::ValidUntil.is_null().or(membership::Column::ValidUntil.gt(tx.now())))
        .exec(tx.on())
        .await?;
    let row = tx.find::<membership::Entity>().filter(membership::Column::Id.eq(id)).one(tx.on()).await?;
    let detail = row.map(
        |row| serde_json::json!({ "account": row.account_id, "office": row.office_id, "role": row.role }),
    );
    tx.audit(by, "membership.withdrawn", ("membership", Some(id.0)), detail.as_ref()).await
}

/// A scope narrows an office; above the offices there is nothing to narrow.
fn belongs(role: Role, place: &Place, scope: &Scope) -> bool {
    match place {
        Place::Office(_) => !matches!(role, Role::ProvinceAdmin | Role::PlatformAdmin),
        Place::Province(_) => role == Role::ProvinceAdmin && scope.is_whole(),
        Place::Platform => role == Role::PlatformAdmin && scope.is_whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_held_only_where_it_means_something() {
        let (office, province) = (Place::Office(OfficeId::NIL), Place::Province("36".to_owned()));
        for role in Role::ALL {
            let above = [Role::ProvinceAdmin, Role::PlatformAdmin].contains(role);
            let whole = Scope::default();
            assert_eq!(belongs(*role, &office, &whole), !above, "{role}");
            assert_eq!(belongs(*role, &province, &whole), *role == Role::ProvinceAdmin, "{role}");
            assert_eq!(belongs(*role, &Place::Platform, &whole), *role == Role::PlatformAdmin, "{role}");
        }
        let narrowed = Scope { districts: vec!["360301".to_owned()], ..Scope::default() };
        assert!(!belongs(Role::PlatformAdmin, &Place::Platform, &narrowed));
    }
}
