//! The forms of the page: send, choose Meta's mood, empty the phone. Each answers with 303.

use actix_web::http::header;
use actix_web::web::{self, Path, Payload, ThinData};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::page::{self, At};
use super::parcel::{Parcel, Unfit, is_foreign};
use super::people::Phone;
use super::{Simulator, at};
use crate::fake_graph::Mood;

/// A form with nothing but a choice in it.
#[derive(Deserialize)]
pub(super) struct Choice {
    csrf: Option<String>,
    mood: Option<String>,
}

pub(super) fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}

/// `POST /simulator/{wa_id}/kirim?ke=`
pub(super) async fn send(
    ThinData(simulator): ThinData<Simulator>,
    wa_id: Path<String>,
    at: web::Query<At>,
    request: HttpRequest,
    body: Payload,
) -> HttpResponse {
    let Some(phone) = Phone::of(&wa_id) else { return HttpResponse::NotFound().finish() };
    let number = at.number().to_owned();
    match simulator.send_form(&phone, &number, (&request, body)).await {
        Ok(()) => see(&format!("{}#akhir", at::phone(&phone.wa_id, Some(&number)))),
        Err(unfit) => page::with_error(&simulator, phone, &at, unfit).await,
    }
}

/// `POST /simulator/{wa_id}/keadaan?ke=`
pub(super) async fn mood(
    ThinData(simulator): ThinData<Simulator>,
    wa_id: Path<String>,
    at: web::Query<At>,
    request: HttpRequest,
    form: web::Form<Choice>,
) -> HttpResponse {
    let Some(phone) = Phone::of(&wa_id) else { return HttpResponse::NotFound().finish() };
    let Some((_, number)) = simulator.number(at.number()) else { return HttpResponse::NotFound().finish() };
    if let Err(unfit) = simulator.admits(&request, form.csrf.as_deref()) {
        return page::with_error(&simulator, phone, &at, unfit).await;
    }
    if let Some(choice) = MOODS.iter().find(|choice| Some(choice.code) == form.mood.as_deref()) {
        simulator.fake.set_mood(&number.phone_number_id, choice.mood);
    }
    see(&at::phone(&phone.wa_id, Some(&number.phone_number_id)))
}

/// `POST /simulator/{wa_id}/kosongkan?ke=`
pub(super) async fn forget(
    ThinData(simulator): ThinData<Simulator>,
    wa_id: Path<String>,
    at: web::Query<At>,
    request: HttpRequest,
    form: web::Form<Choice>,
) -> HttpResponse {
    let Some(phone) = Phone::of(&wa_id) else { return HttpResponse::NotFound().finish() };
    if let Err(unfit) = simulator.admits(&request, form.csrf.as_deref()) {
        return page::with_error(&simulator, phone, &at, unfit).await;
    }
    simulator.fake.phone_forgets(&phone.wa_id);
    let number = simulator.number(at.number()).map(|(_, number)| number.phone_number_id.as_str());
    see(&at::phone(&phone.wa_id, number))
}

impl Simulator {
    async fn send_form(
        &self,
        phone: &Phone,
        phone_number_id: &str,
        (request, body): (&HttpRequest, Payload),
    ) -> Result<(), Unfit> {
        let parcel = Parcel::read(request, body).await?;
        self.admits(request, parcel.csrf.as_deref())?;
        self.hand_over(phone, phone_number_id, parcel).await.map(|_| ())
    }

    /// Whether a form was drawn by this simulator.
    fn admits(&self, request: &HttpRequest, token: Option<&str>) -> Result<(), Unfit> {
        if is_foreign(request) {
            return Err(Unfit::Foreign);
        }
        if token.is_some_and(|token| self.forms.accepts(token)) { Ok(()) } else { Err(Unfit::StaleForm) }
    }
}

/// A mood on the switch.
pub(super) struct MoodChoice {
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    pub(super) explain: &'static str,
    pub(super) mood: Mood,
}

pub(super) const MOODS: [MoodChoice; 7] = [
    MoodChoice { code: "normal", label: "Normal", explain: "terkirim, lalu sampai", mood: Mood::Normal },
    MoodChoice {
        code: "terlambat",
        label: "Terlambat",
        explain: "tanda terkirim datang 10 menit kemudian",
        mood: Mood::Late,
    },
    MoodChoice {
        code: "ganda",
        label: "Ganda",
        explain: "setiap tanda datang dua kali",
        mood: Mood::Doubled,
    },
    MoodChoice {
        code: "acak",
        label: "Tidak berurutan",
        explain: "tanda dibaca datang sebelum terkirim",
        mood: Mood::OutOfOrder,
    },
    MoodChoice {
        code: "gagal",
        label: "Gagal",
        explain: "balasan diterima Meta, lalu tidak sampai ke warga",
        mood: Mood::FailLater(131_026),
    },
    MoodChoice {
        code: "gangguan",
        label: "Gangguan Meta",
        explain: "balasan ditolak untuk sementara",
        mood: Mood::Fail(131_016),
    },
    MoodChoice {
        code: "tertutup",
        label: "Jendela tertutup",
        explain: "seakan 24 jam sudah lewat",
        mood: Mood::WindowClosed,
    },
];
