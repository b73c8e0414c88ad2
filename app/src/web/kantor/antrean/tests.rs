//! What the queue shows.

use super::*;
use crate::web::kantor::samples;

fn counts(turn: u64, mine: u64) -> QueueCounts {
    QueueTab::ALL
        .into_iter()
        .map(|tab| {
            (
                tab,
                Counted::of(match tab {
                    QueueTab::Turn => turn,
                    QueueTab::Mine => mine,
                    _ => 0,
                }),
            )
        })
        .collect()
}

fn page(rows: Vec<Row>) -> QueuePage {
    let office = samples::office();
    QueuePage {
        frame: samples::frame(),
        heading: heading(true),
        sentence: sentence(&counts(12, 3), true),
        own: Some(own_words(&OwnDay::default(), samples::now())),
        tabs: tabs(&office, QueueTab::Turn, &counts(12, 3), true),
        take_href: Some(routes::TakeNext::at(&office.slug)),
        new_href: Some(routes::NewRequest::at(&office.slug)),
        pickups_href: String::new(),
        sent_href: String::new(),
        visits_href: String::new(),
        live_href: String::new(),
        empty_title: empty(QueueTab::Turn).0,
        empty_text: empty(QueueTab::Turn).1,
        pager: pager(&office, QueueTab::Turn, &one_row(), Counted::of(1)),
        rows,
    }
}

#[test]
fn the_queue_is_told_in_a_sentence() {
    assert_eq!(sentence(&counts(12, 3), true), "12 menunggu giliran, 3 Bapak/Ibu tangani.");
    assert_eq!(sentence(&counts(0, 0), true), "Tidak ada yang menunggu giliran.");
    assert_eq!(sentence(&counts(12, 3), false), "12 menunggu giliran, 0 sedang ditangani.");
}

#[test]
fn an_officer_sees_their_own_day_in_a_line() {
    let since = samples::now() - chrono::TimeDelta::minutes(125);
    let day = OwnDay { taken: 3, answered: 2, closed: 1, waiting_since: Some(since) };
    assert_eq!(
        own_words(&day, samples::now()),
        "Hari ini Bapak/Ibu: 3 diambil, 2 percakapan dijawab, 1 ditutup; yang terlama menunggu jawaban Bapak/Ibu 2 jam 5 menit."
    );
}

fn one_row() -> requests::QueuePage {
    requests::QueuePage { rows: vec![samples::row()], before: None, behind: None }
}

#[test]
fn a_page_says_how_many_of_how_many_it_shows() {
    let row = Cursor { at: samples::now(), id: uuid::Uuid::from_u128(7) };
    let page = requests::QueuePage { before: Some(row), behind: Some(row), ..one_row() };
    let between = pager(&samples::office(), QueueTab::Turn, &page, Counted::of(204));
    assert_eq!(between.text, "1 dari 204");
    let address = format!("/kantor/kab-tangerang/antrean?tab=giliran&sesudah={row}");
    assert_eq!(between.next, Some(address));
    let address = format!("/kantor/kab-tangerang/antrean?tab=giliran&sebelum={row}");
    assert_eq!(between.previous, Some(address));
    let alone = pager(&samples::office(), QueueTab::Turn, &one_row(), Counted::of(1));
    assert!(alone.previous.is_none() && alone.next.is_none());
}

#[test]
fn what_was_not_counted_to_its_end_is_told_as_more() {
    for (counted, words, short) in [(12, "12", "12"), (999, "999", "999"), (1_000, "lebih dari 999", "999+")]
    {
        let counted = Counted::of(counted);
        assert_eq!((in_words(counted).as_str(), in_short(counted).as_str()), (words, short));
    }
    assert_eq!(sentence(&counts(1_000, 3), true), "Lebih dari 999 menunggu giliran, 3 Bapak/Ibu tangani.");
}

#[test]
fn the_queue_renders_its_samples() {
    let office = samples::office();
    let rows = vec![Row::of(&office, samples::now(), samples::row())];
    let html = page(rows).render().unwrap_or_default();
    for part in ["TNG-2611-00042-K", "SITI A…", "1/2", "Tigaraksa", "Ambil berikutnya", "Giliran"] {
        assert!(html.contains(part), "{part}");
    }
    let empty = page(Vec::new());
    assert!(empty.as_rows().render().unwrap_or_default().contains("Tidak ada yang menunggu"));
}

#[test]
fn papers_are_told_in_a_fraction_and_in_words() {
    let mut row = Row::of(&samples::office(), samples::now(), samples::row());
    assert_eq!((row.papers_short().as_str(), row.papers_tone()), ("1/2", "warn"));
    row.papers = (0, 0);
    assert_eq!((row.papers_short().as_str(), row.papers_words().as_str()), ("–", "tanpa berkas"));
}
