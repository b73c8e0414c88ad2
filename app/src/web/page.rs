//! From a page's values to an answer.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;

use super::{
    error::PageError,
    flash,
    live::{self, Blocks},
};
use crate::infra::Fault;

const HTML: &str = "text/html; charset=utf-8";

/// A whole page. What the last step left to be said counts as said.
pub fn whole(request: &HttpRequest, secure: bool, page: &impl Template) -> Result<HttpResponse, PageError> {
    with_status(StatusCode::OK, (request, secure), page)
}

/// A page, or those of its live blocks that the script asks for.
pub fn live(
    request: &HttpRequest,
    secure: bool,
    page: &(impl Template + Blocks),
) -> Result<HttpResponse, PageError> {
    match live::blocks_asked(request) {
        Some(names) => Ok(HttpResponse::Ok().content_type(HTML).body(live::render_blocks(page, &names)?)),
        None => whole(request, secure, page),
    }
}

/// A whole page that says that something could not be done.
pub fn with_status(
    status: StatusCode,
    (request, secure): (&HttpRequest, bool),
    page: &impl Template,
) -> Result<HttpResponse, PageError> {
    let mut answer = HttpResponse::build(status).content_type(HTML).body(render(page)?);
    flash::shown(request, secure, &mut answer);
    Ok(answer)
}

/// A table as a file to keep.
pub fn csv(name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(text)
}

/// One block of the simulator, for the script that refreshes it.
pub fn block(block: &impl Template) -> Result<HttpResponse, PageError> {
    Ok(HttpResponse::Ok().content_type(HTML).body(render(block)?))
}

fn render(page: &impl Template) -> Result<String, PageError> {
    page.render().map_err(|_| Fault::Inconsistent("a template").into())
}
