//! `/kantor/{office}/percakapan`: who waits for an answer, the longest first.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use loket_core::{clock::Instant, permission::Permission, text::PersonName, zone::OfficeZone};
use serde::Deserialize;

use crate::{
    domain::whatsapp::{self, ConversationFilter, ConversationRow},
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        live::live_blocks,
        page,
        parts::{Frame, Pager, Tab, Tag, When, initials},
        routes::{Conversation, Conversations},
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/percakapan_daftar.html", blocks = ["rows"])]
pub struct ConversationList {
    frame: Frame,
    sentence: String,
    tabs: Vec<Tab>,
    live_href: String,
    rows: Vec<ChatRow>,
    empty_title: String,
    empty_text: String,
    pager: Pager,
}

/// One conversation.
pub struct ChatRow {
    href: String,
    who: String,
    initials: String,
    snippet: String,
    number: String,
    waiting: Option<When>,
    last: When,
    state: Tag,
    officer: Option<String>,
    /// What it seems to be about, while it waits.
    hint: Option<String>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    saring: String,
    #[serde(default)]
    hal: u64,
}

impl Asked {
    fn filter(&self) -> ConversationFilter {
        if self.saring == word(ConversationFilter::All) {
            ConversationFilter::All
        } else {
            ConversationFilter::Unanswered
        }
    }
}

const fn word(filter: ConversationFilter) -> &'static str {
    match filter {
        ConversationFilter::Unanswered => "belum",
        ConversationFilter::All => "semua",
    }
}

/// What the rows are drawn with.
struct Ground<'a> {
    office: &'a str,
    zone: OfficeZone,
    now: Instant,
}

impl ChatRow {
    fn of(row: ConversationRow, ground: &Ground<'_>) -> Self {
        let Ground { office, zone, now } = *ground;
        let who = match PersonName::parse(&row.contact.name) {
            Ok(name) if row.contact.named => name.masked(),
            _ => row.contact.name,
        };
        // Our own words address people by their full names, which a list does not show.
        let snippet = match row.snippet {
            _ if row.ours => "Balasan dari kantor".to_owned(),
            Some(words) => format_of(&words).unwrap_or(words),
            None => row.kind.label().to_owned(),
        };
        Self {
            href: Conversation::at(office, row.id),
            initials: initials(&who),
            who,
            snippet,
            number: row.number,
            waiting: row.unanswered_since.map(|since| When::waiting(since, now, zone)),
            last: When::of(row.last_message_at, now, zone),
            state: if row.unanswered_since.is_some() {
                Tag::new("Belum dijawab", "warn")
            } else {
                Tag::new("Sudah dijawab", "quiet")
            },
            officer: row.officer,
            hint: row.hint,
        }
    }
}

/// A line in a format holds a full name, which a list does not show: its keyword says enough.
fn format_of(words: &str) -> Option<String> {
    let keyword = words.strip_prefix('#')?.split('#').next()?.trim();
    Some(format!("Permohonan dalam format #{keyword}"))
}

impl ConversationList {
    fn of(
        frame: Frame,
        asked: &Asked,
        ground: &Ground<'_>,
        (found, more, waiting): (Vec<ConversationRow>, bool, u64),
    ) -> Self {
        let (office, filter) = (ground.office, asked.filter());
        let rows: Vec<ChatRow> = found.into_iter().map(|row| ChatRow::of(row, ground)).collect();
        let tab = |label: &str, of, count| Tab {
            label: label.to_owned(),
            href: Conversations::at(office, word(of), 0),
            count,
            current: of == filter,
        };
        Self {
            frame,
            // Only the unanswered ones stand in the order of their waiting.
            sentence: sentence(
                waiting,
                if filter == ConversationFilter::Unanswered { &rows } else { &[] },
                asked.hal,
            ),
            tabs: vec![
                tab("Belum dijawab", ConversationFilter::Unanswered, Some(crate::web::parts::count(waiting))),
                tab("Semua", ConversationFilter::All, None),
            ],
            live_href: Conversations::at(office, word(filter), asked.hal),
            pager: Pager {
                text: format!("Halaman {}", asked.hal.saturating_add(1)),
                previous: asked.hal.checked_sub(1).map(|hal| Conversations::at(office, word(filter), hal)),
                next: more.then(|| Conversations::at(office, word(filter), asked.hal.saturating_add(1))),
            },
            rows,
            empty_title: match filter {
                ConversationFilter::Unanswered => "Semua sudah dijawab".to_owned(),
                ConversationFilter::All => "Belum ada percakapan".to_owned(),
            },
            empty_text: "Pesan baru akan muncul di sini.".to_owned(),
        }
    }
}

