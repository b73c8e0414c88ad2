//! What the figures are called, how they are counted, and which rows stand behind them.

words! {
    /// A figure.
    Metric {
        /// Requests that came in.
        Arrived = "masuk",
        /// Requests that were finished.
        Settled = "selesai",
        /// Ready within the time the service's standard says.
        OnTime = "tepat_waktu",
        /// The standard of time ran out before.
        Late = "lewat_waktu",
        /// Ready by the date that the citizen was told.
        PromiseKept = "janji_ditepati",
        /// A person first answered by the time that the office set itself.
        AnsweredInTime = "dijawab_tepat",
        /// From the first message to the first answer by a person.
        Response = "respons",
        /// From complete papers to the product.
        Settlement = "penyelesaian",
        /// Requests that are open now.
        Backlog = "tunggakan",
        /// Finished without ever waiting for the citizen.
        FirstTimeRight = "sekali_jalan",
        /// Papers that were found no good.
        Incomplete = "berkas_ditolak",
    }
}

/// What a figure is given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Requests, counted.
    Requests,
    /// Papers, counted.
    Papers,
    /// Hundredths of a whole.
    Share,
    /// A span of calendar time: median and nine of ten.
    Span,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More.
    Higher,
    /// Less.
    Lower,
    /// Neither: it only says how much there is.
    Neither,
}

/// All there is to say about a figure. Texts are Indonesian and stand on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Which figure.
    pub metric: Metric,
    /// Its name.
    pub name: &'static str,
    /// How it is counted, in one sentence.
    pub sentence: &'static str,
    /// What it is given in.
    pub unit: Unit,
    /// What is counted.
    pub numerator: &'static str,
    /// Of what; nothing where it is a count.
    pub denominator: Option<&'static str>,
    /// Where it comes from.
    pub source: &'static str,
    /// Which way is better.
    pub better: Better,
    /// What the rows behind it are; nothing as long as there are none to show.
    pub rows: Option<&'static str>,
}

const REQUESTS: &str = "permohonan kantor";
const HISTORY: &str = "permohonan kantor dan riwayatnya";
const TIMED: &str = "permohonan layanan yang menyatakan standar waktu";

impl Metric {
    /// What it means.
    pub const fn definition(self) -> &'static Definition {
        match self {
            Self::Arrived => &ARRIVED,
            Self::Settled => &SETTLED,
            Self::OnTime => &ON_TIME,
            Self::Late => &LATE,
            Self::PromiseKept => &PROMISE_KEPT,
            Self::AnsweredInTime => &ANSWERED_IN_TIME,
            Self::Response => &RESPONSE,
            Self::Settlement => &SETTLEMENT,
            Self::Backlog => &BACKLOG,
            Self::FirstTimeRight => &FIRST_TIME_RIGHT,
            Self::Incomplete => &INCOMPLETE,
        }
    }
}

const ARRIVED: Definition = Definition {
    metric: Metric::Arrived,
    name: "Masuk",
    sentence: "Permohonan yang dibuka pada kurun ini, lewat jalan apa pun.",
    unit: Unit::Requests,
    numerator: "permohonan yang dibuka",
    denominator: None,
    source: REQUESTS,
    better: Better::Neither,
    rows: Some("Permohonan yang masuk"),
};

const SETTLED: Definition = Definition {
    metric: Metric::Settled,
    name: "Selesai",
    sentence: "Permohonan yang hasilnya sampai ke warga pada kurun ini; yang ditolak, dibatalkan, atau dibuka kembali tidak dihitung.",
    unit: Unit::Requests,
    numerator: "permohonan yang selesai",
    denominator: None,
    source: REQUESTS,
    better: Better::Higher,
    rows: Some("Permohonan yang selesai"),
};

const ON_TIME: Definition = Definition {
    metric: Metric::OnTime,
    name: "Tepat waktu",
    sentence: "Permohonan yang hasilnya siap dalam standar waktu layanannya, dari itu ditambah yang standar waktunya lewat sebelum siap. Yang lewat dihitung pada hari lewatnya, sudah selesai ataupun belum; waktu menunggu warga dan gangguan yang diakui tidak ikut. Yang ditolak atau dibatalkan sebelum lewat tidak dihitung; yang dibuka kembali karena hasilnya keliru dihitung sampai hasil yang benar.",
    unit: Unit::Share,
    numerator: "siap dalam standar waktu",
    denominator: Some("siap dalam standar waktu, ditambah yang lewat"),
    source: TIMED,
    better: Better::Higher,
    rows: Some("Permohonan yang siap dalam standar waktu"),
};

