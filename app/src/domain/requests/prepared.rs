//! Answers that stand ready: to a faulty line, and to questions about requirements, hours, place and status.

use loket_core::{
    clock::Instant,
    consignment::Away,
    format::FormatDefinition,
    intent::{Asked, Want},
    outage::OutageKind,
    receipt::ReceiptNumber,
    reply::{
        Letterhead,
        answers::{self, Answering, RequirementsTold, StatusOf},
    },
    text::PersonName,
};

use super::{outage_news::WAITING, views::QueueRow};
use crate::domain::{
    catalogue::{Catalogue, ServiceView},
    tenancy::Office,
};

/// More requests than this are not told in one answer.
const MOST_REQUESTS: usize = 3;

/// An answer that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What it is called by in a composer.
    pub code: String,
    /// What officers call it: `Syarat Kartu Keluarga`.
    pub title: String,
    /// What the citizen would get.
    pub text: String,
}

/// What answers are made of.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) office: &'a Office,
    pub(super) catalogue: &'a Catalogue,
    /// Who asks.
    pub(super) name: Option<&'a PersonName>,
    pub(super) now: Instant,
    /// Their requests, newest first.
    pub(super) requests: &'a [QueueRow],
}

impl Prepared {
    /// Whether it is among what was said already. It is known again by the part that says what it says: salutation and
    /// signature differ.
    pub(super) fn was_said(&self, said: &[String]) -> bool {
        let gist = self.text.split("\n\n").nth(1).unwrap_or(&self.text);
        said.iter().any(|text| text.contains(gist))
    }
}

/// The answer to a question; nothing when Loket does not hold it. `automatic`: nobody looks at it before it goes out.
pub(super) fn answer(ground: &Ground<'_>, asked: &Asked, automatic: bool) -> Option<Prepared> {
    let to = Answering { name: ground.name, now: ground.now, automatic };
    let head = ground.office.head(ground.catalogue.is_free());
    let office = ground.office;
    let (code, title, text) = match asked.want {
        Want::Requirements => return requirements(ground, asked, &to),
        Want::Hours => ("siap-jam", "Jam pelayanan", answers::hours(&office.hours, &to, &head)),
        Want::Location if office.address.is_empty() => return None,
        Want::Location => {
            let where_and_when = (office.address.as_str(), office.hours.as_str());
            ("siap-alamat", "Alamat kantor", answers::location(where_and_when, &to, &head))
        }
        Want::Status => ("siap-status", "Status permohonan", status(ground, asked, (&to, &head))?),
        Want::Service | Want::Complaint => return None,
    };
    Some(Prepared { code: code.to_owned(), title: title.to_owned(), text })
}

fn requirements(ground: &Ground<'_>, asked: &Asked, to: &Answering<'_>) -> Option<Prepared> {
    let code = asked.service.as_deref()?;
    let service = ground.catalogue.by_code(code)?;
    let named = asked.variant.as_deref();
    let variants = service.variants.iter().filter(|one| named.is_none_or(|code| one.code == code));
    let told: Vec<(&str, Vec<(&str, bool)>)> = variants
        .map(|one| {
            let papers = one.papers.iter().map(|paper| (paper.name.as_str(), paper.required));
            (one.name.as_str(), papers.collect())
        })
        .collect();
    let name = super::understand::title(ground.catalogue, &Asked { want: Want::Service, ..asked.clone() });
    let line = line(ground.catalogue, service);
    let text = RequirementsTold { service: &name, variants: &told, line: line.as_deref() }
        .text(to, &ground.office.head(service.free));
    let code = format!("siap-syarat-{}", service.code.to_lowercase());
    Some(Prepared { code, title: format!("Syarat {name}"), text })
}

/// The line that asks for a service.
fn line(catalogue: &Catalogue, service: &ServiceView) -> Option<String> {
    catalogue.format_of(service.id).map(FormatDefinition::line_template)
}

/// What keeps the office from working on a request that waits for it.
fn delayed(office: &Office, row: &QueueRow) -> Option<OutageKind> {
    let waits = WAITING.contains(&row.state) && !row.elsewhere;
    office.disrupted(row.whereabouts()).filter(|_| waits).map(|one| one.kind)
}

/// Of the service that is named, or of all; what is under way first, and at most three.
fn status(
    ground: &Ground<'_>,
    asked: &Asked,
    (to, head): (&Answering<'_>, &Letterhead<'_>),
) -> Option<String> {
    let named = asked.service.as_deref().and_then(|code| ground.catalogue.by_code(code));
    let meant = |row: &&QueueRow| named.is_none_or(|service| service.id == row.service_id);
    let mut rows: Vec<&QueueRow> = ground.requests.iter().filter(meant).collect();
    rows.sort_by_key(|row| row.state.is_terminal());
    let numbers: Vec<(ReceiptNumber, &QueueRow)> = rows
        .into_iter()
        .take(MOST_REQUESTS)
        .filter_map(|row| ReceiptNumber::parse(&row.receipt).ok().map(|receipt| (receipt, row)))
        .collect();
    let told: Vec<StatusOf<'_>> = numbers
        .iter()
        .map(|(receipt, row)| StatusOf {
            service: &row.service,
            receipt,
            state: row.state,
            away: match &row.sent {
                Some((away, place)) => Some((*away, place.as_str())),
                None => row.away.then_some((Away::Elsewhere, "")),
            },
            delayed: delayed(ground.office, row),
            until: row.due_at.filter(|due| row.promised && *due > ground.now),
            expected: row.turn.and_then(|turn| turn.expected).filter(|at| *at > ground.now),
        })
        .collect();
    (!told.is_empty()).then(|| answers::status(&told, to, head))
}
