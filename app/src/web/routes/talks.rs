//! The addresses of conversations that are no requests.

use std::fmt::Display;

route!(/// The list of conversations.
    Conversations = "/kantor/{office}/percakapan");
route!(/// One conversation.
    Conversation = "/kantor/{office}/percakapan/{id}");
route!(/// Writing to the citizen; POST only.
    ConversationAnswer = "/kantor/{office}/percakapan/{id}/balas");
route!(/// Being the one who answers; POST only.
    ConversationClaim = "/kantor/{office}/percakapan/{id}/ambil");
route!(/// Leaving it to everybody again; POST only.
    ConversationRelease = "/kantor/{office}/percakapan/{id}/lepas");
route!(/// Making a request of it; POST only.
    ConversationOpen = "/kantor/{office}/percakapan/{id}/permohonan");

impl Conversations {
    /// Its address: a filter, and a page of it.
    pub fn at(office: &str, filter: &str, page: u64) -> String {
        let page = if page == 0 { String::new() } else { format!("&hal={page}") };
        format!("/kantor/{office}/percakapan?saring={filter}{page}")
    }
}

impl Conversation {
    /// Its address.
    pub fn at(office: &str, id: impl Display) -> String {
        format!("/kantor/{office}/percakapan/{id}")
    }

    /// The messages before one of them.
    pub fn before(office: &str, id: impl Display, message: impl Display) -> String {
        format!("/kantor/{office}/percakapan/{id}?sebelum={message}")
    }
}

impl ConversationAnswer {
    /// Its address.
    pub fn at(office: &str, id: impl Display) -> String {
        format!("/kantor/{office}/percakapan/{id}/balas")
    }
}

impl ConversationClaim {
    /// Its address.
    pub fn at(office: &str, id: impl Display) -> String {
        format!("/kantor/{office}/percakapan/{id}/ambil")
    }
}

impl ConversationRelease {
    /// Its address.
    pub fn at(office: &str, id: impl Display) -> String {
        format!("/kantor/{office}/percakapan/{id}/lepas")
    }
}

impl ConversationOpen {
    /// Its address.
    pub fn at(office: &str, id: impl Display) -> String {
        format!("/kantor/{office}/percakapan/{id}/permohonan")
    }
}
