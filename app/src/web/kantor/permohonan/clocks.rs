//! The two clocks of a request, and why it is due when it is: the rule, the calendar, every interval that is counted.

use std::ops::Range;

use chrono::TimeDelta;
use loket_core::{
    calendar::DayTime,
    clock::Instant,
    request::{RequestState, Standstill},
    text::capital,
    zone::{OfficeZone, duration, number, short_date, working_time},
};

use crate::{
    domain::{
        requests::{ClockView, PromiseView, RequestView},
        tenancy::Office,
    },
    web::parts::{Clock, Tone},
};

/// How long the citizen waited, or waits, for a person's first answer, and what they were told of it.
pub(super) fn response(view: &RequestView, zone: OfficeZone, now: Instant) -> (Clock, String) {
    let (clock, note) = aimed(view, zone, waited(view, now), now);
    match expected(view, zone, now) {
        Some(told) if !note.is_empty() => (clock, format!("{note}; {told}")),
        _ => (clock, note),
    }
}

/// What became of the time that the office set itself: `target Senin 23 Nov 09.30 WIB terlewat`.
fn aimed(
    view: &RequestView,
    zone: OfficeZone,
    (clock, note): (Clock, String),
    now: Instant,
) -> (Clock, String) {
    let Some(by) = view.answer_by.filter(|_| !note.is_empty()) else { return (clock, note) };
    let missed = view.answered_at.unwrap_or(now) > by;
    let became = match (missed, view.answered_at) {
        (true, _) => " terlewat",
        (false, Some(_)) => " ditepati",
        (false, None) => "",
    };
    let clock = if missed { Clock { tone: "bad", ..clock } } else { clock };
    (clock, format!("{note}; target {}{became}", zone.short(by)))
}

/// `perkiraan Senin 23 Nov 10.30 WIB ditepati`
fn expected(view: &RequestView, zone: OfficeZone, now: Instant) -> Option<String> {
    let at = view.turn?.expected?;
    let became = match view.answered_at {
        Some(answered) if answered <= at => " ditepati",
        None if now <= at => "",
        _ => " terlewat",
    };
    Some(format!("perkiraan {}{became}", zone.short(at)))
}

fn waited(view: &RequestView, now: Instant) -> (Clock, String) {
    match view.answered_at {
        Some(answered) => {
            let waiting = view.row.unanswered_since.map(|since| loket_core::zone::relative(since, now));
            let note = waiting.map_or_else(
                || "sampai jawaban pertama petugas".to_owned(),
                |ago| format!("sampai jawaban pertama; ada pesan baru {ago}"),
            );
            (Clock::stopped(view.row.first_message_at, answered), note)
        }
        None if view.row.state.is_terminal() => (Clock::still("Tidak dijawab"), String::new()),
        None => (Clock::running(view.row.first_message_at, now), "belum dijawab petugas".to_owned()),
    }
}

/// How long the office has had everything it needs.
pub(super) fn settlement(view: &RequestView, office: &Office, now: Instant) -> (Clock, String) {
    let Some(from) = view.complete_from else {
        let note = if view.row.state.is_terminal() { "" } else { "dihitung sejak berkas lengkap" };
        return (Clock::still("Belum mulai"), note.to_owned());
    };
    let note = format!("sejak berkas lengkap, {}", office.zone.short(from));
    let due = view.clock.as_ref().and_then(|clock| Some((clock, clock.due?)));
    let ended = view.clock.as_ref().and_then(|clock| clock.ended).or(view.closed_at);
    let stands = view.clock.as_ref().and_then(|clock| clock.stands);
    match (ended, view.row.state, due) {
        (Some(ended), ..) => (Clock::stopped(from, ended), note),
        (None, RequestState::WaitingForCitizen, _) => (Clock::still("Menunggu warga"), note),
        (None, ..) if let Some(cause) = stands => (Clock::still(&capital(&cause.words())), note),
        (None, _, Some((seen, due))) => (until(seen, due, (office.zone, now)), note),
        (None, ..) => (Clock::running(from, now), note),
    }
}

/// A due date with what it is counted from.
pub(super) struct Why {
    /// Until when; nothing while it waits for the citizen.
    pub due: Option<String>,
    /// The rule.
    pub rule: String,
    /// Where it stands.
    pub source: String,
    /// Whether nobody has compared it with its source.
    pub unverified: bool,
    /// Which calendar counts.
    pub calendar: String,
    /// How long it has taken by its own clock, and by the one on the wall.
    pub took: String,
    /// What is counted, day by day.
    pub days: Vec<(String, String)>,
    /// When it stood still.
    pub pauses: Vec<String>,
    /// The date that the citizen was told, and what became of it.
    pub told: Option<String>,
}

