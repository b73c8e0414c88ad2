//! Fresh databases are separate, are copies of their template, and are reached by roles that RLS binds.

use loket_tests::Trouble;
use loket_tests::postgres::{Cluster, ROLES};
use sqlx::{Connection, Executor, PgConnection};

#[tokio::test]
async fn no_role_of_the_application_steps_over_row_level_security() -> Result<(), Trouble> {
    let cluster = Cluster::of_this_run().await?;
    let mut superuser = cluster.superuser().await?;
    for role in ROLES {
        let powers: (bool, bool, bool, bool) = sqlx::query_as(
            "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = $1",
        )
        .bind(role)
        .fetch_one(&mut superuser)
        .await?;
        assert_eq!(powers, (false, false, false, false), "{role}");
    }
    Ok(())
}

#[tokio::test]
async fn a_fresh_database_is_reached_by_every_role_and_gone_afterwards() -> Result<(), Trouble> {
    let cluster = Cluster::of_this_run().await?;
    let database = cluster.fresh_database("rig", None).await?;
    for url in [&database.urls.owner, &database.urls.app, &database.urls.platform] {
        let mut connection = PgConnection::connect(url).await?;
        let (role, name): (String, String) =
            sqlx::query_as("select current_user::text, current_database()::text")
                .fetch_one(&mut connection)
                .await?;
        assert!(url.contains(&role), "{role}");
        assert_eq!(name, database.name);
    }
    let name = database.name.clone();
    drop(database);
    let mut superuser = cluster.superuser().await?;
    let left: i64 = sqlx::query_scalar("select count(*) from pg_database where datname = $1")
        .bind(name)
        .fetch_one(&mut superuser)
        .await?;
    assert_eq!(left, 0);
    Ok(())
}

#[tokio::test]
async fn a_template_is_built_once_and_its_copies_do_not_see_each_other() -> Result<(), Trouble> {
    let cluster = Cluster::of_this_run().await?;
    let build = async |urls: loket_tests::postgres::Urls| {
        let mut owner = PgConnection::connect(&urls.owner).await?;
        owner.execute("create table things (name text); grant select, insert on things to loket_app").await?;
        owner.close().await?;
        Ok(())
    };
    // A second build would fail, because the table would be there already.
    let (one, two) =
        tokio::join!(cluster.template("rig_template", build), cluster.template("rig_template", build));
    one.and(two)?;
    let first = cluster.fresh_database("first", Some("rig_template")).await?;
    let second = cluster.fresh_database("second", Some("rig_template")).await?;
    let mut writer = PgConnection::connect(&first.urls.app).await?;
    writer.execute("insert into things values ('x')").await?;
    let mut reader = PgConnection::connect(&second.urls.app).await?;
    let seen: i64 = sqlx::query_scalar("select count(*) from things").fetch_one(&mut reader).await?;
    assert_eq!(seen, 0);
    Ok(())
}
