//! Blocks that are fetched again: the same as on the page, by the same leave, and without being recorded.

use loket_entity::audit_entry;
use loket_tests::{app::TestApp, on_both_databases};

use super::{KTP, LINE};
use crate::world::World;

const OFFICE: &str = "kab-tangerang";

on_both_databases!(every_live_block_of_a_page_is_what_the_page_shows, looking_again_is_not_written_down,);

/// The names and addresses of the live blocks that a page names.
fn live(body: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let rest = tag.split(&format!("{name}=\"")).nth(1)?;
        rest.split('"').next().map(|value| value.replace("&#38;", "&"))
    };
    let tags = body.split('<').filter_map(|piece| piece.split('>').next());
    let blocks = tags.filter(|tag| tag.contains("data-live-block="));
    blocks.filter_map(|tag| Some((value(tag, "data-live-block")?, value(tag, "data-live")?))).collect()
}

/// Without white space, which the two may differ in, and without tokens, which are new each time.
fn plain(html: &str) -> String {
    let mut out = String::new();
    for (number, piece) in html.split("name=\"csrf\" value=\"").enumerate() {
        out.push_str(if number == 0 { piece } else { piece.split_once('"').map_or("", |(_, rest)| rest) });
    }
    out.split_whitespace().collect()
}

async fn every_live_block_of_a_page_is_what_the_page_shows(app: &TestApp) {
    let world = World::of(app).await;
    let (queue, talks) = (format!("/kantor/{OFFICE}/antrean"), format!("/kantor/{OFFICE}/percakapan"));
    for (who, path, blocks) in [
        ("operator.ktp", queue, 1),
        ("operator.ktp", format!("{talks}?saring=semua"), 1),
        ("operator.ktp", format!("{talks}/{}", world.conversation), 4),
        ("operator.ktp", format!("/kantor/{OFFICE}/permohonan/{}", world.request), 7),
        ("kepala", format!("/kantor/{OFFICE}/ringkasan"), 4),
        ("kabid", format!("/kantor/{OFFICE}/ringkasan?kurun=30"), 4),
    ] {
        let officer = app.officer(&format!("{who}@{OFFICE}")).await;
        let page = officer.get(&path).await;
        let found = live(&page.body);
        assert_eq!(found.len(), blocks, "{path}: {found:?}");
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        let answer = officer.looks_again(&found[0].1, &names.join(" ")).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        for name in names {
            let block = answer.body.split(&format!("<div data-block=\"{name}\">")).nth(1).expect(name);
            let block = block.split("</div>\n<div data-block=").next().unwrap().trim_end();
            let block = block.strip_suffix("</div>").unwrap_or(block);
            assert!(plain(&page.body).contains(&plain(block)), "{path}: {name}: {block}");
        }
        assert_eq!(officer.looks_again(&path, "tidak-ada").await.status, 404, "{path}");
        assert!(!answer.body.contains("<html"), "{path}");
    }
}

async fn looking_again_is_not_written_down(app: &TestApp) {
    app.phone("628111000001", "Siti").sends(KTP, LINE).await;
    let world = World::of(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let lines = async || app.rows::<audit_entry::Entity>(OFFICE).await.unwrap().len();
    for (path, block) in [
        (format!("/kantor/{OFFICE}/percakapan/{}", world.conversation), "thread"),
        (format!("/kantor/{OFFICE}/permohonan/{}", world.request), "top thread papers"),
    ] {
        let before = lines().await;
        assert_eq!(dewi.looks_again(&path, block).await.status, 200);
        assert_eq!(lines().await, before, "{path}");
        assert_eq!(dewi.get(&path).await.status, 200);
        assert_eq!(lines().await, before + 1, "{path}");
    }
}
