//! Whoever finds that something is out writes it down, says what becomes of it, and when it is over.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::OutageId,
    outage::{Approval, OutageKind, OutageStep, Provider},
    permission::{Permission, Reach, Scope},
};
use loket_entity::{outage, sealed::Sealed, service, unit};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    error::OutageError,
    follow::{self, Follow},
    places,
    read::MOST_OPEN,
    store::{self, line, load, save},
};
use crate::infra::{Cx, Fault, Outcome};

/// How long after its beginning something may be written down.
const LATEST: TimeDelta = TimeDelta::days(90);
const LONGEST_NOTE: usize = 600;
const LONGEST_REFERENCE: usize = 60;

/// What somebody writes down.
#[derive(Debug, Clone)]
pub struct NewOutage {
    /// What is out.
    pub kind: OutageKind,
    /// Who answers for it.
    pub provider: Provider,
    /// What it touches: services and units, all of them where none is named.
    pub scope: Scope,
    /// Since when.
    pub from: Instant,
    /// Until when, for one that is over already.
    pub until: Option<Instant>,
    /// The number under which whoever answers for it knows it; may be empty.
    pub reference: String,
    /// What is seen; may be empty unless the kind is another.
    pub note: String,
}

/// What somebody enters with one press: everything, or where their work is only a part of the office, that part.
pub fn reported_scope(reach: &Reach) -> Scope {
    let Reach::Parts(parts) = reach else { return Scope::default() };
    let by_service = |part: &Scope| part.units.is_empty() && part.districts.is_empty();
    if parts.iter().all(|part| by_service(part) && !part.services.is_empty()) {
        let mut services: Vec<_> = parts.iter().flat_map(|part| part.services.clone()).collect();
        services.sort_unstable();
        services.dedup();
        return Scope { services, ..Scope::default() };
    }
    parts.first().cloned().unwrap_or_default()
}

/// Writes down that something is out, or was. The clocks that it touches stand still from now on, as far as it is written in
/// time.
///
/// # Errors
/// That the same lasts already, or what does not hold.
pub async fn enter(cx: &mut Cx<'_>, new: &NewOutage) -> Result<OutageId, OutageError> {
    let reach = cx.reach(Permission::ReportOutages);
    if reach.is_nothing() {
        return Err(OutageError::NotAllowed);
    }
    let (reference, note) = words(&new.reference, &new.note)?;
    if new.kind == OutageKind::Other && note.is_empty() {
        return Err(OutageError::Invalid("Tulis apa yang terganggu."));
    }
    let now = cx.now();
    if new.from > now || new.until.is_some_and(|until| until > now) {
        return Err(OutageError::Invalid("Waktu gangguan tidak dapat sesudah sekarang."));
    }
    if new.until.is_some_and(|until| until <= new.from) {
        return Err(OutageError::Invalid("Waktu pulih harus sesudah waktu mulai."));
    }
    if now - new.from > LATEST {
        return Err(OutageError::Invalid("Gangguan dicatat paling lambat 90 hari sesudah mulainya."));
    }
    known(cx, &new.scope).await?;
    if !reach.contains(&new.scope) {
        return Err(OutageError::Beyond);
    }
    let scope =
        serde_json::to_value(&new.scope).map_err(|_| Fault::Inconsistent("the scope of an outage"))?;
    let id: OutageId = cx.new_id();
    let note = cx.seal(&note, places::NOTE.of(id.0))?;
    let row = outage::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        kind: Set(new.kind),
        provider: Set(new.provider),
        scope: Set(scope.clone()),
        reference: Set(sealed_reference(cx, id, reference)?),
        note: Set(note),
        started_at: Set(new.from),
        ended_at: Set(new.until),
        around_at: Set(None),
        entered_at: Set(now),
        entered_by: Set(cx.officer()),
        ended_by: Set(new.until.and(cx.officer())),
        approval: Set(Approval::Waiting),
        decided_by: Set(None),
        decided_at: Set(None),
        version: Set(1),
    };
    if !cx.tx().insert_once::<outage::Entity>(row).await? {
        let there = lasting(cx, new.kind, &scope).await?;
        return Err(there.map_or(Fault::Stale.into(), OutageError::Already));
    }
    line(cx, id, OutageStep::Entered, None).await?;
    cx.enqueue(follow::job(Follow::since(id, new.from))?).await?;
    cx.audit("outage.entered", ("outage", Some(id.0)))?;
    Ok(id)
}

