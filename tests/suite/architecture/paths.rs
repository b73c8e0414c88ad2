//! Reads from a source file every path it names, wherever it stands: in `use`, in types, in bodies, inside macros.
//!
//! Tokens are enough for that: a path is names joined by `::`. What an import brought in under a short name is spelled
//! out again, so `use crate::domain::requests;` followed by `requests::store::find` is seen for what it is.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// One path, spelled out from its crate: `crate::...` for the file's own, the crate's name for others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub segments: Vec<String>,
    pub line: usize,
}

/// What a file says.
#[derive(Debug, Default)]
pub struct Reading {
    pub paths: Vec<Path>,
    /// Lines on which something is `async`.
    pub asyncs: Vec<usize>,
}

struct Reader {
    reading: Reading,
    /// What a short name stands for in this file.
    names: BTreeMap<String, Vec<String>>,
    /// The crate's name as other crates write it.
    own: String,
}

/// Reads `source`, which is the module `module` (`["crate", "web", "routes"]`) of the crate `own`.
pub fn read(source: &str, module: &[String], own: &str) -> Result<Reading, String> {
    let tokens: TokenStream = source.parse().map_err(|error| format!("{error}"))?;
    let mut reader = Reader { reading: Reading::default(), names: BTreeMap::new(), own: own.to_owned() };
    reader.imports(tokens.clone(), module);
    reader.bodies(tokens, module);
    Ok(reader.reading)
}

impl Reader {
    /// First pass: `use` and `mod`, which say what the names of this file mean.
    fn imports(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Ident(word) if word == "mod" => {
                    let Some(TokenTree::Ident(name)) = tokens.get(at) else { continue };
                    let inner = joined(module, &[name.to_string()]);
                    self.names.insert(name.to_string(), inner.clone());
                    if let Some(TokenTree::Group(body)) = tokens.get(at + 1) {
                        self.imports(body.stream(), &inner);
                        at += 2;
                    }
                }
                // `use<'a>` captures lifetimes and names nothing.
                TokenTree::Ident(word) if word == "use" && !is(tokens.get(at), '<') => {
                    let end = tokens[at..].iter().position(|token| is(Some(token), ';')).unwrap_or(0) + at;
                    self.tree(&tokens[at..end], &[], module);
                    at = end;
                }
                TokenTree::Group(group) => self.imports(group.stream(), module),
                _ => {}
            }
        }
    }

    /// One branch of a `use`: `a::b::{c, d as e, f::*}` under `before`.
    fn tree(&mut self, tokens: &[TokenTree], before: &[String], module: &[String]) {
        let (names, mut rest) = chain(tokens);
        let path = joined(before, &names.iter().map(Ident::to_string).collect::<Vec<_>>());
        let line = names.first().map_or(0, |name| name.span().start().line);
        if names.is_empty() && is(rest.first(), '*') {
            return self.seen(before, line, module);
        }
        if is(rest.first(), ':') {
            rest = &rest[2.min(rest.len())..];
        }
        if let Some(TokenTree::Group(group)) = rest.first() {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            inner.split(|token| is(Some(token), ',')).for_each(|branch| self.tree(branch, &path, module));
            return;
        }
        if names.is_empty() {
            return;
        }
        let path =
            if path.last().is_some_and(|last| last == "self") { &path[..path.len() - 1] } else { &path };
        self.seen(path, line, module);
        let called = match rest {
            [TokenTree::Ident(word), TokenTree::Ident(name), ..] if word == "as" => Some(name.to_string()),
            [] => path.last().cloned(),
            _ => None,
        };
        if let Some(called) = called {
            self.names.insert(called, self.spelled(path, module, false));
        }
    }

    /// Second pass: everything but `use`.
    fn bodies(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let (names, rest) = chain(&tokens[at..]);
            let absolute = at >= 2 && is(tokens.get(at - 1), ':') && is(tokens.get(at - 2), ':');
            match token {
                TokenTree::Ident(word) if word == "use" && !is(tokens.get(at + 1), '<') => {
                    at += tokens[at..].iter().position(|token| is(Some(token), ';')).unwrap_or(0) + 1;
                    continue;
                }
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                        (tokens.get(at + 1), tokens.get(at + 2))
                    {
                        self.bodies(body.stream(), &joined(module, &[name.to_string()]));
                        at += 3;
                        continue;
                    }
                }
                TokenTree::Ident(word) if word == "async" => {
                    self.reading.asyncs.push(word.span().start().line);
                }
                TokenTree::Ident(first) if names.len() > 1 => {
                    let path: Vec<String> = names.iter().map(Ident::to_string).collect();
                    let line = first.span().start().line;
                    if absolute {
                        self.reading.paths.push(Path { segments: path, line });
                    } else {
                        self.reading.paths.push(Path { segments: self.spelled(&path, module, true), line });
                    }
                    at = tokens.len() - rest.len();
                    continue;
                }
                TokenTree::Group(group) => self.bodies(group.stream(), module),
                _ => {}
            }
            at += 1;
        }
    }

    fn seen(&mut self, path: &[String], line: usize, module: &[String]) {
        let segments = self.spelled(path, module, false);
        self.reading.paths.push(Path { segments, line });
    }

    /// The path from its crate on. In bodies a first name may be one that an import brought in.
    fn spelled(&self, path: &[String], module: &[String], in_body: bool) -> Vec<String> {
        let mut base = module.to_vec();
        let mut rest = path;
        while let Some((first, more)) = rest.split_first() {
            match first.as_str() {
                "self" => {}
                "super" => drop(base.pop()),
                _ if rest.len() < path.len() => return joined(&base, rest),
                "crate" => return path.to_vec(),
                own if own == self.own => return joined(&["crate".to_owned()], more),
                name => {
                    let known = self.names.get(name).filter(|_| in_body);
                    return known.map_or_else(|| path.to_vec(), |known| joined(known, more));
                }
            }
            rest = more;
        }
        base
    }
}

