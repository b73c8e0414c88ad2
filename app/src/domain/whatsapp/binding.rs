//! What a number is meant for: services, units and officers, and what a message without a format falls to.
//!
//! A keyword always decides its own service, whichever number it was sent to. A binding says whom a conversation
//! concerns (see [`super::sight`]) and to which unit a request belongs that began there.

use std::collections::HashMap;

use loket_core::id::{ConversationId, NumberId, ServiceId, UnitId, UserId};
use loket_entity::{officer, service, unit, wa_number_officer, wa_number_service, wa_number_unit};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{conversations, number_rules::NumberField};
use crate::infra::{Cx, Outcome};

/// More bindings than an office has.
const MOST: u64 = 5000;

/// What a number is meant for. Nothing at all: whoever works for the whole office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bindings {
    /// The services.
    pub services: Vec<ServiceId>,
    /// The units.
    pub units: Vec<UnitId>,
    /// The officers who see it whatever their services are.
    pub officers: Vec<UserId>,
    /// The service a message without a format is taken to be about; one of `services`.
    pub default_service: Option<ServiceId>,
    /// The unit that gets what begins here; one of `units`.
    pub default_unit: Option<UnitId>,
}

impl Bindings {
    /// To services only; a single one is the default.
    pub fn to(services: Vec<ServiceId>) -> Self {
        let default_service = match services.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        Self { services, default_service, ..Self::default() }
    }

    /// The unit of a request that began on this number. One of the number's own services goes to the number's
    /// unit; another's was sent to the wrong number and goes to the unit of its service.
    pub fn unit_of(&self, service: ServiceId, unit: Option<UnitId>) -> Option<UnitId> {
        let own = self.services.is_empty() || self.services.contains(&service);
        if own { self.default_unit.or(unit) } else { unit.or(self.default_unit) }
    }

    /// What is wrong with it by itself.
    pub(super) fn misfit(&self) -> Option<(NumberField, &'static str)> {
        let of_them = |service: ServiceId| self.services.contains(&service);
        if !self.default_service.is_none_or(of_them) {
            return Some((
                NumberField::DefaultService,
                "Layanan bawaan harus salah satu layanan yang dicentang.",
            ));
        }
        if !self.default_unit.is_none_or(|unit| self.units.contains(&unit)) {
            return Some((NumberField::DefaultUnit, "Unit bawaan harus salah satu unit yang dicentang."));
        }
        None
    }

    /// Whether the office has all of it, its officers still at work.
    pub(super) async fn is_known(&self, cx: &Cx<'_>) -> Outcome<bool> {
        let tx = cx.tx();
        let (services, units, officers) =
            (distinct(&self.services), distinct(&self.units), distinct(&self.officers));
        let found = [
            (
                services.len(),
                tx.find::<service::Entity>().filter(service::Column::Id.is_in(services)).count().await?,
            ),
            (units.len(), tx.find::<unit::Entity>().filter(unit::Column::Id.is_in(units)).count().await?),
            (
                officers.len(),
                tx.find::<officer::Entity>()
                    .filter(officer::Column::Id.is_in(officers))
                    .filter(officer::Column::Active.eq(true))
                    .count()
                    .await?,
            ),
        ];
        Ok(found.iter().all(|(named, there)| *named as u64 == *there))
    }
}

fn distinct<T: Copy + Ord>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What every number of the office is meant for.
pub async fn all_bindings(cx: &Cx<'_>) -> Outcome<HashMap<NumberId, Bindings>> {
    let services = cx.tx().find::<wa_number_service::Entity>().up_to(MOST).await?;
    let units = cx.tx().find::<wa_number_unit::Entity>().up_to(MOST).await?;
    let officers = cx.tx().find::<wa_number_officer::Entity>().up_to(MOST).await?;
    let mut all: HashMap<NumberId, Bindings> = HashMap::new();
    for row in services {
        let bound = all.entry(row.number_id).or_default();
        bound.services.push(row.service_id);
        bound.default_service = bound.default_service.or(row.is_default.then_some(row.service_id));
    }
    for row in units {
        let bound = all.entry(row.number_id).or_default();
        bound.units.push(row.unit_id);
        bound.default_unit = bound.default_unit.or(row.is_default.then_some(row.unit_id));
    }
    for row in officers {
        all.entry(row.number_id).or_default().officers.push(row.officer_id);
    }
    Ok(all)
}

