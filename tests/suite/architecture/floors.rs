//! The rules of the house: which folder may know which, and the shape of files.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{self, Path};

/// The folders and files right under `app/src`, each with its floor. Imports point down or stay on the floor.
const FLOORS: [(&str, u8); 13] = [
    ("boot", 6),
    ("main", 6),
    ("lib", 6),
    ("demo", 6),
    (TEST_ONLY, 6),
    ("web", 5),
    ("jobs", 4),
    ("letters", 4),
    ("domain", 3),
    ("infra", 2),
    ("queue", 2),
    ("fake_graph", 2),
    ("config", 1),
];

/// Compiled for unit tests only, which may stand on everything.
const TEST_ONLY: &str = "testing";

/// Folders that never import the other, although it lies below.
const STRANGERS: [(&str, &str); 1] = [("web", "jobs")];

/// What a part of the workspace never names, and why.
const FOREIGN: [(&str, &[&str], &str); 5] = [
    ("app/src/web/", &["sea_orm", "sea_orm_migration", "sqlx", "loket_migration"], "pages do not know SQL"),
    (
        "app/src/domain/",
        &["actix_web", "actix_web_lab", "actix_multipart", "askama", "lettre", "reqwest"],
        "the domain knows no HTTP, no templates and no outside",
    ),
    (
        "app/core/src/",
        &["tokio", "actix_web", "sqlx", "reqwest", "loket", "loket_entity"],
        "the core does no I/O",
    ),
    ("migration/src/", &["loket", "loket_entity"], "history must not move when a struct does"),
    ("entity/src/", &["loket", "loket_migration", "actix_web"], "rows know nothing above them"),
];

/// Files of these names decide; they never wait.
const PURE: [&str; 3] = ["rules.rs", "state.rs", "clock.rs"];

/// Longest file, tests and migrations apart.
const LINES: usize = 400;

/// The sources of the workspace: path from the root, text.
pub type Sources = BTreeMap<String, String>;

/// Every broken rule, one sentence each.
pub fn violations(sources: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    let mut domain_edges = BTreeMap::new();
    for (file, source) in sources {
        found.extend(shape(file, source));
        let (root, own) = home(file);
        let module = module(file.strip_prefix(root).unwrap_or(file));
        let reading = match paths::read(source, &module, own) {
            Ok(reading) => reading,
            Err(error) => {
                found.push(format!("{file}: cannot be read: {error}"));
                continue;
            }
        };
        if PURE.iter().any(|name| file.ends_with(&format!("/{name}"))) {
            found.extend(
                reading.asyncs.iter().map(|line| format!("{file}:{line}: decides, so it is never async")),
            );
        }
        for path in &reading.paths {
            let broken = [foreign(file, path), floor(file, &module, path), face(sources, &module, path)];
            found.extend(
                broken
                    .into_iter()
                    .flatten()
                    .map(|rule| format!("{file}:{}: {} ({rule})", path.line, path.segments.join("::"))),
            );
            note_edge(&mut domain_edges, &module, path);
        }
        if root == "app/src/" && !FLOORS.iter().any(|(name, _)| module.get(1).is_none_or(|top| top == name)) {
            found.push(format!("{file}: has no floor; give it one in the architecture test"));
        }
    }
    found.extend(
        cycle(&domain_edges).map(|round| format!("domain modules import each other in a round: {round}")),
    );
    found
}

/// Length, and the sentence that says what the file is.
fn shape(file: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = source.lines().count();
    let exempt = file.starts_with("migration/") || file.starts_with("tests/") || file.ends_with("/tests.rs");
    if lines > LINES && !exempt {
        found.push(format!("{file}: {lines} lines; name its parts (at most {LINES})"));
    }
    if !source.starts_with("//!") {
        found.push(format!("{file}: does not begin with //! and what it is"));
    }
    found
}

fn foreign(file: &str, path: &Path) -> Option<String> {
    let (_, _, why) = FOREIGN.iter().find(|(folder, names, _)| {
        file.starts_with(folder) && path.segments.first().is_some_and(|first| names.contains(&first.as_str()))
    })?;
    Some((*why).to_owned())
}

