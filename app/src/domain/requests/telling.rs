//! What the citizen is told at each step. The words are `loket_core::reply`'s; here they get their
//! names and are queued in the step's own transaction.

use loket_core::{
    id::FileId,
    receipt::ReceiptNumber,
    reply::{Letterhead, Subject},
    text::PersonName,
};
use loket_entity::{officer, request, service, variant};
use sea_orm::ColumnTrait;

use super::{
    forwarding::{Letter, pass_letter},
    places,
    watch::is_heard,
};
use crate::{
    domain::{tenancy::Office, whatsapp},
    infra::{Cx, Fault, Outcome},
};

/// A request with the names that a letter needs.
pub(super) struct Addressed<'a> {
    office: &'a Office,
    row: &'a request::Model,
    receipt: ReceiptNumber,
    name: PersonName,
    service_name: String,
    signer: Option<String>,
    /// The service.
    pub service: service::Model,
}

impl<'a> Addressed<'a> {
    /// Loads the names of a request.
    pub(super) async fn of(cx: &Cx<'_>, office: &'a Office, row: &'a request::Model) -> Outcome<Self> {
        let service = cx
            .tx()
            .find::<service::Entity>()
            .filter(service::Column::Id.eq(row.service_id))
            .required("service of a request")
            .await?;
        let variant = cx
            .tx()
            .find::<variant::Entity>()
            .filter(variant::Column::Id.eq(row.variant_id))
            .required("variant of a request")
            .await?;
        let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
        Ok(Self {
            office,
            receipt: ReceiptNumber::parse(&row.receipt).map_err(|_| Fault::Inconsistent("receipt number"))?,
            name: PersonName::parse(&name).map_err(|_| Fault::Inconsistent("name of a request"))?,
            service_name: label(&service.name, &variant.name),
            signer: signer(cx).await?,
            service,
            row,
        })
    }

    /// Who writes.
    pub(super) fn head(&self) -> Letterhead<'_> {
        Letterhead {
            office: &self.office.name,
            zone: self.office.zone,
            signer: self.signer.as_deref(),
            complaints: None,
            free: self.service.free_of_charge,
        }
    }

    /// About what, to whom.
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject { name: Some(&self.name), service: &self.service_name, receipt: &self.receipt }
    }

    /// Queues a text to the citizen, through the office that talks with them where another one does; nothing when the
    /// request has no conversation (counter, letter).
    pub(super) async fn say(&self, cx: &mut Cx<'_>, text: String) -> Outcome<()> {
        let Some(conversation) = self.row.conversation_id else {
            return pass_letter(cx, self.row, Letter::Text(text)).await;
        };
        let author = cx.officer();
        whatsapp::queue_text(cx, conversation, (Some(self.row.id), author), text).await?;
        Ok(())
    }

    /// Queues a document to the citizen, by the same way.
    pub(super) async fn send(&self, cx: &mut Cx<'_>, file: FileId, caption: String) -> Outcome<()> {
        let name = format!("{}.pdf", self.receipt);
        let Some(conversation) = self.row.conversation_id else {
            return pass_letter(cx, self.row, Letter::Document { file, name, caption }).await;
        };
        let author = cx.officer();
        whatsapp::queue_document(cx, conversation, (Some(self.row.id), author), (file, name, caption))
            .await?;
        Ok(())
    }
}

/// Tells a citizen something where they hear it; says whether they did. The request was saved before: the letter to the office
/// that talks with them is found by its version.
pub(super) async fn tell(
    cx: &mut Cx<'_>,
    office: &Office,
    row: &request::Model,
    text: impl FnOnce(&Addressed<'_>) -> String,
) -> Outcome<bool> {
    if !is_heard(cx, row).await? {
        return Ok(false);
    }
    let addressed = Addressed::of(cx, office, row).await?;
    let text = text(&addressed);
    addressed.say(cx, text).await?;
    Ok(true)
}

/// A service and its variant in one name: "KTP elektronik (hilang)".
pub fn label(service: &str, variant: &str) -> String {
    let mut letters = variant.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    let rest = letters.as_str();
    // An abbreviation keeps its capitals.
    let variant = if rest.starts_with(char::is_uppercase) { variant.to_owned() } else { first + rest };
    format!("{service} ({variant})")
}

async fn signer(cx: &Cx<'_>) -> Outcome<Option<String>> {
    let Some(me) = cx.officer() else { return Ok(None) };
    let row = cx.tx().find::<officer::Entity>().filter(officer::Column::Id.eq(me)).one().await?;
    Ok(row.map(|officer| officer.name))
}
