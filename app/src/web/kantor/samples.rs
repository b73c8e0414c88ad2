//! Values that the pages of an office are drawn with in tests: "every template renders its samples".

use chrono::{TimeDelta, TimeZone, Utc};
use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{
        ContactId, ConversationId, FileId, MediaId, MessageId, NumberId, OfficeId, PaperId, RequestId,
        ServiceId, UserId,
    },
    kinds::{Direction, MediaState, OfficeKind, OfficeStatus, OutputDelivery, ReplyMode},
    request::{Channel, PaperReason, PaperState, PaperTally, RequestEventKind, RequestState, allowed},
    whatsapp::MessageKind,
    zone::OfficeZone,
};
use uuid::Uuid;

use crate::{
    domain::{
        contacts::ContactView,
        requests::{EventView, PaperView, QueueRow, RequestView},
        tenancy::Office,
        whatsapp::{BubbleAttachment, BubbleView, ConversationHead, ThreadView},
    },
    web::parts::{Destination, Frame},
};

/// Monday 23 November 2026, 11.40 WIB.
pub(crate) fn now() -> Instant {
    Utc.with_ymd_and_hms(2026, 11, 23, 4, 40, 0).single().unwrap_or_default()
}

fn ago(minutes: i64) -> Instant {
    now() - TimeDelta::minutes(minutes)
}

/// An officer.
pub(crate) fn me() -> UserId {
    UserId(Uuid::from_u128(7))
}

pub(crate) fn office() -> Office {
    Office {
        id: OfficeId(Uuid::from_u128(1)),
        slug: "kab-tangerang".to_owned(),
        name: "Disdukcapil Kabupaten Tangerang".to_owned(),
        kind: OfficeKind::Dinas,
        receipt_code: "TNG".to_owned(),
        province_code: "36".to_owned(),
        region_code: "3603".to_owned(),
        zone: OfficeZone::Wib,
        village_word: "desa".to_owned(),
        district_word: "kecamatan".to_owned(),
        hours: "Senin sampai Jumat 08.00–16.00".to_owned(),
        address: String::new(),
        letterhead: String::new(),
        phone: String::new(),
        email: String::new(),
        website: String::new(),
        logo: None,
        replies: ReplyMode::Assisted,
        web_form: false,
        answer_days: None,
        answer_minutes: None,
        care_ahead: loket_core::care::AHEAD,
        takes_forwarded: false,
        timetabled: false,
        disruptions: Vec::new(),
        status: OfficeStatus::Live,
        demo: true,
    }
}

pub(crate) fn frame() -> Frame {
    Frame {
        office_name: "Disdukcapil Kabupaten Tangerang".to_owned(),
        office_short: "TNG".to_owned(),
        person_name: "Ratna Dewi".to_owned(),
        person_role: "Operator".to_owned(),
        acting: None,
        zone: "WIB",
        csrf: "token".to_owned(),
        demo: true,
        destinations: vec![Destination {
            label: "Antrean",
            icon: "inbox",
            href: "/kantor/kab-tangerang/antrean".to_owned(),
            current: true,
            count: Some(12),
        }],
        chips: Vec::new(),
        banner: None,
        flash: Some("Permohonan ini Bapak/Ibu tangani.".to_owned()),
        search_href: "/kantor/kab-tangerang/cari".to_owned(),
        sign_out_href: "/keluar".to_owned(),
        sessions_href: "/sesi".to_owned(),
        offices: Vec::new(),
        stream_href: "/kantor/kab-tangerang/langsung?sejak=0".to_owned(),
    }
}

/// A row of the queue.
pub(crate) fn row() -> QueueRow {
    QueueRow {
        unit_id: None,
        settling: false,
        alarm: None,
        promised: false,
        ready_at: None,
        id: RequestId(Uuid::from_u128(42)),
        receipt: "TNG-2611-00042-K".to_owned(),
        service: "KTP elektronik (hilang)".to_owned(),
        service_id: ServiceId::NIL,
        subject: "SITI A…".to_owned(),
        district: Some("Tigaraksa".to_owned()),
        state: RequestState::Verification,
        papers: (1, 2),
        officer: Some("Ratna Dewi".to_owned()),
        channel: Channel::WhatsApp,
        unanswered_since: Some(ago(38)),
        first_message_at: ago(148),
        due_at: None,
        elsewhere: false,
        care: false,
        away: false,
        sent: None,
        turn: None,
    }
}

