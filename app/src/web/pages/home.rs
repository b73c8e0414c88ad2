//! `/`: what Loket is, and in the demonstration whom to try it as.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::choose_office::home_of;
use crate::web::{
    error::PageError,
    flash, guard, page, routes,
    site::{DemoFront, FrontOffice, Site},
};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    demo: bool,
    flash: Option<String>,
    sign_in_href: String,
    signed_in_href: Option<String>,
    simulator_href: Option<String>,
    password_hint: Option<String>,
    offices: Vec<FrontOffice>,
}

pub(super) async fn get(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, PageError> {
    let session = guard::live_session(&request).await?;
    let front = site.front.clone();
    let home = Home {
        demo: site.demo,
        flash: flash::read(&request),
        sign_in_href: routes::SignIn::at(None),
        signed_in_href: session.as_ref().map(home_of),
        simulator_href: front.as_ref().map(|front| front.simulator_href.clone()),
        password_hint: front.as_ref().map(|front| front.password.clone()),
        offices: front.map(|DemoFront { offices, .. }| offices).unwrap_or_default(),
    };
    page::whole(&request, site.secure, &home)
}
