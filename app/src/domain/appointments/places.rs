//! Where sealed values of appointments stand.

use crate::infra::seal::Column;

/// What the officer at the place should know.
pub(super) const NOTE: Column = Column::new("appointment", "note");
