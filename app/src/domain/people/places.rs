//! Where the sealed words about an office's people lie.

use crate::infra::seal::Column;

/// Why somebody acts for the head: it may tell of an illness.
pub(super) const BASIS: Column = Column::new("delegation", "basis");
