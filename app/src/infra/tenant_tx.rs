//! The only door to rows that belong to an office.
//!
//! A `TenantTx` never hands out its connection. It runs [`Scoped`] queries, which begin filtered by the
//! office, inserts that write the office over whatever stood in the row, and [`ScopedSql`], which does
//! not exist without `:tenant`. On PostgreSQL row-level security stands behind it.
//!
//! Whatever is written through it notes what changed (`TenantOwned::TELLS`): an insert by the row, a change
//! by `RETURNING`, so that neither costs a query more. `Cx` tells it to the bus once the operation stands.

use std::sync::{Mutex, PoisonError};

use loket_core::{id::OfficeId, live::Topic};
use loket_entity::TenantOwned;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseBackend,
    DatabaseTransaction, ExprTrait, FromQueryResult, IdenStatic, IntoActiveModel, ModelTrait, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, UpdateMany, Value,
    sea_query::{Expr, Func, IntoCondition, OnConflict, SimpleExpr},
};
use uuid::Uuid;

use super::{
    bus::Changed,
    database::Databases,
    fault::{Fault, Outcome},
    scoped_sql::ScopedSql,
};

mod counting;

/// One transaction in one office.
pub struct TenantTx {
    inner: DatabaseTransaction,
    tenant: OfficeId,
    filter: bool,
    changed: Mutex<Changed>,
}

/// What a row tells of, if it tells of anything.
type Told = Option<(Topic, Uuid)>;

