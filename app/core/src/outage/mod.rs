//! What keeps an office from working: systems that are down, power that is out, a closure nobody planned.
//!
//! An outage stops only the clocks that it touches, only while it is open, and only as far as it was entered in time or
//! somebody else than who entered it approved it. Gross time is always counted beside it.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, Pause, standing_apart},
    clock::Instant,
    permission::Scope,
};

words!(/// What is out.
    OutageKind {
    /// SIAK Terpusat, the national population register.
    Siak = "siak",
    /// The office's line.
    Network = "network",
    /// Electricity.
    Power = "power",
    /// Electronic signatures (TTE).
    Signing = "signing",
    /// A printer, a reader, a camera.
    Equipment = "equipment",
    /// A server of the office.
    Server = "server",
    /// Blank cards for KTP-el.
    KtpCards = "ktp_cards",
    /// Blank cards for KIA.
    KiaCards = "kia_cards",
    /// What cards and papers are printed with.
    Supplies = "supplies",
    /// The office had to close: flood, fire, unrest.
    Closure = "closure",
    /// Something else, which its note says.
    Other = "other",
});

impl OutageKind {
    /// What the interface calls the system.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Siak => "SIAK",
            Self::Network => "Jaringan",
            Self::Power => "Listrik",
            Self::Signing => "TTE",
            Self::Equipment => "Peralatan",
            Self::Server => "Server",
            Self::KtpCards => "Blangko KTP-el",
            Self::KiaCards => "Blangko KIA",
            Self::Supplies => "Bahan cetak",
            Self::Closure => "Penutupan darurat",
            Self::Other => "Lainnya",
        }
    }

    /// What happened, in the words for citizens and officers alike: `gangguan SIAK`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Siak => "gangguan SIAK",
            Self::Network => "gangguan jaringan",
            Self::Power => "listrik padam",
            Self::Signing => "gangguan tanda tangan elektronik",
            Self::Equipment => "kerusakan peralatan",
            Self::Server => "gangguan server",
            Self::KtpCards => "persediaan blangko KTP-el kosong",
            Self::KiaCards => "persediaan blangko KIA kosong",
            Self::Supplies => "persediaan bahan cetak kosong",
            Self::Closure => "kantor tutup darurat",
            Self::Other => "gangguan layanan",
        }
    }

    /// What is happening, as a sentence without its time: `terjadi gangguan SIAK`.
    pub const fn happening(self) -> &'static str {
        match self {
            Self::Siak => "terjadi gangguan SIAK",
            Self::Network => "terjadi gangguan jaringan",
            Self::Power => "listrik padam",
            Self::Signing => "terjadi gangguan tanda tangan elektronik",
            Self::Equipment => "terjadi kerusakan peralatan",
            Self::Server => "terjadi gangguan server",
            Self::KtpCards => "persediaan blangko KTP-el kosong",
            Self::KiaCards => "persediaan blangko KIA kosong",
            Self::Supplies => "persediaan bahan cetak kosong",
            Self::Closure => "kantor tutup darurat",
            Self::Other => "terjadi gangguan layanan",
        }
    }

    /// That it is over, as a sentence without its time: `gangguan SIAK sudah teratasi`.
    pub const fn recovered(self) -> &'static str {
        match self {
            Self::Siak => "gangguan SIAK sudah teratasi",
            Self::Network => "gangguan jaringan sudah teratasi",
            Self::Power => "listrik sudah menyala kembali",
            Self::Signing => "tanda tangan elektronik sudah dapat dipakai kembali",
            Self::Equipment => "peralatan sudah dapat dipakai kembali",
            Self::Server => "gangguan server sudah teratasi",
            Self::KtpCards => "blangko KTP-el sudah tersedia kembali",
            Self::KiaCards => "blangko KIA sudah tersedia kembali",
            Self::Supplies => "bahan cetak sudah tersedia kembali",
            Self::Closure => "kantor sudah buka kembali",
            Self::Other => "gangguan layanan sudah teratasi",
        }
    }

    /// What citizens may use meanwhile, as a sentence; nothing where nothing stands in for it. Offices without cards for
    /// KTP-el named both (Nunukan, July 2023).
    pub const fn meanwhile(self) -> Option<&'static str> {
        match self {
            Self::KtpCards => Some(
                "Sementara itu dapat dipakai Identitas Kependudukan Digital (IKD) atau biodata penduduk.",
            ),
            _ => None,
        }
    }

    /// Who usually answers for it.
    pub const fn usual_provider(self) -> Provider {
        match self {
            Self::Siak | Self::KtpCards => Provider::Directorate,
            Self::Network => Provider::Isp,
            Self::Power => Provider::Pln,
            Self::Signing => Provider::Bsre,
            Self::Server => Provider::Diskominfo,
            Self::Equipment | Self::KiaCards | Self::Supplies | Self::Closure => Provider::Office,
            Self::Other => Provider::Other,
        }
    }
}

words!(/// Who answers for a system.
    Provider {
    /// The directorate-general that runs SIAK.
    Directorate = "directorate",
    /// The region's communication office.
    Diskominfo = "diskominfo",
    /// The internet provider.
    Isp = "isp",
    /// The electricity company.
    Pln = "pln",
    /// The certification body of electronic signatures.
    Bsre = "bsre",
    /// The office itself.
    Office = "office",
    /// Somebody else.
    Other = "other",
});

