//! The sender, the fetcher and the readers against the fake Meta, over real sockets.

#![expect(clippy::unwrap_used, reason = "a test that stumbles has failed")]

use std::{sync::Arc, time::Duration};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    web::{self, ThinData},
};
use chrono::TimeDelta;
use loket_core::{
    delivery::DeliveryState,
    id::{ConversationId, FileId, MessageId},
};
use loket_entity::job;
use sea_orm::EntityTrait;

use super::{ingest::IngestWorker, media::FetchMedia, reconcile::Reconcile, send::Send};
use crate::{
    domain::{
        files::{self, StoredFile},
        whatsapp::{
            self, Door, DoorRefusal,
            reconcile::{Patience, Reconciled, reconcile},
            sending::{self, Next},
            tests::{PHONE_NUMBER_ID, SECRET, SITI, TOKEN, World},
        },
    },
    fake_graph::{FakeGraph, FakeNumber, Mood, PhoneContent, PhoneDirection, Running},
    infra::{
        Cx, SystemReason,
        files::FileStore,
        graph::{GraphClient, GraphSettings, signature},
    },
    queue::{Engine, Handler, JobError, Registry, Ticket},
};

mod media;

/// Whatever another module would do about an event: nothing, here.
struct Ignore;

#[async_trait::async_trait]
impl Handler for Ignore {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        Ok(())
    }
}

struct Town {
    world: Arc<World>,
    fake: FakeGraph,
    files: FileStore,
    engine: Engine,
    _running: Running,
    _callback: tokio::task::JoinSet<std::io::Result<()>>,
}

async fn hook(ThinData(world): ThinData<Arc<World>>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let signed = request.headers().get(signature::HEADER).and_then(|value| value.to_str().ok());
    match world.door.accept(&world.path_key, signed, &body).await {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(DoorRefusal::CannotStore) => HttpResponse::ServiceUnavailable().finish(),
        Err(_) => HttpResponse::Unauthorized().finish(),
    }
}

