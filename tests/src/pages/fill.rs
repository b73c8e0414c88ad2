//! Writing many rows past the application: by COPY into PostgreSQL, by one long transaction into SQLite.

use std::{fmt::Write as _, sync::Arc};

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use loket::infra::database::LEARN;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions,
};

use super::rows::{Cell, Rows, Table};
use crate::{Trouble, deployment::Deployment};

/// Bytes handed to the database at once.
const CHUNK: usize = 1 << 20;

/// A connection that may do anything.
pub enum Base {
    /// PostgreSQL's superuser, whom row-level security does not hold.
    Postgres(Box<PgConnection>),
    /// The file.
    Sqlite(Box<SqliteConnection>),
}

impl Base {
    /// Opens what a deployment's rows lie in. Keys are not checked row by row: the rows are made to fit.
    pub async fn of(deployment: &Deployment) -> Result<Self, Trouble> {
        if let Some(database) = deployment.database() {
            let mut connection = PgConnection::connect(&database.admin_url()).await?;
            connection.execute("set session_replication_role = replica").await?;
            connection.execute("set maintenance_work_mem = '512MB'").await?;
            return Ok(Self::Postgres(Box::new(connection)));
        }
        let file = deployment.file().ok_or("a deployment without a database")?;
        let options = SqliteConnectOptions::new().filename(file).foreign_keys(false);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        connection.execute("pragma synchronous = off").await?;
        Ok(Self::Sqlite(Box::new(connection)))
    }

    /// Runs a statement that both databases understand.
    pub async fn run(&mut self, sql: &str) -> Result<u64, Trouble> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Postgres(to) => sqlx::query(sql).execute(&mut **to).await?.rows_affected(),
            Self::Sqlite(to) => sqlx::query(sql).execute(&mut **to).await?.rows_affected(),
        })
    }

    /// One number.
    pub async fn number(&mut self, sql: &str) -> Result<i64, Trouble> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Postgres(to) => sqlx::query_scalar(sql).fetch_one(&mut **to).await?,
            Self::Sqlite(to) => sqlx::query_scalar(sql).fetch_one(&mut **to).await?,
        })
    }

    /// Words, one a row.
    pub async fn words(&mut self, sql: &str) -> Result<Vec<String>, Trouble> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Postgres(to) => sqlx::query_scalar(sql).fetch_all(&mut **to).await?,
            Self::Sqlite(to) => sqlx::query_scalar(sql).fetch_all(&mut **to).await?,
        })
    }

    /// Writes rows; each is made by its number, beside the database's work.
    pub async fn fill(
        &mut self,
        table: Table,
        rows: &Arc<Rows>,
        (count, make): (u64, impl Fn(&Rows, u64) -> Result<Vec<Cell>, Trouble> + Send + 'static),
    ) -> Result<(), Trouble> {
        match self {
            Self::Postgres(to) => copy(to, table, Arc::clone(rows), (count, make)).await,
            Self::Sqlite(to) => insert(to, table, rows, (count, make)).await,
        }
    }

    /// Takes the indexes of a table away and gives back how they are made; the key stays.
    pub async fn without_indexes(&mut self, table: &str) -> Result<Vec<String>, Trouble> {
        let (made, names) = match self {
            Self::Postgres(_) => (
                format!(
                    "select indexdef from pg_indexes where tablename = '{table}' and indexname like 'ix_%' \
                     order by indexname"
                ),
                format!(
                    "select indexname::text from pg_indexes where tablename = '{table}' and indexname like 'ix_%'"
                ),
            ),
            Self::Sqlite(_) => (
                format!(
                    "select sql from sqlite_master where type = 'index' and tbl_name = '{table}' and sql is not null"
                ),
                format!(
                    "select name from sqlite_master where type = 'index' and tbl_name = '{table}' and sql is not null"
                ),
            ),
        };
        let made = self.words(&made).await?;
        for name in self.words(&names).await? {
            self.run(&format!("drop index {name}")).await?;
        }
        Ok(made)
    }

    /// What a database does by itself in its idle hours: it takes stock of what there is.
    pub async fn settle(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Postgres(_) => self.run("vacuum (analyze)").await?,
            // As the server does once a day.
            Self::Sqlite(_) => {
                for pragma in LEARN {
                    self.run(pragma).await?;
                }
                self.run("pragma wal_checkpoint(truncate)").await?
            }
        };
        Ok(())
    }
}

