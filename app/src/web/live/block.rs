//! Blocks of a page that are fetched again by themselves.
//!
//! A live block is an askama block of the page's own template inside an element with `data-live-block`, so
//! that a page and its fragment cannot part. The script names the blocks it wants in one header; the answer
//! is those blocks, each in an element that names it.

use actix_web::HttpRequest;

use crate::{infra::Fault, web::error::PageError};

/// The header of a request for some blocks of a page: their names between blanks.
pub const HEADER: &str = "x-loket-block";

/// A page of which some blocks are fetched by themselves.
pub trait Blocks {
    /// Renders the block of a name, if the page has it.
    fn block(&self, name: &str) -> Option<askama::Result<String>>;
}

/// Gives a page its live blocks: the name in the template, and askama's way to it.
macro_rules! live_blocks {
    ($page:ty: $($name:literal => $block:ident),+ $(,)?) => {
        impl $crate::web::live::Blocks for $page {
            fn block(&self, name: &str) -> Option<askama::Result<String>> {
                match name {
                    $($name => Some(askama::Template::render(&self.$block())),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use live_blocks;

/// The blocks that are asked for; nothing when it is the whole page.
pub fn blocks_asked(request: &HttpRequest) -> Option<Vec<&str>> {
    let names = request.headers().get(HEADER)?.to_str().ok()?;
    Some(names.split_ascii_whitespace().collect())
}

/// The blocks of these names, each once, in an element that names it.
pub(in crate::web) fn render(page: &impl Blocks, names: &[&str]) -> Result<String, PageError> {
    let mut html = String::new();
    for (at, name) in names.iter().enumerate() {
        if names.iter().take(at).any(|before| before == name) {
            continue;
        }
        let block = page.block(name).ok_or(PageError::NotFound)?;
        let block = block.map_err(|_| Fault::Inconsistent("a template"))?;
        // The name is one that the page knows, so it needs no escape.
        html.push_str(&format!("<div data-block=\"{name}\">{block}</div>\n"));
    }
    Ok(html)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    struct Page;

    impl Blocks for Page {
        fn block(&self, name: &str) -> Option<askama::Result<String>> {
            ["rows", "head"].contains(&name).then(|| Ok(format!("<p>{name}</p>")))
        }
    }

    #[test]
    fn each_block_comes_once_under_its_name_and_an_unknown_one_is_not_there() {
        let html = render(&Page, &["rows", "head", "rows"]).unwrap_or_default();
        assert_eq!(
            html,
            "<div data-block=\"rows\"><p>rows</p></div>\n<div data-block=\"head\"><p>head</p></div>\n"
        );
        assert!(matches!(render(&Page, &["\"><script>"]), Err(PageError::NotFound)));
    }

    #[test]
    fn a_request_without_the_header_is_for_the_page() {
        assert_eq!(blocks_asked(&TestRequest::default().to_http_request()), None);
        let request = TestRequest::default().insert_header((HEADER, "rows  head")).to_http_request();
        assert_eq!(blocks_asked(&request), Some(vec!["rows", "head"]));
    }
}
