//! Giving an office its services and formats.

use loket_core::{
    format::FormatDefinition,
    id::{FormatId, RequirementId, ServiceId, UnitId, VariantId},
};
use loket_entity::{format, requirement, service, variant};
use sea_orm::ActiveValue::Set;

use super::shipped::{ServiceTemplate, VariantTemplate};
use crate::infra::{Cx, Fault, Outcome};

/// Adds a service with its variants and papers; gives its id.
pub async fn add_service(
    cx: &mut Cx<'_>,
    template: &ServiceTemplate,
    unit: Option<UnitId>,
    position: i64,
) -> Outcome<ServiceId> {
    let id: ServiceId = cx.new_id();
    cx.tx()
        .insert::<service::Entity>(service::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(id),
            code: Set(template.code.clone()),
            name: Set(template.name.clone()),
            output: Set(template.output.clone()),
            delivery: Set(template.delivery),
            unit_id: Set(unit),
            free_of_charge: Set(template.free),
            position: Set(position),
            active: Set(true),
        })
        .await?;
    for (at, variant) in (0_i64..).zip(&template.variants) {
        add_variant(cx, id, variant, at).await?;
    }
    cx.audit("service.added", ("service", Some(id.0)))?;
    Ok(id)
}

async fn add_variant(
    cx: &Cx<'_>,
    service: ServiceId,
    template: &VariantTemplate,
    position: i64,
) -> Outcome<()> {
    let id: VariantId = cx.new_id();
    cx.tx()
        .insert::<variant::Entity>(variant::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(id),
            service_id: Set(service),
            code: Set(template.code.clone()),
            name: Set(template.name.clone()),
            position: Set(position),
        })
        .await?;
    let papers = (0_i64..)
        .zip(&template.papers)
        .map(|(position, paper)| requirement::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(cx.new_id::<RequirementId>()),
            variant_id: Set(id),
            code: Set(paper.code.clone()),
            name: Set(paper.name.clone()),
            required: Set(paper.required),
            position: Set(position),
        })
        .collect();
    cx.tx().insert_all::<requirement::Entity>(papers).await
}

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
