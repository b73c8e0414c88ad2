//! The page `/simulator`: people, contacts, chat, shelf, moods, and what the office's server did.

use actix_web::web::{Path, Query, ThinData};
use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use loket_core::zone::OfficeZone;
use serde::Deserialize;

use super::actions::{self, MOODS};
use super::bubbles;
use super::parcel::Unfit;
use super::people::{PEOPLE, Phone, spoken};
use super::ready::{self, ReadyGroup};
use super::samples::Sample;
use super::{Simulator, SimulatorNumber, SimulatorOffice, Step};
use crate::fake_graph::{PhoneDirection, PhoneMessage, SentCall, Ticks};
use crate::web::parts::{Bubble, Choice, Happening, When};
use crate::web::routes::{Home, Queue, SimulatorHome, SimulatorPart, SimulatorPhone};

/// How much of the trace is shown.
const TRACE_LENGTH: usize = 20;

/// The blocks that refresh themselves.
const CONTACTS: &str = "kontak";
const THREAD: &str = "percakapan";
const TRACE: &str = "jejak";

/// Whose phone, and which chat of it.
#[derive(Default, Deserialize)]
pub(super) struct At {
    orang: Option<String>,
    ke: Option<String>,
}

impl At {
    pub(super) fn number(&self) -> &str {
        self.ke.as_deref().unwrap_or_default()
    }
}

struct SimOffice {
    office: String,
    numbers: Vec<SimContact>,
}

struct SimContact {
    name: String,
    phone: String,
    preview: String,
    href: String,
    current: bool,
    unread: Option<usize>,
}

struct SampleOnShelf {
    code: &'static str,
    name: &'static str,
    mark: &'static str,
}

struct Mood {
    code: &'static str,
    label: &'static str,
    explain: &'static str,
    on: bool,
}

#[derive(Template)]
#[template(path = "simulator.html", blocks = ["contacts", "thread", "trace"])]
struct SimulatorPage {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    home_href: String,
    person: String,
    people: Vec<Choice>,
    person_href: &'static str,
    current: String,
    contacts: Vec<SimOffice>,
    contacts_href: String,
    chat_name: Option<String>,
    chat_note: String,
    live_href: String,
    bubbles: Vec<Bubble>,
    send_href: String,
    error: Option<&'static str>,
    samples: Vec<SampleOnShelf>,
    ready: Vec<ReadyGroup>,
    moods: Vec<Mood>,
    mood_href: String,
    trace_href: String,
    trace: Vec<Happening>,
    desk_href: Option<String>,
    reset_href: String,
}

/// `GET /simulator`, also with `?orang=` from the choice of people.
pub(super) async fn front(ThinData(simulator): ThinData<Simulator>, at: Query<At>) -> HttpResponse {
    let phone = match at.orang.as_deref() {
        None => Some(Phone::first()),
        Some(wa_id) => Phone::of(wa_id),
    };
    let Some(phone) = phone else { return HttpResponse::NotFound().finish() };
    if at.orang.is_none() && at.ke.is_none() {
        return html(StatusCode::OK, simulator.page(phone, &at).await.render());
    }
    let number = simulator.number(at.number()).map(|(_, number)| number.phone_number_id.as_str());
    actions::see(&SimulatorPhone::at(&phone.wa_id, number))
}

/// `GET /simulator/{wa_id}?ke=`
pub(super) async fn phone(
    ThinData(simulator): ThinData<Simulator>,
    wa_id: Path<String>,
    at: Query<At>,
) -> HttpResponse {
    let Some(phone) = Phone::of(&wa_id) else { return HttpResponse::NotFound().finish() };
    html(StatusCode::OK, simulator.page(phone, &at).await.render())
}

/// `GET /simulator/{wa_id}/{part}?ke=`: a block alone, for pages that refresh themselves.
pub(super) async fn part(
    ThinData(simulator): ThinData<Simulator>,
    path: Path<(String, String)>,
    at: Query<At>,
) -> HttpResponse {
    let Some(phone) = Phone::of(&path.0) else { return HttpResponse::NotFound().finish() };
    let page = simulator.page(phone, &at).await;
    let block = match path.1.as_str() {
        CONTACTS => page.as_contacts().render(),
        THREAD => page.as_thread().render(),
        TRACE => page.as_trace().render(),
        _ => return HttpResponse::NotFound().finish(),
    };
    html(StatusCode::OK, block)
}

/// The page with a sentence about a form that could not be carried out.
pub(super) async fn with_error(simulator: &Simulator, phone: Phone, at: &At, unfit: Unfit) -> HttpResponse {
    let page = SimulatorPage { error: Some(unfit.sentence()), ..simulator.page(phone, at).await };
    html(unfit.status(), page.render())
}

fn html(status: StatusCode, rendered: askama::Result<String>) -> HttpResponse {
    match rendered {
        Ok(body) => HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body),
        Err(error) => {
            tracing::error!(%error, "the simulator's page could not be drawn");
            HttpResponse::InternalServerError().finish()
        }
    }
}

