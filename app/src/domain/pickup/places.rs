//! Where sealed values of what is collected stand.

use crate::infra::seal::Column;

/// A place that an officer wrote.
pub(super) const PLACE: Column = Column::new("pickup", "place");
/// Who received something.
pub(super) const NAME: Column = Column::new("handover", "name");
/// How somebody made sure who holds a number.
pub(super) const ASSURANCE: Column = Column::new("handover", "assurance");
/// The hash of what was sent.
pub(super) const SHA256: Column = Column::new("handover", "sha256");
/// Their written authority.
pub(super) const LETTER: Column = Column::new("handover", "letter");
