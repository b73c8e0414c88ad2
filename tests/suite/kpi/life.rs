//! Requests that live by lot: citizens write, officers take, ask, accept, refuse, finish and take up again, while days
//! go by. Everything happens through the use cases and the real door.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use loket::{
    domain::{
        catalogue::{self, Catalogue, ServiceView},
        pickup::Received,
        regions,
        requests::{self, DeskEntry, Ending, Ready, RequestError},
        tenancy::{self, Office},
    },
    infra::{Actor, Cx, PlatformTx},
};
use loket_core::{
    format::FieldKind,
    handover::{Proof, Receiver},
    id::{RequestId, ServiceId, VariantId},
    kinds::{OutputDelivery, Role},
    permission::{Grant, Scope, Standing},
    request::{Channel, CloseReason, PaperReason, ReopenReason, RequestState},
};
use loket_entity::{paper, request};
use loket_tests::app::TestApp;

pub(crate) const TANGERANG: &str = "kab-tangerang";
const KTP: &str = "360300000000002";

/// What a request is of: service, variant, kecamatan.
pub(crate) type Like = (ServiceId, VariantId, Option<String>);

/// Something lies ready.
fn lying() -> Ready<'static> {
    Ready { place: "Loket 3", ..Ready::default() }
}

/// It is given to the applicant, or the result told.
fn given() -> Ending<'static> {
    let received =
        Received { receiver: Receiver::Applicant, proof: Proof::Card, name: "", kk: "", letter: "" };
    Ending { told: Some("Sudah jadi"), received: Some(received) }
}

/// An office's life.
pub(crate) struct Life<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) office: Office,
    pub(crate) lots: fastrand::Rng,
    /// What requests there have been are of.
    pub(crate) seen: Vec<Like>,
    catalogue: Catalogue,
    supervisor: loket_core::id::UserId,
    phones: u32,
}

impl<'a> Life<'a> {
    pub(crate) async fn begins(app: &'a TestApp, seed: u64) -> Self {
        let tx = PlatformTx::read(&app.house).await.unwrap();
        let office = tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap();
        drop(tx);
        let accounts = &app.office(TANGERANG).accounts;
        let supervisor = accounts.iter().find(|account| account.role == Role::Supervisor).unwrap().id;
        let lots = fastrand::Rng::with_seed(seed);
        let mut life = Self {
            app,
            office,
            lots,
            seen: Vec::new(),
            catalogue: Catalogue::default(),
            supervisor,
            phones: 0,
        };
        let cx = life.reading(life.whole()).await;
        life.catalogue = catalogue::load(&cx).await.unwrap();
        drop(cx);
        life
    }

    /// Who oversees everything.
    pub(crate) fn whole(&self) -> Actor {
        self.supervising(Scope::default())
    }

    /// Who oversees one service, and besides it one kecamatan.
    pub(crate) fn narrow(&self) -> Actor {
        let mut standing = vec![Scope { districts: vec!["360303".to_owned()], ..Scope::default() }];
        standing.extend(self.seen.first().map(|like| Scope { services: vec![like.0], ..Scope::default() }));
        let grants = standing.into_iter().map(|scope| Grant { role: Role::Supervisor, scope });
        Actor::Officer(Arc::new(Standing { user: self.supervisor, grants: grants.collect() }))
    }

    fn supervising(&self, scope: Scope) -> Actor {
        let grants = vec![Grant { role: Role::Supervisor, scope }];
        Actor::Officer(Arc::new(Standing { user: self.supervisor, grants }))
    }

