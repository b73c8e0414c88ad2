//! What a form with rows sends: the same name once for each row.

/// Fields of a form, in the order in which they came.
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// What was sent.
    pub fn new(sent: Vec<(String, String)>) -> Self {
        Self(sent)
    }

    /// The first value of a field; empty without one.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a field came at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
}
