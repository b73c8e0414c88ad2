//! What is kept, item by item.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use loket_core::permission::Permission;

use super::tampak::{State, lasts, name, quantity};
use crate::{
    domain::{
        equipment,
        stock::{self, StockLine},
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        kantor::peralatan,
        page,
        parts::{Frame, Tag, When, count},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/stok.html")]
struct StockPage {
    frame: Frame,
    sentence: String,
    equipment_href: String,
    rows: Vec<Row>,
    new_href: Option<String>,
}

struct Row {
    href: String,
    name: String,
    tag: Tag,
    left: String,
    lasts: String,
    careful: String,
    counted: String,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let lines = stock::lines(&cx).await?;
    let now = cx.now();
    let row = |line: &StockLine| Row {
        href: routes::StockItem::at(&office.slug, line.id),
        name: name(line),
        tag: State::of(line).tag(),
        left: quantity(line, line.balance),
        lasts: lasts(line).unwrap_or_else(|| "–".to_owned()),
        careful: line.careful.map_or_else(|| "–".to_owned(), |days| format!("{days} hari kerja")),
        counted: line.counted_at.map_or_else(|| "–".to_owned(), |at| When::plain(at, now, office.zone).text),
    };
    let mut frame = frame(&site, &seat, &request, Here::Stock);
    frame.chips = peralatan::chips(equipment::needs(&cx, office.zone.date(now)).await?, &office.slug);
    let page = StockPage {
        frame,
        sentence: sentence(lines.iter().map(State::of)),
        equipment_href: routes::Equipment::at(&office.slug),
        rows: lines.iter().map(row).collect(),
        new_href: seat.may(Permission::ReportOutages).then(|| routes::StockNew::at(&office.slug)),
    };
    page::whole(&request, site.secure, &page)
}

/// The stock in a sentence.
fn sentence(states: impl Iterator<Item = State>) -> String {
    let states: Vec<State> = states.collect();
    let of = |which: &[State]| states.iter().filter(|state| which.contains(state)).count() as u64;
    let parts = [
        (of(&[State::Out]), "habis"),
        (of(&[State::Uncounted]), "perlu dihitung ulang"),
        (of(&[State::Short]), "menipis"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(some, _)| *some > 0)
        .map(|(some, word)| format!("{} barang {word}", count(some)))
        .collect();
    match (states.is_empty(), told.is_empty(), of(&[State::Unknown])) {
        (true, ..) => "Belum ada barang yang dicatat.".to_owned(),
        (_, false, _) => format!("{}.", told.join("; ")),
        (_, true, 0) => "Semua persediaan cukup.".to_owned(),
        (_, true, some) => {
            format!("Tidak ada yang habis; {} barang belum dapat diperkirakan.", count(some))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_is_told_in_a_sentence_that_begins_with_what_is_out() {
        let told = |states: &[State]| sentence(states.iter().copied());
        assert_eq!(told(&[]), "Belum ada barang yang dicatat.");
        assert_eq!(told(&[State::Enough]), "Semua persediaan cukup.");
        let mixed = [State::Short, State::Enough, State::Out, State::Short];
        assert_eq!(told(&mixed), "1 barang habis; 2 barang menipis.");
        let unknown = [State::Unknown, State::Enough];
        assert_eq!(told(&unknown), "Tidak ada yang habis; 1 barang belum dapat diperkirakan.");
    }
}