impl Why {
    /// Explains the settlement clock of a request; nothing where none counts.
    pub fn of(view: &RequestView, zone: OfficeZone) -> Option<Self> {
        let dropped = matches!(view.row.state, RequestState::Rejected | RequestState::Cancelled);
        let clock = view.clock.as_ref().filter(|_| !dropped)?;
        let calendar = match clock.edition {
            0 => "jam kerja menurut Perpres 21/2023".to_owned(),
            edition if clock.of_unit => format!("kalender unit, edisi {edition}"),
            edition => format!("kalender kantor, edisi {edition}"),
        };
        let hours = |one: &Range<Instant>| format!("{}–{}", time(zone, one.start), end(zone, one.end));
        let day = |all: &Vec<Range<Instant>>| all.iter().map(hours).collect::<Vec<_>>().join(", ");
        let pause = |one: &Standstill| {
            let (from, why) = (zone.short(one.pause.from), one.cause.words());
            match one.pause.until {
                Some(until) => format!("{from} sampai {}: {why}", zone.short(until)),
                None => format!("sejak {from}: {why}"),
            }
        };
        Some(Self {
            due: clock.due.map(|due| zone.deadline(due)),
            rule: clock.rule.clone(),
            source: clock.source.clone(),
            unverified: clock.unverified,
            calendar,
            took: format!("{} dihitung, {} seluruhnya", working_time(clock.net), duration(clock.gross)),
            days: clock.counted.iter().map(|(date, all)| (short_date(*date), day(all))).collect(),
            pauses: clock.stood.iter().map(pause).collect(),
            told: clock.told.map(|told| promised(&told, zone)),
        })
    }
}

