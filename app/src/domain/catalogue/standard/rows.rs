//! The rows that everything else reads, written from the standard that is current.
//!
//! What keeps its code keeps its row: requests, figures and format lines go on naming it. A variant that is no longer
//! offered is retired, because requests refer to it; a paper's row goes, because a request keeps papers of its own.

use std::collections::HashSet;

use loket_core::{
    id::{RequirementId, ServiceId, VariantId},
    standard::{Paper, Standard, Variant},
};
use loket_entity::{requirement, service, variant};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};
use serde::Serialize;

use super::super::store;
use crate::infra::{Cx, Fault, Outcome};

/// Writes a standard into the rows of its service. The first one opens the service.
pub(super) async fn write(cx: &Cx<'_>, id: ServiceId, standard: &Standard) -> Outcome<()> {
    let rows = store::variants_of(cx, id).await?;
    let mut change = cx
        .tx()
        .change::<service::Entity>(service::Column::Id.eq(id))
        .set(service::Column::Name, standard.name.trim().to_owned())
        .set(service::Column::Output, standard.output.trim().to_owned())
        .set(service::Column::Delivery, standard.delivery)
        .set(service::Column::Times, written(&standard.times)?)
        .set(service::Column::UnitId, standard.unit.map(|unit| unit.0))
        .set(service::Column::FreeOfCharge, standard.fee.is_free());
    if rows.is_empty() {
        change = change.set(service::Column::Active, true);
    }
    change.run_one().await?;
    for (position, one) in (0_i64..).zip(&standard.variants) {
        let variant = match rows.iter().find(|row| row.code == one.code) {
            Some(row) => keep(cx, row, (one, position)).await?,
            None => add(cx, id, (one, position)).await?,
        };
        write_papers(cx, variant, &one.papers).await?;
    }
    let kept: HashSet<&str> = standard.variants.iter().map(|one| one.code.as_str()).collect();
    for gone in rows.iter().filter(|row| !row.retired && !kept.contains(row.code.as_str())) {
        let row = variant::Column::Id.eq(gone.id);
        cx.tx().change::<variant::Entity>(row).set(variant::Column::Retired, true).run_one().await?;
    }
    Ok(())
}

fn written<T: Serialize>(list: &[T]) -> Outcome<serde_json::Value> {
    serde_json::to_value(list).map_err(|_| Fault::Inconsistent("a standard"))
}

async fn keep(cx: &Cx<'_>, row: &variant::Model, (one, position): (&Variant, i64)) -> Outcome<VariantId> {
    cx.tx()
        .change::<variant::Entity>(variant::Column::Id.eq(row.id))
        .set(variant::Column::Name, one.name.trim().to_owned())
        .set(variant::Column::Position, position)
        .set(variant::Column::Retired, false)
        .run_one()
        .await?;
    Ok(row.id)
}

async fn add(cx: &Cx<'_>, service: ServiceId, (one, position): (&Variant, i64)) -> Outcome<VariantId> {
    let id: VariantId = cx.new_id();
    let row = variant::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        service_id: Set(service),
        code: Set(one.code.clone()),
        name: Set(one.name.trim().to_owned()),
        position: Set(position),
        retired: Set(false),
    };
    cx.tx().insert::<variant::Entity>(row).await?;
    Ok(id)
}

async fn write_papers(cx: &Cx<'_>, variant: VariantId, papers: &[Paper]) -> Outcome<()> {
    use requirement::{Column, Entity};
    let rows = store::papers_of(cx, variant).await?;
    let mut new = Vec::new();
    for (position, paper) in (0_i64..).zip(papers) {
        let name = paper.name.trim().to_owned();
        let reasons = written(&paper.reasons)?;
        match rows.iter().find(|row| row.code == paper.code) {
            Some(row)
                if (&row.name, row.required, row.position) == (&name, paper.required, position)
                    && row.reasons.as_ref() == Some(&reasons) => {}
            Some(row) => {
                cx.tx()
                    .change::<Entity>(Column::Id.eq(row.id))
                    .set(Column::Name, name)
                    .set(Column::Required, paper.required)
                    .set(Column::Reasons, reasons)
                    .set(Column::Position, position)
                    .run_one()
                    .await?;
            }
            None => new.push(requirement::ActiveModel {
                tenant_id: Set(cx.office()),
                id: Set(cx.new_id::<RequirementId>()),
                variant_id: Set(variant),
                code: Set(paper.code.clone()),
                name: Set(name),
                required: Set(paper.required),
                reasons: Set(Some(reasons)),
                position: Set(position),
            }),
        }
    }
    cx.tx().insert_all::<Entity>(new).await?;
    let kept: Vec<String> = papers.iter().map(|paper| paper.code.clone()).collect();
    let gone = Condition::all().add(Column::VariantId.eq(variant)).add(Column::Code.is_not_in(kept));
    cx.tx().delete::<Entity>(gone).await?;
    Ok(())
}
