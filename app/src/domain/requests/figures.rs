//! How the open requests lie over the services, for whoever may see figures.

use loket_core::request::RequestState;
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::store;
use crate::{
    domain::catalogue,
    infra::{Cx, Outcome},
};

/// The open requests of one service by state.
#[derive(Debug, Clone)]
pub struct ServiceFigures {
    /// The service.
    pub name: String,
    /// Requests by state, open ones only.
    pub open: Vec<(RequestState, u64)>,
}

/// Every service with its open requests: one query for each.
pub async fn by_service(cx: &Cx<'_>) -> Outcome<Vec<ServiceFigures>> {
    let catalogue = catalogue::load(cx).await?;
    let mut figures = Vec::with_capacity(catalogue.services.len());
    for service in catalogue.services {
        let open = cx
            .tx()
            .find::<request::Entity>()
            .filter(request::Column::ServiceId.eq(service.id))
            .filter(request::Column::State.is_in(store::OPEN))
            .tally(request::Column::State)
            .await?;
        let open = open
            .into_iter()
            .filter_map(|(word, count)| Some((word.parse().ok()?, u64::try_from(count).unwrap_or(0))))
            .collect();
        figures.push(ServiceFigures { name: service.name, open });
    }
    Ok(figures)
}
