//! How long a service may take, as a value that a clock can count.

use serde::{Deserialize, Serialize};

use super::{Basis, UNVERIFIED};
use crate::request::Channel;

words!(/// What a time is counted in.
    TimeUnit {
    /// Minutes.
    Minutes = "minutes",
    /// Hours in which the office works.
    WorkingHours = "working_hours",
    /// Days on which the office works.
    WorkingDays = "working_days",
    /// Days of the calendar.
    CalendarDays = "calendar_days",
    /// Times of 24 hours, as "1x24 jam"; what an office means by it stands in its timetable.
    DaysAndNights = "days_and_nights",
});

impl TimeUnit {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Minutes => "menit",
            Self::WorkingHours => "jam kerja",
            Self::WorkingDays => "hari kerja",
            Self::CalendarDays => "hari kalender",
            Self::DaysAndNights => "x 24 jam",
        }
    }
}

/// How long it may take at most from complete papers on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// How many.
    pub amount: i64,
    /// Of what.
    pub unit: TimeUnit,
    /// The channel it holds for; every one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Where it stands.
    #[serde(default)]
    pub basis: Basis,
}

impl TimeLimit {
    /// As people read it, without its source.
    pub fn words(&self) -> String {
        let span = format!("paling lama {} {}", self.amount, self.unit.label());
        match self.channel {
            Some(channel) => format!("{span} ({})", channel.label()),
            None => span,
        }
    }

    /// As people read it where its source is not beside it: with the mark of one that nobody has compared.
    pub fn marked(&self) -> String {
        if self.basis.is_unverified() { format!("{}, {UNVERIFIED}", self.words()) } else { self.words() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Confidence;

    #[test]
    fn a_time_reads_with_its_unit_and_its_channel() {
        let mut time =
            TimeLimit { amount: 3, unit: TimeUnit::WorkingDays, channel: None, basis: Basis::default() };
        assert_eq!(time.words(), "paling lama 3 hari kerja");
        assert_eq!(time.marked(), "paling lama 3 hari kerja, belum diverifikasi");
        time.basis =
            Basis { law: "SK Camat 3/2026".to_owned(), confidence: Confidence::High, ..Basis::default() };
        assert_eq!(time.marked(), "paling lama 3 hari kerja");
        time.channel = Some(Channel::WhatsApp);
        assert_eq!(time.words(), format!("paling lama 3 hari kerja ({})", Channel::WhatsApp.label()));
    }
}
