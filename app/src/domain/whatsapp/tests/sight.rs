//! Who sees which conversation: those of their own services' numbers, and nobody else's exist.

use std::sync::Arc;

use loket_core::{
    id::{ServiceId, UserId},
    kinds::{OutputDelivery, Role},
    permission::{Grant, Scope, Standing},
};
use loket_entity::service;
use sea_orm::ActiveValue::Set;

use super::*;
use crate::domain::tenancy::{OfficerRow, add_officer};

async fn service(cx: &Cx<'_>, code: &str) -> ServiceId {
    let id: ServiceId = cx.new_id();
    let row = service::ActiveModel {
        id: Set(id),
        code: Set(code.to_owned()),
        name: Set(code.to_owned()),
        output: Set(code.to_owned()),
        delivery: Set(OutputDelivery::Pickup),
        unit_id: Set(None),
        free_of_charge: Set(true),
        position: Set(1),
        active: Set(true),
        ..Default::default()
    };
    cx.tx().insert::<service::Entity>(row).await.unwrap();
    id
}

fn standing(user: UserId, role: Role, services: Vec<ServiceId>) -> Actor {
    let scope = Scope { services, ..Scope::default() };
    Actor::Officer(Arc::new(Standing { user, grants: vec![Grant { role, scope }] }))
}

#[tokio::test]
async fn an_operator_sees_and_takes_the_conversations_of_their_own_services_only() {
    let world = World::open().await;
    world.hears(&siti_writes(&world, "wamid.1", "Halo")).await;
    let conversation = world.conversation().await;
    let mut cx = world.write().await;
    let (ktp, kia) = (service(&cx, "KTP").await, service(&cx, "KIA").await);
    let number = numbers::numbers(&cx).await.unwrap().remove(0).id;
    bind(&mut cx, number, &Bindings::to(vec![ktp])).await.unwrap();
    let user: UserId = cx.new_id();
    let row = OfficerRow { user, name: "Dewi".to_owned(), title: "Operator".to_owned(), unit: None };
    add_officer(&mut cx, row).await.unwrap();
    cx.commit().await.unwrap();
    let table = [
        (standing(user, Role::Operator, vec![ktp]), true, true),
        (standing(user, Role::Operator, vec![]), true, true),
        (standing(user, Role::Head, vec![]), true, false),
        (standing(user, Role::Operator, vec![kia]), false, false),
        (standing(user, Role::ComplaintOfficer, vec![]), false, false),
    ];
    for (actor, sees, takes) in table {
        let mut cx = Cx::write(world.house(), world.office, actor.clone()).await.unwrap();
        let listed = conversations(&cx, ConversationFilter::Unanswered, 0).await.unwrap().0.len();
        assert_eq!((listed > 0, unanswered_count(&cx).await.unwrap() > 0), (sees, sees), "{actor:?}");
        assert_eq!(thread(&cx, conversation, None, 5).await.is_ok(), sees);
        let claimed = claim(&mut cx, conversation).await;
        assert_eq!(claimed.is_ok(), takes);
        let hidden = matches!(claimed, Err(ConversationError::NotFound));
        assert_eq!(hidden, !sees, "what is out of sight does not exist");
    }
}