impl Town {
    async fn open() -> Self {
        let world = Arc::new(World::open().await);
        let house = world.house().clone();
        let fake = FakeGraph::new(house.clock.clone(), house.ids.clone()).unwrap();
        let running = fake.start_quiet("127.0.0.1:0").await.unwrap();
        let told = world.clone();
        let server = HttpServer::new(move || {
            App::new().app_data(ThinData(told.clone())).route("/hook", web::post().to(hook))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        let callback_url = format!("http://{}/hook", server.addrs()[0]);
        let mut callback = tokio::task::JoinSet::new();
        callback.spawn(server.run());
        fake.register(FakeNumber {
            phone_number_id: PHONE_NUMBER_ID.into(),
            waba_id: "102290129340398".into(),
            display_phone_number: "62215550100".into(),
            token: TOKEN.into(),
            app_secret: SECRET.into(),
            callback_url,
        });
        let patient = GraphSettings::fake(&running.base_url);
        let settings = GraphSettings { call_timeout: Duration::from_millis(700), ..patient };
        let graph = GraphClient::new(&settings).unwrap();
        let files = FileStore::in_folder(&world.test.folder.path().join("files")).unwrap();
        let registry = Registry::default()
            .with(whatsapp::event::MESSAGE_ARRIVED, Ignore)
            .with(super::reconcile::KIND, Reconcile(house.clone()))
            .with(
                super::media::KIND,
                FetchMedia { house: house.clone(), graph: graph.clone(), files: files.clone() },
            )
            .with(super::send::KIND, Send { house: house.clone(), graph, files: files.clone() });
        let engine = Engine::new(house, registry, 4);
        Self { world, fake, files, engine, _running: running, _callback: callback }
    }

    async fn siti_sends(&self, content: PhoneContent) {
        let sent = self.fake.phone_sends(SITI, "Siti", PHONE_NUMBER_ID, content).await.unwrap();
        assert_eq!(sent.http_status, Some(200));
        self.read().await;
    }

    async fn siti_writes(&self) -> ConversationId {
        self.siti_sends(PhoneContent::Text("Halo".into())).await;
        self.world.conversation().await
    }

    async fn read(&self) {
        let door = Arc::new(Door::new(self.world.house().clone()));
        IngestWorker::new(self.world.house().clone(), door).run_due().await.unwrap();
    }

    /// Queues a text as an operation would.
    async fn says(&self, conversation: ConversationId, words: &str) -> MessageId {
        let mut cx = self.world.write().await;
        let id = whatsapp::queue_text(&mut cx, conversation, (None, None), words.to_owned()).await.unwrap();
        cx.commit().await.unwrap();
        id
    }

    async fn work(&self) {
        self.engine.run_due().await.unwrap();
    }

    /// Statuses go out, and are read.
    async fn statuses(&self) {
        self.fake.deliver_due().await;
        self.read().await;
    }

    async fn state(&self, id: MessageId) -> Option<DeliveryState> {
        self.world.message(id).await.delivery
    }

    /// What Siti's phone shows of the office's words.
    fn shown(&self) -> Vec<String> {
        let all = self.fake.phone_messages(SITI).into_iter();
        let ours = all.filter(|one| one.direction == PhoneDirection::ToPhone);
        ours.map(|one| one.text.or(one.filename).unwrap_or_default()).collect()
    }

    fn passes(&self, time: TimeDelta) {
        self.world.test.clock.advance(time);
    }

    async fn reconciles(&self) -> Reconciled {
        reconcile(self.world.house(), self.world.office, Patience::default()).await.unwrap()
    }

    async fn parked_jobs(&self) -> usize {
        let on = self.world.house().databases.door();
        #[expect(clippy::disallowed_methods, reason = "a test looks at the queue's table")]
        let jobs = job::Entity::find().all(on).await.unwrap();
        jobs.iter().filter(|job| job.state == loket_core::kinds::JobState::Parked).count()
    }
}

#[tokio::test]
async fn a_reply_is_sent_and_every_tick_of_it_is_told() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    let first = town.says(conversation, "Permohonan diterima.").await;
    let second = town.says(conversation, "Mohon tunggu.").await;
    assert_eq!(town.state(first).await, Some(DeliveryState::Queued));
    town.work().await;
    assert_eq!(town.shown(), ["Permohonan diterima.", "Mohon tunggu."]);
    assert_eq!(town.state(second).await, Some(DeliveryState::Accepted));
    town.statuses().await;
    town.fake.phone_reads(SITI);
    town.statuses().await;
    assert_eq!(town.state(first).await, Some(DeliveryState::Read));
    town.work().await;
    assert_eq!((town.shown().len(), town.parked_jobs().await), (2, 0));
}

#[tokio::test]
async fn statuses_that_come_twice_or_turned_round_end_the_same() {
    for mood in [Mood::Doubled, Mood::OutOfOrder] {
        let town = Town::open().await;
        let conversation = town.siti_writes().await;
        town.fake.set_mood(PHONE_NUMBER_ID, mood);
        let id = town.says(conversation, "Siap diambil.").await;
        town.work().await;
        town.statuses().await;
        let expected = if mood == Mood::Doubled { DeliveryState::Delivered } else { DeliveryState::Read };
        assert_eq!(town.state(id).await, Some(expected));
    }
}

#[tokio::test]
async fn a_document_is_uploaded_and_sent_with_its_name() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    let house = town.world.house();
    let id = FileId(house.ids.uuid(house.clock.now()));
    let keys = house.keys(town.world.office).await.unwrap();
    let key = town.files.put(&keys, (town.world.office, id), b"%PDF-1.7 kartu keluarga").await.unwrap();
    let mut cx = town.world.write().await;
    let file = StoredFile::new(&keys, (id, key), "application/pdf", b"%PDF-1.7 kartu keluarga");
    files::add(&cx, &file).await.unwrap();
    let document = (id, "SAT-2611-00001.pdf".to_owned(), String::new());
    let message = whatsapp::queue_document(&mut cx, conversation, (None, None), document).await.unwrap();
    cx.commit().await.unwrap();
    town.work().await;
    assert_eq!(town.state(message).await, Some(DeliveryState::Accepted));
    assert_eq!(town.shown(), ["SAT-2611-00001.pdf"]);
    let sent = town.fake.phone_messages(SITI).pop().unwrap();
    let (mime, bytes) = town.fake.medium(&sent.media_id.unwrap()).unwrap();
    assert_eq!((mime.as_str(), &bytes[..]), ("application/pdf", b"%PDF-1.7 kartu keluarga".as_slice()));
    let cx = town.world.look().await;
    let thread = whatsapp::thread(&cx, conversation, None, 10).await.unwrap();
    let attachment = thread.messages.last().unwrap().attachment.as_ref().unwrap();
    assert_eq!(attachment.file, Some((id, "application/pdf".to_owned())));
}

#[tokio::test]
async fn outside_the_24_hours_nothing_is_handed_over() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    town.passes(TimeDelta::hours(23) + TimeDelta::minutes(59));
    let id = town.says(conversation, "Terlambat").await;
    town.work().await;
    let row = town.world.message(id).await;
    assert_eq!((row.delivery, row.error_code), (Some(DeliveryState::Failed), Some(131_047)));
    assert!(town.fake.sent_calls().is_empty());
}

#[tokio::test]
async fn a_refusal_inside_the_24_hours_is_tried_once_more() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    town.fake.set_mood(PHONE_NUMBER_ID, Mood::WindowClosed);
    let (id, later) = (town.says(conversation, "satu").await, town.says(conversation, "dua").await);
    town.work().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Queued));
    assert_eq!(town.fake.sent_calls().len(), 1, "the second does not overtake the first");
    town.passes(TimeDelta::seconds(46));
    town.work().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Failed));
    town.fake.set_mood(PHONE_NUMBER_ID, Mood::Normal);
    town.passes(TimeDelta::seconds(46));
    town.work().await;
    assert_eq!(town.state(later).await, Some(DeliveryState::Accepted));
}

