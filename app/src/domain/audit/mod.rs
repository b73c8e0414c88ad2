//! Sealing the audit trail.
