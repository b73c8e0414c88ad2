//! The page of a request, drawn from samples in every state.

use loket_core::request::allowed;

use super::*;
use crate::web::kantor::samples;

fn shown(view: RequestView, thread: Option<ThreadView>) -> Shown {
    let ready = Ready { code: "jam".to_owned(), title: "Jam".to_owned(), text: "Buka 08.00.".to_owned() };
    Shown {
        prepared: Vec::new(),
        view,
        attachments: Vec::new(),
        thread,
        now: samples::now(),
        quick: vec![ready],
        held: None,
        onward: None,
        earlier_part: false,
    }
}

fn html(shown: &Shown, extra: Extra) -> String {
    let who: (&Office, UserId, &dyn Fn(Permission) -> bool) = (&samples::office(), samples::me(), &|_| true);
    RequestPage::drawn(samples::frame(), who, shown, (Panel::Chat, extra)).render().unwrap_or_default()
}

#[test]
fn the_request_renders_its_samples() {
    let page = html(&shown(samples::request(), Some(samples::thread())), Extra::default());
    for part in [
        "TNG-2611-00042-K",
        "Bapak/Ibu tangani",
        "belum dijawab petugas",
        "1 dari 2 berkas wajib diterima",
        "Surat kehilangan",
        "Mohon kirim surat kehilangan.",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("sisa 23 jam"), "the window counts down");
    assert!(!page.contains("3603015105900001"), "identity numbers are masked in what was written");
}

#[test]
fn every_state_renders() {
    for state in RequestState::ALL {
        let mut view = samples::request();
        view.row.state = *state;
        view.steps = allowed(*state);
        let page = html(&shown(view, None), Extra::default());
        assert!(page.contains(state.label()), "{state}");
        assert!(page.contains("bukan tugas Bapak/Ibu"), "the conversation cannot be seen");
    }
}

#[test]
fn a_step_that_failed_says_why_and_keeps_what_was_typed() {
    let extra = Extra {
        sent: None,
        error: Some("Tulis pesannya dahulu.".to_owned()),
        written: Written { text: "Selamat siang Bu".to_owned(), picked: None },
        clear: None,
    };
    let page = html(&shown(samples::request(), Some(samples::thread())), extra);
    assert!(page.contains("Tulis pesannya dahulu.") && page.contains("Selamat siang Bu"));
}

#[test]
fn numbers_stand_in_clear_only_after_a_purpose_was_given() {
    let clear = BTreeMap::from([("nik".to_owned(), "3603015105900001".to_owned())]);
    let page = html(&shown(samples::request(), None), Extra { clear: Some(clear), ..Extra::default() });
    assert!(page.contains("3603015105900001"));
    assert!(!html(&shown(samples::request(), None), Extra::default()).contains("3603015105900001"));
}

#[test]
fn taking_is_offered_to_whoever_does_not_have_it() {
    let mut view = samples::request();
    assert_eq!(take_label(&view, samples::me()), None);
    assert_eq!(take_label(&view, UserId::NIL), Some("Ambil alih"));
    view.row.state = RequestState::Received;
    view.assigned_to = None;
    assert_eq!(take_label(&view, samples::me()), Some("Ambil dan periksa"));
    view.row.state = RequestState::Finished;
    assert_eq!(take_label(&view, samples::me()), None);
}
