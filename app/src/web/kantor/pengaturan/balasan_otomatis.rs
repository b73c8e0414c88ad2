//! `/kantor/{office}/pengaturan/balasan-otomatis`: what Loket answers by itself.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{
    kinds::ReplyMode,
    permission::Permission,
    request::{ANSWER_DAYS, ANSWER_MINUTES, GO_ON},
};
use serde::Deserialize;

use crate::{
    domain::tenancy,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/balasan_otomatis.html")]
struct AutoRepliesPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    modes: Vec<Mode>,
    days: Vec<Choice>,
    minutes: Vec<Choice>,
    hint: String,
    error: Option<String>,
}

/// One of the two ways.
struct Mode {
    value: &'static str,
    label: &'static str,
    sentence: &'static str,
    chosen: bool,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    replies: String,
    /// How many days; empty for no end.
    answer_days: Option<String>,
    /// How many minutes; empty for no time.
    answer_minutes: Option<String>,
}

impl Entry {
    /// How long citizens have, if that was sent and is one of the choices.
    fn days(&self, now: Option<i64>) -> Option<Option<i64>> {
        choice(self.answer_days.as_deref(), (now, &ANSWER_DAYS))
    }

    /// Within how long the office means to answer, if that was sent and is one of the choices.
    fn minutes(&self, now: Option<i64>) -> Option<Option<i64>> {
        choice(self.answer_minutes.as_deref(), (now, &ANSWER_MINUTES))
    }
}

/// One of some choices, or none of them, which is a choice too; what was not sent stays as it is.
fn choice(sent: Option<&str>, (now, of): (Option<i64>, &[i64])) -> Option<Option<i64>> {
    match sent {
        None => Some(now),
        Some("") => Some(None),
        Some(text) => text.parse().ok().filter(|one| of.contains(one)).map(Some),
    }
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    draw((&site, &seat, &request), (StatusCode::OK, None))
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let Ok(mode) = entry.replies.parse::<ReplyMode>() else {
        let error = Some("Pilih salah satu cara membalas.".to_owned());
        return draw((&site, &seat, &request), (StatusCode::UNPROCESSABLE_ENTITY, error));
    };
    let Some(days) = entry.days(seat.office.answer_days) else {
        let error = Some("Pilih batas waktu dari daftar.".to_owned());
        return draw((&site, &seat, &request), (StatusCode::UNPROCESSABLE_ENTITY, error));
    };
    let Some(minutes) = entry.minutes(seat.office.answer_minutes) else {
        let error = Some("Pilih target menjawab dari daftar.".to_owned());
        return draw((&site, &seat, &request), (StatusCode::UNPROCESSABLE_ENTITY, error));
    };
    if minutes != seat.office.answer_minutes {
        tenancy::change_answer_minutes(&site.house, &seat.office, &seat.actor(), minutes).await?;
    }
    tenancy::change_replies(&site.house, &seat.office, &seat.actor(), mode).await?;
    if days != seat.office.answer_days {
        tenancy::change_answer_days(&site.house, &seat.office, &seat.actor(), days).await?;
    }
    let words = format!("Balasan otomatis: {}. Berlaku untuk pesan berikutnya.", mode.label());
    Ok(flash::see_other(site.secure, &routes::AutoReplies::at(&seat.office.slug), &words))
}

fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let slug = &seat.office.slug;
    let shown = AutoRepliesPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        action: routes::AutoReplies::at(slug),
        modes: modes(seat.office.replies),
        days: days(seat.office.answer_days),
        minutes: minutes(seat.office.answer_minutes),
        hint: format!(
            "Warga yang diminta melengkapi berkas diberi tahu batasnya dan diingatkan. Sesudah itu permohonan ditutup; \
             membalas {GO_ON} membukanya kembali. Berlaku untuk permintaan berikutnya."
        ),
        error,
    };
    page::with_status(status, (request, site.secure), &shown)
}

fn days(now: Option<i64>) -> Vec<Choice> {
    let choice = |days: Option<i64>| Choice {
        value: days.map(|days| days.to_string()).unwrap_or_default(),
        label: days.map_or_else(|| "Tidak ditutup".to_owned(), |days| format!("{days} hari kalender")),
        selected: days == now,
    };
    std::iter::once(None).chain(ANSWER_DAYS.map(Some)).map(choice).collect()
}

fn minutes(now: Option<i64>) -> Vec<Choice> {
    let words = |minutes: i64| match minutes {
        60.. => format!("{} jam layanan", minutes / 60),
        _ => format!("{minutes} menit jam layanan"),
    };
    let choice = |minutes: Option<i64>| Choice {
        value: minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        label: minutes.map_or_else(|| "Tanpa target".to_owned(), words),
        selected: minutes == now,
    };
    std::iter::once(None).chain(ANSWER_MINUTES.map(Some)).map(choice).collect()
}

fn modes(now: ReplyMode) -> Vec<Mode> {
    let mode = |mode: &ReplyMode| Mode {
        value: mode.word(),
        label: mode.label(),
        sentence: mode.sentence(),
        chosen: *mode == now,
    };
    ReplyMode::ALL.iter().map(mode).collect()
}
