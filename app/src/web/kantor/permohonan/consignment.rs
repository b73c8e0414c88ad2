//! That what is ready is sent: how the last consignment stands, the forms that send one, and those that say what came of it.

use loket_core::{
    clock::Instant,
    consignment::{ConsignmentState, ConsignmentStep, ConsignmentWay, ReturnReason, next},
    id::ConsignmentId,
    kinds::OutputDelivery,
    request::RequestState,
    zone::{OfficeZone, duration, long_date},
};
use serde::Deserialize;

use super::{
    at::{AtRequest, Panel, refusal},
    page::{Extra, Sent},
    steps::Answer,
};
use crate::{
    domain::{
        consignments::{ConsignmentView, Told},
        pickup::PointView,
        regions,
        requests::{self, Consigning, Reported, RequestError, RequestView},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        form::Form,
        kantor::kiriman::tag,
        parts::{Choice, Fact, Tag},
        routes,
    },
};

const NOT_WHOLE: RequestError =
    RequestError::Invalid("Formulirnya tidak utuh. Muat ulang halaman, lalu isi lagi.");

/// The card of a request's page.
pub(super) struct Card {
    /// How the last one stands.
    pub tag: Option<Tag>,
    /// The last one.
    pub facts: Vec<Fact>,
    /// That nobody heard of it in time, and what to do.
    pub late: Option<String>,
    /// How often it was sent before.
    pub before: usize,
    /// The forms of what came of it.
    pub steps: Option<Steps>,
    /// The forms that send it.
    pub sending: Option<SendForms>,
    /// The list that goes along with it.
    pub sheet_href: Option<String>,
}

/// What came of it: each form where it can be.
pub(super) struct Steps {
    pub id: String,
    pub version: i64,
    pub arrive_href: Option<String>,
    pub deliver_href: Option<String>,
    pub return_href: String,
    pub reasons: Vec<Choice>,
    /// The day that was typed, or today.
    pub day: String,
    pub typed: Typed,
    /// Which of the forms is open: the word of its step.
    pub open: String,
}

/// How it can be sent.
pub(super) struct SendForms {
    pub href: String,
    pub places: Vec<Choice>,
    pub offices: Vec<String>,
    pub typed: Typed,
    /// The address that the request has.
    pub address: String,
}

/// What was sent, of whichever form.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    pub way: String,
    #[serde(default)]
    pub point: String,
    #[serde(default)]
    pub destination: String,
    #[serde(default)]
    pub carrier: String,
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub note: String,
    /// The consignment, and the change of it that was read.
    #[serde(default)]
    pub consignment: String,
    #[serde(default)]
    pub version: i64,
    #[serde(default)]
    pub receiver: String,
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub reason: String,
}

impl Typed {
    /// What was typed into the form of a way; nothing into the others.
    pub fn of(&self, way: &str) -> Self {
        if self.way == way { self.clone() } else { Self::default() }
    }

    fn consigning(&self) -> Result<Consigning<'_>, RequestError> {
        let way = self.way.parse().map_err(|_| RequestError::Invalid("Pilih cara mengirimnya."))?;
        let point = match self.point.trim() {
            "" => None,
            id => Some(id.parse().map_err(|_| RequestError::Invalid("Pilih tempat titipan dari daftar."))?),
        };
        Ok(Consigning {
            way,
            point,
            destination: &self.destination,
            carrier: &self.carrier,
            number: &self.number,
            note: &self.note,
        })
    }

    fn read(&self) -> Result<(ConsignmentId, i64), RequestError> {
        Ok((self.consignment.parse().map_err(|_| NOT_WHOLE)?, self.version))
    }

    fn reported(&self) -> Result<Reported<'_>, RequestError> {
        let day = self.day.trim().parse().map_err(|_| RequestError::Invalid("Pilih tanggalnya."))?;
        Ok(Reported { of: self.read()?, receiver: &self.receiver, day })
    }
}

