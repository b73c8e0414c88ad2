//! Characters: whatever a keyboard, a font or a copied web page makes of them becomes plain letters, digits,
//! blanks and line breaks.

use zeroize::Zeroizing;

use crate::text::is_invisible;

/// The text in plain characters. Invisible ones are gone, blanks of every width are blanks, digits of every
/// script are digits, full-width and mathematical letters are letters. Line breaks and tabs stay.
pub(crate) fn normalise(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut before = ' ';
    for c in text.chars() {
        let at_break = before == '\r' && c == '\n';
        before = c;
        if at_break || is_dropped(c) {
            continue;
        }
        plain.push(plain_char(c));
    }
    plain
}

/// Marks that show nothing: joiners, direction marks, variation selectors, fillers.
fn is_dropped(c: char) -> bool {
    is_invisible(c)
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}' | '\u{180e}' | '\u{3164}' | '\u{115f}' | '\u{34f}')
}

fn plain_char(c: char) -> char {
    if c.is_ascii_graphic() || c == ' ' {
        return if c == '`' { '\'' } else { c };
    }
    match c {
        '\n' | '\t' => c,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' | '\u{2bc}' | '\u{2b9}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' => '"',
        '\u{266f}' | '\u{fe5f}' => '#',
        '\u{a6}' | '\u{2502}' | '\u{2503}' => '|',
        '\u{60c}' | '\u{3001}' => ',',
        '\u{61b}' => ';',
        '\u{3002}' => '.',
        '\u{2022}' | '\u{2023}' | '\u{25aa}' | '\u{25cf}' | '\u{b7}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => shifted(c, '\u{ff01}', '!'),
        _ if c.is_whitespace() || c.is_control() => ' ',
        _ => digit(c).or_else(|| mathematical(c)).unwrap_or(c),
    }
}

/// The character as far from `to` as it is from `from`.
fn shifted(c: char, from: char, to: char) -> char {
    let distance = u32::from(c).wrapping_sub(u32::from(from));
    char::from_u32(u32::from(to).wrapping_add(distance)).unwrap_or(c)
}

/// A digit of another script.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{e50}', '\u{a9d0}', '\u{1b50}'];
    ZEROS
        .iter()
        .find(|zero| (u32::from(**zero)..u32::from(**zero) + 10).contains(&u32::from(c)))
        .map(|zero| shifted(c, *zero, '0'))
}

/// A letter or digit of the mathematical alphabets, which "font" keyboards write.
fn mathematical(c: char) -> Option<char> {
    let code = u32::from(c);
    let place = |start: u32, len: u32, first: u8| {
        let offset = u8::try_from((code - start) % len).ok()?;
        Some(char::from(first + offset))
    };
    match code {
        0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            upper @ 0..=25 => u8::try_from(upper).ok().map(|at| char::from(b'A' + at)),
            lower => u8::try_from(lower - 26).ok().map(|at| char::from(b'a' + at)),
        },
        0x1d7ce..=0x1d7ff => place(0x1d7ce, 10, b'0'),
        0x24b6..=0x24cf => place(0x24b6, 26, b'A'),
        0x24d0..=0x24e9 => place(0x24d0, 26, b'a'),
        0x1f130..=0x1f149 => place(0x1f130, 26, b'A'),
        _ => None,
    }
}

/// Letters and digits of a text in lower case, all else gone: `No. KK` and `NO_KK` are both `nokk`.
pub(crate) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    push_key(&mut key, text);
    key
}

/// Adds the key of a text to another key.
pub(super) fn push_key(key: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_other_keyboards_become_plain() {
        for (typed, plain) in [
            ("＃ＫＴＰ＃３６０３", "#KTP#3603"),
            ("a\u{200b}b\u{feff}c\u{a0}d\u{2003}e", "abc d e"),
            ("𝐊𝐓𝐏 𝟑𝟔 𝘬𝘬", "KTP 36 kk"),
            ("٣٦٠٣ ۳۶", "3603 36"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("Nur’aini – “x”", "Nur'aini - \"x\""),
            ("Ⓚⓣ", "Kt"),
            ("é 🙏", "é 🙏"),
        ] {
            assert_eq!(*normalise(typed), plain);
        }
    }

    #[test]
    fn a_key_holds_letters_and_digits_only() {
        assert_eq!(key("No. KK"), "nokk");
        assert_eq!(key("E-KTP"), "ektp");
        assert_eq!(key("🙏 !"), "");
    }
}
