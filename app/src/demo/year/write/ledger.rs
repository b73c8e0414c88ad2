//! What the rows of an office's year refer to: its services, people, numbers, kecamatan, and the receipts given out.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Datelike;
use loket_core::{
    clock::Instant,
    id::{NumberId, UserId},
    kinds::Role,
    receipt::ReceiptNumber,
};
use loket_entity::wa_number;

use super::{clocks::Clocks, outages, turns::Turns};
use crate::{
    demo::{
        setup::{DescribedOffice, Trouble, trouble},
        year::{
            calendar::{Local, instant},
            case::Case,
            plan::OfficePlan,
        },
    },
    domain::{
        catalogue::{self, Catalogue, ServiceView, VariantView},
        regions::{self, District},
        requests,
        tenancy::Office,
    },
    infra::{Actor, Cx, House, SystemReason, seal::OfficeKeys},
};

/// More numbers than an office has.
const MOST_NUMBERS: u64 = 100;

/// What rows refer to.
pub(super) struct Ledger {
    pub(super) plan: OfficePlan,
    pub(super) office: Office,
    pub(super) keys: Arc<OfficeKeys>,
    pub(super) catalogue: Catalogue,
    pub(super) districts: Vec<District>,
    /// What clocks run by.
    pub(super) clocks: Clocks,
    /// What reads a citizen's line.
    pub(super) reader: requests::Reader,
    /// Accounts by their place among the office's people, with their names.
    people: Vec<(UserId, String)>,
    /// The number of each service, by its place.
    numbers: Vec<NumberId>,
    /// The receipt of each case.
    receipts: Vec<ReceiptNumber>,
    /// The last serial of each month.
    pub(super) counters: BTreeMap<String, u32>,
    /// What citizens were told of their turn.
    pub(super) turns: Turns,
}

/// The accounts of the office's people, in their order.
fn people(plan: &OfficePlan, described: &DescribedOffice) -> Result<Vec<(UserId, String)>, Trouble> {
    let account = |email: String| described.accounts.iter().find(|account| account.email == email);
    let people = plan.office().people.iter().map(|person| account(person.email(&described.slug)));
    let people: Option<Vec<_>> = people.map(|found| found.map(|one| (one.id, one.name.clone()))).collect();
    people.ok_or_else(|| "somebody of the office has no account".to_owned())
}

impl Ledger {
    /// Looks everything up.
    pub(super) async fn open(
        house: &House,
        (office, described): (&Office, &DescribedOffice),
        plan: OfficePlan,
    ) -> Result<Self, Trouble> {
        let seed = Actor::System(SystemReason::Seed);
        let cx = Cx::read(house, office.id, seed).await.map_err(trouble)?;
        let rows = cx.tx().find::<wa_number::Entity>().up_to(MOST_NUMBERS).await.map_err(trouble)?;
        let number = |code: &str| {
            let meant =
                described.numbers.iter().find(|one| one.services.iter().any(|service| service == code));
            let one = meant.or_else(|| described.numbers.first())?;
            rows.iter().find(|row| row.phone_number_id == one.phone_number_id).map(|row| row.id)
        };
        let numbers: Option<Vec<NumberId>> =
            plan.services.iter().map(|service| number(&service.code)).collect();
        let catalogue = catalogue::load(&cx).await.map_err(trouble)?;
        let at = |local: Local| instant(local, office.zone);
        let stopped =
            plan.incidents.iter().map(|(one, span)| (outages::kind(one.what).0, at(span.0)..at(span.1)));
        let mut ledger = Self {
            clocks: Clocks::open(&cx, office.zone, stopped.collect()).await?,
            reader: requests::Reader::new(&cx, office, &catalogue),
            catalogue,
            numbers: numbers.ok_or("a service without a number")?,
            people: people(&plan, described)?,
            districts: regions::districts(&office.region_code),
            keys: Arc::clone(cx.keys()),
            office: office.clone(),
            plan,
            receipts: Vec::new(),
            counters: BTreeMap::new(),
            turns: Turns::default(),
        };
        ledger.number()?;
        ledger.turns = Turns::foretell(&ledger)?;
        Ok(ledger)
    }

    /// The account of whoever has a role.
    pub(super) fn of_role(&self, role: Role) -> Result<UserId, Trouble> {
        let place = self.plan.office().people.iter().position(|person| person.role == role);
        let found = place.and_then(|place| self.people.get(place));
        found.map(|(id, _)| *id).ok_or_else(|| format!("nobody is {role}"))
    }

    /// Gives each case its receipt, in the order in which they were opened.
    fn number(&mut self) -> Result<(), Trouble> {
        for case in &self.plan.cases {
            let local = self.office.zone.local(self.at(case.arrival.opened));
            let month = format!("{:02}{:02}", local.year().rem_euclid(100), local.month());
            let serial = self.counters.entry(month).or_default();
            *serial += 1;
            let receipt = ReceiptNumber::at(&self.office.receipt_code, &local, *serial).map_err(trouble)?;
            self.receipts.push(receipt);
        }
        Ok(())
    }

    /// A moment on the office's clocks, as everybody's.
    pub(super) fn at(&self, local: Local) -> Instant {
        instant(local, self.office.zone)
    }

    /// The service and variant of a case.
    pub(super) fn of(&self, case: &Case) -> Result<(&ServiceView, &VariantView), Trouble> {
        let code = self.plan.services.get(case.arrival.service).map(|service| service.code.as_str());
        let service = self.catalogue.services.iter().find(|one| Some(one.code.as_str()) == code);
        let found = service.and_then(|service| Some((service, service.variants.get(case.variant)?)));
        found.ok_or_else(|| "a service of the year is missing".to_owned())
    }

    /// The receipt of the `number`-th case.
    pub(super) fn receipt(&self, number: usize) -> Result<&ReceiptNumber, Trouble> {
        self.receipts.get(number).ok_or_else(|| "a case without a receipt".to_owned())
    }

    /// Who has a case, and their name.
    pub(super) fn officer(&self, case: &Case) -> Result<&(UserId, String), Trouble> {
        self.people.get(case.desk).ok_or_else(|| "an officer of the year is missing".to_owned())
    }

    /// The number a case came to.
    pub(super) fn number_of(&self, case: &Case) -> Result<NumberId, Trouble> {
        self.numbers.get(case.arrival.service).copied().ok_or_else(|| "a service without a number".to_owned())
    }
}
