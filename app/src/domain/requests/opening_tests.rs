//! Requests that officers open: from a conversation, and at the desk. Citizens' messages come in through
//! the real door.

#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

mod desk;

use std::sync::Arc;

use chrono::TimeDelta;
use loket_core::{
    format::tangerang_formats,
    id::{ConversationId, OfficeId, ServiceId, UserId, VariantId},
    kinds::{Direction, Role},
    permission::{Grant, Scope, Standing},
    request::{Channel, PaperState, RequestState},
    text::PersonName,
};
use loket_entity::fact_stale;
use serde_json::{Value, json};

use super::*;
use crate::{
    domain::{
        catalogue,
        tenancy::{self, Office, OfficerRow},
        whatsapp::{self, Bindings, ConversationFilter, Door, NewApp, NumberEntry, ingest},
    },
    infra::{Actor, Cx, PlatformTx, SystemReason, graph::signature},
    testing::TestHouse,
};

const SECRET: &str = "rahasia-aplikasi";
const NUMBER: &str = "106540352242922";
/// A line without its kecamatan, and two kecamatan have a village of that name.
const FAULTY: &str = "#KTP#3603015105900001#3603011203150001#SITI AMINAH#MEKARSARI##HILANG#";

/// An office that offers KTP and KK on one number for KTP, and somebody who works there.
struct Desk {
    test: TestHouse,
    office: Office,
    door: Door,
    path_key: String,
    ktp: (ServiceId, VariantId),
    kk: (ServiceId, VariantId),
    officer: UserId,
}

impl Desk {
    async fn open() -> Self {
        let (test, id) = TestHouse::with_office().await;
        let tx = PlatformTx::read(&test.house).await.unwrap();
        let office = tenancy::office_by_id(&tx, id).await.unwrap().unwrap();
        drop(tx);
        let officer = add_officer(&test, id).await;
        let ktp = add_service(&test, id, "KTP", "hilang").await;
        let kk = add_service(&test, id, "KK", "perubahan").await;
        let path_key = connect(&test, id, ktp.0).await;
        let door = Door::new(test.house.clone());
        Self { test, office, door, path_key, ktp, kk, officer }
    }

    async fn write(&self, role: Role, scope: Scope) -> Cx<'_> {
        let standing = Standing { user: self.officer, grants: vec![Grant { role, scope }] };
        Cx::write(&self.test.house, self.office.id, Actor::Officer(Arc::new(standing))).await.unwrap()
    }

    async fn operator(&self) -> Cx<'_> {
        self.write(Role::Operator, Scope::default()).await
    }

    /// A citizen's message comes in, is read, and its conversation too.
    async fn hears(&self, wamid: &str, content: Value) -> ConversationId {
        let at = self.test.clock_now().timestamp();
        let mut message = json!({ "from": "6281234567890", "id": wamid, "timestamp": at.to_string() });
        message.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
        let value = json!({
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "628119000", "phone_number_id": NUMBER },
            "contacts": [{ "profile": { "name": "Siti Aminah" }, "wa_id": "6281234567890" }],
            "messages": [message],
        });
        let change = json!({ "field": "messages", "value": value });
        let body = json!({
            "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }],
        });
        let bytes = serde_json::to_vec(&body).unwrap();
        let signed = signature::sign(SECRET, &bytes);
        self.door.accept(&self.path_key, Some(&signed), &bytes).await.unwrap();
        for leased in ingest::lease(&self.test.house).await.unwrap() {
            ingest::process(&self.test.house, leased).await.unwrap();
        }
        let conversation = self.conversation().await;
        let actor = Actor::System(SystemReason::Ingest);
        let mut cx = Cx::write(&self.test.house, self.office.id, actor).await.unwrap();
        read_conversation(&mut cx, &self.office, conversation).await.unwrap();
        cx.commit().await.unwrap();
        conversation
    }

    async fn says(&self, wamid: &str, words: &str) -> ConversationId {
        self.hears(wamid, json!({ "type": "text", "text": { "body": words } })).await
    }

    async fn sends_photo(&self, wamid: &str) -> ConversationId {
        let image = json!({ "mime_type": "image/jpeg", "sha256": "x", "id": "17" });
        self.hears(wamid, json!({ "type": "image", "image": image })).await
    }

    async fn conversation(&self) -> ConversationId {
        let cx = self.operator().await;
        let (rows, _) = whatsapp::conversations(&cx, ConversationFilter::All, 0).await.unwrap();
        rows.first().unwrap().id
    }

    fn entry(&self, variant: VariantId, name: &str, plain: &[(&str, &str)]) -> Entry {
        Entry {
            variant,
            subject: PersonName::parse(name).unwrap(),
            nik: None,
            kk: None,
            plain: plain.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        }
    }
}

