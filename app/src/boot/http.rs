//! Listening: the real routes on a real socket.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::ServerHandle, web};

use tokio::task::JoinSet;

use crate::web::{self as site_routes, simulator::Simulator, site::Site};

/// How long a request's head may take; bodies have their own limits.
const HEAD: Duration = Duration::from_secs(5);
const GRACE: u64 = 10;
const WORKERS: usize = 2;

/// A server that listens.
pub struct Running {
    /// Stops it, gracefully or at once.
    pub handle: ServerHandle,
    /// Holds the server; dropping it ends it at once.
    pub task: JoinSet<std::io::Result<()>>,
}

/// Serves the site on a socket that is already bound. With a simulator its pages are there too.
pub fn listen(
    site: Arc<Site>,
    simulator: Option<Simulator>,
    listener: TcpListener,
) -> std::io::Result<Running> {
    let site = web::Data::from(site);
    let server = HttpServer::new(move || {
        let (site, simulator) = (site.clone(), simulator.clone());
        App::new().configure(move |cfg| site_routes::site(cfg, site, simulator))
    })
    .workers(WORKERS)
    // A compressed page goes out in pieces: without this its last one waits 40 ms for the browser's word on the first.
    .tcp_nodelay(true)
    .client_request_timeout(HEAD)
    .shutdown_timeout(GRACE)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    let mut task = JoinSet::new();
    task.spawn(server);
    Ok(Running { handle, task })
}