/// The entry of the same that lasts already.
pub(super) async fn lasting(
    cx: &Cx<'_>,
    kind: OutageKind,
    scope: &serde_json::Value,
) -> Outcome<Option<OutageId>> {
    let same = Condition::all()
        .add(outage::Column::EndedAt.is_null())
        .add(outage::Column::AroundAt.is_null())
        .add(outage::Column::Kind.eq(kind))
        .add(outage::Column::Approval.ne(Approval::Refused));
    let rows = cx.tx().find::<outage::Entity>().filter(same).up_to(MOST_OPEN).await?;
    Ok(rows.into_iter().find(|row| row.scope == *scope).map(|row| row.id))
}

/// Changes who answers for it, their number for it, and what is said of it.
pub async fn amend(
    cx: &mut Cx<'_>,
    (id, version): (OutageId, i64),
    (provider, reference, note): (Provider, &str, &str),
) -> Result<(), OutageError> {
    let row = load(cx, id, Permission::ReportOutages).await?;
    if row.version != version {
        return Err(Fault::Stale.into());
    }
    let (reference, note) = words(reference, note)?;
    let note = cx.seal(&note, places::NOTE.of(id.0))?;
    let reference = sealed_reference(cx, id, reference)?;
    let sets = [
        (outage::Column::Provider, provider.word().into()),
        (outage::Column::Reference, reference.into()),
        (outage::Column::Note, note.into()),
    ];
    save(cx, &row, OutageStep::Changed, sets).await
}

/// Work goes on by another way, as a backup line; the system itself is still out. That is said once: whoever loses that way
/// again enters a new outage.
pub async fn work_around(cx: &mut Cx<'_>, id: OutageId, at: Instant) -> Result<(), OutageError> {
    let row = load(cx, id, Permission::ReportOutages).await?;
    if row.around_at.is_some() {
        return Err(OutageError::Invalid(
            "Pengalihan sudah tercatat. Bila jalur cadangan ikut terganggu, catat gangguan baru.",
        ));
    }
    let at = within(cx, &row, at)?;
    save(cx, &row, OutageStep::WorkedAround, [(outage::Column::AroundAt, at.into())]).await
}

/// It is over. The clocks that it stopped run again from then on.
pub async fn end(cx: &mut Cx<'_>, id: OutageId, at: Instant) -> Result<(), OutageError> {
    let row = load(cx, id, Permission::ReportOutages).await?;
    let at = within(cx, &row, at)?;
    let sets = [(outage::Column::EndedAt, at.into()), (outage::Column::EndedBy, cx.officer().into())];
    save(cx, &row, OutageStep::Ended, sets).await
}

/// A moment within an outage that lasts.
fn within(cx: &Cx<'_>, row: &outage::Model, at: Instant) -> Result<Instant, OutageError> {
    if !store::times(row).is_open() {
        return Err(OutageError::Over);
    }
    if at > cx.now() || at < row.started_at {
        return Err(OutageError::Invalid("Isi waktu antara mulainya gangguan dan sekarang."));
    }
    Ok(at)
}

fn words(reference: &str, note: &str) -> Result<(String, String), OutageError> {
    // Browsers send a line's end as two letters and count it as one.
    let (reference, note) = (reference.trim().to_owned(), note.trim().replace("\r\n", "\n"));
    if reference.chars().count() > LONGEST_REFERENCE {
        return Err(OutageError::Invalid("Nomor laporan paling panjang 60 huruf."));
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(OutageError::Invalid("Keterangan paling panjang 600 huruf."));
    }
    Ok((reference, note))
}

/// The number at whoever answers for it; nothing where none was typed.
fn sealed_reference(cx: &Cx<'_>, id: OutageId, number: String) -> Outcome<Option<Sealed<String>>> {
    let number = (!number.is_empty()).then_some(number);
    number.map(|number| cx.seal(&number, places::REFERENCE.of(id.0))).transpose()
}

/// Every service and unit that is named is the office's.
async fn known(cx: &Cx<'_>, scope: &Scope) -> Result<(), OutageError> {
    let (services, units) = (scope.services.clone(), scope.units.clone());
    let named = (services.len() as u64, units.len() as u64);
    let services = cx.tx().find::<service::Entity>().filter(service::Column::Id.is_in(services)).count();
    let units = cx.tx().find::<unit::Entity>().filter(unit::Column::Id.is_in(units)).count();
    if (services.await?, units.await?) == named && scope.districts.is_empty() {
        Ok(())
    } else {
        Err(OutageError::Invalid("Pilih layanan dan unit kantor ini."))
    }
}
