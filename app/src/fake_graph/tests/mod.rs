//! The real client against the fake, over real sockets; the callback is a server that keeps what it gets.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that stumbles has failed")]

mod chat;
mod media;
mod moods;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{self, Bytes, ThinData};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use chrono::{DateTime, TimeDelta};
use loket_core::clock::{CountedIds, StillClock};
use loket_core::whatsapp::{self, Body, Content, Inbound, MessageKind, StatusUpdate, StatusWord};
use serde_json::json;

use super::*;
use crate::infra::graph::{
    AccessToken, FailureClass, GraphClient, GraphSettings, MediaFailure, OutContent, Outgoing, Recipient,
    TemplateParameter, signature,
};

const NUMBER: &str = "106540352242922";
const SECRET: &str = "app-secret";
const PHONE: &str = "6281234567890";

/// What stands in for Loket's webhook door.
#[derive(Clone, Default)]
struct Callback(Arc<Mutex<Heard>>);

#[derive(Default)]
struct Heard {
    bodies: Vec<Bytes>,
    /// Answers to give before 200s begin.
    refusals: Vec<u16>,
}

impl Callback {
    async fn hear(ThinData(this): ThinData<Self>, request: HttpRequest, body: Bytes) -> HttpResponse {
        let header = request.headers().get(signature::HEADER).and_then(|value| value.to_str().ok());
        if !signature::verifies(&[SECRET], &body, header) {
            return HttpResponse::Forbidden().finish();
        }
        let mut heard = this.0.lock().unwrap();
        if let Some(status) = heard.refusals.pop() {
            return HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap()).finish();
        }
        heard.bodies.push(body);
        HttpResponse::Ok().finish()
    }

    async fn challenge(query: web::Query<std::collections::HashMap<String, String>>) -> HttpResponse {
        if query["hub.mode"] == "subscribe" && query["hub.verify_token"] == "cocok" {
            return HttpResponse::Ok().body(query["hub.challenge"].clone());
        }
        HttpResponse::Forbidden().finish()
    }

    fn contents(&self) -> Vec<Content> {
        let heard = self.0.lock().unwrap();
        let items = heard.bodies.iter().flat_map(|body| whatsapp::read(body).unwrap());
        items.map(|item| item.unwrap().content).collect()
    }

    fn statuses(&self) -> Vec<StatusUpdate> {
        let status = |content| if let Content::Status(status) = content { Some(status) } else { None };
        self.contents().into_iter().filter_map(status).collect()
    }

    fn words(&self) -> Vec<StatusWord> {
        self.statuses().into_iter().map(|status| status.status).collect()
    }

    fn messages(&self) -> Vec<Inbound> {
        let message = |content| if let Content::Message(message) = content { Some(message) } else { None };
        self.contents().into_iter().filter_map(message).collect()
    }
}

struct World {
    clock: Arc<StillClock>,
    fake: FakeGraph,
    client: GraphClient,
    callback: Callback,
    token: AccessToken,
    running: Running,
    _callback_server: tokio::task::JoinSet<std::io::Result<()>>,
}

async fn world() -> World {
    let clock = Arc::new(StillClock::at(DateTime::from_timestamp(1_795_000_000, 0).unwrap()));
    let fake = FakeGraph::new(clock.clone(), Arc::new(CountedIds::default())).unwrap();
    let running = fake.start_quiet("127.0.0.1:0").await.unwrap();
    let callback = Callback::default();
    let heard = callback.clone();
    let server = HttpServer::new(move || {
        let routes = web::resource("/hook").get(Callback::challenge).post(Callback::hear);
        App::new().app_data(ThinData(heard.clone())).service(routes)
    });
    let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
    let callback_url = format!("http://{}/hook", server.addrs()[0]);
    let mut callback_server = tokio::task::JoinSet::new();
    callback_server.spawn(server.run());
    fake.register(FakeNumber {
        phone_number_id: NUMBER.into(),
        waba_id: "102290129340398".into(),
        display_phone_number: "62215550100".into(),
        token: "EAAtoken".into(),
        app_secret: SECRET.into(),
        callback_url,
    });
    let settings =
        GraphSettings { call_timeout: Duration::from_millis(700), ..GraphSettings::fake(&running.base_url) };
    let client = GraphClient::new(&settings).unwrap();
    let token = AccessToken::new("EAAtoken");
    World { clock, fake, client, callback, token, running, _callback_server: callback_server }
}

fn text(body: &str) -> Outgoing {
    Outgoing {
        to: Recipient::Phone(PHONE.into()),
        content: OutContent::Text { body: body.into() },
        callback_data: Some("outbox-1".into()),
        reply_to: None,
    }
}

impl World {
    async fn phone_writes(&self, words: &str) -> PhoneSent {
        self.fake.phone_sends(PHONE, "Siti", NUMBER, PhoneContent::Text(words.into())).await.unwrap()
    }

    async fn send(&self, message: &Outgoing) -> Result<String, (FailureClass, Option<i64>)> {
        let outcome = self.client.send(&self.token, NUMBER, message).await;
        outcome.map(|accepted| accepted.wamid).map_err(|failure| (failure.class, failure.code))
    }

    fn phone_shows(&self) -> Vec<(PhoneDirection, String, Ticks)> {
        let messages = self.fake.phone_messages(PHONE).into_iter();
        messages.map(|message| (message.direction, message.text.unwrap_or_default(), message.ticks)).collect()
    }
}
