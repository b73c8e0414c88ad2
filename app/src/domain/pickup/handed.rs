//! Who received something, and what was looked at before: written once and never changed.

use loket_core::{
    clock::Instant,
    handover::{Claim, Collectors, FamilyCard, HandoverWay, Proof, Receiver, may_receive},
    id::{FileId, HandoverId, PickupPointId, RequestId},
    text::Kk,
};
use loket_entity::{handover, request, sealed::Sealed};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{error::PickupError, places};
use crate::{
    domain::tenancy,
    infra::{
        Cx, Outcome,
        seal::{Column, IndexKind},
    },
};

const LONGEST: usize = 120;

/// What an officer wrote down of whoever stands at the counter.
#[derive(Debug, Clone, Copy)]
pub struct Received<'r> {
    /// As whom they came.
    pub receiver: Receiver,
    /// What they showed.
    pub proof: Proof,
    /// Their name; may be empty for the applicant.
    pub name: &'r str,
    /// The number of the KK that they showed; empty where they showed none.
    pub kk: &'r str,
    /// Number or date of their written authority; empty where they have none.
    pub letter: &'r str,
}

/// That something was handed over, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverView {
    /// When.
    pub at: Instant,
    /// How.
    pub way: HandoverWay,
    /// Who gave or sent it.
    pub who: String,
    /// Who received it, and what they showed; nothing where a document was sent.
    pub receiver: Option<(Receiver, Proof)>,
    /// Their name, where they are not the applicant.
    pub name: String,
    /// How the KK that they showed stands to the one of the request.
    pub family_card: Option<FamilyCard>,
    /// Their written authority.
    pub letter: String,
    /// How the officer made sure who holds the number, or how it was sent otherwise.
    pub assurance: String,
    /// The SHA-256 of what was sent, in hexadecimal.
    pub sha256: Option<String>,
}

/// Checks that whoever stands at the counter may receive the product of a request, and keeps what was looked at.
///
/// # Errors
/// Why it is not given to them: nothing is then written.
pub async fn received(
    cx: &Cx<'_>,
    row: &request::Model,
    (here, point): (Collectors, Option<PickupPointId>),
    received: &Received<'_>,
) -> Result<(), PickupError> {
    let (name, letter) = (received.name.trim(), received.letter.trim());
    if name.chars().count() > LONGEST || letter.chars().count() > LONGEST {
        return Err(PickupError::Invalid("Nama dan surat kuasa masing-masing paling panjang 120 huruf."));
    }
    let claim = Claim {
        receiver: received.receiver,
        proof: received.proof,
        name,
        family_card: family_card(cx, row, received.kk)?,
        letter,
    };
    may_receive(here, &claim)?;
    let id: HandoverId = cx.new_id();
    let applicant = claim.receiver == Receiver::Applicant;
    let family_card = claim.family_card.filter(|_| claim.receiver == Receiver::Family);
    let letter = Some(letter).filter(|_| claim.receiver == Receiver::Proxy);
    let line = handover::ActiveModel {
        receiver: Set(Some(claim.receiver)),
        proof: Set(Some(claim.proof)),
        name: Set(sealed(cx, Some(name).filter(|_| !applicant), (places::NAME, id))?),
        family_card: Set(family_card),
        letter: Set(sealed(cx, letter, (places::LETTER, id))?),
        point_id: Set(point),
        assurance: Set(None),
        file_id: Set(None),
        sha256: Set(None),
        ..begun(cx, row.id, (id, HandoverWay::Counter))
    };
    cx.tx().insert::<handover::Entity>(line).await?;
    Ok(())
}

/// How the KK that somebody showed stands to the one of the request. The number itself is kept nowhere.
fn family_card(cx: &Cx<'_>, row: &request::Model, kk: &str) -> Result<Option<FamilyCard>, PickupError> {
    let kk = kk.trim();
    if kk.is_empty() {
        return Ok(None);
    }
    let shown =
        Kk::parse(kk).map_err(|_| PickupError::Invalid("Nomor KK terdiri dari 16 angka. Periksa lagi."))?;
    let shown = cx.index(IndexKind::Kk, shown.expose());
    Ok(Some(match &row.kk_idx {
        None => FamilyCard::Unknown,
        Some(known) if *known == shown => FamilyCard::Same,
        Some(_) => FamilyCard::Different,
    }))
}