impl Provider {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Directorate => "Ditjen Dukcapil Kemendagri",
            Self::Diskominfo => "Diskominfo",
            Self::Isp => "Penyedia internet",
            Self::Pln => "PLN",
            Self::Bsre => "BSrE BSSN",
            Self::Office => "Kantor sendiri",
            Self::Other => "Pihak lain",
        }
    }
}

words!(/// What somebody else said of an entry.
    Approval {
    /// Nobody has looked at it yet.
    Waiting = "waiting",
    /// It was so.
    Approved = "approved",
    /// It was not, or is no reason: it stops no clock.
    Refused = "refused",
});

impl Approval {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "belum disetujui",
            Self::Approved => "disetujui",
            Self::Refused => "tidak disetujui",
        }
    }
}

words!(/// What was done to an entry.
    OutageStep {
    /// It was entered.
    Entered = "entered",
    /// What it touches, who answers for it or what is said of it was changed.
    Changed = "changed",
    /// Work goes on by another way while the system is still out.
    WorkedAround = "worked_around",
    /// A file was added that shows it.
    Evidenced = "evidenced",
    /// It was over.
    Ended = "ended",
    /// Somebody else found it right.
    Approved = "approved",
    /// Somebody else did not.
    Refused = "refused",
    /// Who waits was told that it began.
    ToldBegun = "told_begun",
    /// Who waits was told that it is over.
    ToldOver = "told_over",
});

impl OutageStep {
    /// The words in the history.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Entered => "Dicatat",
            Self::Changed => "Diubah",
            Self::WorkedAround => "Dialihkan ke jalur cadangan",
            Self::Evidenced => "Bukti ditambahkan",
            Self::Ended => "Dinyatakan pulih",
            Self::Approved => "Disetujui",
            Self::Refused => "Tidak disetujui",
            Self::ToldBegun => "Warga dikabari tentang gangguan",
            Self::ToldOver => "Warga dikabari bahwa layanan pulih",
        }
    }
}

/// How long after its beginning an outage may be entered without somebody else's word: whoever finds a system down tries it
/// again before writing.
pub const GRACE: TimeDelta = TimeDelta::minutes(30);

/// When an outage was, and who stands by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutageTimes {
    /// Since when, as it was entered or approved.
    pub from: Instant,
    /// Until when; nothing while it lasts.
    pub until: Option<Instant>,
    /// From when on work went on by another way.
    pub around: Option<Instant>,
    /// When it was written down.
    pub entered_at: Instant,
    /// What somebody else said of it.
    pub approval: Approval,
}

impl OutageTimes {
    /// The time in which it stops clocks: until work goes on, as far as it was entered in time or is approved.
    pub fn pause(&self) -> Option<Pause> {
        let from = match self.approval {
            Approval::Approved => self.from,
            Approval::Waiting => self.from.max(self.entered_at - GRACE),
            Approval::Refused => return None,
        };
        let until = match (self.until, self.around) {
            (Some(until), Some(around)) => Some(until.min(around)),
            (until, around) => until.or(around),
        };
        until.is_none_or(|until| from < until).then_some(Pause { from, until })
    }

    /// The time in which the system was out, which a way around it does not shorten.
    pub const fn out(&self) -> Pause {
        Pause { from: self.from, until: self.until }
    }

    /// Whether a part of it was written down afterwards.
    pub fn is_late(&self) -> bool {
        self.from < self.entered_at - GRACE
    }

    /// Whether it lasts.
    pub const fn is_open(&self) -> bool {
        self.until.is_none()
    }

    /// What whoever waits may be told at a moment: that it lasts, or that work goes on.
    pub fn news(&self, at: Instant) -> OutageStep {
        if self.stops_at(at) { OutageStep::ToldBegun } else { OutageStep::ToldOver }
    }

    /// Since when it is over, as those who waited are told: nothing while it lasts, and where it was none.
    pub fn over(&self) -> Option<Instant> {
        self.until.filter(|_| self.approval != Approval::Refused)
    }

    /// Whether a clock that it touches stands still at a moment.
    pub fn stops_at(&self, at: Instant) -> bool {
        self.pause().is_some_and(|pause| pause.from <= at && pause.until.is_none_or(|until| at < until))
    }
}

/// An outage that lasts, as everybody is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disruption {
    /// What is out.
    pub kind: OutageKind,
    /// Since when.
    pub from: Instant,
    /// What it touches.
    pub scope: Scope,
}

/// How much of a span something worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Availability {
    /// How long the office worked or would have worked.
    pub expected: TimeDelta,
    /// How long of that it was out.
    pub out: TimeDelta,
}

impl Availability {
    /// Counts the hours of a calendar in a span; what overlaps counts once.
    pub fn of(calendar: &Calendar, span: (Instant, Instant), out: &[Pause]) -> Self {
        let open = calendar.intervals(span.0..span.1);
        let length = |all: &[std::ops::Range<Instant>]| all.iter().map(|one| one.end - one.start).sum();
        let expected: TimeDelta = length(&open);
        let worked: TimeDelta = length(&standing_apart(open, out));
        Self { expected, out: expected - worked }
    }

    /// In tenths of a percent, rounded down; nothing where no work was expected.
    pub fn per_mille(&self) -> Option<i64> {
        let (expected, out) = (self.expected.num_seconds(), self.out.num_seconds());
        (expected > 0).then(|| (expected - out) * 1000 / expected)
    }
}

#[cfg(test)]
mod tests;
