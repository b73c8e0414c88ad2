//! A PNG writer for drawings with at most sixteen colours: four bits a dot, lightly compressed.
//!
//! The samples are drawn when they are sent; a photo library for a few drawings would be more than they need.

use flate2::{Compression, Crc, write::ZlibEncoder};

/// The colours of a drawing, as red, green and blue.
pub(super) type Palette = [[u8; 3]; 16];

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// A PNG file of `dots` (one byte each, 0 to 15, row by row, `width` to a row).
pub(super) fn encode(width: usize, dots: &[u8], palette: &Palette) -> Vec<u8> {
    let rows = dots.chunks(width.max(1));
    let mut header = Vec::with_capacity(13);
    for side in [width, rows.len()] {
        header.extend_from_slice(&u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes());
    }
    // Four bits a dot, colours from the palette, the only compression and filter methods, no interlacing.
    header.extend_from_slice(&[4, 3, 0, 0, 0]);
    let mut packed = Vec::with_capacity(dots.len() / 2 + rows.len());
    for row in rows {
        packed.push(0);
        packed.extend(row.chunks(2).map(|pair| match pair {
            [left, right] => (left << 4) | right,
            [left] => left << 4,
            _ => 0,
        }));
    }
    let mut file = SIGNATURE.to_vec();
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"PLTE", palette.as_flattened());
    chunk(&mut file, *b"IDAT", &compressed(&packed));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    file.extend_from_slice(&kind);
    file.extend_from_slice(data);
    let mut sum = Crc::new();
    sum.update(&kind);
    sum.update(data);
    file.extend_from_slice(&sum.sum().to_be_bytes());
}

/// A zlib stream. Writing into memory does not fail; an empty stream would be no picture.
fn compressed(data: &[u8]) -> Vec<u8> {
    let mut stream = ZlibEncoder::new(Vec::new(), Compression::fast());
    if std::io::Write::write_all(&mut stream, data).is_err() {
        return Vec::new();
    }
    stream.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_four_parts_and_its_size() {
        let file = encode(3, &[0, 1, 2, 3, 4, 5], &[[9; 3]; 16]);
        assert!(file.starts_with(&SIGNATURE));
        assert_eq!(file.get(16..24), Some([0, 0, 0, 3, 0, 0, 0, 2].as_slice()));
        let start = file.windows(4).position(|part| part == b"IDAT").map_or(0, |at| at + 4);
        let mut dots = Vec::new();
        let mut stream = flate2::read::ZlibDecoder::new(file.get(start..).unwrap_or_default());
        assert!(std::io::Read::read_to_end(&mut stream, &mut dots).is_ok());
        // Filter byte, then two bytes for three dots of four bits.
        assert_eq!(dots, [0, 0x01, 0x20, 0, 0x34, 0x50]);
        assert!(file.ends_with(&[b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82]));
    }
}
