//! How a table is made part of the tenancy wall.
//!
//! A tenant table has the primary key `(tenant_id, id)`, refers to other tenant tables only by
//! `(tenant_id, x_id)`, and on PostgreSQL has forced row-level security for the role `loket_app`.
//! A platform table belongs to `loket_platform` alone. SQLite has no roles: there the keys and the
//! application's own door are the wall.

use sea_orm_migration::{prelude::*, schema::uuid, sea_orm::DatabaseBackend};

/// Every tenant table, so that a test can hold the list against the database's own.
pub const TENANT_TABLES: &[&str] = &[
    "unit",
    "officer",
    "service",
    "variant",
    "requirement",
    "format_use",
    "contact",
    "contact_identity",
    "wa_number",
    "wa_number_service",
    "wa_number_unit",
    "wa_number_officer",
    "quick_reply",
    "quick_reply_service",
    "trusted_sender",
    "edition",
    "conversation",
    "message",
    "message_status",
    "parked_status",
    "media",
    "file",
    "receipt_counter",
    "entry_link",
    "request",
    "request_name",
    "request_event",
    "paper",
    "forwarding",
    "outage",
    "outage_event",
    "outage_file",
    "outage_told",
    "stock_item",
    "stock_use",
    "stock_entry",
    "answer_forecast",
    "equipment",
    "equipment_entry",
    "pickup_point",
    "pickup",
    "appointment",
    "consignment",
    "handover",
    "care",
    "visit_round",
    "visit",
    "compensation",
    "audit_entry",
    "audit_seal",
    "fact_case",
    "fact_paper",
    "fact_hour",
    "fact_stale",
];

/// What `loket_app` may do with a tenant table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writes {
    /// Rows come, change and go.
    Freely,
    /// Rows come and stay as they are: no update, no delete, by right and by trigger.
    InsertOnly,
}

/// Starts a tenant table: `tenant_id` and `id` lead, and together they are the key.
pub(crate) fn tenant_table(name: &'static str) -> TableCreateStatement {
    let mut table = Table::create()
        .table(name)
        .col(uuid("tenant_id"))
        .col(uuid("id"))
        .primary_key(Index::create().col("tenant_id").col("id"))
        .to_owned();
    refer(&mut table, name, &["tenant_id"], "office", &["id"]);
    table
}

/// Adds a reference to another tenant table, led by the tenant, so that it cannot cross offices.
pub(crate) fn tenant_ref(
    table: &mut TableCreateStatement,
    name: &'static str,
    column: &'static str,
    to: &'static str,
) {
    refer(table, name, &["tenant_id", column], to, &["tenant_id", "id"]);
}

fn refer(
    table: &mut TableCreateStatement,
    name: &'static str,
    from: &[&'static str],
    to: &'static str,
    to_columns: &[&'static str],
) {
    let mut key = ForeignKey::create();
    key.name(format!("fk_{name}_{}", from.last().copied().unwrap_or("tenant_id")));
    for column in from {
        key.from(name, *column);
    }
    for column in to_columns {
        key.to(to, *column);
    }
    key.on_delete(ForeignKeyAction::NoAction);
    table.foreign_key(&mut key);
}

/// Creates an index named after its table and columns.
pub(crate) async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut statement = Index::create();
    statement.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        statement.col(*column);
    }
    if unique {
        statement.unique();
    }
    manager.create_index(statement).await
}

/// Creates a tenant table and raises the wall around it.
pub(crate) async fn create_tenant(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: TableCreateStatement,
    writes: Writes,
) -> Result<(), DbErr> {
    manager.create_table(table).await?;
    if writes == Writes::InsertOnly {
        forbid_changes(manager, name).await?;
    }
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        let rights =
            if writes == Writes::Freely { "SELECT, INSERT, UPDATE, DELETE" } else { "SELECT, INSERT" };
        secure(manager, name, rights).await?;
    }
    Ok(())
}

/// Lets `loket_app` write its own office's rows of a platform table (`job`, `webhook_item`): what
/// follows from an operation is queued in the operation's own transaction.
pub(crate) async fn open_to_offices(
    manager: &SchemaManager<'_>,
    name: &str,
    rights: &str,
) -> Result<(), DbErr> {
    if manager.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    secure(manager, name, rights).await?;
    run(
        manager,
        &format!("CREATE POLICY platform ON {name} FOR ALL TO loket_platform USING (true) WITH CHECK (true)"),
    )
    .await
}

/// Hands a platform table to `loket_platform`.
pub(crate) async fn create_platform(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: TableCreateStatement,
) -> Result<(), DbErr> {
    manager.create_table(table).await?;
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        run(manager, &format!("GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO loket_platform")).await?;
    }
    Ok(())
}

/// Lets the server see which migrations have run, so that it can refuse a database that is behind.
pub(crate) async fn show_history(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    run(manager, "GRANT SELECT ON seaql_migrations TO loket_platform").await
}

/// Refuses UPDATE and DELETE by trigger, whoever asks.
pub(crate) async fn forbid_changes(manager: &SchemaManager<'_>, name: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        run(
            manager,
            "CREATE OR REPLACE FUNCTION loket_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$",
        )
        .await?;
        return run(
            manager,
            &format!(
                "CREATE TRIGGER {name}_insert_only BEFORE UPDATE OR DELETE ON {name} \
                 FOR EACH ROW EXECUTE FUNCTION loket_insert_only()"
            ),
        )
        .await;
    }
    for verb in ["UPDATE", "DELETE"] {
        run(
            manager,
            &format!(
                "CREATE TRIGGER {name}_no_{} BEFORE {verb} ON {name} \
                 BEGIN SELECT RAISE(ABORT, 'rows of {name} are never changed'); END",
                verb.to_lowercase()
            ),
        )
        .await?;
    }
    Ok(())
}

async fn secure(manager: &SchemaManager<'_>, name: &str, rights: &str) -> Result<(), DbErr> {
    let own = "tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)";
    run(manager, &format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")).await?;
    run(manager, &format!("ALTER TABLE {name} FORCE ROW LEVEL SECURITY")).await?;
    run(manager, &format!("GRANT {rights} ON {name} TO loket_app")).await?;
    run(
        manager,
        &format!("CREATE POLICY own_office ON {name} FOR ALL TO loket_app USING ({own}) WITH CHECK ({own})"),
    )
    .await
}

pub(crate) async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(|_| ())
}

/// Has the facts of every day counted anew.
pub(crate) async fn count_anew(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    unheld(m, &["fact_office"], "UPDATE fact_office SET built_through = NULL").await
}

/// Changes rows of every office. Whoever migrates is held by row-level security like everybody else, and belongs to no office.
pub(crate) async fn unheld(m: &SchemaManager<'_>, tables: &[&str], sql: &str) -> Result<(), DbErr> {
    let held = m.get_database_backend() == DatabaseBackend::Postgres;
    for table in tables.iter().filter(|_| held) {
        run(m, &format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")).await?;
    }
    run(m, sql).await?;
    for table in tables.iter().filter(|_| held) {
        run(m, &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY")).await?;
    }
    Ok(())
}
