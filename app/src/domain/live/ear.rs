//! What one person may hear of: the same reach that their lists are filtered by.

use loket_core::{
    id::{ConversationId, RequestId},
    permission::{Permission, Reach},
};

use super::located::Located;
use crate::{
    domain::whatsapp::Sight,
    infra::{Cx, Outcome},
};

/// A person's reach, as it was when it was last looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ear {
    requests: Reach,
    figures: Reach,
    talks: Sight,
}

/// What a person hears: ids, never words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Nothing that concerns them.
    Nothing,
    /// So much that they had better look at everything.
    Everything,
    /// These things.
    Things {
        /// Requests that changed.
        requests: Vec<RequestId>,
        /// Conversations that changed.
        conversations: Vec<ConversationId>,
        /// Whether figures they may see changed.
        figures: bool,
    },
}

impl Ear {
    /// The reach of whoever does this operation.
    pub async fn of(cx: &Cx<'_>) -> Outcome<Self> {
        Ok(Self {
            requests: cx.reach(Permission::ReadRequests),
            figures: cx.reach(Permission::ReadFigures),
            talks: Sight::of(cx, Permission::ReadRequests).await?,
        })
    }

    /// What of some changes reaches them.
    pub fn hears(&self, located: &Located) -> Heard {
        let Located::Things { requests, conversations } = located else { return Heard::Everything };
        let within = |reach: &Reach| {
            let found = requests.iter().filter(|one| reach.covers(one.whereabouts()));
            found.map(|one| one.id).collect::<Vec<_>>()
        };
        let talks = conversations.iter().filter(|(_, number)| self.talks.covers(*number));
        let talks: Vec<_> = talks.map(|(id, _)| *id).collect();
        let (requests, figures) = (within(&self.requests), !within(&self.figures).is_empty());
        if requests.is_empty() && talks.is_empty() && !figures {
            return Heard::Nothing;
        }
        Heard::Things { requests, conversations: talks, figures }
    }
}

#[cfg(test)]
mod tests {
    use loket_core::{
        id::{NumberId, ServiceId},
        permission::Scope,
    };
    use uuid::Uuid;

    use super::*;
    use crate::domain::requests::Placed;

    const KTP: ServiceId = ServiceId(Uuid::from_u128(1));
    const KIA: ServiceId = ServiceId(Uuid::from_u128(2));
    const OWN: NumberId = NumberId(Uuid::from_u128(3));
    const OTHER: NumberId = NumberId(Uuid::from_u128(4));

    fn parts(services: &[ServiceId]) -> Reach {
        Reach::Parts(vec![Scope { services: services.to_vec(), ..Scope::default() }])
    }

    fn request(n: u128, service: ServiceId) -> Placed {
        Placed::of_service(RequestId(Uuid::from_u128(n)), service)
    }

    fn talk(n: u128, number: NumberId) -> (ConversationId, NumberId) {
        (ConversationId(Uuid::from_u128(n)), number)
    }

    #[test]
    fn each_hears_of_what_lies_within_their_reach_and_of_nothing_else() {
        let operator =
            Ear { requests: parts(&[KTP]), figures: Reach::Nothing, talks: Sight::Numbers(vec![OWN]) };
        let head = Ear { requests: Reach::Everything, figures: Reach::Everything, talks: Sight::Everything };
        let inspector =
            Ear { requests: Reach::Nothing, figures: Reach::Everything, talks: Sight::Numbers(vec![]) };
        let both = Located::Things {
            requests: vec![request(10, KTP), request(11, KIA)],
            conversations: vec![talk(20, OWN), talk(21, OTHER)],
        };
        let strange =
            Located::Things { requests: vec![request(11, KIA)], conversations: vec![talk(21, OTHER)] };
        let things = |requests: &[u128], talks: &[u128], figures| Heard::Things {
            requests: requests.iter().map(|n| RequestId(Uuid::from_u128(*n))).collect(),
            conversations: talks.iter().map(|n| ConversationId(Uuid::from_u128(*n))).collect(),
            figures,
        };
        assert_eq!(operator.hears(&both), things(&[10], &[20], false));
        assert_eq!(operator.hears(&strange), Heard::Nothing);
        assert_eq!(head.hears(&both), things(&[10, 11], &[20, 21], true));
        assert_eq!(inspector.hears(&both), things(&[], &[], true));
        assert_eq!(operator.hears(&Located::Everything), Heard::Everything);
    }
}
