//! `/kantor/{office}/pengaturan/unit`: the units of the office, each with what it is and the kecamatan it serves.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{id::UnitId, kinds::UnitKind, permission::Permission};
use serde::Deserialize;

use crate::{
    domain::{
        regions,
        tenancy::{self, NewUnit, Office, UnitError},
    },
    infra::Cx,
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
#[template(path = "kantor/pengaturan/unit.html")]
struct Units {
    frame: Frame,
    crumbs: Vec<Crumb>,
    units: Vec<Shown>,
    add: Fields,
}

/// A unit of the list.
struct Shown {
    label: &'static str,
    district: String,
    fields: Fields,
}

/// A unit's form.
struct Fields {
    id: String,
    name_id: String,
    kind_id: String,
    district_id: String,
    action: String,
    name: String,
    kinds: Vec<Choice>,
    /// None for a kecamatan office.
    districts: Vec<Choice>,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    district: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let units = tenancy::units(&cx).await?.into_iter().map(|row| {
        let code = row.district_code.unwrap_or_default();
        let district = regions::districts(&office.region_code).into_iter().find(|one| one.code == code);
        let action = routes::Unit::at(&office.slug, row.id);
        Shown {
            label: row.kind.label(),
            district: district.map(|one| one.name.to_owned()).unwrap_or_default(),
            fields: fields(office, (row.id.to_string(), action), (row.name, row.kind, &code)),
        }
    });
    let shown = Units {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(&office.slug))],
        units: units.collect(),
        add: fields(
            office,
            ("baru".to_owned(), routes::Units::at(&office.slug)),
            (String::new(), UnitKind::DistrictDesk, ""),
        ),
    };
    page::whole(&request, site.secure, &shown)
}

pub(super) async fn add(site: Data<Site>, seat: InOffice, form: Form<Entry>) -> Answer {
    let entry = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let new = entry.unit(&seat.office)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    tenancy::add_unit(&mut cx, new).await?;
    cx.commit().await?;
    Ok(flash::see_other(site.secure, &routes::Units::at(&seat.office.slug), "Unit ditambahkan."))
}

pub(super) async fn change(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id: UnitId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let new = entry.unit(&seat.office)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    tenancy::change_unit(&mut cx, id, new).await?;
    cx.commit().await?;
    Ok(flash::see_other(site.secure, &routes::Units::at(&seat.office.slug), "Unit disimpan."))
}

impl Entry {
    /// The unit that is asked for; its kecamatan is one of the office's.
    fn unit(self, office: &Office) -> Result<NewUnit, PageError> {
        let refused = |sentence: &str| PageError::Refused(sentence.to_owned());
        let kind = self.kind.parse().map_err(|_| refused("Pilih jenis unit dari daftar."))?;
        let known = regions::districts(&office.region_code);
        let district_code = match self.district.as_str() {
            "" => None,
            code if known.iter().any(|one| one.code == code) => Some(code.to_owned()),
            _ => return Err(refused("Pilih wilayah dari daftar kantor ini.")),
        };
        Ok(NewUnit { name: self.name, kind, district_code })
    }
}

fn fields(
    office: &Office,
    (id, action): (String, String),
    (name, kind, district): (String, UnitKind, &str),
) -> Fields {
    let choice = |value: &str, label: &str, selected| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        selected,
    };
    let kinds = UnitKind::ALL.iter().map(|one| choice(one.word(), one.label(), *one == kind));
    let districts = regions::districts(&office.region_code);
    let narrow = districts.len() > 1;
    let districts = districts.into_iter().filter(|_| narrow);
    Fields {
        name_id: format!("nama-{id}"),
        kind_id: format!("jenis-{id}"),
        district_id: format!("wilayah-{id}"),
        id,
        action,
        name,
        kinds: kinds.collect(),
        districts: districts.map(|one| choice(one.code, one.name, one.code == district)).collect(),
    }
}

impl From<UnitError> for PageError {
    fn from(error: UnitError) -> Self {
        match error {
            UnitError::NotFound => Self::NotFound,
            UnitError::NotAllowed => Self::NotAllowed,
            UnitError::Fault(fault) => fault.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}
