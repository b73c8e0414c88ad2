//! Home visits of people who cannot come: put on a round and told of its days, told when those change, and what came of it.

use std::collections::BTreeMap;

use loket_core::{
    care::CareGroup,
    id::{RequestId, VisitId, VisitRoundId},
    permission::Permission,
    reply::{VisitCancelled, VisitDays, VisitPlanned},
    request::RequestEventKind,
    visit::{RoundState, VisitResult},
};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    care,
    error::RequestError,
    history::Line,
    places, store,
    telling::Addressed,
    views::{QueueRow, rows},
    watch::is_heard,
};
use crate::{
    domain::{
        contacts,
        tenancy::Office,
        visits::{self, Closing, RoundPlan, RoundView, VisitError, VisitView},
    },
    infra::{Cx, Outcome},
};

/// How many of those who wait for a visit are shown.
const MOST_WAITING: u64 = 300;

impl From<VisitError> for RequestError {
    fn from(error: VisitError) -> Self {
        match error {
            VisitError::NotFound => Self::NotFound,
            VisitError::NotAllowed => Self::NotAllowed,
            VisitError::Changed => Self::Invalid(visits::CHANGED),
            VisitError::Days(bad) => Self::Invalid(bad.sentence()),
            VisitError::Invalid(sentence) => Self::Invalid(sentence),
            VisitError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// How many of some citizens were told by WhatsApp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reached {
    /// How many it is about.
    pub of: usize,
    /// How many of them were told.
    pub told: usize,
}

/// A visit with the request it is about; nothing of a request that is beyond whoever looks.
pub type Visited = (VisitView, Option<QueueRow>);

/// Whoever is to be visited and is on no round, whose turn it is first; as far as a permission reaches.
pub async fn waiting_for_visit(cx: &Cx<'_>) -> Outcome<Vec<QueueRow>> {
    let open = store::within(cx, Permission::ReadRequests)
        .filter(store::open())
        .filter(request::Column::CareSince.is_not_null())
        .filter(request::Column::Elsewhere.eq(false));
    let found = open.ascending(request::Column::TurnAt).ascending(request::Column::Id);
    let mut found = found.up_to(MOST_WAITING).await?;
    let ids = || found.iter().map(|row| row.id).collect::<Vec<_>>();
    let notes = care::notes(cx, ids()).await?;
    let last = visits::latest(cx, ids()).await?;
    found.retain(|row| {
        let asked = notes.iter().any(|(id, note, _)| *id == row.id && note.address.is_some());
        asked && last.get(&row.id).is_none_or(|result| result.leaves_waiting())
    });
    rows(cx, found).await
}

/// The visits of a round, with what they are about.
pub async fn visits_on(cx: &Cx<'_>, round: VisitRoundId) -> Outcome<Vec<Visited>> {
    let all = visits::of_round(cx, round).await?;
    let ids: Vec<RequestId> = all.iter().map(|one| one.request).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::within(cx, Permission::ReadRequests).filter(request::Column::Id.is_in(ids));
    let mut found = rows(cx, found.up_to(all.len() as u64).await?).await?;
    let with = |one: VisitView| {
        let at = found.iter().position(|row| row.id == one.request);
        (one, at.map(|at| found.swap_remove(at)))
    };
    Ok(all.into_iter().map(with).collect())
}

/// A line of the list that officers take along: names, addresses and telephones in full.
#[derive(Debug, Clone)]
pub struct SheetLine {
    /// The request in a line.
    pub row: QueueRow,
    /// Whom it is about.
    pub name: String,
    /// Where they are, and how to get there.
    pub address: String,
    /// Their telephone; may be empty.
    pub phone: String,
    /// What helps them; may be empty.
    pub needs: String,
    /// The papers that must be there.
    pub papers: Vec<String>,
}

/// The list that officers take along. It is written down that it was made, and of how many.
pub async fn visit_sheet(cx: &mut Cx<'_>, round: VisitRoundId) -> Result<Vec<SheetLine>, RequestError> {
    if cx.reach(Permission::HandleRequests).is_nothing() {
        return Err(RequestError::NotAllowed);
    }
    let all = visits::of_round(cx, round).await?;
    let ids: Vec<RequestId> = all.iter().map(|one| one.request).collect();
    let mut lines = Vec::new();
    if !ids.is_empty() {
        let found = store::within(cx, Permission::HandleRequests).filter(request::Column::Id.is_in(ids));
        let found = found.up_to(all.len() as u64).await?;
        lines = lines_of(cx, found).await?;
        lines.sort_by_key(|line| all.iter().position(|one| one.request == line.row.id));
    }
    let detail = serde_json::json!({ "count": lines.len() });
    cx.audit_with("visit.sheet_opened", ("visit_round", Some(round.0)), Some(&detail))?;
    Ok(lines)
}

async fn lines_of(cx: &Cx<'_>, found: Vec<request::Model>) -> Outcome<Vec<SheetLine>> {
    let ids: Vec<RequestId> = found.iter().map(|row| row.id).collect();
    let notes = care::notes(cx, ids.clone()).await?;
    let papers = store::required_papers(cx, ids).await?;
    let senders: Vec<_> = found.iter().filter_map(|row| row.submitter_id).collect();
    let phones = contacts::phones(cx, &senders).await?;
    let mut known = BTreeMap::new();
    for row in &found {
        let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
        let typed = store::fields(cx, row)?.remove("nomor_wa");
        let phone = row.submitter_id.and_then(|id| phones.get(&id).cloned()).or(typed);
        known.insert(row.id, (name, phone.unwrap_or_default()));
    }
    let line = |row: QueueRow| {
        let (name, phone) = known.remove(&row.id).unwrap_or_default();
        let note = notes.iter().find(|(id, ..)| *id == row.id).map(|(_, note, _)| note.clone());
        let (address, needs) =
            note.map(|note| (note.address.unwrap_or_default(), note.needs)).unwrap_or_default();
        SheetLine {
            name,
            phone,
            address,
            needs,
            papers: papers.get(&row.id).cloned().unwrap_or_default(),
            row,
        }
    };
    Ok(rows(cx, found).await?.into_iter().map(line).collect())
}

/// For what reasons people were to be visited, and how many were served, counted by reason: somebody may have several.
pub async fn visited_by_reason(cx: &Cx<'_>, of: &[Visited]) -> Outcome<Vec<(CareGroup, u64, u64)>> {
    let notes = care::notes(cx, of.iter().map(|(visit, _)| visit.request).collect()).await?;
    let of = |group: &CareGroup| {
        let with: Vec<_> =
            notes.iter().filter(|(_, note, _)| note.reasons.contains(group)).map(|(id, ..)| *id).collect();
        let these = of.iter().filter(|(visit, _)| with.contains(&visit.request));
        let served = these.clone().filter(|(visit, _)| visit.result == VisitResult::Served).count();
        (*group, these.count() as u64, served as u64)
    };
    Ok(CareGroup::ALL.iter().map(of).filter(|(_, all, _)| *all > 0).collect())
}

/// Puts people on a round and tells them of its days.
pub async fn put_on_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, ids): (&RoundView, &[RequestId]),
) -> Result<Reached, RequestError> {
    if round.state != RoundState::Planned || round.said.days.1 < office.zone.date(cx.now()) {
        return Err(RequestError::Invalid("Putaran ini sudah selesai atau dibatalkan. Pilih putaran lain."));
    }
    let waiting: Vec<RequestId> = waiting_for_visit(cx).await?.into_iter().map(|row| row.id).collect();
    let mut reached = Reached::default();
    for id in ids {
        let row = store::load(cx, *id, Permission::AssignRequests).await?;
        if !waiting.contains(id) {
            return Err(RequestError::Invalid(
                "Ada warga yang sudah masuk putaran lain atau tidak menunggu kunjungan lagi. Periksa pilihannya.",
            ));
        }
        visits::add(cx, round.id, *id).await?;
        Line::new(RequestEventKind::VisitPlanned).write(cx, &row).await?;
        reached.of += 1;
        reached.told += usize::from(tell(cx, office, (&row, round), None).await?);
    }
    if reached.of == 0 {
        return Err(RequestError::Invalid("Pilih sedikitnya satu warga."));
    }
    let detail = serde_json::json!({ "added": reached.of, "told": reached.told });
    cx.audit_with("visit.added", ("visit_round", Some(round.id.0)), Some(&detail))?;
    Ok(reached)
}

