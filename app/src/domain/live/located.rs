//! What changed, with where it belongs: two narrow queries, whoever and however many listen.

use loket_core::{
    id::{ConversationId, NumberId, OfficeId},
    live::Topic,
};

use crate::{
    domain::{
        requests::{self, Placed},
        whatsapp,
    },
    infra::{Actor, Cx, House, Outcome, SystemReason, bus::Changed},
};

/// What changed in an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// More than is named.
    Everything,
    /// These things.
    Things {
        /// Requests, and where they belong.
        requests: Vec<Placed>,
        /// Conversations, and their numbers.
        conversations: Vec<(ConversationId, NumberId)>,
    },
}

impl Located {
    /// Finds out where what changed belongs.
    pub(super) async fn of(house: &House, office: OfficeId, changed: &Changed) -> Outcome<Self> {
        if changed.is_everything() {
            return Ok(Self::Everything);
        }
        let cx = Cx::read(house, office, Actor::System(SystemReason::Live)).await?;
        Ok(Self::Things {
            requests: requests::placed(&cx, changed.of(Topic::Request)).await?,
            conversations: whatsapp::numbers_of(&cx, changed.of(Topic::Conversation)).await?,
        })
    }
}
