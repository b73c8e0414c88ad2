//! The draft of a service, section by section: plain forms that keep what was typed. A draft may be incomplete; what
//! keeps it from being published is said above the form. Who opens a section of a service without a draft reads what
//! holds, and begins the draft by saving.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    edition::Document,
    id::{ServiceId, UnitId},
    kinds::OutputDelivery,
    permission::Permission,
    standard::{Component, Standard},
};

use super::{
    super::fields::Fields,
    baris::{CompensationRow, ComponentRows, FeeRows, PaperRows},
    berkas, crumbs,
    isian::{self, Wrong},
    lihat, service,
};
use crate::{
    domain::{
        catalogue::{self, StandardError},
        editions::EditionError,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Tab},
        routes,
        site::Site,
    },
};

/// A section of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    General,
    Papers,
    Fee,
    Compensation,
    Component(Component),
}

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/layanan_rancangan.html")]
struct DraftPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    tabs: Vec<Tab>,
    action: String,
    publish_href: String,
    back_href: String,
    revision: i64,
    /// What whoever saves should know first.
    warning: Option<String>,
    /// What keeps this section from being published.
    problems: Vec<String>,
    wrong: Vec<Wrong>,
    rows: Rows,
}

/// The form of a section.
enum Rows {
    General(General),
    Papers(Vec<PaperRows>),
    Fee(FeeRows),
    Compensation(CompensationRow),
    Component(ComponentRows),
}

/// The form of the first section.
struct General {
    name: String,
    output: String,
    forms: String,
    delivery: Vec<Choice>,
    units: Vec<Choice>,
}

impl DraftPage {
    fn wrong(&self, field: &str) -> Option<&str> {
        self.wrong.iter().find(|(known, _)| *known == field).map(|(_, sentence)| *sentence)
    }
}

type Answer = Result<HttpResponse, PageError>;

impl Section {
    fn read(word: &str) -> Result<Self, PageError> {
        match word {
            "umum" => Ok(Self::General),
            "syarat" => Ok(Self::Papers),
            "biaya" => Ok(Self::Fee),
            "kompensasi" => Ok(Self::Compensation),
            letter => letter.parse().map(Self::Component).map_err(|_| PageError::NotFound),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::General => "umum",
            Self::Papers => "syarat",
            Self::Fee => "biaya",
            Self::Compensation => "kompensasi",
            Self::Component(component) => component.word(),
        }
    }