impl Simulator {
    /// Draws it all. Opening a chat reads it, as on a real phone.
    async fn page(&self, phone: Phone, at: &At) -> SimulatorPage {
        let chat = self.number(at.number());
        let number = chat.map(|(_, number)| number.phone_number_id.as_str());
        if let Some(number) = number {
            self.fake.phone_reads_chat(&phone.wa_id, number);
        }
        let messages = self.conversation(&phone.wa_id).await;
        let zone = chat.map_or(OfficeZone::Wib, |(office, _)| office.zone);
        let of_chat: Vec<PhoneMessage> =
            messages.iter().filter(|m| Some(m.phone_number_id.as_str()) == number).cloned().collect();
        let wa_id = phone.wa_id.as_str();
        SimulatorPage {
            demo: true,
            flash: None,
            csrf: self.forms.token(),
            home_href: Home::at(),
            person: phone.profile_name(),
            people: people(&phone),
            person_href: SimulatorHome::PATTERN,
            current: number.unwrap_or_default().to_owned(),
            contacts: self.contacts(wa_id, number, &messages),
            contacts_href: SimulatorPart::at(wa_id, CONTACTS, number),
            chat_name: chat.map(|(_, number)| number.label.clone()),
            chat_note: chat.map_or_else(String::new, note),
            live_href: number.map_or_else(String::new, |_| SimulatorPart::at(wa_id, THREAD, number)),
            bubbles: bubbles::bubbles(&self.fake, wa_id, zone, &of_chat),
            send_href: SimulatorPart::at(wa_id, actions::SEND, number),
            error: None,
            samples: Sample::ALL
                .map(|sample| SampleOnShelf {
                    code: sample.word(),
                    name: sample.label(),
                    mark: sample.mark(),
                })
                .into(),
            ready: chat.map_or_else(Vec::new, |(_, number)| ready::shelf(&number.formats, &phone.person)),
            moods: number.map_or_else(Vec::new, |number| self.moods(number)),
            mood_href: SimulatorPart::at(wa_id, actions::MOOD, number),
            trace_href: SimulatorPart::at(wa_id, TRACE, number),
            trace: match chat {
                Some((office, number)) => self.trace(office, number, wa_id).await,
                None => Vec::new(),
            },
            desk_href: chat.map(|(office, _)| Queue::at(&office.slug, "giliran")),
            reset_href: SimulatorPart::at(wa_id, actions::FORGET, number),
        }
    }

    fn contacts(&self, wa_id: &str, current: Option<&str>, messages: &[PhoneMessage]) -> Vec<SimOffice> {
        let contact = |number: &SimulatorNumber| {
            let id = number.phone_number_id.as_str();
            let chat = || messages.iter().filter(|message| message.phone_number_id == id);
            let new = |m: &&PhoneMessage| m.direction == PhoneDirection::ToPhone && m.ticks < Ticks::Read;
            SimContact {
                name: number.label.clone(),
                phone: number.display.clone(),
                preview: chat().next_back().map(preview).unwrap_or_default(),
                href: SimulatorPhone::at(wa_id, Some(id)),
                current: current == Some(id),
                unread: Some(chat().filter(new).count()).filter(|count| *count > 0),
            }
        };
        let group = |office: &SimulatorOffice| SimOffice {
            office: office.name.clone(),
            numbers: office.numbers.iter().map(contact).collect(),
        };
        self.offices.0.iter().map(group).collect()
    }

    fn moods(&self, number: &str) -> Vec<Mood> {
        let now = self.fake.mood(number);
        MOODS
            .iter()
            .map(|choice| Mood {
                code: choice.code,
                label: choice.label,
                explain: choice.explain,
                on: choice.mood == now,
            })
            .collect()
    }

    /// What the office's server did, from its own record and from the calls it made; newest first.
    async fn trace(&self, office: &SimulatorOffice, number: &SimulatorNumber, wa_id: &str) -> Vec<Happening> {
        let mut steps = self.record.trace(office.id).await.unwrap_or_else(|fault| {
            tracing::warn!(%fault, "an office's trace could not be read");
            Vec::new()
        });
        let calls = self.fake.recent_calls(&number.phone_number_id, TRACE_LENGTH);
        steps.extend(calls.iter().map(|call| call_step(call, wa_id)));
        steps.sort_by_key(|step| std::cmp::Reverse(step.at));
        steps.truncate(TRACE_LENGTH);
        let now = self.fake.now();
        let happening = |step: Step| Happening {
            said: None,
            when: When::plain(step.at, now, office.zone),
            who: step.who.to_owned(),
            what: step.what,
            detail: step.detail,
            tone: step.tone,
        };
        steps.into_iter().map(happening).collect()
    }
}

fn call_step(call: &SentCall, wa_id: &str) -> Step {
    let kind = match call.kind.as_str() {
        "text" => "Balasan",
        "document" => "Dokumen",
        "image" => "Foto",
        "template" => "Templat",
        _ => "Pesan",
    };
    let digits: String = call.to.chars().filter(char::is_ascii_digit).collect();
    let whose = if digits == wa_id { "ke ponsel ini" } else { "ke ponsel lain" };
    let (what, detail, tone) = match call.code {
        None => (format!("{kind} dikirim {whose}"), None, "ok"),
        Some(code) => (format!("{kind} {whose} ditolak Meta"), Some(format!("Kode {code}")), "bad"),
    };
    Step { at: call.at, who: "Server kantor ke WhatsApp", what, detail, tone }
}

fn people(phone: &Phone) -> Vec<Choice> {
    let known = PEOPLE.iter().map(|person| Choice {
        value: person.wa_id.to_owned(),
        label: format!("{}, {}", spoken(person.name), person.regency),
        selected: phone.wa_id == person.wa_id,
    });
    let other = (!phone.owner).then(|| Choice {
        value: phone.wa_id.clone(),
        label: format!("Ponsel +{}", phone.wa_id),
        selected: true,
    });
    known.chain(other).collect()
}

fn note((office, number): (&SimulatorOffice, &SimulatorNumber)) -> String {
    let services = number.services.join(", ");
    if services.is_empty() { office.name.clone() } else { format!("{} · {services}", office.name) }
}

fn preview(message: &PhoneMessage) -> String {
    let text = message.text.as_deref().or(message.filename.as_deref()).unwrap_or("Foto");
    let short: String = text.chars().take(48).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > 48 { format!("{short}…") } else { short }
}
