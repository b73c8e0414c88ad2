//! A place in a list: the next page begins behind it, however long the list is and whatever was put before it in the
//! meantime. Counting rows off from the beginning would cost more with each page, and would skip what moved up.

use chrono::DateTime;
use loket_core::clock::Instant;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

/// A row's place in a list that is ordered by a time and, among equal ones, by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Its time.
    pub at: Instant,
    /// Its id.
    pub id: Uuid,
}

impl Cursor {
    /// Reads what [`Display`](std::fmt::Display) wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('.')?;
        Some(Self { at: DateTime::from_timestamp_micros(micros.parse().ok()?)?, id: id.parse().ok()? })
    }

    /// The rows behind it, of a list in ascending or descending order.
    pub fn past<C: ColumnTrait>(self, (time, id): (C, C), ascending: bool) -> Condition {
        // The first bound says nothing that the second does not, but only it is a range of an index.
        let (bound, later, same) = if ascending {
            (time.gte(self.at), time.gt(self.at), id.gt(self.id))
        } else {
            (time.lte(self.at), time.lt(self.at), id.lt(self.id))
        };
        Condition::all().add(bound).add(Condition::any().add(later).add(same))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.timestamp_micros(), self.id)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is() {
        let cursor =
            Cursor { at: Instant::default() + TimeDelta::microseconds(12_345_678), id: Uuid::from_u128(7) };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for text in ["", "1", "x.7", "1.x", "99999999999999999999.00000000-0000-0000-0000-000000000007"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }
}