fn paper(number: u128, name: &str, state: PaperState, file: Option<&str>) -> PaperView {
    PaperView {
        id: PaperId(Uuid::from_u128(number)),
        name: name.to_owned(),
        required: number < 103,
        state,
        reason: (state == PaperState::Rejected).then_some(PaperReason::Blurred),
        reasons: PaperReason::offered(&[PaperReason::Expired], false),
        media: file.map(|_| MediaId(Uuid::from_u128(number + 100))),
        file: file.map(|mime| (FileId(Uuid::from_u128(number + 200)), mime.to_owned())),
        received_at: file.map(|_| ago(90)),
    }
}

fn event(kind: RequestEventKind, who: &str, minutes: i64) -> EventView {
    EventView { kind, at: ago(minutes), who: who.to_owned(), paper: None, reason: None, said: None }
}

/// A request that is being checked.
pub(crate) fn request() -> RequestView {
    RequestView {
        row: row(),
        conversation: Some(ConversationId(Uuid::from_u128(5))),
        assigned_to: Some(me()),
        subject: "SITI AMINAH".to_owned(),
        fields: [
            ("desa", "PETE"),
            ("jenis", "HILANG"),
            ("nama", "SITI AMINAH"),
            ("nik", "************0001"),
            ("no_kk", "************0002"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .to_vec(),
        papers: vec![
            paper(101, "Foto KK", PaperState::Accepted, Some("image/jpeg")),
            paper(102, "Surat kehilangan", PaperState::Received, Some("application/pdf")),
            paper(103, "Formulir F-1.02", PaperState::Absent, None),
        ],
        tally: PaperTally { required: 2, accepted: 1, received: 1, rejected: 0 },
        events: vec![
            event(RequestEventKind::Opened, "Warga", 148),
            event(RequestEventKind::Taken, "Ratna Dewi", 120),
        ],
        forwarding: None,
        care: None,
        loose: Vec::new(),
        steps: allowed(RequestState::Verification),
        delivery: OutputDelivery::Pickup,
        output: "KTP elektronik".to_owned(),
        product: None,
        reach: Default::default(),
        appointments: crate::domain::requests::Appointments::default(),
        compensation: None,
        answered_at: None,
        answer_by: None,
        turn: None,
        complete_from: None,
        clock: None,
        closed_at: None,
        complete_preview: "Berkas sudah lengkap.".to_owned(),
        ask_preview: Some("Mohon kirim surat kehilangan.".to_owned()),
        earlier: Vec::new(),
        similar: Vec::new(),
        notes: Vec::new(),
    }
}

fn message(number: u128, direction: Direction, words: Option<&str>, minutes: i64) -> BubbleView {
    BubbleView {
        id: MessageId(Uuid::from_u128(number)),
        direction,
        kind: MessageKind::Text,
        words: words.map(str::to_owned),
        at: ago(minutes),
        author: None,
        delivery: (direction == Direction::Out).then_some(DeliveryState::Read),
        advice: None,
        attachment: None,
        request: None,
    }
}

/// A conversation over two days, with a photo that has not been fetched yet.
pub(crate) fn thread() -> ThreadView {
    let line = "#KTP#3603015105900001#3603012345670002#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
    let photo = BubbleView {
        kind: MessageKind::Image,
        attachment: Some(BubbleAttachment {
            media: Some(MediaId(Uuid::from_u128(9))),
            state: MediaState::Pending,
            file: None,
            name: None,
        }),
        ..message(4, Direction::In, None, 90)
    };
    let failed = BubbleView {
        delivery: Some(DeliveryState::Failed),
        advice: Some("Hubungi lewat telepon."),
        author: Some("Ratna Dewi".to_owned()),
        ..message(5, Direction::Out, Some("Terima kasih, sedang kami periksa."), 30)
    };
    ThreadView {
        head: ConversationHead {
            id: ConversationId(Uuid::from_u128(5)),
            contact: ContactId(Uuid::from_u128(6)),
            number: NumberId(Uuid::from_u128(8)),
            unanswered_since: Some(ago(38)),
            last_inbound_at: Some(ago(38)),
        },
        contact: ContactView {
            id: ContactId(Uuid::from_u128(6)),
            name: "Siti".to_owned(),
            named: true,
            address: Some("62812****4417".to_owned()),
        },
        number: "Nomor KTP".to_owned(),
        assigned_to: None,
        messages: vec![
            message(1, Direction::In, Some("selamat malam"), 15 * 60),
            message(2, Direction::In, Some(line), 148),
            message(3, Direction::Out, Some("Permohonan sudah kami terima."), 147),
            photo,
            failed,
        ],
        more: true,
        window: TimeDelta::minutes(1_380),
        open_request: None,
    }
}