    fn apply(self, standard: &mut Standard, (fields, units): (&Fields, &[UnitId])) -> Vec<Wrong> {
        match self {
            Self::General => isian::general(standard, fields, units),
            Self::Papers => berkas::papers(standard, fields),
            Self::Fee => isian::fee_and_time(standard, fields),
            Self::Compensation => isian::compensation(standard, fields),
            Self::Component(component) => isian::statements(standard, component, fields),
        }
    }
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let (id, section) = (service(&path.1)?, Section::read(&path.2)?);
    let fresh = Shown { typed: None, wrong: Vec::new(), warning: None, status: StatusCode::OK };
    draw((&site, &seat, &request), (id, section), fresh).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Answer {
    let fields = Fields::new(form.checked(seat.csrf())?);
    seat.demand(Permission::ConfigureOffice)?;
    let (id, section) = (service(&path.1)?, Section::read(&path.2)?);
    let expected: i64 = fields.one("revision").parse().unwrap_or(0);
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let begun = sheet.draft.map(|draft| draft.document).or(sheet.standard);
    let mut standard = begun.ok_or(PageError::NotFound)?;
    let units: Vec<UnitId> = lihat::units(&cx).await?.into_iter().map(|(id, _)| id).collect();
    let wrong = section.apply(&mut standard, (&fields, &units));
    let shown =
        |status, wrong, warning| Shown { typed: Some((standard.clone(), fields)), wrong, warning, status };
    if !wrong.is_empty() {
        drop(cx);
        let refused = shown(StatusCode::UNPROCESSABLE_ENTITY, wrong, None);
        return draw((&site, &seat, &request), (id, section), refused).await;
    }
    match catalogue::amend(&mut cx, id, (expected, &standard)).await {
        Ok(_) => {
            cx.commit().await?;
            let back = routes::ServiceDraft::at(&seat.office.slug, id, section.word());
            Ok(flash::see_other(site.secure, &back, "Rancangan disimpan."))
        }
        Err(StandardError::Edition(EditionError::Stale | EditionError::NotFound)) => {
            drop(cx);
            let stale = shown(StatusCode::CONFLICT, wrong, Some(EditionError::Stale.to_string()));
            draw((&site, &seat, &request), (id, section), stale).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What is shown besides the draft as it is kept.
struct Shown {
    /// What was typed and could not be kept.
    typed: Option<(Standard, Fields)>,
    wrong: Vec<Wrong>,
    warning: Option<String>,
    status: StatusCode,
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (id, section): (ServiceId, Section),
    shown: Shown,
) -> Answer {
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let units = lihat::units(&cx).await?;
    let name = sheet.name().to_owned();
    let revision = sheet.draft.as_ref().map_or(0, |draft| draft.revision);
    let kept = sheet.draft.map(|draft| draft.document).or(sheet.standard);
    let (standard, fields) = match shown.typed {
        Some((standard, fields)) => (standard, Some(fields)),
        None => (kept.ok_or(PageError::NotFound)?, None),
    };
    let problems = standard.check().into_iter().filter(|one| one.part == section.word());
    let drawn = DraftPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat, Some((id, &name))),
        title: match section {
            Section::Component(component) => format!("Rancangan: {}", component.label().to_lowercase()),
            Section::General | Section::Papers | Section::Fee | Section::Compensation => {
                format!("Rancangan {name}")
            }
        },
        tabs: tabs(slug, id, section),
        action: routes::ServiceDraft::at(slug, id, section.word()),
        publish_href: routes::ServicePublish::at(slug, id),
        back_href: routes::Service::at(slug, id),
        revision,
        warning: shown.warning,
        problems: problems.map(|one| one.sentence).collect(),
        wrong: shown.wrong,
        rows: rows(
            section,
            (&standard, fields.as_ref()),
            (&units, &|part: &str| routes::ServiceDraft::at(slug, id, part)),
        ),
    };
    page::with_status(shown.status, (request, site.secure), &drawn)
}

fn tabs(slug: &str, id: ServiceId, section: Section) -> Vec<Tab> {
    let tab = |label: &str, word: &str, current| Tab {
        label: label.to_owned(),
        href: routes::ServiceDraft::at(slug, id, word),
        count: None,
        current,
    };
    vec![
        tab("Umum", "umum", section == Section::General),
        tab("Varian dan berkas", "syarat", section == Section::Papers),
        tab("Biaya dan waktu", "biaya", section == Section::Fee),
        tab("Kompensasi", "kompensasi", section == Section::Compensation),
        tab("14 komponen", Component::LegalBasis.word(), matches!(section, Section::Component(_))),
    ]
}

/// The address of a section by its word.
type Addresses<'a> = &'a dyn Fn(&str) -> String;

fn rows(
    section: Section,
    (standard, fields): (&Standard, Option<&Fields>),
    (units, at): (&[(UnitId, String)], Addresses<'_>),
) -> Rows {
    match section {
        Section::General => Rows::General(General {
            name: standard.name.clone(),
            output: standard.output.clone(),
            forms: standard.forms.join(", "),
            delivery: OutputDelivery::ALL
                .iter()
                .map(|one| Choice::new(one.word(), one.label()).chosen(*one == standard.delivery))
                .collect(),
            units: units
                .iter()
                .map(|(id, name)| {
                    Choice::new(id.to_string(), name.as_str()).chosen(Some(*id) == standard.unit)
                })
                .collect(),
        }),
        Section::Papers => Rows::Papers(PaperRows::of(standard)),
        Section::Fee => Rows::Fee(FeeRows::of(standard, fields)),
        Section::Compensation => Rows::Compensation(CompensationRow::of(standard, fields)),
        Section::Component(component) => Rows::Component(ComponentRows::of(standard, component, at)),
    }
}
