//! Which conversations a person may see or answer: those on numbers meant for a service within reach.
//!
//! One answer gives both the condition of lists and the check of a row, so that they cannot disagree.

use loket_core::{
    id::{ConversationId, NumberId},
    permission::{Permission, Reach, Whereabouts},
};
use loket_entity::{conversation, service, wa_number_service};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use super::{conversations, error::ConversationError};
use crate::infra::{Cx, Outcome};

const MOST_SERVICES: u64 = 500;
const MOST_BINDINGS: u64 = 5000;

/// The numbers within reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Every number of the office.
    Everything,
    /// These only.
    Numbers(Vec<NumberId>),
}

impl Sight {
    /// How far a permission reaches over numbers. A number that is meant for no service in particular is
    /// within reach of those who hold the permission for the whole office only.
    pub async fn of(cx: &Cx<'_>, permission: Permission) -> Outcome<Self> {
        Self::reaching(cx, cx.reach(permission)).await
    }

    /// The numbers that a reach covers, whoever holds it.
    pub(super) async fn reaching(cx: &Cx<'_>, reach: Reach) -> Outcome<Self> {
        match reach {
            Reach::Everything => return Ok(Self::Everything),
            Reach::Nothing => return Ok(Self::Numbers(Vec::new())),
            Reach::Parts(_) => {}
        }
        let services = cx.tx().find::<service::Entity>().up_to(MOST_SERVICES).await?;
        let bound = cx.tx().find::<wa_number_service::Entity>().up_to(MOST_BINDINGS).await?;
        let unit = |row: &wa_number_service::Model| {
            services.iter().find(|one| one.id == row.service_id).and_then(|one| one.unit_id)
        };
        let mut numbers: Vec<NumberId> = bound
            .iter()
            .filter(|row| {
                let place = Whereabouts { service: Some(row.service_id), unit: unit(row), district: None };
                reach.covers(place)
            })
            .map(|row| row.number_id)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(Self::Numbers(numbers))
    }

    /// The condition for rows that name a number.
    pub(super) fn condition(&self, number: impl ColumnTrait) -> Condition {
        match self {
            Self::Everything => Condition::all(),
            Self::Numbers(ids) => Condition::all().add(number.is_in(ids.iter().copied())),
        }
    }

    /// The check of one row.
    pub fn covers(&self, number: NumberId) -> bool {
        match self {
            Self::Everything => true,
            Self::Numbers(ids) => ids.contains(&number),
        }
    }
}

#[derive(FromQueryResult)]
struct OnNumber {
    id: ConversationId,
    number_id: NumberId,
}

/// On which number each of some conversations is held.
pub async fn numbers_of(cx: &Cx<'_>, ids: Vec<ConversationId>) -> Outcome<Vec<(ConversationId, NumberId)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let most = ids.len() as u64;
    let columns = [conversation::Column::Id, conversation::Column::NumberId];
    let these = conversation::Column::Id.is_in(ids);
    let rows =
        cx.tx().find::<conversation::Entity>().filter(these).columns::<OnNumber>(columns, most).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number_id)).collect())
}

/// Loads a conversation that a permission reaches. One out of sight does not exist.
pub(super) async fn load(
    cx: &Cx<'_>,
    id: ConversationId,
    permission: Permission,
) -> Result<conversation::Model, ConversationError> {
    let row = conversations::by_id(cx, id).await?.ok_or(ConversationError::NotFound)?;
    if !Sight::of(cx, Permission::ReadRequests).await?.covers(row.number_id) {
        return Err(ConversationError::NotFound);
    }
    if Sight::of(cx, permission).await?.covers(row.number_id) {
        Ok(row)
    } else {
        Err(ConversationError::NotAllowed)
    }
}
