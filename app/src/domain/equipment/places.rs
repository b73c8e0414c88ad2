//! Where sealed values of the register of equipment stand.

use crate::infra::seal::Column;

/// What a piece is called.
pub(super) const NAME: Column = Column::new("equipment", "name");
/// Its serial number.
pub(super) const SERIAL: Column = Column::new("equipment", "serial");
/// What is said of a line.
pub(super) const NOTE: Column = Column::new("equipment_entry", "note");
