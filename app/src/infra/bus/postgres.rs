//! Carries the bus between the servers of one PostgreSQL.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, Statement};
use sqlx::postgres::PgListener;

use super::{Bus, parcel::Parcel};

const CHANNEL: &str = "loket";
const COALESCE: Duration = Duration::from_millis(50);
const RECONNECT: Duration = Duration::from_secs(2);

/// Carries what is told, until it is dropped. `url` is listened at by a connection of its own.
pub async fn carry(bus: Bus, url: String, pool: DatabaseConnection) {
    tokio::join!(tell(bus.clone(), pool), hear(bus, url));
}

async fn tell(bus: Bus, pool: DatabaseConnection) {
    loop {
        let parcel = bus.0.abroad.next().await;
        if notify(&pool, parcel.payloads(bus.0.own)).await.is_err() {
            tracing::warn!("the other servers could not be told; they will be told to look at everything");
            bus.0.abroad.add(|parcel| (parcel.rung, parcel.anywhere) = (true, true));
            tokio::time::sleep(RECONNECT).await;
        }
        tokio::time::sleep(COALESCE).await;
    }
}

async fn notify(pool: &DatabaseConnection, payloads: Vec<String>) -> Result<(), DbErr> {
    for payload in payloads {
        let sql = "SELECT pg_notify($1, $2)";
        let values = [CHANNEL.into(), payload.into()];
        pool.execute_raw(Statement::from_sql_and_values(DatabaseBackend::Postgres, sql, values)).await?;
    }
    Ok(())
}

async fn hear(bus: Bus, url: String) {
    loop {
        if let Ok(mut listener) = PgListener::connect(&url).await
            && listener.listen(CHANNEL).await.is_ok()
        {
            listen(&bus, &mut listener).await;
        }
        tokio::time::sleep(RECONNECT).await;
    }
}

/// Passes on what is heard. Whatever was said while nobody listened is not known.
async fn listen(bus: &Bus, listener: &mut PgListener) {
    bus.ring_here();
    bus.miss_here();
    loop {
        match listener.try_recv().await {
            Ok(Some(said)) => pass_on(bus, said.payload()),
            Ok(None) => {
                bus.ring_here();
                bus.miss_here();
            }
            Err(_) => return,
        }
    }
}

fn pass_on(bus: &Bus, payload: &str) {
    let Some(parcel) = Parcel::read(payload, bus.0.own) else { return };
    if parcel.rung {
        bus.ring_here();
    }
    if parcel.anywhere {
        bus.miss_here();
    }
    for (office, changed) in parcel.offices {
        bus.tell_here(office, changed);
    }
}