/// The names joined by `::` at the beginning of `tokens`, and what follows them.
fn chain(tokens: &[TokenTree]) -> (Vec<Ident>, &[TokenTree]) {
    let mut names = Vec::new();
    let mut rest = tokens;
    // A path may begin with `::`.
    if is(rest.first(), ':') && is(rest.get(1), ':') {
        rest = &rest[2..];
    }
    while let Some(TokenTree::Ident(name)) = rest.first() {
        names.push(name.clone());
        rest = &rest[1..];
        let more = is(rest.first(), ':') && is(rest.get(1), ':');
        if !more || !matches!(rest.get(2), Some(TokenTree::Ident(_))) {
            break;
        }
        rest = &rest[2..];
    }
    (names, rest)
}

fn is(token: Option<&TokenTree>, wanted: char) -> bool {
    match token {
        Some(TokenTree::Punct(punct)) => punct.as_char() == wanted,
        Some(TokenTree::Group(group)) => wanted == '{' && group.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

fn joined(before: &[String], after: &[String]) -> Vec<String> {
    [before, after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths of a file `domain/requests/open.rs`, one a line.
    fn paths(source: &str) -> Vec<String> {
        let module = ["crate", "domain", "requests", "open"].map(str::to_owned);
        let reading = read(source, &module, "loket").expect("the example is Rust");
        reading.paths.iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn nested_imports_are_spelled_out() {
        assert_eq!(
            paths(
                "use crate::{domain::{audit, contacts::{self, Contact as C}}, infra::*}; use sea_orm::Value;"
            ),
            [
                "crate::domain::audit",
                "crate::domain::contacts",
                "crate::domain::contacts::Contact",
                "crate::infra",
                "sea_orm::Value"
            ]
        );
    }

    #[test]
    fn own_parent_and_crate_names_lead_to_the_same_place() {
        assert_eq!(
            paths("use super::store; use self::x::Y; use super::super::audit::Entry; use loket::web::page;"),
            [
                "crate::domain::requests::store",
                "crate::domain::requests::open::x::Y",
                "crate::domain::audit::Entry",
                "crate::web::page"
            ]
        );
    }

    #[test]
    fn a_short_name_in_a_body_or_a_macro_is_seen_for_what_it_is() {
        assert_eq!(
            paths("use crate::domain::contacts as c; fn f() { c::store::find(); vec![c::rules::A]; }"),
            [
                "crate::domain::contacts",
                "crate::domain::contacts::store::find",
                "crate::domain::contacts::rules::A"
            ]
        );
    }

    #[test]
    fn a_type_after_a_colon_is_a_path_like_any_other() {
        assert_eq!(
            paths("use crate::domain::contacts; fn f(x: contacts::store::Row) { ::sqlx::query(x); }"),
            ["crate::domain::contacts", "crate::domain::contacts::store::Row", "sqlx::query"]
        );
    }

    #[test]
    fn inner_modules_shift_what_super_means() {
        assert_eq!(
            paths("mod tests { use super::*; use super::super::store::find; fn f() { super::g(); } }"),
            [
                "crate::domain::requests::open",
                "crate::domain::requests::store::find",
                "crate::domain::requests::open::g"
            ]
        );
    }

    #[test]
    fn comments_texts_and_plain_names_are_no_paths() {
        assert_eq!(
            paths("//! crate::web::x\n/* a::b */ fn f<'a>(x: u8) -> impl Sized + use<'a> { \"c::d\"; x }"),
            [""; 0]
        );
    }

    #[test]
    fn async_is_noted_with_its_line() {
        let reading = read("fn a() {}\nasync fn b() {}\n", &["crate".to_owned()], "loket").expect("Rust");
        assert_eq!(reading.asyncs, [2]);
    }
}
