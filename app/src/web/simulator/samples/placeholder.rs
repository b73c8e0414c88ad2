//! Small stand-ins for what citizens sent and offices made in the demonstration's year: one drawing a paper, so that
//! thousands of them take little room.

use bytes::Bytes;

use super::{
    canvas::{BLUE, Canvas, GREY, INK, LINE, PAPER, RED},
    pdf,
};

/// Letters in a line of the drawing.
const LETTERS: usize = 24;

/// The photo of a paper with this title and these lines on it.
pub fn placeholder(title: &str, lines: &[&str]) -> Bytes {
    let mut sheet = Canvas::new(312, 216, PAPER);
    sheet.frame((6, 6, 298, 202), BLUE);
    for (at, part) in parts(title).iter().take(2).enumerate() {
        sheet.centre(18 + at * 18, 2, INK, part);
    }
    for (at, line) in lines.iter().enumerate() {
        let line: String = line.chars().take(2 * LETTERS).collect();
        sheet.write((18, 66 + at * 14), 1, GREY, &line);
    }
    for row in 0..3 {
        sheet.fill((18, 108 + row * 14, 276, 2), LINE);
    }
    sheet.centre(158, 2, RED, "CONTOH");
    sheet.centre(180, 2, RED, "DATA PERAGAAN");
    Bytes::from(sheet.on_a_table(24 + title.len() % 24).png())
}

/// A title in lines that fit.
fn parts(title: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in title.split(' ') {
        match parts.last_mut() {
            Some(last) if last.chars().count() + word.chars().count() < LETTERS => {
                last.push(' ');
                last.push_str(word);
            }
            _ => parts.push(word.chars().take(LETTERS).collect()),
        }
    }
    parts
}

/// A document with this title and these lines on it.
pub fn product(title: &str, lines: &[&str]) -> Bytes {
    let mut written = vec![(70, 11, "DATA PERAGAAN - tidak berlaku"), (120, 16, title)];
    written.extend((0..).zip(lines).map(|(at, line)| (160 + at * 22, 12, *line)));
    written.push((780, 9, "Dokumen ini dibuat untuk peragaan Loket. Orang dan angka di dalamnya tidak ada."));
    Bytes::from(pdf::one_page(&written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_real_files_and_small() {
        let photo = placeholder("Surat kehilangan dari kepolisian", &["TNG-2611-00042-K", "SITI FAUZI"]);
        assert_eq!(infer::get(&photo).map(|kind| kind.mime_type()), Some("image/png"));
        assert!(photo.len() < 12 * 1024, "{}", photo.len());
        let document = product("KK (PDF bertanda tangan elektronik)", &["TNG-2611-00042-K"]);
        assert_eq!(infer::get(&document).map(|kind| kind.mime_type()), Some("application/pdf"));
    }

    #[test]
    fn a_title_is_broken_between_words() {
        assert_eq!(parts("Bukti perubahan (akta, ijazah)"), ["Bukti perubahan (akta,", "ijazah)"]);
    }
}
