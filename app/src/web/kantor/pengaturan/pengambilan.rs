//! `/kantor/{office}/pengaturan/pengambilan`: the places to which citizens come, to collect things or for an appointment: their
//! slots, and whom they serve.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    appointment::PlacePurpose, handover::Collectors, id::PickupPointId, permission::Permission, pickup::Plan,
};
use serde::Deserialize;

use crate::{
    domain::{
        pickup::{self, PickupError, PointPlan, PointView},
        tenancy,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Tag},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/pengaturan/pengambilan.html")]
struct PointsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    points: Vec<Shown>,
    add: Fields,
}

struct Shown {
    name: String,
    tag: Option<Tag>,
    told: Vec<String>,
    fields: Fields,
}

/// A place's form.
struct Fields {
    id: String,
    action: String,
    version: i64,
    open: bool,
    error: Option<String>,
    name: String,
    /// What people come for.
    purpose: String,
    /// The same to choose from; empty once a place is there.
    purposes: Vec<Choice>,
    /// Whether somebody may be sent to collect here.
    collects: bool,
    units: Vec<Choice>,
    minutes: Vec<Choice>,
    seats: String,
    collectors: Vec<Choice>,
    states: Vec<Choice>,
}

impl Fields {
    /// The id of a field: each place has its own form.
    fn of(&self, word: &str) -> String {
        format!("{word}-{}", self.id)
    }
}

/// What was sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    name: String,
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    seats: String,
    #[serde(default)]
    collectors: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    version: i64,
}

const USED: &str = "dipakai";
const UNUSED: &str = "tidak";
const SEATS: PickupError = PickupError::Invalid("Tulis berapa orang tiap jadwal, dari 1 sampai 100.");

impl Sent {
    fn of(point: &PointView) -> Self {
        let said = &point.said;
        Self {
            name: said.name.clone(),
            purpose: said.purpose.word().to_owned(),
            unit: said.unit.map(|id| id.to_string()).unwrap_or_default(),
            minutes: said.plan.map(|plan| plan.minutes().to_string()).unwrap_or_default(),
            seats: said.plan.map(|plan| plan.seats().to_string()).unwrap_or_default(),
            collectors: said.collectors.word().to_owned(),
            state: if said.active { USED } else { UNUSED }.to_owned(),
            version: point.version,
        }
    }

    fn new() -> Self {
        Self {
            purpose: PlacePurpose::Collecting.word().to_owned(),
            minutes: "30".to_owned(),
            seats: "5".to_owned(),
            collectors: Collectors::Proxy.word().to_owned(),
            state: USED.to_owned(),
            ..Self::default()
        }
    }

    fn said(&self) -> Result<PointPlan, PickupError> {
        let unit = match self.unit.trim() {
            "" => None,
            id => Some(id.parse().map_err(|_| PickupError::Invalid("Pilih unit kantor ini."))?),
        };
        let plan = match self.minutes.as_str() {
            "" => None,
            minutes => {
                let minutes = minutes.parse().map_err(|_| PickupError::Invalid("Pilih lama tiap jadwal."))?;
                let seats = self.seats.trim().parse().map_err(|_| SEATS)?;
                Some(Plan::of(minutes, seats).ok_or(SEATS)?)
            }
        };
        let purpose = match self.purpose.as_str() {
            "" => PlacePurpose::Collecting,
            word => word.parse().map_err(|_| PickupError::Invalid("Pilih untuk apa warga datang."))?,
        };
        let collectors = match self.collectors.as_str() {
            "" if purpose.is_appointed() => Collectors::Applicant,
            word => word.parse().map_err(|_| PickupError::Invalid("Pilih siapa yang boleh mengambil."))?,
        };
        Ok(PointPlan {
            name: self.name.clone(),
            unit,
            purpose,
            plan,
            collectors,
            active: self.state != UNUSED,
        })
    }
}

/// A form that was refused: of which place (none: the new one), why, and what was sent.
type Refused<'r> = Option<(Option<PickupPointId>, String, &'r Sent)>;

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    draw((&site, &seat, &request), None).await
}

async fn draw((site, seat, request): (&Site, &InOffice, &HttpRequest), refused: Refused<'_>) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let units: Vec<(String, String)> =
        tenancy::units(&cx).await?.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect();
    let of = |place: Option<&PointView>, sent: Sent| {
        let (id, kept) = (place.map(|place| place.id), place.map(|place| place.said.purpose));
        let wrong = refused.as_ref().filter(|(which, ..)| *which == id);
        let action = id.map_or_else(
            || routes::PickupPoints::at(&office.slug),
            |id| routes::PickupPoint::at(&office.slug, id),
        );
        let name = id.map_or_else(|| "baru".to_owned(), |id| id.to_string());
        let error = wrong.map(|(_, sentence, _)| sentence.clone());
        let sent = wrong.map_or(sent, |(.., sent)| (*sent).clone());
        fields((name, action, error), (kept, sent), &units)
    };
    let shown = |point: &PointView| Shown {
        name: point.said.name.clone(),
        tag: (!point.said.active).then(|| Tag::new("tidak dipakai", "quiet")),
        told: told(&point.said),
        fields: of(Some(point), Sent::of(point)),
    };
    let page = PointsPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(&office.slug))],
        points: pickup::points(&cx).await?.iter().map(shown).collect(),
        add: of(None, Sent::new()),
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page::with_status(status, (request, site.secure), &page)
}

