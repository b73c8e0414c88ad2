//! What every office begins with: a unit of counters, the shipped services of its kind, and a few ready answers. Its
//! admin changes them.

use std::sync::Arc;

use loket_core::{
    id::{OfficeId, UserId},
    kinds::{OfficeKind, UnitKind},
    permission::{Grant, Scope, Standing},
    standard::ServiceGroup,
};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        catalogue, quick_replies,
        tenancy::{self, NewUnit},
    },
    infra::{Actor, Cx, Fault, House, Outcome, PlatformTx},
};

/// The kind of its job.
pub const PREPARE: &str = "office.prepare";

/// Which office, and who entered it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Preparation {
    /// The office.
    pub office: OfficeId,
    /// Who entered it.
    pub by: UserId,
}

/// Gives an office what it begins with. One that has a unit has begun.
pub async fn prepare(house: &House, preparation: Preparation) -> Outcome<()> {
    let Preparation { office, by } = preparation;
    let kind = {
        let tx = PlatformTx::read(house).await?;
        tenancy::office_by_id(&tx, office).await?.ok_or(Fault::Inconsistent("a new office"))?.kind
    };
    // Whoever entered the office signs for what it begins with, and holds nothing in it afterwards.
    let grants = vec![Grant { role: loket_core::kinds::Role::OfficeAdmin, scope: Scope::default() }];
    let actor = Actor::Officer(Arc::new(Standing { user: by, grants }));
    let mut cx = Cx::write(house, office, actor).await?;
    if !tenancy::units(&cx).await?.is_empty() {
        return Ok(());
    }
    let unit = NewUnit { name: "Loket kantor".to_owned(), kind: UnitKind::Counter, district_code: None };
    let unit = tenancy::add_unit(&mut cx, unit).await.map_err(|_| Fault::Inconsistent("a first unit"))?;
    let of_kind = |group: ServiceGroup| (group == ServiceGroup::District) == (kind == OfficeKind::Kecamatan);
    let first = catalogue::shipped()?.iter().filter(|one| one.starter && of_kind(one.standard.group));
    for (position, service) in (0_i64..).zip(first) {
        catalogue::add_service(&mut cx, service, Some(unit), position).await?;
    }
    let replies = quick_replies::add_defaults(&mut cx, kind).await;
    replies.map_err(|_| Fault::Inconsistent("a first answer"))?;
    cx.commit().await
}
