//! The queue: tabs, how much is in each, and a page of one. Whatever is open or ever was, a page reads a few hundred
//! lines of an index.

use loket_core::{id::UserId, permission::Permission, request::RequestState};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::{
    cursor::Cursor,
    store,
    views::{QueueRow, rows},
};
use crate::infra::{Cx, Outcome, memory::Remembered};

const PAGE: u64 = 50;
/// Counts are told up to here; beyond, a tab says that there are more.
pub const COUNTED: u64 = 999;

/// A tab of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueTab {
    /// Nobody has taken it yet.
    Turn,
    /// Mine, and the office's move.
    Mine,
    /// Most of its time is gone, or all of it.
    Pressing,
    /// The citizen's move.
    Waiting,
    /// The product is ready.
    Ready,
    /// In somebody's hands and not ended.
    Handled,
}

impl QueueTab {
    /// Every tab, in order.
    pub const ALL: [Self; 6] =
        [Self::Turn, Self::Mine, Self::Pressing, Self::Waiting, Self::Ready, Self::Handled];

    /// Its word in a path.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Turn => "giliran",
            Self::Mine => "saya",
            Self::Pressing => "tenggat",
            Self::Waiting => "menunggu",
            Self::Ready => "siap",
            Self::Handled => "semua",
        }
    }

    /// Its label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Turn => "Giliran",
            Self::Mine => "Saya tangani",
            Self::Pressing => "Mendesak",
            Self::Waiting => "Menunggu warga",
            Self::Ready => "Siap",
            Self::Handled => "Ditangani",
        }
    }

    /// The tab of a word; the first one for any other.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.word() == word).unwrap_or(Self::Turn)
    }

    /// What the longest waiting, or the most urgent, is told by.
    const fn order(self) -> request::Column {
        match self {
            Self::Pressing => request::Column::DueAt,
            Self::Turn => request::Column::TurnAt,
            _ => request::Column::FirstMessageAt,
        }
    }

    fn condition(self, me: Option<UserId>) -> Condition {
        use RequestState::{InProcess, Ready, Verification, WaitingForCitizen};
        let (state, officer) = (request::Column::State, request::Column::AssignedTo);
        let open = store::open();
        match self {
            Self::Turn => store::unowned(),
            Self::Mine => open
                .add(state.is_in([Verification, InProcess, Ready]))
                .add(officer.eq(me.unwrap_or(UserId::NIL))),
            Self::Pressing => {
                open.add(request::Column::Alarm.is_not_null()).add(request::Column::Elsewhere.eq(false))
            }
            Self::Waiting => open.add(state.eq(WaitingForCitizen)),
            Self::Ready => open.add(state.eq(Ready)),
            Self::Handled => open.add(officer.is_not_null()),
        }
    }
}

/// How many requests are in a tab, as far as they were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted(u64);

impl Counted {
    /// So many; more than [`COUNTED`] are "more than that".
    pub const fn of(count: u64) -> Self {
        Self(count)
    }

    /// How many there are, and at least: [`COUNTED`] where there are more.
    pub fn at_least(self) -> u64 {
        self.0.min(COUNTED)
    }

    /// Whether there are more than were counted.
    pub const fn is_more(self) -> bool {
        self.0 > COUNTED
    }
}

/// How many requests each tab holds.
pub type QueueCounts = Vec<(QueueTab, Counted)>;

/// Which page of a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Beside {
    /// The first.
    #[default]
    Start,
    /// The one behind a row.
    Behind(Cursor),
    /// The one before a row.
    Before(Cursor),
}

/// A page of a tab.
#[derive(Debug, Clone)]
pub struct QueuePage {
    /// Its rows.
    pub rows: Vec<QueueRow>,
    /// The row before which the page before it ends; nothing on the first page.
    pub before: Option<Cursor>,
    /// The row behind which the next page begins; nothing on the last page.
    pub behind: Option<Cursor>,
}

/// That a tab held more than was counted.
struct Full;

impl Remembered for Full {
    fn bytes(&self) -> usize {
        0
    }
}

/// How many requests are in each tab of the queue: one statement. A tab that was found to hold more than [`COUNTED`] is
/// not counted again in the same minute.
pub async fn queue_counts(cx: &Cx<'_>) -> Outcome<QueueCounts> {
    let reach = cx.reach(Permission::ReadRequests);
    let minute = cx.now().timestamp().div_euclid(60);
    let key = |tab: QueueTab| format!("{minute} {} {:?} {reach:?}", tab.word(), cx.officer());
    let of = |tab: QueueTab| store::within(cx, Permission::ReadRequests).filter(tab.condition(cx.officer()));
    let mut counts: QueueCounts = QueueTab::ALL.map(|tab| (tab, Counted(COUNTED + 1))).into();
    let unknown: Vec<_> =
        counts.iter_mut().filter(|(tab, _)| cx.recall::<Full>(&key(*tab)).is_none()).collect();
    let queries = unknown.iter().map(|(tab, _)| of(*tab)).collect();
    let found = cx.tx().counts_up_to(queries, COUNTED + 1).await?;
    for ((tab, count), found) in unknown.into_iter().zip(found) {
        *count = Counted(found);
        if count.is_more() {
            cx.keep(key(*tab), Full);
        }
    }
    Ok(counts)
}

/// A page of a tab, whose turn it is first, the oldest, or what is due: nobody gains or loses a turn by writing again.
pub async fn queue(cx: &Cx<'_>, tab: QueueTab, beside: Beside) -> Outcome<QueuePage> {
    let order = (tab.order(), request::Column::Id);
    let query = store::within(cx, Permission::ReadRequests).filter(tab.condition(cx.officer()));
    let query = match beside {
        Beside::Start => query.ascending(order.0).ascending(order.1),
        Beside::Behind(row) => query.filter(row.past(order, true)).ascending(order.0).ascending(order.1),
        Beside::Before(row) => query.filter(row.past(order, false)).descending(order.0).descending(order.1),
    };
    let mut found = query.up_to(PAGE + 1).await?;
    let further = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    if matches!(beside, Beside::Before(_)) {
        found.reverse();
    }
    let at = |row: &request::Model| Cursor {
        at: match tab {
            QueueTab::Turn => row.turn_at,
            QueueTab::Pressing => row.due_at.unwrap_or(row.first_message_at),
            _ => row.first_message_at,
        },
        id: row.id.0,
    };
    let (first, last) = (found.first().map(at), found.last().map(at));
    let (earlier, later) = match beside {
        Beside::Start => (false, further),
        Beside::Behind(_) => (true, further),
        Beside::Before(_) => (further, true),
    };
    Ok(QueuePage {
        before: first.filter(|_| earlier),
        behind: last.filter(|_| later),
        rows: rows(cx, found).await?,
    })
}
