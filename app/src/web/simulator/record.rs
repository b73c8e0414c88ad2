//! What the simulator asks of the house: the office's own record of what came in and went out.

use async_trait::async_trait;
use loket_core::clock::Instant;
use loket_core::id::OfficeId;

use crate::fake_graph::PhoneMessage;
use crate::infra::Outcome;

/// Something that the office's server did, without anybody's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// Who did it: `Server kantor`.
    pub who: &'static str,
    /// What, in a few words.
    pub what: String,
    /// More about it.
    pub detail: Option<String>,
    /// `"ok"`, `"info"`, `"warn"`, `"bad"` or `"quiet"`.
    pub tone: &'static str,
}

/// The offices' records, read only.
#[async_trait]
pub trait OfficeRecord: Send + Sync {
    /// The latest that came to this office's door, newest first, at most twenty.
    async fn trace(&self, office: OfficeId) -> Outcome<Vec<Step>>;

    /// What this office holds of its conversations with a phone: all it received, and of its own messages
    /// those that Meta took.
    async fn phone(&self, office: OfficeId, wa_id: &str) -> Outcome<Vec<PhoneMessage>>;
}