#[tokio::test]
async fn each_class_of_failure_has_its_own_end() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    for (code, state) in [
        (131_026, DeliveryState::Failed),
        (131_056, DeliveryState::Queued),
        (130_429, DeliveryState::Queued),
        (190, DeliveryState::Queued),
    ] {
        town.fake.set_mood(PHONE_NUMBER_ID, Mood::Fail(code));
        let id = town.says(conversation, "Halo").await;
        town.work().await;
        assert_eq!(
            (town.state(id).await, town.world.message(id).await.error_code),
            (Some(state), Some(code))
        );
        town.fake.set_mood(PHONE_NUMBER_ID, Mood::Normal);
        town.passes(TimeDelta::minutes(11));
        town.work().await;
        let end = if state == DeliveryState::Failed { state } else { DeliveryState::Accepted };
        assert_eq!(town.state(id).await, Some(end), "{code}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_the_status_and_nothing_is_doubled() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    town.fake.set_mood(PHONE_NUMBER_ID, Mood::TimeoutAfterAccept);
    let id = town.says(conversation, "Siap diambil.").await;
    town.work().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Uncertain));
    let next = town.says(conversation, "Terima kasih.").await;
    town.fake.set_mood(PHONE_NUMBER_ID, Mood::Normal);
    town.work().await;
    assert_eq!(town.state(next).await, Some(DeliveryState::Queued), "it waits for the one before");
    town.statuses().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Delivered));
    town.work().await;
    assert_eq!(town.state(next).await, Some(DeliveryState::Accepted));
    town.passes(TimeDelta::minutes(5));
    town.reconciles().await;
    town.work().await;
    assert_eq!(town.shown(), ["Siap diambil.", "Terima kasih."]);
    assert_eq!(town.fake.accepted_with(&id.to_string()), 1);
}

#[tokio::test]
async fn a_process_that_dies_after_metas_200_doubles_nothing_if_a_status_comes() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    let id = town.says(conversation, "Siap diambil.").await;
    // Claimed and handed over; then the process dies before it can record the answer.
    let next = sending::next(town.world.house(), town.world.office, conversation).await.unwrap();
    let Next::Send(ready) = next else { unreachable!("the message was not claimed") };
    let graph = GraphClient::new(&GraphSettings::fake(&town._running.base_url)).unwrap();
    graph.send(&ready.from.1, &ready.from.0, &ready.outgoing).await.unwrap();
    drop(ready);
    town.passes(TimeDelta::seconds(90));
    assert_eq!(town.reconciles().await.uncertain, 1);
    town.work().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Uncertain));
    town.statuses().await;
    town.passes(TimeDelta::minutes(10));
    assert_eq!(town.reconciles().await.resent, 0);
    town.work().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Delivered));
    assert_eq!(town.fake.accepted_with(&id.to_string()), 1);
}

#[tokio::test]
async fn a_process_that_dies_before_the_call_loses_nothing() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    let id = town.says(conversation, "Siap diambil.").await;
    let next = sending::next(town.world.house(), town.world.office, conversation).await.unwrap();
    assert!(matches!(next, Next::Send(_)));
    town.passes(TimeDelta::minutes(2));
    assert_eq!(town.reconciles().await.resent, 1);
    town.passes(TimeDelta::minutes(1));
    town.work().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Accepted));
    assert_eq!((town.world.message(id).await.attempts, town.shown().len()), (2, 1));
}

#[tokio::test]
async fn a_message_whose_job_was_lost_is_found() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    let id = town.says(conversation, "Halo").await;
    let on = town.world.house().databases.door();
    sea_orm::ConnectionTrait::execute_unprepared(on, "DELETE FROM job").await.unwrap();
    town.passes(TimeDelta::minutes(2));
    assert_eq!(town.reconciles().await, Reconciled { woken: 1, ..Reconciled::default() });
    town.work().await;
    assert_eq!(town.state(id).await, Some(DeliveryState::Accepted));
}

#[tokio::test]
async fn an_officers_words_end_the_waiting_and_lokets_own_do_not() {
    let town = Town::open().await;
    let conversation = town.siti_writes().await;
    town.says(conversation, "Pesan otomatis").await;
    assert!(town.world.conversations().await[0].unanswered_since.is_some());
    let mut cx = Cx::system(town.world.house(), town.world.office, SystemReason::Seed).await.unwrap();
    let officer = crate::domain::tenancy::OfficerRow {
        user: cx.new_id(),
        name: "Ratna".to_owned(),
        title: "Operator".to_owned(),
        unit: None,
    };
    let user = officer.user;
    crate::domain::tenancy::add_officer(&mut cx, officer).await.unwrap();
    whatsapp::queue_text(&mut cx, conversation, (None, Some(user)), "Baik, Bu.".to_owned()).await.unwrap();
    cx.commit().await.unwrap();
    let row = town.world.conversations().await.remove(0);
    assert_eq!((row.unanswered_since, row.assigned_to), (None, Some(user)));
}
