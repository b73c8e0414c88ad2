//! Leaving an office: every role there ends, and the work goes to a colleague or back to everybody.

use loket_core::{
    id::{OfficeId, UserId},
    permission::Permission,
    staffing::Change,
};

use super::{
    change_role::is_admin,
    delegate,
    error::PeopleError,
    settle::{self, Settlement},
    store,
};
use crate::{
    domain::{
        accounts::{end_all, standing_in, withdraw_in},
        requests,
        tenancy::Office,
        whatsapp,
    },
    infra::{Actor, By, Cx, House, Outcome, PlatformTx},
};

/// How much somebody has in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Requests that are not ended.
    pub requests: u64,
    /// Conversations they are answering.
    pub conversations: u64,
}

/// Counts what somebody has in hand in the office of the operation.
pub async fn work_of(cx: &Cx<'_>, person: UserId) -> Outcome<Work> {
    let requests = requests::in_hands_of(cx, person).await?;
    Ok(Work { requests, conversations: whatsapp::in_hands_of(cx, person).await? })
}

/// Ends every role that somebody holds in the office; `hand_to` gets their work as far as it may have it, and
/// the rest goes back to the queue. Whoever belongs nowhere else is signed out.
pub async fn leave(
    house: &House,
    office: &Office,
    actor: &Actor,
    (person, hand_to): (UserId, Option<UserId>),
) -> Result<(), PeopleError> {
    let by = store::admin(actor)?;
    let mut tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let rows = store::memberships(&tx, office.id, &[person]).await?;
    if rows.is_empty() {
        return Err(PeopleError::NotFound);
    }
    if let Some(colleague) = hand_to {
        check_colleague(&tx, office.id, (person, colleague)).await?;
    }
    let change = Change {
        own: person == by,
        leaves: true,
        admin_before: rows.iter().any(is_admin),
        admin_after: false,
        other_admins: store::other_admins(&tx, office.id, person).await?,
    };
    change.check()?;
    for row in &rows {
        withdraw_in(&tx, By::Account(by), row.id).await?;
    }
    if !belongs_elsewhere(&tx, office.id, person).await? {
        end_all(&tx, person, None).await?;
    }
    delegate::end_all(&tx, (office.id, person), by).await?;
    settle::queue(&mut tx, &Settlement { hand_to, ..Settlement::of(office.id, person, by) }).await?;
    let detail = serde_json::json!({ "office": office.id, "hand_to": hand_to });
    tx.audit(By::Account(by), "person.left", ("account", Some(person.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}

/// A colleague who may handle requests.
async fn check_colleague(
    tx: &PlatformTx<'_>,
    office: OfficeId,
    (person, colleague): (UserId, UserId),
) -> Result<(), PeopleError> {
    let standing = standing_in(tx, colleague, office).await?;
    if colleague != person && standing.is_some_and(|standing| standing.may(Permission::HandleRequests)) {
        Ok(())
    } else {
        Err(PeopleError::invalid("Pilih rekan yang menangani permohonan di kantor ini."))
    }
}

async fn belongs_elsewhere(tx: &PlatformTx<'_>, office: OfficeId, person: UserId) -> Outcome<bool> {
    use loket_entity::membership;
    use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter};
    let elsewhere = Condition::any()
        .add(membership::Column::OfficeId.is_null())
        .add(membership::Column::OfficeId.ne(office));
    let rows = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(person))
        .filter(elsewhere)
        .filter(store::standing(tx));
    Ok(rows.count(tx.on()).await? > 0)
}
