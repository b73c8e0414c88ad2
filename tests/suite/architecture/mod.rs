//! Holds the house together: reads what every folder imports and compares it with the floors of ARCHITECTURE.md.

mod floors;
mod paths;

use std::path::Path;

use floors::{Sources, violations};

#[test]
fn imports_point_down_and_files_keep_their_shape() {
    // Asked at run time: a target folder may serve several checkouts, and what was compiled in may be another's.
    let here = std::env::var("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    let root = Path::new(&here).join("..");
    let mut sources = Sources::new();
    for folder in ["app/src", "app/core/src", "entity/src", "migration/src", "tests/src", "tests/suite"] {
        gather(&root, folder, &mut sources);
    }
    assert!(sources.len() > 10, "the sources were not found");
    let found = violations(&sources);
    assert!(found.is_empty(), "{} broken rules:\n{}", found.len(), found.join("\n"));
}

/// Each planted violation is found, by the rule it breaks; each example that looks like one but is none is let through.
#[test]
fn a_planted_violation_is_found() {
    let bad = [
        ("app/src/web/desk.rs", "use sea_orm::EntityTrait;", "pages do not know SQL"),
        ("app/src/web/desk.rs", "fn f() { ::sqlx::query(1); }", "pages do not know SQL"),
        ("app/src/web/desk.rs", "use crate::jobs::Reminder;", "web never imports jobs"),
        ("app/src/web/desk.rs", "use crate::domain::contacts::store::find;", "through its mod.rs"),
        (
            "app/src/web/desk.rs",
            "use crate::domain::contacts; fn f() { contacts::store::find(); }",
            "through its mod.rs",
        ),
        ("app/src/domain/audit/mod.rs", "use super::contacts::store::find;", "through its mod.rs"),
        ("app/src/jobs/send.rs", "use crate::web::routes;", "jobs lies below web"),
        ("app/src/letters/welcome.rs", "use crate::{domain::audit, boot};", "letters lies below boot"),
        ("app/src/domain/audit/mod.rs", "use actix_web::HttpResponse;", "no HTTP"),
        ("app/src/domain/audit/mod.rs", "#[derive(askama::Template)] struct Page;", "no HTTP"),
        ("app/src/domain/audit/mod.rs", "use crate::jobs::Reminder;", "domain lies below jobs"),
        ("app/src/infra/cx.rs", "use crate::domain::audit::Entry;", "infra lies below domain"),
        ("app/src/infra/cx.rs", "fn f() { loket::web::routes::home(); }", "infra lies below web"),
        ("app/src/config/mail.rs", "use crate::infra::mail;", "config lies below infra"),
        ("migration/src/m1.rs", "use loket_entity::office;", "history must not move"),
        ("app/core/src/nik.rs", "use tokio::time;", "no I/O"),
        ("app/src/domain/audit/rules.rs", "async fn f() {}", "never async"),
        ("app/src/domain/audit/state.rs", "fn f() { async {}; }", "never async"),
        ("app/src/service/mod.rs", "fn f() {}", "has no floor"),
        (
            "app/src/domain/contacts/mod.rs",
            "use crate::domain::accounts;",
            "accounts -> contacts -> accounts",
        ),
        ("app/src/infra/cx.rs", "this is } no Rust", "cannot be read"),
    ];
    for (file, source, rule) in bad {
        let found = violations(&house(file, source));
        assert!(
            found.iter().any(|sentence| sentence.contains(rule)),
            "{file}: {source} was let through: {found:?}"
        );
        assert_eq!(found.len(), 1, "{file}: {source}: {found:?}");
    }
    let good = [
        ("app/src/web/desk.rs", "use crate::domain::contacts::{Contact, find}; fn f() { find(); }"),
        ("app/src/web/desk.rs", "//! crate::jobs::x\n const A: &str = \"sea_orm::x\";"),
        ("app/src/domain/contacts/open.rs", "use super::store::find; use crate::domain::contacts::store;"),
        ("app/src/domain/accounts/open.rs", "async fn open() {}"),
        ("app/src/jobs/send.rs", "use crate::letters::Welcome; use reqwest::Client;"),
        ("app/src/infra/cx.rs", "#[cfg(test)] mod tests { use crate::testing::house; }"),
        ("app/src/testing.rs", "use crate::{domain::contacts, infra};"),
        ("app/src/main.rs", "use loket::boot; use loket::web::routes;"),
    ];
    for (file, source) in good {
        assert_eq!(violations(&house(file, source)), Vec::<String>::new(), "{file}: {source}");
    }
}

#[test]
fn long_files_and_files_without_a_first_sentence_are_found() {
    let long = format!("//! Long.\n{}", "fn f() {}\n".repeat(400));
    for (file, source, count) in [
        ("app/src/web/desk.rs", long.as_str(), 1),
        ("migration/src/m1.rs", long.as_str(), 0),
        ("tests/src/x.rs", long.as_str(), 0),
        ("app/src/web/desk.rs", "fn f() {}", 1),
    ] {
        let found = violations(&Sources::from([(file.to_owned(), source.to_owned())]));
        assert_eq!(found.len(), count, "{found:?}");
    }
}

/// A small house in order, with one file added to it.
fn house(file: &str, source: &str) -> Sources {
    let mut house: Sources = [
        ("app/src/domain/contacts/mod.rs", "mod store; pub use store::find;"),
        ("app/src/domain/contacts/store.rs", "pub fn find() {}"),
        ("app/src/domain/accounts/mod.rs", "use crate::domain::contacts::find;"),
    ]
    .map(|(file, source)| (file.to_owned(), format!("//! An example.\n{source}")))
    .into();
    house.insert(file.to_owned(), format!("//! An example.\n{source}"));
    house
}

fn gather(root: &Path, folder: &str, sources: &mut Sources) {
    // A part of the workspace that is not there yet breaks no rule.
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            gather(root, &name, sources);
        } else if name.ends_with(".rs") {
            sources.insert(name, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}
