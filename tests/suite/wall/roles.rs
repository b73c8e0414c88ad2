//! What the database itself promises, read from its own catalogue: so that a table that is added tomorrow is inside
//! the wall, or a test says that it is not.

use std::collections::BTreeSet;

use loket_core::id::OfficeId;
use loket_tests::app::{On, TestApp};

use super::{
    beneath::Beneath,
    matrix::{LEFT_OUT, QUESTIONS, registered_steps},
};

async fn ground(on: On) -> (TestApp, Beneath) {
    let app = TestApp::start(on).await.unwrap();
    let beneath = Beneath::of(&app).await;
    (app, beneath)
}

async fn none(beneath: &Beneath, what: &str, sql: &str) {
    let found = beneath.texts(sql, OfficeId::NIL).await;
    assert!(found.is_empty(), "{what}: {found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_of_offices_has_forced_policies_that_check_what_is_written() {
    let (_app, beneath) = ground(On::Postgres).await;
    let of_offices = "select c.oid, c.relname::text as name, c.relrowsecurity, c.relforcerowsecurity from pg_class c \
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' \
         where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace";
    none(
        &beneath,
        "without forced row-level security",
        &format!("select name from ({of_offices}) t where not (relrowsecurity and relforcerowsecurity)"),
    )
    .await;
    none(
        &beneath,
        "without a policy of the office that reads and checks",
        &format!(
            "select name from ({of_offices}) t where not exists (select from pg_policy p \
             where p.polrelid = t.oid and p.polcmd = '*' and p.polroles = array['loket_app'::regrole::oid] \
             and pg_get_expr(p.polqual, p.polrelid) like '%app.tenant_id%' \
             and pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid))"
        ),
    )
    .await;
    none(
        &beneath,
        "a policy more for loket_app, which would open the wall: permissive policies add up",
        "select polrelid::regclass::text from pg_policy where 'loket_app'::regrole::oid = any(polroles) or 0 = any(polroles) \
         group by polrelid having count(*) > 1",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_roles_of_the_application_own_nothing_and_step_over_nothing() {
    let (_app, beneath) = ground(On::Postgres).await;
    let roles = "('loket_app', 'loket_platform')";
    none(
        &beneath,
        "a role with more than it needs",
        "select rolname::text from pg_roles where rolname like 'loket\\_%' \
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)",
    )
    .await;
    none(
        &beneath,
        "owned by a role that serves",
        &format!(
            "select relname::text from pg_class where relowner::regrole::text in {roles} union all \
             select proname::text from pg_proc where proowner::regrole::text in {roles} union all \
             select nspname::text from pg_namespace where nspowner::regrole::text in {roles}"
        ),
    )
    .await;
    none(
        &beneath,
        "a role that is a member of another",
        "select roleid::regrole::text from pg_auth_members where member::regrole::text like 'loket\\_%'",
    )
    .await;
    none(
        &beneath,
        "a table of the platform that loket_app may touch",
        "select c.relname::text from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace \
         and not c.relrowsecurity and has_table_privilege('loket_app', c.oid, 'select, insert, update, delete, truncate')",
    )
    .await;
    none(
        &beneath,
        "a table of offices that loket_platform may touch",
        "select c.relname::text from pg_class c where c.relkind = 'r' and c.relrowsecurity \
         and c.relname not in ('job', 'webhook_item', 'fact_day', 'fact_office') \
         and has_table_privilege('loket_platform', c.oid, 'select, insert, update, delete, truncate')",
    )
    .await;
    none(
        &beneath,
        "may be emptied at once, past every policy and trigger",
        "select c.relname::text from pg_class c, pg_roles r where c.relkind = 'r' and r.rolname in \
         ('loket_app', 'loket_platform') and c.relnamespace = 'public'::regnamespace \
         and has_table_privilege(r.oid, c.oid, 'truncate, trigger, references')",
    )
    .await;
    none(
        &beneath,
        "a schema in which a role that serves may make things",
        &format!(
            "select n.nspname::text from pg_namespace n, pg_roles r where r.rolname in {roles} \
             and n.nspname = 'public' and has_schema_privilege(r.oid, n.oid, 'create')"
        ),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_looks_around_the_policies() {
    let (_app, beneath) = ground(On::Postgres).await;
    none(
        &beneath,
        "a view that asks as its owner, or a copy that no policy covers",
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm' or relkind = 'v' \
         and not coalesce('security_invoker=true' = any(reloptions), false))",
    )
    .await;
    none(
        &beneath,
        "a function that runs as its owner",
        "select proname::text from pg_proc where pronamespace = 'public'::regnamespace and prosecdef",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reference_between_tables_of_offices_is_led_by_the_office() {
    let (_app, beneath) = ground(On::Postgres).await;
    none(
        &beneath,
        "a reference that could cross offices",
        "select f.conrelid::regclass || '.' || f.conname from pg_constraint f where f.contype = 'f' \
         and exists (select from pg_attribute a where a.attrelid = f.confrelid and a.attname = 'tenant_id') \
         and not (select a.attname from pg_attribute a where a.attrelid = f.conrelid and a.attnum = f.conkey[1]) \
         = 'tenant_id'",
    )
    .await;
    none(
        &beneath,
        "a key that is not led by the office",
        "select c.conrelid::regclass::text from pg_constraint c where c.contype in ('p', 'u') \
         and exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = 'tenant_id') \
         and c.conrelid <> 'job'::regclass \
         and (select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[1]) \
         <> 'tenant_id'",
    )
    .await;
    none(
        &beneath,
        "a unique index over all offices, which tells one what another has",
        "select i.indexrelid::regclass::text from pg_index i where i.indisunique \
         and exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'tenant_id') \
         and i.indexrelid::regclass::text <> 'job_pkey' \
         and (select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]) \
         <> 'tenant_id'",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lists_of_tables_are_the_databases_own() {
    for on in [On::Sqlite, On::Postgres] {
        let (_app, beneath) = ground(on).await;
        let there: BTreeSet<String> = beneath.tenant_tables().await.into_iter().collect();
        let with = |list: &[&str], more: &[&str]| -> BTreeSet<String> {
            list.iter().chain(more).map(|table| (*table).to_owned()).collect()
        };
        assert_eq!(
            there,
            with(loket_migration::TENANT_TABLES, &["job", "webhook_item", "fact_day", "fact_office"]),
            "{on:?}"
        );
        assert_eq!(there, with(loket_entity::tenant::TABLES, &["job"]), "{on:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_has_a_question_and_every_question_a_route() {
    let (app, _beneath) = ground(On::Sqlite).await;
    let served = served(&app).await;
    let asked: BTreeSet<String> =
        QUESTIONS.iter().map(|one| format!("{} {}", one.method, one.route)).collect();
    assert_eq!(served, asked, "what is served, and what is asked");
    let left_out: BTreeSet<&str> = LEFT_OUT.iter().map(|(route, why)| (*route, !why.is_empty()).0).collect();
    let routes: BTreeSet<&str> = QUESTIONS.iter().map(|one| one.route).chain(left_out).collect();
    assert_eq!(
        routes,
        loket::web::routes::PATTERNS.iter().copied().collect(),
        "what is listed, and what is asked"
    );
    let asked: BTreeSet<(&str, &str)> =
        QUESTIONS.iter().filter_map(|one| Some((one.step()?, one.path))).collect();
    let steps: Vec<String> = asked.into_iter().map(|(step, _)| step.to_owned()).collect();
    assert_eq!(steps, registered_steps(), "the steps of requests and papers");
    for (route, why) in LEFT_OUT {
        println!("left out: {route}: {why}");
    }
}

/// `GET /masuk` and so on, as actix registered them.
async fn served(app: &TestApp) -> BTreeSet<String> {
    use actix_web::{App, introspection::IntrospectionTree, test, web};

    async fn list(tree: web::Data<IntrospectionTree>) -> String {
        tree.report_as_json()
    }
    let site = web::Data::from(std::sync::Arc::clone(&app.assembly.site));
    let served = App::new()
        .service(web::resource("/daftar-alamat").get(list))
        .configure(|cfg| loket::web::site(cfg, site, None));
    let served = test::init_service(served).await;
    let report =
        test::call_and_read_body(&served, test::TestRequest::with_uri("/daftar-alamat").to_request()).await;
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let mut routes = BTreeSet::new();
    for item in report.as_array().into_iter().flatten() {
        let path = item["full_path"].as_str().unwrap_or_default();
        if path.starts_with('/') && path != "/daftar-alamat" {
            for method in item["methods"].as_array().into_iter().flatten() {
                routes.insert(format!("{} {path}", method.as_str().unwrap_or_default()));
            }
        }
    }
    routes
}
