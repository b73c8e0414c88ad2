//! Kiriman: what is ready and is sent instead of lying at a counter of the office: to a place in a kecamatan, by courier, or
//! to another office. Each way has its own proof that it came, and its own clock.

use chrono::{NaiveDate, TimeDelta};

use crate::{calendar::Calendar, clock::Instant};

words!(/// How it is sent.
    ConsignmentWay {
    /// To one of the office's places, where its citizen collects it.
    Drop = "titip",
    /// To its citizen's address.
    Courier = "kurir",
    /// To another office, where its citizen collects it.
    Office = "kantor_lain",
});

impl ConsignmentWay {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Drop => "Titip di kecamatan, kelurahan, atau tempat layanan",
            Self::Courier => "Kurir atau pos ke alamat warga",
            Self::Office => "Dinas Dukcapil lain",
        }
    }

    /// The same in a list.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Drop => "Titip",
            Self::Courier => "Kurir",
            Self::Office => "Kantor lain",
        }
    }

    /// Within how many working days somebody should have heard that it came. A courtesy of Loket's: no law sets a time, and
    /// nothing is promised by it.
    pub const fn expected_within(self) -> u32 {
        match self {
            Self::Drop => 3,
            Self::Courier | Self::Office => 7,
        }
    }

    /// The day by whose end somebody should have heard that it came.
    pub fn expected_on(self, calendar: &Calendar, sent: NaiveDate) -> Option<NaiveDate> {
        calendar.days_after(sent, self.expected_within())
    }
}

words!(/// How it stands.
    ConsignmentState {
    /// It is on its way.
    UnderWay = "di_jalan",
    /// It came to the place or to the other office.
    Arrived = "tiba",
    /// Its citizen has it.
    Delivered = "sampai",
    /// It came back.
    Returned = "kembali",
    /// It is wanted no more: its request ended, or what it holds is made anew.
    Recalled = "ditarik",
});

impl ConsignmentState {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::UnderWay => "Di jalan",
            Self::Arrived => "Sudah tiba",
            Self::Delivered => "Sudah diterima warga",
            Self::Returned => "Kembali",
            Self::Recalled => "Ditarik",
        }
    }

    /// Whether nothing follows any more. What came to a place of the office's lies there like anything that is collected.
    pub const fn is_over(self, way: ConsignmentWay) -> bool {
        match self {
            Self::UnderWay => false,
            Self::Arrived => matches!(way, ConsignmentWay::Drop),
            Self::Delivered | Self::Returned | Self::Recalled => true,
        }
    }
}

/// Where something is that was sent and that its citizen does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// A courier brings it.
    WithCourier,
    /// It is on its way to where it is collected.
    OnTheWay,
    /// It lies at another office.
    AtOffice,
    /// Another office sent it, and says where it is.
    Elsewhere,
}

impl Away {
    /// Of a consignment that is not over.
    pub const fn of(way: ConsignmentWay, state: ConsignmentState) -> Self {
        match (way, state) {
            (ConsignmentWay::Courier, _) => Self::WithCourier,
            (ConsignmentWay::Office, ConsignmentState::Arrived) => Self::AtOffice,
            _ => Self::OnTheWay,
        }
    }
}

words!(/// What becomes of it.
    ConsignmentStep {
    /// Whoever it was sent to has acknowledged it.
    Arrive = "tiba",
    /// Its citizen has it.
    Deliver = "sampai",
    /// It came back.
    Return = "kembali",
    /// It is wanted no more.
    Recall = "tarik",
});

words!(/// Why it came back.
    ReturnReason {
    /// There is no such address.
    NoAddress = "alamat_tidak_ditemukan",
    /// Nobody was there.
    Nobody = "penerima_tidak_ada",
    /// Whoever was there did not take it.
    Refused = "ditolak",
    /// It was damaged.
    Damaged = "rusak",
    /// For another reason.
    Other = "lainnya",
});

impl ReturnReason {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NoAddress => "Alamat tidak ditemukan",
            Self::Nobody => "Penerima tidak ada",
            Self::Refused => "Ditolak penerima",
            Self::Damaged => "Rusak",
            Self::Other => "Lainnya",
        }
    }

    /// The reason as a citizen reads it, behind "karena"; nothing where there is none to tell.
    pub const fn clause(self) -> Option<&'static str> {
        match self {
            Self::NoAddress => Some("alamatnya tidak ditemukan"),
            Self::Nobody => Some("tidak ada yang menerima"),
            Self::Refused => Some("tidak diterima di tujuannya"),
            Self::Damaged => Some("rusak di perjalanan"),
            Self::Other => None,
        }
    }
}

