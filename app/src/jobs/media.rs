//! Fetches what citizens sent along: off the phone at once, looked at, encrypted, stored.

use chrono::TimeDelta;
use loket_core::{
    id::{FileId, OfficeId},
    kinds::MediaState,
};

use crate::{
    domain::{
        files::StoredFile,
        whatsapp::media::{self, FETCH_MEDIA, Fetch, Pending},
    },
    infra::{
        House,
        files::FileStore,
        graph::{GraphClient, MediaFailure},
    },
    queue::{Handler, JobError, Ticket},
};

/// Meta keeps what citizens send for seven days.
const KEPT_BY_META: TimeDelta = TimeDelta::days(7);
/// How often what should pass is tried.
const MOST_ATTEMPTS: i64 = 15;
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
const CHANNEL_PAUSE: TimeDelta = TimeDelta::minutes(10);

/// Its kind.
pub const KIND: &str = FETCH_MEDIA;

/// Runs [`KIND`].
pub struct FetchMedia {
    /// The ground.
    pub house: House,
    /// Meta.
    pub graph: GraphClient,
    /// Where files lie.
    pub files: FileStore,
}

/// What is to be done after a fetch that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Later(TimeDelta),
    Refused(&'static str),
    Lost(&'static str),
}

#[async_trait::async_trait]
impl Handler for FetchMedia {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let Fetch { media_id } = ticket.payload()?;
        let Some(pending) = media::pending(&self.house, ticket.office, media_id).await? else {
            return Ok(());
        };
        let fetched = self.graph.fetch(&pending.token, &pending.graph_id, pending.limit).await;
        let fate = match &fetched {
            Ok((_, bytes)) => match media::taken_type(bytes) {
                Some(mime) => return self.keep(ticket.office, &pending, (bytes, mime)).await,
                None => Fate::Refused("type"),
            },
            Err(failure) => {
                let age = self.house.clock.now() - pending.announced_at;
                fate(failure, ticket.attempts, age)
            }
        };
        let given_up = match fate {
            Fate::Later(pause) => return Err(JobError::Later(pause, "media")),
            Fate::Refused(reason) => (MediaState::Refused, reason),
            Fate::Lost(reason) => (MediaState::Lost, reason),
        };
        tracing::warn!(media = %media_id, reason = given_up.1, "an attachment was not kept");
        if media::give_up(&self.house, ticket.office, &pending, given_up).await? {
            // An earlier try may have stored the bytes and then failed to say so.
            self.files.delete(&FileStore::key(ticket.office, FileId(media_id.0))).await?;
        }
        Ok(())
    }
}

impl FetchMedia {
    async fn keep(
        &self,
        office: OfficeId,
        pending: &Pending,
        (bytes, mime): (&[u8], &'static str),
    ) -> Result<(), JobError> {
        let keys = self.house.keys(office).await?;
        // The attachment's own id: another try writes over the same file instead of leaving one behind.
        let file = FileId(pending.media.0);
        let key = self.files.put(&keys, (office, file), bytes).await?;
        let stored = StoredFile::new(&keys, (file, key), mime, bytes).named(pending.filename.clone());
        Ok(media::keep(&self.house, office, pending, &stored).await?)
    }
}

fn fate(failure: &MediaFailure, attempts: i64, age: TimeDelta) -> Fate {
    let tired = attempts >= MOST_ATTEMPTS;
    match failure {
        MediaFailure::TooLarge { .. } => Fate::Refused("too_large"),
        MediaFailure::ForeignHost => Fate::Refused("foreign_host"),
        MediaFailure::Gone | MediaFailure::BadId | MediaFailure::BadType => Fate::Lost("gone"),
        MediaFailure::Refused { .. } => Fate::Lost("refused_by_meta"),
        _ if age > KEPT_BY_META => Fate::Lost("expired"),
        MediaFailure::Channel => Fate::Later(CHANNEL_PAUSE),
        MediaFailure::Corrupt if tired => Fate::Refused("corrupt"),
        _ if tired => Fate::Lost("unreachable"),
        MediaFailure::Retry { after } => {
            Fate::Later(pause(attempts).max(TimeDelta::from_std(*after).unwrap_or(LONGEST_PAUSE)))
        }
        MediaFailure::LinkExpired | MediaFailure::Corrupt | MediaFailure::Unreadable => {
            Fate::Later(pause(attempts))
        }
    }
}

/// 2 s, 4 s, 8 s, ... at most an hour.
fn pause(attempts: i64) -> TimeDelta {
    let power = u32::try_from(attempts.clamp(1, 12)).unwrap_or(1);
    TimeDelta::seconds(2_i64.saturating_pow(power)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_may_pass_is_tried_again_and_the_rest_is_given_up() {
        let (now, week) = (TimeDelta::zero(), TimeDelta::days(8));
        let retry = MediaFailure::Retry { after: Duration::from_secs(60) };
        let table = [
            (MediaFailure::TooLarge { limit: 1 }, 1, now, Fate::Refused("too_large")),
            (MediaFailure::ForeignHost, 1, now, Fate::Refused("foreign_host")),
            (MediaFailure::Gone, 1, now, Fate::Lost("gone")),
            (MediaFailure::Channel, 99, now, Fate::Later(CHANNEL_PAUSE)),
            (MediaFailure::Channel, 99, week, Fate::Lost("expired")),
            (retry.clone(), 1, now, Fate::Later(TimeDelta::seconds(60))),
            (retry.clone(), 7, now, Fate::Later(TimeDelta::seconds(128))),
            (retry, 15, now, Fate::Lost("unreachable")),
            (MediaFailure::Corrupt, 2, now, Fate::Later(TimeDelta::seconds(4))),
            (MediaFailure::Corrupt, 15, now, Fate::Refused("corrupt")),
        ];
        for (failure, attempts, age, expected) in table {
            assert_eq!(fate(&failure, attempts, age), expected, "{failure:?}");
        }
    }
}
