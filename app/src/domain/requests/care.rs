//! That more care is taken of somebody: noted with their consent, and forgotten when they no longer give it. Their request then
//! has its turn earlier, by as much as the office chose.

use chrono::NaiveDate;
use loket_core::{
    care::{self, CareGroup, ConsentBy, ConsentWay},
    clock::Instant,
    id::RequestId,
    permission::Permission,
    request::RequestEventKind,
};
use loket_entity::{care as rows, request};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{
    error::RequestError,
    history::Line,
    places,
    store::{self, Edit},
    visiting::{self, Leaving},
};
use crate::{
    domain::{
        appointments,
        tenancy::{self, Office},
        visits::{self, VisitView},
    },
    infra::{Cx, Outcome, seal::Column},
};

const LONGEST: usize = 300;

/// What is noted of somebody.
#[derive(Debug, Clone)]
pub struct CareNote {
    /// Why more care is taken.
    pub reasons: Vec<CareGroup>,
    /// What helps them; may be empty.
    pub needs: String,
    /// Where they are to be visited; nothing where they come themselves.
    pub address: Option<String>,
    /// Who agreed, and by what way.
    pub consent: (ConsentBy, ConsentWay),
}

/// What is known of somebody of whom more care is taken.
#[derive(Debug, Clone)]
pub struct CareView {
    /// What is noted.
    pub note: CareNote,
    /// When that was noted.
    pub noted_at: Instant,
    /// Who noted it.
    pub noted_by: String,
    /// Since when their request counts in the queue, where that is before it came.
    pub ahead: Option<Instant>,
    /// Their visits, the latest first, with where their rounds went or go and on which day they begin.
    pub visits: Vec<(VisitView, String, NaiveDate)>,
}

/// Notes that more care is taken of the person of a request, over what was noted before.
pub async fn note_care(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    note: &CareNote,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::IntakeRequests).await?;
    check(&row, note)?;
    let turn = if row.care_since.is_some() {
        row.turn_at
    } else {
        care::turn(row.first_message_at, office.care_ahead)
    };
    Edit::of(&row)
        .set(request::Column::CareSince, row.care_since.or(Some(cx.now())))
        .set(request::Column::TurnAt, turn)
        .set(request::Column::VisitWantedAt, note.address.as_ref().map(|_| cx.now()))
        .save(cx)
        .await?;
    cx.tx().delete::<rows::Entity>(rows::Column::Id.eq(id)).await?;
    let noted = rows::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        reasons: Set(cx.seal(&note.reasons, places::CARE_REASONS.of(id.0))?),
        needs: Set(sealed(cx, id, (Some(note.needs.as_str()), places::CARE_NEEDS))?),
        address: Set(sealed(cx, id, (note.address.as_deref(), places::CARE_ADDRESS))?),
        consent_by: Set(note.consent.0),
        consent_way: Set(note.consent.1),
        noted_at: Set(cx.now()),
        noted_by: Set(cx.officer()),
    };
    cx.tx().insert::<rows::Entity>(noted).await?;
    if note.address.is_none() {
        visiting::leave(cx, office, &row, Leaving::Unwanted).await?;
    }
    Line::new(RequestEventKind::CareNoted).write(cx, &row).await?;
    cx.audit("request.care_noted", ("request", Some(id.0)))?;
    Ok(())
}

fn sealed(
    cx: &Cx<'_>,
    id: RequestId,
    (text, place): (Option<&str>, Column),
) -> Outcome<Option<loket_entity::sealed::Sealed<String>>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| cx.seal(&text.to_owned(), place.of(id.0))).transpose()
}

fn check(row: &request::Model, note: &CareNote) -> Result<(), RequestError> {
    if row.state.is_terminal() {
        return Err(RequestError::Invalid("Permohonan ini sudah ditutup."));
    }
    if note.reasons.is_empty() {
        return Err(RequestError::Invalid("Pilih sedikitnya satu alasan perhatian khusus."));
    }
    if note.needs.trim().chars().count() > LONGEST {
        return Err(RequestError::Invalid("Kebutuhannya paling panjang 300 huruf."));
    }
    match note.address.as_deref().map(|address| address.trim().chars().count()) {
        None | Some(1..=LONGEST) => Ok(()),
        Some(0) => Err(RequestError::Invalid("Tulis alamat yang dikunjungi dan cara mencapainya.")),
        Some(_) => Err(RequestError::Invalid("Alamat kunjungan paling panjang 300 huruf.")),
    }
}

/// Forgets why more care was taken: whoever agreed no longer does. The request has its turn as when it came.
pub async fn forget_care(cx: &mut Cx<'_>, office: &Office, id: RequestId) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::IntakeRequests).await?;
    if row.care_since.is_none() {
        return Err(RequestError::Invalid("Tidak ada perhatian khusus yang dicatat."));
    }
    Edit::of(&row)
        .set(request::Column::CareSince, Option::<Instant>::None)
        .set(request::Column::TurnAt, row.first_message_at)
        .set(request::Column::VisitWantedAt, Option::<Instant>::None)
        .save(cx)
        .await?;
    cx.tx().delete::<rows::Entity>(rows::Column::Id.eq(id)).await?;
    visiting::leave(cx, office, &row, Leaving::Unwanted).await?;
    // What helps them may have been noted for the place to which they come as well.
    appointments::forget_notes(cx, id).await?;
    Line::new(RequestEventKind::CareForgotten).write(cx, &row).await?;
    cx.audit("request.care_forgotten", ("request", Some(id.0)))?;
    Ok(())
}

/// What is noted of the people of some requests, whoever may see those.
pub(super) async fn notes(
    cx: &Cx<'_>,
    of: Vec<RequestId>,
) -> Outcome<Vec<(RequestId, CareNote, rows::Model)>> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let most = of.len() as u64;
    let found = cx.tx().find::<rows::Entity>().filter(rows::Column::Id.is_in(of)).up_to(most).await?;
    let opened = |row: rows::Model| {
        let text = |sealed: &Option<loket_entity::sealed::Sealed<String>>, place: Column| {
            sealed.as_ref().map(|text| cx.open(text, place.of(row.id.0))).transpose()
        };
        let note = CareNote {
            reasons: cx.open(&row.reasons, places::CARE_REASONS.of(row.id.0))?,
            needs: text(&row.needs, places::CARE_NEEDS)?.unwrap_or_default(),
            address: text(&row.address, places::CARE_ADDRESS)?,
            consent: (row.consent_by, row.consent_way),
        };
        Ok((row.id, note, row))
    };
    found.into_iter().map(opened).collect()
}

/// What a request's page shows of it; nothing where no more care is taken and nobody was visited.
pub(super) async fn view(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<CareView>> {
    if row.care_since.is_none() {
        return Ok(None);
    }
    let Some((_, note, noted)) = notes(cx, vec![row.id]).await?.pop() else { return Ok(None) };
    let who = tenancy::officer_names(cx, noted.noted_by.into_iter().collect()).await?;
    let all = visits::of_request(cx, row.id).await?;
    let rounds = visits::named(cx, all.iter().map(|visit| visit.round).collect()).await?;
    let with = |visit: VisitView| {
        let (title, from) = rounds.get(&visit.round)?.clone();
        Some((visit, title, from))
    };
    let seen = all.into_iter().filter_map(with).collect();
    Ok(Some(CareView {
        note,
        noted_at: noted.noted_at,
        noted_by: noted.noted_by.and_then(|id| who.get(&id).cloned()).unwrap_or_else(|| "Loket".to_owned()),
        ahead: Some(row.turn_at).filter(|turn| *turn < row.first_message_at),
        visits: seen,
    }))
}