impl Card {
    /// The card; nothing where nothing was sent and nothing can be.
    pub(super) fn of(
        view: &RequestView,
        (office, now): (&Office, Instant),
        (works, sent): (bool, Option<&Sent>),
    ) -> Option<Self> {
        let all = &view.reach.sent;
        let last = all.first();
        let open = last.filter(|(one, _)| !one.state.is_over(one.way));
        let (word, typed) = match sent {
            Some(Sent::Consignment(word, typed)) => (*word, typed.clone()),
            _ => ("", Typed::default()),
        };
        let step = |word: &str| routes::RequestStep::at(&office.slug, view.row.id, word);
        let works = works && !view.row.elsewhere;
        let steps = open.filter(|_| works).map(|(one, _)| Steps {
            id: one.id.to_string(),
            version: one.version,
            arrive_href: allows(one, ConsignmentStep::Arrive).then(|| step(ARRIVED)),
            deliver_href: allows(one, ConsignmentStep::Deliver).then(|| step(DELIVERED)),
            return_href: step(RETURNED),
            reasons: ReturnReason::ALL
                .iter()
                .map(|why| Choice::new(why.word(), why.label()).chosen(why.word() == typed.reason))
                .collect(),
            day: if typed.day.is_empty() { office.zone.date(now).to_string() } else { typed.day.clone() },
            typed: typed.clone(),
            open: word.to_owned(),
        });
        let made = view.delivery == OutputDelivery::Pickup && view.product.is_none();
        let here = matches!(view.row.state, RequestState::InProcess | RequestState::Ready);
        let sending = (works && made && here && open.is_none()).then(|| SendForms {
            href: step(SENDS),
            places: places(view, &typed.point),
            offices: offices(office),
            address: address(view),
            typed: if word == SENDS { typed.clone() } else { Typed::default() },
        });
        let card = Self {
            tag: last.map(|(one, _)| tag(one, now)),
            facts: last.map(|last| facts(last, office.zone, now)).unwrap_or_default(),
            late: open.and_then(|last| late(last, office.zone, now)).or_else(|| recalled(last?)),
            before: all.len().saturating_sub(1),
            sheet_href: open
                .filter(|(one, _)| works && one.state == ConsignmentState::UnderWay)
                .map(|(one, _)| routes::ConsignmentSheet::at(&office.slug, one.id)),
            steps,
            sending,
        };
        (card.tag.is_some() || card.sending.is_some()).then_some(card)
    }
}

fn allows(one: &ConsignmentView, step: ConsignmentStep) -> bool {
    next(one.way, one.state, step).is_ok()
}

/// The office's own places; none is chosen beforehand where there are several.
fn places(view: &RequestView, sent: &str) -> Vec<Choice> {
    let place = |one: &PointView| {
        let id = one.id.to_string();
        let chosen = id == sent;
        Choice::new(id, one.said.name.clone()).chosen(chosen)
    };
    view.reach.points.iter().map(place).collect()
}

/// What the other offices of the province are called.
fn offices(office: &Office) -> Vec<String> {
    let others = regions::regencies(&office.province_code);
    let others = others.into_iter().filter(|one| !office.region_code.starts_with(one.code));
    others.map(|one| format!("Disdukcapil {}", one.name)).collect()
}

/// The address that was typed with the request; nothing where its numbers are not shown in full.
fn address(view: &RequestView) -> String {
    let known = |key: &str| view.fields.iter().find(|(known, _)| known.as_str() == key);
    let known = known("alamat").map(|(_, text)| text.clone()).filter(|text| !text.contains('*'));
    known.unwrap_or_default()
}

fn facts((one, place): &(ConsignmentView, String), zone: OfficeZone, now: Instant) -> Vec<Fact> {
    let course = &one.course;
    let mut all = vec![("Cara", one.way.label().to_owned())];
    let (to, by, number) = match one.way {
        ConsignmentWay::Drop => ("Tempat", "Dibawa oleh", "Surat pengantar"),
        ConsignmentWay::Courier => ("Alamat", "Kurir", "Nomor resi"),
        ConsignmentWay::Office => ("Kantor tujuan", "Dibawa oleh", "Surat pengantar"),
    };
    for (label, text) in [(to, place), (by, &one.carrier), (number, &one.number)] {
        if !text.is_empty() {
            all.push((label, text.clone()));
        }
    }
    all.push(("Dikirim", zone.short(course.sent_at)));
    all.push(("Di jalan selama", duration(course.under_way(now))));
    if one.state == ConsignmentState::UnderWay {
        all.extend(expected(one, zone).map(|day| ("Semestinya ada kabar paling lambat", day)));
    }
    all.extend(course.arrived_at.map(|at| ("Tiba", zone.short(at))));
    if !one.receiver.is_empty() {
        all.push(("Diterima di sana oleh", one.receiver.clone()));
    }
    all.extend(one.reason.map(|why| ("Kembali karena", why.label().to_owned())));
    if !one.state.is_over(one.way) {
        all.push(("Warga diberi tahu", told(one).to_owned()));
    }
    if !one.note.is_empty() {
        all.push(("Catatan", one.note.clone()));
    }
    all.into_iter().map(|(label, text)| Fact::plain(label, text)).collect()
}

