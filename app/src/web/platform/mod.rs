//! The pages of whoever runs Loket. Nothing in them holds a citizen's content.

mod papan;

use actix_web::web::ServiceConfig;

/// Registers the pages of the platform.
pub fn routes(cfg: &mut ServiceConfig) {
    papan::routes(cfg);
}
