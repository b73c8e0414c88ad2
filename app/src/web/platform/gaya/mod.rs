//! `/platform/gaya`: every part that pages are made of, in each of its states, with the macro that draws it.
//!
//! Whoever builds a page looks here first. Names and numbers are made up and belong to nobody.

mod figures;
mod parts;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use self::{figures::Figures, parts::Parts};
use super::{Here, frame};
use crate::web::{error::PageError, guard::OnPlatform, page, parts::Frame, routes, site::Site};

/// The page.
#[derive(Template)]
#[template(path = "platform/gaya.html")]
struct StylePage {
    frame: Frame,
    parts: Parts,
    figures: Figures,
}

impl StylePage {
    fn of(frame: Frame) -> Self {
        Self { frame, parts: Parts::samples(), figures: Figures::samples() }
    }
}

/// Shows the page.
async fn get(
    site: web::Data<Site>,
    seat: OnPlatform,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    let frame = frame(&site, &request, &seat, Here::Style);
    page::whole(&request, site.secure, &StylePage::of(frame))
}

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(routes::PlatformStyle::PATTERN).route(web::get().to(get)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn every_macro_of_the_interface_is_shown() -> Result<(), Box<dyn std::error::Error>> {
        let html = StylePage::of(samples::frame()).render()?;
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../templates/ui");
        for (file, prefix) in [("form.html", "form"), ("parts.html", "ui"), ("chart.html", "chart")] {
            let source = std::fs::read_to_string(format!("{folder}/{file}"))?;
            for rest in source.split("{% macro ").skip(1) {
                let name = rest.split('(').next().unwrap_or_default();
                let inner = [
                    "token", "key", "optional", "label_of", "hint_of", "error_of", "tied", "plot", "numbers",
                ];
                let is_shown = html.contains(&format!("<code>{prefix}::{name}</code>"));
                assert!(is_shown || inner.contains(&name), "{prefix}::{name} is not on the page");
            }
        }
        Ok(())
    }

    #[test]
    fn nothing_on_the_page_is_styled_inline() -> Result<(), askama::Error> {
        let html = StylePage::of(samples::frame()).render()?;
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains("NaN"));
        Ok(())
    }
}
