//! Which office of a province needs help, and why, in words. Only from counted facts.

use chrono::TimeDelta;

use crate::{clock::Instant, zone};

/// Counts below this say little, and may point at single persons: they are shown greyed and never compared.
pub const SMALL: u64 = 10;

/// Without a message for this long, an office's numbers are probably not working.
const SILENT: TimeDelta = TimeDelta::days(2);
/// A request that nobody took for this long.
const UNTAKEN: TimeDelta = TimeDelta::days(3);
/// A median response beyond this.
const SLOW_ANSWER: f64 = 24.0 * 60.0;
/// Figures that were not counted again for this long are not to be trusted.
const OLD_FIGURES: TimeDelta = TimeDelta::hours(1);

/// What is known of an office.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct OfficeSigns {
    /// Open now.
    pub open: u64,
    /// Closed in the last thirty days.
    pub closed: u64,
    /// Since when the oldest request waits that nobody has taken.
    pub oldest_untaken: Option<Instant>,
    /// When a citizen last wrote.
    pub last_message: Option<Instant>,
    /// The median response of the last thirty days, in minutes.
    pub response: Option<f64>,
    /// How many responses that median is of.
    pub responses: u64,
    /// When this was counted.
    pub counted: Option<Instant>,
}

/// One reason to help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need(pub String);

/// Every reason to help an office; none when it does well.
pub fn needs(signs: &OfficeSigns, now: Instant) -> Vec<Need> {
    let Some(counted) = signs.counted else {
        return vec![Need("angka belum pernah dihitung".to_owned())];
    };
    let mut found = Vec::new();
    if now - counted > OLD_FIGURES {
        found.push(Need(format!("angka terakhir dihitung {}", zone::relative(counted, now))));
    }
    match signs.last_message {
        None => found.push(Need("belum pernah menerima pesan".to_owned())),
        Some(at) if now - at > SILENT => {
            found.push(Need(format!("tidak ada pesan masuk selama {}", zone::duration(now - at))));
        }
        Some(_) => {}
    }
    if let Some(at) = signs.oldest_untaken.filter(|at| now - *at > UNTAKEN) {
        found.push(Need(format!("ada permohonan yang belum diambil selama {}", zone::duration(now - at))));
    }
    if signs.open >= SMALL && signs.open > signs.closed {
        let (open, closed) = (number(signs.open), number(signs.closed));
        found.push(Need(format!(
            "tunggakan {open}, lebih banyak daripada yang ditutup 30 hari terakhir ({closed})"
        )));
    }
    if let Some(median) = signs.response.filter(|median| *median > SLOW_ANSWER && signs.responses >= SMALL) {
        let span = TimeDelta::try_minutes(median.round() as i64).unwrap_or_default();
        found.push(Need(format!("separuh warga menunggu jawaban lebih dari {}", zone::duration(span))));
    }
    found
}

fn number(value: u64) -> String {
    zone::number(i64::try_from(value).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well(now: Instant) -> OfficeSigns {
        OfficeSigns {
            open: 12,
            closed: 90,
            oldest_untaken: Some(now - TimeDelta::hours(3)),
            last_message: Some(now - TimeDelta::minutes(2)),
            response: Some(38.0),
            responses: 80,
            counted: Some(now - TimeDelta::minutes(4)),
        }
    }

    #[test]
    fn each_reason_is_told_in_words() {
        let now = Instant::default() + TimeDelta::days(20_000);
        let of = |signs: OfficeSigns| needs(&signs, now).into_iter().map(|need| need.0).collect::<Vec<_>>();
        let well = well(now);
        assert!(of(well).is_empty());
        for (signs, words) in [
            (OfficeSigns { counted: None, ..well }, "angka belum pernah dihitung"),
            (
                OfficeSigns { counted: Some(now - TimeDelta::hours(2)), ..well },
                "angka terakhir dihitung 2 jam lalu",
            ),
            (OfficeSigns { last_message: None, ..well }, "belum pernah menerima pesan"),
            (
                OfficeSigns { last_message: Some(now - TimeDelta::hours(50)), ..well },
                "tidak ada pesan masuk selama 2 hari 2 jam",
            ),
            (
                OfficeSigns { oldest_untaken: Some(now - TimeDelta::days(5)), ..well },
                "ada permohonan yang belum diambil selama 5 hari",
            ),
            (
                OfficeSigns { open: 91, ..well },
                "tunggakan 91, lebih banyak daripada yang ditutup 30 hari terakhir (90)",
            ),
            (
                OfficeSigns { response: Some(1_500.0), ..well },
                "separuh warga menunggu jawaban lebih dari 1 hari 1 jam",
            ),
        ] {
            assert_eq!(of(signs), [words]);
        }
    }

    #[test]
    fn a_few_requests_are_no_reason() {
        let now = Instant::default() + TimeDelta::days(20_000);
        let few = OfficeSigns { open: 9, closed: 0, response: Some(9_000.0), responses: 9, ..well(now) };
        assert!(needs(&few, now).is_empty());
    }
}
