//! The addresses of figures: an office's own, and those of a province's offices side by side.

route!(/// The office's day.
    Overview = "/kantor/{office}/ringkasan");
route!(/// The rows behind a figure.
    FigureRows = "/kantor/{office}/ringkasan/daftar");
route!(/// The same rows for a spreadsheet.
    FigureExport = "/kantor/{office}/ringkasan/daftar.csv");
route!(/// Who waits, how fast they are answered, and when the queues are empty.
    Capacity = "/kantor/{office}/kapasitas");
route!(/// A province's offices.
    Province = "/provinsi/{code}");

impl Overview {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/ringkasan")
    }

    /// Its address with a period and how it is narrowed, as a query.
    pub fn with(office: &str, query: &str) -> String {
        format!("/kantor/{office}/ringkasan?{query}")
    }
}

impl FigureRows {
    /// Its address with what is asked, as a query.
    pub fn at(office: &str, query: &str) -> String {
        format!("/kantor/{office}/ringkasan/daftar?{query}")
    }
}

impl FigureExport {
    /// Its address with what is asked, as a query.
    pub fn at(office: &str, query: &str) -> String {
        format!("/kantor/{office}/ringkasan/daftar.csv?{query}")
    }
}

impl Capacity {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/kapasitas")
    }
}

impl Province {
    /// Its address.
    pub fn at(code: &str) -> String {
        format!("/provinsi/{code}")
    }

    /// Only the offices that need help.
    pub fn in_need(code: &str) -> String {
        format!("/provinsi/{code}?saring=bantuan")
    }
}
