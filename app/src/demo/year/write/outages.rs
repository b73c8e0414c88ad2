//! What went wrong in the year, as its ledger of outages tells it: entered by the supervisor, approved by the head.

use chrono::TimeDelta;
use loket_core::{
    id::UserId,
    kinds::Role,
    outage::{Approval, OutageKind, OutageStep, Provider},
    permission::Scope,
};
use loket_entity::{outage, outage_event};
use sea_orm::ActiveValue::Set;

use super::{
    ids::{self, Table},
    ledger::Ledger,
};
use crate::{
    demo::{
        setup::{Trouble, trouble},
        year::profile::{self, Incident},
    },
    infra::{Actor, Cx, House, SystemReason, seal::Column},
};

const NOTE: Column = Column::new("outage", "note");

/// What an incident is called in the ledger.
pub(super) fn kind(what: profile::Trouble) -> (OutageKind, Provider, &'static str) {
    match what {
        profile::Trouble::Closed => (OutageKind::Power, Provider::Pln, "Listrik padam di seluruh kantor."),
        profile::Trouble::Siak => {
            (OutageKind::Siak, Provider::Directorate, "SIAK Terpusat tidak dapat dibuka.")
        }
        profile::Trouble::NoCards => (OutageKind::Other, Provider::Directorate, "Blangko KTP-el habis."),
    }
}

/// Writes them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    let (entered_by, decided_by) = (ledger.of_role(Role::Supervisor)?, ledger.of_role(Role::Head)?);
    let actor = Actor::System(SystemReason::Seed);
    let mut cx = Cx::write(house, ledger.office.id, actor).await.map_err(trouble)?;
    let (mut rows, mut events) = (Vec::new(), Vec::new());
    for ((Incident { what, .. }, (from, until)), number) in ledger.plan.incidents.iter().zip(0..) {
        let (from, until) = (ledger.at(*from), ledger.at(*until));
        let (kind, provider, note) = kind(*what);
        let entered_at = from + TimeDelta::minutes(12);
        let decided_at = until + TimeDelta::hours(16);
        let id = ids::id(ledger.plan.place, (Table::Outage, number), entered_at);
        rows.push(outage::ActiveModel {
            tenant_id: Set(ledger.office.id),
            id: Set(id),
            kind: Set(kind),
            provider: Set(provider),
            scope: Set(serde_json::json!(Scope::default())),
            reference: Set(None),
            note: Set(cx.seal(&note.to_owned(), NOTE.of(id.0)).map_err(trouble)?),
            started_at: Set(from),
            ended_at: Set(Some(until)),
            around_at: Set(None),
            entered_at: Set(entered_at),
            entered_by: Set(Some(entered_by)),
            ended_by: Set(Some(entered_by)),
            approval: Set(Approval::Approved),
            decided_by: Set(Some(decided_by)),
            decided_at: Set(Some(decided_at)),
            version: Set(3),
        });
        for (step, at, by) in [
            (OutageStep::Entered, entered_at, entered_by),
            (OutageStep::Ended, until, entered_by),
            (OutageStep::Approved, decided_at, decided_by),
        ] {
            let line = ids::part(usize::try_from(number).unwrap_or_default(), events.len() % 3);
            events.push(outage_event::ActiveModel {
                tenant_id: Set(ledger.office.id),
                id: Set(ids::id(ledger.plan.place, (Table::OutageEvent, line), at)),
                outage_id: Set(id),
                step: Set(step),
                at: Set(at),
                actor_id: Set(Some::<UserId>(by)),
                detail: Set(None),
            });
        }
    }
    let written = rows.len() + events.len();
    cx.tx().insert_all::<outage::Entity>(rows).await.map_err(trouble)?;
    cx.tx().insert_all::<outage_event::Entity>(events).await.map_err(trouble)?;
    cx.audit("demo.outages_written", ("outage", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(written)
}
