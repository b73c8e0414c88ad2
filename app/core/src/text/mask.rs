//! Masks numbers inside free text: the last line of defence of replies and logs.
//!
//! A run is digits with at most three blanks, dots, dashes, slashes or invisible marks between any two.
//! Digits of every script count. What is hidden by mistake (a date and a time side by side) costs
//! little; what is shown by mistake is somebody's identity.

/// Replaces all but the last four digits of every run of ten or more digits by stars.
///
/// Ten is the shortest Indonesian mobile number. Everything else stays as it is.
pub fn mask_numbers(text: &str) -> String {
    mask_runs(text, 10, 3)
}

/// Like [`mask_numbers`], for runs of sixteen digits or more only: a NIK or KK number. For texts of our
/// own, which may hold telephone numbers and receipts.
pub fn mask_identity_numbers(text: &str) -> String {
    mask_runs(text, 16, 3)
}

/// Like [`mask_identity_numbers`], for runs without anything between the digits: the last look at a whole
/// reply, in which two telephone numbers may stand side by side.
pub(crate) fn mask_solid_runs(text: &str) -> String {
    mask_runs(text, 16, 0)
}

/// Masks runs of at least `shortest` digits with at most `widest` separators between two of them.
fn mask_runs(text: &str, shortest: usize, widest: usize) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    let mut digits = 0_usize;
    let mut gap = String::new();
    let mut gap_len = 0_usize;
    for c in text.chars() {
        if c.is_numeric() {
            run.push_str(&gap);
            run.push(c);
            digits += 1;
        } else if digits > 0 && gap_len < widest && is_separator(c) {
            gap.push(c);
            gap_len += 1;
            continue;
        } else {
            close_run(&mut masked, &run, digits, shortest);
            masked.push_str(&gap);
            masked.push(c);
            run.clear();
            digits = 0;
        }
        gap.clear();
        gap_len = 0;
    }
    close_run(&mut masked, &run, digits, shortest);
    masked.push_str(&gap);
    masked
}

fn is_separator(c: char) -> bool {
    super::is_gap(c) || matches!(c, '/' | '_' | '(' | ')' | ',')
}

/// Writes one run, masked if it is long enough.
fn close_run(masked: &mut String, run: &str, digits: usize, shortest: usize) {
    if digits < shortest {
        masked.push_str(run);
        return;
    }
    let mut left = digits;
    for c in run.chars() {
        if c.is_numeric() {
            masked.push(if left > 4 { '*' } else { c });
            left -= 1;
        } else {
            masked.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The longest run of digits, by the definition of this file.
    fn longest_run(text: &str) -> usize {
        let (mut longest, mut digits, mut gap) = (0, 0, 0);
        for c in text.chars() {
            if c.is_numeric() {
                digits += 1;
                gap = 0;
            } else if digits > 0 && gap < 3 && is_separator(c) {
                gap += 1;
            } else {
                digits = 0;
                gap = 0;
            }
            longest = longest.max(digits);
        }
        longest
    }

    #[test]
    fn long_runs_are_masked_and_short_ones_kept() {
        for (text, masked) in [
            ("NIK saya 3603036502900001 ya", "NIK saya ************0001 ya"),
            ("3603.0365.0290.0001", "****.****.****.0001"),
            ("3 6 0 3 0 3 6 5 0 2 9 0 0 0 0 1", "* * * * * * * * * * * * 0 0 0 1"),
            ("hp 0812-1234-5678", "hp ****-****-5678"),
            ("#KTP#3603036502900001#3603031204150007#", "#KTP#************0001#************0007#"),
            ("RT 003 RW 04, tgl 25-11-2026", "RT 003 RW 04, tgl 25-11-2026"),
            ("TNG-2611-00042-K", "TNG-2611-00042-K"),
            ("３６０３０３６５０２９００００１", "************０００１"),
            ("123456789", "123456789"),
            ("", ""),
        ] {
            assert_eq!(mask_numbers(text), masked);
        }
    }

    #[test]
    fn telephones_survive_where_only_identity_numbers_are_masked() {
        assert_eq!(mask_identity_numbers("Hubungi 0812-1234-5678."), "Hubungi 0812-1234-5678.");
        assert_eq!(mask_identity_numbers("NIK 3603036502900001."), "NIK ************0001.");
    }

    proptest! {
        #[test]
        fn no_long_run_survives(text in "\\PC{0,80}|[0-9 .a#-]{0,80}") {
            let masked = mask_numbers(&text);
            prop_assert!(longest_run(&masked) < 10, "{masked}");
            prop_assert_eq!(masked.chars().count(), text.chars().count());
            prop_assert_eq!(mask_numbers(&masked), masked);
            prop_assert!(longest_run(&mask_identity_numbers(&text)) < 16);
        }
    }
}