async fn copy(
    to: &mut PgConnection,
    Table(name, columns): Table,
    rows: Arc<Rows>,
    (count, make): (u64, impl Fn(&Rows, u64) -> Result<Vec<Cell>, Trouble> + Send + 'static),
) -> Result<(), Trouble> {
    let mut into = to.copy_in_raw(&format!("copy {name} ({columns}) from stdin")).await?;
    let (give, mut take) = tokio::sync::mpsc::channel::<Vec<u8>>(4);
    let maker = tokio::task::spawn_blocking(move || -> Result<(), Trouble> {
        let mut page = Page::default();
        for nth in 0..count {
            page.line(&make(&rows, nth)?);
            if page.text.len() > CHUNK {
                give.blocking_send(std::mem::take(&mut page.text).into_bytes())?;
            }
        }
        give.blocking_send(page.text.into_bytes())?;
        Ok(())
    });
    while let Some(chunk) = take.recv().await {
        into.send(chunk).await?;
    }
    maker.await??;
    into.finish().await?;
    Ok(())
}

/// Lines as COPY reads them. Times are written by hand: a formatter would take longer than the database.
#[derive(Default)]
struct Page {
    text: String,
    day: Option<(NaiveDate, String)>,
}

impl Page {
    fn line(&mut self, cells: &[Cell]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.text.push('\t');
            }
            self.cell(cell);
        }
        self.text.push('\n');
    }

    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Id(id) => self.text.push_str(id.hyphenated().encode_lower(&mut [0; 36])),
            Cell::Text(text) => self.text.push_str(text),
            Cell::Bytes(bytes) => {
                self.text.push_str("\\\\x");
                self.text.push_str(&hex::encode(bytes));
            }
            Cell::Number(number) => drop(write!(self.text, "{number}")),
            Cell::Time(at) => self.time(*at),
            Cell::Null => self.text.push_str("\\N"),
        }
    }

    fn time(&mut self, at: DateTime<Utc>) {
        let date = at.date_naive();
        if self.day.as_ref().is_none_or(|(known, _)| *known != date) {
            self.day = Some((date, date.to_string()));
        }
        if let Some((_, text)) = &self.day {
            self.text.push_str(text);
        }
        for (mark, part) in [(' ', at.hour()), (':', at.minute()), (':', at.second())] {
            self.text.push(mark);
            for digit in [part / 10, part % 10] {
                self.text.push(char::from_digit(digit, 10).unwrap_or('0'));
            }
        }
        self.text.push_str("+00");
    }
}

async fn insert(
    to: &mut SqliteConnection,
    Table(name, columns): Table,
    rows: &Rows,
    (count, make): (u64, impl Fn(&Rows, u64) -> Result<Vec<Cell>, Trouble>),
) -> Result<(), Trouble> {
    let gaps = vec!["?"; columns.split(',').count()].join(", ");
    let sql = format!("insert into {name} ({columns}) values ({gaps})");
    to.execute("begin").await?;
    for nth in 0..count {
        let mut query = sqlx::query(AssertSqlSafe(sql.clone()));
        for cell in make(rows, nth)? {
            query = match cell {
                Cell::Id(id) => query.bind(id),
                Cell::Text(text) => query.bind(text),
                Cell::Bytes(bytes) => query.bind(bytes),
                Cell::Number(number) => query.bind(number),
                Cell::Time(at) => query.bind(at),
                Cell::Null => query.bind(None::<i64>),
            };
        }
        query.execute(&mut *to).await?;
    }
    to.execute("commit").await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_line_is_as_copy_reads_it() {
        let at = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(3_661);
        let mut page = Page::default();
        page.line(&[
            Cell::Id(uuid::Uuid::from_u128(7)),
            Cell::Text("ditolak".to_owned()),
            Cell::Bytes(vec![1, 255]),
            Cell::Number(-3),
            Cell::Time(at),
            Cell::Null,
        ]);
        let line =
            "00000000-0000-0000-0000-000000000007\tditolak\t\\\\x01ff\t-3\t1970-01-01 01:01:01+00\t\\N\n";
        assert_eq!(page.text, line);
    }
}
