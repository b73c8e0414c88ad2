//! How long what is left lasts, by what was used on the last working days.

use super::Quantity;

/// How many working days are read.
pub const DAYS_READ: usize = 20;

/// With fewer working days nothing is foretold.
pub const FEWEST_DAYS: usize = 5;

/// Whoever keeps the stock is warned when it may be out within so many working days: five are needed to get more, and two are
/// for finding out.
pub const LEAD_DAYS: u32 = 7;

/// Nothing is foretold beyond so many working days.
const FARTHEST: u32 = 250;

/// How many standard deviations more than usual the careful figure allows for: nine cases in ten.
const CAREFUL: f64 = 1.3;

/// How long a stock lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// Working days that it lasts if use goes on as it did; nothing where it lasts longer than can be foretold.
    pub days: Option<u32>,
    /// Working days that it lasts in nine cases of ten.
    pub careful: u32,
}

/// How long `balance` lasts after working days on which `used` was used, oldest first, the last of them over; `waiting` is
/// what the cases that are in hand will take. Nothing with fewer than [`FEWEST_DAYS`] days, or where nothing was used on any.
/// Days on which there was nothing to use are not to be among them: they do not say what is needed.
///
/// A day's use varies: schools are visited, systems are down. So the careful figure allows for the spread of single days,
/// which evens out over several, and for not knowing the mean itself, which does not.
pub fn outlook(balance: Quantity, used: &[Quantity], waiting: Quantity) -> Option<Outlook> {
    let used = &used[used.len().saturating_sub(DAYS_READ)..];
    if used.len() < FEWEST_DAYS {
        return None;
    }
    if used.iter().all(|day| day.is_out()) {
        return None;
    }
    if balance.is_out() {
        return Some(Outlook { days: Some(0), careful: 0 });
    }
    let count = used.len() as f64;
    let mean = used.iter().map(|day| day.in_pieces()).sum::<f64>() / count;
    let spread = used.iter().map(|day| (day.in_pieces() - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let lasts = |need: &dyn Fn(f64) -> f64| {
        let enough = |days: &u32| need(f64::from(*days)).max(waiting.in_pieces()) <= balance.in_pieces();
        (1..=FARTHEST).take_while(enough).last().unwrap_or_default()
    };
    let days = lasts(&|days| mean * days);
    let careful = lasts(&|days| mean * days + CAREFUL * (spread * (days + days * days / count)).sqrt());
    Some(Outlook { days: (days < FARTHEST).then_some(days), careful })
}

/// Whether whoever keeps the stock is to be warned; `warned` is whether they were already, so that a stock near the limit
/// does not warn again and again.
pub const fn warns(outlook: Outlook, warned: bool) -> bool {
    outlook.careful <= if warned { LEAD_DAYS + 3 } else { LEAD_DAYS }
}
