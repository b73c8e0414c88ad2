//! The national catalogue: searched, read with its sources, and copied with the office's answers; and a service of the
//! office's own, which is in no catalogue.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{kinds::OfficeKind, permission::Permission, standard::ServiceGroup};
use serde::Deserialize;

use super::{
    crumbs,
    standar::{Source, StandardView},
};
use crate::{
    domain::catalogue::{self, Entry, OfficeChoice, OwnService, StandardError},
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Query},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame},
        routes,
        site::Site,
    },
};

/// Before the key of a question in the name of its field.
const ANSWER: &str = "jawab.";

/// The list.
#[derive(Template)]
#[template(path = "kantor/pengaturan/layanan_katalog.html")]
struct CataloguePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    search: String,
    groups: Vec<Choice>,
    found: Vec<Shown>,
    action: String,
    typed: OwnService,
    wrong: Option<String>,
}

/// An entry of the list.
struct Shown {
    name: String,
    group: &'static str,
    about: String,
    href: String,
    /// Whether the office has it.
    taken: bool,
}

/// An entry.
#[derive(Template)]
#[template(path = "kantor/pengaturan/layanan_entri.html")]
struct EntryPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    view: StandardView,
    action: String,
    /// Where the office's own is, if it has it.
    own_href: Option<String>,
    questions: Vec<Question>,
}

/// A question on which offices differ.
struct Question {
    name: String,
    question: String,
    options: Vec<Choice>,
    sources: Vec<(String, Source)>,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    cari: String,
    #[serde(default)]
    kelompok: String,
}

/// A service of the office's own as it was typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    output: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    query: Query<Search>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let fresh = (OwnService::default(), None);
    draw((&site, &seat, &request), query.0, fresh, StatusCode::OK).await
}

pub(super) async fn own(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Typed>) -> Answer {
    let typed = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let new = OwnService { code: typed.code, name: typed.name, output: typed.output };
    let group = match seat.office.kind {
        OfficeKind::Kecamatan => ServiceGroup::District,
        OfficeKind::Dinas => ServiceGroup::Population,
    };
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let wrong = match catalogue::own(&mut cx, &new, group).await {
        Ok(id) => {
            cx.commit().await?;
            let next = routes::ServiceDraft::at(&seat.office.slug, id, "syarat");
            return Ok(flash::see_other(site.secure, &next, "Rancangan dibuat. Isi varian dan berkasnya."));
        }
        Err(StandardError::Code) => {
            "Isi nama, hasil, dan kode layanan. Kode terdiri atas 2 sampai 12 huruf besar atau angka."
                .to_owned()
        }
        Err(error @ (StandardError::Taken | StandardError::TooMany)) => error.to_string(),
        Err(error) => return Err(error.into()),
    };
    drop(cx);
    let refused = (new, Some(wrong));
    draw((&site, &seat, &request), Search::default(), refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    search: Search,
    (typed, wrong): (OwnService, Option<String>),
    status: StatusCode,
) -> Answer {
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let taken: Vec<String> = catalogue::codes(&cx).await?.into_iter().map(|(_, code)| code).collect();
    let group: Option<ServiceGroup> = search.kelompok.parse().ok();
    let wanted = |entry: &&Entry| {
        group.is_none_or(|group| entry.standard.group == group) && matches(entry, &search.cari)
    };
    let shown = CataloguePage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat, None),
        found: catalogue::shipped()?.iter().filter(wanted).map(|one| Shown::of(slug, one, &taken)).collect(),
        groups: ServiceGroup::ALL
            .iter()
            .map(|one| Choice::new(one.word(), one.label()).chosen(Some(*one) == group))
            .collect(),
        search: search.cari,
        action: routes::ServiceCatalogue::at(slug),
        typed,
        wrong,
    };
    page::with_status(status, (request, site.secure), &shown)
}

/// Whether every word that is looked for stands in the name, the code, the output or a variant.
fn matches(entry: &Entry, search: &str) -> bool {
    let one = &entry.standard;
    let variants = one.variants.iter().map(|variant| variant.name.as_str());
    let text: Vec<&str> = [one.name.as_str(), &one.code, &one.output].into_iter().chain(variants).collect();
    let text = text.join(" ").to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

impl Shown {
    fn of(slug: &str, entry: &Entry, taken: &[String]) -> Self {
        let one = &entry.standard;
        let names: Vec<_> = one.variants.iter().map(|variant| variant.name.as_str()).collect();
        Self {
            name: one.name.clone(),
            group: one.group.label(),
            about: format!("{}. Varian: {}.", one.output, names.join(", ").to_lowercase()),
            href: routes::ServiceEntry::at(slug, &one.code),
            taken: taken.contains(&one.code),
        }
    }
}

pub(super) async fn entry(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let slug = &seat.office.slug;
    let entry = catalogue::entry(&path.1)?.ok_or(PageError::NotFound)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let own = catalogue::codes(&cx).await?.into_iter().find(|(_, code)| *code == entry.standard.code);
    let mut crumbs = crumbs(&seat, None);
    crumbs.push(Crumb::new("Katalog nasional", routes::ServiceCatalogue::at(slug)));
    let shown = EntryPage {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs,
        name: entry.standard.name.clone(),
        view: StandardView::of(&entry.answered(&BTreeMap::new()), &[]),
        action: routes::ServiceEntry::at(slug, &entry.standard.code),
        own_href: own.map(|(id, _)| routes::Service::at(slug, id)),
        questions: entry.choices.iter().map(Question::of).collect(),
    };
    page::whole(&request, site.secure, &shown)
}

impl Question {
    fn of(choice: &OfficeChoice) -> Self {
        let option = |one: &catalogue::Answer| {
            Choice::new(one.key.as_str(), one.label.as_str()).chosen(one.key == choice.default)
        };
        Self {
            name: format!("{ANSWER}{}", choice.key),
            question: choice.question.clone(),
            options: choice.options.iter().map(option).collect(),
            sources: choice.options.iter().map(|one| (one.label.clone(), Source::of(&one.basis))).collect(),
        }
    }
}

pub(super) async fn take(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let answers = sent
        .into_iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(ANSWER)?.to_owned(), value)))
        .collect();
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let id = catalogue::take(&mut cx, &path.1, &answers).await?;
    cx.commit().await?;
    let next = routes::Service::at(&seat.office.slug, id);
    let said = "Disalin sebagai rancangan. Periksa isinya, lalu terbitkan.";
    Ok(flash::see_other(site.secure, &next, said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infra::Outcome;

    #[test]
    fn the_catalogue_is_searched_by_words_of_names_codes_and_variants() -> Outcome<()> {
        let found = |search: &str| -> Outcome<Vec<&str>> {
            let all = catalogue::shipped()?.iter().filter(|entry| matches(entry, search));
            Ok(all.map(|entry| entry.standard.code.as_str()).collect())
        };
        assert_eq!(found("  akta   KEMATIAN ")?, ["AKM"]);
        assert_eq!(found("SKCK")?, ["SKCK"]);
        assert!(found("hilang")?.contains(&"KTP"));
        assert_eq!(found("paspor biru")?, Vec::<&str>::new());
        assert_eq!(found("")?.len(), catalogue::shipped()?.len());
        Ok(())
    }
}
