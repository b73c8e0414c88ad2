//! The pages around the offices: the front door, signing in and out, a forgotten password, an
//! invitation, one's own devices and password, and what those who watch the machine ask.

mod choose_office;
mod forgot;
mod health;
mod home;
mod invitation;
mod new_password;
mod own;
mod own_password;
mod sessions;
mod sign_in;
mod sign_out;

use actix_web::{
    HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};

use super::{routes as to, statics};

/// Registers them.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(to::Home::PATTERN).get(home::get))
        .service(web::resource(to::SignIn::PATTERN).get(sign_in::get).post(sign_in::post))
        .service(web::resource(to::Forgot::PATTERN).get(forgot::get).post(forgot::post))
        .service(web::resource(to::NewPassword::PATTERN).get(new_password::get).post(new_password::post))
        .service(web::resource(to::Invitation::PATTERN).get(invitation::get).post(invitation::post))
        .service(web::resource(to::SignOut::PATTERN).post(sign_out::post))
        .service(web::resource(to::ChooseOffice::PATTERN).get(choose_office::get))
        .service(web::resource(to::Sessions::PATTERN).get(sessions::get))
        .service(web::resource(to::EndAllSessions::PATTERN).post(sessions::end_all))
        .service(web::resource(to::EndSession::PATTERN).post(sessions::end))
        .service(web::resource(to::OwnPassword::PATTERN).get(own_password::get).post(own_password::post))
        .service(web::resource(to::Static::PATTERN).get(statics::serve))
        .service(web::resource(to::Health::PATTERN).get(health::alive))
        .service(web::resource(to::Ready::PATTERN).get(health::ready))
        .service(web::resource(to::Metrics::PATTERN).get(health::metrics));
}

/// Sends the browser on to an address of this site.
fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}
