//! The first start of a demonstration: it answers before its story is told, and says so.

use std::path::PathBuf;

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::server::{Engine, Launch, Scratch, client};

use super::looks_well;

#[tokio::test]
async fn who_comes_before_the_story_is_told_is_asked_to_wait() -> Result<(), Trouble> {
    let binary = std::env::var_os("LOKET_TEST_BINARY").map(PathBuf::from);
    let binary = binary.ok_or("no server: start this through tests/run, which builds it")?;
    let folder = Scratch::new("first-start")?;
    let launch = Launch::demo(&binary, &Engine::Sqlite, folder.path())?;
    let demo = launch.describe().await?;
    let server = launch.starts_to_answer().await?;
    let http = client()?;
    let asks = async |path: &str| http.get(format!("{}{path}", launch.base_url())).send().await;

    let ready = asks("/readyz").await?;
    assert_eq!((ready.status().as_u16(), ready.text().await?.as_str()), (503, "preparing\n"));
    for path in ["/", "/masuk", "/kantor/kab-tangerang", "/simulator", "/tidak-ada"] {
        let page = asks(path).await?;
        assert_eq!(page.status(), 503, "{path}");
        assert_eq!(page.headers()["retry-after"], "5", "{path}");
        assert_eq!(page.headers()["cache-control"], "no-store", "{path}");
        let html = page.text().await?;
        assert!(html.contains("<meta http-equiv=\"refresh\" content=\"5\">"), "{path}: {html}");
    }
    let number = demo.number(None)?;
    let shake = format!("?hub.mode=subscribe&hub.challenge=7&hub.verify_token={}", number.verify_token);
    let shaken = asks(&format!("{}{shake}", number.webhook_path)).await?;
    assert_eq!((shaken.status().as_u16(), shaken.text().await?.as_str()), (200, "7"), "Meta is let in");
    for (host, status) in [("evil.test", 421), ("127.0.0.1", 421)] {
        let asked = http.get(format!("{}/masuk", launch.base_url())).header("host", host).send().await?;
        assert_eq!(asked.status(), status, "{host}");
    }

    let ana = Person::arrives("Ana", Screen::Phone).await?;
    ana.opens(&format!("{}/masuk", launch.base_url())).await?;
    ana.sees("Kisah peragaan sedang disiapkan...").await?;
    // The browser remarks on every answer that is a refusal; this one was meant.
    ana.complaints().await?;
    looks_well(&ana).await?;
    ana.leaves().await?;
    server.kill().await
}
