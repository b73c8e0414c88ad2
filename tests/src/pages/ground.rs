//! What the rows that are made refer to: services, officers, kecamatan and the keys of one office.

use std::sync::Arc;

use chrono::NaiveDate;
use loket::{
    domain::{regions, tenancy},
    infra::{Cx, House, PlatformTx, SystemReason, seal::OfficeKeys},
};
use loket_core::{
    clock::{Clock, Instant, SystemClock},
    id::{NumberId, OfficeId, ServiceId, UnitId, UserId, VariantId},
    zone::OfficeZone,
};
use loket_entity::{officer, service, variant, wa_number};

use crate::Trouble;

/// The office that is filled.
pub const OFFICE: &str = "kab-tangerang";
const MOST: u64 = 1_000;

/// What rows refer to.
pub struct Ground {
    /// The office.
    pub office: OfficeId,
    /// Its clocks.
    pub zone: OfficeZone,
    /// What is asked for.
    pub services: Vec<(ServiceId, VariantId, Option<UnitId>)>,
    /// Who works there.
    pub officers: Vec<UserId>,
    /// Code and name of its kecamatan.
    pub districts: Vec<(&'static str, &'static str)>,
    /// One of its numbers.
    pub number: NumberId,
    /// Its keys.
    pub keys: Arc<OfficeKeys>,
    /// Now.
    pub now: Instant,
}

impl Ground {
    /// Looks at an office that is set up.
    pub async fn of(house: &House) -> Result<Self, Trouble> {
        let tx = PlatformTx::read(house).await?;
        let office = tenancy::office_by_slug(&tx, OFFICE).await?.ok_or("the office is not there")?;
        drop(tx);
        let cx = Cx::system(house, office.id, SystemReason::Seed).await?;
        let services = cx.tx().find::<service::Entity>().up_to(MOST).await?;
        let variants = cx.tx().find::<variant::Entity>().up_to(MOST).await?;
        let unit = |id| services.iter().find(|one| one.id == id).and_then(|one| one.unit_id);
        let officers = cx.tx().find::<officer::Entity>().up_to(MOST).await?;
        let number = cx.tx().find::<wa_number::Entity>().one().await?.ok_or("the office has no number")?;
        Ok(Self {
            office: office.id,
            zone: office.zone,
            services: variants.iter().map(|one| (one.service_id, one.id, unit(one.service_id))).collect(),
            officers: officers.into_iter().map(|one| one.id).collect(),
            districts: regions::districts(&office.region_code)
                .iter()
                .map(|one| (one.code, one.name))
                .collect(),
            number: number.id,
            keys: Arc::clone(cx.keys()),
            now: SystemClock.now(),
        })
    }

    /// Today on the office's calendar.
    pub fn today(&self) -> NaiveDate {
        self.zone.date(self.now)
    }

    /// When today began.
    pub fn midnight(&self) -> Instant {
        self.zone.midnight(self.today())
    }
}
