//! The pages of a province. They show offices and, once there are facts, figures: never a citizen.

mod papan;

use actix_web::web::ServiceConfig;

/// Registers the pages of a province.
pub fn routes(cfg: &mut ServiceConfig) {
    papan::routes(cfg);
}
