//! People for whom an office takes more care: whom it serves first and visits at home.
//!
//! UU 25/2009 article 29 obliges offices to serve certain members of society with special treatment, without a further
//! charge. Why somebody belongs to them is often about their health, which UU 27/2022 article 4 counts among specific
//! personal data: it is asked for only with their consent, and kept only as long as that holds.

use chrono::TimeDelta;

use crate::clock::Instant;

words!(/// Why more care is taken.
    CareGroup {
    /// Old people.
    Elderly = "lansia",
    /// People with a disability.
    Disability = "disabilitas",
    /// Pregnant women.
    Pregnant = "hamil",
    /// People with a mental illness.
    MentalIllness = "odgj",
    /// Whoever is too ill to come.
    Ill = "sakit",
});

impl CareGroup {
    /// What the interface calls them.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Elderly => "Lanjut usia",
            Self::Disability => "Penyandang disabilitas",
            Self::Pregnant => "Ibu hamil",
            Self::MentalIllness => "Orang dengan gangguan jiwa",
            Self::Ill => "Sakit, tidak dapat bepergian",
        }
    }
}

words!(/// Who agreed that it is noted.
    ConsentBy {
    /// The person whom it is about.
    Applicant = "pemohon",
    /// Their family.
    Family = "keluarga",
    /// Whoever looks after them.
    Companion = "pendamping",
});

impl ConsentBy {
    /// What the interface calls them.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Applicant => "Pemohon sendiri",
            Self::Family => "Keluarganya",
            Self::Companion => "Wali atau pendampingnya",
        }
    }
}

words!(/// By what way they agreed.
    ConsentWay {
    /// In the conversation.
    Chat = "percakapan",
    /// By telephone.
    Telephone = "telepon",
    /// At the counter or at home.
    InPerson = "langsung",
});

impl ConsentWay {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Chat => "di percakapan ini",
            Self::Telephone => "lewat telepon",
            Self::InPerson => "bertemu langsung",
        }
    }
}

/// By how many hours an office may put such people ahead in its queue.
pub const AHEAD_HOURS: [i64; 4] = [0, 24, 72, 168];

/// What a new office does until its administrator says otherwise.
pub const AHEAD: i64 = 24;

/// When a request has its turn: as though it had come so many hours before. So nobody is overtaken for ever: whoever came
/// longer before stays ahead.
pub fn turn(first_message_at: Instant, ahead_hours: i64) -> Instant {
    let ahead = TimeDelta::try_hours(ahead_hours.clamp(0, 168)).unwrap_or_default();
    first_message_at.checked_sub_signed(ahead).unwrap_or(first_message_at)
}

/// `Tidak didahulukan`, `1 hari`: a choice of [`AHEAD_HOURS`] in words.
pub fn ahead_words(hours: i64) -> String {
    match hours {
        0 => "Tidak didahulukan".to_owned(),
        hours => format!("{} hari", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_put_ahead_overtakes_only_who_came_within_that_time() {
        let came = Instant::UNIX_EPOCH + TimeDelta::days(100);
        let earlier = came - TimeDelta::hours(25);
        assert!(turn(came, AHEAD) < turn(came - TimeDelta::hours(23), 0));
        assert!(turn(came, AHEAD) > turn(earlier, 0), "who waited a day longer stays ahead");
        assert_eq!(turn(came, 0), came);
        assert_eq!(turn(came, -5), came);
        assert_eq!(turn(came, i64::MAX), came - TimeDelta::days(7));
        assert_eq!(turn(Instant::MIN_UTC, AHEAD), Instant::MIN_UTC);
    }

    #[test]
    fn every_choice_has_its_words() {
        let words: Vec<String> = AHEAD_HOURS.iter().map(|hours| ahead_words(*hours)).collect();
        assert_eq!(words, ["Tidak didahulukan", "1 hari", "3 hari", "7 hari"]);
    }
}
