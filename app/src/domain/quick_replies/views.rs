//! What pages read of ready answers: the list to be set, and what may be said in a conversation.

use loket_core::{
    id::{QuickReplyId, ServiceId},
    reply::quick::{Known, QuickText},
};
use loket_entity::quick_reply;

use super::store;
use crate::infra::{Cx, Fault, Outcome};

/// A ready answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickReplyView {
    /// Which.
    pub id: QuickReplyId,
    /// What is typed after a slash.
    pub code: String,
    /// What officers call it.
    pub title: String,
    /// Its words, with placeholders.
    pub text: String,
    /// The services it is for; every one when empty.
    pub services: Vec<ServiceId>,
    /// Whether it is offered.
    pub active: bool,
    /// Whether it speaks of a request, and so is offered only where there is one.
    pub needs_request: bool,
}

/// A ready answer with everything filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// What is typed after a slash.
    pub code: String,
    /// What officers call it.
    pub title: String,
    /// What the citizen would get.
    pub text: String,
}

/// Where an answer is picked.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    /// What is known there.
    pub known: Known<'a>,
    /// The services that are spoken of; none in particular when empty.
    pub services: &'a [ServiceId],
}

/// Every ready answer of the office, in order.
pub async fn all(cx: &Cx<'_>) -> Outcome<Vec<QuickReplyView>> {
    let mut services = store::services(cx).await?;
    let rows = store::all(cx).await?;
    rows.into_iter().map(|row| view(services.remove(&row.id).unwrap_or_default(), row)).collect()
}

/// One ready answer.
pub async fn one(cx: &Cx<'_>, id: QuickReplyId) -> Outcome<Option<QuickReplyView>> {
    Ok(all(cx).await?.into_iter().find(|reply| reply.id == id))
}

/// What an officer may pick here: what is switched on, is for a service that is spoken of, and can be filled.
pub async fn offered(cx: &Cx<'_>, offer: &Offer<'_>) -> Outcome<Vec<Ready>> {
    Ok(all(cx).await?.into_iter().filter_map(|reply| ready(reply, offer)).collect())
}

fn ready(reply: QuickReplyView, offer: &Offer<'_>) -> Option<Ready> {
    let meant = reply.services.is_empty()
        || offer.services.is_empty()
        || reply.services.iter().any(|service| offer.services.contains(service));
    if !reply.active || !meant {
        return None;
    }
    let text = QuickText::parse(&reply.text).ok()?.filled(&offer.known)?;
    Some(Ready { code: reply.code, title: reply.title, text })
}

fn view(services: Vec<ServiceId>, row: quick_reply::Model) -> Outcome<QuickReplyView> {
    let text = QuickText::parse(&row.body).map_err(|_| Fault::Inconsistent("a ready answer"))?;
    Ok(QuickReplyView {
        id: row.id,
        code: row.code,
        title: row.title,
        needs_request: text.needs_request(),
        text: row.body,
        services,
        active: row.active,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_what_fits_the_place_is_offered() {
        let service = |n: u128| ServiceId(Uuid::from_u128(n));
        let reply = |text: &str, services: &[u128], active| QuickReplyView {
            id: QuickReplyId::NIL,
            code: "a".to_owned(),
            title: "A".to_owned(),
            text: text.to_owned(),
            services: services.iter().map(|n| service(*n)).collect(),
            active,
            needs_request: false,
        };
        let known = Known { office: "Dinas", hours: "08.00", request: None };
        let with = Known { request: Some(("TNG-1", "KTP-el")), ..known };
        let (ktp, any): (&[ServiceId], &[ServiceId]) = (&[service(1)], &[]);
        for (reply, known, services, offered) in [
            (reply("Salam dari {kantor}", &[], true), known, ktp, Some("Salam dari Dinas")),
            (reply("Salam", &[], false), known, ktp, None),
            (reply("Syarat", &[1, 2], true), known, ktp, Some("Syarat")),
            (reply("Syarat", &[2], true), known, ktp, None),
            (reply("Syarat", &[2], true), known, any, Some("Syarat")),
            (reply("{resi}", &[], true), known, any, None),
            (reply("{resi} {layanan}", &[], true), with, ktp, Some("TNG-1 KTP-el")),
        ] {
            let text = ready(reply.clone(), &Offer { known, services }).map(|ready| ready.text);
            assert_eq!(text.as_deref(), offered, "{reply:?}");
        }
    }
}
