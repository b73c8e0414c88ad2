//! What every text to a citizen promises.

#![expect(clippy::panic, reason = "a test may stop")]

use proptest::prelude::*;

use super::{
    answers::{Answering, RequirementsTold, StatusOf},
    *,
};
use crate::{
    appointment::PlacePurpose,
    clock::Instant,
    consignment::{Away, ConsignmentWay, ReturnReason},
    format::{Grammar, Reading, Regions, tangerang_formats},
    handover::Collectors,
    outage::OutageKind,
    pickup::Nudge,
    request::{CloseReason, PaperReason, RequestState},
};

const HOURS: &str = "Senin–Kamis 08.00–15.00, Jumat 08.00–15.30 WIB";
const HEAD: Letterhead<'static> = Letterhead {
    office: "Disdukcapil Kabupaten Tangerang",
    zone: OfficeZone::Wib,
    signer: Some("Rina"),
    complaints: Some("0812-1234-5678 / 021-5991234"),
    free: true,
};

/// A message to an office whose region is not known, so that any word is a place.
fn read(text: &str) -> Option<Reading> {
    let grammar = Grammar::new(tangerang_formats(), std::sync::Arc::new(Regions::default()));
    grammar.parse(text, chrono::NaiveDate::default()).requests.into_iter().next()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap_or_default()
}

fn receipt() -> ReceiptNumber {
    ReceiptNumber::new("TNG", 2026, 11, 42).unwrap_or_else(|e| panic!("{e}"))
}

