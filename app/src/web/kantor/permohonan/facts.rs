//! What is known of a request and of the people in it. Identity numbers are masked until somebody says
//! what for.

use std::collections::BTreeMap;

use loket_core::{clock::Instant, format::Note, text::capital};

use super::forward;
use crate::{
    domain::{
        requests::{HANDED_IN_BY, QueueRow, RECIPIENT, RequestView},
        tenancy::Office,
        whatsapp::ThreadView,
    },
    web::{
        parts::{EarlierRequest, Fact, Tag, When},
        routes,
    },
};

/// What was typed. `clear` holds the fields in clear, once a purpose was given.
pub(super) fn facts(
    view: &RequestView,
    office: &Office,
    (may_reveal, clear): (bool, Option<&BTreeMap<String, String>>),
) -> Vec<Fact> {
    let reveal = || may_reveal.then(|| routes::RequestStep::at(&office.slug, view.row.id, "lihat"));
    let mut facts: Vec<Fact> = view
        .fields
        .iter()
        .map(|(key, shown)| {
            let label = label(key, office);
            let fact = match clear.and_then(|fields| fields.get(key)).filter(|value| *value != shown) {
                Some(value) => Fact::clear(label, value.clone()),
                None if shown.contains("**") => Fact::masked(label, shown.clone(), reveal()),
                None => Fact::plain(label, shown.clone()),
            };
            Fact { note: note(view, key), ..fact }
        })
        .collect();
    facts.sort_by_key(|fact| rank(&fact.label));
    facts
}

/// Why a field was read as it was.
fn note(view: &RequestView, key: &str) -> Option<String> {
    let about = |note: &&Note| note.key.as_deref() == Some(key);
    view.notes.iter().find(about).map(|note| note.kind.sentence().to_owned())
}

/// Why the line as a whole was read as it was.
pub(super) fn line_notes(view: &RequestView) -> Vec<&'static str> {
    view.notes.iter().filter(|note| note.key.is_none()).map(|note| note.kind.sentence()).collect()
}

/// Identity numbers first, as they stand on the papers.
fn rank(label: &str) -> u8 {
    match label {
        "NIK" => 0,
        "Nomor KK" => 1,
        _ if label.starts_with("Nama") => 2,
        _ => 3,
    }
}

/// The words for a field; fields of an office's own making are named by their key.
fn label(key: &str, office: &Office) -> String {
    match key {
        "nik" => "NIK".to_owned(),
        HANDED_IN_BY => "Diserahkan oleh".to_owned(),
        RECIPIENT => "Diambil oleh".to_owned(),
        "nomor_wa" => "Nomor WhatsApp".to_owned(),
        "no_kk" | "kk" => "Nomor KK".to_owned(),
        "desa" => capital(&office.village_word),
        "kecamatan" => capital(&office.district_word),
        "jenis" => "Jenis permohonan".to_owned(),
        "no_skpwni" => "Nomor SKPWNI".to_owned(),
        other => capital(&other.replace('_', " ")),
    }
}

/// Who it is about, and who wrote.
pub(super) fn people(
    view: &RequestView,
    thread: Option<&ThreadView>,
    (office, now): (&Office, Instant),
) -> Vec<Fact> {
    let mut people = vec![Fact::plain("Pemohon", view.subject.clone())];
    if let Some(thread) = thread {
        people.push(Fact::plain("Pengirim", thread.contact.name.clone()));
        people.push(Fact::plain("Telepon", thread.contact.address.clone().unwrap_or_default()));
        people.push(Fact::plain("Lewat nomor", thread.number.clone()));
    }
    people.extend(forward::fact(view, office, now));
    people
}

/// Other requests: of whoever handed it in, or for the same person and service.
pub(super) fn others(rows: &[QueueRow], office: &Office, now: Instant) -> Vec<EarlierRequest> {
    rows.iter()
        .map(|row| EarlierRequest {
            receipt: row.receipt.clone(),
            href: routes::Request::at(&office.slug, row.id),
            service: row.service.clone(),
            state: Tag::of_state(row.state),
            when: When::plain(row.first_message_at, now, office.zone),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn identity_numbers_are_masked_and_can_be_asked_for() {
        let drawn = facts(&samples::request(), &samples::office(), (true, None));
        let nik = drawn.first();
        assert_eq!(nik.map(|fact| fact.label.as_str()), Some("NIK"));
        assert!(nik.is_some_and(|fact| fact.reveal_href.is_some() && !fact.revealed));
        let closed = facts(&samples::request(), &samples::office(), (false, None));
        assert!(closed.iter().all(|fact| fact.reveal_href.is_none()));
    }

    #[test]
    fn only_what_was_masked_is_shown_as_opened() {
        let clear = BTreeMap::from([
            ("nik".to_owned(), "3603015105900001".to_owned()),
            ("desa".to_owned(), "PETE".to_owned()),
        ]);
        let drawn = facts(&samples::request(), &samples::office(), (true, Some(&clear)));
        let opened: Vec<_> =
            drawn.iter().filter(|fact| fact.revealed).map(|fact| fact.label.as_str()).collect();
        assert_eq!(opened, ["NIK"]);
    }

    #[test]
    fn fields_are_named_in_the_words_of_the_office() {
        let office = samples::office();
        for (key, words) in [("no_kk", "Nomor KK"), ("alamat_pindah", "Alamat pindah"), ("desa", "Desa")] {
            assert_eq!(label(key, &office), words);
        }
    }
}