fn sentence(waiting: u64, rows: &[ChatRow], page: u64) -> String {
    let oldest = rows.iter().find_map(|row| row.waiting.as_ref()).filter(|_| page == 0);
    match (waiting, oldest) {
        (0, _) => "Tidak ada yang menunggu jawaban.".to_owned(),
        (count, Some(oldest)) => {
            format!("{count} belum dijawab. Yang paling lama menunggu {}.", oldest.ago)
        }
        (count, None) => format!("{count} belum dijawab."),
    }
}

/// Shows the list, or only its rows to the script that refreshes them.
pub async fn get(
    site: web::Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadRequests)?;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let (found, more) = whatsapp::conversations(&cx, asked.filter(), asked.hal).await?;
    let waiting = whatsapp::unanswered_count(&cx).await?;
    let frame = frame(&site, &seat, &request, Here::Conversations);
    let ground = Ground { office: &seat.office.slug, zone: seat.office.zone, now: cx.now() };
    let shown = ConversationList::of(frame, &asked, &ground, (found, more, waiting));
    page::live(&request, site.secure, &shown)
}

live_blocks!(ConversationList: "rows" => as_rows);

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(Conversations::PATTERN).get(get));
}

#[cfg(test)]
mod tests {
    use loket_core::{id::ConversationId, whatsapp::MessageKind};

    use super::*;
    use crate::web::kantor::samples;

    fn row(snippet: Option<&str>, waits: bool) -> ConversationRow {
        let thread = samples::thread();
        ConversationRow {
            id: ConversationId::NIL,
            contact: thread.contact,
            number: thread.number,
            snippet: snippet.map(str::to_owned),
            kind: MessageKind::Image,
            ours: !waits,
            hint: waits.then(|| "syarat Kartu Keluarga".to_owned()),
            unanswered_since: thread.head.unanswered_since.filter(|_| waits),
            last_message_at: samples::now(),
            officer: None,
        }
    }

    fn drawn(asked: &Asked, found: Vec<ConversationRow>, waiting: u64) -> Result<String, askama::Error> {
        let ground = Ground { office: "kab-tangerang", zone: OfficeZone::Wib, now: samples::now() };
        ConversationList::of(samples::frame(), asked, &ground, (found, true, waiting)).render()
    }

    #[test]
    fn the_list_renders_its_samples_and_masks_names() -> Result<(), askama::Error> {
        let rows = vec![row(None, true), row(Some("Yth. Bapak/Ibu Siti Aminah"), false)];
        let html = drawn(&Asked::default(), rows, 4)?;
        assert!(html.contains("4 belum dijawab. Yang paling lama menunggu 38 menit."));
        assert!(html.contains("S***") && !html.contains(">Siti<"));
        assert_eq!(html.matches("Mungkin syarat Kartu Keluarga").count(), 1);
        assert!(html.contains(">Foto<") && html.contains("Balasan dari kantor"));
        assert!(!html.contains("Siti Aminah"));
        assert!(html.contains("saring=belum&#38;hal=1") || html.contains("saring=belum&amp;hal=1"));
        Ok(())
    }

    #[test]
    fn an_empty_list_says_what_that_means() -> Result<(), askama::Error> {
        assert!(drawn(&Asked::default(), Vec::new(), 0)?.contains("Semua sudah dijawab"));
        let all = Asked { saring: "semua".to_owned(), hal: 0 };
        assert!(drawn(&all, Vec::new(), 0)?.contains("Belum ada percakapan"));
        Ok(())
    }
}
