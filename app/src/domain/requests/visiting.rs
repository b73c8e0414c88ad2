//! Home visits of people who cannot come: put on a round and told of its days, and told when those change.

use std::collections::BTreeMap;

use loket_core::{
    id::{RequestId, VisitRoundId},
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
    places,
    store::{self, Edit},
    telling,
    views::{QueueRow, rows},
};
use crate::{
    domain::{
        contacts,
        tenancy::Office,
        visits::{self, RoundPlan, RoundView, VisitError, VisitView},
    },
    infra::{Cx, Outcome},
};

/// How many of those who wait for a visit are shown.
const MOST_WAITING: u64 = 300;
const BEYOND: RequestError = RequestError::Invalid(
    "Putaran ini juga mengunjungi warga di luar layanan atau wilayah tugas Bapak/Ibu. Minta atasan yang membawahi semuanya.",
);

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
        .filter(request::Column::VisitWantedAt.is_not_null())
        .filter(request::Column::Elsewhere.eq(false));
    let found = open.ascending(request::Column::TurnAt).ascending(request::Column::Id);
    let mut found = found.up_to(MOST_WAITING).await?;
    let planned = visits::planned(cx, found.iter().map(|row| row.id).collect()).await?;
    found.retain(|row| !planned.contains(&row.id));
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
    let mut all = visits::of_round(cx, round).await?;
    all.retain(|one| one.result == VisitResult::Awaited);
    let ids: Vec<RequestId> = all.iter().map(|one| one.request).collect();
    let mut lines = Vec::new();
    if !ids.is_empty() {
        let found = store::within(cx, Permission::HandleRequests).filter(request::Column::Id.is_in(ids));
        let found = found.filter(store::open());
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

/// Puts people on a round and tells them of its days.
pub async fn put_on_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, ids): (&RoundView, &[RequestId]),
) -> Result<Reached, RequestError> {
    if round.state != RoundState::Planned || round.said.days.1 < office.zone.date(cx.now()) {
        return Err(RequestError::Invalid("Putaran ini sudah selesai atau dibatalkan. Pilih putaran lain."));
    }
    visits::hold(cx, round).await?;
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
        // Nobody ends it meanwhile, and a letter to the office that talks with the citizen is found by this version.
        Edit::of(&row).save(cx).await?;
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
    let papers = store::required_papers(cx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let papers: Vec<&str> = papers.iter().map(String::as_str).collect();
    let (title, days) = (round.said.title.as_str(), round.said.days);
    let heard = telling::tell(cx, office, row, |addressed| {
        let subject = addressed.subject();
        VisitPlanned { subject, round: title, days, were, papers: &papers }.text(&addressed.head())
    })
    .await?;
    if heard {
        visits::told(cx, (round.id, row.id), days).await?;
    }
    Ok(heard)
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
    for (visit, row) in awaited(cx, before.id).await? {
        if row.state.is_terminal() {
            continue;
        }
        Edit::of(&row).save(cx).await?;
        reached.of += 1;
        reached.told += usize::from(tell(cx, office, (&row, &after), visit.told).await?);
        Line::new(RequestEventKind::VisitPlanned).write(cx, &row).await?;
    }
    Ok(reached)
}

/// Whom a round visits still; whoever changes it must reach all of them.
async fn awaited(cx: &Cx<'_>, round: VisitRoundId) -> Result<Vec<(VisitView, request::Model)>, RequestError> {
    let mut all = Vec::new();
    for visit in visits::of_round(cx, round).await? {
        if visit.result != VisitResult::Awaited {
            continue;
        }
        let row = match store::load(cx, visit.request, Permission::AssignRequests).await {
            Err(RequestError::NotFound | RequestError::NotAllowed) => return Err(BEYOND),
            row => row?,
        };
        all.push((visit, row));
    }
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
    for (visit, row) in awaited(cx, before.id).await? {
        Edit::of(&row).save(cx).await?;
        reached.of += usize::from(visit.told.is_some());
        reached.told += usize::from(off(cx, office, (&row, &visit), Off::Cancelled(why)).await?);
    }
    Ok(reached)
}

/// Takes somebody off a round before they were visited; whoever knew of it is told. Says whether they were.
pub async fn take_off_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, id): (&RoundView, RequestId),
) -> Result<bool, RequestError> {
    let row = store::load(cx, id, Permission::AssignRequests).await?;
    if round.state != RoundState::Planned {
        return Err(RequestError::Invalid("Putaran ini sudah selesai atau dibatalkan."));
    }
    let visit = visits::awaited_of(cx, id).await?.filter(|visit| visit.round == round.id);
    let visit = visit.ok_or(RequestError::Invalid(
        "Hasil kunjungan ini sudah dicatat, atau warga tidak ada di putaran ini.",
    ))?;
    visits::hold(cx, round).await?;
    Edit::of(&row).save(cx).await?;
    let told = off(cx, office, (&row, &visit), Off::Cancelled("")).await?;
    cx.audit("visit.taken_off", ("request", Some(id.0)))?;
    Ok(told)
}

/// Why somebody needs no visit any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaving {
    /// Their request is over; what is under way is still written down.
    Over,
    /// They do not want it.
    Unwanted,
}

/// Whoever needs no visit any more leaves the round that they are on. The request was saved before.
pub(super) async fn leave(
    cx: &mut Cx<'_>,
    office: &Office,
    row: &request::Model,
    why: Leaving,
) -> Outcome<()> {
    let Some(visit) = visits::awaited_of(cx, row.id).await? else { return Ok(()) };
    let begins = visits::named(cx, vec![visit.round]).await?.remove(&visit.round).map(|(_, from)| from);
    let under_way = begins.is_some_and(|from| from <= office.zone.date(cx.now()));
    if why == Leaving::Over && under_way {
        return Ok(());
    }
    off(cx, office, (row, &visit), Off::Unneeded).await?;
    Ok(())
}

/// Why a visit does not take place.
#[derive(Clone, Copy)]
enum Off<'o> {
    /// The office cannot, for this reason; there will be another one.
    Cancelled(&'o str),
    /// It is not needed any more.
    Unneeded,
}

/// Takes somebody off a round; says whether they were told.
async fn off(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, visit): (&request::Model, &VisitView),
    why: Off<'_>,
) -> Outcome<bool> {
    if !visits::take_off(cx, visit.round, row.id).await? {
        return Ok(false);
    }
    Line::new(RequestEventKind::VisitCancelled).write(cx, row).await?;
    let Some(were) = visit.told else { return Ok(false) };
    let why = match why {
        Off::Cancelled(why) => Some(why),
        Off::Unneeded => None,
    };
    telling::tell(cx, office, row, |addressed| {
        VisitCancelled { subject: addressed.subject(), were, why }.text(&addressed.head())
    })
    .await
}
