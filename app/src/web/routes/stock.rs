//! The addresses of the ledger of stock.

use std::fmt::Display;

route!(/// What is kept.
    Stock = "/kantor/{office}/stok");
route!(/// Beginning the ledger of an item.
    StockNew = "/kantor/{office}/stok/baru");
route!(/// One item.
    StockItem = "/kantor/{office}/stok/{item}");
route!(/// `terima`, `rusak`, `hitung`, `habis`, `ubah`; POST only.
    StockStep = "/kantor/{office}/stok/{item}/{step}");

impl Stock {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/stok")
    }
}

impl StockNew {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/stok/baru")
    }
}

impl StockItem {
    /// Its address.
    pub fn at(office: &str, item: impl Display) -> String {
        format!("/kantor/{office}/stok/{item}")
    }

    /// Its lines behind one of them.
    pub fn behind(office: &str, item: impl Display, line: impl Display) -> String {
        format!("/kantor/{office}/stok/{item}?sebelum={line}")
    }
}

impl StockStep {
    /// Its address.
    pub fn at(office: &str, item: impl Display, step: &str) -> String {
        format!("/kantor/{office}/stok/{item}/{step}")
    }
}
