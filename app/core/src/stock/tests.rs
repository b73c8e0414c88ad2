//! Quantities as offices write them, ratios, and how long a stock lasts.

use proptest::prelude::*;

use super::{forecast::FEWEST_DAYS, *};

/// What no test expects.
const NONE: Outlook = Outlook { days: Some(u32::MAX), careful: u32::MAX };

const fn cards(pieces: u32) -> Quantity {
    Quantity::pieces(pieces)
}

#[test]
fn a_quantity_reads_as_offices_write_it() {
    let told = |millionths: i64| Quantity(millionths).to_string();
    assert_eq!(cards(312).to_string(), "312");
    assert_eq!(cards(1_204_000).to_string(), "1.204.000");
    assert_eq!(told(2_400_000), "2,4");
    assert_eq!(told(99_960_000), "100");
    assert_eq!(told(1_234_600_000), "1.235");
    assert_eq!(told(-1_500_000), "-1,5");
    assert_eq!((told(0), told(-10)), ("0".to_owned(), "0".to_owned()));
}

#[test]
fn a_quantity_is_read_as_offices_type_it() {
    for (text, millionths) in [
        ("312", 312_000_000),
        (" 1.204 ", 1_204_000_000),
        ("2,5", 2_500_000),
        ("0", 0),
        ("1.204,25", 1_204_250_000),
    ] {
        assert_eq!(Quantity::parse(text), Some(Quantity(millionths)), "{text}");
    }
    for text in
        ["", ",5", "-3", "1.2", "12.34", "1.2345", "3,141", "tiga", "1 204", "99999999", "1..000", "٣"]
    {
        assert_eq!(Quantity::parse(text), None, "{text}");
    }
    assert_eq!(Quantity::parse("10.000.000"), Some(cards(Quantity::MOST_PIECES)));
    assert_eq!(Quantity::parse("10.000.001"), None);
}

#[test]
fn a_document_takes_a_card_or_a_small_part_of_a_roll() {
    assert_eq!(Ratio::of(1, 1).map(Ratio::each), Some(cards(1)));
    assert_eq!(Ratio::of(1, 500).map(Ratio::each), Some(Quantity(2_000)));
    assert_eq!(Ratio::of(1, 300).map(Ratio::each), Some(Quantity(3_333)));
    assert_eq!(Ratio::of(2, 3).map(Ratio::each), Some(Quantity(666_667)));
    for (pieces, documents) in [(0, 1), (1, 0), (Ratio::MOST + 1, 1)] {
        assert_eq!(Ratio::of(pieces, documents), None);
    }
}

#[test]
fn what_was_used_evenly_lasts_as_long_as_it_divides() {
    let even = [cards(50); 10];
    let of = |balance: u32| outlook(cards(balance), &even, cards(0));
    assert_eq!(of(400), Some(Outlook { days: Some(8), careful: 8 }));
    assert_eq!(of(399), Some(Outlook { days: Some(7), careful: 7 }));
    assert_eq!(of(0), Some(Outlook { days: Some(0), careful: 0 }));
    assert_eq!(of(1_000_000), Some(Outlook { days: None, careful: 250 }));
    assert_eq!(outlook(cards(400), &even[..FEWEST_DAYS - 1], cards(0)), None, "too few days to tell");
}

#[test]
fn nothing_is_foretold_of_what_nobody_used_and_what_is_out_lasts_no_day() {
    assert_eq!(outlook(cards(400), &[cards(0); 20], cards(0)), None);
    let out = Some(Outlook { days: Some(0), careful: 0 });
    assert_eq!(outlook(cards(0), &[cards(1); 20], cards(0)), out);
}

#[test]
fn the_last_days_count_and_none_before_them() {
    let mut used = vec![cards(5_000); 40];
    used.extend([cards(10); DAYS_READ]);
    assert_eq!(outlook(cards(100), &used, cards(0)).and_then(|outlook| outlook.days), Some(10));
}

#[test]
fn whoever_uses_unevenly_is_warned_earlier() {
    let uneven: Vec<Quantity> = (0..20).map(|day| cards(if day % 2 == 0 { 10 } else { 90 })).collect();
    let even = [cards(50); 20];
    let careful = |used: &[Quantity]| outlook(cards(500), used, cards(0)).map(|outlook| outlook.careful);
    assert_eq!((careful(&even), careful(&uneven)), (Some(10), Some(6)));
}

#[test]
fn what_the_cases_in_hand_will_take_is_gone_already() {
    let even = [cards(10); 20];
    assert_eq!(outlook(cards(100), &even, cards(100)).map(|outlook| outlook.careful), Some(10));
    assert_eq!(outlook(cards(100), &even, cards(101)).map(|outlook| outlook.careful), Some(0));
}

#[test]
fn a_warning_stands_until_there_is_clearly_more() {
    let at = |careful| Outlook { days: None, careful };
    assert!(warns(at(LEAD_DAYS), false) && !warns(at(LEAD_DAYS + 1), false));
    assert!(warns(at(LEAD_DAYS + 3), true) && !warns(at(LEAD_DAYS + 4), true));
}