/// Tells a citizen of the days of their visit, where they hear it; says whether they did.
async fn tell(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, round): (&request::Model, &RoundView),
    were: Option<VisitDays>,
) -> Result<bool, RequestError> {
    if !is_heard(cx, row).await? {
        return Ok(false);
    }
    let papers = store::required_papers(cx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let papers: Vec<&str> = papers.iter().map(String::as_str).collect();
    let addressed = Addressed::of(cx, office, row).await?;
    let (subject, days) = (addressed.subject(), round.said.days);
    let text = VisitPlanned { subject, round: &round.said.title, days, were, papers: &papers };
    let text = text.text(&addressed.head());
    addressed.say(cx, text).await?;
    visits::told(cx, round.id, row.id).await?;
    Ok(true)
}

/// Changes a round; where its days change, those on it are told anew.
pub async fn change_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (before, said): (&RoundView, &RoundPlan),
) -> Result<Reached, RequestError> {
    visits::change(cx, office, (before, said)).await?;
    let mut reached = Reached::default();
    if said.days == before.said.days {
        return Ok(reached);
    }
    let after = RoundView { said: said.clone(), ..before.clone() };
    for visit in awaited(cx, before.id).await? {
        let Some(row) = store::find(cx, visit.request).await? else { continue };
        let were = visit.told.then_some(before.said.days);
        visits::untold(cx, visit.id).await?;
        reached.of += 1;
        reached.told += usize::from(tell(cx, office, (&row, &after), were).await?);
        Line::new(RequestEventKind::VisitPlanned).write(cx, &row).await?;
    }
    Ok(reached)
}

