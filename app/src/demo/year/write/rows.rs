//! The rows of a request: itself, its name's words, its papers and its history.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{ContactId, ConversationId, FileId, MediaId, PaperId, RequestEventId, RequestId},
    kinds::{ActorKind, OutputDelivery},
    request::{Channel, PaperState},
    text::PersonName,
};
use loket_entity::{answer_forecast, paper, request, request_event, request_name};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

use super::{
    aims,
    batch::Batch,
    ids::{Table, id, part},
    ledger::Ledger,
};
use crate::{
    demo::{
        setup::{Trouble, trouble},
        year::{
            calendar::Local,
            case::Case,
            history::{Happening, Kind, Standing, Who, history},
            people::Citizen,
        },
    },
    infra::seal::{Column, IndexKind},
};

const SUBJECT: Column = Column::new("request", "subject");
const FIELDS: Column = Column::new("request", "fields");

/// Services whose format line does not say a kecamatan.
const NOWHERE: [&str; 2] = ["SKPWNI", "SKDWN"];

/// A case with everything that its rows need.
pub(super) struct Drawn<'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) number: usize,
    pub(super) case: &'l Case,
    pub(super) kind: Kind,
    pub(super) lines: Vec<Happening>,
    pub(super) standing: Standing,
    pub(super) citizen: Citizen,
    /// Places of the required papers among all papers of the variant.
    pub(super) required: Vec<usize>,
}