const fn told(one: &ConsignmentView) -> &'static str {
    match one.told {
        Told::Yes => "sudah lewat WhatsApp",
        Told::Later => "begitu kirimannya dicatat tiba",
        Told::No => "belum; kabari dengan cara lain",
    }
}

/// The last day on which somebody should have heard that it came.
fn expected(one: &ConsignmentView, zone: OfficeZone) -> Option<String> {
    let by = zone.date(one.course.expected_by?);
    by.pred_opt().map(long_date)
}

fn late((one, place): &(ConsignmentView, String), zone: OfficeZone, now: Instant) -> Option<String> {
    let by = expected(one, zone).filter(|_| one.course.is_late(now))?;
    let whom = if one.way == ConsignmentWay::Courier { &one.carrier } else { place };
    Some(format!("Sampai {by} belum ada kabar. Hubungi {whom}, lalu catat hasilnya."))
}

/// That what was recalled may still be where it was sent to.
fn recalled((one, place): &(ConsignmentView, String)) -> Option<String> {
    if one.state != ConsignmentState::Recalled {
        return None;
    }
    let whom = if one.way == ConsignmentWay::Courier { &one.carrier } else { place };
    Some(format!("Kiriman ini ditarik. Bila barangnya belum kembali, hubungi {whom} agar tidak diserahkan."))
}

/// The steps by which something is sent, and by which it is written down what came of it.
const SENDS: &str = "kirim";
const ARRIVED: &str = "kiriman-tiba";
const DELIVERED: &str = "kiriman-sampai";
const RETURNED: &str = "kiriman-kembali";

/// Sends it.
pub(super) async fn send(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match typed.consigning() {
        Ok(asked) => requests::send_consignment(&mut cx, &at.place.office, (at.id, &asked)).await,
        Err(error) => Err(error),
    };
    let done = done.map(|told| match told {
        Told::Yes => "Kiriman dicatat, warga diberi tahu.",
        Told::Later => "Kiriman dicatat. Warga diberi tahu begitu kirimannya tiba.",
        Told::No => "Kiriman dicatat; warga perlu dikabari dengan cara lain.",
    });
    settle(&at, cx, done, (SENDS, typed)).await
}

/// Whoever it was sent to has acknowledged it.
pub(super) async fn arrive(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match typed.reported() {
        Ok(said) => requests::acknowledge_consignment(&mut cx, &at.place.office, (at.id, &said)).await,
        Err(error) => Err(error),
    };
    let done = done.map(|heard| {
        if heard {
            "Kiriman dicatat tiba, warga diberi tahu."
        } else {
            "Kiriman dicatat tiba; warga perlu dikabari dengan cara lain."
        }
    });
    settle(&at, cx, done, (ARRIVED, typed)).await
}

/// Its citizen has it.
pub(super) async fn deliver(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match typed.reported() {
        Ok(said) => requests::deliver_consignment(&mut cx, &at.place.office, (at.id, &said)).await,
        Err(error) => Err(error),
    };
    settle(&at, cx, done.map(|()| "Kiriman diterima warga, permohonan selesai."), (DELIVERED, typed)).await
}

/// It came back.
pub(super) async fn take_back(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let reason = typed.reason.parse().map_err(|_| RequestError::Invalid("Pilih mengapa kirimannya kembali."));
    let done = match (typed.read(), reason) {
        (Ok(of), Ok(reason)) => {
            requests::return_consignment(&mut cx, &at.place.office, (at.id, of), reason).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let done = done.map(|told| match told {
        Told::Yes => "Kiriman dicatat kembali, warga diberi tahu.",
        Told::Later => "Kiriman dicatat kembali. Buat ulang hasilnya.",
        Told::No => "Kiriman dicatat kembali; warga perlu dikabari dengan cara lain.",
    });
    settle(&at, cx, done, (RETURNED, typed)).await
}

/// On to the page with a sentence, or the page again with what was typed.
async fn settle(
    at: &AtRequest,
    cx: Cx<'_>,
    done: Result<&str, RequestError>,
    (word, typed): (&'static str, Typed),
) -> Answer {
    match done {
        Ok(said) => {
            cx.commit().await?;
            Ok(at.back(Panel::Facts, said))
        }
        Err(error) => {
            drop(cx);
            let sent = Some(Sent::Consignment(word, typed));
            let extra = Extra { error: Some(refusal(error)?), sent, ..Extra::default() };
            Box::pin(at.again(Panel::Facts, extra)).await
        }
    }
}

#[cfg(test)]
#[path = "consignment_tests.rs"]
mod tests;