async fn awaited(cx: &Cx<'_>, round: VisitRoundId) -> Outcome<Vec<VisitView>> {
    let mut all = visits::of_round(cx, round).await?;
    all.retain(|one| one.result == VisitResult::Awaited);
    Ok(all)
}

/// A round does not take place: those who knew of it are told, and wait for another one.
pub async fn cancel_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (before, why): (&RoundView, &str),
) -> Result<Reached, RequestError> {
    visits::cancel(cx, before, why).await?;
    let mut reached = Reached::default();
    for visit in awaited(cx, before.id).await? {
        let told = off(cx, office, (before, visit.request), why).await?;
        reached.of += 1;
        reached.told += usize::from(told);
    }
    Ok(reached)
}

/// Takes somebody off a round before they were visited; whoever knew of it is told. Says whether they were.
pub async fn take_off_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, id): (&RoundView, RequestId),
) -> Result<bool, RequestError> {
    store::load(cx, id, Permission::AssignRequests).await?;
    if round.state != RoundState::Planned {
        return Err(RequestError::Invalid("Putaran ini sudah selesai atau dibatalkan."));
    }
    let told = off(cx, office, (round, id), "").await?;
    cx.audit("visit.taken_off", ("request", Some(id.0)))?;
    Ok(told)
}

async fn off(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, id): (&RoundView, RequestId),
    why: &str,
) -> Result<bool, RequestError> {
    let Some(knew) = visits::take_off(cx, round.id, id).await? else {
        return Err(RequestError::Invalid(
            "Hasil kunjungan ini sudah dicatat, atau warga tidak ada di putaran ini.",
        ));
    };
    let row = store::find(cx, id).await?.ok_or(RequestError::NotFound)?;
    Line::new(RequestEventKind::VisitCancelled).write(cx, &row).await?;
    if !knew || row.state.is_terminal() || !is_heard(cx, &row).await? {
        return Ok(false);
    }
    let addressed = Addressed::of(cx, office, &row).await?;
    let text = VisitCancelled { subject: addressed.subject(), were: round.said.days, why };
    let text = text.text(&addressed.head());
    addressed.say(cx, text).await?;
    Ok(true)
}

/// Writes down what came of visits, as far as whoever does it handles their requests; says of how many.
pub async fn record_visits(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, said): (&RoundView, &[(VisitId, VisitResult, String)]),
) -> Result<usize, RequestError> {
    if round.state != RoundState::Planned {
        return Err(RequestError::Invalid("Putaran ini sudah ditutup. Hasilnya tidak diubah lagi."));
    }
    if round.said.days.0 > office.zone.date(cx.now()) {
        return Err(RequestError::Invalid("Putaran ini belum dimulai."));
    }
    let all = visits::of_round(cx, round.id).await?;
    let mut written = 0;
    for (id, result, note) in said {
        let before = all.iter().find(|one| one.id == *id).ok_or(RequestError::NotFound)?;
        if !visits::record(cx, (before, *result, note)).await? {
            continue;
        }
        let row = store::load(cx, before.request, Permission::HandleRequests).await?;
        Line::new(RequestEventKind::Visited).because(result.word()).write(cx, &row).await?;
        written += 1;
    }
    let detail = serde_json::json!({ "written": written });
    cx.audit_with("visit.recorded", ("visit_round", Some(round.id.0)), Some(&detail))?;
    Ok(written)
}

/// Writes down what came of a round as a whole.
pub async fn close_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (before, closing): (&RoundView, Closing<'_>),
) -> Result<(), RequestError> {
    Ok(visits::close(cx, office, (before, closing)).await?)
}
