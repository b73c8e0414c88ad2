//! The addresses of the register of equipment.

use std::fmt::Display;

route!(/// What the office works with.
    Equipment = "/kantor/{office}/peralatan");
route!(/// Entering a piece.
    EquipmentNew = "/kantor/{office}/peralatan/baru");
route!(/// One piece.
    EquipmentPiece = "/kantor/{office}/peralatan/{piece}");
route!(/// `rawat`, `rusak`, `baik`, `berhenti`, `kembali`, `ubah`; POST only.
    EquipmentStep = "/kantor/{office}/peralatan/{piece}/{step}");

impl Equipment {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/peralatan")
    }

    /// One of its tabs; the first has no word.
    pub fn tab(office: &str, word: &str) -> String {
        if word.is_empty() { Self::at(office) } else { format!("/kantor/{office}/peralatan?tab={word}") }
    }
}

impl EquipmentNew {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/peralatan/baru")
    }
}

impl EquipmentPiece {
    /// Its address.
    pub fn at(office: &str, piece: impl Display) -> String {
        format!("/kantor/{office}/peralatan/{piece}")
    }

    /// Its lines behind one of them.
    pub fn behind(office: &str, piece: impl Display, line: impl Display) -> String {
        format!("/kantor/{office}/peralatan/{piece}?sebelum={line}")
    }
}

impl EquipmentStep {
    /// Its address.
    pub fn at(office: &str, piece: impl Display, step: &str) -> String {
        format!("/kantor/{office}/peralatan/{piece}/{step}")
    }
}