    pub(crate) async fn reading(&self, actor: Actor) -> Cx<'a> {
        Cx::read(&self.app.house, self.office.id, actor).await.unwrap()
    }

    /// Something happens, so often.
    pub(crate) async fn goes_on(&mut self, times: usize) {
        for _ in 0..times {
            self.app.waits(self.lots.i64(3..260));
            match self.lots.u32(0..10) {
                0 | 1 => {
                    self.opens_at_the_desk().await;
                }
                2 => self.a_citizen_writes().await,
                _ => self.takes_a_step().await,
            }
        }
    }

    async fn a_citizen_writes(&mut self) {
        self.phones += 1;
        let phone = format!("62811700{:04}", self.phones);
        let (village, district) =
            [("PETE", "TIGARAKSA"), ("TOBAT", "BALARAJA"), ("MEKAR BARU", "MEKAR BARU")]
                [self.lots.usize(0..3)];
        let nik = format!("36030365029{:05}", 1000 + self.phones);
        let line = format!("#KTP#{nik}#3603031203159001#SITI AMINAH#{village}#{district}#HILANG#");
        self.app.phone(&phone, "Siti").sends(KTP, &line).await;
        self.look().await;
    }

    pub(crate) async fn opens_at_the_desk(&mut self) -> RequestId {
        // A product that is a file would have to be uploaded before its request can end.
        let offered = |one: &&ServiceView| one.delivery != OutputDelivery::Pdf && !one.variants.is_empty();
        let services: Vec<_> = self.catalogue.services.iter().filter(offered).collect();
        let service = services[self.lots.usize(0..services.len())];
        let channel = [Channel::Counter, Channel::Telephone, Channel::Mail][self.lots.usize(0..3)];
        let form = requests::desk_form_of(&self.catalogue, service.id, &self.office);
        let names = form.fields.iter().filter(|field| field.kind == FieldKind::Name);
        let mut typed: BTreeMap<String, String> =
            names.map(|field| (field.key.clone(), "TAMU LOKET".to_owned())).collect();
        if self.lots.u32(0..4) > 0 {
            let districts = regions::districts("3603");
            let district = districts[self.lots.usize(0..4)].name.to_owned();
            typed.insert("kecamatan".to_owned(), district);
        }
        let entry = DeskEntry { channel, variant: service.variants[0].id, typed: &typed };
        let mut cx = Cx::write(&self.app.house, self.office.id, self.whole()).await.unwrap();
        let opened = requests::open_at_desk(&mut cx, &self.office, entry).await.unwrap();
        cx.commit().await.unwrap();
        self.look().await;
        opened.id
    }

    /// What there is now.
    pub(super) async fn look(&mut self) {
        let rows = self.app.rows::<request::Entity>(TANGERANG).await.unwrap();
        self.seen = rows.into_iter().map(|row| (row.service_id, row.variant_id, row.district_code)).collect();
    }

    async fn act(&self, deed: impl AsyncFnOnce(&mut Cx<'_>) -> Result<(), RequestError>) -> bool {
        let mut cx = Cx::write(&self.app.house, self.office.id, self.whole()).await.unwrap();
        match deed(&mut cx).await {
            Ok(()) => {
                cx.commit().await.unwrap();
                true
            }
            Err(_) => false,
        }
    }

    async fn takes_a_step(&mut self) {
        let rows = self.app.rows::<request::Entity>(TANGERANG).await.unwrap();
        if rows.is_empty() {
            return;
        }
        let row = &rows[self.lots.usize(0..rows.len())];
        let (id, office, lot) = (row.id, &self.office.clone(), self.lots.u32(0..10));
        match (row.state, lot) {
            (RequestState::Received, 0) => self.cancels(id).await,
            (RequestState::Received, _) => {
                self.act(async |cx: &mut Cx<'_>| requests::take(cx, id).await).await
            }
            (RequestState::Verification, 0..3) => {
                self.rejects_a_paper(id).await;
                self.act(async |cx: &mut Cx<'_>| requests::ask(cx, office, id).await).await
            }
            (RequestState::Verification, _) => self.completes(id).await,
            (RequestState::WaitingForCitizen, 0..6) => self.refuses(id).await,
            (RequestState::WaitingForCitizen, _) => self.cancels(id).await,
            (RequestState::InProcess, _) => {
                self.act(async |cx: &mut Cx<'_>| requests::mark_ready(cx, office, id, &lying()).await).await
            }
            (RequestState::Ready, _) => self.ends(id).await,
            (_, 0..3) => {
                self.act(async |cx: &mut Cx<'_>| requests::reopen(cx, id, ReopenReason::Objection).await)
                    .await
            }
            _ => false,
        };
        self.app.settles().await;
    }

    async fn papers(&self, id: RequestId) -> Vec<paper::Model> {
        let mut papers = self.app.rows::<paper::Entity>(TANGERANG).await.unwrap();
        papers.retain(|paper| paper.request_id == id);
        papers
    }

    async fn rejects_a_paper(&mut self, id: RequestId) {
        let Some(paper) = self.papers(id).await.first().map(|paper| paper.id) else { return };
        let reason = PaperReason::ALL[self.lots.usize(0..3)];
        self.act(async |cx: &mut Cx<'_>| requests::accept(cx, id, paper).await).await;
        self.act(async |cx: &mut Cx<'_>| requests::reject(cx, id, paper, reason).await).await;
    }

    async fn completes(&self, id: RequestId) -> bool {
        for paper in self.papers(id).await {
            self.act(async |cx: &mut Cx<'_>| requests::accept(cx, id, paper.id).await).await;
        }
        self.act(async |cx: &mut Cx<'_>| requests::declare_complete(cx, &self.office, id).await).await
    }

    async fn ends(&self, id: RequestId) -> bool {
        self.act(async |cx: &mut Cx<'_>| requests::finish(cx, &self.office, id, &given()).await).await
    }

    async fn refuses(&self, id: RequestId) -> bool {
        let reason = CloseReason::ConditionsNotMet;
        self.act(async |cx: &mut Cx<'_>| requests::refuse(cx, &self.office, id, reason, None).await).await
    }

    pub(crate) async fn cancels(&self, id: RequestId) -> bool {
        let reason = CloseReason::Withdrawn;
        self.act(async |cx: &mut Cx<'_>| requests::cancel(cx, &self.office, id, reason).await).await
    }

    /// Somebody takes a request.
    pub(crate) async fn takes(&self, id: RequestId) {
        assert!(self.act(async |cx: &mut Cx<'_>| requests::take(cx, id).await).await);
    }

    /// A request goes its way to the end.
    pub(crate) async fn finishes(&self, id: RequestId) {
        let office = &self.office;
        assert!(self.act(async |cx: &mut Cx<'_>| requests::take(cx, id).await).await);
        assert!(self.completes(id).await);
        self.app.waits(30);
        self.act(async |cx: &mut Cx<'_>| requests::mark_ready(cx, office, id, &lying()).await).await;
        assert!(self.ends(id).await);
        self.app.settles().await;
    }

    pub(crate) async fn reopens(&self, id: RequestId) {
        assert!(
            self.act(async |cx: &mut Cx<'_>| requests::reopen(cx, id, ReopenReason::FaultyProduct).await)
                .await
        );
    }

    /// One that was closed longest ago is taken up again, at least a day later.
    pub(crate) async fn reopens_something(&mut self) {
        self.app.waits(TimeDelta::days(1).num_minutes());
        let rows = self.app.rows::<request::Entity>(TANGERANG).await.unwrap();
        let closed = rows.iter().filter(|row| row.state.is_terminal()).min_by_key(|row| row.closed_at);
        if let Some(row) = closed {
            self.reopens(row.id).await;
        }
    }
}
