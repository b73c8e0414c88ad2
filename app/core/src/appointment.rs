//! Appointments: whoever must come in person, for biometric recording (perekaman) or to activate IKD, has a seat in a slot of
//! a place. What is told them to bring, and when it may be written down whether they came.

use std::ops::Range;

use crate::{clock::Instant, outage::OutageKind, zone::OfficeZone};

words!(/// What people come to a place for; a place has one.
    PlacePurpose {
    /// What was made for them is collected.
    Collecting = "ambil",
    /// Iris, fingerprints, photo and signature are recorded.
    Recording = "rekam",
    /// An officer activates their digital identity.
    Activation = "ikd",
});

impl PlacePurpose {
    /// Those for which people have an appointment.
    pub const APPOINTED: [Self; 2] = [Self::Recording, Self::Activation];

    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Collecting => "Pengambilan hasil",
            Self::Recording => "Perekaman KTP-el",
            Self::Activation => "Aktivasi IKD",
        }
    }

    /// Whether people have an appointment for it.
    pub const fn is_appointed(self) -> bool {
        !matches!(self, Self::Collecting)
    }

    /// Whether an outage keeps people from being served who come for it. What was made is handed over without SIAK, and nobody
    /// is recorded on a card.
    pub const fn is_stopped_by(self, outage: OutageKind) -> bool {
        match outage {
            OutageKind::Power | OutageKind::Closure | OutageKind::Other => true,
            OutageKind::Siak | OutageKind::Network | OutageKind::Server | OutageKind::Equipment => {
                self.is_appointed()
            }
            OutageKind::Signing | OutageKind::KtpCards | OutageKind::KiaCards | OutageKind::Supplies => false,
        }
    }

    /// What a citizen comes for, in a sentence.
    pub const fn what(self) -> &'static str {
        match self {
            Self::Collecting => "pengambilan hasil",
            Self::Recording => "perekaman KTP-el (sidik jari, iris, foto, dan tanda tangan)",
            Self::Activation => "aktivasi Identitas Kependudukan Digital (IKD)",
        }
    }

    /// What the citizen is told to bring, and who must come. Perekaman asks for the KK and the person from the age of 16;
    /// IKD for a recorded KTP-el, an own smartphone, an active e-mail and telephone, and an officer face to face.
    pub const fn bring(self) -> &'static str {
        match self {
            Self::Collecting => "",
            Self::Recording => {
                "Mohon membawa KK asli dan datang sendiri; perekaman tidak dapat diwakilkan. Perekaman dapat dilakukan mulai usia \
                 16 tahun."
            }
            Self::Activation => {
                "Mohon datang sendiri dengan membawa KTP-el yang sudah direkam dan ponsel sendiri (Android 8 atau iOS 11, atau yang \
                 lebih baru), dengan surel dan nomor telepon yang masih aktif."
            }
        }
    }

    /// What a citizen is warned of: activation at home, by chat or by telephone, is a known fraud.
    pub const fn warning(self) -> &'static str {
        match self {
            Self::Collecting => "",
            Self::Recording => "Kami tidak pernah meminta OTP atau PIN.",
            Self::Activation => {
                "*Waspada penipuan*: aktivasi IKD hanya di hadapan petugas. Kami tidak pernah mengaktifkan IKD lewat telepon, \
                 panggilan video, atau tautan, dan tidak pernah meminta OTP atau PIN."
            }
        }
    }
}

words!(/// How an appointment stands.
    AppointmentState {
    /// Its citizen is awaited, or nobody wrote down whether they came.
    Awaited = "dijadwalkan",
    /// They came.
    Attended = "hadir",
    /// They did not come.
    Missed = "tidak_hadir",
    /// It does not take place.
    Cancelled = "dibatalkan",
});

impl AppointmentState {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Awaited => "Dijadwalkan",
            Self::Attended => "Hadir",
            Self::Missed => "Tidak hadir",
            Self::Cancelled => "Dibatalkan",
        }
    }
}

/// Why something is not written down of an appointment, or it gets no other time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum NotNow {
    /// Its day has not come.
    TooEarly,
    /// Its slot is not over: they may still come.
    MayCome,
    /// Its day is over: first it is written down whether they came.
    Over,
    /// It has begun: it is written down whether they came.
    Begun,
    /// It was written down already, or it does not take place.
    Written,
}