/// `Rabu 25 Nov 16.00 WIB; warga diberi tahu Rabu 25 Nov 13.15 WIB bahwa mungkin lewat; terlewat`
fn promised(told: &PromiseView, zone: OfficeZone) -> String {
    let warned = told.warned_at.map(|at| format!("warga diberi tahu {} bahwa mungkin lewat", zone.short(at)));
    let withheld = told.withheld.then(|| "ditarik karena gangguan".to_owned());
    let missed = told.missed.then(|| "terlewat".to_owned());
    let parts = [Some(zone.deadline(told.date)), withheld, warned, missed];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The clock of a request that is due: the date, and what is left of the time that it counts.
fn until(seen: &ClockView, due: Instant, (zone, now): (OfficeZone, Instant)) -> Clock {
    let late = now > due;
    let allowed = seen.allowed.num_minutes().max(1);
    let used = (seen.net.num_minutes() * 100 / allowed).clamp(0, 100);
    let tone: Tone = match used {
        _ if late => "bad",
        80.. => "warn",
        _ => "info",
    };
    let rest = if late {
        format!("lewat {}", duration(now - due))
    } else {
        left(seen.allowed - seen.net, seen.working)
    };
    Clock { text: zone.deadline(due), rest, percent: u8::try_from(used).ok(), tone, paused: false }
}

/// What is left, in its largest unit: `sisa 7 jam kerja`.
fn left(span: TimeDelta, working: bool) -> String {
    let kind = if working { " kerja" } else { "" };
    match (span.num_hours(), span.num_minutes().max(0)) {
        (0, minutes) => format!("sisa {minutes} menit{kind}"),
        (hours, _) => format!("sisa {} jam{kind}", number(hours)),
    }
}

/// A time without its zone, which stands beside the whole.
fn time(zone: OfficeZone, at: Instant) -> DayTime {
    DayTime::of(zone.local(at).time())
}

/// The end of an interval within its day: midnight is 24.00.
fn end(zone: OfficeZone, at: Instant) -> DayTime {
    let end = time(zone, at);
    if end == DayTime::START { DayTime::END } else { end }
}

#[cfg(test)]
mod tests {
    use loket_core::{calendar::Pause, outage::OutageKind, request::Cause};

    use super::*;
    use crate::{domain::capacity::Turn, web::kantor::samples};

    fn ago(hours: i64) -> Instant {
        samples::now() - TimeDelta::hours(hours)
    }

    /// A clock of three days with eight hours, half of which are over.
    fn seen(due: Option<Instant>) -> ClockView {
        ClockView {
            rule: "paling lama 3 hari kerja".to_owned(),
            source: "SK Kepala Dinas 7/2026".to_owned(),
            unverified: false,
            edition: 2,
            of_unit: false,
            ended: None,
            working: true,
            due,
            gross: TimeDelta::hours(36),
            net: TimeDelta::hours(12),
            allowed: TimeDelta::hours(24),
            counted: Vec::new(),
            stands: None,
            stood: vec![Standstill {
                pause: Pause { from: ago(30), until: Some(ago(20)) },
                cause: Cause::Outage(OutageKind::Siak),
            }],
            told: None,
        }
    }

    #[test]
    fn a_date_that_was_told_says_what_became_of_it() {
        let told = PromiseView { date: ago(60), withheld: false, warned_at: None, missed: false };
        let said = |told: PromiseView| promised(&told, samples::office().zone);
        let date = said(told);
        assert!(!date.contains(';'), "{date}");
        assert_eq!(said(PromiseView { missed: true, ..told }), format!("{date}; terlewat"));
        let warned = said(PromiseView { warned_at: Some(ago(90)), withheld: true, ..told });
        assert!(warned.contains("; ditarik karena gangguan; warga diberi tahu "), "{warned}");
    }

    #[test]
    fn the_response_clock_counts_until_the_first_answer() {
        let mut view = samples::request();
        let zone = samples::office().zone;
        let (clock, note) = response(&view, zone, samples::now());
        assert_eq!((clock.text.as_str(), note.as_str()), ("2 jam 28 menit", "belum dijawab petugas"));
        view.answered_at = Some(view.row.first_message_at + chrono::TimeDelta::minutes(12));
        view.turn = Some(Turn { place: 3, expected: Some(view.row.first_message_at) });
        view.answer_by = Some(view.row.first_message_at + chrono::TimeDelta::minutes(30));
        assert!(response(&view, zone, samples::now()).1.contains(" ditepati; perkiraan "));
        view.answer_by = Some(view.row.first_message_at + chrono::TimeDelta::minutes(10));
        let (clock, note) = response(&view, zone, samples::now());
        assert!(clock.tone == "bad" && note.contains("; target ") && note.contains(" terlewat; perkiraan "));
        let (clock, note) = response(&view, zone, samples::now());
        assert_eq!(clock.text, "12 menit");
        assert!(note.ends_with(" terlewat"), "{note}");
        assert!(note.contains("ada pesan baru 38 menit lalu"), "{note}");
    }

    #[test]
    fn the_settlement_clock_starts_with_complete_papers_and_waits_for_the_citizen() {
        let office = samples::office();
        let mut view = samples::request();
        assert_eq!(settlement(&view, &office, samples::now()).0.text, "Belum mulai");
        view.complete_from = Some(samples::now() - chrono::TimeDelta::hours(3));
        assert_eq!(settlement(&view, &office, samples::now()).0.text, "3 jam");
        view.row.state = RequestState::WaitingForCitizen;
        assert!(settlement(&view, &office, samples::now()).0.paused);
    }

    #[test]
    fn a_date_stands_with_what_is_left_and_says_when_it_is_over() {
        let office = samples::office();
        let mut view = samples::request();
        view.row.state = RequestState::InProcess;
        view.complete_from = Some(ago(36));
        view.clock = Some(seen(Some(ago(-12))));
        let (clock, _) = settlement(&view, &office, samples::now());
        assert_eq!((clock.percent, clock.tone, clock.rest.as_str()), (Some(50), "info", "sisa 12 jam kerja"));
        view.clock = Some(ClockView { stands: Some(Cause::Outage(OutageKind::Siak)), ..seen(None) });
        let (clock, _) = settlement(&view, &office, samples::now());
        assert_eq!((clock.text.as_str(), clock.paused), ("Gangguan SIAK", true));
        view.clock = Some(seen(Some(ago(2))));
        let (clock, _) = settlement(&view, &office, samples::now());
        assert_eq!((clock.tone, clock.rest.as_str()), ("bad", "lewat 2 jam"));
    }

    #[test]
    fn a_date_explains_itself() {
        let mut view = samples::request();
        assert!(Why::of(&view, OfficeZone::Wib).is_none());
        view.clock = Some(seen(None));
        let why = Why::of(&view, OfficeZone::Wib);
        let told = why.map(|why| (why.due, why.calendar, why.took, why.pauses.len()));
        let took = "12 jam dihitung, 1 hari 12 jam seluruhnya".to_owned();
        assert_eq!(told, Some((None, "kalender kantor, edisi 2".to_owned(), took, 1)));
    }
}
