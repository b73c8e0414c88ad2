//! Tells a citizen where the identity numbers of a line are typed.

use super::office;
use crate::{
    domain::requests::{self, LinkDue},
    infra::{Actor, Cx, House, SystemReason},
    queue::{Handler, JobError, Ticket},
};

/// Runs [`LinkDue`].
pub struct TellLink {
    /// The ground.
    pub house: House,
    /// The site, as people reach it, without a slash at its end.
    pub site: String,
    /// The path of a link, by the office's slug and the link's token.
    pub path: fn(&str, &str) -> String,
}

#[async_trait::async_trait]
impl Handler for TellLink {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let LinkDue { link } = ticket.payload()?;
        let office = office(&self.house, ticket.office).await?;
        let mut cx = Cx::write(&self.house, ticket.office, Actor::System(SystemReason::Entry)).await?;
        let address = |token: &str| format!("{}{}", self.site, (self.path)(&office.slug, token));
        if requests::tell_link(&mut cx, &office, link, address).await? {
            cx.commit().await?;
        }
        Ok(())
    }
}
