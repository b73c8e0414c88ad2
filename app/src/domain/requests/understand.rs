//! What people wrote without a line seems to be about, in the words of the office's catalogue; and the answers that
//! stand ready for it. Nothing here is sent: that is an officer's click, or intake's where the office wants it.

use loket_core::{
    id::{ConversationId, ServiceId},
    intent::{Asked, Guess, Lexicon, Offered, OfferedVariant, Want},
};

use super::{
    error::RequestError,
    lessons,
    prepared::{Ground, Prepared, answer},
    reading::Reader,
    suggest::{self, ERRAND, Suggested},
    telling::label,
    views::QueueRow,
};
use crate::{
    domain::{
        catalogue::Catalogue,
        contacts,
        tenancy::Office,
        whatsapp::{self, ConversationHead},
    },
    infra::{Cx, Outcome},
};

/// What Loket makes of a conversation, for an officer.
#[derive(Default)]
pub struct Understood {
    /// What its last line asks for.
    pub line: Option<Suggested>,
    /// What its last question may be about: `syarat Kartu Keluarga atau KTP elektronik`.
    pub hint: Option<String>,
    /// Answers to what waits, and have not been given.
    pub prepared: Vec<Prepared>,
}

/// What is known where a conversation is looked at.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The office.
    pub office: &'a Office,
    /// What it offers.
    pub catalogue: &'a Catalogue,
    /// The requests of whoever writes, as far as the officer reaches them.
    pub requests: &'a [QueueRow],
    /// The service that the number is meant for.
    pub default_service: Option<ServiceId>,
}

/// Reads what waits in a conversation.
///
/// # Errors
/// [`RequestError::NotFound`] for a conversation out of sight.
pub async fn understand(
    cx: &Cx<'_>,
    head: &ConversationHead,
    around: Around<'_>,
) -> Result<Understood, RequestError> {
    whatsapp::check_sight(cx, head.id).await?;
    let reader = Reader::new(cx, around.office, around.catalogue);
    let messages = whatsapp::unlinked(cx, head.id, cx.now() - ERRAND).await?;
    let line = suggest::last_line(&reader, around.catalogue, &messages);
    let line = line.and_then(|line| line.suggested(around.catalogue));

    let waiting = waiting(cx, &reader, head, around).await?;
    Ok(Understood { line, ..waiting })
}

/// What of the messages that wait can be understood, the newest first.
async fn waiting(
    cx: &Cx<'_>,
    reader: &Reader,
    head: &ConversationHead,
    around: Around<'_>,
) -> Outcome<Understood> {
    let Some(since) = head.unanswered_since else { return Ok(Understood::default()) };
    let name = contacts::person(cx, head.contact).await?;
    let ground = Ground {
        office: around.office,
        catalogue: around.catalogue,
        name: name.as_ref(),
        now: cx.now(),
        requests: around.requests,
    };
    let lexicon = lexicon(around.catalogue);
    let texts = whatsapp::texts_since(cx, head.id, since).await?;
    for said in texts.iter().rev() {
        let message = reader.read(&said.text);
        if let Some(correction) = lessons::correction(&ground, &message.requests, false) {
            return fresh(cx, head.id, (None, vec![correction]), since).await;
        }
        if !message.requests.is_empty() {
            break;
        }
        let guess = guess(&lexicon, around.catalogue, &said.text, message.maybe.as_deref());
        if guess.asked.is_empty() {
            continue;
        }
        let meant = guess.asked.iter().map(|asked| completed(asked, around));
        let prepared = meant.filter_map(|asked| answer(&ground, &asked, false)).collect();
        return fresh(cx, head.id, (hint(around.catalogue, &guess), prepared), since).await;
    }
    Ok(Understood::default())
}

/// Leaves out what was answered already.
async fn fresh(
    cx: &Cx<'_>,
    id: ConversationId,
    (hint, mut prepared): (Option<String>, Vec<Prepared>),
    since: loket_core::clock::Instant,
) -> Outcome<Understood> {
    if !prepared.is_empty() {
        let said = whatsapp::said_since(cx, id, since).await?;
        prepared.retain(|one| !one.was_said(&said));
    }
    Ok(Understood { line: None, hint, prepared })
}

/// A question about requirements that names no service is taken to be about the one of the number, for an officer to
/// judge; by itself it is never answered so.
fn completed(asked: &Asked, around: Around<'_>) -> Asked {
    let service = around.default_service.and_then(|id| around.catalogue.service(id));
    match (&asked.service, service) {
        (None, Some(service)) if asked.want == Want::Requirements => {
            Asked { service: Some(service.code.clone()), ..asked.clone() }
        }
        _ => asked.clone(),
    }
}

/// The words by which the office's services are named.
pub(super) fn lexicon(catalogue: &Catalogue) -> Lexicon {
    Lexicon::new(catalogue.services.iter().map(|service| {
        Offered {
            code: &service.code,
            name: &service.name,
            variants: service
                .variants
                .iter()
                .map(|variant| OfferedVariant { code: &variant.code, name: &variant.name })
                .collect(),
        }
    }))
}

/// What a message asks for: by its words, or else by the data of the one format that it seems to hold.
pub(super) fn guess(lexicon: &Lexicon, catalogue: &Catalogue, text: &str, maybe: Option<&str>) -> Guess {
    let guess = lexicon.guess(text);
    if !guess.asked.is_empty() {
        return guess;
    }
    let service = maybe.and_then(|keyword| catalogue.by_keyword(keyword));
    let asked = service.map(|service| Asked {
        want: Want::Service,
        service: Some(service.code.clone()),
        variant: None,
    });
    Guess { asked: asked.into_iter().collect(), certain: false }
}

/// What a guess is called in lists: `syarat Kartu Keluarga atau syarat KTP elektronik`.
pub(super) fn hint(catalogue: &Catalogue, guess: &Guess) -> Option<String> {
    let names: Vec<String> = guess.asked.iter().map(|asked| title(catalogue, asked)).collect();
    (!names.is_empty()).then(|| names.join(" atau "))
}

/// What one thing is called: `syarat KTP elektronik (hilang)`.
pub(super) fn title(catalogue: &Catalogue, asked: &Asked) -> String {
    let named = asked.service.as_deref().and_then(|code| {
        let service = catalogue.by_code(code)?;
        let variant = asked.variant.as_deref();
        let variant = variant.and_then(|code| service.variants.iter().find(|one| one.code == code));
        Some(variant.map_or_else(|| service.name.clone(), |variant| label(&service.name, &variant.name)))
    });
    let what = match asked.want {
        Want::Service => return named.unwrap_or_default(),
        Want::Requirements => "syarat",
        Want::Hours => "jam pelayanan",
        Want::Location => "alamat kantor",
        Want::Status => "status permohonan",
        Want::Complaint => "pengaduan",
    };
    named.map_or_else(|| what.to_owned(), |named| format!("{what} {named}"))
}
