//! What pages read of requests. Names of people leave here masked; a full identity number never does.

use loket_core::{
    clock::Instant,
    consignment::Away,
    format::Note,
    id::{ConversationId, FileId, MediaId, PaperId, RequestId, ServiceId, UnitId, UserId, VariantId},
    kinds::{MediaState, OfficeKind, OutputDelivery},
    permission::{Permission, Whereabouts},
    request::{Alarm, Channel, PaperReason, PaperState, PaperTally, RequestState, StepKind},
    text::PersonName,
};
use loket_entity::{paper, request};

use super::{
    appointing::{self, Appointments},
    ask,
    care::{self, CareView},
    collecting::{self, Reaching},
    compensation::{self, CompensationView},
    complete,
    due::{ClockView, Due, Prospect},
    error::RequestError,
    forwarding::{self, ForwardingView},
    history::{self, EventView},
    open::known_notes,
    places, similar, store,
    telling::Addressed,
};
use crate::{
    domain::{
        capacity::{self, Turn},
        catalogue,
        tenancy::{self, Office},
        whatsapp,
    },
    infra::{Cx, Outcome},
};

/// A request in a list.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// The request.
    pub id: RequestId,
    /// Its receipt number.
    pub receipt: String,
    /// Service and variant.
    pub service: String,
    /// The service.
    pub service_id: ServiceId,
    /// The unit, if it has one.
    pub unit_id: Option<UnitId>,
    /// The person it is about, masked.
    pub subject: String,
    /// Kecamatan, if known.
    pub district: Option<String>,
    /// Where it stands.
    pub state: RequestState,
    /// Required papers accepted, and required in all.
    pub papers: (i64, i64),
    /// Who has it.
    pub officer: Option<String>,
    /// By what way it came.
    pub channel: Channel,
    /// The first message nobody has answered.
    pub unanswered_since: Option<Instant>,
    /// When it began.
    pub first_message_at: Instant,
    /// Until when it should be settled.
    pub due_at: Option<Instant>,
    /// What its clock says to those in charge.
    pub alarm: Option<Alarm>,
    /// Whether a date was told.
    pub promised: bool,
    /// Since when its product is ready.
    pub ready_at: Option<Instant>,
    /// Whether its settlement clock has terms, has begun and is not over.
    pub settling: bool,
    /// Whether another office works on it.
    pub elsewhere: bool,
    /// Whether more care is taken of its person.
    pub care: bool,
    /// Whether its product is under way, or lies at another office.
    pub away: bool,
    /// Where its product is that was sent, with its name; only where somebody's own requests are read.
    pub sent: Option<(Away, String)>,
    /// The turn that its citizen was told; only where somebody's own requests are read.
    pub turn: Option<Turn>,
}

impl QueueRow {
    /// Where it belongs, as far as an outage may be narrowed: no outage is of a kecamatan.
    pub const fn whereabouts(&self) -> Whereabouts<'static> {
        Whereabouts { service: Some(self.service_id), unit: self.unit_id, district: None }
    }
}

/// Rows with their names, in the order they came: two queries, whatever their number.
pub async fn rows(cx: &Cx<'_>, found: Vec<request::Model>) -> Outcome<Vec<QueueRow>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let names = catalogue::variant_names(cx).await?;
    let officers =
        tenancy::officer_names(cx, found.iter().filter_map(|row| row.assigned_to).collect()).await?;
    found
        .into_iter()
        .map(|row| {
            let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
            Ok(QueueRow {
                subject: masked(&name),
                service: names
                    .get(&row.variant_id)
                    .map(|names| super::telling::label(&names.service, &names.variant))
                    .unwrap_or_default(),
                service_id: row.service_id,
                unit_id: row.unit_id,
                officer: row.assigned_to.and_then(|id| officers.get(&id).cloned()),
                id: row.id,
                receipt: row.receipt,
                district: row.district,
                state: row.state,
                papers: (row.papers_accepted, row.papers_required),
                channel: row.channel,
                unanswered_since: row.unanswered_since,
                first_message_at: row.first_message_at,
                due_at: row.due_at.filter(|_| row.ready_at.is_none() && row.closed_at.is_none()),
                alarm: row.alarm,
                settling: row.terms.is_some()
                    && row.complete_from.is_some()
                    && row.ready_at.is_none()
                    && row.closed_at.is_none(),
                promised: row.promised_at.is_some(),
                ready_at: row.ready_at,
                elsewhere: row.elsewhere,
                care: row.care_since.is_some(),
                away: row.away_since.is_some(),
                sent: None,
                turn: None,
            })
        })
        .collect()
}

