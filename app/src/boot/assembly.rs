//! Putting the workers and the site together. Production, the demonstration and the tests are built here
//! from the same parts.

use std::sync::Arc;

use tokio::{sync::watch, task::JoinSet};

use super::ground::Keys;
use crate::{
    config::{Network, Secret},
    domain::{
        accounts::{PasswordHasher, Tokens},
        live::Hub,
        requests,
        whatsapp::{self, Door},
    },
    infra::{House, Outcome, files::FileStore, graph::GraphClient, mail::Mailer},
    jobs,
    queue::{Engine, Registry, Schedule},
    web::{
        live::{Live, LiveLimits},
        routes,
        site::{DemoFront, Opening, Site},
        uploads::Uploads,
    },
};

/// How many jobs one process runs at once: they wait for Meta more than they work.
const PARALLEL_JOBS: usize = 12;

/// What an assembly is made of.
pub struct Parts {
    /// The ground.
    pub house: House,
    /// The way to Meta.
    pub graph: GraphClient,
    /// Where files lie.
    pub files: FileStore,
    /// Hashes passwords.
    pub hasher: PasswordHasher,
    /// The way of letters; without one nobody is invited.
    pub mailer: Option<Mailer>,
    /// How the site is reached.
    pub access: Access,
}

/// How the site is reached.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Whether the data are made up.
    pub demo: bool,
    /// The address people type, which links in letters begin with.
    pub public_url: String,
    /// Whether browsers come by TLS.
    pub secure: bool,
    /// The hosts that are served; any when none is said.
    pub hosts: Vec<String>,
    /// Proxies whose word about the client is believed.
    pub trusted_proxies: Vec<Network>,
    /// Opens `/metrics` from elsewhere.
    pub metrics_token: Option<Secret>,
    /// What the front door shows of a demonstration.
    pub front: Option<DemoFront>,
    /// Whether pages are served only once the site is told to open.
    pub opens_later: bool,
    /// How many browsers are told of changes, and how often they are looked at.
    pub live: LiveLimits,
}

/// The workers and the site of one process.
pub struct Assembly {
    /// The ground.
    pub house: House,
    /// Runs the jobs.
    pub engine: Engine,
    /// Reads what Meta sent.
    pub ingest: jobs::ingest::IngestWorker,
    /// Tells browsers what changed.
    pub hub: Hub,
    /// The site's state.
    pub site: Arc<Site>,
}

impl Assembly {
    /// Puts the parts together.
    pub fn new(parts: Parts, keys: &Keys) -> Outcome<Self> {
        let Parts { house, graph, files, hasher, mailer, access } = parts;
        let public_url = access.public_url.trim_end_matches('/').to_owned();
        let tokens = Arc::new(Tokens::new(&keys.cookie)?);
        let send_mail = jobs::mail::SendMail {
            house: house.clone(),
            mailer: mailer.clone(),
            tokens: Arc::clone(&tokens),
            addresses: addresses(&public_url),
        };
        let tell_link = jobs::entry_link::TellLink {
            house: house.clone(),
            site: public_url.clone(),
            path: routes::EntryLink::at,
        };
        let registry = registry(&house, &graph, &files)
            .with(jobs::mail::SEND, send_mail)
            .with(requests::LinkDue::KIND, tell_link);
        let engine = Engine::new(house.clone(), registry, PARALLEL_JOBS);
        let door = Arc::new(Door::new(house.clone()));
        let hub = Hub::new(house.clone());
        let site = Site {
            tokens,
            mailer,
            door: Arc::clone(&door),
            house: house.clone(),
            hasher,
            files,
            demo: access.demo,
            public_url,
            secure: access.secure,
            hosts: access.hosts,
            trusted_proxies: access.trusted_proxies,
            metrics_token: access.metrics_token,
            front: access.front,
            uploads: Uploads::default(),
            live: Live::new(hub.clone(), access.live),
            opening: Opening::new(!access.opens_later),
        };
        let ingest = jobs::ingest::IngestWorker::new(house.clone(), door);
        Ok(Self { house, engine, ingest, hub, site: Arc::new(site) })
    }

