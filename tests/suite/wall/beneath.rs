//! The database from below: as the superuser, or in the SQLite file itself, past every part of the wall.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use loket_core::id::OfficeId;
use loket_tests::app::TestApp;
use sea_orm::{
    ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DbErr, QueryResult, Statement,
    prelude::Uuid,
};

/// A connection that may do anything.
pub struct Beneath {
    /// It.
    pub connection: DatabaseConnection,
    all_of_an_office: String,
    /// What was found last, and when in the database's own count of writes.
    last: Mutex<HashMap<OfficeId, (String, Arc<Rows>)>>,
}

/// Every row of one office, by table.
pub type Rows = BTreeMap<String, String>;

/// Platform tables that hold something of an office, and by what.
const ABOVE: [(&str, &str); 10] = [
    ("office", "id = @"),
    ("office_key", "office_id = @"),
    ("wa_app", "office_id = @"),
    ("wa_route", "office_id = @"),
    ("webhook_delivery", "office_id = @"),
    ("membership", "office_id = @"),
    ("invitation", "office_id = @"),
    ("delegation", "office_id = @"),
    ("account", "id in (select account_id from membership where office_id = @)"),
    ("session", "account_id in (select account_id from membership where office_id = @)"),
];

impl Beneath {
    /// Opens it.
    pub async fn of(app: &TestApp) -> Self {
        let address = match &app.database {
            Some(database) => database.admin_url(),
            None => format!("sqlite://{}", app.folder.path().join("loket.sqlite3").display()),
        };
        let mut options = sea_orm::ConnectOptions::new(address);
        options.max_connections(1).sqlx_logging(false);
        let connection = Database::connect(options).await.unwrap();
        let mut beneath = Self { connection, all_of_an_office: String::new(), last: Mutex::default() };
        beneath.all_of_an_office = beneath.question().await;
        beneath
    }

    /// Whether it is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DatabaseBackend::Postgres
    }

    /// An id as it stands in a statement.
    pub fn literal(&self, id: Uuid) -> String {
        if self.is_postgres() { format!("'{id}'::uuid") } else { format!("x'{}'", id.simple()) }
    }

    /// Runs a statement; `@` stands for the office.
    pub async fn run(&self, sql: &str, office: OfficeId) -> Result<u64, DbErr> {
        let sql = sql.replace('@', &self.literal(office.0));
        // SQLite counts what other connections write, and not this one.
        self.last.lock().unwrap().clear();
        let done = self.connection.execute_raw(self.statement(sql)).await?;
        Ok(done.rows_affected())
    }

    /// The rows of a statement; `@` stands for the office.
    pub async fn rows(&self, sql: &str, office: OfficeId) -> Vec<QueryResult> {
        let sql = sql.replace('@', &self.literal(office.0));
        self.connection.query_all_raw(self.statement(sql.clone())).await.unwrap_or_else(|error| {
            eprintln!("{sql}");
            panic!("{error}")
        })
    }

    /// The texts of a statement's first column.
    pub async fn texts(&self, sql: &str, office: OfficeId) -> Vec<String> {
        let rows = self.rows(sql, office).await;
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
    }

    /// The ids of a statement's first column.
    pub async fn ids(&self, sql: &str, office: OfficeId) -> Vec<Uuid> {
        let rows = self.rows(sql, office).await;
        rows.iter().map(|row| row.try_get_by_index::<Uuid>(0).unwrap()).collect()
    }

    /// The first of them.
    pub async fn id(&self, sql: &str, office: OfficeId) -> Uuid {
        *self.ids(sql, office).await.first().unwrap_or_else(|| panic!("no row: {sql}"))
    }

    /// Everything that belongs to an office. Where nobody has written anything since, what was found last time.
    pub async fn all_of(&self, office: OfficeId) -> Arc<Rows> {
        // Asked first: what is written meanwhile is looked for again.
        let written = self.written().await;
        if let Some((then, rows)) = self.last.lock().unwrap().get(&office)
            && *then == written
        {
            return Arc::clone(rows);
        }
        let rows = self.rows(&self.all_of_an_office, office).await;
        let pair = |row: &QueryResult| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        let rows: Arc<Rows> = Arc::new(rows.iter().map(pair).collect());
        self.last.lock().unwrap().insert(office, (written, Arc::clone(&rows)));
        rows
    }

    /// How far the database's own count of what others write is: it moves with every commit.
    async fn written(&self) -> String {
        if self.is_postgres() {
            self.texts("select pg_current_wal_insert_lsn()::text", OfficeId::NIL).await.remove(0)
        } else {
            let rows = self.rows("pragma data_version", OfficeId::NIL).await;
            rows[0].try_get_by_index::<i64>(0).unwrap().to_string()
        }
    }

    /// Every table with a `tenant_id`.
    pub async fn tenant_tables(&self) -> Vec<String> {
        let sql = if self.is_postgres() {
            "select table_name::text from information_schema.columns \
             where table_schema = 'public' and column_name = 'tenant_id' order by 1"
        } else {
            "select m.name from sqlite_master m, pragma_table_info(m.name) c \
             where m.type = 'table' and c.name = 'tenant_id' order by 1"
        };
        self.texts(sql, OfficeId::NIL).await
    }

    async fn question(&self) -> String {
        let own = self.tenant_tables().await.into_iter().map(|table| (table, "tenant_id = @"));
        let above = ABOVE.iter().map(|(table, which)| ((*table).to_owned(), *which));
        let mut parts = Vec::new();
        for (table, which) in own.chain(above) {
            let whole = if self.is_postgres() {
                "t::text".to_owned()
            } else {
                let sql = format!("select 'quote(' || name || ')' from pragma_table_info('{table}')");
                self.texts(&sql, OfficeId::NIL).await.join("||','||")
            };
            let joined = if self.is_postgres() {
                "md5(string_agg(w.line, '|' order by w.line))"
            } else {
                "group_concat(w.line, '|')"
            };
            parts.push(format!(
                "select '{table}', coalesce({joined}, '') from \
                 (select {whole} as line from {table} t where {which} order by 1) w"
            ));
        }
        parts.join(" union all ")
    }

    fn statement(&self, sql: String) -> Statement {
        Statement::from_string(self.connection.get_database_backend(), sql)
    }
}

/// The tables in which something is different.
pub fn changed(before: &Rows, after: &Rows) -> Vec<String> {
    before
        .iter()
        .filter(|(table, rows)| after.get(*table) != Some(rows))
        .map(|(table, _)| table.clone())
        .collect()
}