/// Every builder once, fed with the same words.
fn all_texts(name: Option<&PersonName>, words: &str, number: &ReceiptNumber) -> Vec<String> {
    let subject = Subject { name, service: words, receipt: number };
    let list = [words; 30];
    let rejected = PaperReason::ALL.iter().map(|reason| RejectedPaper { name: words, reason: *reason });
    let rejected: Vec<_> = rejected.collect();
    let now = at("2026-11-25T02:12:00Z");
    let reading = read(&format!("#KTP#{words}#{words}#{words}#{words}#{words}#{words}"));
    let problems = reading.as_ref().map(|reading| reading.problems.as_slice()).unwrap_or_default();
    let line = reading.as_ref().and_then(Reading::corrected_line).unwrap_or(words);
    let promise = Promise::Withheld(words);
    let notice = ReceiptNotice {
        subject,
        now,
        received_at: now,
        missing: &list,
        unchecked: 2,
        place: Some(1234),
        expected: Some(now),
        hours: words,
        disruption: Some(words),
        similar: Some(EarlierLike { receipt: Some(number), at: now, open: true }),
    };
    let correction =
        Correction { keyword: "KTP", problems, corrected_line: line, handed_over: false, hours: words };
    let pickup = ReadyForPickup {
        subject,
        product: words,
        place: words,
        hours: words,
        slot: None,
        who: Collectors::Proxy.told(),
        recipient: Some(words),
    };
    let day = chrono::NaiveDate::default();
    let days = (day, day.succ_opt().unwrap_or(day));
    let moved = PickupMoved {
        subject,
        product: words,
        place: words,
        hours: words,
        was: Some(now),
        slot: Some((now, 7)),
        who: Collectors::Family.told(),
    };
    let reminder = PickupReminder {
        subject,
        product: words,
        place: words,
        hours: words,
        nudge: Nudge::Tomorrow,
        slot: Some((now, 7)),
        ready_since: now,
    };
    let finished =
        Finished { subject, product: words, handover: Handover::Told(words), check_within_days: 7 };
    let reason = CloseReason::CourtDecisionNeeded;
    let to = Answering { name, now, automatic: true };
    let papers = vec![(words, true), (words, false)];
    let variants = [(words, papers.clone()), (words, papers)];
    let told = RequirementsTold { service: words, variants: &variants, line: Some(words) };
    let requests: Vec<_> = RequestState::ALL
        .iter()
        .map(|state| StatusOf {
            service: words,
            receipt: number,
            state: *state,
            away: Some((Away::AtOffice, words)),
            delayed: Some(OutageKind::Siak),
            until: Some(now),
            expected: None,
        })
        .collect();
    let similar = Some(EarlierLike { receipt: Some(number), at: now, open: true });
    let opened = [BatchLine { receipt: number, subject: name, service: words, similar }; 40];
    let faulty = [BatchFault { keyword: words, subject: name, problems, corrected_line: line }; 12];
    let papers = vec![(words, list.to_vec()); 9];
    let batch = BatchReceived {
        from: words,
        now,
        received_at: now,
        opened: &opened,
        faulty: &faulty,
        teaches: true,
        papers: &papers,
        expected: Some(now),
        hours: words,
    };
    let mut batches = batch.texts(&HEAD);
    batches.extend(BatchReceived { teaches: false, ..batch }.texts(&HEAD));
    for purpose in PlacePurpose::APPOINTED {
        let slot = (now, 7);
        let set = AppointmentSet { subject, purpose, place: words, slot, was: None };
        batches.extend(vec![
            set.text(&HEAD),
            AppointmentSet { was: Some(now), ..set }.text(&HEAD),
            AppointmentReminder { subject, purpose, place: words, slot }.text(&HEAD),
            AppointmentMissed { subject, purpose, was: now, free: &[now; 3] }.text(&HEAD),
            AppointmentMissed { subject, purpose, was: now, free: &[] }.text(&HEAD),
            AppointmentCancelled { subject, purpose, was: now, goes_on: true }.text(&HEAD),
        ]);
    }
    batches.extend(vec![
        told.text(&to, &HEAD),
        answers::hours(words, &to, &HEAD),
        answers::location((words, words), &to, &HEAD),
        answers::status(&requests, &Answering { automatic: false, ..to }, &HEAD),
        ReceiptNotice { similar: Some(EarlierLike { receipt: None, at: now, open: false }), ..notice }
            .text(&HEAD),
        notice.text(&HEAD),
        QuestionReceived { name, now, opens_at: None, hours: words, disruption: Some(words) }.text(&HEAD),
        correction.text(&HEAD),
        Correction { handed_over: true, ..correction }.text(&HEAD),
        PapersAgain { subject, rejected: &rejected, missing: &list, until: Some(now), again: false }
            .text(&HEAD),
        Complete { subject, complete_from: now, promise }.text(&HEAD),
        InProcess { subject, promise: Promise::By(now, "paling lama 3 hari kerja") }.text(&HEAD),
        Forwarded { subject, to: words, promised: true }.text(&HEAD),
        pickup.text(&HEAD),
        ReadyForPickup { slot: Some((now, 7)), recipient: None, ..pickup }.text(&HEAD),
        moved.text(&HEAD),
        PickupMoved { was: None, slot: None, ..moved }.text(&HEAD),
        VisitPlanned { subject, round: words, days, were: None, papers: &list }.text(&HEAD),
        VisitPlanned { subject, round: words, days, were: Some(days), papers: &[] }.text(&HEAD),
        VisitCancelled { subject, were: days, why: Some(words) }.text(&HEAD),
        VisitCancelled { subject, were: days, why: None }.text(&HEAD),
        reminder.text(&HEAD),
        PickupReminder { nudge: Nudge::Missed, ..reminder }.text(&HEAD),
        PickupReminder { nudge: Nudge::Waiting, place: "", ..reminder }.text(&HEAD),
        CompensationOffered { subject, due: now, ended: None, dropped: false, words, basis: words }
            .text(&HEAD),
        CompensationOffered { subject, due: now, ended: Some(now), dropped: true, words, basis: "" }
            .text(&HEAD),
        finished.text(&HEAD),
        Finished { handover: Handover::Pdf, ..finished }.text(&HEAD),
        Finished { handover: Handover::Reported(words, words), ..finished }.text(&HEAD),
        SentByCourier { subject, product: words, carrier: words, number: words }.text(&HEAD),
        CollectedElsewhere { subject, product: words, was: words, place: words }.text(&HEAD),
        AtOtherOffice { subject, product: words, place: words }.text(&HEAD),
        CameBack {
            subject,
            product: words,
            way: ConsignmentWay::Drop,
            reason: ReturnReason::Other,
            place: words,
        }
        .text(&HEAD),
        CameBack {
            subject,
            product: words,
            way: ConsignmentWay::Courier,
            reason: ReturnReason::Damaged,
            place: words,
        }
        .text(&HEAD),
        Rejected { subject, reason, basis: Some(words), next_step: Some(words) }.text(&HEAD),
        Cancelled { subject, reason: CloseReason::NoAnswer }.text(&HEAD),
    ]);
    batches
}

fn has_sixteen_digits(text: &str) -> bool {
    text.as_bytes().windows(16).any(|window| window.iter().all(u8::is_ascii_digit))
}

