//! SQL that cannot leave an office: a statement that does not name `:tenant` does not exist.

use loket_core::id::OfficeId;
use sea_orm::{DatabaseBackend, Statement, Value};

use super::fault::{Fault, Outcome};

/// A statement in SQL that both databases understand. It names the office as `:tenant` and its values,
/// in order, as `?`.
pub struct ScopedSql {
    text: &'static str,
    values: Vec<Value>,
}

impl ScopedSql {
    /// Refuses a statement that does not name `:tenant`.
    pub fn new(text: &'static str, values: Vec<Value>) -> Outcome<Self> {
        if text.contains(":tenant") {
            Ok(Self { text, values })
        } else {
            Err(Fault::Inconsistent("SQL without :tenant"))
        }
    }

    /// Whether it speaks of a table.
    pub(super) fn names(&self, table: &str) -> bool {
        self.text.contains(table)
    }

    /// With the office and the values in their places. Without an office the condition holds for any: only a
    /// test asks for that.
    pub(super) fn bind(self, backend: DatabaseBackend, office: Option<OfficeId>) -> Statement {
        let mut given = self.values.into_iter();
        let mut values: Vec<Value> = Vec::new();
        let mut sql = String::with_capacity(self.text.len() + 16);
        let mut rest = self.text;
        while let Some(at) = rest.find([':', '?']) {
            let (before, from) = rest.split_at(at);
            sql.push_str(before);
            if let Some(after) = from.strip_prefix(":tenant") {
                if let Some(office) = office {
                    values.push(office.into());
                    placeholder(&mut sql, backend, values.len());
                } else {
                    sql.push_str("tenant_id");
                }
                rest = after;
            } else if let Some(after) = from.strip_prefix('?') {
                values.push(given.next().unwrap_or(Value::String(None)));
                placeholder(&mut sql, backend, values.len());
                rest = after;
            } else {
                let (colon, after) = from.split_at(1);
                sql.push_str(colon);
                rest = after;
            }
        }
        sql.push_str(rest);
        Statement::from_sql_and_values(backend, sql, values)
    }
}

fn placeholder(sql: &mut String, backend: DatabaseBackend, number: usize) {
    sql.push(if backend == DatabaseBackend::Postgres { '$' } else { '?' });
    sql.push_str(&number.to_string());
}
