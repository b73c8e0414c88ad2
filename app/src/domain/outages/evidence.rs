//! What shows that something was out: pictures of a screen, letters, as files of the office.

use loket_core::{
    id::{FileId, OutageId},
    outage::OutageStep,
    permission::Permission,
};
use loket_entity::outage_file;
use sea_orm::{ActiveValue::Set, ColumnTrait};
use uuid::Uuid;

use super::{
    error::OutageError,
    read::held,
    store::{line, load},
};
use crate::{
    domain::files::{self, FileView, StoredFile},
    infra::{Cx, Outcome},
};

/// How many files an entry has at most.
const MOST: u64 = 10;
const TOO_MANY: &str = "Paling banyak 10 berkas bukti untuk satu gangguan.";

/// Refuses whoever may add none, and an entry that has enough.
pub async fn may_add_evidence(cx: &Cx<'_>, id: OutageId) -> Result<(), OutageError> {
    load(cx, id, Permission::ReportOutages).await?;
    let of_this = outage_file::Column::OutageId.eq(id);
    let there = cx.tx().find::<outage_file::Entity>().filter(of_this).count().await?;
    if there < MOST { Ok(()) } else { Err(OutageError::Invalid(TOO_MANY)) }
}

/// Adds a file whose bytes lie in the store.
pub async fn add_evidence(cx: &mut Cx<'_>, id: OutageId, file: &StoredFile) -> Result<(), OutageError> {
    // One after the other: the limit is counted.
    held(cx, id).await?;
    may_add_evidence(cx, id).await?;
    files::add(cx, file).await?;
    cx.tx()
        .insert::<outage_file::Entity>(outage_file::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(cx.new_id::<Uuid>()),
            outage_id: Set(id),
            file_id: Set(file.id),
            added_at: Set(cx.now()),
        })
        .await?;
    line(cx, id, OutageStep::Evidenced, None).await?;
    cx.audit("outage.evidenced", ("outage", Some(id.0)))?;
    Ok(())
}

/// The files of an entry, oldest first.
pub async fn evidence(cx: &Cx<'_>, id: OutageId) -> Outcome<Vec<FileView>> {
    let rows = cx
        .tx()
        .find::<outage_file::Entity>()
        .filter(outage_file::Column::OutageId.eq(id))
        .ascending(outage_file::Column::AddedAt)
        .up_to(MOST)
        .await?;
    let mut found = files::find_all(cx, rows.iter().map(|row| row.file_id).collect()).await?;
    Ok(rows.iter().filter_map(|row| found.remove(&row.file_id)).collect())
}

/// One of them, to be opened: that is recorded.
pub async fn open_evidence(cx: &mut Cx<'_>, id: OutageId, file: FileId) -> Result<FileView, OutageError> {
    load(cx, id, Permission::ReadOutages).await?;
    let found = evidence(cx, id).await?.into_iter().find(|one| one.id == file);
    let found = found.ok_or(OutageError::NotFound)?;
    cx.audit("outage.evidence_opened", ("file", Some(file.0)))?;
    Ok(found)
}
