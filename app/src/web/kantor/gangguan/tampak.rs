//! An entry as it is printed: in a list, on its own page and in a month.

use std::collections::HashMap;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{ServiceId, UnitId},
    outage::Approval,
    permission::Scope,
    zone::{OfficeZone, duration},
};

use crate::{
    domain::{catalogue, outages::OutageView, tenancy},
    infra::{Cx, Outcome},
    web::parts::{Tag, When},
};

/// The names of what an outage touches.
pub(super) struct Names {
    services: HashMap<ServiceId, String>,
    units: HashMap<UnitId, String>,
}

impl Names {
    /// Reads them.
    pub(super) async fn of(cx: &Cx<'_>) -> Outcome<Self> {
        let services =
            catalogue::load(cx).await?.services.iter().map(|one| (one.id, one.name.clone())).collect();
        let units = tenancy::units(cx).await?.into_iter().map(|one| (one.id, one.name)).collect();
        Ok(Self { services, units })
    }

    /// `Semua layanan`, or `KTP-el, KIA · Kecamatan Balaraja`.
    pub(super) fn scope(&self, scope: &Scope) -> String {
        let names = |all: Vec<&String>| all.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let services = names(scope.services.iter().filter_map(|id| self.services.get(id)).collect());
        let units = names(scope.units.iter().filter_map(|id| self.units.get(id)).collect());
        let services = if scope.services.is_empty() { "Semua layanan".to_owned() } else { services };
        if scope.units.is_empty() { services } else { format!("{services} · {units}") }
    }
}

/// An entry of a list.
pub(super) struct Shown {
    pub href: String,
    pub system: &'static str,
    pub scope: String,
    pub from: String,
    pub until: String,
    pub lasted: String,
    pub provider: &'static str,
    pub tags: Vec<Tag>,
}

impl Shown {
    /// An entry as it stands now.
    pub(super) fn of(
        one: &OutageView,
        (names, href): (&Names, String),
        (zone, now): (OfficeZone, Instant),
    ) -> Self {
        let at = |at: Instant| When::plain(at, now, zone).text;
        Self {
            href,
            system: one.kind.label(),
            scope: names.scope(&one.scope),
            from: at(one.times.from),
            until: one.times.until.map_or_else(|| "berlangsung".to_owned(), at),
            lasted: lasted(one, now),
            provider: one.provider.label(),
            tags: tags(one),
        }
    }
}

/// How long it lasted, or lasts.
pub(super) fn lasted(one: &OutageView, now: Instant) -> String {
    duration((one.times.until.unwrap_or(now) - one.times.from).max(TimeDelta::zero()))
}

/// Where it stands: whether it lasts, whether it was entered afterwards, what somebody else said of it.
pub(super) fn tags(one: &OutageView) -> Vec<Tag> {
    let times = &one.times;
    let state = if times.is_open() { Tag::new("berlangsung", "warn") } else { Tag::new("pulih", "ok") };
    let around = times.around.is_some() && times.is_open();
    let said = match times.approval {
        Approval::Approved if ended_since(one) => Tag::new("disetujui sebelum pulih", "warn"),
        said => Tag::new(
            said.label(),
            match said {
                Approval::Waiting => "warn",
                Approval::Approved => "ok",
                Approval::Refused => "bad",
            },
        ),
    };
    let late = times.is_late().then(|| Tag::new("dicatat belakangan", "quiet"));
    let around = around.then(|| Tag::new("jalur cadangan", "info"));
    [Some(state), around, late, Some(said)].into_iter().flatten().collect()
}

/// Whether it was said to be over after somebody else had approved it: nobody has looked at its end.
fn ended_since(one: &OutageView) -> bool {
    one.times.until.zip(one.decided_at).is_some_and(|(until, decided)| until > decided)
}