/// Imports point down.
fn floor(file: &str, module: &[String], path: &Path) -> Option<String> {
    let [crate_name, top, ..] = path.segments.as_slice() else { return None };
    if crate_name != "crate" || top == TEST_ONLY || !file.starts_with("app/src/") {
        return None;
    }
    let from = module.get(1).map_or("lib", String::as_str);
    if STRANGERS.contains(&(from, top.as_str())) {
        return Some(format!("{from} never imports {top}"));
    }
    (height(top)? > height(from)?).then(|| format!("{from} lies below {top}"))
}

fn height(folder: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == folder).map(|(_, floor)| *floor)
}

/// A domain module is reached through its face: nothing outside names what lies in one of its files, unless its
/// `mod.rs` publishes the file itself as a part of the face (`pub mod event`). A store is never published.
fn face(sources: &Sources, module: &[String], path: &Path) -> Option<String> {
    let [crate_name, domain, thing, part, _, ..] = path.segments.as_slice() else { return None };
    if crate_name != "crate" || domain != "domain" || module.starts_with(&path.segments[..3]) {
        return None;
    }
    let is_file =
        [format!("app/src/domain/{thing}/{part}.rs"), format!("app/src/domain/{thing}/{part}/mod.rs")]
            .iter()
            .any(|file| sources.contains_key(file));
    let face = sources.get(&format!("app/src/domain/{thing}/mod.rs"));
    let published = part != "store"
        && face.is_some_and(|face| {
            face.contains(&format!("pub mod {part};")) || face.contains(&format!("pub(crate) mod {part};"))
        });
    (is_file && !published).then(|| format!("domain::{thing} is reached through its mod.rs only"))
}

/// Which domain module names which.
fn note_edge<'a>(edges: &mut BTreeMap<String, BTreeSet<String>>, module: &'a [String], path: &'a Path) {
    let thing = |segments: &'a [String]| match segments {
        [first, domain, thing, ..] if first == "crate" && domain == "domain" => Some(thing.clone()),
        _ => None,
    };
    // A capital begins a type of `domain` itself, not a module.
    if let (Some(from), Some(to)) = (thing(module), thing(&path.segments))
        && from != to
        && to.starts_with(char::is_lowercase)
    {
        edges.entry(from).or_default().insert(to);
    }
}

/// Some round in the graph, as `a -> b -> a`.
fn cycle(edges: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    fn walk<'a>(
        edges: &'a BTreeMap<String, BTreeSet<String>>,
        at: &'a str,
        trail: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<String> {
        if let Some(begin) = trail.iter().position(|step| *step == at) {
            return Some([&trail[begin..], &[at]].concat().join(" -> "));
        }
        if !done.insert(at) {
            return None;
        }
        trail.push(at);
        let found = edges.get(at).into_iter().flatten().find_map(|next| walk(edges, next, trail, done));
        trail.pop();
        found
    }
    let mut done = BTreeSet::new();
    edges.keys().find_map(|start| walk(edges, start, &mut Vec::new(), &mut done))
}

/// The folder of the crate that holds `file`, and the crate's name in paths.
fn home(file: &str) -> (&'static str, &'static str) {
    const HOMES: [(&str, &str); 6] = [
        ("app/src/", "loket"),
        ("app/core/src/", "loket_core"),
        ("entity/src/", "loket_entity"),
        ("migration/src/", "loket_migration"),
        ("tests/src/", "loket_tests"),
        ("tests/suite/", "suite"),
    ];
    HOMES.into_iter().find(|(root, _)| file.starts_with(root)).unwrap_or(("", ""))
}

/// `web/desk/queue.rs` is `crate::web::desk::queue`.
fn module(file: &str) -> Vec<String> {
    let steps = file.trim_end_matches(".rs").split('/').filter(|step| *step != "mod" && *step != "lib");
    std::iter::once("crate").chain(steps).map(str::to_owned).collect()
}
