//! `/sesi`: one's own devices, and ending them.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{clock::Instant, id::SessionId, zone::OfficeZone};

use super::{
    own::{frame, zone},
    sign_out::farewell,
};
use crate::{
    domain::accounts::{SessionRow, sessions_of, sign_out, sign_out_everywhere},
    infra::{By, PlatformTx},
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing},
        guard::SignedIn,
        page,
        parts::{Frame, When},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "sessions.html")]
struct Sessions {
    frame: Frame,
    end_all_href: String,
    sessions: Vec<OwnSession>,
}

struct OwnSession {
    device: String,
    place: String,
    since: When,
    last: When,
    current: bool,
    end_href: String,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    signed: SignedIn,
) -> Result<HttpResponse, PageError> {
    let tx = PlatformTx::read(&site.house).await?;
    let rows = sessions_of(&tx, signed.session.user).await?;
    let seen = (tx.now(), zone(&signed.session));
    let shown = Sessions {
        frame: frame(&site, &request, &signed),
        end_all_href: routes::EndAllSessions::PATTERN.to_owned(),
        sessions: rows.into_iter().map(|row| OwnSession::of(row, signed.session.id, seen)).collect(),
    };
    page::whole(&request, site.secure, &shown)
}

/// Ends one of one's own sessions. Another's looks like none.
pub(super) async fn end(
    site: Data<Site>,
    signed: SignedIn,
    ended: Path<SessionId>,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    form.checked(signed.csrf())?;
    if !sign_out(&site.house, signed.session.user, *ended).await? {
        return Err(PageError::NotFound);
    }
    if *ended == signed.session.id {
        return farewell(&site);
    }
    Ok(flash::see_other(site.secure, routes::Sessions::PATTERN, "Perangkat itu sudah keluar."))
}

pub(super) async fn end_all(
    site: Data<Site>,
    signed: SignedIn,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    form.checked(signed.csrf())?;
    let user = signed.session.user;
    sign_out_everywhere(&site.house, By::Account(user), user).await?;
    farewell(&site)
}

impl OwnSession {
    fn of(row: SessionRow, current: SessionId, (now, zone): (Instant, OfficeZone)) -> Self {
        Self {
            device: device(&row.agent),
            place: String::new(),
            since: When::of(row.created_at, now, zone),
            last: When::of(row.seen_at, now, zone),
            current: row.id == current,
            end_href: routes::EndSession::at(row.id),
        }
    }
}

/// A browser's name for people: `Chrome di Windows`. What it says of itself is only a hint.
fn device(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    // In this order: most of them also name those that come later.
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} di {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Perangkat tak dikenal".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0",
                "Edge di Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
                "Chrome di Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "Safari di iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox di Linux"),
            ("curl/8.5", "Perangkat tak dikenal"),
            ("", "Perangkat tak dikenal"),
        ] {
            assert_eq!(device(agent), name);
        }
    }
}
