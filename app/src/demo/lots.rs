//! Drawing lots that fall the same on every machine: what the demonstration invents is drawn from these.

/// Changing it changes every invented day.
const SEED: u64 = 0x10ce_7000;

/// A small generator whose draws are the same everywhere (splitmix64).
#[derive(Debug, Clone)]
pub struct Lots(u64);

impl Lots {
    /// A generator from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator of one thing, named by numbers: what is drawn for it does not depend on what else there is.
    pub fn of(names: &[u64]) -> Self {
        let mut lots = Self(SEED);
        for name in names {
            lots.0 ^= name.wrapping_mul(0xff51_afd7_ed55_8ccd);
            lots.0 = lots.draw();
        }
        lots
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound.max(1)
    }

    /// A place in something of `length` places.
    pub fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// A number from 0 up to, and without, 1.
    pub fn unit(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something happens that happens in this share of all cases.
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// A whole number from one to another, the second left out.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below(u64::try_from(to - from).unwrap_or(1)).cast_signed()
    }

    /// About `middle`: seldom less than a third of it, seldom more than twice as much.
    pub fn about(&mut self, middle: f64) -> f64 {
        middle * (0.3 + 0.7 * (self.unit() + self.unit()))
    }

    /// One of several, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, choices: &[(T, u32)]) -> Option<T> {
        let all: u64 = choices.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut left = self.below(all);
        for (choice, weight) in choices {
            match left.checked_sub(u64::from(*weight)) {
                Some(rest) => left = rest,
                None => return Some(*choice),
            }
        }
        choices.last().map(|(choice, _)| *choice)
    }

    /// Puts things into an order of its own.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.place(last + 1));
        }
    }
}

/// Divides a number by weights so that the parts add up to it exactly: each gets its whole share, the rest goes to
/// whoever came closest to one more.
pub fn divide(total: u64, weights: &[f64]) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut parts: Vec<u64> = exact.iter().map(|share| share.floor() as u64).collect();
    let mut order: Vec<usize> =
        (0..weights.len()).filter(|at| weights.get(*at).is_some_and(|w| *w > 0.0)).collect();
    let rest = |at: &usize| exact.get(*at).map_or(0.0, |share| share - share.floor());
    order.sort_by(|one, other| rest(other).total_cmp(&rest(one)).then(one.cmp(other)));
    let left = total.saturating_sub(parts.iter().sum());
    for at in order.iter().cycle().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(*at) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_thing_draws_the_same_whatever_else_there_is() {
        let draws = |names: &[u64]| {
            let mut lots = Lots::of(names);
            [lots.draw(), lots.draw()]
        };
        assert_eq!(draws(&[1, 2]), draws(&[1, 2]));
        assert_ne!(draws(&[1, 2]), draws(&[2, 1]));
        assert_ne!(draws(&[1]), draws(&[1, 0]));
    }

    proptest! {
        #[test]
        fn parts_add_up_and_are_close_to_their_share(
            total in 0_u64..100_000, weights in prop::collection::vec(0.0_f64..9.0, 1..40),
        ) {
            let parts = divide(total, &weights);
            let sum: f64 = weights.iter().sum();
            prop_assert_eq!(parts.iter().sum::<u64>(), if sum > 0.0 { total } else { 0 });
            for (part, weight) in parts.iter().zip(&weights) {
                let share = if sum > 0.0 { total as f64 * weight / sum } else { 0.0 };
                prop_assert!((*part as f64 - share).abs() <= 1.0 + 1e-6);
                prop_assert!(*weight > 0.0 || *part == 0);
            }
        }

        #[test]
        fn lots_stay_within_their_bounds(seed: u64, from in -9_i64..9, span in 1_i64..9) {
            let mut lots = Lots::new(seed);
            prop_assert!((0.0..1.0).contains(&lots.unit()));
            prop_assert!((from..from + span).contains(&lots.between(from, from + span)));
            prop_assert_eq!(lots.weighted(&[('a', 0), ('b', 3), ('c', 0)]), Some('b'));
            let mut things: Vec<i64> = (0..span).collect();
            lots.shuffle(&mut things);
            things.sort_unstable();
            prop_assert_eq!(things, (0..span).collect::<Vec<_>>());
        }
    }
}