#[test]
fn the_receipt_says_number_missing_papers_place_hours_and_free_of_charge() {
    let number = receipt();
    let name = PersonName::parse("SITI AMINAH").ok();
    let text = ReceiptNotice {
        subject: Subject { name: name.as_ref(), service: "KTP-el hilang", receipt: &number },
        now: at("2026-11-25T02:12:00Z"),
        received_at: at("2026-11-25T02:12:00Z"),
        missing: &["Surat kehilangan dari kepolisian"],
        unchecked: 1,
        place: Some(12),
        expected: Some(at("2026-11-25T03:30:00Z")),
        hours: HOURS,
        disruption: None,
        similar: None,
    }
    .text(&HEAD);
    assert_eq!(
        text,
        "Yth. Bapak/Ibu SITI AMINAH, permohonan *KTP-el hilang* nomor *TNG-2611-00042-K* telah kami terima pada Rabu, 25 November 2026, \
         pukul 09.12 WIB. Mohon simpan nomor ini.\n\n\
         1 berkas sudah masuk dan belum diperiksa. Masih kami perlukan: (1) Surat kehilangan dari kepolisian. \
         Mohon dikirim melalui percakapan ini. Waktu layanan dihitung setelah berkas lengkap.\n\n\
         Bapak/Ibu berada di antrean ke-12. Perkiraan dijawab petugas: hari ini, sekitar pukul 10.30 WIB. Jam layanan: Senin–Kamis 08.00–15.00, Jumat 08.00–15.30 WIB.\n\n\
         Layanan ini *GRATIS*. Pengaduan: 0812-1234-5678 / 021-5991234.\n\n\
         Rina\nDisdukcapil Kabupaten Tangerang"
    );
}

#[test]
fn a_correction_names_the_field_and_gives_the_line_to_copy() {
    let typed = "#KTP#3603036502900001#3603#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
    let reading = read(typed).unwrap_or_else(|| panic!("no line"));
    let (problems, corrected_line) = (&reading.problems, reading.corrected_line().unwrap_or_default());
    let first = Correction { keyword: "KTP", problems, corrected_line, handed_over: false, hours: HOURS };
    let text = first.text(&HEAD);
    assert!(text.contains("- Nomor KK harus terdiri atas 16 angka, yang terbaca 4 angka."), "{text}");
    assert!(text.contains("\n\n#KTP#NIK#NO_KK#SITI AMINAH#PETE#TIGARAKSA#HILANG#\n\n"), "{text}");
    let second = Correction { handed_over: true, ..first }.text(&HEAD);
    assert!(second.contains("Petugas kami akan membantu") && !second.contains("#KTP#"), "{second}");
}

#[test]
fn what_was_handed_in_together_is_answered_together_and_every_number_stands_whole_in_one_message() {
    let numbers: Vec<ReceiptNumber> =
        (1..=90).filter_map(|count| ReceiptNumber::new("TNG", 2026, 11, count).ok()).collect();
    let name = PersonName::parse("SITI AMINAH").ok();
    let line =
        |receipt| BatchLine { receipt, subject: name.as_ref(), service: "KTP-el hilang", similar: None };
    let opened: Vec<BatchLine<'_>> = numbers.iter().map(line).collect();
    let reading = read("#KTP#3603036502900001#3603#SITI AMINAH#PETE#TIGARAKSA#HILANG#");
    let reading = reading.unwrap_or_else(|| panic!("no line"));
    let corrected_line = reading.corrected_line().unwrap_or_default();
    let fault =
        BatchFault { keyword: "KTP", subject: name.as_ref(), problems: &reading.problems, corrected_line };
    let batch = BatchReceived {
        from: "Desa Pete",
        now: at("2026-11-25T02:12:00Z"),
        received_at: at("2026-11-25T02:12:00Z"),
        opened: &opened,
        faulty: &[fault],
        teaches: true,
        papers: &[("KTP-el hilang", vec!["Surat kehilangan"]), ("KIA", Vec::new())],
        expected: None,
        hours: HOURS,
    };
    let texts = batch.texts(&HEAD);
    for number in &numbers {
        let said =
            texts.iter().filter(|text| text.contains(&format!("*{number}* SITI AMINAH, KTP-el hilang")));
        assert_eq!(said.count(), 1, "{number}");
    }
    assert!(texts.iter().all(|text| text.chars().count() <= LONGEST && !text.contains('…')));
    let first = texts.first().map(String::as_str).unwrap_or_default();
    assert!(
        first.starts_with("Yth. Desa Pete, 90 permohonan telah kami terima pada Rabu, 25 November 2026,")
    );
    let of_papers: Vec<&String> = texts.iter().filter(|text| text.contains("Surat kehilangan")).collect();
    assert!(matches!(of_papers.as_slice(), [one] if one.contains("90. *") && !one.contains("- KIA")));
    let last = texts.last().map(String::as_str).unwrap_or_default();
    assert!(last.contains("1 baris belum menjadi permohonan. Mohon salin"), "{last}");
    assert!(
        last.contains("*KTP* SITI AMINAH\n- Nomor KK harus") && last.contains("\n#KTP#NIK#NO_KK#"),
        "{last}"
    );
    let quiet = BatchReceived { teaches: false, ..batch }.texts(&HEAD).pop().unwrap_or_default();
    assert!(quiet.contains("1 baris belum menjadi permohonan dan akan diperiksa petugas."), "{quiet}");
    assert!(!quiet.contains("#KTP#"), "{quiet}");
}

