//! Playing the plan: citizens write through the real webhook, officers act by the real use cases, replies
//! leave by the real client. Only the time is told.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    handover::{Proof, Receiver},
    id::{ConversationId, FileId, OfficeId, RequestId, UserId},
    kinds::{OutputDelivery, Role},
    permission::{Grant, Scope, Standing},
    request::{CloseReason, PaperReason, PaperState},
    text::PersonName,
};
use loket_entity::{contact_identity, conversation, paper, request};
use sea_orm::ColumnTrait;

use super::{
    clock::StoryClock,
    lines::first_words,
    lots::Lots,
    offices::{DemoOffice, OFFICES},
    plan::{Case, Depth, cases},
    setup::{DescribedOffice, Description, Trouble, trouble},
};
use crate::{
    boot::Assembly,
    domain::{
        catalogue,
        files::StoredFile,
        pickup::Received,
        regions,
        requests::{self, Ending, Entry, Ready, RequestError},
        tenancy::{self, Office},
    },
    fake_graph::{FakeGraph, PhoneContent},
    infra::{Actor, Cx, House, PlatformTx, SystemReason, files::FileStore, seal::IndexKind},
    web::simulator::{people::PEOPLE, samples::Sample},
};

/// Plays the past days.
pub struct Storyteller<'a> {
    /// The house, on the story's clock.
    pub house: &'a House,
    /// The clock.
    pub clock: &'a StoryClock,
    /// Meta.
    pub fake: &'a FakeGraph,
    /// The workers, run step by step.
    pub assembly: &'a Assembly,
    /// Where products lie.
    pub files: &'a FileStore,
}

struct Stage<'d> {
    plan: &'static DemoOffice,
    office: Office,
    described: &'d DescribedOffice,
    officer: Actor,
}

