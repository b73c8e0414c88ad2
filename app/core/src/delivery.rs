//! How far a message of ours has come.
//!
//! Meta's statuses come twice, out of order, and some never (`delivered` is left out for somebody who has
//! the chat open). So states have one rank, merging takes the higher one, and the order of arrival can't
//! matter. `failed` ranks above `sent` and below `delivered`: it ends the matter only if nothing shows
//! that the message arrived. A new attempt after a failure is a new message, not a merge.

words! {
    /// The state of an outbound message; declared in the order of rank.
    DeliveryState {
        /// In our outbox.
        Queued = "queued",
        /// Handed to the client; no answer yet.
        Sending = "sending",
        /// The call broke off after it may have reached Meta: nobody knows yet.
        Uncertain = "uncertain",
        /// Meta took it (HTTP 200); that is not delivery.
        Accepted = "accepted",
        /// On its way from Meta's servers.
        Sent = "sent",
        /// Refused or undeliverable.
        Failed = "failed",
        /// On the citizen's device.
        Delivered = "delivered",
        /// Opened.
        Read = "read",
        /// A voice message was listened to.
        Played = "played",
    }
}

impl DeliveryState {
    /// The state after `incoming` was heard of: never a step back, whatever the order.
    pub fn merge(self, incoming: Self) -> Self {
        self.max(incoming)
    }

    /// The state of a word in a webhook's `status`; `None` for the rare ones that say nothing about
    /// delivery (`deleted`, `warning`) and for words that are new.
    pub fn from_meta(status: &str) -> Option<Self> {
        match status {
            "sent" => Some(Self::Sent),
            "delivered" => Some(Self::Delivered),
            "read" => Some(Self::Read),
            "played" => Some(Self::Played),
            "failed" => Some(Self::Failed),
            _ => None,
        }
    }

    /// Whether the citizen's device has it.
    pub fn has_arrived(self) -> bool {
        self >= Self::Delivered
    }

    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "antre",
            Self::Sending => "sedang dikirim",
            Self::Uncertain => "belum pasti",
            Self::Accepted => "diterima Meta",
            Self::Sent => "terkirim",
            Self::Failed => "gagal",
            Self::Delivered => "sampai",
            Self::Read => "dibaca",
            Self::Played => "diputar",
        }
    }
}

/// The state of `current` after `incoming` was heard of; see [`DeliveryState::merge`].
pub fn merge(current: DeliveryState, incoming: DeliveryState) -> DeliveryState {
    current.merge(incoming)
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    #[test]
    fn a_status_never_takes_a_message_back() {
        use DeliveryState::{Accepted, Delivered, Failed, Played, Queued, Read, Sending, Sent, Uncertain};
        for (current, incoming, after) in [
            (Queued, Sending, Sending),
            (Sending, Uncertain, Uncertain),
            (Uncertain, Accepted, Accepted),
            (Uncertain, Sent, Sent),
            (Accepted, Failed, Failed),
            (Sent, Failed, Failed),
            (Failed, Sent, Failed),
            (Failed, Accepted, Failed),
            (Delivered, Failed, Delivered),
            (Failed, Read, Read),
            (Read, Delivered, Read),
            (Read, Played, Played),
        ] {
            assert_eq!(merge(current, incoming), after, "{current} then {incoming}");
        }
    }

    #[test]
    fn metas_words_are_known_and_strange_ones_say_nothing() {
        assert_eq!(DeliveryState::from_meta("read"), Some(DeliveryState::Read));
        for word in ["deleted", "warning", "queued", "", "READ"] {
            assert_eq!(DeliveryState::from_meta(word), None);
        }
    }

    proptest! {
        #[test]
        fn any_order_with_repeats_ends_in_the_same_state(
            (first, second) in proptest::collection::vec(select(DeliveryState::ALL), 1..9).prop_flat_map(|states| {
                let doubled: Vec<_> = states.iter().chain(&states).copied().collect();
                (Just(states), Just(doubled).prop_shuffle())
            })
        ) {
            let end = |states: &[DeliveryState]| states.iter().copied().fold(DeliveryState::Queued, merge);
            let state = end(&first);
            prop_assert_eq!(state, end(&second));
            let arrived = first.iter().any(|s| s.has_arrived());
            let failed = first.contains(&DeliveryState::Failed);
            prop_assert_eq!(state.has_arrived(), arrived);
            prop_assert_eq!(state == DeliveryState::Failed, failed && !arrived);
        }
    }
}