/// Why something is not written down of a consignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum Misstep {
    /// Nothing follows any more, or it was written down already.
    Written,
    /// It goes to its citizen: nobody else acknowledges it.
    NoStop,
    /// Its citizen collects it where it was sent to.
    AtPlace,
    /// The other office has not acknowledged it.
    NotThere,
    /// The day has not come.
    TooEarly,
    /// The day is before the one on which it was sent, or came.
    TooOld,
}

impl Misstep {
    /// Why, and what to do, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Written => {
                "Kiriman ini baru saja diubah atau sudah dicatat. Periksa keadaannya, lalu ulangi bila perlu."
            }
            Self::NoStop => "Kiriman kurir langsung ke warga. Catat diterima warga bila sudah sampai.",
            Self::AtPlace => {
                "Catat dahulu bahwa titipan ini tiba. Penyerahannya dicatat di tempat itu seperti biasa."
            }
            Self::NotThere => "Catat dahulu tanda terima kantor tujuan.",
            Self::TooEarly => "Tanggalnya belum tiba. Pilih hari ini atau sebelumnya.",
            Self::TooOld => "Tanggalnya lebih awal daripada saat dikirim atau tiba. Periksa tanggalnya.",
        }
    }
}

/// How a consignment stands after a step, or why the step is refused.
pub const fn next(
    way: ConsignmentWay,
    state: ConsignmentState,
    step: ConsignmentStep,
) -> Result<ConsignmentState, Misstep> {
    use ConsignmentState::{Arrived, Delivered, Recalled, Returned, UnderWay};
    use ConsignmentWay::{Courier, Drop, Office};
    if state.is_over(way) {
        return Err(Misstep::Written);
    }
    match (step, way, state) {
        (ConsignmentStep::Recall, ..) => Ok(Recalled),
        (ConsignmentStep::Return, ..) => Ok(Returned),
        (ConsignmentStep::Arrive, Courier, _) => Err(Misstep::NoStop),
        (ConsignmentStep::Arrive, Drop | Office, UnderWay) => Ok(Arrived),
        (ConsignmentStep::Arrive, ..) => Err(Misstep::Written),
        (ConsignmentStep::Deliver, Drop, _) => Err(Misstep::AtPlace),
        (ConsignmentStep::Deliver, Office, UnderWay) => Err(Misstep::NotThere),
        (ConsignmentStep::Deliver, ..) => Ok(Delivered),
    }
}

/// A consignment in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// When it was sent.
    pub sent_at: Instant,
    /// When somebody should have heard that it came.
    pub expected_by: Option<Instant>,
    /// When it came to the place or to the other office.
    pub arrived_at: Option<Instant>,
    /// Since when nothing follows any more.
    pub ended_at: Option<Instant>,
}

impl Course {
    /// How long it was under way, or is.
    pub fn under_way(&self, now: Instant) -> TimeDelta {
        let until = self.arrived_at.or(self.ended_at).unwrap_or(now);
        (until - self.sent_at).max(TimeDelta::zero())
    }

    /// Whether somebody should have heard by now that it came.
    pub fn is_late(&self, now: Instant) -> bool {
        let under_way = self.arrived_at.is_none() && self.ended_at.is_none();
        under_way && self.expected_by.is_some_and(|by| by <= now)
    }
}