impl NotNow {
    /// Why, and what to do, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TooEarly => "Kehadiran dicatat pada hari jadwalnya.",
            Self::MayCome => "Jadwalnya belum lewat. Tidak hadir dicatat sesudah jamnya berakhir.",
            Self::Over => "Hari jadwalnya sudah lewat. Catat dahulu apakah warga hadir.",
            Self::Begun => "Jadwalnya sudah dimulai. Catat apakah warga hadir.",
            Self::Written => "Janji temu ini sudah dicatat atau dibatalkan. Muat ulang halamannya.",
        }
    }
}

/// An appointment in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// Its slot.
    pub slot: Range<Instant>,
    /// How it stands.
    pub state: AppointmentState,
}

impl Timing {
    /// Whether it may be written down now that its citizen came, or did not. People come early; nobody is absent before the
    /// end of their slot. Whoever pressed the wrong one may press the other until the day is over.
    pub fn may_record(&self, came: bool, now: Instant, zone: OfficeZone) -> Result<(), NotNow> {
        let today = zone.date(now) == zone.date(self.slot.start);
        match self.state {
            AppointmentState::Awaited if zone.date(now) < zone.date(self.slot.start) => Err(NotNow::TooEarly),
            AppointmentState::Awaited | AppointmentState::Attended if !came && now < self.slot.end => {
                Err(NotNow::MayCome)
            }
            AppointmentState::Awaited => Ok(()),
            AppointmentState::Attended if today && !came => Ok(()),
            AppointmentState::Missed if today && came => Ok(()),
            _ => Err(NotNow::Written),
        }
    }

    /// Whether it may be taken back: until it begins.
    pub fn may_cancel(&self, now: Instant) -> Result<(), NotNow> {
        match self.state {
            AppointmentState::Awaited if self.slot.start <= now => Err(NotNow::Begun),
            AppointmentState::Awaited => Ok(()),
            _ => Err(NotNow::Written),
        }
    }

    /// Whether it may get another time: until the end of its day, because the office may have been what was late.
    pub fn may_move(&self, now: Instant, zone: OfficeZone) -> Result<(), NotNow> {
        match self.state {
            AppointmentState::Awaited if zone.date(now) > zone.date(self.slot.start) => Err(NotNow::Over),
            AppointmentState::Awaited => Ok(()),
            _ => Err(NotNow::Written),
        }
    }

    /// Whether nobody can come to it any more, or they came.
    pub fn is_over(&self, now: Instant) -> bool {
        match self.state {
            AppointmentState::Awaited => self.slot.end <= now,
            AppointmentState::Attended | AppointmentState::Missed => true,
            AppointmentState::Cancelled => false,
        }
    }
}

/// What came of some appointments; those that do not take place count nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// How many there are.
    pub all: u64,
    /// How many of them are over.
    pub over: u64,
    /// How many people came.
    pub came: u64,
    /// How many did not.
    pub missed: u64,
}

