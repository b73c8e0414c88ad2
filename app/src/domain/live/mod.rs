//! Who hears of what changed. The bus says which things changed; here it is found out, once for all who
//! listen in an office, where those belong, and each listener hears of what lies within their reach.

mod ear;
mod hub;
mod located;

pub use ear::{Ear, Heard};
pub use hub::{Hub, Listener};
pub use located::Located;
