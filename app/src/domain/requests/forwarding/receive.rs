//! What was handed on is written into the Dinas' own books.

use loket_core::{
    id::{PaperId, RequestId, VariantId},
    kinds::ForwardingWay,
    request::{Channel, CloseReason, PaperState, RequestEventKind, RequestState, Step},
};
use loket_entity::{paper, request};

use super::{
    super::{
        appointing,
        close::close,
        form::Filled,
        history::Line,
        open::open_numbered,
        papers::{self, Came},
        store::{self as requests, Edit},
        visiting::{self, Leaving},
    },
    LOOSE,
    parcel::{Enclosed, Parcel},
    store, tell_back,
};
use crate::{
    domain::{
        catalogue,
        files::{self, StoredFile},
        regions,
        tenancy::Office,
    },
    infra::{Cx, Fault, Outcome},
};

/// Opens what was handed on, or follows what the kecamatan changed since: papers that came again, or that the citizen
/// withdrew. The numbers in the parcel were read in the other office; here they are sealed anew. What came before counts
/// once.
pub async fn receive(
    cx: &mut Cx<'_>,
    (office, from): (&Office, &Office),
    (id, variant): (RequestId, Option<VariantId>),
    (parcel, landed): (&Parcel, &[StoredFile]),
) -> Outcome<()> {
    let withdrawn = parcel.state == RequestState::Cancelled;
    let row = match (requests::find(cx, id).await?, variant) {
        (Some(row), _) => match store::with(cx, (id, ForwardingWay::In), from.id).await? {
            Some(came) if came.their_version < parcel.version => {
                store::remember(cx, &came, (parcel.version, parcel.state)).await?;
                row
            }
            Some(_) => return Ok(()),
            None => return Err(Fault::Inconsistent("a request of another way")),
        },
        (None, _) if withdrawn => return Ok(()),
        (None, Some(variant)) => open(cx, (office, from), (id, variant), parcel).await?,
        (None, None) => return Err(Fault::Inconsistent("a request that was never handed on")),
    };
    if withdrawn {
        return withdraw(cx, office, &row, parcel).await;
    }
    for one in landed {
        files::add(cx, one).await?;
    }
    let new = place(cx, &row, &parcel.papers).await?;
    if new && row.state == RequestState::WaitingForCitizen {
        answered(cx, id).await?;
    }
    cx.audit("request.forwarding_received", ("request", Some(id.0)))?;
    tell_back(cx, &row).await
}

/// What was asked for has come, by way of the kecamatan.
async fn answered(cx: &Cx<'_>, id: RequestId) -> Outcome<()> {
    let row = requests::reload(cx, id).await?;
    let state = requests::step(&row, Step::CitizenAnswered).unwrap_or(row.state);
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::UnansweredSince, cx.now())
        .save(cx)
        .await?;
    Line::new(RequestEventKind::Answered).moving(row.state, state).write(cx, &row).await
}

async fn open(
    cx: &mut Cx<'_>,
    (office, from): (&Office, &Office),
    (id, variant): (RequestId, VariantId),
    parcel: &Parcel,
) -> Outcome<request::Model> {
    let catalogue = catalogue::load(cx).await?;
    let chosen =
        catalogue.known_variant(variant).ok_or(Fault::Inconsistent("variant of a forwarded request"))?;
    let (subject, fields, notes) = (parcel.subject.clone(), parcel.fields.clone(), parcel.notes.clone());
    let mut new = Filled { subject, fields, notes }.request(cx, &catalogue, (Channel::Forwarded, chosen));
    new.handed_in_by = Some(from.name.clone());
    new.unanswered_since = Some(cx.now());
    // Whoever came to a kecamatan and wrote no other is of that one.
    if let (None, Some(district)) = (new.fields.get("kecamatan"), regions::district(&from.region_code)) {
        new.fields.insert("kecamatan".to_owned(), district.name.to_owned());
    }
    open_numbered(cx, office, chosen, (id, parcel.receipt.clone(), new)).await?;
    store::add(
        cx,
        (id, ForwardingWay::In),
        (Some(from.id), &from.name),
        (parcel.version, Some(parcel.state)),
    )
    .await?;
    requests::reload(cx, id).await
}

/// Puts what came to the papers that ask for it; what nobody asks for waits for an officer. Says whether anything is new.
async fn place(cx: &Cx<'_>, row: &request::Model, came: &[Enclosed]) -> Outcome<bool> {
    let known = requests::papers(cx, row.id).await?;
    let mut any = false;
    for (position, one) in (i64::try_from(known.len()).unwrap_or(0)..).zip(came) {
        // What was found no good is looked at again when the kecamatan stands by it.
        let there =
            |paper: &&paper::Model| paper.file_id == Some(one.file.id) && paper.state != PaperState::Rejected;
        if known.iter().any(|paper| there(&paper)) {
            continue;
        }
        any = true;
        let loose = format!("{LOOSE}{}", one.code);
        let asked = known.iter().find(|paper| paper.code == one.code || paper.code == loose);
        let paper = match asked {
            Some(paper) => paper.id,
            None => add_loose(cx, row.id, (loose, position), one).await?,
        };
        papers::put(cx, row, paper, (Came::File(one.file.id), cx.now())).await?;
    }
    if any {
        let papers = requests::papers(cx, row.id).await?;
        Edit::of(row).set(request::Column::PapersAccepted, requests::accepted(&papers)).save(cx).await?;
    }
    Ok(any)
}

async fn add_loose(
    cx: &Cx<'_>,
    request: RequestId,
    (code, position): (String, i64),
    one: &Enclosed,
) -> Outcome<PaperId> {
    let expected = papers::Expected { code, name: one.name.clone(), required: false, position };
    let (id, row) = papers::absent(cx, request, expected);
    cx.tx().insert::<paper::Entity>(row).await?;
    Ok(id)
}

/// The citizen withdrew at the kecamatan.
async fn withdraw(cx: &mut Cx<'_>, office: &Office, row: &request::Model, parcel: &Parcel) -> Outcome<()> {
    let reason = parcel.close_reason.as_deref().and_then(|word| word.parse().ok());
    let reason = reason.unwrap_or(CloseReason::Withdrawn);
    let Ok(state) = requests::step(row, Step::Cancel { reason }) else { return Ok(()) };
    close(cx, row, state, (reason, RequestEventKind::Cancelled)).await?;
    visiting::leave(cx, office, row, Leaving::Over).await?;
    appointing::leave(cx, office, row, false).await?;
    cx.audit("request.cancelled", ("request", Some(row.id.0)))?;
    tell_back(cx, row).await
}
