//! How much a tab of the queue holds: counted on each look, but no further than is told, and not again at once.

use loket::{
    domain::requests::{self, COUNTED, QueueTab},
    infra::{Cx, SystemReason},
};
use loket_entity::request;
use loket_tests::{app::TestApp, on_both_databases};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait};

use crate::kpi::life::{Life, TANGERANG};

on_both_databases!(a_tab_that_holds_more_than_is_told_is_counted_once_a_minute,);

/// Opens so many more requests, like one that is there.
async fn crowd(app: &TestApp, life: &Life<'_>, more: u64) {
    let like = app.rows::<request::Entity>(TANGERANG).await.unwrap().remove(0);
    let cx = Cx::system(&app.house, life.office.id, SystemReason::Seed).await.unwrap();
    let rows = (0..more).map(|nth| {
        let row = request::ActiveModel::from(like.clone()).reset_all();
        request::ActiveModel { id: Set(cx.new_id()), receipt: Set(format!("UJI-{nth}")), ..row }
    });
    cx.tx().insert_all::<request::Entity>(rows.collect()).await.unwrap();
    cx.commit().await.unwrap();
}

/// What the first tab is said to hold, and how many statements that took.
async fn looks(app: &TestApp, life: &Life<'_>) -> (u64, bool, usize) {
    let cx = life.reading(life.whole()).await;
    app.house.databases.watch.begin();
    let counts = requests::queue_counts(&cx).await.unwrap();
    let asked = app.house.databases.watch.end();
    let (tab, count) = counts[0];
    assert_eq!((tab, counts.len()), (QueueTab::Turn, QueueTab::ALL.len()));
    let of_others = |one: &&sea_orm::Statement| one.sql.contains(r#""state" ="#);
    assert_eq!(asked.iter().filter(of_others).count(), 1, "the others are counted each time");
    let first = asked.iter().filter(|one| one.sql.contains(r#""assigned_to" IS NULL"#)).count();
    (count.at_least(), count.is_more(), first)
}

async fn a_tab_that_holds_more_than_is_told_is_counted_once_a_minute(app: &TestApp) {
    let mut life = Life::begins(app, 7).await;
    life.opens_at_the_desk().await;
    assert_eq!((looks(app, &life).await, looks(app, &life).await), ((1, false, 1), (1, false, 1)));
    crowd(app, &life, COUNTED - 1).await;
    assert_eq!(looks(app, &life).await, (COUNTED, false, 1), "as many as are told are counted each time");
    life.opens_at_the_desk().await;
    assert_eq!(looks(app, &life).await, (COUNTED, true, 1));
    assert_eq!(looks(app, &life).await, (COUNTED, true, 0));
    let cx = Cx::system(&app.house, life.office.id, SystemReason::Seed).await.unwrap();
    cx.tx().delete::<request::Entity>(request::Column::Receipt.starts_with("UJI-")).await.unwrap();
    cx.commit().await.unwrap();
    app.waits(1);
    assert_eq!(looks(app, &life).await, (2, false, 1), "a minute later it is counted again");
}
