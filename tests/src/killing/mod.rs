//! SIGKILL at random moments while messages come in and replies go out, and what is left afterwards.
//!
//! Citizens post signed messages until they are acknowledged, Meta takes the replies and sends their statuses in its
//! various moods, and the server is killed and started anew, round after round. At the end what the citizens and Meta
//! saw is compared with what lies in the database. The same seed kills after the same times.

mod citizens;
mod ground;
mod verdict;

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use loket::fake_graph::Mood;
use loket_core::clock::{Clock, Instant, SystemClock};
use tokio::task::JoinSet;

pub use self::verdict::{Posted, Reply, Verdict};
use self::{citizens::Crowd, ground::settled};
use crate::{Trouble, app::On, deployment::Deployment, metrics::Times};

/// A message of unknown fate is sent again after two minutes at the earliest.
const PATIENCE: Duration = Duration::from_secs(240);
/// Meta keeps ten thousand calls in mind; a run stays well below.
const MOST_MESSAGES: usize = 6_000;

/// How the killing goes.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where the server keeps its rows.
    pub on: On,
    /// The binary that is killed.
    pub binary: PathBuf,
    /// How often.
    pub rounds: u32,
    /// How many citizens write at the same time.
    pub clients: u32,
    /// How long each rests between two messages.
    pub pause: Duration,
    /// What the moments follow from.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    starts: Times,
    kills: usize,
    /// What was found.
    pub verdict: Verdict,
    /// What was not worked off within the patience.
    pub left: Vec<String>,
}

impl Report {
    /// Nothing lost, nothing doubled but where it cannot be avoided, nothing left lying.
    pub fn holds(&self) -> bool {
        self.left.is_empty() && self.verdict.holds()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p50, p99) = (self.starts.percentile(50), self.starts.percentile(99));
        writeln!(f, "{} kills; ready again after p50 {p50:.0?}, p99 {p99:.0?}", self.kills)?;
        write!(f, "{}", self.verdict)?;
        for left in &self.left {
            write!(f, "\nleft after {PATIENCE:?}: {left}")?;
        }
        Ok(())
    }
}

/// Kills a server again and again under load.
pub async fn kills(plan: &Plan) -> Result<Report, Trouble> {
    let deployment = Deployment::on(plan.on, &plan.binary).await?;
    let crowd = Arc::new(Crowd::at(&deployment, plan.pause, MOST_MESSAGES)?);
    let mut background = JoinSet::new();
    let fake = deployment.fake.clone();
    background.spawn(async move { fake.deliver_forever().await });
    // The first start is one like any other: the offices are there.
    let mut writers = JoinSet::new();
    for _ in 0..plan.clients {
        writers.spawn(Arc::clone(&crowd).write_until_over());
    }
    let (starts, kills) = rounds(plan, &deployment).await?;
    let server = deployment.launch.start().await?;
    crowd.over.store(true, Ordering::Relaxed);
    while let Some(ended) = writers.join_next().await {
        ended??;
    }
    let house = deployment.look().await?;
    let left = settled(&house, &deployment.offices, PATIENCE).await?;
    server.kill().await?;
    let found = ground::found(&house, &deployment.offices).await?;
    house.databases.close().await?;
    let verdict = Verdict::of(&crowd.posted(), &found, (&deployment.fake.sent_calls(), &kills));
    Ok(Report { starts, kills: kills.len(), verdict, left })
}

/// Starts and kills; gives how long the starts took, and when each kill was.
async fn rounds(plan: &Plan, deployment: &Deployment) -> Result<(Times, Vec<Instant>), Trouble> {
    let mut random = fastrand::Rng::with_seed(plan.seed);
    let (mut starts, mut kills) = (Vec::new(), Vec::new());
    for _ in 0..plan.rounds {
        let mood = [Mood::Normal, Mood::Doubled, Mood::OutOfOrder, Mood::Late][random.usize(0..4)];
        in_mood(deployment, mood);
        let server = deployment.launch.start().await?;
        starts.push(server.start);
        tokio::time::sleep(Duration::from_millis(random.u64(300..1200))).await;
        server.kill().await?;
        kills.push(SystemClock.now());
    }
    in_mood(deployment, Mood::Normal);
    Ok((Times::new(starts), kills))
}

fn in_mood(deployment: &Deployment, mood: Mood) {
    for number in deployment.offices.offices.iter().flat_map(|office| &office.numbers) {
        deployment.fake.set_mood(&number.phone_number_id, mood);
    }
}