    /// Starts the workers; they end when `stop` turns true.
    pub fn start_workers(&self, stop: &watch::Receiver<bool>) -> JoinSet<()> {
        let mut workers = JoinSet::new();
        workers.spawn(self.engine.clone().run(stop.clone()));
        workers.spawn(self.ingest.clone().run(stop.clone()));
        workers.spawn(self.hub.clone().run(stop.clone()));
        workers.spawn(Schedule::run(schedules(), self.house.clone(), stop.clone()));
        workers
    }
}

fn registry(house: &House, graph: &GraphClient, files: &FileStore) -> Registry {
    let send = jobs::send::Send { house: house.clone(), graph: graph.clone(), files: files.clone() };
    let media = jobs::media::FetchMedia { house: house.clone(), graph: graph.clone(), files: files.clone() };
    let carrier = jobs::forwarding::Carrier { house: house.clone(), files: files.clone() };
    Registry::default()
        .with(whatsapp::event::MESSAGE_ARRIVED, jobs::reactions::ReadConversation(house.clone()))
        .with(whatsapp::event::CONTACTS_MERGED, jobs::reactions::FollowMerge(house.clone()))
        .with(jobs::send::KIND, send)
        .with(jobs::media::KIND, media)
        .with(jobs::ingest::RETRY, jobs::ingest::Retry(house.clone()))
        .with(jobs::reconcile::KIND, jobs::reconcile::Reconcile(house.clone()))
        .with(jobs::audit::SEAL_ALL, jobs::audit::SealAll { house: house.clone() })
        .with(jobs::clocks::WATCH, jobs::clocks::Watch(house.clone()))
        .with(jobs::rollup::ROLLUP, jobs::rollup::Rollup { house: house.clone() })
        .with(jobs::stock::LOOK, jobs::stock::Look(house.clone()))
        .with(jobs::escalation::ESCALATE, jobs::escalation::Escalate(house.clone()))
        .with(jobs::pickup::REMIND, jobs::pickup::Remind(house.clone()))
        .with(jobs::tidy::TIDY, jobs::tidy::Tidy { house: house.clone() })
        .with(jobs::mail::FORGOTTEN, jobs::mail::AnswerForgotten(house.clone()))
        .with(jobs::people::SETTLE, jobs::people::Settle(house.clone()))
        .with(jobs::standard::TAKES_EFFECT, jobs::standard::TakeEffect(house.clone()))
        .with(jobs::timetable::TAKES_EFFECT, jobs::timetable::TakeEffect(house.clone()))
        .with(jobs::outages::FOLLOW, jobs::outages::FollowLedger(house.clone()))
        .with(jobs::outages::INFORM, jobs::outages::InformWaiting(house.clone()))
        .with(jobs::onboarding::PREPARE, jobs::onboarding::Prepare(house.clone()))
        .with(requests::PassOn::KIND, jobs::forwarding::CarryOn(carrier.clone()))
        .with(requests::TellBack::KIND, jobs::forwarding::CarryBack(carrier))
}

/// Where the links of letters lead.
fn addresses(public_url: &str) -> jobs::mail::Addresses {
    jobs::mail::Addresses {
        site: public_url.to_owned(),
        invitation: routes::Invitation::at,
        new_password: routes::NewPassword::at,
        pressing: |office| routes::Queue::at(office, requests::QueueTab::Pressing.word()),
    }
}

/// What happens regularly.
pub fn schedules() -> Vec<Schedule> {
    vec![
        jobs::audit::schedule(),
        jobs::clocks::schedule(),
        jobs::reconcile::schedule(),
        jobs::rollup::schedule(),
        jobs::stock::schedule(),
        jobs::escalation::schedule(),
        jobs::pickup::schedule(),
        jobs::tidy::schedule(),
    ]
}
