//! One size of an office after the other: filled, counted by the server's own rollup, measured.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    fill::Base,
    rows::{EVENT, REQUEST, Rows},
    talks::{CONTACT, CONVERSATION, IDENTITY, MESSAGE},
};
use crate::{Trouble, deployment::Deployment, server::Server};

/// What came in and ended today, in every size.
pub const TODAY: u64 = 300;
/// Messages of a conversation.
const MESSAGES: u64 = 10;
/// How long the server may take to count three years.
const COUNTING: Duration = Duration::from_secs(1_800);
/// From this many rows on, indexes are made anew instead of kept up.
const MANY: u64 = 200_000;

/// An office that grows.
pub struct Stage {
    /// Its rows.
    pub base: Base,
    rows: Arc<Rows>,
    past: u64,
    open: u64,
}

impl Stage {
    /// An office with a day's work and open requests, and nothing before.
    pub async fn begin(mut base: Base, rows: Rows, (open, talks): (u64, u64)) -> Result<Self, Trouble> {
        let rows = Arc::new(rows);
        base.fill(REQUEST, &rows, (TODAY, |rows, nth| Ok(rows.today(nth, TODAY).0))).await?;
        for line in 0..2 {
            let make = move |rows: &Rows, nth| {
                rows.today(nth, TODAY).1.into_iter().nth(line).ok_or_else(|| "no such line".into())
            };
            base.fill(EVENT, &rows, (TODAY, make)).await?;
        }
        base.fill(CONTACT, &rows, (talks, |rows, nth| Ok(rows.talk(nth, 0)?.contact))).await?;
        base.fill(IDENTITY, &rows, (talks, |rows, nth| Ok(rows.talk(nth, 0)?.identity))).await?;
        base.fill(CONVERSATION, &rows, (talks, |rows, nth| Ok(rows.talk(nth, MESSAGES)?.conversation)))
            .await?;
        let message = |rows: &Rows, nth: u64| {
            let mut said = rows.talk(nth / MESSAGES, MESSAGES)?.messages;
            Ok(said.swap_remove(usize::try_from(nth % MESSAGES)?))
        };
        base.fill(MESSAGE, &rows, (talks * MESSAGES, message)).await?;
        let mut stage = Self { base, rows, past: 0, open: 0 };
        stage.opens(open).await?;
        Ok(stage)
    }

    /// Open requests, so many more.
    pub async fn opens(&mut self, more: u64) -> Result<(), Trouble> {
        let before = self.open;
        self.base.fill(REQUEST, &self.rows, (more, move |rows, nth| rows.open((nth, more), before))).await?;
        self.open += more;
        self.base.settle().await
    }

    /// Grows to so many past requests.
    pub async fn grows_to(&mut self, past: u64) -> Result<(), Trouble> {
        let (begun, more) = (Instant::now(), past.saturating_sub(self.past));
        let mut indexes = Vec::new();
        if more >= MANY {
            indexes.extend(self.base.without_indexes("request").await?);
            indexes.extend(self.base.without_indexes("request_event").await?);
        }
        self.base.fill(REQUEST, &self.rows, (more, move |rows, nth| Ok(rows.past(nth, more)))).await?;
        self.base.fill(EVENT, &self.rows, (more, move |rows, nth| Ok(rows.past_end(nth, more)))).await?;
        for index in indexes {
            self.base.run(&index).await?;
        }
        // Counted by nobody yet: the server counts every day anew, and its turn is now.
        self.base.run("update fact_office set built_through = null").await?;
        self.base.run("delete from schedule where name = 'kpi.rollup'").await?;
        self.base.settle().await?;
        self.past = past;
        println!("filled to {past} past requests in {:.0?}", begun.elapsed());
        Ok(())
    }

    /// Waits until the server has looked at every clock that was due; says how many there were and how long it took.
    pub async fn looked(&mut self) -> Result<(i64, Duration), Trouble> {
        let now = match &self.base {
            Base::Postgres(_) => "now()",
            Base::Sqlite(_) => "strftime('%Y-%m-%dT%H:%M:%S', 'now')",
        };
        let due = format!("select count(*) from request where next_check <= {now}");
        let (begun, all) = (Instant::now(), self.base.number(&due).await?);
        while self.base.number(&due).await? > 0 {
            if begun.elapsed() > COUNTING {
                return Err("the server has not looked at the clocks".into());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok((all, begun.elapsed()))
    }

    /// Starts the server and waits until it has counted every day that is over.
    pub async fn counted(&mut self, deployment: &Deployment) -> Result<Server, Trouble> {
        let server = deployment.launch.start().await?;
        let begun = Instant::now();
        let office = self.rows.ground().office;
        let of_office = match &self.base {
            Base::Postgres(_) => format!("'{office}'"),
            Base::Sqlite(_) => format!("x'{}'", office.0.simple()),
        };
        let counted = format!(
            "select count(*) from fact_office where tenant_id = {of_office} and built_through is not null"
        );
        let yesterday = self.rows.ground().today().pred_opt().ok_or("no yesterday")?;
        let due = format!("{counted} and built_through >= '{yesterday}'");
        while self.base.number(&due).await? == 0 {
            if begun.elapsed() > COUNTING {
                return Err("the server has not counted the facts".into());
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        let arrived =
            format!("select cast(sum(arrived) as bigint) from fact_day where tenant_id = {of_office}");
        let requests = format!("select count(*) from request where tenant_id = {of_office}");
        let (facts, rows) = (self.base.number(&arrived).await?, self.base.number(&requests).await?);
        println!(
            "counted by the server in {:.0?}: facts say {facts} requests, there are {rows}",
            begun.elapsed()
        );
        self.base.settle().await?;
        if facts == rows { Ok(server) } else { Err("facts and requests differ".into()) }
    }

    /// Offices beside it in its province, each with the same facts.
    pub async fn neighbours(&mut self, count: u64) -> Result<(), Trouble> {
        let Base::Postgres(_) = self.base else { return Ok(()) };
        let office = self.rows.ground().office;
        for sql in [
            format!(
                "insert into office select (jsonb_populate_record(office, jsonb_build_object('id', \
                 gen_random_uuid(), 'slug', 'uji-' || n, 'receipt_code', 'U' || n, 'name', 'Kantor uji ' || n, \
                 'region_code', '36U' || n))).* \
                 from office, generate_series(1, {count}) n where id = '{office}'"
            ),
            format!(
                "insert into fact_office select (jsonb_populate_record(fact_office, \
                 jsonb_build_object('tenant_id', office.id))).* from fact_office, office \
                 where tenant_id = '{office}' and slug like 'uji-%'"
            ),
            format!(
                "insert into fact_day (tenant_id, day, service_id, arrived, finished, rejected, cancelled, \
                 first_right, response, settlement, ended, reopened, in_time, late, kept, missed, answered_in_time, answered_late) \
                 select office.id, day, service_id, arrived, finished, rejected, cancelled, \
                 first_right, response, settlement, ended, reopened, in_time, late, kept, missed, answered_in_time, answered_late from fact_day, office \
                 where tenant_id = '{office}' and slug like 'uji-%' and day > current_date - 40"
            ),
        ] {
            self.base.run(&sql).await?;
        }
        self.base.settle().await
    }
}