impl Storyteller<'_> {
    /// Plays every case of every office, the earliest first; says how many. `told` hears after each how many
    /// of how many there were.
    pub async fn play(
        &self,
        description: &Description,
        now: Instant,
        told: &dyn Fn(usize, usize),
    ) -> Result<usize, Trouble> {
        let mut stages = Vec::new();
        let mut all = Vec::new();
        for (place, (described, plan)) in description.offices.iter().zip(&OFFICES).enumerate() {
            let tx = PlatformTx::read(self.house).await.map_err(trouble)?;
            let office = tenancy::office_by_slug(&tx, &described.slug).await.map_err(trouble)?;
            drop(tx);
            let office = office.ok_or("an office of the demonstration is missing")?;
            all.extend(cases(place, plan, office.zone, now));
            stages.push(Stage { plan, officer: officer(described), office, described });
        }
        all.sort_by_key(|case| case.at);
        for (number, case) in all.iter().enumerate() {
            let stage = stages.get(case.office).ok_or("a case of no office")?;
            self.play_case(stage, case, now)
                .await
                .map_err(|error| format!("{}: {error}", stage.office.slug))?;
            told(number + 1, all.len());
        }
        self.clock.release();
        Ok(all.len())
    }

    async fn play_case(&self, stage: &Stage<'_>, case: &Case, now: Instant) -> Result<(), Trouble> {
        let longest = ((now - case.at) / 12).min(TimeDelta::minutes(75));
        let (mut at, mut lots) = (case.at, Lots::new(case.lot));
        let mut tell = || {
            let told = at;
            // People are quick one day and slow another: between a tenth and the whole of the longest step.
            at += longest * i32::try_from(10 + lots.below(91)).unwrap_or(100) / 100;
            self.clock.tell(told);
        };
        tell();
        if case.depth == Depth::Question {
            return self.write(stage, case, question(case)).await;
        }
        self.write(stage, case, first_words(stage.plan, case)).await?;
        let id = match self.opened(stage, case).await? {
            Some(id) => id,
            None => {
                tell();
                self.open_from_conversation(stage, case).await?
            }
        };
        if case.depth == Depth::Opened {
            return Ok(());
        }
        tell();
        self.send_papers(stage, case).await?;
        if case.depth == Depth::WithPapers {
            return Ok(());
        }
        tell();
        self.work(stage, case, id, &mut tell).await
    }

    async fn work(
        &self,
        stage: &Stage<'_>,
        case: &Case,
        id: RequestId,
        tell: &mut impl FnMut(),
    ) -> Result<(), Trouble> {
        self.act(stage, async |cx: &mut Cx<'_>| requests::take(cx, id).await).await?;
        if case.depth == Depth::Refused {
            let (office, reason) = (&stage.office, CloseReason::ConditionsNotMet);
            self.act(stage, async |cx: &mut Cx<'_>| requests::refuse(cx, office, id, reason, None).await)
                .await?;
            return self.settle().await;
        }
        self.check_papers(stage, case, id).await?;
        if case.depth == Depth::Checking {
            return Ok(());
        }
        tell();
        let office = &stage.office;
        if case.depth == Depth::Asked {
            self.act(stage, async |cx: &mut Cx<'_>| requests::ask(cx, office, id).await).await?;
            return self.settle().await;
        }
        self.act(stage, async |cx: &mut Cx<'_>| requests::declare_complete(cx, office, id).await).await?;
        if case.depth > Depth::Complete {
            tell();
            self.deliver(stage, case, id, tell).await?;
        }
        self.settle().await
    }

    async fn deliver(
        &self,
        stage: &Stage<'_>,
        case: &Case,
        id: RequestId,
        tell: &mut impl FnMut(),
    ) -> Result<(), Trouble> {
        let office = &stage.office;
        let delivery = self.delivery(stage, case).await?;
        match delivery {
            OutputDelivery::Pdf => {
                let product = self.product(stage).await?;
                self.act(stage, async |cx: &mut Cx<'_>| {
                    requests::record_product(cx, office, id, &product).await
                })
                .await?;
            }
            OutputDelivery::Pickup => {
                self.act(stage, async |cx: &mut Cx<'_>| {
                    let ready = Ready { place: "Loket 3", ..Ready::default() };
                    requests::mark_ready(cx, office, id, &ready).await
                })
                .await?;
            }
            OutputDelivery::Status => {}
        }
        if case.depth == Depth::Finished || delivery == OutputDelivery::Status {
            tell();
            let told = Some("NIK aktif dan sudah dikonsolidasi. Silakan mencoba kembali di instansi tujuan.");
            let received =
                Received { receiver: Receiver::Applicant, proof: Proof::Card, name: "", kk: "", letter: "" };
            let ending = Ending { told, received: Some(received) };
            self.act(stage, async |cx: &mut Cx<'_>| requests::finish(cx, office, id, &ending).await).await?;
        }
        Ok(())
    }

    async fn write(&self, stage: &Stage<'_>, case: &Case, words: String) -> Result<(), Trouble> {
        self.send(stage, case, PhoneContent::Text(words)).await
    }

    async fn send_papers(&self, stage: &Stage<'_>, case: &Case) -> Result<(), Trouble> {
        let person =
            PEOPLE.get(usize::try_from(case.lot % 8).unwrap_or(0)).ok_or("nobody holds the phone")?;
        for sample in [Sample::FamilyCard, Sample::LossLetter, Sample::BrokenCard] {
            self.send(stage, case, sample.draw(person, None)).await?;
        }
        Ok(())
    }

    async fn send(&self, stage: &Stage<'_>, case: &Case, content: PhoneContent) -> Result<(), Trouble> {
        let numbers = &stage.described.numbers;
        let meant = numbers.iter().find(|number| number.services.iter().any(|code| code == case.service));
        let to = meant.or_else(|| numbers.first()).ok_or("an office without a number")?;
        let sent = self.fake.phone_sends(&case.wa_id, case.citizen, &to.phone_number_id, content).await;
        match sent.map_err(trouble)?.http_status {
            Some(200) => self.settle().await,
            status => Err(format!("the webhook answered {status:?}")),
        }
    }

    /// Runs everything that is due until nothing is.
    async fn settle(&self) -> Result<(), Trouble> {
        loop {
            let read = self.assembly.ingest.run_due().await.map_err(trouble)?;
            let ran = self.assembly.engine.run_due().await.map_err(trouble)?;
            if read + ran + self.fake.deliver_due().await == 0 {
                return Ok(());
            }
        }
    }

    async fn act(
        &self,
        stage: &Stage<'_>,
        deed: impl AsyncFnOnce(&mut Cx<'_>) -> Result<(), RequestError>,
    ) -> Result<(), Trouble> {
        let mut cx = Cx::write(self.house, stage.office.id, stage.officer.clone()).await.map_err(trouble)?;
        deed(&mut cx).await.map_err(trouble)?;
        cx.commit().await.map_err(trouble)
    }

    async fn reading(&self, office: OfficeId) -> Result<Cx<'_>, Trouble> {
        Cx::read(self.house, office, Actor::System(SystemReason::Seed)).await.map_err(trouble)
    }

    /// The request that the citizen's line opened, if it did.
    async fn opened(&self, stage: &Stage<'_>, case: &Case) -> Result<Option<RequestId>, Trouble> {
        let cx = self.reading(stage.office.id).await?;
        let conversation = conversation_of(&cx, case).await?;
        let row = cx
            .tx()
            .find::<request::Entity>()
            .filter(request::Column::ConversationId.eq(conversation))
            .descending(request::Column::OpenedAt)
            .one()
            .await
            .map_err(trouble)?;
        Ok(row.map(|row| row.id))
    }

    async fn open_from_conversation(&self, stage: &Stage<'_>, case: &Case) -> Result<RequestId, Trouble> {
        let mut cx = Cx::write(self.house, stage.office.id, stage.officer.clone()).await.map_err(trouble)?;
        let conversation = conversation_of(&cx, case).await?;
        let catalogue = catalogue::load(&cx).await.map_err(trouble)?;
        let service = catalogue.services.iter().find(|one| one.code == case.service);
        let variants = service.map(|service| service.variants.as_slice()).unwrap_or_default();
        let variant = variants.get(usize::try_from(case.lot).unwrap_or(0) % variants.len().max(1));
        let districts = regions::districts(&stage.office.region_code);
        let district = districts.get(usize::try_from(case.lot >> 8).unwrap_or(0) % districts.len().max(1));
        let entry = Entry {
            variant: variant.ok_or("a service without a variant")?.id,
            subject: PersonName::parse(case.citizen).map_err(trouble)?,
            nik: None,
            kk: None,
            plain: district
                .map(|district| BTreeMap::from([("kecamatan".to_owned(), district.name.to_owned())]))
                .unwrap_or_default(),
        };
        let opened = requests::open_from_conversation(&mut cx, &stage.office, conversation, entry).await;
        let opened = opened.map_err(trouble)?;
        cx.commit().await.map_err(trouble)?;
        self.settle().await?;
        Ok(opened.id)
    }

    /// Looks at every required paper: good, but for one when the citizen is to be asked.
    async fn check_papers(&self, stage: &Stage<'_>, case: &Case, id: RequestId) -> Result<(), Trouble> {
        let cx = self.reading(stage.office.id).await?;
        let papers = cx
            .tx()
            .find::<paper::Entity>()
            .filter(paper::Column::RequestId.eq(id))
            .ascending(paper::Column::Position)
            .up_to(20)
            .await
            .map_err(trouble)?;
        drop(cx);
        let here: Vec<_> = papers.iter().filter(|paper| paper.state == PaperState::Received).collect();
        for (number, paper) in here.iter().enumerate() {
            let last = number + 1 == here.len();
            let paper = paper.id;
            if last && case.depth == Depth::Checking {
                return Ok(());
            }
            if last && case.depth == Depth::Asked {
                let reason = PaperReason::Blurred;
                self.act(stage, async |cx: &mut Cx<'_>| requests::reject(cx, id, paper, reason).await)
                    .await?;
            } else {
                self.act(stage, async |cx: &mut Cx<'_>| requests::accept(cx, id, paper).await).await?;
            }
        }
        Ok(())
    }

    async fn delivery(&self, stage: &Stage<'_>, case: &Case) -> Result<OutputDelivery, Trouble> {
        let cx = self.reading(stage.office.id).await?;
        let catalogue = catalogue::load(&cx).await.map_err(trouble)?;
        let service = catalogue.services.iter().find(|service| service.code == case.service);
        service.map(|service| service.delivery).ok_or_else(|| "a service is missing".to_owned())
    }

    async fn product(&self, stage: &Stage<'_>) -> Result<StoredFile, Trouble> {
        let person = PEOPLE.first().ok_or("nobody holds the phone")?;
        let PhoneContent::Document { bytes, .. } = Sample::Form.draw(person, None) else {
            return Err("the sample is no document".to_owned());
        };
        let keys = self.house.keys(stage.office.id).await.map_err(trouble)?;
        let id = FileId(self.house.ids.uuid(self.house.clock.now()));
        let storage_key = self.files.put(&keys, (stage.office.id, id), &bytes).await.map_err(trouble)?;
        let stored = StoredFile::new(&keys, (id, storage_key), "application/pdf", &bytes);
        Ok(stored.named(Some("hasil.pdf".to_owned())))
    }
}

/// The conversation of a case's citizen.
async fn conversation_of(cx: &Cx<'_>, case: &Case) -> Result<ConversationId, Trouble> {
    let index = cx.index(IndexKind::WaId, &case.wa_id);
    let identity =
        cx.tx().find::<contact_identity::Entity>().filter(contact_identity::Column::ValueIdx.eq(index));
    let contact = identity.required("a citizen of the story").await.map_err(trouble)?.contact_id;
    let theirs = cx.tx().find::<conversation::Entity>().filter(conversation::Column::ContactId.eq(contact));
    Ok(theirs.required("a conversation of the story").await.map_err(trouble)?.id)
}

/// Who acts for an office in the story: its operator, for all services.
fn officer(office: &DescribedOffice) -> Actor {
    let operator = office.accounts.iter().find(|account| account.role == Role::Operator);
    let grant = Grant { role: Role::Operator, scope: Scope::default() };
    let user = operator.map_or(UserId::NIL, |account| account.id);
    Actor::Officer(Arc::new(Standing { user, grants: vec![grant] }))
}

fn question(case: &Case) -> String {
    let questions = [
        "Selamat pagi, syarat ganti KTP yang hilang apa saja ya?",
        "Min, KK saya sudah jadi belum?",
        "Apakah hari Sabtu buka pak?",
        "Mau tanya, bikin KIA harus bawa anaknya?",
    ];
    let lot = usize::try_from(case.lot).unwrap_or(0);
    questions.get(lot % questions.len()).copied().unwrap_or_default().to_owned()
}