const LATE: Definition = Definition {
    metric: Metric::Late,
    name: "Lewat waktu",
    sentence: "Permohonan yang standar waktunya lewat pada kurun ini sebelum hasilnya siap atau permohonannya ditutup, sudah selesai ataupun belum.",
    unit: Unit::Requests,
    numerator: "permohonan yang standar waktunya lewat",
    denominator: None,
    source: TIMED,
    better: Better::Lower,
    rows: Some("Permohonan yang lewat standar waktu"),
};

const PROMISE_KEPT: Definition = Definition {
    metric: Metric::PromiseKept,
    name: "Janji ditepati",
    sentence: "Permohonan yang hasilnya siap paling lambat pada tanggal yang disampaikan kepada warga, dari itu ditambah tanggal yang lewat. Tanggal yang ditarik karena gangguan dan tidak diganti tidak dihitung.",
    unit: Unit::Share,
    numerator: "siap paling lambat pada tanggal yang disampaikan",
    denominator: Some("tanggal yang ditepati, ditambah yang lewat"),
    source: HISTORY,
    better: Better::Higher,
    rows: Some("Permohonan yang siap sesuai janji"),
};

const ANSWERED_IN_TIME: Definition = Definition {
    metric: Metric::AnsweredInTime,
    name: "Dijawab tepat waktu",
    sentence: "Permohonan tertulis yang pertama kali dijawab petugas paling lambat pada target kantor, dihitung dalam jam layanan sejak pesan pertama, dari itu ditambah yang targetnya lewat. Target dibekukan saat permohonan masuk.",
    unit: Unit::Share,
    numerator: "dijawab paling lambat pada target",
    denominator: Some("dijawab paling lambat pada target, ditambah yang lewat"),
    source: REQUESTS,
    better: Better::Higher,
    rows: Some("Permohonan yang dijawab tepat waktu"),
};

const RESPONSE: Definition = Definition {
    metric: Metric::Response,
    name: "Respons",
    sentence: "Dari pesan pertama warga sampai jawaban pertama petugas, dalam jam kalender; jawaban sebelum percakapan menjadi permohonan ikut dihitung, balasan otomatis tidak. Ketelitian angka 5 %.",
    unit: Unit::Span,
    numerator: "permohonan tertulis yang pertama kali dijawab pada kurun ini",
    denominator: None,
    source: REQUESTS,
    better: Better::Lower,
    rows: Some("Permohonan yang pertama kali dijawab"),
};

const SETTLEMENT: Definition = Definition {
    metric: Metric::Settlement,
    name: "Penyelesaian",
    sentence: "Dari masuknya berkas wajib terakhir sampai hasilnya siap, dalam jam kalender. Ketelitian angka 5 %.",
    unit: Unit::Span,
    numerator: "permohonan yang hasilnya siap pada kurun ini",
    denominator: None,
    source: REQUESTS,
    better: Better::Lower,
    rows: Some("Permohonan yang hasilnya siap"),
};

const BACKLOG: Definition = Definition {
    metric: Metric::Backlog,
    name: "Tunggakan saat ini",
    sentence: "Permohonan yang sekarang masih terbuka, kapan pun masuknya.",
    unit: Unit::Requests,
    numerator: "permohonan yang masih terbuka",
    denominator: None,
    source: REQUESTS,
    better: Better::Lower,
    rows: Some("Permohonan yang masih terbuka"),
};

const FIRST_TIME_RIGHT: Definition = Definition {
    metric: Metric::FirstTimeRight,
    name: "Sekali jalan",
    sentence: "Permohonan selesai yang tidak pernah menunggu kelengkapan dari warga, dari semua yang selesai.",
    unit: Unit::Share,
    numerator: "selesai tanpa pernah menunggu warga",
    denominator: Some("selesai"),
    source: HISTORY,
    better: Better::Higher,
    rows: Some("Permohonan yang selesai sekali jalan"),
};

const INCOMPLETE: Definition = Definition {
    metric: Metric::Incomplete,
    name: "Berkas ditolak",
    sentence: "Penolakan berkas oleh petugas pada kurun ini menurut alasannya; berkas yang ditolak dua kali dihitung dua kali.",
    unit: Unit::Papers,
    numerator: "penolakan berkas",
    denominator: None,
    source: HISTORY,
    better: Better::Lower,
    rows: Some("Berkas yang ditolak"),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_says_what_it_is_in_one_sentence_of_its_own() {
        let mut names: Vec<_> = Metric::ALL.iter().map(|metric| metric.definition().name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Metric::ALL.len());
        for metric in Metric::ALL {
            let definition = metric.definition();
            assert_eq!(definition.metric, *metric);
            assert!(definition.sentence.ends_with('.') && !definition.source.is_empty(), "{metric}");
            assert_eq!(definition.unit == Unit::Share, definition.denominator.is_some(), "{metric}");
        }
    }
}