/// A request with everything its page shows.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// The request in a line.
    pub row: QueueRow,
    /// Where it is talked about.
    pub conversation: Option<ConversationId>,
    /// Who has it.
    pub assigned_to: Option<UserId>,
    /// The name in full: the page of one request shows it, lists do not.
    pub subject: String,
    /// What was typed; NIK and KK masked.
    pub fields: Vec<(String, String)>,
    /// Its papers.
    pub papers: Vec<PaperView>,
    /// How the required papers stand.
    pub tally: PaperTally,
    /// Its history, oldest first.
    pub events: Vec<EventView>,
    /// What may be done now.
    pub steps: &'static [StepKind],
    /// How the product reaches the citizen.
    pub delivery: OutputDelivery,
    /// What the product is called.
    pub output: String,
    /// The product, when it is a file.
    pub product: Option<FileId>,
    /// How it reaches its citizen, or did.
    pub reach: Reaching,
    /// When its person comes, or came, and could come.
    pub appointments: Appointments,
    /// What the office owes because it was late.
    pub compensation: Option<CompensationView>,
    /// When a person first answered.
    pub answered_at: Option<Instant>,
    /// By when a person should first have answered.
    pub answer_by: Option<Instant>,
    /// The turn that the citizen was told.
    pub turn: Option<Turn>,
    /// Since when the settlement clock runs.
    pub complete_from: Option<Instant>,
    /// The settlement clock, where it counts.
    pub clock: Option<ClockView>,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// What declaring the papers complete would send.
    pub complete_preview: String,
    /// What asking for papers would send; nothing when there is nothing to ask for.
    pub ask_preview: Option<String>,
    /// Earlier requests of whoever handed it in.
    pub earlier: Vec<QueueRow>,
    /// Requests for the same person and service about the same time, before and after it.
    pub similar: Vec<QueueRow>,
    /// Why fields were read as they were.
    pub notes: Vec<Note>,
    /// The other office that it is handed on to, or came from.
    pub forwarding: Option<ForwardingView>,
    /// Why more care is taken of its person, where it is.
    pub care: Option<CareView>,
    /// What came with it that its service does not ask for.
    pub loose: Vec<PaperView>,
}

/// A paper of a request.
#[derive(Debug, Clone)]
pub struct PaperView {
    /// The paper.
    pub id: PaperId,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Where it stands.
    pub state: PaperState,
    /// Why it was rejected.
    pub reason: Option<PaperReason>,
    /// What it may be rejected for.
    pub reasons: Vec<PaperReason>,
    /// The attachment taken for it.
    pub media: Option<MediaId>,
    /// Where that lies, once fetched, and its type.
    pub file: Option<(FileId, String)>,
    /// When it came.
    pub received_at: Option<Instant>,
}

/// Loads a request for its page; the look is one line of the audit trail.
pub async fn request(cx: &mut Cx<'_>, office: &Office, id: RequestId) -> Result<RequestView, RequestError> {
    let model = store::load(cx, id, Permission::ReadRequests).await?;
    let papers = store::papers(cx, id).await?;
    let addressed = Addressed::of(cx, office, &model).await?;
    let subject: String = cx.open(&model.subject, places::SUBJECT.of(id.0))?;
    let from = complete::complete_from(&model, &papers);
    let due = Due::of(cx, &model).await?;
    let promise = |due: &Due| due.promise(&model, (from, cx.now()));
    let prospect = due.as_ref().map_or(Prospect::Later, promise);
    let others = others(cx, &model).await?;
    let until = ask::silence(cx, office, &model).await?.until;
    let ask_preview = ask::letter(&addressed, &papers, (until, false)).ok();
    let events = history::events(cx, &papers, id).await?;
    let may_be_shared = office.kind == OfficeKind::Kecamatan || model.channel == Channel::Forwarded;
    let forwarding = if may_be_shared { forwarding::of(cx, &model).await? } else { None };
    let tally = store::tally(&papers);
    let (papers, loose) = paper_views(cx, model.variant_id, papers).await?;
    let view = RequestView {
        conversation: model.conversation_id,
        assigned_to: model.assigned_to,
        subject,
        fields: fields(cx, &model)?,
        tally,
        events,
        steps: store::steps(&model),
        delivery: addressed.service.delivery,
        output: addressed.service.output.clone(),
        care: care::view(cx, &model).await?,
        product: model.result_file_id,
        reach: collecting::reaching(cx, office, (&model, addressed.service.delivery)).await?,
        appointments: appointing::of(cx, office, &model).await?,
        compensation: compensation::of(cx, &model, &addressed).await?,
        answered_at: model.answered_at,
        answer_by: model.answer_by,
        turn: capacity::turn(cx, id).await?,
        complete_from: model.complete_from,
        closed_at: model.closed_at,
        complete_preview: complete::letter(&addressed, from, &prospect),
        clock: due.and_then(|due| due.view(&model, cx.now())),
        ask_preview,
        earlier: others.0,
        similar: others.1,
        notes: known_notes(model.notes.as_ref()),
        papers,
        loose,
        forwarding,
        row: rows(cx, vec![model]).await?.pop().ok_or(RequestError::NotFound)?,
    };
    cx.audit("request.viewed", ("request", Some(id.0)))?;
    Ok(view)
}

