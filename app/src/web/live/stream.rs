//! One open stream: what its person hears, until they are signed out, a newer stream of theirs takes its
//! place, or the server stops.

use std::{convert::Infallible, sync::Arc};

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
    web::{Bytes, Data},
};
use chrono::TimeDelta;
use futures_util::stream;
use loket_core::{
    clock::Instant,
    id::{OfficeId, SessionId},
    permission::Standing,
};
use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior, interval},
};

use super::{event, seats::Seat};
use crate::{
    domain::{
        accounts,
        live::{Ear, Listener, Located},
        tenancy::Office,
    },
    infra::{Actor, Cx, Outcome},
    web::{error::PageError, guard::InOffice, site::Site},
};

const KIND: &str = "text/event-stream; charset=utf-8";
/// What changed so shortly before a page was drawn may not be on it: a commit takes a moment, and two
/// servers' clocks never agree.
const SHORTLY: TimeDelta = TimeDelta::seconds(2);

/// What a browser says of what it already shows.
pub enum Opening {
    /// A page that was drawn then.
    Drawn(Instant),
    /// It comes back, or does not say.
    Unknown,
}

struct Stream {
    site: Data<Site>,
    office: OfficeId,
    session: SessionId,
    ear: Ear,
    listener: Listener,
    seat: Seat,
    closed: watch::Receiver<bool>,
    heartbeat: Interval,
    first: Option<String>,
}

/// What happens next on a stream.
enum Turn {
    Over,
    Replaced,
    Heartbeat,
    News(Arc<Located>),
}

/// Opens a stream for somebody in an office.
pub async fn open(site: Data<Site>, place: &InOffice, opening: Opening) -> Result<HttpResponse, PageError> {
    let live = &site.live;
    let session = place.signed.session.id;
    let seat = live.seats.take(session).ok_or(PageError::Crowded)?;
    // Listens before it looks, so that nothing falls between.
    let listener = live.hub.listen(place.office.id);
    let now = site.house.clock.now();
    let missed = match opening {
        Opening::Unknown => true,
        Opening::Drawn(at) => {
            site.house.bus.latest(place.office.id).is_some_and(|latest| latest + SHORTLY >= at)
        }
    };
    let mut heartbeat = interval(live.heartbeat);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    heartbeat.reset();
    let stream = Stream {
        office: place.office.id,
        session,
        ear: ear(&site, place.office.id, &place.standing).await?,
        listener,
        seat,
        closed: live.closed.subscribe(),
        heartbeat,
        first: Some(event::opening(now, missed)),
        site,
    };
    Ok(answer(stream))
}

fn answer(stream: Stream) -> HttpResponse {
    let events = stream::unfold(Some(stream), |stream| async {
        let mut stream = stream?;
        let (text, goes_on) = stream.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), goes_on.then_some(stream)))
    });
    HttpResponse::Ok()
        .content_type(KIND)
        // A compressor would hold events back until it has enough of them; so would a proxy.
        .insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("identity")))
        .insert_header((HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")))
        .streaming(Box::pin(events))
}

impl Stream {
    /// What is written next, and whether more may follow; nothing at the end.
    async fn next(&mut self) -> Option<(String, bool)> {
        if let Some(first) = self.first.take() {
            return Some((first, true));
        }
        loop {
            match self.turn().await {
                Turn::Over => return None,
                Turn::Replaced => return Some((event::REPLACED.to_owned(), false)),
                Turn::Heartbeat => {
                    self.ear = self.look_again().await?;
                    return Some((event::HEARTBEAT.to_owned(), true));
                }
                Turn::News(located) => {
                    let heard = self.ear.hears(&located);
                    if let Some(text) = event::of(&heard, self.site.house.clock.now()) {
                        return Some((text, true));
                    }
                }
            }
        }
    }

    async fn turn(&mut self) -> Turn {
        tokio::select! {
            biased;
            _ = self.closed.wait_for(|closed| *closed) => Turn::Over,
            () = self.seat.outlived() => Turn::Replaced,
            _ = self.heartbeat.tick() => Turn::Heartbeat,
            located = self.listener.next() => located.map_or(Turn::Over, Turn::News),
        }
    }

    /// The person's reach as it is now; nothing when they are no longer signed in or no longer of the
    /// office, or when that cannot be found out.
    async fn look_again(&self) -> Option<Ear> {
        let session = accounts::session_by_id(&self.site.house, self.session).await.ok()??;
        let office = session.offices().into_iter().find(|office| office.id == self.office)?;
        let standing = session.standing(self.office).filter(|_| Office::is_open(office))?;
        ear(&self.site, self.office, &Arc::new(standing)).await.ok()
    }
}

async fn ear(site: &Site, office: OfficeId, standing: &Arc<Standing>) -> Outcome<Ear> {
    let actor = Actor::Officer(Arc::clone(standing));
    Ear::of(&Cx::read(&site.house, office, actor).await?).await
}
