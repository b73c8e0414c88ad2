//! Publishing the draft of a format: what changes, what it does to the messages of the last thirty days, from when it
//! holds, and until when the edition before it is accepted.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    edition::Document,
    format::{Fate, FormatDefinition, NUMBERS_RISK},
    id::ServiceId,
    permission::Permission,
};

use super::{
    super::editions::{self as shared, Changed, Publishing},
    crumbs, service,
};
use crate::{
    domain::{
        catalogue::{self, FormatError},
        editions::{self, Publication},
        requests::{self, Trial},
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Tag, count},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/format_terbitkan.html")]
struct PublishPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    edit_href: String,
    typed: Publishing,
    wrong: Option<String>,
    /// What keeps it from being published.
    problems: Vec<String>,
    changes: Vec<Changed>,
    /// Whether it is the first edition.
    first: bool,
    drafted: bool,
    bench: Option<Tested>,
    /// What whoever publishes must have read.
    risk: Option<&'static str>,
}

/// What the draft does to the messages of the last thirty days.
struct Tested {
    /// How many messages were tried, in words.
    tried: String,
    /// What is counted, how often before and after.
    rows: Vec<(String, String, String)>,
    gained: String,
    lost: String,
    changed: String,
    loses: bool,
    /// What became of messages that are read differently, with their words, numbers masked.
    examples: Vec<(Tag, String)>,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let id = service(&path.1)?;
    draw((&site, &seat, &request), id, Publishing::default(), (StatusCode::OK, None)).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Publishing>,
) -> Answer {
    let typed = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id = service(&path.1)?;
    let back = routes::Format::at(&seat.office.slug, id);
    let accepted = !typed.accepted.is_empty();
    let publish =
        async |cx: &mut Cx<'_>, how: &Publication| catalogue::publish_format(cx, id, (how, accepted)).await;
    let why = |error: FormatError| match error {
        FormatError::Edition(refusal) => Ok(shared::unpublished(&refusal)),
        error @ FormatError::Risk => Ok((StatusCode::UNPROCESSABLE_ENTITY, Some(error.to_string()))),
        error => Err(error.into()),
    };
    match shared::published((&site, &seat), (&typed, back), publish, why).await? {
        Ok(answer) => Ok(answer),
        Err(refused) => draw((&site, &seat, &request), id, typed, refused).await,
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    id: ServiceId,
    typed: Publishing,
    (status, wrong): (StatusCode, Option<String>),
) -> Answer {
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = catalogue::format_sheet(&cx, id).await?.ok_or(PageError::NotFound)?;
    let held = sheet.current.as_ref().map(|one| &one.document);
    let (mut changes, mut problems, mut bench) = (Vec::new(), Vec::new(), None);
    if let Some(draft) = sheet.draft.as_ref().map(|draft| &draft.document) {
        if held.is_some() {
            changes = shared::drawn(editions::compared::<FormatDefinition>(held, draft), |_, text| text);
        }
        let mut found = draft.check();
        found.extend(catalogue::format_problems(&cx, (id, draft)).await?);
        problems = found.into_iter().map(|one| one.sentence).collect();
        if problems.is_empty() {
            let loaded = catalogue::load(&cx).await?;
            bench = Some(Tested::of(requests::trial(&cx, &seat.office, &loaded, (id, draft)).await?));
        }
    }
    let begins = typed.publication(&seat.office, cx.now()).ok().and_then(|how| how.from);
    let then = editions::current::<FormatDefinition>(&cx, id.0, begins.unwrap_or(cx.now())).await?;
    let then = then.as_ref().map(|one| &one.document);
    let risky = sheet.draft.as_ref().is_some_and(|draft| catalogue::takes_risk(then, &draft.document));
    let shown = PublishPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat, Some((id, &sheet.service))),
        action: routes::FormatPublish::at(slug, id),
        edit_href: routes::FormatDraft::at(slug, id),
        typed: Publishing { revision: sheet.draft.as_ref().map_or(0, |draft| draft.revision), ..typed },
        wrong,
        problems,
        changes,
        first: held.is_none(),
        drafted: sheet.draft.is_some(),
        bench,
        risk: risky.then_some(NUMBERS_RISK),
    };
    page::with_status(status, (request, site.secure), &shown)
}

impl Tested {
    fn of(trial: Trial) -> Self {
        let number = |one: usize| count(u64::try_from(one).unwrap_or(u64::MAX));
        let Trial { bench, more, examples } = trial;
        let mut rows = vec![("Terbaca lengkap".to_owned(), number(bench.before), number(bench.after))];
        let problems = bench.problems.iter().take(12);
        rows.extend(problems.map(|one| (one.title.clone(), number(one.before), number(one.after))));
        let newest = if more { " terbaru" } else { "" };
        Self {
            tried: format!("{} pesan warga{newest} dalam 30 hari terakhir", number(bench.tried)),
            rows,
            gained: number(bench.gained),
            lost: number(bench.lost),
            changed: number(bench.changed),
            loses: bench.lost + bench.changed > 0,
            examples: examples.into_iter().map(|(fate, text)| (tag(fate), text)).collect(),
        }
    }
}

fn tag(fate: Fate) -> Tag {
    match fate {
        Fate::Gained => Tag::new("menjadi terbaca", "ok"),
        Fate::Lost => Tag::new("tidak terbaca lagi", "bad"),
        Fate::Changed => Tag::new("isinya terbaca lain", "warn"),
    }
}
