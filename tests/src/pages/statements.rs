//! How many statements a page runs, as PostgreSQL itself counts them.

use sqlx::{Connection, Executor, PgConnection, Row};

use super::load::Visitor;
use crate::{Trouble, deployment::Deployment};

/// Looks over which statements are counted: what runs less often than once a look belongs to something else.
const LOOKS: u32 = 100;
/// Looks of one page that are not the same for all (a session's last use is written once a minute).
const SPARE: u32 = 5;

/// The statements that took longest are told, so many.
const SLOWEST: usize = 4;

/// What one look at a page ran.
#[derive(Debug, Default)]
pub struct Ran {
    /// Statements that ask or write.
    pub queries: u64,
    /// Statements that begin and end transactions.
    pub control: u64,
    /// What took longest in the database, in milliseconds a look, and its words.
    pub slowest: Vec<(f64, String)>,
}

/// PostgreSQL's own count.
pub struct Statements(PgConnection);

impl Statements {
    /// Of a deployment on PostgreSQL whose cluster counts; nothing on another.
    pub async fn of(deployment: &Deployment) -> Result<Option<Self>, Trouble> {
        let Some(database) = deployment.database() else { return Ok(None) };
        let mut superuser = PgConnection::connect(&database.admin_url()).await?;
        let counts = superuser.execute("create extension if not exists pg_stat_statements").await.is_ok()
            && superuser.execute("select pg_stat_statements_reset()").await.is_ok();
        Ok(counts.then_some(Self(superuser)))
    }

    /// What one look at a page runs.
    pub async fn of_page(&mut self, who: &Visitor, path: &str) -> Result<Ran, Trouble> {
        self.0.execute("select pg_stat_statements_reset()").await?;
        who.one_by_one(path, (0, usize::try_from(LOOKS)?)).await?;
        let rows = sqlx::query(
            "select (calls + $2) / $1 as often, query ~* '^(begin|commit|rollback|set transaction)' as control, \
             total_exec_time / $1 as took, query from pg_stat_statements join pg_roles on pg_roles.oid = userid \
             where rolname in ('loket_app', 'loket_platform') order by total_exec_time desc",
        )
        .bind(i64::from(LOOKS))
        .bind(i64::from(SPARE))
        .fetch_all(&mut self.0)
        .await?;
        let mut ran = Ran::default();
        for row in rows {
            let often = u64::try_from(row.try_get::<i64, _>("often")?)?;
            if row.try_get::<bool, _>("control")? {
                ran.control += often;
            } else {
                ran.queries += often;
            }
            if ran.slowest.len() < SLOWEST {
                ran.slowest.push((row.try_get("took")?, row.try_get("query")?));
            }
        }
        Ok(ran)
    }
}