#[test]
fn requirements_are_told_by_variant_with_the_line_to_copy() {
    let to = Answering { name: None, now: at("2026-11-25T02:12:00Z"), automatic: true };
    let variants =
        [("Hilang", vec![("Surat kehilangan", true)]), ("Rusak", vec![("Foto KTP-el", true), ("KK", false)])];
    let told = RequirementsTold { service: "KTP-el", variants: &variants, line: Some("#KTP#NIK#NAMA#") };
    assert_eq!(
        told.text(&to, &HEAD),
        "Selamat pagi Bapak/Ibu.\n\nSyarat *KTP-el*:\n\n*Hilang*\n- Surat kehilangan\n\n*Rusak*\n- Foto KTP-el\n- KK (bila ada)\n\n\
         Foto berkas dapat dikirim melalui percakapan ini.\n\n\
         Untuk mengajukan, mohon salin baris berikut, isi, lalu kirim:\n\n#KTP#NIK#NAMA#\n\n\
         Ini balasan otomatis. Bila maksud Bapak/Ibu lain, mohon tulis kembali; petugas kami tetap membacanya.\n\n\
         Layanan ini *GRATIS*. Pengaduan: 0812-1234-5678 / 021-5991234.\n\nRina\nDisdukcapil Kabupaten Tangerang"
    );
}

#[test]
fn an_earlier_request_is_named_to_whoever_handed_it_in_and_to_nobody_else() {
    let number = receipt();
    let subject = Subject { name: None, service: "KTP-el hilang", receipt: &number };
    let earlier = ReceiptNumber::new("TNG", 2026, 11, 7).unwrap_or_else(|e| panic!("{e}"));
    let notice = |receipt| {
        ReceiptNotice {
            subject,
            now: at("2026-11-25T02:12:00Z"),
            received_at: at("2026-11-25T02:12:00Z"),
            missing: &[],
            unchecked: 0,
            place: None,
            expected: None,
            hours: HOURS,
            disruption: None,
            similar: Some(EarlierLike { receipt, at: at("2026-11-20T02:12:00Z"), open: true }),
        }
        .text(&HEAD)
    };
    let own = notice(Some(&earlier));
    assert!(
        own.contains(&format!("serupa nomor *{earlier}* sudah kami terima pada Jumat, 20 November 2026.")),
        "{own}"
    );
    let other = notice(None);
    assert!(other.contains("sudah ada permohonan serupa") && !other.contains("20 November"), "{other}");
}

#[test]
fn no_date_is_promised_while_something_is_down() {
    let number = receipt();
    let subject = Subject { name: None, service: "KTP-el rusak", receipt: &number };
    let complete_from = at("2026-11-23T02:00:00Z");
    let by = Promise::By(at("2026-11-25T07:00:00Z"), "paling lama 3 hari kerja");
    let dated = Complete { subject, complete_from, promise: by }.text(&HEAD);
    assert!(
        dated.contains("Selesai paling lambat *Rabu 25 Nov 14.00 WIB* (standar: paling lama 3 hari kerja)."),
        "{dated}"
    );
    let withheld =
        InProcess { subject, promise: Promise::Withheld("blangko KTP-el sedang kosong") }.text(&HEAD);
    assert!(withheld.contains("karena blangko KTP-el sedang kosong."), "{withheld}");
    assert!(!withheld.contains("2026") && !withheld.contains(" Nov "), "{withheld}");
}

