//! `loket doctor`: looks at a deployment and says what is wrong before anybody suffers from it.

use std::sync::Arc;

use loket_core::clock::SystemClock;

use super::{
    cli::{Deployment, say, start_logging},
    ground::{self, Keys},
    serve,
};
use crate::infra::{PlatformTx, ids::RandomIds};

/// Checks configuration, keys, data folder, mail server, database and migrations. Fails when one is not well.
pub(super) async fn run(deployment: Deployment) -> Result<(), String> {
    start_logging(false);
    let config = ground::load(&deployment)?;
    say("configuration   good");
    say(&format!("graph           {} at {}", config.graph.version, config.graph.base_url));
    let keys = Keys::read(&config)?;
    say("keys            good");
    let probe = config.data_dir.join(".doctor");
    std::fs::create_dir_all(&config.data_dir).map_err(|error| format!("data folder: {error}"))?;
    std::fs::write(&probe, b"probe").map_err(|error| format!("data folder cannot be written: {error}"))?;
    std::fs::remove_file(&probe).map_err(|error| format!("data folder: {error}"))?;
    say("data folder     good");
    match serve::mailer(&config)? {
        Some(mailer) => {
            mailer.check().await.map_err(|fault| format!("{fault}; look at [mail]"))?;
            say("mail            good");
        }
        None => say("mail            none: nobody can be invited and no password be renewed by mail"),
    }
    let (location, _, pool) = ground::location(&config);
    let house =
        ground::open_house(&location, pool, &keys, (Arc::new(SystemClock), Arc::new(RandomIds))).await?;
    say(&format!("database        good ({location:?})"));
    match ground::pending(&house.databases).await? {
        0 => say("migrations      good"),
        n => return Err(format!("{n} migrations have not run; run `loket migrate`")),
    }
    let tx = PlatformTx::read(&house).await.map_err(|fault| fault.to_string())?;
    let offices = crate::domain::tenancy::all_offices(&tx).await.map_err(|fault| fault.to_string())?;
    drop(tx);
    for office in &offices {
        house
            .keys(office.id)
            .await
            .map_err(|_| format!("the key of {} does not open: is it the right master key?", office.slug))?;
    }
    say(&format!("office keys     good ({} offices)", offices.len()));
    Ok(())
}
