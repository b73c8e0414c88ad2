//! The page of a new office: a choice of areas, and for the one that was chosen the form.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use loket_core::{id::UserId, kinds::OfficeKind, zone::OfficeZone};
use serde::Deserialize;

use super::entry::{Entry, Wrong};
use crate::{
    domain::{
        onboarding::{self, Place, Proposal},
        regions,
    },
    infra::PlatformTx,
    web::{
        above,
        error::PageError,
        page,
        parts::{Choice, Crumb, Frame, Tab, count},
        seats,
        site::Site,
    },
};

/// Without a way of letters nobody can be the first administrator.
pub(super) const NO_MAIL: &str =
    "Surel belum diatur di server ini, jadi admin pertama belum dapat diundang. Hubungi admin platform.";

/// Whose page it is.
pub struct Desk {
    /// What stands around it.
    pub frame: Frame,
    /// Who asks.
    pub user: UserId,
    /// The province, once it is known.
    pub province: Option<String>,
    /// The page's own address.
    pub path: String,
    /// Whether the province is asked for: on the platform it is.
    pub chooses: bool,
    /// The board it belongs to.
    pub board: Crumb,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The province, on the platform.
    #[serde(default)]
    pub provinsi: String,
    /// Dinas or kecamatan.
    #[serde(default)]
    jenis: String,
    /// Only kecamatan of this one.
    #[serde(default)]
    kabupaten: String,
    /// Words of a name.
    #[serde(default)]
    cari: String,
    /// The area that was chosen.
    #[serde(default)]
    wilayah: String,
}

/// The page.
#[derive(Template)]
#[template(path = "provinsi/kantor_baru.html")]
pub struct NewOfficePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    province: String,
    path: String,
    mails: bool,
    /// To choose from, on the platform.
    provinces: Vec<Choice>,
    choose: Option<Choose>,
    form: Option<OfficeForm>,
}

/// The choice of an area.
struct Choose {
    tabs: Vec<Tab>,
    kind: &'static str,
    /// The province, where the address does not say it.
    province: Option<String>,
    /// For a kecamatan: the kabupaten and kota of the province.
    regencies: Vec<Choice>,
    typed: String,
    rows: Vec<Area>,
    /// What is not shown, or why nothing is.
    note: String,
}

/// An area that can be chosen.
struct Area {
    name: &'static str,
    within: &'static str,
    code: String,
    /// The office it has.
    office: Option<String>,
    href: String,
}

/// The form.
struct OfficeForm {
    place: String,
    kind: &'static str,
    entry: Entry,
    zones: Vec<Choice>,
    wrong: Wrong,
    back_href: String,
}

/// Shows the page.
pub async fn draw(
    (site, request): (&Site, &HttpRequest),
    desk: Desk,
    asked: &Asked,
) -> Result<HttpResponse, PageError> {
    let kind = asked.jenis.parse().unwrap_or(OfficeKind::Dinas);
    let tx = PlatformTx::read(&site.house).await?;
    let (mut choose, mut form) = (None, None);
    match desk.province.as_deref() {
        None => {}
        Some(province) if asked.wilayah.is_empty() => {
            choose = Some(Choose::of(&tx, &desk, (province, kind), asked).await?);
        }
        Some(province) => {
            let found = onboarding::propose(&tx, (province, kind), &asked.wilayah).await?;
            let proposal = found.ok_or(PageError::NotFound)?;
            let entry = filled(&proposal, (province, kind), &asked.wilayah);
            form = Some(OfficeForm::of(&desk, proposal.place, entry, Wrong::default()));
        }
    }
    drop(tx);
    page::whole(request, site.secure, &desk.page(site, choose, form))
}

/// Shows the form again with what is wrong.
pub async fn draw_again(
    (site, request): (&Site, &HttpRequest),
    desk: Desk,
    entry: Entry,
    (status, wrong): (StatusCode, Wrong),
) -> Result<HttpResponse, PageError> {
    let province = desk.province.clone().ok_or(PageError::NotFound)?;
    let tx = PlatformTx::read(&site.house).await?;
    let found = onboarding::propose(&tx, (&province, entry.office_kind()), &entry.region).await?;
    drop(tx);
    let place = found.map(|proposal| proposal.place).ok_or(PageError::NotFound)?;
    let form = OfficeForm::of(&desk, place, entry, wrong);
    page::with_status(status, (request, site.secure), &desk.page(site, None, Some(form)))
}