impl TenantTx {
    pub(super) async fn begin(databases: &Databases, tenant: OfficeId, write: bool) -> Outcome<Self> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(if write {
                SqliteTransactionMode::Immediate
            } else {
                SqliteTransactionMode::Deferred
            }),
            ..TransactionOptions::default()
        };
        let inner = databases.tenant(write).begin_with_options(options).await?;
        if databases.backend() == DatabaseBackend::Postgres {
            // One round trip for both. A transaction that was made to read only never writes again.
            let sql = if write {
                "SELECT set_config('app.tenant_id', $1, true)"
            } else {
                "SELECT set_config('app.tenant_id', $1, true), set_config('transaction_read_only', 'on', true)"
            };
            let office = [tenant.0.to_string().into()];
            inner.execute_raw(Statement::from_sql_and_values(DatabaseBackend::Postgres, sql, office)).await?;
        }
        Ok(Self { inner, tenant, filter: databases.filter, changed: Mutex::default() })
    }

    /// The office this transaction belongs to.
    pub fn tenant(&self) -> OfficeId {
        self.tenant
    }

    /// Begins a query for rows of the office.
    #[expect(clippy::disallowed_methods, reason = "the one place where a tenant query begins")]
    pub fn find<E: TenantOwned>(&self) -> Scoped<'_, E> {
        let select = E::find();
        Scoped {
            select: if self.filter { select.filter(E::TENANT.eq(self.tenant)) } else { select },
            tx: self,
        }
    }

    /// Inserts a row, in this office whatever the row says.
    #[expect(clippy::disallowed_methods, reason = "the one place where tenant rows are inserted")]
    pub async fn insert<E: TenantOwned>(&self, mut row: E::ActiveModel) -> Outcome<()>
    where
        E::ActiveModel: Send,
    {
        E::set_tenant(&mut row, self.tenant);
        let told = told::<E>(&row);
        E::insert(row).exec_without_returning(&self.inner).await?;
        self.note(told);
        Ok(())
    }

    /// Inserts many rows at once, in this office whatever they say.
    #[expect(clippy::disallowed_methods, reason = "the one place where tenant rows are inserted")]
    pub async fn insert_all<E: TenantOwned>(&self, rows: Vec<E::ActiveModel>) -> Outcome<()>
    where
        E::ActiveModel: Send,
    {
        let mut rows = rows.into_iter().map(|mut row| {
            E::set_tenant(&mut row, self.tenant);
            row
        });
        loop {
            // SQLite takes 32,766 bound values in a statement.
            let batch: Vec<_> = rows.by_ref().take(500).collect();
            if batch.is_empty() {
                return Ok(());
            }
            let all_told: Vec<Told> = batch.iter().map(told::<E>).collect();
            E::insert_many(batch).exec_without_returning(&self.inner).await?;
            all_told.into_iter().for_each(|told| self.note(told));
        }
    }

    /// Inserts a row unless one with the same unique key is there; says whether it was inserted.
    #[expect(clippy::disallowed_methods, reason = "the one place where tenant rows are inserted")]
    pub async fn insert_once<E: TenantOwned>(&self, mut row: E::ActiveModel) -> Outcome<bool>
    where
        E::ActiveModel: Send,
    {
        E::set_tenant(&mut row, self.tenant);
        let told = told::<E>(&row);
        let rows = E::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(&self.inner)
            .await?;
        self.note(told.filter(|_| rows > 0));
        Ok(rows > 0)
    }

    /// Saves the set columns of a row found by its key within the office.
    pub async fn update<E: TenantOwned>(&self, mut row: E::ActiveModel) -> Outcome<()>
    where
        E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        E::set_tenant(&mut row, self.tenant);
        let row = row.update(&self.inner).await?;
        self.note(E::TELLS.and_then(|(topic, column)| Some((topic, id(row.get(column))?))));
        Ok(())
    }

    /// Begins a change of every row of the office that a condition finds.
    #[expect(clippy::disallowed_methods, reason = "the one place where tenant rows are changed in number")]
    pub fn change<E: TenantOwned>(&self, condition: impl IntoCondition) -> Change<'_, E> {
        let mut all = Condition::all().add(condition.into_condition());
        if self.filter {
            all = all.add(E::TENANT.eq(self.tenant));
        }
        Change { update: E::update_many().filter(all), tx: self }
    }

    /// Deletes every row of the office that a condition finds; says how many.
    #[expect(clippy::disallowed_methods, reason = "the one place where tenant rows are deleted")]
    pub async fn delete<E: TenantOwned>(&self, condition: impl IntoCondition) -> Outcome<u64> {
        let mut all = Condition::all().add(condition.into_condition());
        if self.filter {
            all = all.add(E::TENANT.eq(self.tenant));
        }
        let delete = E::delete_many().filter(all);
        let Some((topic, column)) = E::TELLS else {
            return Ok(delete.exec(&self.inner).await?.rows_affected);
        };
        let mut query = delete.into_query();
        query.returning_col(column);
        let rows = self.inner.query_all(&query).await?;
        self.note_rows(topic, &rows)
    }

    /// Runs a statement that changes rows of a table; says how many.
    pub async fn execute<E: TenantOwned>(&self, sql: ScopedSql) -> Outcome<u64> {
        if !sql.names(E::default().table_name()) {
            return Err(Fault::Inconsistent("SQL of another table"));
        }
        let Some((topic, column)) = E::TELLS else {
            return Ok(self.inner.execute_raw(self.bind(sql)).await?.rows_affected());
        };
        let mut statement = self.bind(sql);
        statement.sql.push_str(" RETURNING ");
        statement.sql.push_str(column.as_str());
        let rows = self.inner.query_all_raw(statement).await?;
        self.note_rows(topic, &rows)
    }

    /// Runs a statement for its rows.
    pub async fn rows(&self, sql: ScopedSql) -> Outcome<Vec<QueryResult>> {
        Ok(self.inner.query_all_raw(self.bind(sql)).await?)
    }

    /// Commits; gives what changed.
    pub(super) async fn commit(self) -> Outcome<Changed> {
        self.inner.commit().await?;
        Ok(self.changed.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn bind(&self, sql: ScopedSql) -> Statement {
        sql.bind(self.inner.get_database_backend(), self.filter.then_some(self.tenant))
    }

    fn note(&self, told: Told) {
        if let Some((topic, id)) = told {
            self.changed.lock().unwrap_or_else(PoisonError::into_inner).note(topic, id);
        }
    }

    /// Notes rows that a statement gave back; says how many there were.
    fn note_rows(&self, topic: Topic, rows: &[QueryResult]) -> Outcome<u64> {
        for row in rows {
            let id: Option<Uuid> = row.try_get_by_index(0)?;
            self.note(id.map(|id| (topic, id)));
        }
        Ok(rows.len() as u64)
    }

    pub(crate) fn connection_for_queue(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

fn told<E: TenantOwned>(row: &E::ActiveModel) -> Told {
    let (topic, column) = E::TELLS?;
    Some((topic, id(row.get(column).into_value()?)?))
}

fn id(value: Value) -> Option<Uuid> {
    match value {
        Value::Uuid(id) => id,
        _ => None,
    }
}

/// A query that began with the office's filter.
pub struct Scoped<'t, E: TenantOwned> {
    select: Select<E>,
    tx: &'t TenantTx,
}

impl<E: TenantOwned> Scoped<'_, E>
where
    E::Model: Send + Sync,
{
    /// Keeps only rows that the condition finds.
    #[must_use]
    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.select = self.select.filter(condition.into_condition());
        self
    }

    /// Orders by a column, smallest first.
    #[must_use]
    pub fn ascending(mut self, column: E::Column) -> Self {
        self.select = self.select.order_by(column, Order::Asc);
        self
    }

    /// Orders by a column, largest first.
    #[must_use]
    pub fn descending(mut self, column: E::Column) -> Self {
        self.select = self.select.order_by(column, Order::Desc);
        self
    }

    /// Orders by a column, largest first, once the rows are found: for a condition that finds few. An index that is in
    /// this order already is not followed, because it would lead past every row of the office; SQLite, which knows
    /// nothing of how many rows a condition finds, would take it.
    #[must_use]
    pub fn sorted_descending(mut self, column: E::Column) -> Self {
        let column = || Expr::expr(column.into_expr());
        self.select = self.select.order_by(Func::coalesce([column(), column()]), Order::Desc);
        self
    }

    /// Leaves out the first rows.
    #[must_use]
    pub fn skip(mut self, rows: u64) -> Self {
        // More than the database can count is past the end as well.
        self.select = self.select.offset(Ord::min(rows, i64::MAX.unsigned_abs()));
        self
    }

    /// The first row, if there is one.
    pub async fn one(self) -> Outcome<Option<E::Model>> {
        Ok(self.select.one(&self.tx.inner).await?)
    }

    /// The first row; its absence is an inconsistency that the keys should have made impossible.
    pub async fn required(self, what: &'static str) -> Outcome<E::Model> {
        self.one().await?.ok_or(Fault::Inconsistent(what))
    }

    /// At most `limit` rows: there is no list without an end.
    pub async fn up_to(self, limit: u64) -> Outcome<Vec<E::Model>> {
        Ok(self.select.limit(limit).all(&self.tx.inner).await?)
    }

    /// How many rows there are.
    pub async fn count(self) -> Outcome<u64> {
        Ok(self.select.count(&self.tx.inner).await?)
    }

    /// Whether there is a row.
    pub async fn exists(self) -> Outcome<bool> {
        Ok(self.select.limit(1).count(&self.tx.inner).await? > 0)
    }

    /// Rows cut to a few columns: begins a narrow read.
    pub async fn columns<M: FromQueryResult + Send>(
        self,
        columns: impl IntoIterator<Item = E::Column>,
        limit: u64,
    ) -> Outcome<Vec<M>> {
        let mut select = self.select.select_only();
        for column in columns {
            select = select.column(column);
        }
        Ok(select.limit(limit).into_model::<M>().all(&self.tx.inner).await?)
    }

    /// As [`Self::columns`], of all rows: more than `most` of them are refused and never cut off unsaid.
    pub async fn all_columns<M: FromQueryResult + Send>(
        self,
        columns: impl IntoIterator<Item = E::Column>,
        (most, what): (u64, &'static str),
    ) -> Outcome<Vec<M>> {
        let rows = self.columns(columns, most + 1).await?;
        if rows.len() as u64 > most { Err(Fault::TooMuch(what)) } else { Ok(rows) }
    }

    /// Groups of rows: the columns that make a group, and what is computed of each group.
    pub async fn grouped<M: FromQueryResult + Send>(
        self,
        by: impl IntoIterator<Item = E::Column>,
        computed: impl IntoIterator<Item = (SimpleExpr, &'static str)>,
        limit: u64,
    ) -> Outcome<Vec<M>> {
        let mut select = self.select.select_only();
        for column in by {
            select = select.column(column).group_by(column);
        }
        for (expr, name) in computed {
            select = select.expr_as(expr, name);
        }
        Ok(select.limit(limit).into_model::<M>().all(&self.tx.inner).await?)
    }

    /// How many rows there are for each value of a column.
    pub async fn tally(self, column: E::Column) -> Outcome<Vec<(String, i64)>> {
        let select = self
            .select
            .select_only()
            .column_as(column, "word")
            .column_as(Expr::val(1).count(), "rows")
            .group_by(column);
        Ok(select.into_tuple::<(String, i64)>().all(&self.tx.inner).await?)
    }
}

/// A change of many rows, already held to the office.
pub struct Change<'t, E: TenantOwned> {
    update: UpdateMany<E>,
    tx: &'t TenantTx,
}

impl<E: TenantOwned> Change<'_, E> {
    /// Sets a column to a value.
    #[must_use]
    pub fn set(mut self, column: E::Column, value: impl Into<Value>) -> Self {
        self.update = self.update.col_expr(column, Expr::value(value.into()));
        self
    }

    /// Sets a column to an expression.
    #[must_use]
    pub fn set_expr(mut self, column: E::Column, expr: SimpleExpr) -> Self {
        self.update = self.update.col_expr(column, expr);
        self
    }

    /// Makes the change; says how many rows it touched.
    pub async fn run(self) -> Outcome<u64> {
        let Some((topic, column)) = E::TELLS else {
            return Ok(self.update.exec(&self.tx.inner).await?.rows_affected);
        };
        let mut query = self.update.into_query();
        query.returning_col(column);
        let rows = self.tx.inner.query_all(&query).await?;
        self.tx.note_rows(topic, &rows)
    }

    /// Makes the change; refuses unless it touched exactly one row, which then was as expected.
    pub async fn run_one(self) -> Outcome<()> {
        if self.run().await? == 1 { Ok(()) } else { Err(Fault::Stale) }
    }
}
