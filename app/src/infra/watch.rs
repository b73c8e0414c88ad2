//! What the database is asked, for tests that count it. Only there with the suite's switches, and silent until asked.

use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{DatabaseConnection, Statement};

/// Keeps the statements of all pools of a process while somebody watches.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<Mutex<Option<Vec<Statement>>>>);

impl Watch {
    /// Watches a pool.
    pub(super) fn on(&self, pool: &mut DatabaseConnection) {
        let seen = Arc::clone(&self.0);
        pool.set_metric_callback(move |info| {
            if let Some(seen) = seen.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
                seen.push(info.statement.clone());
            }
        });
    }

    /// Begins to keep them.
    pub fn begin(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }

    /// What was asked since, in order; transactions begin and end unseen.
    pub fn end(&self) -> Vec<Statement> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }
}