impl Desk {
    fn page(self, site: &Site, choose: Option<Choose>, form: Option<OfficeForm>) -> NewOfficePage {
        let provinces = regions::provinces().iter().map(|one| Choice::new(one.code, one.name));
        NewOfficePage {
            province: self.province.as_deref().map(seats::province).unwrap_or_default(),
            provinces: provinces.filter(|_| self.province.is_none()).collect(),
            mails: site.mailer.is_some(),
            crumbs: vec![self.board],
            frame: self.frame,
            path: self.path,
            choose,
            form,
        }
    }

    /// The page with what is asked of it.
    fn with(&self, query: &str) -> String {
        match self.province.as_deref().filter(|_| self.chooses) {
            Some(province) => format!("{}?provinsi={province}&{query}", self.path),
            None => format!("{}?{query}", self.path),
        }
    }
}

impl Choose {
    async fn of(
        tx: &PlatformTx<'_>,
        desk: &Desk,
        (province, kind): (&str, OfficeKind),
        asked: &Asked,
    ) -> Result<Self, PageError> {
        let narrow = (asked.kabupaten.as_str(), asked.cari.trim());
        // Hundreds of kecamatan at once help nobody.
        let nothing_asked = kind == OfficeKind::Kecamatan && narrow == ("", "");
        let (found, all) = if nothing_asked {
            (Vec::new(), 0)
        } else {
            onboarding::places(tx, (province, kind), narrow).await?
        };
        let note = match (nothing_asked, all.saturating_sub(found.len())) {
            (true, _) => "Pilih kabupaten/kota, atau ketik nama kecamatannya.".to_owned(),
            (false, 0) if all == 0 => "Tidak ada wilayah dengan nama itu di provinsi ini.".to_owned(),
            (false, 0) => String::new(),
            (false, more) => format!("Masih ada {} wilayah lain. Persempit pencarian.", count(more as u64)),
        };
        let tab = |of: OfficeKind| Tab {
            label: above::kind(of).to_owned(),
            href: desk.with(&format!("jenis={}", of.word())),
            count: None,
            current: of == kind,
        };
        let regencies = regions::regencies(province).into_iter();
        Ok(Self {
            tabs: OfficeKind::ALL.iter().map(|kind| tab(*kind)).collect(),
            kind: kind.word(),
            province: desk.chooses.then(|| province.to_owned()),
            regencies: regencies
                .filter(|_| kind == OfficeKind::Kecamatan)
                .map(|one| Choice::new(one.code, one.name).chosen(one.code == asked.kabupaten))
                .collect(),
            typed: asked.cari.clone(),
            rows: found.into_iter().map(|place| Area::of(desk, kind, place)).collect(),
            note,
        })
    }
}

impl Area {
    fn of(desk: &Desk, kind: OfficeKind, place: Place) -> Self {
        Self {
            name: place.name,
            within: place.within.unwrap_or_default(),
            code: above::dotted(place.code),
            office: place.office,
            href: desk.with(&format!("jenis={}&wilayah={}", kind.word(), place.code)),
        }
    }
}

/// The form as it is proposed.
fn filled(proposal: &Proposal, (province, kind): (&str, OfficeKind), region: &str) -> Entry {
    Entry {
        province: province.to_owned(),
        kind: kind.word().to_owned(),
        region: region.to_owned(),
        name: proposal.name.clone(),
        path: proposal.slug.clone(),
        code: proposal.receipt_code.clone(),
        zone: proposal.zone.word().to_owned(),
        ..Entry::default()
    }
}

impl OfficeForm {
    fn of(desk: &Desk, place: String, entry: Entry, wrong: Wrong) -> Self {
        let kind = entry.office_kind();
        let zone =
            |zone: &OfficeZone| Choice::new(zone.word(), zone.word()).chosen(zone.word() == entry.zone);
        Self {
            place,
            kind: above::kind(kind),
            zones: OfficeZone::ALL.iter().map(zone).collect(),
            back_href: desk.with(&format!("jenis={}", kind.word())),
            entry,
            wrong,
        }
    }
}