#[test]
fn a_compensation_is_offered_with_what_is_given_and_by_which_decree() {
    let number = receipt();
    let subject = Subject { name: None, service: "KTP-el hilang", receipt: &number };
    let due = at("2026-11-25T09:00:00Z");
    let words = "Hasil layanan diantar ke alamat Bapak/Ibu tanpa biaya";
    let offered = CompensationOffered {
        subject,
        due,
        ended: None,
        dropped: false,
        words,
        basis: "SK Kepala Dinas 7/2026",
    }
    .text(&HEAD);
    assert!(
        offered.contains(
            "kami mohon maaf. Menurut standar pelayanan kami, permohonan *KTP-el hilang* nomor *TNG-2611-00042-K* \
             seharusnya selesai paling lambat *Rabu 25 Nov 16.00 WIB*, dan sampai saat ini belum selesai diproses."
        ),
        "{offered}"
    );
    assert!(
        offered.contains("kompensasi: Hasil layanan diantar ke alamat Bapak/Ibu tanpa biaya.\n\nDasar: SK Kepala Dinas 7/2026."),
        "{offered}"
    );
    let ended = Some(at("2026-11-26T02:10:00Z"));
    let none = CompensationOffered { subject, due, ended, dropped: false, words, basis: " " }.text(&HEAD);
    assert!(none.contains("baru selesai diproses pada Kamis, 26 November 2026, pukul 09.10 WIB."), "{none}");
    assert!(none.contains("Dasar: belum ada SK."), "{none}");
}

#[test]
fn whoever_waits_is_told_that_something_is_out_and_when_it_is_over() {
    let number = receipt();
    let subject = Subject { name: None, service: "KTP-el rusak", receipt: &number };
    let from = at("2026-11-25T02:10:00Z");
    let begun = OutageBegun { subject, kind: OutageKind::Siak, from, promised: true, others: 0 };
    let text = begun.text(&HEAD);
    assert!(
        text.contains("tertunda karena gangguan SIAK sejak Rabu, 25 November 2026, pukul 09.10 WIB."),
        "{text}"
    );
    assert!(
        text.contains("tidak perlu diajukan ulang. Tanggal selesai yang sudah kami sampaikan mundur"),
        "{text}"
    );
    let text = OutageBegun { promised: false, others: 3, ..begun }.text(&HEAD);
    assert!(text.contains("dan 3 permohonan lain tertunda") && !text.contains("mundur"), "{text}");
    let promise = Promise::By(at("2026-11-27T08:00:00Z"), "paling lama 2 hari kerja");
    let over =
        OutageOver { subject, kind: OutageKind::Siak, since: Some(from), promise, others: 0 }.text(&HEAD);
    assert!(
        over.contains("gangguan SIAK sudah teratasi sejak") && over.contains("kami lanjutkan."),
        "{over}"
    );
    assert!(over.contains("Selesai paling lambat *Jumat 27 Nov 15.00 WIB*"), "{over}");
    let around = OutageOver { subject, kind: OutageKind::Power, since: None, promise, others: 0 }.text(&HEAD);
    assert!(around.contains(", yang tertunda karena listrik padam, kami lanjutkan."), "{around}");
    assert!(!around.contains("menyala"), "{around}");
}

#[test]
fn a_status_tells_the_date_that_holds_or_what_delays_it() {
    let number = receipt();
    let until = Some(at("2026-11-27T08:00:00Z"));
    let of = |delayed, until| {
        let one = StatusOf {
            service: "KTP-el rusak",
            receipt: &number,
            state: RequestState::InProcess,
            away: None,
            delayed,
            until,
            expected: None,
        };
        let to = Answering { name: None, now: at("2026-11-25T02:12:00Z"), automatic: true };
        answers::status(&[one], &to, &HEAD)
    };
    let dated = of(None, until);
    assert!(dated.contains("sedang diproses, selesai paling lambat *Jumat 27 Nov 15.00 WIB*."), "{dated}");
    let delayed = of(Some(OutageKind::Siak), until);
    assert!(delayed.contains("sedang diproses, tertunda karena gangguan SIAK."), "{delayed}");
    assert!(of(None, None).contains("sedang diproses."));
}