impl<'l> Drawn<'l> {
    pub(super) fn of(ledger: &'l Ledger, (number, case): (usize, &'l Case)) -> Result<Self, Trouble> {
        let kind = ledger.plan.kind(case);
        let lines = history(case, kind, ledger.plan.until);
        let standing = Standing::after(&lines, case, kind);
        let district = ledger.districts.get(case.arrival.district).map_or("000000", |one| one.code);
        let (_, variant) = ledger.of(case)?;
        let required = variant.papers.iter().enumerate().filter(|(_, paper)| paper.required);
        Ok(Self {
            required: required.map(|(place, _)| place).collect(),
            citizen: Citizen::of(case, (ledger.plan.office(), number), district),
            ledger,
            number,
            case,
            kind,
            lines,
            standing,
        })
    }

    /// Whether what was said and sent is there: it is young, or still open.
    pub(super) fn is_told(&self) -> bool {
        self.case.arrival.opened >= self.ledger.plan.told_from || !self.standing.state.is_terminal()
    }

    /// Whether it has a conversation.
    pub(super) fn has_talk(&self) -> bool {
        self.is_told() && self.is_written()
    }

    pub(super) fn is_written(&self) -> bool {
        self.case.arrival.channel == Channel::WhatsApp
    }

    /// The document that was made, where it is one.
    pub(super) fn has_product(&self) -> bool {
        self.is_told() && self.kind.delivery == OutputDelivery::Pdf && self.standing.ready.is_some()
    }

    pub(super) fn at(&self, local: Local) -> Instant {
        self.ledger.at(local)
    }

    pub(super) fn opened(&self) -> Instant {
        self.at(self.case.arrival.opened)
    }

    /// By when somebody should have answered, where the office set itself a time.
    fn answer_by(&self) -> Option<Instant> {
        let channel = self.case.arrival.channel;
        let aim = aims::of(self.ledger.plan.place).filter(|_| Channel::WRITTEN.contains(&channel))?;
        self.ledger.clocks.service.after(self.at(self.case.arrival.first), TimeDelta::minutes(aim))
    }

    fn id<T: From<Uuid>>(&self, table: Table, which: usize) -> T {
        id(self.ledger.plan.place, (table, part(self.number, which)), self.opened())
    }

    pub(super) fn contact(&self) -> ContactId {
        self.id(Table::Contact, 0)
    }

    pub(super) fn conversation(&self) -> ConversationId {
        self.id(Table::Conversation, 0)
    }

    pub(super) fn request(&self) -> RequestId {
        self.id(Table::Request, 0)
    }

    pub(super) fn product(&self) -> FileId {
        self.id(Table::File, 0)
    }

    /// The photo of a required paper: of its last coming.
    pub(super) fn photo(&self, paper: usize, coming: usize) -> MediaId {
        self.id(Table::Media, paper * 4 + coming)
    }

    /// How often a required paper has come.
    pub(super) fn comings(&self, paper: usize) -> usize {
        use loket_core::request::RequestEventKind::PaperReceived;
        self.lines.iter().filter(|line| line.kind == PaperReceived && line.paper == Some(paper)).count()
    }

    fn paper(&self, required: usize) -> PaperId {
        self.id(Table::Paper, self.required.get(required).copied().unwrap_or(63))
    }

    /// Its kecamatan: code and name, where the citizen said it.
    pub(super) fn district(&self) -> Option<(&'static str, &'static str)> {
        let service = self.ledger.of(self.case).ok()?.0;
        let unsaid = self.is_written() && self.kind.formats && NOWHERE.contains(&service.code.as_str());
        let district = self.ledger.districts.get(self.case.arrival.district)?;
        (!unsaid).then_some((district.code, district.name))
    }

    /// What the citizen writes first.
    pub(super) fn first_words(&self) -> Result<String, Trouble> {
        let (service, variant) = self.ledger.of(self.case)?;
        let district = self.ledger.districts.get(self.case.arrival.district);
        let district = *district.ok_or("a case of no kecamatan")?;
        let line = self.ledger.plan.lines.iter().find(|line| line.keyword == service.code);
        Ok(self.citizen.first_words(line, (district, &variant.code)))
    }

    /// What was typed, key to value: of what is old, only where it came from.
    fn fields(&self) -> Result<BTreeMap<String, String>, Trouble> {
        if self.has_talk() && self.kind.formats {
            let message = self.ledger.reader.read(&self.first_words()?);
            let complete = message.requests.first().filter(|reading| reading.is_complete());
            return complete
                .map(|reading| reading.fields.expose())
                .ok_or_else(|| "a line of the year cannot be read".to_owned());
        }
        let name = self.is_told().then(|| ("nama".to_owned(), self.citizen.name.clone()));
        let district = self.district().map(|(_, name)| ("kecamatan".to_owned(), name.to_owned()));
        Ok(name.into_iter().chain(district).collect())
    }

    /// Adds its rows to a batch.
    pub(super) fn write(&self, batch: &mut Batch) -> Result<(), Trouble> {
        batch.requests.push(self.row()?.into_active_model());
        self.write_names(batch)?;
        self.write_papers(batch)?;
        self.write_history(batch)?;
        self.write_turn(batch)
    }

    fn write_turn(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let Some(turn) = self.ledger.turns.of(self.number) else { return Ok(()) };
        let service = self.ledger.of(self.case)?.0;
        let pace = turn.pace.map(|(pace, _)| pace);
        batch.forecasts.push(answer_forecast::ActiveModel {
            tenant_id: Set(self.ledger.office.id),
            id: Set(self.id(Table::Forecast, 0)),
            request_id: Set(self.request()),
            service_id: Set(service.id),
            unit_id: Set(service.unit),
            place: Set(i64::from(turn.place)),
            expected_at: Set(turn.expected),
            answers: Set(pace.map(|pace| i64::from(pace.answers))),
            busy_minutes: Set(pace.map(|pace| pace.busy.num_minutes())),
            officers: Set(pace.map(|pace| i64::from(pace.officers()))),
            since: Set(turn.pace.map(|(_, since)| since)),
            made_at: Set(turn.made_at),
        });
        Ok(())
    }

    fn row(&self) -> Result<request::Model, Trouble> {
        let (ledger, standing, id) = (self.ledger, &self.standing, self.request());
        let (service, variant) = ledger.of(self.case)?;
        let clock = ledger.clocks.of(&service.times, self)?;
        let fields = self.fields()?;
        let index = |kind, key: &str| fields.get(key).map(|text| ledger.keys.index(kind, text));
        let (district_code, district) = self.district().unzip();
        let at = |local: Option<Local>| local.map(|local| self.at(local));
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        Ok(request::Model {
            tenant_id: ledger.office.id,
            id,
            receipt: ledger.receipt(self.number)?.as_str().to_owned(),
            service_id: service.id,
            variant_id: variant.id,
            unit_id: service.unit,
            conversation_id: self.has_talk().then(|| self.conversation()),
            submitter_id: self.has_talk().then(|| self.contact()),
            channel: self.case.arrival.channel,
            state: standing.state,
            assigned_to: if standing.taken { Some(ledger.officer(self.case)?.0) } else { None },
            subject: ledger.keys.seal(&self.citizen.name, SUBJECT.of(id.0)).map_err(trouble)?,
            fields: ledger.keys.seal(&serde_json::json!(fields), FIELDS.of(id.0)).map_err(trouble)?,
            notes: None,
            nik_idx: index(IndexKind::Nik, "nik"),
            kk_idx: index(IndexKind::Kk, "no_kk"),
            district_code: district_code.map(str::to_owned),
            district: district.map(str::to_owned),
            papers_required: count(self.kind.papers),
            papers_accepted: count(standing.accepted()),
            result_file_id: self.has_product().then(|| self.product()),
            result_sha256: None,
            first_message_at: self.at(self.case.arrival.first),
            turn_at: self.at(self.case.arrival.first),
            care_since: None,
            away_since: None,
            visit_wanted_at: None,
            opened_at: self.opened(),
            answered_at: at(standing.answered),
            answer_by: self.answer_by(),
            unanswered_since: at(standing.unanswered),
            complete_from: at(standing.complete_from),
            complete_declared_at: at(standing.declared),
            terms: clock.terms,
            due_at: clock.due,
            promised_at: clock.promised,
            withheld_at: clock.withheld,
            remind_at: None,
            answer_until: None,
            next_check: clock.check,
            alarm: None,
            warned_at: None,
            promise_missed_at: clock.missed,
            ready_at: at(standing.ready),
            closed_at: at(standing.closed),
            close_reason: standing.reason.map(str::to_owned),
            elsewhere: false,
            changed_at: self.at(standing.changed),
            version: standing.version,
        })
    }

    fn write_names(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let name = PersonName::parse(&self.citizen.name).map_err(trouble)?;
        for (which, word) in name.search_words().enumerate() {
            batch.names.push(request_name::ActiveModel {
                tenant_id: Set(self.ledger.office.id),
                id: Set(self.id(Table::Name, which)),
                request_id: Set(self.request()),
                word_idx: Set(self.ledger.keys.index(IndexKind::NameWord, &word)),
            });
        }
        Ok(())
    }

    fn write_papers(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let officer = self.ledger.officer(self.case)?.0;
        for (place, rule) in self.ledger.of(self.case)?.1.papers.iter().enumerate() {
            let required = self.required.iter().position(|one| *one == place);
            let standing = required.and_then(|paper| self.standing.papers.get(paper));
            let comings = required.map_or(0, |paper| self.comings(paper));
            let photo = required.filter(|_| self.has_talk() && comings > 0);
            let decided = standing.and_then(|paper| paper.decided);
            batch.papers.push(paper::ActiveModel {
                tenant_id: Set(self.ledger.office.id),
                id: Set(self.id(Table::Paper, place)),
                request_id: Set(self.request()),
                code: Set(rule.code.clone()),
                name: Set(rule.name.clone()),
                required: Set(rule.required),
                position: Set(i64::try_from(place).unwrap_or(0)),
                state: Set(standing.map_or(PaperState::Absent, |paper| paper.state)),
                media_id: Set(photo.map(|paper| self.photo(paper, comings - 1))),
                file_id: Set(None),
                reason: Set(standing.and_then(|paper| paper.reason)),
                received_at: Set(standing.and_then(|paper| paper.received).map(|at| self.at(at))),
                decided_at: Set(decided.map(|at| self.at(at))),
                decided_by: Set(decided.map(|_| officer)),
            });
        }
        Ok(())
    }

    fn write_history(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let (service, variant) = self.ledger.of(self.case)?;
        let officer = self.ledger.officer(self.case)?.0;
        for (which, line) in self.lines.iter().enumerate() {
            let recorded = self.at(line.recorded);
            let number = part(self.number, which);
            let (actor_kind, actor_id) = match line.who {
                Who::Citizen => (ActorKind::Citizen, self.has_talk().then(|| self.contact().0)),
                Who::Officer => (ActorKind::Officer, Some(officer.0)),
            };
            let event: RequestEventId = id(self.ledger.plan.place, (Table::Event, number), recorded);
            batch.events.push(request_event::ActiveModel {
                tenant_id: Set(self.ledger.office.id),
                id: Set(event),
                request_id: Set(self.request()),
                kind: Set(line.kind),
                at: Set(self.at(line.at)),
                recorded_at: Set(recorded),
                actor_kind: Set(actor_kind),
                actor_id: Set(actor_id),
                channel: Set(self.case.arrival.channel),
                unit_id: Set(service.unit),
                service_id: Set(service.id),
                variant_id: Set(variant.id),
                district_code: Set(self.district().map(|(code, _)| code.to_owned())),
                from_state: Set(line.moving.map(|(from, _)| from)),
                to_state: Set(line.moving.map(|(_, to)| to)),
                reason: Set(line.reason.map(str::to_owned)),
                paper_id: Set(line.paper.map(|paper| self.paper(paper))),
                payload: Set(None),
            });
        }
        Ok(())
    }
}
