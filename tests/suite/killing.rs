//! The server as production starts it is killed five times under load, on each database. `tests/deep kill` does it fifty
//! times, on a cluster that syncs.

use std::{path::PathBuf, time::Duration};

use loket_tests::{
    Trouble,
    app::On,
    killing::{Plan, kills},
};

async fn five_kills(on: On) -> Result<(), Trouble> {
    let binary = std::env::var("LOKET_TEST_BINARY").map_err(|_| "no server: start this through tests/run")?;
    let pause = Duration::from_millis(150);
    let plan = Plan { on, binary: PathBuf::from(binary), rounds: 5, clients: 4, pause, seed: 20_261_121 };
    let report = kills(&plan).await?;
    assert!(report.holds(), "{report}");
    Ok(())
}

mod sqlite {
    use super::{On, Trouble, five_kills};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_server_that_is_killed_under_load_loses_and_doubles_nothing() -> Result<(), Trouble> {
        five_kills(On::Sqlite).await
    }
}

mod postgres {
    use super::{On, Trouble, five_kills};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_server_that_is_killed_under_load_loses_and_doubles_nothing() -> Result<(), Trouble> {
        five_kills(On::Postgres).await
    }
}