#[test]
fn a_request_that_is_handed_on_keeps_its_number_and_names_the_office_that_decides() {
    let number = receipt();
    let subject = Subject { name: None, service: "Kartu Keluarga (baru)", receipt: &number };
    let text = Forwarded { subject, to: "Disdukcapil Kota Bengkulu", promised: false }.text(&HEAD);
    assert!(text.contains("telah kami teruskan ke *Disdukcapil Kota Bengkulu*"), "{text}");
    assert!(text.contains(number.as_str()) && text.contains("Nomor permohonan tetap sama"), "{text}");
}

#[test]
fn a_question_is_greeted_by_the_hour_and_told_when_the_office_opens() {
    let question = QuestionReceived {
        name: None,
        now: at("2026-11-24T13:00:00Z"),
        opens_at: Some(at("2026-11-25T01:00:00Z")),
        hours: HOURS,
        disruption: None,
    };
    let text = question.text(&HEAD);
    assert!(text.starts_with("Selamat malam Bapak/Ibu."), "{text}");
    assert!(text.contains("mulai Rabu, 25 November 2026, pukul 08.00 WIB."), "{text}");
}

#[test]
fn a_refusal_says_why_and_how_to_object() {
    let number = receipt();
    let text = Rejected {
        subject: Subject { name: None, service: "Perubahan data KK", receipt: &number },
        reason: CloseReason::CourtDecisionNeeded,
        basis: Some("Perpres 96/2018"),
        next_step: None,
    }
    .text(&HEAD);
    assert!(text.contains("karena perubahan ini memerlukan penetapan pengadilan. Dasar: Perpres 96/2018."));
    assert!(text.contains("Bila keberatan"), "{text}");
}