/// The attachments that came for a request, in its conversation or along with it, and are not a paper yet.
pub async fn attachments_of(cx: &Cx<'_>, view: &RequestView) -> Outcome<Vec<whatsapp::AttachmentView>> {
    let Some(conversation) = view.conversation else {
        return Ok(view.loose.iter().filter_map(came_along).collect());
    };
    let used: Vec<MediaId> = view.papers.iter().filter_map(|paper| paper.media).collect();
    let all = whatsapp::attachments(cx, conversation).await?;
    Ok(all.into_iter().filter(|one| !used.contains(&one.media)).collect())
}

/// A paper that nobody asks for, as an attachment that may be taken for one that is.
fn came_along(paper: &PaperView) -> Option<whatsapp::AttachmentView> {
    Some(whatsapp::AttachmentView {
        media: MediaId(paper.file.as_ref()?.0.0),
        at: paper.received_at?,
        state: MediaState::Stored,
        file: paper.file.clone(),
        name: Some(paper.name.clone()),
    })
}

fn fields(cx: &Cx<'_>, model: &request::Model) -> Outcome<Vec<(String, String)>> {
    let typed = store::fields(cx, model)?;
    Ok(typed.into_iter().map(|(key, value)| (key, loket_core::text::mask_numbers(&value))).collect())
}

/// The papers that are asked for, and those that came along.
async fn paper_views(
    cx: &Cx<'_>,
    variant: VariantId,
    papers: Vec<paper::Model>,
) -> Outcome<(Vec<PaperView>, Vec<PaperView>)> {
    let reasons = catalogue::reasons(cx, variant).await?;
    let media: Vec<MediaId> = papers.iter().filter_map(|paper| paper.media_id).collect();
    let files = whatsapp::files_of(cx, media).await?;
    let own = whatsapp::mimes(cx, papers.iter().filter_map(|paper| paper.file_id).collect()).await?;
    let (loose, asked): (Vec<_>, Vec<_>) =
        papers.into_iter().partition(|paper| forwarding::is_loose(&paper.code));
    let view = |row: paper::Model| {
        let came = row.file_id.and_then(|file| own.get(&file).map(|mime| (file, mime.clone())));
        PaperView {
            file: came.or_else(|| row.media_id.and_then(|id| files.get(&id).cloned())),
            reasons: PaperReason::offered(
                reasons.get(&row.code).map_or(&[], Vec::as_slice),
                row.media_id.is_some() || row.file_id.is_some(),
            ),
            id: row.id,
            name: row.name,
            required: row.required,
            state: row.state,
            reason: row.reason,
            media: row.media_id,
            received_at: row.received_at,
        }
    };
    Ok((asked.into_iter().map(view).collect(), loose.into_iter().map(view).collect()))
}

/// Other requests: those of whoever handed this one in, and those that are like it.
async fn others(cx: &Cx<'_>, model: &request::Model) -> Outcome<(Vec<QueueRow>, Vec<QueueRow>)> {
    let mut found = match model.submitter_id {
        Some(contact) => store::of_contacts(cx, vec![contact], 6).await?,
        None => Vec::new(),
    };
    found.retain(|row| row.id != model.id);
    let like = similar::of(cx, model).await?;
    let ids: Vec<RequestId> = like.iter().map(|row| row.id).collect();
    found.retain(|row| !ids.contains(&row.id));
    found.extend(like);
    Ok(rows(cx, found).await?.into_iter().partition(|row| !ids.contains(&row.id)))
}

fn masked(name: &str) -> String {
    PersonName::parse(name).map(|name| name.masked()).unwrap_or_default()
}