fn told(said: &PointPlan) -> Vec<String> {
    let slots = match said.plan {
        Some(plan) => format!("Tiap {} menit, {} orang.", plan.minutes(), plan.seats()),
        None => "Tanpa jadwal: warga datang pada jam layanan.".to_owned(),
    };
    let whom = if said.purpose.is_appointed() {
        "Warga datang sendiri, tidak dapat diwakilkan.".to_owned()
    } else {
        format!("{}.", said.collectors.label())
    };
    vec![format!("{}.", said.purpose.label()), slots, whom]
}

fn fields(
    (id, action, error): (String, String, Option<String>),
    (kept, sent): (Option<PlacePurpose>, Sent),
    units: &[(String, String)],
) -> Fields {
    let lengths = Plan::MINUTES.iter().map(|minutes| (minutes.to_string(), format!("{minutes} menit")));
    let minutes = lengths.map(|(value, label)| (value == sent.minutes, Choice::new(value, label)));
    let collectors = Collectors::ALL
        .iter()
        .map(|one| Choice::new(one.word(), one.label()).chosen(one.word() == sent.collectors));
    let purposes: Vec<Choice> = PlacePurpose::ALL
        .iter()
        .map(|one| Choice::new(one.word(), one.label()).chosen(one.word() == sent.purpose))
        .collect();
    let collects = kept.is_none_or(|purpose| !purpose.is_appointed());
    let units = units.iter().map(|(id, name)| Choice::new(id.clone(), name.clone()).chosen(*id == sent.unit));
    let states = [(USED, "Dipakai"), (UNUSED, "Tidak dipakai lagi")];
    let state = |(word, label): (&str, &str)| Choice::new(word, label).chosen(word == sent.state);
    Fields {
        open: error.is_some(),
        id,
        action,
        error,
        version: sent.version,
        purposes: if kept.is_some() { Vec::new() } else { purposes },
        collects,
        purpose: sent.purpose,
        units: units.collect(),
        minutes: minutes.map(|(is, one)| one.chosen(is)).collect(),
        collectors: collectors.collect(),
        states: states.into_iter().map(state).collect(),
        name: sent.name,
        seats: sent.seats,
    }
}

pub(super) async fn add(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Sent>) -> Answer {
    let sent = form.checked(seat.csrf())?;
    keep((&site, &seat, &request), (None, &sent)).await
}

pub(super) async fn change(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Sent>,
) -> Answer {
    let sent = form.checked(seat.csrf())?;
    let id: PickupPointId = path.1.parse().map_err(|_| PageError::NotFound)?;
    keep((&site, &seat, &request), (Some(id), &sent)).await
}

async fn keep(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (id, sent): (Option<PickupPointId>, &Sent),
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match kept(&mut cx, id, sent).await {
        Ok(said) => {
            cx.commit().await?;
            Ok(flash::see_other(site.secure, &routes::PickupPoints::at(&seat.office.slug), said))
        }
        Err(PickupError::Invalid(sentence)) => {
            drop(cx);
            draw((site, seat, request), Some((id, sentence.to_owned(), sent))).await
        }
        Err(PickupError::NotFound) => Err(PageError::NotFound),
        Err(PickupError::NotAllowed) => Err(PageError::NotAllowed),
        Err(PickupError::Withheld(why)) => Err(PageError::Refused(why.to_string())),
        Err(PickupError::Fault(fault)) => Err(fault.into()),
    }
}

async fn kept(cx: &mut Cx<'_>, id: Option<PickupPointId>, sent: &Sent) -> Result<&'static str, PickupError> {
    let said = sent.said()?;
    match id {
        Some(id) => {
            pickup::change(cx, (id, sent.version, &said)).await?;
            Ok("Tempat disimpan.")
        }
        None => {
            pickup::enter(cx, &said).await?;
            Ok("Tempat ditambahkan.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_or_says_what_to_type() {
        let sent = |minutes: &str, seats: &str| {
            let (minutes, seats) = (minutes.to_owned(), seats.to_owned());
            let read = Sent { minutes, seats, ..Sent::new() }.said();
            read.map(|said| said.plan.map(|plan| (plan.minutes(), plan.seats())))
                .map_err(|error| error.to_string())
        };
        assert_eq!(sent("30", " 5 "), Ok(Some((30, 5))));
        assert_eq!(sent("", "banyak"), Ok(None), "without slots nobody counts seats");
        for (minutes, seats) in [("30", "0"), ("30", "101"), ("30", "lima"), ("45", "5")] {
            assert!(
                sent(minutes, seats).is_err_and(|said| said.contains("dari 1 sampai 100")),
                "{minutes} {seats}"
            );
        }
        assert!(Sent { collectors: "siapa".to_owned(), ..Sent::new() }.said().is_err());
    }
}
