//! The forms of the page: send, choose Meta's mood, empty the phone. Each answers with 303.

use actix_web::http::header;
use actix_web::web::{Path, Payload, Query, ThinData};
use actix_web::{HttpRequest, HttpResponse};

use super::Simulator;
use super::page::{self, At};
use super::parcel::{Parcel, Unfit, is_foreign};
use super::people::Phone;
use crate::fake_graph::Mood;
use crate::web::routes::SimulatorPhone;

/// The steps, as they stand in addresses.
pub(super) const SEND: &str = "kirim";
pub(super) const MOOD: &str = "keadaan";
pub(super) const FORGET: &str = "kosongkan";

pub(super) fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}

/// `POST /simulator/{wa_id}/{part}?ke=`
pub(super) async fn step(
    ThinData(simulator): ThinData<Simulator>,
    path: Path<(String, String)>,
    at: Query<At>,
    request: HttpRequest,
    body: Payload,
) -> HttpResponse {
    let Some(phone) = Phone::of(&path.0) else { return HttpResponse::NotFound().finish() };
    let number = simulator.number(at.number()).map(|(_, number)| number.phone_number_id.clone());
    let here = SimulatorPhone::at(&phone.wa_id, number.as_deref());
    let taken = match (path.1.as_str(), &number) {
        (FORGET, _) => simulator.forget(&phone, &request, body).await,
        (SEND, Some(number)) => simulator.send_form(&phone, number, (&request, body)).await,
        (MOOD, Some(number)) => simulator.choose_mood(number, &request, body).await,
        _ => return HttpResponse::NotFound().finish(),
    };
    match taken {
        Ok(()) if path.1 == SEND => see(&format!("{here}#akhir")),
        Ok(()) => see(&here),
        Err(unfit) => page::with_error(&simulator, phone, &at, unfit).await,
    }
}

impl Simulator {
    async fn send_form(
        &self,
        phone: &Phone,
        phone_number_id: &str,
        (request, body): (&HttpRequest, Payload),
    ) -> Result<(), Unfit> {
        let parcel = self.form(request, body).await?;
        self.hand_over(phone, phone_number_id, parcel).await.map(|_| ())
    }

    async fn choose_mood(&self, number: &str, request: &HttpRequest, body: Payload) -> Result<(), Unfit> {
        let form = self.form(request, body).await?;
        let chosen = MOODS.iter().find(|choice| Some(choice.code) == form.mood.as_deref());
        self.fake.set_mood(number, chosen.ok_or(Unfit::Unreadable)?.mood);
        Ok(())
    }

    async fn forget(&self, phone: &Phone, request: &HttpRequest, body: Payload) -> Result<(), Unfit> {
        self.form(request, body).await?;
        self.fake.phone_forgets(&phone.wa_id);
        Ok(())
    }

    /// A form, if it was drawn by this simulator.
    async fn form(&self, request: &HttpRequest, body: Payload) -> Result<Parcel, Unfit> {
        if is_foreign(request) {
            return Err(Unfit::Foreign);
        }
        let parcel = Parcel::read(request, body).await?;
        let drawn_here = parcel.csrf.as_deref().is_some_and(|token| self.forms.accepts(token));
        if drawn_here { Ok(parcel) } else { Err(Unfit::StaleForm) }
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