fn sealed(
    cx: &Cx<'_>,
    text: Option<&str>,
    (column, id): (Column, HandoverId),
) -> Outcome<Option<Sealed<String>>> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| cx.seal(&text.to_owned(), column.of(id.0))).transpose()
}

fn begun(cx: &Cx<'_>, request: RequestId, (id, way): (HandoverId, HandoverWay)) -> handover::ActiveModel {
    handover::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        request_id: Set(request),
        at: Set(cx.now()),
        way: Set(way),
        actor_id: Set(cx.officer()),
        ..Default::default()
    }
}

/// Somebody else brought it, or gave it at another office, and says who received it and when.
pub async fn reported(
    cx: &Cx<'_>,
    request: RequestId,
    (way, at): (HandoverWay, Instant),
    (name, how): (&str, &str),
) -> Outcome<()> {
    let id: HandoverId = cx.new_id();
    let line = handover::ActiveModel {
        at: Set(at),
        receiver: Set(None),
        proof: Set(None),
        name: Set(sealed(cx, Some(name.trim()), (places::NAME, id))?),
        family_card: Set(None),
        letter: Set(None),
        point_id: Set(None),
        assurance: Set(sealed(cx, Some(how.trim()), (places::ASSURANCE, id))?),
        file_id: Set(None),
        sha256: Set(None),
        ..begun(cx, request, (id, way))
    };
    cx.tx().insert::<handover::Entity>(line).await
}

/// A document was sent: how, which, by the hash of its bytes, and how the officer made sure who holds the number, where it
/// changed, or sent it otherwise.
pub async fn sent(
    cx: &Cx<'_>,
    request: RequestId,
    (way, document, sha256, assurance): (HandoverWay, FileId, Option<&str>, Option<&str>),
) -> Result<(), PickupError> {
    if assurance.is_some_and(|text| text.trim().chars().count() > LONGEST) {
        return Err(PickupError::Invalid("Keterangannya paling panjang 120 huruf."));
    }
    let id: HandoverId = cx.new_id();
    let line = handover::ActiveModel {
        receiver: Set(None),
        proof: Set(None),
        name: Set(None),
        family_card: Set(None),
        letter: Set(None),
        point_id: Set(None),
        assurance: Set(sealed(cx, assurance.map(str::trim), (places::ASSURANCE, id))?),
        file_id: Set(Some(document)),
        sha256: Set(sealed(cx, sha256, (places::SHA256, id))?),
        ..begun(cx, request, (id, way))
    };
    cx.tx().insert::<handover::Entity>(line).await?;
    Ok(())
}

/// The last time that the product of a request was handed over.
pub async fn handed_over(cx: &Cx<'_>, request: RequestId) -> Outcome<Option<HandoverView>> {
    let found = cx.tx().find::<handover::Entity>().filter(handover::Column::RequestId.eq(request));
    let Some(row) = found.sorted_descending(handover::Column::Id).one().await? else { return Ok(None) };
    let names = tenancy::officer_names(cx, row.actor_id.into_iter().collect()).await?;
    let name = row.name.as_ref().map(|name| cx.open(name, places::NAME.of(row.id.0))).transpose()?;
    let letter =
        row.letter.as_ref().map(|letter| cx.open(letter, places::LETTER.of(row.id.0))).transpose()?;
    let sha256 = row.sha256.as_ref().map(|hash| cx.open(hash, places::SHA256.of(row.id.0))).transpose()?;
    let assured = |text: &Sealed<String>| cx.open(text, places::ASSURANCE.of(row.id.0));
    let assurance = row.assurance.as_ref().map(assured).transpose()?;
    Ok(Some(HandoverView {
        at: row.at,
        way: row.way,
        who: row.actor_id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| "Loket".to_owned()),
        receiver: row.receiver.zip(row.proof),
        name: name.unwrap_or_default(),
        family_card: row.family_card,
        letter: letter.unwrap_or_default(),
        assurance: assurance.unwrap_or_default(),
        sha256,
    }))
}
