//! What is typed about an outage.

use std::str::FromStr;

use chrono::NaiveDateTime;
use loket_core::{
    clock::Instant,
    outage::{OutageKind, Provider},
    permission::Scope,
    zone::OfficeZone,
};
use serde::Deserialize;

use crate::{domain::outages::NewOutage, web::form::ids};

const TIME: &str = "Isi tanggal dan jam dengan lengkap.";

/// A moment as a field of date and time shows it.
pub(super) fn shown(at: Instant, zone: OfficeZone) -> String {
    zone.local(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// The moment that was typed; `now` for an empty field. The minute in which something is entered is now.
pub(super) fn moment(text: &str, (zone, now): (OfficeZone, Instant)) -> Result<Instant, &'static str> {
    let text = text.trim();
    if text.is_empty() || text == shown(now, zone) {
        return Ok(now);
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    local.map(|local| zone.instant(local)).ok_or(TIME)
}

/// An outage as it was typed. Boxes that are not ticked are not sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub services: Vec<String>,
    #[serde(default)]
    pub units: Vec<String>,
    #[serde(default)]
    pub reference: String,
    #[serde(default)]
    pub note: String,
}

impl Entry {
    /// What it means; whoever usually answers for a system does where nobody was chosen.
    pub(super) fn outage(&self, at: (OfficeZone, Instant)) -> Result<NewOutage, &'static str> {
        let kind: OutageKind = self.kind.parse().map_err(|_| "Pilih apa yang terganggu.")?;
        let provider = match self.provider.as_str() {
            "" => kind.usual_provider(),
            word => Provider::from_str(word).map_err(|_| "Pilih penanggung jawab dari daftar.")?,
        };
        let scope =
            Scope { services: ticked(&self.services)?, units: ticked(&self.units)?, districts: Vec::new() };
        Ok(NewOutage {
            kind,
            provider,
            scope,
            from: moment(&self.from, at)?,
            until: if self.until.trim().is_empty() { None } else { Some(moment(&self.until, at)?) },
            reference: self.reference.clone(),
            note: self.note.clone(),
        })
    }
}

/// In one order, so that the same boxes mean the same outage.
fn ticked<T: FromStr + Ord>(texts: &[String]) -> Result<Vec<T>, &'static str> {
    let mut all = ids(texts).map_err(|_| "Pilih layanan dan unit kantor ini.")?;
    all.sort();
    all.dedup();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_the_offices_zone_and_the_minute_of_now_is_now() {
        let zone = OfficeZone::Wita;
        let now = zone.instant(NaiveDateTime::default()) + chrono::TimeDelta::seconds(42);
        assert_eq!(moment("", (zone, now)), Ok(now));
        assert_eq!(moment(&shown(now, zone), (zone, now)), Ok(now));
        let earlier = now - chrono::TimeDelta::seconds(42 + 3600);
        assert_eq!(moment(&shown(earlier, zone), (zone, now)), Ok(earlier));
        assert_eq!(moment("kemarin", (zone, now)), Err(TIME));
    }

    #[test]
    fn whoever_usually_answers_for_a_system_does_unless_somebody_is_chosen() {
        let at = (OfficeZone::Wib, Instant::UNIX_EPOCH);
        let entry = |kind: &str, provider: &str| Entry {
            kind: kind.to_owned(),
            provider: provider.to_owned(),
            ..Entry::default()
        };
        let provider = |one: Entry| one.outage(at).map(|new| new.provider);
        assert_eq!(provider(entry("siak", "")), Ok(Provider::Directorate));
        assert_eq!(provider(entry("siak", "diskominfo")), Ok(Provider::Diskominfo));
        assert!(provider(entry("", "")).is_err() && provider(entry("siak", "x")).is_err());
        let wrong = Entry { services: vec!["x".to_owned()], ..entry("siak", "") };
        assert!(wrong.outage(at).is_err());
    }
}
