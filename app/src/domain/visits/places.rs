//! Where sealed values of home visits stand.

use crate::infra::seal::Column;

/// Where a round goes.
pub(super) const TITLE: Column = Column::new("visit_round", "title");
/// How to get there, and what to take along.
pub(super) const PLAN: Column = Column::new("visit_round", "plan");
/// What came of a round.
pub(super) const REPORT: Column = Column::new("visit_round", "report");
/// What is said of a visit.
pub(super) const NOTE: Column = Column::new("visit", "note");
