//! A tracked request: its states, the steps between them, its papers, its history.
//!
//! The eight core states are the same in every office, so that reports compare; an office's own
//! sub-states lie under them. Everything here decides and nothing stores.

mod answering;
mod elsewhere;
mod event;
mod machine;
mod paper;
mod reason;
mod settlement;
#[cfg(test)]
mod settlement_tests;
mod silence;
mod watch;

pub use answering::MINUTES as ANSWER_MINUTES;
pub use elsewhere::{allowed_elsewhere, mirrored, next_elsewhere};
pub use event::RequestEventKind;
pub use machine::{Refusal, Step, StepKind, allowed, next};
pub use paper::{PaperReason, PaperState, PaperTally};
pub use reason::{AskReason, CloseReason, ReopenReason};
pub use settlement::{Cause, Move, Settlement, Standstill, Terms, TimetableRef, waits};
pub use silence::{CHOICES as ANSWER_DAYS, GO_ON, Silence, goes_on};
pub use watch::{Alarm, NEARING, Told, Watch};

words! {
    /// Where a request stands.
    RequestState {
        /// Received, nobody has looked yet.
        Received = "diterima",
        /// An officer checks the papers.
        Verification = "verifikasi",
        /// Something is missing that only the citizen can give.
        WaitingForCitizen = "menunggu_warga",
        /// Papers are complete; the settlement clock runs.
        InProcess = "diproses",
        /// The product is there, to be sent or picked up.
        Ready = "siap",
        /// The citizen has it.
        Finished = "selesai",
        /// Refused, with a reason and a way to object.
        Rejected = "ditolak",
        /// Withdrawn or closed for silence.
        Cancelled = "dibatalkan",
    }
}

impl RequestState {
    /// The states in which somebody still has to do something.
    pub const OPEN: [Self; 5] =
        [Self::Received, Self::Verification, Self::WaitingForCitizen, Self::InProcess, Self::Ready];

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "Diterima",
            Self::Verification => "Verifikasi berkas",
            Self::WaitingForCitizen => "Menunggu warga",
            Self::InProcess => "Diproses",
            Self::Ready => "Siap",
            Self::Finished => "Selesai",
            Self::Rejected => "Ditolak",
            Self::Cancelled => "Dibatalkan",
        }
    }

    /// Whether the request is closed: only an explicit reopening leads out of these states.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Finished | Self::Rejected | Self::Cancelled)
    }
}

words! {
    /// The way a request came in.
    Channel {
        /// A WhatsApp message.
        WhatsApp = "whatsapp",
        /// At a counter: office, kecamatan, desa.
        Counter = "loket",
        /// By telephone.
        Telephone = "telepon",
        /// By e-mail.
        Mail = "surel",
        /// The office's web form.
        Web = "web",
        /// A kecamatan office handed it on.
        Forwarded = "terusan",
    }
}

impl Channel {
    /// The ways by which a citizen writes and waits for an answer; at a desk, officers open the request themselves.
    pub const WRITTEN: [Self; 2] = [Self::WhatsApp, Self::Web];

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::WhatsApp => "WhatsApp",
            Self::Counter => "Loket",
            Self::Telephone => "Telepon",
            Self::Mail => "Surel",
            Self::Web => "Web",
            Self::Forwarded => "Kantor kecamatan",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_channel_has_its_word_and_a_label() {
        for state in RequestState::ALL {
            assert_eq!(state.word().parse(), Ok(*state));
            assert!(!state.label().is_empty());
        }
        for channel in Channel::ALL {
            assert_eq!(channel.word().parse(), Ok(*channel));
            assert!(!channel.label().is_empty());
        }
        assert_eq!("ditunda".parse::<RequestState>(), Err(crate::UnknownWord("RequestState")));
    }
}
