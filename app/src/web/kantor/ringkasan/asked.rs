//! What a page of figures is asked for, read from its address and written into others: the same words everywhere, so
//! that a tile, its list and its export ask for the same rows.

use std::str::FromStr;

use chrono::NaiveDate;
use loket_core::kpi::{AgeBand, Metric, Period, Preset};
use serde::Deserialize;

use crate::{
    domain::kpi::{Cursor, District, Filter, Selection},
    web::error::PageError,
};

/// The period that is shown before one is chosen.
const FIRST: Preset = Preset::Week;
/// The word for requests whose kecamatan is not known.
pub(super) const UNKNOWN: &str = "-";

/// The query of an address. A word that is none is refused, never dropped: a filter that is silently gone would show
/// other rows than were asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    kurun: String,
    mulai: String,
    sampai: String,
    layanan: String,
    varian: String,
    kecamatan: String,
    kanal: String,
    daftar: String,
    umur: String,
    sebab: String,
    sesudah: String,
}

impl Asked {
    /// The filter, as of today.
    pub(super) fn filter(&self, today: NaiveDate) -> Result<Filter, PageError> {
        Ok(Filter {
            period: self.period(today)?,
            service: word(&self.layanan)?,
            variant: word(&self.varian)?,
            district: district(&self.kecamatan)?,
            channel: word(&self.kanal)?,
        })
    }

    /// The rows behind a figure, as of today.
    pub(super) fn selection(&self, today: NaiveDate) -> Result<Selection, PageError> {
        let metric: Metric = self.daftar.parse().map_err(|_| PageError::NotFound)?;
        if metric.definition().rows.is_none() {
            return Err(PageError::NotFound);
        }
        let age = word(&self.umur)?.filter(|_| metric == Metric::Backlog);
        let reason = word(&self.sebab)?.filter(|_| metric == Metric::Incomplete);
        Ok(Selection { metric, filter: self.filter(today)?, age, reason })
    }

    /// Behind which row a page of the list begins.
    pub(super) fn behind(&self) -> Result<Option<Cursor>, PageError> {
        if self.sesudah.is_empty() {
            return Ok(None);
        }
        Cursor::parse(&self.sesudah).map(Some).ok_or(PageError::Form)
    }

    fn period(&self, today: NaiveDate) -> Result<Period, PageError> {
        let preset = word(&self.kurun)?.unwrap_or(FIRST);
        if preset != Preset::Range {
            return Ok(Period::named(preset, today));
        }
        let (Some(from), Some(to)) = (word(&self.mulai)?, word(&self.sampai)?) else {
            return Err(PageError::Refused("Isi tanggal awal dan tanggal akhir rentang.".to_owned()));
        };
        Period::range(from, to, today).map_err(|refusal| PageError::Refused(refusal.sentence().to_owned()))
    }
}

fn word<T: FromStr>(text: &str) -> Result<Option<T>, PageError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| PageError::Form) }
}

fn district(text: &str) -> Result<Option<District>, PageError> {
    match text {
        "" => Ok(None),
        UNKNOWN => Ok(Some(District::Unknown)),
        code if code.len() <= 10 && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(Some(District::Code(code.to_owned())))
        }
        _ => Err(PageError::Form),
    }
}

/// A filter as a query. Ids, codes, words and dates need no escaping.
pub(super) fn query(filter: &Filter) -> String {
    let mut out = format!("kurun={}", filter.period.preset());
    let mut add = |name: &str, value: String| {
        out.push_str(&format!("&{name}={value}"));
    };
    if filter.period.preset() == Preset::Range {
        add("mulai", filter.period.from().to_string());
        add("sampai", filter.period.to().to_string());
    }
    if let Some(service) = filter.service {
        add("layanan", service.to_string());
    }
    if let Some(variant) = filter.variant {
        add("varian", variant.to_string());
    }
    match &filter.district {
        Some(District::Code(code)) => add("kecamatan", code.clone()),
        Some(District::Unknown) => add("kecamatan", UNKNOWN.to_owned()),
        None => {}
    }
    if let Some(channel) = filter.channel {
        add("kanal", channel.to_string());
    }
    out
}

/// The rows behind a figure as a query.
pub(super) fn rows_query(selection: &Selection) -> String {
    let mut out = format!("daftar={}&{}", selection.metric, query(&selection.filter));
    if let Some(age) = selection.age {
        out.push_str(&format!("&umur={}", AgeBand::word(age)));
    }
    if let Some(reason) = selection.reason {
        out.push_str(&format!("&sebab={reason}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use loket_core::{
        id::{ServiceId, VariantId},
        request::{Channel, PaperReason},
    };
    use proptest::{prelude::*, sample::select};
    use uuid::Uuid;

    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap_or_default()
    }

    fn read(query: &str) -> Asked {
        serde_html_form::from_str(query).unwrap_or_default()
    }

    fn filters() -> impl Strategy<Value = Filter> {
        let district = prop_oneof![
            Just(None),
            Just(Some(District::Unknown)),
            (100_000_u32..999_999).prop_map(|code| Some(District::Code(code.to_string()))),
        ];
        let id = || prop::option::of(any::<u128>().prop_map(Uuid::from_u128));
        (select(Preset::ALL), id(), id(), district, prop::option::of(select(Channel::ALL))).prop_map(
            |(preset, service, variant, district, channel)| Filter {
                period: Period::named(preset, today()),
                service: service.map(ServiceId),
                variant: variant.map(VariantId),
                district,
                channel,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_into_an_address_is_read_from_it(
            filter in filters(),
            metric in select(Metric::ALL),
            age in prop::option::of(select(AgeBand::ALL)),
            reason in prop::option::of(select(PaperReason::ALL)),
        ) {
            prop_assume!(metric.definition().rows.is_some());
            let selection = Selection {
                metric,
                filter,
                age: age.filter(|_| metric == Metric::Backlog),
                reason: reason.filter(|_| metric == Metric::Incomplete),
            };
            let back = read(&rows_query(&selection)).selection(today()).ok();
            prop_assert_eq!(back, Some(selection));
        }
    }

    #[test]
    fn a_word_that_is_none_is_refused() {
        for query in
            ["kurun=lusa", "layanan=1", "kecamatan=Tigaraksa", "kanal=merpati", "kurun=rentang&mulai=x"]
        {
            assert!(read(query).filter(today()).is_err(), "{query}");
        }
        assert!(read("kurun=rentang").filter(today()).is_err(), "a range has two ends");
        for query in ["", "daftar=apa", "daftar=cepat"] {
            assert!(read(query).selection(today()).is_err(), "{query}");
        }
        assert_eq!(read("").filter(today()).ok(), Some(Filter::of(Period::named(FIRST, today()))));
    }
}
