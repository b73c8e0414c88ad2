//! What a browser fetches to show a page for the first time: little, and nothing from another host.

use std::collections::{BTreeMap, BTreeSet};

use loket_tests::{
    app::{On, TestApp},
    people::Officer,
};

use super::{OVERVIEW, QUEUE, fill};
use crate::kpi::life::Life;

/// The most bytes of a first load, as they go over the wire.
const MOST: usize = 100_000;
/// What browsers accept without TLS; with it they take brotli too, which is smaller.
const CODINGS: &str = "gzip, deflate";

/// The addresses that a document makes the browser fetch: elements of a page, imports of a module, parts of a style.
fn fetched(path: &str, text: &str) -> Vec<String> {
    if path.ends_with(".css") {
        return between(text, "url(", ")").chain(between(text, "@import \"", "\"")).collect();
    }
    if path.ends_with(".js") {
        return between(text, "from \"", "\"")
            .chain(between(text, "import(\"", "\""))
            .chain(between(text, "import \"", "\""))
            .collect();
    }
    let elements = text.split('<').filter(|element| {
        let name = element.split([' ', '>', '\n']).next().unwrap_or_default();
        [
            "link", "script", "img", "source", "iframe", "object", "embed", "video", "audio", "use", "image",
            "input",
        ]
        .contains(&name)
    });
    elements
        .flat_map(|element| {
            ["src=\"", "href=\"", "srcset=\"", "data=\"", "poster=\""]
                .into_iter()
                .flat_map(|attribute| between(element, attribute, "\"").collect::<Vec<_>>())
        })
        .collect()
}

fn between<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = String> + 't {
    text.split(open)
        .skip(1)
        .filter_map(move |rest| rest.split(close).next())
        .map(|found| found.trim_matches(['"', '\'']).to_owned())
}

/// Makes an address out of one that stands in a document; nothing for a part of a page or data within it.
fn resolved(base: &str, document: &str, address: &str) -> Option<Result<String, String>> {
    if address.starts_with('#') || address.starts_with("data:") || address.is_empty() {
        return None;
    }
    let from = reqwest::Url::parse(&format!("{base}{document}")).ok()?;
    let to = from.join(address).ok()?;
    Some(if to.origin() == from.origin() { Ok(to.path().to_owned()) } else { Err(to.to_string()) })
}

/// Fetches a page and everything it makes the browser fetch; the bytes of each.
async fn load(app: &TestApp, who: &Officer, page: &str) -> BTreeMap<String, usize> {
    let mut weights = BTreeMap::new();
    let mut waiting = vec![page.to_owned()];
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        let url = format!("{}{path}", app.base_url);
        let packed = who.bytes(app.http().get(&url).header("accept-encoding", CODINGS)).await;
        weights.insert(path.clone(), packed.len());
        let plain = who.bytes(app.http().get(&url).header("accept-encoding", "identity")).await;
        let text = String::from_utf8_lossy(&plain).into_owned();
        for address in fetched(&path, &text) {
            match resolved(&app.base_url, &path, &address) {
                Some(Ok(found)) if known.insert(found.clone()) => waiting.push(found),
                Some(Err(foreign)) => panic!("{path} asks another host: {foreign}"),
                _ => {}
            }
        }
    }
    weights
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_load_is_light_and_asks_no_other_host() {
    let app = TestApp::start(On::Sqlite).await.unwrap();
    let mut life = Life::begins(&app, 5).await;
    fill(&mut life, 70, 8).await;
    let supervisor = app.officer("kabid@kab-tangerang").await;
    for page in [QUEUE, OVERVIEW] {
        let weights = load(&app, &supervisor, page).await;
        let sum: usize = weights.values().sum();
        println!("{page}: {sum} bytes in {} answers, the page itself {}", weights.len(), weights[page]);
        for (path, bytes) in &weights {
            println!("  {bytes:>7} {path}");
        }
        assert!(weights.len() > 3, "styles and scripts were found: {weights:?}");
        assert!(sum < MOST, "{page} weighs {sum} bytes: {weights:#?}");
    }
    app.ends().await;
}

#[test]
fn what_a_document_fetches_is_found() {
    let page = r##"<link rel="stylesheet" href="/static/1/css/a.css"><a href="/elsewhere"><script type="module" src="/static/1/js/app.js"></script><svg><use href="#x"/></svg>"##;
    assert_eq!(fetched("/p", page), ["/static/1/css/a.css", "/static/1/js/app.js", "#x"]);
    assert_eq!(fetched("/a.css", "a{background:url(x.png)}@import \"b.css\";"), ["x.png", "b.css"]);
    assert_eq!(fetched("/a.js", "import { a } from \"./b.js\";"), ["./b.js"]);
    let base = "http://127.0.0.1:1";
    assert_eq!(resolved(base, "/static/1/js/app.js", "./b.js"), Some(Ok("/static/1/js/b.js".to_owned())));
    assert!(matches!(resolved(base, "/", "https://cdn.example/x.js"), Some(Err(_))));
    assert!(matches!(resolved(base, "/", "//cdn.example/x.js"), Some(Err(_))));
    assert_eq!(resolved(base, "/", "#x"), None);
}
