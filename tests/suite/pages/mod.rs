//! What a page costs: how often it asks the database and how, and what the browser must fetch for it.

mod counting;
mod plans;
mod statements;
mod weight;

use loket::domain::kpi;

use crate::kpi::life::Life;

const QUEUE: &str = "/kantor/kab-tangerang/antrean";
const OVERVIEW: &str = "/kantor/kab-tangerang/ringkasan";
const CAPACITY: &str = "/kantor/kab-tangerang/kapasitas";
const TALKS: &str = "/kantor/kab-tangerang/percakapan";
const KTP: &str = "360300000000002";

/// Some requests at the desk and some by WhatsApp, one of them in somebody's hands and one at its end, and the days
/// before counted.
async fn fill(life: &mut Life<'_>, at_the_desk: usize, by_whatsapp: u32) {
    for _ in 0..at_the_desk {
        let id = life.opens_at_the_desk().await;
        if life.lots.u32(0..3) == 0 {
            life.takes(id).await;
        }
    }
    for phone in 0..by_whatsapp {
        let line = format!("#KTP#36030365029{phone:05}#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#");
        life.app.phone(&format!("62811800{phone:04}"), "Siti").sends(KTP, &line).await;
        life.app.waits(1);
    }
    let (taken, ended) = (life.opens_at_the_desk().await, life.opens_at_the_desk().await);
    life.takes(taken).await;
    life.finishes(ended).await;
    life.app.waits(24 * 60);
    kpi::rollup(&life.app.house, &life.office).await.unwrap();
    // The last use of a session is written down once a minute, by whoever comes then; not while pages are counted.
    life.app.officer("kabid@kab-tangerang").await;
}

/// A page of a tab that begins behind a row of it.
fn further(row: &loket_entity::request::Model) -> String {
    let cursor = kpi::Cursor { at: row.first_message_at, id: row.id.0 };
    format!("{QUEUE}?tab=giliran&sesudah={cursor}")
}
