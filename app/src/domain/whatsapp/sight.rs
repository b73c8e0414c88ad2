//! Which conversations a person may see or answer: those on numbers meant for a service or a unit within reach, or
//! for themself.
//!
//! One answer gives both the condition of lists and the check of a row, so that they cannot disagree.

use loket_core::{
    id::{ConversationId, NumberId, ServiceId, UnitId, UserId},
    permission::{Permission, Reach, Whereabouts},
};
use loket_entity::{conversation, service, unit};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use super::{
    binding::{self, Bindings},
    conversations,
    error::ConversationError,
};
use crate::infra::{Cx, Outcome};

const MOST_SERVICES: u64 = 500;
const MOST_UNITS: u64 = 2000;

/// The numbers within reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Every number of the office.
    Everything,
    /// These only.
    Numbers(Vec<NumberId>),
}

impl Sight {
    /// How far a permission reaches over numbers. A number that is meant for nobody in particular is within reach
    /// of those who hold the permission for the whole office only.
    pub async fn of(cx: &Cx<'_>, permission: Permission) -> Outcome<Self> {
        Self::reaching(cx, (cx.officer(), cx.reach(permission))).await
    }

    /// The numbers that a reach covers, whoever holds it: by service, by unit, or because they are meant for this
    /// very person.
    pub(super) async fn reaching(cx: &Cx<'_>, (person, reach): (Option<UserId>, Reach)) -> Outcome<Self> {
        match reach {
            Reach::Everything => return Ok(Self::Everything),
            Reach::Nothing => return Ok(Self::Numbers(Vec::new())),
            Reach::Parts(_) => {}
        }
        let places = Places {
            services: cx.tx().find::<service::Entity>().up_to(MOST_SERVICES).await?,
            units: cx.tx().find::<unit::Entity>().up_to(MOST_UNITS).await?,
        };
        let named = |bound: &Bindings| person.is_some_and(|person| bound.officers.contains(&person));
        let mut numbers: Vec<NumberId> = binding::all_bindings(cx)
            .await?
            .into_iter()
            .filter(|(_, bound)| named(bound) || places.of(bound).iter().any(|place| reach.covers(*place)))
            .map(|(number, _)| number)
            .collect();
        numbers.sort_unstable();
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

/// The services and units of an office, to tell where a binding lies.
struct Places {
    services: Vec<service::Model>,
    units: Vec<unit::Model>,
}

impl Places {
    /// Where the conversations of a number may lie: each service with each unit, or with its own unit where the
    /// number names none. A unit that serves a kecamatan lies there.
    fn of(&self, bound: &Bindings) -> Vec<Whereabouts<'_>> {
        let services: Vec<Option<ServiceId>> = match bound.services.as_slice() {
            [] => vec![None],
            some => some.iter().copied().map(Some).collect(),
        };
        let mut places = Vec::new();
        for service in services {
            let own = self.services.iter().find(|one| Some(one.id) == service).and_then(|one| one.unit_id);
            let units: Vec<Option<UnitId>> = match bound.units.as_slice() {
                [] => vec![own],
                some => some.iter().copied().map(Some).collect(),
            };
            for unit in units {
                let row = self.units.iter().find(|one| Some(one.id) == unit);
                let district =
                    row.filter(|_| !bound.units.is_empty()).and_then(|one| one.district_code.as_deref());
                places.push(Whereabouts { service, unit, district });
            }
        }
        places
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
