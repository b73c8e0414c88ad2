//! The papers of a request, and the attachments that are none yet.

use loket_core::{
    clock::Instant,
    kinds::MediaState,
    request::{PaperState, RequestState},
    text::capital,
};

use super::page::Shown;
use crate::{
    domain::{
        requests::{PaperView, RequestView},
        tenancy::Office,
        whatsapp::AttachmentView,
    },
    web::{
        kantor::thread::media_words,
        parts::{Attachment, Choice, LooseFile, Paper, Tag, When},
        routes,
    },
};

/// The papers, in order.
pub(super) fn papers(
    view: &RequestView,
    slug: &str,
    (works, office, now): (bool, &Office, Instant),
) -> Vec<Paper> {
    let open = works && checkable(view.row.state);
    view.papers.iter().map(|paper| one(view, paper, (slug, open), (office, now))).collect()
}

/// Papers are looked at before the office declares them complete.
const fn checkable(state: RequestState) -> bool {
    matches!(state, RequestState::Verification | RequestState::WaitingForCitizen)
}

/// One paper, as it is printed.
pub(in crate::web::kantor) fn one(
    view: &RequestView,
    paper: &PaperView,
    (slug, open): (&str, bool),
    (office, now): (&Office, Instant),
) -> Paper {
    let id = view.row.id;
    let arrived = paper.received_at.map(|at| format!("masuk {}", When::plain(at, now, office.zone).text));
    let unseen = paper.state == PaperState::Received;
    let decided = matches!(paper.state, PaperState::Accepted | PaperState::Rejected);
    Paper {
        id: format!("berkas-{}", paper.id),
        name: paper.name.clone(),
        required: paper.required,
        note: arrived.or_else(|| waiting_file(paper)),
        state: Tag::of_paper(paper.state),
        file: paper
            .file
            .as_ref()
            .map(|(file, mime)| Attachment::of(paper.name.clone(), mime, routes::File::at(slug, file))),
        guess: unseen.then(|| guessed(paper).to_owned()),
        decide: open && unseen,
        again: open && decided && (paper.media.is_some() || paper.file.is_some()),
        accept_href: routes::PaperStep::at(slug, id, paper.id, "terima"),
        reject_href: routes::PaperStep::at(slug, id, paper.id, "tolak"),
        reasons: paper.reasons.iter().map(|one| Choice::new(one.word(), one.label())).collect(),
        rejected_because: paper.reason.map(|reason| format!("Ditolak: {}", reason.label().to_lowercase())),
    }
}

fn guessed(paper: &PaperView) -> &'static str {
    match paper.media {
        Some(_) => "Dugaan dari urutan kiriman. Mohon dipastikan.",
        None => "Sudah diperiksa di kecamatan. Mohon diperiksa kembali.",
    }
}

fn waiting_file(paper: &PaperView) -> Option<String> {
    let waits = paper.media.is_some() && paper.file.is_none();
    waits.then(|| "Berkasnya sedang diambil dari WhatsApp.".to_owned())
}

/// The attachments that came and are no paper yet.
pub(super) fn loose(shown: &Shown, slug: &str, (works, office): (bool, &Office)) -> Vec<LooseFile> {
    let open = works && checkable(shown.view.row.state);
    let papers: Vec<Choice> =
        shown.view.papers.iter().map(|paper| Choice::new(paper.id.to_string(), paper.name.clone())).collect();
    let assign = routes::RequestStep::at(slug, shown.view.row.id, "lampiran");
    shown
        .attachments
        .iter()
        .map(|one| LooseFile {
            file: attachment(one, slug, (office, shown.now)),
            guess: guess(one, open),
            assign_href: (open && one.file.is_some() && !papers.is_empty()).then(|| assign.clone()),
            media: one.media.to_string(),
            papers: papers.clone(),
        })
        .collect()
}

fn attachment(one: &AttachmentView, slug: &str, (office, now): (&Office, Instant)) -> Attachment {
    let at = When::plain(one.at, now, office.zone).text;
    match &one.file {
        Some((file, mime)) => {
            let kind = one.name.as_deref().unwrap_or(Attachment::kind(mime).0);
            let name = format!("{kind}, {at}");
            Attachment::of(name, mime, routes::File::at(slug, file))
        }
        None => Attachment::of(format!("Lampiran, {at}"), "", String::new()),
    }
}

fn guess(one: &AttachmentView, open: bool) -> String {
    match one.state {
        MediaState::Stored if open => "Berkas ini untuk apa?".to_owned(),
        MediaState::Stored => "Belum dipasang pada syarat mana pun.".to_owned(),
        state => format!("{}.", capital(media_words(state))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn a_paper_is_decided_once_it_came_and_changed_as_long_as_papers_are_open() {
        let office = samples::office();
        let mut view = samples::request();
        view.row.state = RequestState::Verification;
        let drawn = papers(&view, "x", (true, &office, samples::now()));
        let offered: Vec<_> = drawn.iter().map(|paper| (paper.decide, paper.again)).collect();
        assert_eq!(offered, [(false, true), (true, false), (false, false)]);
        view.row.state = RequestState::InProcess;
        assert!(
            papers(&view, "x", (true, &office, samples::now())).iter().all(|one| !one.decide && !one.again)
        );
    }

    #[test]
    fn a_paper_is_turned_back_for_its_own_reasons_and_the_general_ones() {
        let mut view = samples::request();
        view.row.state = RequestState::Verification;
        let drawn = papers(&view, "x", (true, &samples::office(), samples::now()));
        let offered: Vec<&str> =
            drawn.iter().take(1).flat_map(|one| &one.reasons).map(|one| one.value.as_str()).collect();
        assert_eq!(
            offered,
            ["salah_dokumen", "kedaluwarsa", "data_beda", "tidak_lengkap", "milik_orang_lain"]
        );
    }

    #[test]
    fn whoever_only_reads_decides_nothing() {
        let mut view = samples::request();
        view.row.state = RequestState::Verification;
        let drawn = papers(&view, "x", (false, &samples::office(), samples::now()));
        assert!(drawn.iter().all(|paper| !paper.decide && !paper.again));
    }
}
