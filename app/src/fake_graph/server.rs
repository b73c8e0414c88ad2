//! The routes, and a server of its own for tests and for `loket demo`.

use std::io;
use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::dev::ServerHandle;
use actix_web::web::{self, Bytes, Path, ServiceConfig, ThinData};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use tokio::task::JoinSet;

use super::FakeGraph;
use super::answers::bearer;
use super::types::Mood;

/// How long a call hangs that is accepted and never answered: longer than any client waits.
const HANG: Duration = Duration::from_secs(120);

/// How long a slow answer takes.
const SLOW: Duration = Duration::from_secs(3);

/// A fake that listens. Dropping it stops it.
pub struct Running {
    /// `http://127.0.0.1:41234`
    pub base_url: String,
    handle: ServerHandle,
    server: JoinSet<io::Result<()>>,
    /// The sender of webhooks, aborted with this.
    sender: JoinSet<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // The command goes out at once; the server's task must live on to obey it.
        drop(self.handle.stop(false));
        self.server.detach_all();
    }
}

impl FakeGraph {
    /// Listens at `bind` (port 0 for any) and sends webhooks as they fall due.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub async fn start(&self, bind: &str) -> io::Result<Running> {
        let mut running = self.start_quiet(bind).await?;
        let fake = self.clone();
        running.sender.spawn(async move { fake.deliver_forever().await });
        Ok(running)
    }

    /// Listens at `bind`, but sends statuses only when [`FakeGraph::deliver_due`] is called: for tests that
    /// decide when each thing happens.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub async fn start_quiet(&self, bind: &str) -> io::Result<Running> {
        let fake = self.clone();
        let server = HttpServer::new(move || {
            let fake = fake.clone();
            App::new().configure(move |cfg| fake.configure(cfg))
        });
        let server = server.workers(1).disable_signals().shutdown_timeout(1).bind(bind)?;
        let address = server.addrs().first().copied().ok_or(io::ErrorKind::AddrNotAvailable)?;
        let base_url = format!("http://{address}");
        self.announce(&base_url);
        let server = server.run();
        let handle = server.handle();
        let mut task = JoinSet::new();
        task.spawn(server);
        Ok(Running { base_url, handle, server: task, sender: JoinSet::new() })
    }

    /// Mounts the fake's routes; where it is mounted must be [announced](FakeGraph::announce), and somebody has
    /// to run [`FakeGraph::deliver_forever`].
    pub fn configure(&self, cfg: &mut ServiceConfig) {
        cfg.app_data(ThinData(self.clone()))
            .route("/lookaside/{link}", web::get().to(get_file))
            .route("/{version:v[0-9]+\\.[0-9]}/{number}/messages", web::post().to(post_message))
            .route("/{version:v[0-9]+\\.[0-9]}/{number}/media", web::post().to(post_media))
            .route("/{version:v[0-9]+\\.[0-9]}/{id}", web::get().to(get_object))
            .route("/{version:v[0-9]+\\.[0-9]}/{id}", web::delete().to(delete_object));
    }
}

type VersionAndId = Path<(String, String)>;

async fn post_message(
    ThinData(fake): ThinData<FakeGraph>,
    path: VersionAndId,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let (_, number) = path.into_inner();
    fake.ask_for_window(&number, &body).await;
    let answer = fake.take_call(&number, bearer(&request), &body);
    match fake.mood(&number) {
        Mood::TimeoutAfterAccept => tokio::time::sleep(HANG).await,
        Mood::Slow => tokio::time::sleep(SLOW).await,
        _ => {}
    }
    answer
}

async fn post_media(
    ThinData(fake): ThinData<FakeGraph>,
    path: VersionAndId,
    request: HttpRequest,
    form: Multipart,
) -> HttpResponse {
    fake.take_upload(&path.into_inner().1, &request, form).await
}

async fn get_object(
    ThinData(fake): ThinData<FakeGraph>,
    path: VersionAndId,
    request: HttpRequest,
) -> HttpResponse {
    fake.look_up(&path.into_inner().1, &request)
}

async fn delete_object(
    ThinData(fake): ThinData<FakeGraph>,
    path: VersionAndId,
    request: HttpRequest,
) -> HttpResponse {
    fake.forget_medium(&path.into_inner().1, &request)
}

async fn get_file(
    ThinData(fake): ThinData<FakeGraph>,
    link: Path<String>,
    request: HttpRequest,
) -> HttpResponse {
    fake.hand_out(&link, &request)
}
