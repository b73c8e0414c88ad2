//! Where sealed values of the ledger of stock stand.

use crate::infra::seal::Column;

/// What is said of a line.
pub(super) const NOTE: Column = Column::new("stock_entry", "note");
