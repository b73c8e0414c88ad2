//! The first administrator of a new office, invited from above: there is nobody inside yet who could. As soon as
//! the office has one, nobody above it invites any more.

use loket_core::{
    id::{InvitationId, OfficeId, UserId},
    kinds::{InvitationOutcome, Role},
    permission::Scope,
    text::{Email, PersonName},
};
use loket_entity::{invitation, office};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{
    error::PeopleError,
    invite::{self, NewInvitation},
    store,
    wish::Wish,
};
use crate::{
    domain::{accounts::oversees, tenancy::Office},
    infra::{By, Fault, Outcome, PlatformTx},
};

/// Somebody who was asked to be an office's first administrator.
#[derive(Debug, Clone)]
pub struct FirstAdmin {
    /// The office.
    pub office: OfficeId,
    /// What the board shows of the invitation.
    pub invitation: super::InvitationRow,
}

/// Writes to whoever is to administer a new office first; what was written before opens nothing any more. Only for
/// somebody who oversees the office's province, and while nobody administers the office.
pub async fn invite_first_admin(
    tx: &mut PlatformTx<'_>,
    office: &Office,
    by: UserId,
    (email, name): (Email, PersonName),
) -> Result<InvitationId, PeopleError> {
    if !oversees(tx, by, &office.province_code).await? {
        return Err(PeopleError::NotFound);
    }
    store::hold(tx, office.id).await?;
    if has_admin(tx, office.id).await? {
        return Err(PeopleError::invalid(
            "Kantor ini sudah punya admin. Admin itulah yang mengundang petugas.",
        ));
    }
    tx.change::<invitation::Entity>()
        .col_expr(invitation::Column::Outcome, Expr::value(InvitationOutcome::Withdrawn.word()))
        .col_expr(invitation::Column::ClosedAt, Expr::value(tx.now()))
        .filter(invitation::Column::OfficeId.eq(office.id))
        .filter(invitation::Column::ClosedAt.is_null())
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    let wish = Wish { role: Role::OfficeAdmin, scope: Scope::default() };
    let new = NewInvitation { email, name, title: "Admin kantor".to_owned(), wish };
    let id = invite::insert(tx, (office, by), &new).await?;
    let detail = serde_json::json!({ "office": office.id, "role": new.wish.role });
    tx.audit(By::Account(by), "invitation.sent", ("invitation", Some(id.0)), Some(&detail)).await?;
    Ok(id)
}

/// Whether an invitation from above still stands: its writer still oversees the province, and nobody administers the
/// office yet.
pub(super) async fn may_still_invite(tx: &PlatformTx<'_>, row: &invitation::Model) -> Outcome<bool> {
    if row.role != Role::OfficeAdmin || has_admin(tx, row.office_id).await? {
        return Ok(false);
    }
    let office = tx.find::<office::Entity>().filter(office::Column::Id.eq(row.office_id));
    match office.one(tx.on()).await? {
        Some(office) => oversees(tx, row.invited_by, &office.province_code).await,
        None => Ok(false),
    }
}

async fn has_admin(tx: &PlatformTx<'_>, office: OfficeId) -> Outcome<bool> {
    Ok(store::other_admins(tx, office, UserId::NIL).await? > 0)
}

/// The open invitations of administrators in some offices, newest first.
pub async fn first_admins(tx: &PlatformTx<'_>, offices: &[OfficeId]) -> Outcome<Vec<FirstAdmin>> {
    let rows = tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::OfficeId.is_in(offices.iter().copied()))
        .filter(invitation::Column::Role.eq(Role::OfficeAdmin))
        .filter(invitation::Column::ClosedAt.is_null())
        .order_by_desc(invitation::Column::InvitedAt)
        .limit(store::MOST_MEMBERSHIPS)
        .all(tx.on())
        .await?;
    let one = |row: invitation::Model| FirstAdmin { office: row.office_id, invitation: row.into() };
    Ok(rows.into_iter().map(one).collect())
}
