//! `POST /{phone_number_id}/messages`: what is accepted, what is refused, and what follows.

use actix_web::HttpResponse;
use loket_core::clock::Instant;
use serde_json::{Value, json};

use super::FakeGraph;
use super::answers::Refusal;
use super::recipient::Addressee;
use super::state::{Account, Kept, State};
use super::types::{Mood, PhoneDirection, PhoneMessage, SentCall, Ticks};

impl FakeGraph {
    /// Handles one call to the end, apart from the waiting that some moods ask for.
    pub(super) fn take_call(&self, phone_number_id: &str, token: Option<&str>, body: &[u8]) -> HttpResponse {
        let now = self.now();
        let wamid = self.new_wamid(now);
        let mut state = self.state();
        let outcome = self.judge(&mut state, (phone_number_id, token), (body, &wamid), now);
        drop(state);
        self.inner.wake.notify_one();
        match outcome {
            Ok(answer) => HttpResponse::Ok().json(answer),
            Err(refusal) => refusal.to_response(),
        }
    }

    fn judge(
        &self,
        state: &mut State,
        (phone_number_id, token): (&str, Option<&str>),
        (body, wamid): (&[u8], &str),
        now: Instant,
    ) -> Result<Value, Refusal> {
        if !state.knows_token(token) {
            return Err(Refusal::bad_token());
        }
        let account = state.account(phone_number_id).cloned();
        let account = account.filter(|account| Some(account.number.token.as_str()) == token);
        let account = account.ok_or_else(Refusal::no_such_object)?;
        let body: Value =
            serde_json::from_slice(body).map_err(|_| Refusal::new(100, "Body is not valid JSON"))?;
        if body["messaging_product"] != "whatsapp" {
            return Err(Refusal::new(100, "The parameter messaging_product is required."));
        }
        if body["status"] == "read" {
            return mark_read(state, phone_number_id, &body);
        }
        let outcome = self.judge_message(state, &account, (&body, wamid), now);
        state.keep_call(call(phone_number_id, &body, now, outcome.as_ref().map(|_| wamid)));
        outcome
    }

    fn judge_message(
        &self,
        state: &mut State,
        account: &Account,
        (body, wamid): (&Value, &str),
        now: Instant,
    ) -> Result<Value, Refusal> {
        if let Mood::Fail(code) = account.mood {
            return Err(Refusal::new(code, "As the mood of this number asks for"));
        }
        let kind = body["type"].as_str().unwrap_or("text");
        let number = &account.number.phone_number_id;
        let who =
            Addressee::of(body).ok_or_else(|| Refusal::new(131_009, "The parameter to is not valid."))?;
        check_content(state, number, kind, body, now)?;
        let template = kind == "template";
        if account.mood == Mood::WindowClosed && !template {
            return Err(Refusal::new(
                131_047,
                "More than 24 hours have passed since the customer last replied",
            ));
        }
        let open = template || state.window_is_open(&who.phone, number, now);
        let fate = match account.mood {
            Mood::FailLater(code) => Err(code),
            _ if !who.exists() => Err(131_026),
            _ if !open => Err(131_047),
            _ => Ok(()),
        };
        let kept = kept(&who.phone, number, (kind, body), (wamid, now));
        self.plan_statuses(state, account, &kept, fate);
        // What fails never shows on the phone.
        if fate.is_ok() {
            self.keep(state, kept);
        }
        Ok(json!({"messaging_product": "whatsapp", "contacts": [who.to_json()],
            "messages": [{"id": wamid, "message_status": "accepted"}]}))
    }
}

fn mark_read(state: &mut State, phone_number_id: &str, body: &Value) -> Result<Value, Refusal> {
    let wamid = body["message_id"].as_str().unwrap_or_default();
    if state.office_read(phone_number_id, wamid) {
        Ok(json!({"success": true}))
    } else {
        Err(Refusal::new(131_009, "Message id is not valid"))
    }
}

