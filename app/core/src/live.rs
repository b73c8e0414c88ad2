//! What somebody who looks at a page can be told has changed. Only ids travel; what they stand for is
//! fetched again, by whoever may see it.

words!(/// A thing whose changes are told.
    Topic {
    /// A request: its state, its papers, who has it.
    Request = "permohonan",
    /// A conversation: its messages and how far they came.
    Conversation = "percakapan",
});

impl Topic {
    /// One thing of this kind, as a page says what it shows: `permohonan:0191…`.
    pub fn of(self, id: impl std::fmt::Display) -> String {
        format!("{}:{id}", self.word())
    }
}
