//! What a trusted sender handed in is told in one letter: the number of each request, and what is wrong with the rest.

use std::collections::BTreeMap;

use loket_core::{
    clock::Instant,
    reply::{BatchFault, BatchLine, BatchReceived},
    text::PersonName,
};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    super::{open::Opened, places, similar::Similar, telling::label},
    Intake,
};
use crate::{
    domain::capacity,
    infra::{Cx, Fault, Outcome},
};

/// What is told of a request that was opened.
struct Told<'a> {
    opened: &'a Opened,
    subject: Option<PersonName>,
    service: String,
    /// The papers that it asks for.
    papers: Vec<&'a str>,
    received_at: Instant,
}

impl Intake<'_> {
    /// Says to a trusted sender what became of their lines.
    pub(super) async fn tell_batch(&self, cx: &mut Cx<'_>, from: &str) -> Outcome<()> {
        let told = self.told(cx).await?;
        let opened: Vec<BatchLine<'_>> = told
            .iter()
            .map(|one| BatchLine {
                receipt: &one.opened.receipt,
                subject: one.subject.as_ref(),
                service: &one.service,
                similar: one.opened.similar.as_ref().map(Similar::told),
            })
            .collect();
        let faulty: Vec<BatchFault<'_>> = self
            .faulty
            .iter()
            .filter_map(|reading| {
                Some(BatchFault {
                    keyword: &reading.keyword,
                    subject: reading.fields.name(),
                    problems: &reading.problems,
                    corrected_line: reading.corrected_line()?,
                })
            })
            .collect();
        let mut papers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in &told {
            papers.insert(&one.service, one.papers.clone());
        }
        let papers: Vec<(&str, Vec<&str>)> = papers.into_iter().collect();
        let turns = capacity::turns(cx, self.opened.iter().map(|one| one.id).collect()).await?;
        // Only where something can be said of each: the latest.
        let expected: Option<Vec<Instant>> =
            self.opened.iter().map(|one| turns.get(&one.id)?.expected).collect();
        let expected = expected.and_then(|all| all.into_iter().max()).filter(|at| *at > cx.now());
        let letters = BatchReceived {
            from,
            now: cx.now(),
            received_at: told.iter().map(|one| one.received_at).max().unwrap_or(cx.now()),
            opened: &opened,
            faulty: &faulty,
            teaches: self.office.teaches(),
            papers: &papers,
            expected,
            hours: &self.office.hours,
        };
        for text in letters.texts(&self.office.head(self.catalogue.is_free())) {
            self.say(cx, text).await?;
        }
        Ok(())
    }

    /// Whether what came is told in one letter; a single line is answered as anybody's.
    pub(super) fn came_together(&self) -> bool {
        self.opened.len() > 1
            || (!self.faulty.is_empty() && (self.office.teaches() || !self.opened.is_empty()))
    }

    /// What was opened, in the order of the lines.
    async fn told(&self, cx: &Cx<'_>) -> Outcome<Vec<Told<'_>>> {
        let ids = self.opened.iter().map(|one| one.id);
        let rows = cx
            .tx()
            .find::<request::Entity>()
            .filter(request::Column::Id.is_in(ids))
            .up_to(self.opened.len() as u64)
            .await?;
        let rows: BTreeMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        self.opened
            .iter()
            .map(|opened| {
                let row =
                    rows.get(&opened.id).ok_or(Fault::Inconsistent("a request that was just opened"))?;
                let (service, variant) = self
                    .catalogue
                    .known_variant(row.variant_id)
                    .ok_or(Fault::Inconsistent("variant of a request"))?;
                let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
                Ok(Told {
                    opened,
                    subject: PersonName::parse(&name).ok(),
                    service: label(&service.name, &variant.name),
                    papers: variant
                        .papers
                        .iter()
                        .filter(|paper| paper.required)
                        .map(|paper| paper.name.as_str())
                        .collect(),
                    received_at: row.first_message_at,
                })
            })
            .collect()
    }
}
