//! Ids of the year's rows: from the row's place in the plan, so that the same plan has the same ids everywhere.

use loket_core::clock::{Instant, uuid_v7};
use uuid::Uuid;

/// What a row is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Table {
    Contact = 1,
    Identity,
    Conversation,
    Message,
    Status,
    Media,
    File,
    Request,
    Name,
    Paper,
    Event,
    Counter,
    Outage,
    OutageEvent,
    Forecast,
    StockItem,
    StockUse,
    StockEntry,
    Equipment,
    EquipmentEntry,
    PickupPoint,
    Handover,
    VisitRound,
    Visit,
    CompensationEvent,
    Appointment,
    Consignment,
}

/// The id of the `number`-th row of an office's table. Rows of one moment lie in the order of their numbers.
pub(super) fn id<T: From<Uuid>>(place: usize, (table, number): (Table, u64), at: Instant) -> T {
    // Counted ids elsewhere leave these high places empty.
    let count = ((place as u64 + 1) << 56) | ((table as u64) << 48) | (number & 0xffff_ffff_ffff);
    let mut random = [0_u8; 10];
    if let Some(low) = random.get_mut(2..) {
        low.copy_from_slice(&count.to_be_bytes());
    }
    uuid_v7(at, &random).into()
}

/// Numbers for the parts of a row: up to 64 each.
pub(super) fn part(number: usize, part: usize) -> u64 {
    number as u64 * 64 + part as u64
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_row_has_an_id_of_its_own_and_rows_of_a_moment_keep_their_order() {
        let at = Instant::default();
        let mut seen = HashSet::new();
        for place in 0..5 {
            for table in [Table::Contact, Table::Event, Table::Counter] {
                let ids: Vec<Uuid> = (0..200).map(|n| id(place, (table, part(n / 64, n % 64)), at)).collect();
                assert!(ids.is_sorted());
                assert!(ids.into_iter().all(|id| seen.insert(id)));
            }
        }
    }
}