#[test]
fn every_text_says_free_of_charge_and_who_writes() {
    let number = receipt();
    for text in all_texts(None, "contoh", &number) {
        assert!(
            text.contains("*GRATIS*") && text.ends_with("Rina\nDisdukcapil Kabupaten Tangerang"),
            "{text}"
        );
        assert!(!text.contains("  ") && !text.contains("\n\n\n"), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_holds_an_identity_number_or_is_too_long(
        name in "\\PC{0,60}|[A-Z]{3} [0-9]{16}|A[0-9*_ ]{16,40}",
        words in "\\PC{0,700}|[0-9]{16}|([0-9]{4}[ .-]){4}|[a-z0-9 ]{0,700}",
    ) {
        let name = PersonName::parse(&name).ok();
        for text in all_texts(name.as_ref(), &words, &receipt()) {
            prop_assert!(!has_sixteen_digits(&text), "{}", text);
            prop_assert!(text.chars().count() <= LONGEST);
            prop_assert!(text.contains("*GRATIS*"));
        }
    }
}

#[test]
fn a_home_visit_says_when_what_to_have_at_hand_and_that_it_costs_nothing() {
    let number = receipt();
    let name = PersonName::parse("SITI AMINAH").ok();
    let subject = Subject { name: name.as_ref(), service: "Perekaman KTP-el", receipt: &number };
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap_or_default();
    let days = (day("2026-12-02"), day("2026-12-04"));
    let planned = VisitPlanned {
        subject,
        round: "Krayan Induk",
        days,
        were: None,
        papers: &["KK asli", "Surat pengantar"],
    };
    let text = planned.text(&HEAD);
    for said in [
        "antara *Rabu, 2 Desember 2026* dan *Jumat, 4 Desember 2026*",
        "(1) KK asli; (2) Surat pengantar",
        "tidak memungut biaya",
        "surat tugas",
        "TNG-2611-00042-",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let moved = VisitPlanned { were: Some(days), days: (days.1, days.1), ..planned }.text(&HEAD);
    assert!(moved.contains("yang semula antara *Rabu, 2 Desember 2026*"), "{moved}");
    assert!(moved.contains("datang pada *Jumat, 4 Desember 2026*"), "{moved}");
    let off =
        VisitCancelled { subject, were: (days.0, days.0), why: Some("Cuaca buruk, penerbangan dibatalkan") };
    let off = off.text(&HEAD);
    assert!(off.contains("pada *Rabu, 2 Desember 2026*, tidak jadi"), "{off}");
    assert!(off.contains("Alasannya: Cuaca buruk, penerbangan dibatalkan."), "{off}");
    let unneeded = VisitCancelled { subject, were: days, why: None }.text(&HEAD);
    assert!(unneeded.contains("tidak diperlukan lagi") && !unneeded.contains("Alasannya"), "{unneeded}");
}

#[test]
fn whoever_is_to_come_reads_where_when_with_what_and_what_to_beware_of() {
    let number = receipt();
    let subject = Subject { name: None, service: "KTP-el", receipt: &number };
    let slot = (at("2026-11-24T01:00:00Z"), 3);
    let place = "Ruang rekam, Tigaraksa";
    let set = |purpose| AppointmentSet { subject, purpose, place, slot, was: None }.text(&HEAD);
    let recording = set(PlacePurpose::Recording);
    for words in [
        "perekaman KTP-el",
        "Tempat: *Ruang rekam, Tigaraksa*.",
        "*Selasa, 24 November 2026, pukul 08.00 WIB*, nomor *3*",
        "KK asli",
        "tidak dapat diwakilkan",
        "Tidak dipungut biaya.",
        "silakan membalas pesan ini",
    ] {
        assert!(recording.contains(words), "{words}: {recording}");
    }
    let activation = set(PlacePurpose::Activation);
    for words in ["Android 8 atau iOS 11", "surel", "hanya di hadapan petugas", "panggilan video"] {
        assert!(activation.contains(words), "{words}: {activation}");
    }
    let free = [at("2026-11-25T01:00:00Z")];
    let missed = AppointmentMissed { subject, purpose: PlacePurpose::Recording, was: slot.0, free: &free };
    assert!(missed.text(&HEAD).contains("masih kosong: Rabu, 25 November 2026, pukul 08.00 WIB."));
}

#[test]
fn what_is_sent_says_who_brings_it_or_where_it_lies_and_what_to_do() {
    let number = receipt();
    let subject = Subject { name: None, service: "KTP-el", receipt: &number };
    let product = "KTP-el";
    let courier = SentByCourier { subject, product, carrier: "Pos Indonesia", number: "P2611230001234" };
    let text = courier.text(&HEAD);
    for words in ["lewat *Pos Indonesia*", "Nomor resi: *P2611230001234*.", "silakan membalas pesan ini"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!SentByCourier { number: "", ..courier }.text(&HEAD).contains("resi"));
    let there = AtOtherOffice { subject, product, place: "Disdukcapil Kota Kupang" }.text(&HEAD);
    assert!(
        there.contains("sudah tiba di *Disdukcapil Kota Kupang*. Silakan mengambilnya di sana"),
        "{there}"
    );
    let way = ConsignmentWay::Courier;
    let back = CameBack { subject, product, way, reason: ReturnReason::NoAddress, place: "Loket 3" };
    let text = back.text(&HEAD);
    assert!(text.contains("karena alamatnya tidak ditemukan") && text.contains("*Loket 3*"), "{text}");
    assert!(text.contains("dengan alamat lengkap yang benar"), "{text}");
    let dropped = CameBack { way: ConsignmentWay::Drop, ..back }.text(&HEAD);
    assert!(!dropped.contains("alamat lengkap") && dropped.contains("mengambil di tempat lain"), "{dropped}");
    let damaged = CameBack { reason: ReturnReason::Damaged, ..back }.text(&HEAD);
    assert!(damaged.contains("mohon maaf") && !damaged.contains("dapat diambil"), "{damaged}");
    let one = StatusOf {
        service: "KTP-el",
        receipt: &number,
        state: RequestState::Ready,
        away: Some((Away::OnTheWay, "Kantor Kecamatan Cisoka")),
        delayed: None,
        until: None,
        expected: None,
    };
    let to = Answering { name: None, now: at("2026-11-25T02:12:00Z"), automatic: true };
    let told = answers::status(&[one], &to, &HEAD);
    assert!(told.contains("mohon menunggu kabar kami") && !told.contains("siap diterima"), "{told}");
    let says = |away| answers::status(&[StatusOf { away: Some(away), ..one }], &to, &HEAD);
    let there = says((Away::AtOffice, "Disdukcapil Kota Kupang"));
    assert!(
        there.contains("dapat diambil di Disdukcapil Kota Kupang") && !there.contains("menunggu"),
        "{there}"
    );
    let brought = says((Away::WithCourier, "Pos Indonesia"));
    assert!(
        brought.contains("diantar Pos Indonesia ke alamat") && !brought.contains("mengambil"),
        "{brought}"
    );
    let mirrored = says((Away::Elsewhere, ""));
    assert!(mirrored.contains("kami kabarkan lewat percakapan ini"), "{mirrored}");
}