/// What Loket reads of the last line of a conversation.
async fn suggest(
    cx: &Cx<'_>,
    office: &Office,
    id: ConversationId,
) -> Result<Option<Suggested>, RequestError> {
    let head = whatsapp::thread(cx, id, None, 1).await?.head;
    let catalogue = catalogue::load(cx).await?;
    let around = Around { office, catalogue: &catalogue, requests: &[], default_service: None };
    Ok(understand(cx, &head, around).await?.line)
}

async fn add_officer(test: &TestHouse, office: OfficeId) -> UserId {
    let mut cx = Cx::write(&test.house, office, Actor::System(SystemReason::Seed)).await.unwrap();
    let user: UserId = cx.new_id();
    let row = OfficerRow { user, name: "Ratna Dewi".to_owned(), title: "Operator".to_owned(), unit: None };
    tenancy::add_officer(&mut cx, row).await.unwrap();
    cx.commit().await.unwrap();
    user
}

async fn add_service(
    test: &TestHouse,
    office: OfficeId,
    code: &str,
    variant: &str,
) -> (ServiceId, VariantId) {
    let mut cx = Cx::write(&test.house, office, Actor::System(SystemReason::Seed)).await.unwrap();
    let entry = catalogue::entry(code).unwrap().unwrap();
    let service = catalogue::add_service(&mut cx, entry, None, 0).await.unwrap();
    let format = tangerang_formats().into_iter().find(|format| format.keyword == code).unwrap();
    catalogue::add_format(&mut cx, service, &format).await.unwrap();
    let loaded = catalogue::load(&cx).await.unwrap();
    let variant = loaded.service(service).unwrap().variant_named(&format, Some(variant)).unwrap().id;
    cx.commit().await.unwrap();
    (service, variant)
}

async fn connect(test: &TestHouse, office: OfficeId, service: ServiceId) -> String {
    let mut tx = PlatformTx::write(&test.house).await.unwrap();
    let app = NewApp { app_secret: SECRET.to_owned(), verify_token: "t".to_owned() };
    let added = whatsapp::add_app(&mut tx, office, &app).await.unwrap();
    tx.commit().await.unwrap();
    let number = NumberEntry {
        phone_number_id: NUMBER.to_owned(),
        waba_id: "102290129340398".to_owned(),
        label: "Nomor KTP".to_owned(),
        display: "+62 811-9000-3601".to_owned(),
        token: "t".to_owned(),
        bound: Bindings::to(vec![service]),
    };
    let actor = Actor::System(SystemReason::Seed);
    whatsapp::enter_number(&test.house, (office, &actor), &number).await.unwrap();
    added.path_key
}