impl Attendance {
    /// Counts them.
    pub fn of<'t>(all: impl IntoIterator<Item = &'t Timing>, now: Instant) -> Self {
        let kept = all.into_iter().filter(|one| one.state != AppointmentState::Cancelled);
        kept.fold(Self::default(), |sum, one| Self {
            all: sum.all + 1,
            over: sum.over + u64::from(one.is_over(now)),
            came: sum.came + u64::from(one.state == AppointmentState::Attended),
            missed: sum.missed + u64::from(one.state == AppointmentState::Missed),
        })
    }

    /// Of how many it is not written down whether they came.
    pub const fn unwritten(self) -> u64 {
        self.over.saturating_sub(self.came + self.missed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: OfficeZone = OfficeZone::Wib;

    fn at(local: &str) -> Instant {
        ZONE.instant(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default())
    }

    fn timing(state: AppointmentState) -> Timing {
        Timing { slot: at("2026-11-24 10.00")..at("2026-11-24 10.30"), state }
    }

    #[test]
    fn who_came_is_written_down_on_the_day_and_who_did_not_after_their_slot() {
        let awaited = timing(AppointmentState::Awaited);
        for (now, came, missed) in [
            ("2026-11-23 23.59", Err(NotNow::TooEarly), Err(NotNow::TooEarly)),
            ("2026-11-24 07.30", Ok(()), Err(NotNow::MayCome)),
            ("2026-11-24 10.29", Ok(()), Err(NotNow::MayCome)),
            ("2026-11-24 10.30", Ok(()), Ok(())),
            ("2026-12-01 08.00", Ok(()), Ok(())),
        ] {
            assert_eq!(awaited.may_record(true, at(now), ZONE), came, "{now}");
            assert_eq!(awaited.may_record(false, at(now), ZONE), missed, "{now}");
        }
        for state in [AppointmentState::Attended, AppointmentState::Cancelled] {
            let written = timing(state).may_record(true, at("2026-11-24 10.40"), ZONE);
            assert_eq!(written, Err(NotNow::Written), "{state}");
        }
    }

    #[test]
    fn whoever_pressed_the_wrong_one_presses_the_other_until_the_day_is_over() {
        let (came, missed) = (timing(AppointmentState::Attended), timing(AppointmentState::Missed));
        assert_eq!(came.may_record(false, at("2026-11-24 10.10"), ZONE), Err(NotNow::MayCome));
        assert_eq!(came.may_record(false, at("2026-11-24 10.40"), ZONE), Ok(()));
        assert_eq!(missed.may_record(true, at("2026-11-24 23.59"), ZONE), Ok(()));
        assert_eq!(missed.may_record(false, at("2026-11-24 11.00"), ZONE), Err(NotNow::Written));
        for one in [&came, &missed] {
            for other in [true, false] {
                assert_eq!(one.may_record(other, at("2026-11-25 00.00"), ZONE), Err(NotNow::Written));
            }
        }
    }

    #[test]
    fn it_is_taken_back_until_it_begins() {
        let awaited = timing(AppointmentState::Awaited);
        assert_eq!(awaited.may_cancel(at("2026-11-24 09.59")), Ok(()));
        assert_eq!(awaited.may_cancel(at("2026-11-24 10.00")), Err(NotNow::Begun));
        assert_eq!(timing(AppointmentState::Missed).may_cancel(at("2026-11-24 09.00")), Err(NotNow::Written));
    }

    #[test]
    fn what_is_out_keeps_only_those_away_whom_it_keeps_from_being_served() {
        use PlacePurpose::{Activation, Collecting, Recording};
        let stopped = |kind| [Collecting, Recording, Activation].map(|one| one.is_stopped_by(kind));
        for kind in OutageKind::ALL {
            let whom = match kind {
                OutageKind::Power | OutageKind::Closure | OutageKind::Other => [true; 3],
                OutageKind::Siak | OutageKind::Network | OutageKind::Server | OutageKind::Equipment => {
                    [false, true, true]
                }
                _ => [false; 3],
            };
            assert_eq!(stopped(*kind), whom, "{kind}");
        }
    }

    #[test]
    fn another_time_is_given_until_the_day_is_over() {
        let awaited = timing(AppointmentState::Awaited);
        assert_eq!(awaited.may_move(at("2026-11-23 09.00"), ZONE), Ok(()));
        assert_eq!(awaited.may_move(at("2026-11-24 15.00"), ZONE), Ok(()), "the office was late itself");
        assert_eq!(awaited.may_move(at("2026-11-25 07.00"), ZONE), Err(NotNow::Over));
        let came = timing(AppointmentState::Attended);
        assert_eq!(came.may_move(at("2026-11-23 09.00"), ZONE), Err(NotNow::Written));
    }

    #[test]
    fn those_that_are_over_are_counted_and_those_that_do_not_take_place_are_not() {
        use AppointmentState::{Attended, Awaited, Cancelled, Missed};
        let all = [Attended, Attended, Missed, Awaited, Cancelled].map(timing);
        let before = Attendance::of(&all, at("2026-11-24 10.10"));
        assert_eq!(before, Attendance { all: 4, over: 3, came: 2, missed: 1 });
        assert_eq!(before.unwritten(), 0);
        let after = Attendance::of(&all, at("2026-11-24 10.30"));
        assert_eq!((after.over, after.unwritten()), (4, 1));
        assert_eq!(Attendance::of(&[], at("2026-11-24 10.30")), Attendance::default());
    }

    #[test]
    fn whoever_activates_is_warned_and_whoever_records_brings_the_kk() {
        assert!(PlacePurpose::Activation.warning().contains("aktivasi IKD hanya di hadapan petugas"));
        assert!(PlacePurpose::Activation.bring().contains("Android 8 atau iOS 11"));
        assert!(PlacePurpose::Recording.bring().contains("KK asli"));
        assert!(PlacePurpose::Recording.bring().contains("tidak dapat diwakilkan"));
        let appointed: Vec<_> = PlacePurpose::ALL.iter().filter(|one| one.is_appointed()).collect();
        assert_eq!(appointed, PlacePurpose::APPOINTED.iter().collect::<Vec<_>>());
    }
}
