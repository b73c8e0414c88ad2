//! What happens regularly: one server at a time takes each turn.

use std::time::Duration;

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::OfficeId};
use loket_entity::schedule;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use tokio::sync::watch;

use super::{NewJob, store};
use crate::infra::{fault::Outcome, house::House, platform_tx::PlatformTx};

/// Something regular: a job that is queued at most once each interval, by one of the servers.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Its name, and the kind of the job it queues.
    pub name: &'static str,
    /// How often.
    pub every: TimeDelta,
}

impl Schedule {
    /// Queues what is due until `stop` turns true.
    pub async fn run(schedules: Vec<Self>, house: House, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            for one in &schedules {
                if let Err(fault) = one.take_turn(&house).await {
                    tracing::warn!(name = one.name, fault = %fault, "a schedule could not take its turn");
                }
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }

    /// Queues the job if its time has come and no other server was first.
    pub async fn take_turn(&self, house: &House) -> Outcome<bool> {
        if !self.is_due(house).await? {
            return Ok(false);
        }
        let mut tx = PlatformTx::write(house).await?;
        let mine = claim(tx.on(), self.name, tx.now(), tx.now() + self.every).await?;
        if mine {
            let job = NewJob::new(self.name, &())?.unique(self.name).priority(20);
            store::insert(tx.on(), tx.keys(), (tx.new_id(), OfficeId::NIL, tx.now()), job).await?;
            tx.wake_after_commit();
        }
        tx.commit().await?;
        Ok(mine)
    }

    async fn is_due(&self, house: &House) -> Outcome<bool> {
        let tx = PlatformTx::read(house).await?;
        let row =
            tx.find::<schedule::Entity>().filter(schedule::Column::Name.eq(self.name)).one(tx.on()).await?;
        Ok(row.is_none_or(|row| row.next_at <= tx.now()))
    }
}

#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
async fn claim<C: ConnectionTrait>(on: &C, name: &str, now: Instant, next: Instant) -> Outcome<bool> {
    let row = schedule::ActiveModel { name: Set(name.to_owned()), next_at: Set(now) };
    schedule::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on)
        .await?;
    let taken = schedule::Entity::update_many()
        .col_expr(schedule::Column::NextAt, Expr::value(next))
        .filter(schedule::Column::Name.eq(name))
        .filter(schedule::Column::NextAt.lte(now))
        .exec(on)
        .await?;
    Ok(taken.rows_affected == 1)
}
