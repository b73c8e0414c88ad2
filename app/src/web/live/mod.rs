//! Live updates: one stream of server-sent events per browser, and how many of them there may be.
//!
//! A stream says which things changed, by id. What is shown of them is fetched again through the page's own
//! route, so that nobody sees more than the page would show.

mod block;
mod event;
mod seats;
mod stream;

use std::time::Duration;

use tokio::sync::watch;

pub(crate) use block::live_blocks;
pub(in crate::web) use block::render as render_blocks;
pub use block::{Blocks, blocks_asked};
pub use seats::Seats;
pub use stream::{Opening, open};

use crate::domain::live::Hub;

/// How often and how many.
#[derive(Debug, Clone, Copy)]
pub struct LiveLimits {
    /// How often a silent stream is kept alive, and its session looked at again: who is signed out hears
    /// nothing after this long.
    pub heartbeat: Duration,
    /// Streams of one session; the next one ends the oldest.
    pub of_a_session: usize,
    /// Streams of this process; the next one is refused.
    pub of_the_server: usize,
}

impl Default for LiveLimits {
    fn default() -> Self {
        Self { heartbeat: Duration::from_secs(20), of_a_session: 4, of_the_server: 2000 }
    }
}

/// The streams of one process.
pub struct Live {
    hub: Hub,
    seats: Seats,
    heartbeat: Duration,
    closed: watch::Sender<bool>,
}

impl Live {
    /// No stream yet.
    pub fn new(hub: Hub, limits: LiveLimits) -> Self {
        Self {
            hub,
            seats: Seats::new(limits.of_a_session, limits.of_the_server),
            heartbeat: limits.heartbeat,
            closed: watch::Sender::new(false),
        }
    }

    /// How many streams are open.
    pub fn open_streams(&self) -> usize {
        self.seats.taken()
    }

    /// Ends every stream, so that a server that stops does not wait for them.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }
}
