//! Where the sealed columns of requests lie.

use crate::infra::seal::Column;

pub(super) const SUBJECT: Column = Column::new("request", "subject");
pub(super) const FIELDS: Column = Column::new("request", "fields");
pub(super) const LINK_FIELDS: Column = Column::new("entry_link", "fields");
pub(super) const SAID: Column = Column::new("request_event", "payload");
/// Why more care is taken of somebody.
pub(super) const CARE_REASONS: Column = Column::new("care", "reasons");
/// What helps them.
pub(super) const CARE_NEEDS: Column = Column::new("care", "needs");
/// Where they are visited.
pub(super) const CARE_ADDRESS: Column = Column::new("care", "address");
/// The hash of what the office made.
pub(super) const RESULT_SHA256: Column = Column::new("request", "result_sha256");
/// How the printed letter about a compensation reached its citizen.
pub(super) const COMPENSATION_DELIVERED: Column = Column::new("compensation", "delivered");
/// What was given as compensation.
pub(super) const COMPENSATION_NOTE: Column = Column::new("compensation", "note");