#[tokio::test]
async fn a_request_made_of_a_conversation_takes_its_messages_and_photos_with_it() {
    let desk = Desk::open().await;
    let began = desk.test.clock_now();
    let id = desk.says("w1", "min ktp saya ilang gmn ya").await;
    desk.test.clock.advance(TimeDelta::minutes(5));
    desk.sends_photo("w2").await;
    let mut cx = desk.operator().await;
    let entry = desk.entry(desk.ktp.1, "Siti Aminah", &[("kecamatan", "Tigaraksa")]);
    let opened = open_from_conversation(&mut cx, &desk.office, id, entry).await.unwrap();
    let view = request(&mut cx, &desk.office, opened.id).await.unwrap();
    assert_eq!((view.row.state, view.row.channel), (RequestState::Received, Channel::WhatsApp));
    assert_eq!(view.row.first_message_at, began);
    assert_eq!(view.row.district.as_deref(), Some("Tigaraksa"));
    assert_eq!(view.assigned_to, None);
    let received = view.papers.iter().filter(|paper| paper.state == PaperState::Received).count();
    assert_eq!((received, opened.missing.len()), (1, view.papers.len() - 1));
    let thread = whatsapp::thread(&cx, id, None, 20).await.unwrap();
    for message in &thread.messages {
        let automatic = message.direction == Direction::Out && message.request.is_none();
        assert!(automatic || message.request == Some(opened.id));
    }
    let last = thread.messages.last().unwrap();
    assert!(last.words.as_deref().unwrap().contains(&opened.receipt.to_string()));
    assert!(thread.head.unanswered_since.is_some(), "a receipt is no answer of a person");
    cx.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_read_of_a_faulty_line_goes_along_without_being_typed_again() {
    let desk = Desk::open().await;
    let id = desk.says("w1", FAULTY).await;
    let mut cx = desk.operator().await;
    let suggested = suggest(&cx, &desk.office, id).await.unwrap().unwrap();
    assert_eq!((suggested.variant, suggested.numbers), (Some(desk.ktp.1), true));
    assert!(suggested.read.0 < suggested.read.1);
    assert!(suggested.fields.iter().all(|field| !field.value.contains("3603015105900001")));
    let typed = [("kecamatan", "Tigaraksa"), ("nik", "3603015105900009")];
    let entry = desk.entry(desk.ktp.1, "Siti Aminah Putri", &typed);
    let opened = open_from_conversation(&mut cx, &desk.office, id, entry).await.unwrap();
    let fields = reveal(&mut cx, opened.id, Purpose::CheckPapers).await.unwrap();
    let field = |key: &str| fields.get(key).map(String::as_str);
    assert_eq!(field("nik"), Some("3603015105900001"), "a plain field cannot pose as a number");
    assert_eq!(field("nama"), Some("Siti Aminah Putri"));
    assert_eq!(field("kecamatan"), Some("Tigaraksa"));
    assert!(
        suggest(&cx, &desk.office, id).await.unwrap().is_none(),
        "what belongs to a request suggests no other"
    );
}

#[tokio::test]
async fn a_choice_that_was_not_read_is_left_to_the_officer() {
    let desk = Desk::open().await;
    let id = desk.says("w1", &FAULTY.replace("HILANG", "LAINNYA")).await;
    let cx = desk.operator().await;
    let suggested = suggest(&cx, &desk.office, id).await.unwrap().unwrap();
    assert_eq!((suggested.variant, suggested.title.as_str()), (None, "KTP elektronik"));
}

#[tokio::test]
async fn the_same_request_is_not_opened_twice_from_one_conversation() {
    let desk = Desk::open().await;
    let id = desk.says("w1", "ktp hilang").await;
    let mut cx = desk.operator().await;
    let entry = |name| desk.entry(desk.ktp.1, name, &[]);
    open_from_conversation(&mut cx, &desk.office, id, entry("Siti Aminah")).await.unwrap();
    let again = open_from_conversation(&mut cx, &desk.office, id, entry("SITI  AMINAH")).await;
    assert!(matches!(again, Err(RequestError::Invalid(_))));
    assert!(open_from_conversation(&mut cx, &desk.office, id, entry("Ahmad Fauzi")).await.is_ok());
}

#[tokio::test]
async fn a_request_is_opened_only_by_whoever_may_and_only_where_they_may_look() {
    let desk = Desk::open().await;
    let id = desk.says("w1", "ktp hilang").await;
    let entry = || desk.entry(desk.ktp.1, "Siti Aminah", &[]);
    let mut head = desk.write(Role::Head, Scope::default()).await;
    let refused = open_from_conversation(&mut head, &desk.office, id, entry()).await;
    assert!(matches!(refused, Err(RequestError::NotAllowed)));
    drop(head);
    let only_kk = Scope { services: vec![desk.kk.0], ..Scope::default() };
    let mut stranger = desk.write(Role::Operator, only_kk).await;
    let refused = open_from_conversation(&mut stranger, &desk.office, id, entry()).await;
    assert!(matches!(refused, Err(RequestError::NotFound)));
    assert!(matches!(suggest(&stranger, &desk.office, id).await, Err(RequestError::NotFound)));
    let refused = answer_in(&mut stranger, id, "Selamat pagi").await;
    assert!(matches!(refused, Err(RequestError::NotFound)));
    let typed = desk::typed(&[("nama", "Siti Aminah")]);
    let entry = DeskEntry { channel: Channel::Counter, variant: desk.ktp.1, typed: &typed };
    let refused = open_at_desk(&mut stranger, &desk.office, entry).await;
    assert!(matches!(refused, Err(RequestError::NotAllowed)));
}

#[tokio::test]
async fn an_answer_ends_the_turn_and_needs_an_open_window() {
    let desk = Desk::open().await;
    let id = desk.says("w1", "apa syarat ktp hilang").await;
    let mut cx = desk.operator().await;
    assert!(matches!(answer_in(&mut cx, id, "  ").await, Err(RequestError::Invalid(_))));
    answer_in(&mut cx, id, "Surat kehilangan dan KK, Bu.").await.unwrap();
    cx.commit().await.unwrap();
    let mut cx = desk.operator().await;
    let thread = whatsapp::thread(&cx, id, None, 20).await.unwrap();
    assert_eq!(thread.head.unanswered_since, None);
    assert_eq!(thread.assigned_to.map(|(who, _)| who), Some(desk.officer));
    drop(thread.messages);
    desk.test.clock.advance(TimeDelta::hours(25));
    drop(cx);
    cx = desk.operator().await;
    let late = answer_in(&mut cx, id, "Masih perlu bantuan?").await;
    assert!(matches!(late, Err(RequestError::Invalid(sentence)) if sentence.contains("24 jam")));
}

#[tokio::test]
async fn an_answer_in_a_conversation_with_a_request_is_the_requests_answer() {
    let desk = Desk::open().await;
    let id = desk.says("w1", "ktp hilang").await;
    let mut cx = desk.operator().await;
    let entry = desk.entry(desk.ktp.1, "Siti Aminah", &[]);
    let opened = open_from_conversation(&mut cx, &desk.office, id, entry).await.unwrap();
    answer_in(&mut cx, id, "Kami periksa dahulu.").await.unwrap();
    let view = request(&mut cx, &desk.office, opened.id).await.unwrap();
    assert_eq!(view.answered_at, Some(desk.test.clock_now()));
    assert_eq!(view.row.unanswered_since, None);
    cx.commit().await.unwrap();
}

#[tokio::test]
async fn an_answer_given_before_it_became_a_request_is_its_first_answer() {
    let desk = Desk::open().await;
    let wrote = desk.test.clock_now();
    let id = desk.says("w1", "min ktp saya ilang gmn ya").await;
    desk.test.clock.advance(TimeDelta::minutes(7));
    let mut cx = desk.operator().await;
    answer_in(&mut cx, id, "Kirim surat kehilangan dan KK, Bu.").await.unwrap();
    cx.commit().await.unwrap();
    let answered = desk.test.clock_now();
    desk.test.clock.advance(TimeDelta::hours(20));
    let mut cx = desk.operator().await;
    let entry = desk.entry(desk.ktp.1, "Siti Aminah", &[]);
    let opened = open_from_conversation(&mut cx, &desk.office, id, entry).await.unwrap();
    let view = request(&mut cx, &desk.office, opened.id).await.unwrap();
    assert_eq!((view.row.first_message_at, view.answered_at), (wrote, Some(answered)));
    assert_eq!(view.row.unanswered_since, None, "nobody waits");
    // The day of the answer is over: it must be counted again.
    let marks = cx.tx().find::<fact_stale::Entity>().up_to(9).await.unwrap();
    assert_eq!(marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), [answered]);
    desk.test.clock.advance(TimeDelta::hours(1));
    answer_in(&mut cx, id, "Sudah kami terima.").await.unwrap();
    let view = request(&mut cx, &desk.office, opened.id).await.unwrap();
    assert_eq!(view.answered_at, Some(answered), "a later answer is not the first");
    cx.commit().await.unwrap();
}

#[tokio::test]
async fn whoever_wrote_again_after_an_answer_waits_for_the_next_one() {
    let desk = Desk::open().await;
    let id = desk.says("w1", "ktp hilang").await;
    let mut cx = desk.operator().await;
    answer_in(&mut cx, id, "Kirim surat kehilangan, Bu.").await.unwrap();
    cx.commit().await.unwrap();
    desk.test.clock.advance(TimeDelta::hours(2));
    let again = desk.test.clock_now();
    desk.says("w2", "sudah ada suratnya").await;
    desk.test.clock.advance(TimeDelta::minutes(3));
    let mut cx = desk.operator().await;
    let entry = desk.entry(desk.ktp.1, "Siti Aminah", &[]);
    let opened = open_from_conversation(&mut cx, &desk.office, id, entry).await.unwrap();
    let view = request(&mut cx, &desk.office, opened.id).await.unwrap();
    assert_eq!((view.row.first_message_at, view.answered_at), (again, None));
    assert_eq!(view.row.unanswered_since, Some(again));
}
