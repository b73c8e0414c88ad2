//! Where requests belong, and nothing else of them: for who must know whom they concern.

use loket_core::{
    id::{RequestId, ServiceId, UnitId},
    permission::Whereabouts,
};
use loket_entity::request;
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::infra::{Cx, Outcome};

/// A request and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Placed {
    /// The request.
    pub id: RequestId,
    service_id: ServiceId,
    unit_id: Option<UnitId>,
    district_code: Option<String>,
}

impl Placed {
    /// What a reach is asked about.
    pub fn whereabouts(&self) -> Whereabouts<'_> {
        Whereabouts {
            service: Some(self.service_id),
            unit: self.unit_id,
            district: self.district_code.as_deref(),
        }
    }

    /// A request of a service, for tests.
    #[cfg(test)]
    pub(crate) fn of_service(id: RequestId, service_id: ServiceId) -> Self {
        Self { id, service_id, unit_id: None, district_code: None }
    }
}

/// Where each of some requests belongs.
pub async fn placed(cx: &Cx<'_>, ids: Vec<RequestId>) -> Outcome<Vec<Placed>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let most = ids.len() as u64;
    let columns = [
        request::Column::Id,
        request::Column::ServiceId,
        request::Column::UnitId,
        request::Column::DistrictCode,
    ];
    let these = request::Column::Id.is_in(ids);
    cx.tx().find::<request::Entity>().filter(these).columns::<Placed>(columns, most).await
}
