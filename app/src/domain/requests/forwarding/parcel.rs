//! What the kecamatan hands over: read in its own office, held in clear only on the way.

use std::collections::BTreeMap;

use loket_core::{
    format::Note,
    id::{FileId, MediaId, OfficeId, RequestId, VariantId},
    kinds::ForwardingWay,
    receipt::ReceiptNumber,
    request::{PaperState, RequestState},
    text::PersonName,
};
use serde::{Deserialize, Serialize};

use super::{
    super::{error::RequestError, open::known_notes, places, store as requests},
    store,
};
use crate::{
    domain::{
        files::{self, FileView},
        whatsapp,
    },
    infra::{Cx, Fault, Outcome},
    queue::NewJob,
};

/// A request, or what changed of it, is to be carried to the office it was handed on to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PassOn {
    /// The request.
    pub request: RequestId,
    /// What it is opened as there; nothing once it is there.
    pub variant: Option<VariantId>,
}

impl PassOn {
    /// The job's kind.
    pub const KIND: &'static str = "request.pass_on";
}

/// Queues [`PassOn`].
pub(in super::super) async fn pass_on(
    cx: &mut Cx<'_>,
    request: RequestId,
    variant: Option<VariantId>,
) -> Outcome<()> {
    cx.enqueue(NewJob::new(PassOn::KIND, &PassOn { request, variant })?.priority(5)).await
}

/// A request on its way.
pub struct Parcel {
    /// To whom.
    pub to: OfficeId,
    /// The request's version, by which what is carried twice is known.
    pub(super) version: i64,
    pub(super) receipt: ReceiptNumber,
    pub(super) subject: PersonName,
    pub(super) fields: BTreeMap<String, String>,
    pub(super) notes: Vec<Note>,
    pub(super) state: RequestState,
    pub(super) close_reason: Option<String>,
    pub(super) papers: Vec<Enclosed>,
}

/// A paper that goes along.
pub(super) struct Enclosed {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) file: FileView,
}

impl Parcel {
    /// The files that go along: none of a request that was withdrawn.
    pub fn files(&self) -> impl Iterator<Item = &FileView> {
        let goes = self.state != RequestState::Cancelled;
        self.papers.iter().filter(move |_| goes).map(|paper| &paper.file)
    }
}

/// Reads a request that was handed on to an office on Loket, with the papers that were found good.
pub async fn parcel(cx: &Cx<'_>, id: RequestId) -> Outcome<Option<Parcel>> {
    let Some(row) = requests::find(cx, id).await? else { return Ok(None) };
    let out = store::find(cx, (id, ForwardingWay::Out)).await?;
    let Some(to) = out.and_then(|out| out.other_office) else { return Ok(None) };
    let name: String = cx.open(&row.subject, places::SUBJECT.of(id.0))?;
    Ok(Some(Parcel {
        to,
        version: row.version,
        receipt: ReceiptNumber::parse(&row.receipt).map_err(|_| Fault::Inconsistent("receipt number"))?,
        subject: PersonName::parse(&name).map_err(|_| Fault::Inconsistent("name of a request"))?,
        fields: requests::fields(cx, &row)?,
        notes: known_notes(row.notes.as_ref()),
        state: row.state,
        close_reason: row.close_reason,
        papers: enclosed(cx, id).await?,
    }))
}

/// Holds a request back until every paper that was found good lies in the office's own store: what is still under way
/// would not go along.
///
/// # Errors
/// A sentence.
pub(in super::super) async fn all_stored(cx: &Cx<'_>, id: RequestId) -> Result<(), RequestError> {
    let mut papers = requests::papers(cx, id).await?;
    papers.retain(|paper| paper.state == PaperState::Accepted && paper.file_id.is_none());
    let media: Vec<MediaId> = papers.iter().filter_map(|paper| paper.media_id).collect();
    let count = media.len();
    if whatsapp::files_of(cx, media).await?.len() == count {
        return Ok(());
    }
    Err(RequestError::Invalid(
        "Ada berkas yang masih diambil dari WhatsApp. Tunggu sampai fotonya tampak, lalu coba lagi.",
    ))
}

async fn enclosed(cx: &Cx<'_>, id: RequestId) -> Outcome<Vec<Enclosed>> {
    let mut papers = requests::papers(cx, id).await?;
    papers.retain(|paper| paper.state == PaperState::Accepted);
    let media: Vec<MediaId> = papers.iter().filter_map(|paper| paper.media_id).collect();
    let arrived = whatsapp::files_of(cx, media).await?;
    let of = |paper: &loket_entity::paper::Model| -> Option<FileId> {
        paper.file_id.or_else(|| arrived.get(&paper.media_id?).map(|(file, _)| *file))
    };
    let mut files = files::find_all(cx, papers.iter().filter_map(of).collect()).await?;
    Ok(papers
        .iter()
        .filter_map(|paper| {
            let file = files.remove(&of(paper)?)?;
            Some(Enclosed { code: paper.code.clone(), name: paper.name.clone(), file })
        })
        .collect())
}
