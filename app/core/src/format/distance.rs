//! How many slips of the finger lie between two words.

/// The letters of a key as bits, so that words too far apart are told at a glance.
pub(super) fn letters(key: &str) -> u64 {
    key.bytes().fold(0, |bits, byte| match byte {
        b'a'..=b'z' => bits | 1 << (byte - b'a'),
        b'0'..=b'9' => bits | 1 << (26 + byte - b'0'),
        _ => bits | 1 << 40,
    })
}

/// How many slips are mended in a word of this length.
pub(super) const fn bound(len: usize) -> usize {
    match len {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Longest word that is compared.
const LONGEST: usize = 48;

/// Insertions, losses, exchanges and swaps of neighbours that lead from `a` to `b`, if at most `most`. Compares
/// bytes; takes a number of steps bounded by [`LONGEST`].
pub(crate) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most || a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let (mut last, mut previous) = ([0_usize; LONGEST + 1], [0_usize; LONGEST + 1]);
    for (j, cell) in previous.iter_mut().enumerate() {
        *cell = j;
    }
    for (i, x) in a.iter().enumerate() {
        let mut current = [usize::MAX / 2; LONGEST + 1];
        current[0] = i + 1;
        let mut best = current[0];
        for (j, y) in b.iter().enumerate() {
            let same = usize::from(x != y);
            let mut cost = (previous[j] + same).min(previous[j + 1] + 1).min(current[j] + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(last[j - 1] + 1);
            }
            current[j + 1] = cost;
            best = best.min(cost);
        }
        if best > most {
            return None;
        }
        last = previous;
        previous = current;
    }
    previous.get(b.len()).copied().filter(|found| *found <= most)
}

/// Whether two words can lie within `most` slips, by their letters: each slip changes at most two bits.
pub(super) const fn near(a: u64, b: u64, most: usize) -> bool {
    (a ^ b).count_ones() as usize <= 2 * most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, slips) in [
            ("hilang", "hilang", Some(0)),
            ("ilang", "hilang", Some(1)),
            ("hilnag", "hilang", Some(1)),
            ("hlng", "hilang", Some(2)),
            ("pemula", "rusak", None),
            ("", "ab", Some(2)),
            ("ab", "", Some(2)),
        ] {
            assert_eq!(distance(a, b, 2), slips, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn distance_is_even_handed_and_never_missed_by_the_glance(a in "[a-e0-2]{0,12}", b in "[a-e0-2]{0,12}") {
            prop_assert_eq!(distance(&a, &b, 2), distance(&b, &a, 2));
            if distance(&a, &b, 2).is_some() {
                prop_assert!(near(letters(&a), letters(&b), 2));
            }
            prop_assert_eq!(distance(&a, &b, 2) == Some(0), a == b);
        }
    }
}
