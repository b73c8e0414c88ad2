//! Where sealed values of consignments stand.

use crate::infra::seal::Column;

/// The citizen's address, or the name of the other office.
pub(super) const DESTINATION: Column = Column::new("consignment", "destination");
/// Who brings it.
pub(super) const CARRIER: Column = Column::new("consignment", "carrier");
/// The number by which it can be followed, or of the covering letter.
pub(super) const NUMBER: Column = Column::new("consignment", "number");
/// What officers should know.
pub(super) const NOTE: Column = Column::new("consignment", "note");
/// Who acknowledged it.
pub(super) const RECEIVER: Column = Column::new("consignment", "receiver");
