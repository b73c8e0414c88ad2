//! Handing a request on to the Dinas: where it may go, the step, and what the page says of the other office.

use loket_core::{
    clock::Instant,
    id::VariantId,
    kinds::{ForwardingWay, OfficeKind},
    permission::Permission,
    request::{RequestState, StepKind},
};

use super::{
    at::{AtRequest, Panel},
    steps::{Answer, Reasoned},
};
use crate::{
    domain::{
        requests::{self, Destination, ForwardingView, Onward, RequestError, RequestView},
        tenancy::Office,
    },
    web::{
        error::PageError,
        form::Form,
        parts::{Action, Choice, Fact, When},
        routes,
    },
};

/// Where this request may be handed on to; nothing where it may not be now.
pub(super) async fn onward(at: &AtRequest, view: &RequestView) -> Result<Option<Onward>, PageError> {
    let may = at.place.office.kind == OfficeKind::Kecamatan
        && view.row.state == RequestState::InProcess
        && view.forwarding.is_none()
        && at.place.may(Permission::HandleRequests);
    Ok(if may { Some(requests::onward(&at.site.house, &at.place.office).await?) } else { None })
}

/// The step on the page.
pub(super) fn action(view: &RequestView, slug: &str, onward: &Onward) -> Action {
    let href = routes::RequestStep::at(slug, view.row.id, "teruskan");
    let plain = Action::new("teruskan", "Teruskan ke Dinas", "arrow-right", href);
    match onward {
        Onward::Loket { dinas, variants } => Action {
            explain: format!(
                "{} yang memproses dan memutuskan. Nomor permohonan tetap sama, berkas yang sudah diterima ikut \
                 terkirim, dan warga tetap dilayani di percakapan ini.",
                dinas.name
            ),
            reasons: variants.iter().map(|(id, name)| choice(*id, name, &view.row.service)).collect(),
            reason_label: "Layanan di Dinas".to_owned(),
            submit: "Teruskan".to_owned(),
            ..plain
        },
        Onward::Outside(dinas) => Action {
            explain: match dinas {
                Some(name) => format!(
                    "{name} belum menerima terusan lewat Loket. Antarkan berkasnya dengan cara biasa; di sini \
                     dicatat ke mana, dan hasilnya dicatat di sini juga."
                ),
                None => {
                    "Dinas di wilayah ini belum memakai Loket. Antarkan berkasnya dengan cara biasa; di sini \
                         dicatat ke mana, dan hasilnya dicatat di sini juga."
                        .to_owned()
                }
            },
            note_label: Some("Kantor tujuan".to_owned()),
            note_required: true,
            submit: "Catat dan kabari warga".to_owned(),
            ..plain
        },
    }
}

fn choice(id: VariantId, name: &str, service: &str) -> Choice {
    Choice::new(id.to_string(), name).chosen(name.eq_ignore_ascii_case(service))
}

/// Hands it on.
pub(super) async fn post(at: AtRequest, form: Form<Reasoned>) -> Answer {
    let form = at.checked(form)?;
    at.place.demand(Permission::HandleRequests)?;
    let onward = match at.place.office.kind {
        OfficeKind::Kecamatan => requests::onward(&at.site.house, &at.place.office).await?,
        OfficeKind::Dinas => Onward::Outside(None),
    };
    let mut cx = at.write().await?;
    let done = match destination(&onward, &form) {
        Ok(to) => requests::forward(&mut cx, &at.place.office, at.id, to).await,
        Err(error) => Err(error),
    };
    at.settle(cx, done, (Panel::Chat, "Permohonan diteruskan, warga diberi tahu.")).await
}

fn destination<'o>(onward: &'o Onward, form: &'o Reasoned) -> Result<Destination<'o>, RequestError> {
    match onward {
        Onward::Loket { dinas, variants } => {
            let chosen = form.reason.parse().ok().filter(|id| variants.iter().any(|(known, _)| known == id));
            let chosen = chosen.ok_or(RequestError::Invalid("Pilih layanan di Dinas dahulu."))?;
            Ok(Destination::Loket(dinas, chosen))
        }
        Onward::Outside(_) => Ok(Destination::Outside(&form.note)),
    }
}

/// The other office, where another one works on it.
fn elsewhere(view: &RequestView) -> Option<&ForwardingView> {
    view.forwarding.as_ref().filter(|one| one.way == ForwardingWay::Out && one.on_loket)
}

/// Who else the request belongs to, and where it stands there.
pub(super) fn fact(view: &RequestView, office: &Office, now: Instant) -> Option<Fact> {
    let one = view.forwarding.as_ref()?;
    let label = match one.way {
        ForwardingWay::Out => "Diteruskan ke",
        ForwardingWay::In => "Diteruskan oleh",
    };
    // A kecamatan that handed something on stands where this office does.
    let state = one.their_state.filter(|_| one.way == ForwardingWay::Out);
    let state = state.map(|state| format!(", {}", state.label().to_lowercase())).unwrap_or_default();
    Some(Fact::plain(label, format!("{}, {}{state}", one.office, When::plain(one.at, now, office.zone).text)))
}

/// What is awaited of the other office.
pub(super) fn awaited(view: &RequestView) -> Option<String> {
    let one = elsewhere(view).filter(|_| !view.row.state.is_terminal())?;
    if view.steps.contains(&StepKind::CitizenAnswered) || view.steps.contains(&StepKind::DeclareComplete) {
        return None;
    }
    Some(match one.their_state {
        None => format!("Sedang dikirim ke {}.", one.office),
        Some(state) => format!(
            "{} yang mengerjakan: {}. Kabar dan hasilnya masuk sendiri ke halaman ini.",
            one.office,
            state.label().to_lowercase()
        ),
    })
}

/// Where the citizen of a request without a conversation hears of it, if two offices have it.
pub(super) fn talks(view: &RequestView) -> Option<String> {
    let one = view.forwarding.as_ref()?;
    match one.way {
        ForwardingWay::In => Some(format!(
            "Warga berbicara dengan {}. Kabar dari setiap langkah di sini disampaikan ke sana.",
            one.office
        )),
        ForwardingWay::Out => one.on_loket.then(|| {
            format!("Permohonan ini tidak datang lewat WhatsApp. Kabar dari {} ada di Riwayat; sampaikan kepada warga.", one.office)
        }),
    }
}
