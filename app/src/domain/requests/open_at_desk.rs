//! An officer opens a request for somebody at the counter, on the telephone, or by mail.

use std::collections::BTreeMap;

use loket_core::request::Channel;

use super::{
    entry::Entry,
    error::RequestError,
    open::{NewRequest, Opened, open},
};
use crate::{
    domain::{catalogue, tenancy::Office},
    infra::Cx,
};

/// The ways by which an officer may say that a request came. WhatsApp has its conversation, the web its
/// own form.
pub const DESK_CHANNELS: [Channel; 3] = [Channel::Counter, Channel::Telephone, Channel::Mail];

/// Opens a request that has no conversation: whoever asked is answered at the desk, so nobody waits for a
/// reply and none is sent.
pub async fn open_at_desk(
    cx: &mut Cx<'_>,
    office: &Office,
    channel: Channel,
    entry: Entry,
) -> Result<Opened, RequestError> {
    if !DESK_CHANNELS.contains(&channel) {
        return Err(RequestError::Invalid("Pilih loket, telepon, atau surel sebagai asal permohonan."));
    }
    let catalogue = catalogue::load(cx).await?;
    let chosen = entry.allowed(cx, office, &catalogue)?;
    let name = BTreeMap::from([("nama".to_owned(), entry.subject.expose().to_owned())]);
    let fields = entry.fields(&catalogue, chosen, name)?;
    let new = NewRequest {
        channel,
        conversation: None,
        submitter: None,
        subject: entry.subject,
        fields,
        notes: Vec::new(),
        first_message_at: cx.now(),
        answered_at: None,
        unanswered_since: None,
    };
    Ok(open(cx, office, chosen, new).await?)
}
