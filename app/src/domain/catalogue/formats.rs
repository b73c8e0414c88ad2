//! Giving a service its format line.

use loket_core::{
    format::FormatDefinition,
    id::{FormatId, ServiceId},
};
use loket_entity::format;
use sea_orm::ActiveValue::Set;

use crate::infra::{Cx, Fault, Outcome};

/// Publishes the first version of a format line for a service.
pub async fn publish_format(
    cx: &mut Cx<'_>,
    service: ServiceId,
    definition: &FormatDefinition,
) -> Outcome<FormatId> {
    let id: FormatId = cx.new_id();
    let json = serde_json::to_value(definition).map_err(|_| Fault::Inconsistent("format definition"))?;
    cx.tx()
        .insert::<format::Entity>(format::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(id),
            service_id: Set(service),
            keyword: Set(definition.keyword.to_uppercase()),
            version: Set(1),
            definition: Set(json),
            valid_from: Set(cx.now()),
            valid_until: Set(None),
        })
        .await?;
    cx.audit("format.published", ("format", Some(id.0)))?;
    Ok(id)
}
