//! Where sealed values of outages stand.

use crate::infra::seal::Column;

/// What officers say of an outage.
pub(super) const NOTE: Column = Column::new("outage", "note");
