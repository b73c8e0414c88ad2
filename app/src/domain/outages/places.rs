//! Where sealed values of outages stand.

use crate::infra::seal::Column;

/// The number under which whoever answers for it knows it.
pub(super) const REFERENCE: Column = Column::new("outage", "reference");
/// What officers say of an outage.
pub(super) const NOTE: Column = Column::new("outage", "note");
