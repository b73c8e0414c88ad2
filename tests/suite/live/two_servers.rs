//! Two servers on one PostgreSQL, as a province runs them: what reaches one is seen at the other.

use std::{path::PathBuf, time::Instant};

use loket_tests::{
    Trouble,
    app::On,
    deployment::Deployment,
    listening::Ear,
    people::Officer,
    server::client,
    webhook::{SIGNATURE, Text, signature},
};

use super::{LINE, STREAM};

const DEWI: &str = "operator.ktp@kab-tangerang.loket.test";
const QUEUE: &str = "/kantor/kab-tangerang/antrean?tab=giliran";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_at_one_server_appears_in_the_queue_open_on_the_other() -> Result<(), Trouble> {
    let binary = std::env::var("LOKET_TEST_BINARY").map_err(|_| "no server: start this through tests/run")?;
    let deployment = Deployment::on(On::Postgres, &PathBuf::from(binary)).await?;
    let (one, other) = (&deployment.launch, deployment.beside()?);
    let (_at_one, _at_other) = (one.start().await?, other.start().await?);
    let http = client()?;
    let dewi = Officer::signs_in(&http, other.base_url(), DEWI).await;
    assert!(dewi.get(QUEUE).await.says("Tidak ada yang menunggu"));
    let (mut ear, _) = Ear::opens(&dewi, STREAM).await;
    let number = deployment.number_for("KTP")?;
    for (round, wamid) in ["wamid.A", "wamid.B", "wamid.C"].into_iter().enumerate() {
        let sent_at = u64::try_from(chrono::Utc::now().timestamp())?;
        let from = format!("62811100000{round}");
        let body = Text { to: &number, from: &from, wamid, sent_at, body: LINE }.bytes(0);
        let begun = Instant::now();
        let post = http
            .post(format!("{}{}", one.base_url(), number.webhook_path))
            .header("content-type", "application/json")
            .header(SIGNATURE, signature(&number.app_secret, &body));
        assert_eq!(post.body(body).send().await?.status(), 200);
        let heard = ear.hears_until(|event| !event.ids("permohonan").is_empty()).await;
        let told = begun.elapsed();
        let path = format!("/permohonan/{}", heard.ids("permohonan")[0]);
        let block = dewi.looks_again(QUEUE, "rows").await;
        assert!(block.body.contains(&path), "{}", block.body);
        println!("told after {} ms, shown after {} ms", told.as_millis(), begun.elapsed().as_millis());
    }
    Ok(())
}