/// What one number is meant for.
pub async fn bindings(cx: &Cx<'_>, number: NumberId) -> Outcome<Bindings> {
    Ok(all_bindings(cx).await?.remove(&number).unwrap_or_default())
}

/// The unit of a request for a service that began in a conversation.
pub async fn unit_in(
    cx: &Cx<'_>,
    conversation: ConversationId,
    (service, unit): (ServiceId, Option<UnitId>),
) -> Outcome<Option<UnitId>> {
    match conversations::by_id(cx, conversation).await? {
        Some(row) => Ok(bindings(cx, row.number_id).await?.unit_of(service, unit)),
        None => Ok(unit),
    }
}

/// Says what a number is meant for, in place of what was said before.
pub async fn bind(cx: &mut Cx<'_>, number: NumberId, bound: &Bindings) -> Outcome<()> {
    cx.tx().delete::<wa_number_service::Entity>(wa_number_service::Column::NumberId.eq(number)).await?;
    cx.tx().delete::<wa_number_unit::Entity>(wa_number_unit::Column::NumberId.eq(number)).await?;
    cx.tx().delete::<wa_number_officer::Entity>(wa_number_officer::Column::NumberId.eq(number)).await?;
    let services = distinct(&bound.services).into_iter().map(|id| wa_number_service::ActiveModel {
        id: Set(cx.new_id()),
        number_id: Set(number),
        service_id: Set(id),
        is_default: Set(bound.default_service == Some(id)),
        ..Default::default()
    });
    cx.tx().insert_all::<wa_number_service::Entity>(services.collect()).await?;
    let units = distinct(&bound.units).into_iter().map(|id| wa_number_unit::ActiveModel {
        id: Set(cx.new_id()),
        number_id: Set(number),
        unit_id: Set(id),
        is_default: Set(bound.default_unit == Some(id)),
        ..Default::default()
    });
    cx.tx().insert_all::<wa_number_unit::Entity>(units.collect()).await?;
    let officers = distinct(&bound.officers).into_iter().map(|id| wa_number_officer::ActiveModel {
        id: Set(cx.new_id()),
        number_id: Set(number),
        officer_id: Set(id),
        ..Default::default()
    });
    cx.tx().insert_all::<wa_number_officer::Entity>(officers.collect()).await?;
    cx.audit("number.bound", ("number", Some(number.0)))
}

/// Somebody who left sees no number by name any more; says of how many that was so.
pub async fn unbind_officer(cx: &Cx<'_>, officer: UserId) -> Outcome<u64> {
    cx.tx().delete::<wa_number_officer::Entity>(wa_number_officer::Column::OfficerId.eq(officer)).await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_number_gives_its_unit_to_its_own_services_and_leaves_the_others_theirs() {
        let service = |n| ServiceId(Uuid::from_u128(n));
        let unit = |n| Some(UnitId(Uuid::from_u128(n)));
        let bound = |services: &[u128], default_unit| Bindings {
            services: services.iter().map(|n| service(*n)).collect(),
            default_unit,
            ..Bindings::default()
        };
        for (bound, of_service, expected) in [
            (bound(&[1], unit(7)), unit(3), unit(7)),
            (bound(&[2], unit(7)), unit(3), unit(3)),
            (bound(&[2], unit(7)), None, unit(7)),
            (bound(&[], unit(7)), unit(3), unit(7)),
            (bound(&[1], None), unit(3), unit(3)),
            (bound(&[], None), None, None),
        ] {
            assert_eq!(bound.unit_of(service(1), of_service), expected, "{bound:?}");
        }
    }

    #[test]
    fn a_default_is_one_of_what_the_number_is_bound_to() {
        let id = Uuid::from_u128(1);
        let mut bound = Bindings::to(vec![ServiceId(id)]);
        assert_eq!((bound.default_service, bound.misfit()), (Some(ServiceId(id)), None));
        bound.services.clear();
        assert_eq!(bound.misfit().map(|(field, _)| field), Some(NumberField::DefaultService));
        let bound = Bindings { default_unit: Some(UnitId(id)), ..Bindings::default() };
        assert_eq!(bound.misfit().map(|(field, _)| field), Some(NumberField::DefaultUnit));
    }
}
