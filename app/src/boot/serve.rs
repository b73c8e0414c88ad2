//! `loket serve`: a deployment.

use std::{net::TcpListener, sync::Arc};

use loket_core::clock::SystemClock;
use tokio::sync::watch;

use super::{
    assembly::{Access, Assembly, Parts},
    cli::{Deployment, start_logging},
    ground::{self, Keys},
    http, solitude,
};
use crate::{
    config::{Config, GraphSection, MailWay},
    domain::accounts::PasswordHasher,
    infra::{
        bus,
        database::Location,
        files::FileStore,
        graph::{GraphClient, GraphSettings},
        ids::RandomIds,
        mail::Mailer,
    },
    web::live::LiveLimits,
};

/// Serves until told to stop.
pub(super) async fn run(deployment: Deployment) -> Result<(), String> {
    start_logging(true);
    let config = ground::load(&deployment)?;
    std::fs::create_dir_all(&config.data_dir).map_err(|error| format!("the data folder: {error}"))?;
    let keys = Keys::read(&config)?;
    let (location, _, pool) = ground::location(&config);
    let solitude = match &location {
        Location::Sqlite(file) => Some(solitude::alone(file)?),
        Location::Postgres { .. } => None,
    };
    if solitude.is_some() {
        ground::migrate(&location, None).await?;
    }
    let house =
        ground::open_house(&location, pool, &keys, (Arc::new(SystemClock), Arc::new(RandomIds))).await?;
    match ground::pending(&house.databases).await? {
        0 => {}
        n => {
            return Err(format!(
                "{n} migrations have not run; run `loket migrate` with the owner's role first"
            ));
        }
    }
    if let Some(solitude) = &solitude {
        solitude.take_over(&house).await.map_err(|fault| fault.to_string())?;
    }
    let listener = TcpListener::bind(config.http.bind)
        .map_err(|error| format!("{} cannot be listened on: {error}", config.http.bind))?;
    let parts = Parts {
        graph: GraphClient::new(&graph(&config.graph)).map_err(|error| error.to_string())?,
        files: FileStore::in_folder(&config.data_dir.join("files")).map_err(|fault| fault.to_string())?,
        hasher: PasswordHasher::owasp().map_err(|fault| fault.to_string())?,
        mailer: mailer(&config)?,
        access: access(&config),
        house,
    };
    let assembly = Assembly::new(parts, &keys).map_err(|fault| fault.to_string())?;
    let (stop, stopped) = watch::channel(false);
    let mut workers = assembly.start_workers(&stopped);
    if let Location::Postgres { platform, .. } = &location {
        let (bus, pool) = (assembly.house.bus.clone(), assembly.house.databases.door().clone());
        workers.spawn(bus::carry(bus, platform.clone(), pool));
    }
    let running =
        http::listen(Arc::clone(&assembly.site), None, listener).map_err(|error| error.to_string())?;
    tracing::info!(bind = %config.http.bind, "serving");
    wait_for_signal().await;
    tracing::info!("stopping");
    assembly.site.live.close();
    running.handle.stop(true).await;
    // Nobody is waited for who has gone.
    let _ = stop.send(true);
    let _ = tokio::time::timeout(std::time::Duration::from_secs(10), async {
        while workers.join_next().await.is_some() {}
    })
    .await;
    Ok(())
}

fn graph(section: &GraphSection) -> GraphSettings {
    let settings = if section.base_url == GraphSettings::meta().base_url {
        GraphSettings::meta()
    } else {
        GraphSettings::fake(&section.base_url)
    };
    GraphSettings { version: section.version.clone(), ..settings }
}

/// The way of letters, if the configuration names one.
pub(super) fn mailer(config: &Config) -> Result<Option<Mailer>, String> {
    let Some(mail) = &config.mail else {
        tracing::warn!("no [mail] is configured: nobody can be invited and no password be renewed by mail");
        return Ok(None);
    };
    let mailer = match &mail.way {
        MailWay::Smtp(url) => Mailer::smtp(url.expose(), &mail.from),
        MailWay::Folder(folder) => Mailer::folder(folder.clone(), &mail.from),
    };
    mailer.map(Some).map_err(|fault| fault.to_string())
}

fn access(config: &Config) -> Access {
    let host =
        config.http.public_url.split_once("://").map(|(_, host)| host.trim_end_matches('/').to_owned());
    Access {
        demo: false,
        public_url: config.http.public_url.clone(),
        secure: config.http.is_secure(),
        hosts: host.into_iter().collect(),
        trusted_proxies: config.http.trusted_proxies.clone(),
        metrics_token: config.http.metrics_token.clone(),
        front: None,
        opens_later: false,
        live: LiveLimits::default(),
    }
}

/// Waits for an interrupt or, on Unix, for a polite kill.
pub(super) async fn wait_for_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_speaks_the_version_of_the_configuration() {
        for base_url in ["https://graph.facebook.com", "http://127.0.0.1:9000"] {
            let section = GraphSection { base_url: base_url.to_owned(), version: "v23.0".to_owned() };
            let settings = graph(&section);
            assert_eq!((settings.base_url.as_str(), settings.version.as_str()), (base_url, "v23.0"));
        }
    }
}
