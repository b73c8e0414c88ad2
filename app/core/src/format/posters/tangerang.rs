//! The five formats that Kabupaten Tangerang publishes.

use super::{super::schema::FormatDefinition, fields::*};

/// `#KK`, `#KTP`, `#KIA`, `#SKPWNI` and `#SKDWN` as published by Kabupaten Tangerang.
pub fn tangerang_formats() -> Vec<FormatDefinition> {
    let (village, district) = (|| desa("PETE"), || kecamatan("TIGARAKSA"));
    vec![
        format(&["KK"], vec![kk(), head_of_family(), village(), district()]),
        closed(
            &["KTP", "E-KTP", "KTPEL"],
            vec![nik(), kk(), name(), village(), district(), occasion(&["PEMULA", "HILANG", "RUSAK"])],
        ),
        format(&["KIA"], vec![nik(), kk(), name(), village(), district()]),
        format(&["SKPWNI", "PINDAH"], vec![nik(), kk(), name(), destination()]),
        format(&["SKDWN", "DATANG"], vec![letter(), purpose("Pindah mengikuti keluarga")]),
    ]
}
