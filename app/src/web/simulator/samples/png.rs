//! A PNG writer for drawings with at most sixteen colours: four bits a dot, stored without compression.
//!
//! The samples are drawn when they are sent; a photo library for three drawings would be more than they need.

/// The colours of a drawing, as red, green and blue.
pub(super) type Palette = [[u8; 3]; 16];

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// The largest block that deflate stores in one piece.
const BLOCK: usize = 65_535;

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
    chunk(&mut file, *b"IDAT", &stored(&packed));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = file.len();
    file.extend_from_slice(&kind);
    file.extend_from_slice(data);
    let sum = crc32(file.get(start..).unwrap_or_default());
    file.extend_from_slice(&sum.to_be_bytes());
}

/// A zlib stream of stored blocks.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let last = data.len().div_ceil(BLOCK).saturating_sub(1);
    for (at, block) in data.chunks(BLOCK).enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(at == last));
        stream.extend_from_slice(&length.to_le_bytes());
        stream.extend_from_slice(&(!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    stream.extend_from_slice(&adler32(data).to_be_bytes());
    stream
}

fn crc32(data: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    };
    !data.iter().fold(u32::MAX, step)
}

fn adler32(data: &[u8]) -> u32 {
    let (low, high) = data.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    (high << 16) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn a_file_has_its_four_parts_and_its_size() {
        let file = encode(3, &[0, 1, 2, 3, 4, 5], &[[9; 3]; 16]);
        assert!(file.starts_with(&SIGNATURE));
        assert_eq!(file.get(16..24), Some([0, 0, 0, 3, 0, 0, 0, 2].as_slice()));
        // Filter byte, then two bytes for three dots of four bits.
        assert!(file.windows(6).any(|part| part == [0, 0x01, 0x20, 0, 0x34, 0x50]));
        assert!(file.ends_with(&[b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82]));
    }
}
