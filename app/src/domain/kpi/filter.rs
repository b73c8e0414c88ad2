//! What is asked: a period and how it is narrowed; and which rows of it.

use loket_core::{
    id::{ServiceId, VariantId},
    kpi::{AgeBand, Metric, Period},
    request::{Channel, PaperReason},
};
use serde_json::{Value as Json, json};

/// A kecamatan that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum District {
    /// By its code, six digits.
    Code(String),
    /// Requests whose kecamatan is not known.
    Unknown,
}

/// A period, and how it is narrowed. The same value makes a tile, its list and its export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Which days.
    pub period: Period,
    /// Only this service.
    pub service: Option<ServiceId>,
    /// Only this variant.
    pub variant: Option<VariantId>,
    /// Only this kecamatan.
    pub district: Option<District>,
    /// Only what came this way.
    pub channel: Option<Channel>,
}

impl Filter {
    /// A period that is not narrowed.
    pub fn of(period: Period) -> Self {
        Self { period, service: None, variant: None, district: None, channel: None }
    }

    /// Whether the facts by service and day say enough.
    pub fn is_coarse(&self) -> bool {
        self.variant.is_none() && self.district.is_none() && self.channel.is_none()
    }

    /// Whether it is narrowed at all.
    pub fn is_narrowed(&self) -> bool {
        self.service.is_some() || !self.is_coarse()
    }
}

/// The rows behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Which figure.
    pub metric: Metric,
    /// Of what.
    pub filter: Filter,
    /// Of the backlog, only this old.
    pub age: Option<AgeBand>,
    /// Of rejected papers, only for this reason.
    pub reason: Option<PaperReason>,
}

impl Selection {
    /// All rows behind a figure.
    pub fn of(metric: Metric, filter: Filter) -> Self {
        Self { metric, filter, age: None, reason: None }
    }

    /// What was asked, for the audit trail; no word of a citizen is in it.
    pub(super) fn recorded(&self, count: u64) -> Json {
        let filter = &self.filter;
        // What is open is open now, whatever the period.
        let period = (self.metric != Metric::Backlog).then_some(filter.period);
        json!({
            "rows": self.metric.word(),
            "from": period.map(|period| period.from().to_string()),
            "to": period.map(|period| period.to().to_string()),
            "service": filter.service,
            "variant": filter.variant,
            "district": filter.district.as_ref().map(|district| match district {
                District::Code(code) => code.as_str(),
                District::Unknown => "-",
            }),
            "channel": filter.channel,
            "age": self.age,
            "reason": self.reason,
            "count": count,
        })
    }
}