proptest! {
    #[test]
    fn more_stock_never_lasts_shorter_and_the_careful_figure_never_longer(
        used in prop::collection::vec(1..400_000_000_i64, FEWEST_DAYS..30),
        (balance, more, waiting) in (-5_000_000_i64..20_000_000_000, 0..5_000_000_000_i64, 0..900_000_000_i64),
    ) {
        let used: Vec<Quantity> = used.into_iter().map(Quantity).collect();
        let of = |balance: i64| outlook(Quantity(balance), &used, Quantity(waiting)).unwrap_or(NONE);
        let (less, more) = (of(balance), of(balance + more));
        prop_assert!(less.careful <= more.careful);
        prop_assert!(less.days.unwrap_or(250) <= more.days.unwrap_or(250));
        prop_assert!(less.careful <= less.days.unwrap_or(250));
        prop_assert!(balance > 0 || less.days == Some(0));
    }
}

/// Half-years of Kabupaten Nunukan as it published them: KTP-el handled in 2020 and 2021, S1 and S2.
mod nunukan {
    use super::*;
    use crate::dice::Dice;

    const HALF_YEARS: [f64; 4] = [10_160.0, 16_990.0, 12_158.0, 9_923.0];
    const WORKING_DAYS: usize = 122;
    /// Days before a half-year of which the ledger knows, and days after it in which a warning may prove true.
    const BEFORE: usize = 25;
    const AFTER: usize = 60;
    /// Whoever is warned of a stock that lasts three weeks yet was warned for nothing.
    const FALSE_AFTER: usize = 15;

    /// Cards printed a day: Mondays are full, Fridays short, a day varies by a third, demand drifts over weeks, now and then a
    /// school is visited, and now and then SIAK is down all day.
    fn demand(dice: &mut Dice, usual: f64) -> Vec<u32> {
        let mut drift = 0.0;
        let day = |at: usize| {
            drift = 0.97 * drift + 0.04 * dice.normal();
            let weekday = [1.2, 1.05, 1.0, 1.0, 0.75][at % 5];
            let varied = (usual * weekday * f64::exp(drift) * (1.0 + 0.3 * dice.normal())).max(0.0);
            let visit = if dice.roll() < 0.02 { dice.between(60.0, 250.0) } else { 0.0 };
            if dice.roll() < 0.015 { 0 } else { (varied + visit).round() as u32 }
        };
        (0..BEFORE + WORKING_DAYS + AFTER).map(day).collect()
    }

    #[derive(Default, Debug)]
    struct Outcome {
        outs: u32,
        in_time: u32,
        warnings: u32,
        false_ones: u32,
    }

    /// Whether a stock without a delivery would still be there after three weeks.
    fn lasted(stock: u32, to_come: &[u32]) -> bool {
        to_come.iter().take(FALSE_AFTER).map(|day| u64::from(*day)).sum::<u64>() <= u64::from(stock)
    }

    /// Cards come about once a month, as many as the directorate has, which is less than is needed.
    fn half_year(seed: u64, outcome: &mut Outcome) {
        let mut dice = Dice(seed);
        let usual = HALF_YEARS[(seed % 4) as usize] / WORKING_DAYS as f64;
        let demand = demand(&mut dice, usual);
        let mut stock = (usual * dice.between(9.0, 40.0)) as u32;
        let mut delivery = dice.between(5.0, 40.0);
        let (mut warned, mut out): (Option<usize>, bool) = (None, false);
        // What the ledger knows: what was printed, on days on which there was a card; who could not be served waits.
        let mut used: Vec<Quantity> = demand[..BEFORE].iter().map(|day| cards(*day)).collect();
        let mut waiting = 0;
        for today in BEFORE..BEFORE + WORKING_DAYS {
            delivery -= 1.0;
            if delivery <= 0.0 {
                stock += (usual * dice.between(8.0, 35.0)) as u32;
                delivery = dice.wait(22.0);
            }
            let needed = waiting + demand[today];
            if needed > stock && !out {
                out = true;
                outcome.outs += 1;
                outcome.in_time += u32::from(warned.is_some_and(|since| today - since >= 5));
            }
            let printed = needed.min(stock);
            if stock > 0 {
                used.push(cards(printed));
            }
            (stock, waiting) = (stock - printed, needed - printed);
            out &= waiting > 0;
            let now = outlook(cards(stock), &used, cards(waiting)).unwrap_or(NONE);
            match (warned, warns(now, warned.is_some())) {
                (None, true) => {
                    warned = Some(today);
                    outcome.warnings += 1;
                    outcome.false_ones += u32::from(lasted(stock, &demand[today + 1..]));
                }
                (Some(_), false) => warned = None,
                _ => {}
            }
        }
    }

    #[test]
    fn a_thousand_half_years_are_warned_in_time_and_hardly_ever_for_nothing() {
        let mut outcome = Outcome::default();
        (0..1_000).for_each(|seed| half_year(seed, &mut outcome));
        let quarters = 2_000.0;
        assert!(outcome.outs > 500, "{outcome:?}");
        assert!(f64::from(outcome.in_time) >= 0.95 * f64::from(outcome.outs), "{outcome:?}");
        assert!(f64::from(outcome.false_ones) <= quarters, "{outcome:?}");
        assert!(f64::from(outcome.false_ones) <= 0.1 * f64::from(outcome.warnings), "{outcome:?}");
    }
}
