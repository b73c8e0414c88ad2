//! One conversation as it is read: its messages with what became of each.

use std::{collections::HashMap, fmt};

use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{ConversationId, MessageId, RequestId, UserId},
    kinds::Direction,
    permission::Permission,
    text::mask_identity_numbers,
    whatsapp::MessageKind,
};
use loket_entity::{message, sealed::BlindIndex};
use sea_orm::{ColumnTrait, Condition};

use super::{
    attachments::{self, AttachmentView},
    content::Content,
    conversations,
    sight::Sight,
    views::{self, ConversationRow},
};
use crate::infra::{
    Cx, Outcome,
    graph::{SendFailure, classify},
    seal::IndexKind,
};

const MOST: u64 = 200;

/// A message before which others are asked for.
pub type Before = (Instant, MessageId);

/// A conversation on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationView {
    /// Its head.
    pub row: ConversationRow,
    /// Whether this person may answer.
    pub may_answer: bool,
    /// A part of its messages, oldest first.
    pub messages: Vec<MessageView>,
    /// Where the earlier ones begin, if there are any.
    pub earlier: Option<Before>,
}

/// A message on the screen.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageView {
    /// Which.
    pub id: MessageId,
    /// Which way.
    pub direction: Direction,
    /// What it is.
    pub kind: MessageKind,
    /// Its words, with identity numbers hidden.
    pub text: Option<String>,
    /// What stands in place of a kind that cannot be shown.
    pub label: Option<&'static str>,
    /// The beginning of the message it answers, if we have it.
    pub quoted: Option<String>,
    /// Its photo or file.
    pub attachment: Option<AttachmentView>,
    /// The officer who wrote it; nobody for Loket's own and the citizen's.
    pub author: Option<String>,
    /// What became of one of ours.
    pub delivery: Option<DeliveryView>,
    /// The request it belongs to.
    pub request: Option<RequestId>,
    /// When it was written.
    pub at: Instant,
}

impl fmt::Debug for MessageView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageView")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
    }
}

/// What became of a message of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryView {
    /// How far it has come; its word is [`DeliveryState::label`].
    pub state: DeliveryState,
    /// Since when.
    pub since: Option<Instant>,
    /// Meta's code, when something is wrong.
    pub code: Option<i64>,
    /// What happened and what to do, when something is wrong.
    pub advice: Option<&'static str>,
    /// How often it was handed to Meta.
    pub attempts: i64,
}

/// A conversation within reach, with at most 200 of its messages; nothing when there is none.
pub async fn conversation(
    cx: &Cx<'_>,
    id: ConversationId,
    before: Option<Before>,
    limit: u64,
) -> Outcome<Option<ConversationView>> {
    let sight = Sight::of(cx, Permission::ReadRequests).await?;
    let found = conversations::by_id(cx, id).await?.filter(|row| sight.covers(row.number_id));
    let Some(found) = found else { return Ok(None) };
    let number = found.number_id;
    let Some(row) = views::rows(cx, vec![found]).await?.pop() else { return Ok(None) };
    let (models, more) = page(cx, id, before, limit.clamp(1, MOST)).await?;
    let earlier = models.first().filter(|_| more).map(|first| (first.at, first.id));
    let may_answer = Sight::of(cx, Permission::HandleRequests).await?.covers(number);
    Ok(Some(ConversationView { row, may_answer, messages: messages(cx, models).await?, earlier }))
}

/// A page of messages, oldest first, and whether there are earlier ones.
async fn page(
    cx: &Cx<'_>,
    id: ConversationId,
    before: Option<Before>,
    limit: u64,
) -> Outcome<(Vec<message::Model>, bool)> {
    let mut theirs = Condition::all().add(message::Column::ConversationId.eq(id));
    if let Some((at, id)) = before {
        let same_time = Condition::all().add(message::Column::At.eq(at)).add(message::Column::Id.lt(id));
        theirs = theirs.add(Condition::any().add(message::Column::At.lt(at)).add(same_time));
    }
    let mut rows = cx
        .tx()
        .find::<message::Entity>()
        .filter(theirs)
        .descending(message::Column::At)
        .descending(message::Column::Id)
        .up_to(limit + 1)
        .await?;
    let more = u64::try_from(rows.len()).is_ok_and(|rows| rows > limit);
    if more {
        rows.pop();
    }
    rows.reverse();
    Ok((rows, more))
}

async fn messages(cx: &Cx<'_>, models: Vec<message::Model>) -> Outcome<Vec<MessageView>> {
    let mut attached = attachments::of_messages(cx, &models).await?;
    let authors: Vec<UserId> = models.iter().filter_map(|row| row.author).collect();
    let authors = views::officers(cx, authors).await?;
    let contents: Vec<Content> =
        models.iter().map(|row| Content::open(cx, row.id, &row.content)).collect::<Outcome<_>>()?;
    let quotes = quotes(cx, &contents).await?;
    Ok(models
        .into_iter()
        .zip(contents)
        .map(|(row, content)| {
            let attachment = attached.remove(&row.id);
            let text = content.words().map(mask_identity_numbers);
            MessageView {
                label: (text.is_none() && attachment.is_none()).then(|| row.kind.label()),
                quoted: content
                    .reply_to()
                    .and_then(|wamid| quotes.get(&cx.index(IndexKind::Wamid, wamid)).cloned()),
                author: row.author.and_then(|id| authors.get(&id).cloned()),
                delivery: delivery(&row),
                id: row.id,
                direction: row.direction,
                kind: row.kind,
                request: row.request_id,
                at: row.at,
                text,
                attachment,
            }
        })
        .collect())
}

fn delivery(row: &message::Model) -> Option<DeliveryView> {
    let state = row.delivery?;
    let failure = row.error_code.map(|code| SendFailure {
        class: classify(code),
        code: Some(code),
        title: String::new(),
    });
    let advice = match (&failure, state) {
        (Some(failure), DeliveryState::Failed | DeliveryState::Queued) => Some(failure.advice()),
        (None, DeliveryState::Failed) => {
            Some("Pesan tidak dapat dikirim. Hubungi warga lewat saluran lain.")
        }
        (_, DeliveryState::Uncertain) => Some(
            "Jawaban WhatsApp tidak sampai, pesan mungkin sudah terkirim. Loket menunggu tanda terima sebelum \
             mengirim lagi.",
        ),
        _ => None,
    };
    Some(DeliveryView { state, since: row.delivery_at, code: row.error_code, advice, attempts: row.attempts })
}

/// The beginnings of the messages that these answer, as far as we have them.
async fn quotes(cx: &Cx<'_>, contents: &[Content]) -> Outcome<HashMap<BlindIndex, String>> {
    let answered: Vec<BlindIndex> = contents
        .iter()
        .filter_map(Content::reply_to)
        .map(|wamid| cx.index(IndexKind::Wamid, wamid))
        .collect();
    if answered.is_empty() {
        return Ok(HashMap::new());
    }
    let theirs = message::Column::WamidIdx.is_in(answered);
    let rows = cx.tx().find::<message::Entity>().filter(theirs).up_to(MOST).await?;
    let mut quotes = HashMap::new();
    for row in rows {
        let Some(index) = row.wamid_idx.clone() else { continue };
        let content = Content::open(cx, row.id, &row.content)?;
        let text: String = content.words().unwrap_or_else(|| row.kind.label()).chars().take(100).collect();
        quotes.insert(index, mask_identity_numbers(&text));
    }
    Ok(quotes)
}
