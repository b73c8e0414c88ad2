//! POST `/keluar`.

use actix_web::{HttpResponse, web::Data};

use crate::{
    domain::accounts::sign_out,
    web::{
        error::PageError,
        form::{Form, Nothing},
        guard::SignedIn,
        routes,
        site::Site,
        visitor::{gone, set},
    },
};

pub(super) async fn post(
    site: Data<Site>,
    signed: SignedIn,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    form.checked(signed.csrf())?;
    sign_out(&site.house, signed.session.user, signed.session.id).await?;
    farewell(&site)
}

/// Back to the door, without a cookie and without what this browser kept of us.
pub(super) fn farewell(site: &Site) -> Result<HttpResponse, PageError> {
    let mut answer = HttpResponse::SeeOther()
        .insert_header(("location", routes::SignIn::at(None)))
        .insert_header(("clear-site-data", "\"cache\", \"storage\""))
        .finish();
    set(&mut answer, gone(site.session_cookie(), site.secure))?;
    Ok(answer)
}
