//! Where the sealed columns of contacts lie.

use crate::infra::seal::Column;

pub(super) const NAME: Column = Column::new("contact", "name");
pub(super) const TRUSTED_PHONE: Column = Column::new("trusted_sender", "phone");
pub(super) const VALUE: Column = Column::new("contact_identity", "value");