/// Whether something can have happened on a day: not before another one, and not after today.
pub fn check_day(day: NaiveDate, (from, today): (NaiveDate, NaiveDate)) -> Result<(), Misstep> {
    if day > today {
        Err(Misstep::TooEarly)
    } else if day < from {
        Err(Misstep::TooOld)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::{
        calendar::{HoursKind, Timetable},
        zone::OfficeZone,
    };

    #[test]
    fn every_state_meets_every_step() {
        use ConsignmentState::{
            Arrived as Arr, Delivered as Del, Recalled as Rec, Returned as Ret, UnderWay,
        };
        use ConsignmentWay::{Courier, Drop, Office};
        // Arrive, Deliver, Return, Recall
        for (way, state, after) in [
            (Drop, UnderWay, [Some(Arr), None, Some(Ret), Some(Rec)]),
            (Drop, Arr, [None, None, None, None]),
            (Courier, UnderWay, [None, Some(Del), Some(Ret), Some(Rec)]),
            (Office, UnderWay, [Some(Arr), None, Some(Ret), Some(Rec)]),
            (Office, Arr, [None, Some(Del), Some(Ret), Some(Rec)]),
        ] {
            for (step, after) in ConsignmentStep::ALL.iter().zip(after) {
                assert_eq!(next(way, state, *step).ok(), after, "{way} {state} {step}");
            }
        }
        assert_eq!(next(Courier, UnderWay, ConsignmentStep::Arrive), Err(Misstep::NoStop));
        assert_eq!(next(Drop, UnderWay, ConsignmentStep::Deliver), Err(Misstep::AtPlace));
        assert_eq!(next(Office, UnderWay, ConsignmentStep::Deliver), Err(Misstep::NotThere));
        assert_eq!(next(Office, Arr, ConsignmentStep::Arrive), Err(Misstep::Written));
    }

    #[test]
    fn what_is_not_heard_of_in_some_working_days_is_late() {
        let calendar = Timetable::usual().calendar(HoursKind::Office, OfficeZone::Wib, &[]);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let friday = day("2026-11-20");
        assert_eq!(ConsignmentWay::Drop.expected_on(&calendar, friday), Some(day("2026-11-25")));
        assert_eq!(ConsignmentWay::Courier.expected_on(&calendar, friday), Some(day("2026-12-01")));
        let at = |text: &str| OfficeZone::Wib.midnight(day(text));
        let course = Course {
            sent_at: at("2026-11-20"),
            expected_by: Some(at("2026-11-26")),
            arrived_at: None,
            ended_at: None,
        };
        assert!(!course.is_late(at("2026-11-25")) && course.is_late(at("2026-11-26")));
        let there = Course { arrived_at: Some(at("2026-11-27")), ..course };
        assert!(!there.is_late(at("2026-12-01")), "somebody has heard of it");
        assert_eq!(there.under_way(at("2026-12-01")), TimeDelta::days(7));
        assert_eq!(course.under_way(at("2026-11-21")), TimeDelta::days(1));
    }

    #[test]
    fn what_is_written_down_happened_between_its_sending_and_today() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let span = (day("2026-11-20"), day("2026-11-23"));
        assert_eq!(check_day(day("2026-11-20"), span), Ok(()));
        assert_eq!(check_day(day("2026-11-23"), span), Ok(()));
        assert_eq!(check_day(day("2026-11-19"), span), Err(Misstep::TooOld));
        assert_eq!(check_day(day("2026-11-24"), span), Err(Misstep::TooEarly));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn a_consignment_ends_once_and_stays_as_it_ended(
            way in select(ConsignmentWay::ALL),
            steps in proptest::collection::vec(select(ConsignmentStep::ALL), 0..12),
        ) {
            let (mut state, mut ends) = (ConsignmentState::UnderWay, Vec::new());
            for step in steps {
                let after = next(way, state, step);
                if state.is_over(way) {
                    prop_assert_eq!(after, Err(Misstep::Written));
                }
                let Ok(after) = after else { continue };
                prop_assert!(after != state && after != ConsignmentState::UnderWay);
                if after.is_over(way) {
                    ends.push(after);
                }
                state = after;
            }
            prop_assert_eq!(ends.len(), usize::from(state.is_over(way)));
            prop_assert_eq!(ends.last().copied(), state.is_over(way).then_some(state));
        }

        #[test]
        fn a_citizen_has_only_what_came_by_courier_or_lay_at_the_other_office(
            way in select(ConsignmentWay::ALL),
            steps in proptest::collection::vec(select(ConsignmentStep::ALL), 0..12),
        ) {
            let (mut state, mut arrived) = (ConsignmentState::UnderWay, false);
            for step in steps {
                state = next(way, state, step).unwrap_or(state);
                arrived |= state == ConsignmentState::Arrived;
            }
            let delivered = state == ConsignmentState::Delivered;
            prop_assert!(!delivered || way == ConsignmentWay::Courier || (way == ConsignmentWay::Office && arrived));
        }
    }
}
