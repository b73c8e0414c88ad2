//! Writing the timetable of an office or a unit: one form whose every button keeps what was typed. Who opens it without a
//! draft sees what holds, and begins by saving.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    calendar::{DayReading, HoursKind},
    edition::{Document, Problem},
    permission::Permission,
    text::capital,
    zone::WEEKDAYS,
};

use super::{
    super::fields::Fields,
    crumbs,
    isian::{Typed, TypedDay, TypedHours, TypedSeason},
    name, of,
    tampak::{HolidayRow, joint_leave},
};
use crate::{
    domain::{
        calendars::{self, CalendarError, Of},
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
        parts::{Choice, Crumb, Frame},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/kalender_rancangan.html")]
struct DraftPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    action: String,
    publish_href: String,
    back_href: String,
    revision: i64,
    /// What whoever saves should know first.
    warning: Option<String>,
    /// What is wrong with none of its fields alone.
    problems: Vec<String>,
    week: Vec<DayForm>,
    seasons: Vec<SeasonForm>,
    days: Vec<OwnDayForm>,
    /// What "1x24 jam" may mean.
    readings: Vec<Choice>,
    holidays: Vec<HolidayRow>,
}

/// An input with what is wrong with it.
struct Input {
    value: String,
    error: Option<String>,
}

/// The hours of a weekday.
struct DayForm {
    day: &'static str,
    office: Input,
    service: Input,
}

/// A season.
struct SeasonForm {
    name: Input,
    from: Input,
    until: Input,
    week: Vec<DayForm>,
}

/// A day with hours of its own.
struct OwnDayForm {
    date: Input,
    name: Input,
    office: Input,
    service: Input,
}

/// What is wrong, by part.
struct Wrong(Vec<Problem>);

impl Wrong {
    fn input(&self, value: &str, part: &str) -> Input {
        let found = self.0.iter().find(|one| one.part == part);
        Input { value: value.to_owned(), error: found.map(|one| one.sentence.clone()) }
    }

    fn hours(&self, hours: &TypedHours, part: &str) -> (Input, Input) {
        let one = |kind: HoursKind| self.input(hours.of(kind), &format!("{part}.{}", kind.word()));
        (one(HoursKind::Office), one(HoursKind::Service))
    }

    fn week(&self, week: &[TypedHours], part: &str) -> Vec<DayForm> {
        let days = WEEKDAYS.iter().zip(week).enumerate();
        days.map(|(place, (day, hours))| {
            let (office, service) = self.hours(hours, &format!("{part}.{place}"));
            DayForm { day, office, service }
        })
        .collect()
    }

    fn season(&self, (place, one): (usize, &TypedSeason)) -> SeasonForm {
        let part = format!("season.{place}");
        SeasonForm {
            name: self.input(&one.name, &format!("{part}.name")),
            from: self.input(&one.from, &format!("{part}.from")),
            until: self.input(&one.until, &format!("{part}.until")),
            week: self.week(&one.week, &part),
        }
    }

    fn day(&self, (place, one): (usize, &TypedDay)) -> OwnDayForm {
        let part = format!("day.{place}");
        let (office, service) = self.hours(&one.hours, &part);
        OwnDayForm {
            date: self.input(&one.date, &format!("{part}.date")),
            name: self.input(&one.name, &format!("{part}.name")),
            office,
            service,
        }
    }

    /// What belongs to no field.
    fn rest(&self) -> Vec<String> {
        let whole = self.0.iter().filter(|one| !one.part.contains('.'));
        whole.map(|one| one.sentence.clone()).collect()
    }
}

type Answer = Result<HttpResponse, PageError>;

/// What is shown besides the draft as it is kept.
#[derive(Default)]
struct Shown {
    /// What was typed and is not kept.
    typed: Option<Typed>,
    /// What cannot be read of it.
    unread: Vec<Problem>,
    warning: Option<String>,
    /// The revision that was read, where it is not the one that is kept.
    revision: Option<i64>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let of = of(&path.1)?;
    draw((&site, &seat, &request), of, (StatusCode::OK, Shown::default())).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Answer {
    let fields = Fields::new(form.checked(seat.csrf())?);
    seat.demand(Permission::ConfigureOffice)?;
    let of = of(&path.1)?;
    let expected: i64 = fields.one("revision").parse().unwrap_or(0);
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let mut typed = Typed::read(&fields);
    typed.press(fields.one("action"), seat.office.zone.date(cx.now()));
    let here = (&**site, &seat, &request);
    let timetable = match typed.timetable() {
        Ok(timetable) => timetable,
        Err(unread) => {
            drop(cx);
            let shown = Shown { typed: Some(typed), unread, revision: Some(expected), warning: None };
            return draw(here, of, (StatusCode::UNPROCESSABLE_ENTITY, shown)).await;
        }
    };
    match calendars::amend(&mut cx, of, (expected, &timetable)).await {
        Ok(_) => {
            cx.commit().await?;
            let back = routes::CalendarDraft::at(&seat.office.slug, of);
            Ok(flash::see_other(site.secure, &back, "Rancangan disimpan."))
        }
        Err(CalendarError::Edition(EditionError::Stale | EditionError::NotFound)) => {
            drop(cx);
            let warning = Some(EditionError::Stale.to_string());
            let shown = Shown { typed: Some(typed), warning, ..Shown::default() };
            draw(here, of, (StatusCode::CONFLICT, shown)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn readings(chosen: DayReading) -> Vec<Choice> {
    let each = DayReading::ALL.iter();
    each.map(|one| Choice::new(one.word(), capital(one.label())).chosen(*one == chosen)).collect()
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    of: Of,
    (status, shown): (StatusCode, Shown),
) -> Answer {
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let sheet = calendars::sheet(&cx, of).await?.ok_or(PageError::NotFound)?;
    let revision = sheet.draft.as_ref().map_or(0, |draft| draft.revision);
    let typed = shown.typed.unwrap_or_else(|| Typed::of(sheet.begun()));
    let readable = typed.timetable();
    let mut problems = shown.unread;
    problems.extend(readable.as_ref().map(Document::check).unwrap_or_default());
    let wrong = Wrong(problems);
    let drawn = DraftPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat, Some(&sheet)),
        name: name(&sheet).to_owned(),
        action: routes::CalendarDraft::at(slug, of),
        publish_href: routes::CalendarPublish::at(slug, of),
        back_href: routes::Calendar::at(slug, of),
        revision: shown.revision.unwrap_or(revision),
        warning: shown.warning,
        holidays: joint_leave(readable.as_ref().unwrap_or(sheet.begun()), seat.office.zone.date(cx.now())),
        problems: wrong.rest(),
        week: wrong.week(&typed.week, "week"),
        seasons: typed.seasons.iter().enumerate().map(|one| wrong.season(one)).collect(),
        days: typed.days.iter().enumerate().map(|one| wrong.day(one)).collect(),
        readings: readings(typed.reading),
    };
    page::with_status(status, (request, site.secure), &drawn)
}