fn call(phone_number_id: &str, body: &Value, at: Instant, outcome: Result<&str, &Refusal>) -> SentCall {
    let text = |key: &str| body[key].as_str().map(str::to_owned);
    SentCall {
        at,
        phone_number_id: phone_number_id.to_owned(),
        to: text("to").or_else(|| text("recipient")).unwrap_or_default(),
        kind: text("type").unwrap_or_else(|| "text".to_owned()),
        callback_data: text("biz_opaque_callback_data"),
        wamid: outcome.ok().map(str::to_owned),
        code: outcome.err().map(|refusal| refusal.code),
        body: body.clone(),
    }
}

/// Meta's limits on what a message may hold, as far as Loket sends such messages.
fn check_content(
    state: &State,
    phone_number_id: &str,
    kind: &str,
    body: &Value,
    now: Instant,
) -> Result<(), Refusal> {
    let inner = &body[kind];
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    if length(&body["biz_opaque_callback_data"]) > 512 {
        return Err(Refusal::new(100, "biz_opaque_callback_data is longer than 512"));
    }
    if !inner.is_object() {
        return Err(Refusal::new(131_008, format!("The parameter {kind} is missing")));
    }
    match kind {
        "text" if !(1..=4096).contains(&length(&inner["body"])) => {
            Err(Refusal::new(100, "Param text['body'] must be between 1 and 4096 characters long."))
        }
        "image" | "document" | "audio" | "video" | "sticker" => {
            if length(&inner["caption"]) > 1024 {
                return Err(Refusal::new(100, "Param caption must be at most 1024 characters long."));
            }
            check_media(state, phone_number_id, inner, now)
        }
        "template" if inner["name"].as_str().is_none_or(|name| !is_template_name(name)) => {
            Err(Refusal::new(132_001, "Template name does not exist"))
        }
        "template" if inner["language"]["code"].as_str().is_none_or(str::is_empty) => {
            Err(Refusal::new(131_008, "Template language is missing"))
        }
        "text" | "template" | "location" | "contacts" | "reaction" | "interactive" => Ok(()),
        _ => Err(Refusal::new(131_051, "Unsupported message type")),
    }
}

fn check_media(state: &State, phone_number_id: &str, inner: &Value, now: Instant) -> Result<(), Refusal> {
    let given = |key: &str| inner[key].as_str().filter(|text| !text.is_empty());
    match (given("id"), given("link")) {
        (None, Some(_)) => Ok(()),
        (Some(id), None) => {
            let medium = state.medium(id).filter(|medium| medium.phone_number_id == phone_number_id);
            let alive = medium.is_some_and(|medium| now < medium.expires_at);
            if alive { Ok(()) } else { Err(Refusal::new(131_009, "Media id is not valid")) }
        }
        _ => Err(Refusal::new(100, "Exactly one of id and link is required")),
    }
}

fn is_template_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=512).contains(&name.len()) && name.bytes().all(plain)
}

fn kept(phone: &str, number: &str, (kind, body): (&str, &Value), (wamid, at): (&str, Instant)) -> Kept {
    let inner = &body[kind];
    let text = |key: &str| inner[key].as_str().map(str::to_owned);
    let message = PhoneMessage {
        direction: PhoneDirection::ToPhone,
        phone_number_id: number.to_owned(),
        wamid: wamid.to_owned(),
        at,
        kind: kind.to_owned(),
        text: if kind == "template" {
            Some(template_text(inner))
        } else {
            text("body").or_else(|| text("caption"))
        },
        filename: text("filename"),
        media_id: text("id"),
        ticks: Ticks::Delivered,
    };
    let callback_data = body["biz_opaque_callback_data"].as_str().map(str::to_owned);
    Kept { phone: phone.to_owned(), callback_data, template: kind == "template", message }
}

/// The fake has no texts of templates: name and fields stand for them.
fn template_text(template: &Value) -> String {
    let components = template["components"].as_array().map_or(&[][..], Vec::as_slice);
    let fields = components.iter().filter_map(|component| component["parameters"].as_array()).flatten();
    let words: Vec<&str> = fields.filter_map(|field| field["text"].as_str()).collect();
    format!("[{}] {}", template["name"].as_str().unwrap_or_default(), words.join(" | "))
}
