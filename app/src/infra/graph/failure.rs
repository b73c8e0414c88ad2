//! What a refused or lost send means: for the queue a class, for the officer two sentences.

use std::time::Duration;

/// What to do with a message that did not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureClass {
    /// It did not go out and may go later, not before `after`.
    Retry {
        /// How long to wait at least.
        after: Duration,
    },
    /// Too many messages to this one person: wait 4^attempt seconds, for this person only.
    PairRate,
    /// The 24 hours since the citizen last wrote are over: only a template goes.
    WindowClosed,
    /// This message will never go out as it is.
    Permanent,
    /// Nothing will go out from this number or account until a human acts: stop, hold the queue, alert.
    Channel,
    /// It may have gone out: wait for a status that carries the callback data before sending again.
    Unknown,
}

/// A send without an accepted answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("kiriman tidak diterima WhatsApp ({code:?}): {title}")]
pub struct SendFailure {
    /// What to do.
    pub class: FailureClass,
    /// Meta's number of the error, where it gave one.
    pub code: Option<i64>,
    /// What Meta or the network said, in English, cut short and without long digits.
    pub title: String,
}

impl SendFailure {
    /// What happened and what to do, for the officer.
    pub fn advice(&self) -> &'static str {
        advice(self.class, self.code)
    }
}

const fn retry(seconds: u64) -> FailureClass {
    FailureClass::Retry { after: Duration::from_secs(seconds) }
}

/// The class of one of Meta's error codes, as its table of error codes tells to treat it.
///
/// A code that is not in the table is `Permanent`: a message parked before a person's eyes is better than
/// one sent over and over.
pub const fn classify(code: i64) -> FailureClass {
    match code {
        1 | 2 | 131_000 | 131_016 | 133_004 => retry(5),
        4 | 80_007 | 130_429 => retry(60),
        131_057 => retry(120),
        133_015 => retry(300),
        134_101 => retry(600),
        131_056 => FailureClass::PairRate,
        131_047 | 470 => FailureClass::WindowClosed,
        0 | 3 | 10 | 190 | 200..=299 | 131_005 => FailureClass::Channel,
        368 | 130_497 | 131_031 | 131_048 => FailureClass::Channel,
        131_037 | 131_042 | 131_045 | 133_000 | 133_005..=133_010 | 133_016 => FailureClass::Channel,
        _ => FailureClass::Permanent,
    }
}

fn advice(class: FailureClass, code: Option<i64>) -> &'static str {
    code.and_then(|code| channel_advice(code).or_else(|| message_advice(code))).unwrap_or(match class {
        FailureClass::Retry { .. } => "Pesan belum terkirim karena gangguan sementara. Loket mencoba lagi sendiri.",
        FailureClass::PairRate => {
            "Terlalu banyak pesan ke warga ini dalam waktu singkat. Loket menunggu lalu mengirim lagi."
        }
        FailureClass::WindowClosed => {
            "Sudah lebih dari 24 jam sejak warga terakhir menulis. Kirim dengan templat yang disetujui."
        }
        FailureClass::Permanent => {
            "WhatsApp menolak pesan ini dan tidak akan menerimanya bila dikirim ulang. Periksa isinya atau \
             hubungi warga lewat saluran lain."
        }
        FailureClass::Channel => {
            "Nomor kantor tidak dapat mengirim. Pengiriman ditahan; Admin kantor perlu memeriksa nomor ini."
        }
        FailureClass::Unknown => {
            "Jawaban WhatsApp tidak sampai, pesan mungkin sudah terkirim. Loket menunggu tanda terima sebelum \
             mengirim lagi."
        }
    })
}

/// Where the whole number stands still.
fn channel_advice(code: i64) -> Option<&'static str> {
    Some(match code {
        0 | 190 => {
            "Token nomor ini tidak berlaku lagi. Pengiriman ditahan; Admin kantor perlu memasang token baru."
        }
        3 | 10 | 200..=299 | 131_005 => {
            "Izin aplikasi di Meta kurang. Pengiriman ditahan; Admin kantor perlu memeriksa izin token."
        }
        368 | 131_031 => {
            "Akun WhatsApp kantor dibatasi Meta karena kebijakan. Pengiriman ditahan; ajukan peninjauan di \
             Pengelola WhatsApp."
        }
        130_497 => {
            "Meta tidak mengizinkan akun ini mengirim ke negara nomor tersebut. Pengiriman ditahan; Admin kantor \
             perlu memeriksa akun di Pengelola WhatsApp."
        }
        131_048 => {
            "Meta membatasi nomor ini karena banyak penerima memblokir atau melaporkannya. Pengiriman ditahan; \
             hentikan kiriman massal beberapa jam."
        }
        131_037 => "Nama tampilan nomor ini belum disetujui Meta. Pengiriman ditahan sampai nama disetujui.",
        131_042 => {
            "Pembayaran akun WhatsApp bermasalah. Pengiriman ditahan; lengkapi cara pembayaran di Meta."
        }
        131_045 | 133_000 | 133_005..=133_010 | 133_016 => {
            "Pendaftaran nomor ini belum selesai atau gagal. Pengiriman ditahan; daftarkan ulang nomor dengan \
             PIN-nya."
        }
        _ => return None,
    })
}

/// Where only this message does.
fn message_advice(code: i64) -> Option<&'static str> {
    Some(match code {
        131_026 => {
            "Pesan tidak dapat sampai: nomor tidak memakai WhatsApp, memblokir kantor, atau aplikasinya lama. \
             Hubungi warga lewat saluran lain."
        }
        131_021 => "Penerima sama dengan nomor pengirim. Periksa nomor warga.",
        131_049 => "Meta menahan pesan pemasaran kepada warga ini. Jangan dikirim lagi dalam 24 jam.",
        131_050 => "Warga berhenti menerima pesan pemasaran. Hormati pilihannya dan jangan mengirim lagi.",
        131_053 => "Berkas tidak dapat diterima WhatsApp. Ubah bentuk atau perkecil berkas, lalu kirim lagi.",
        131_062 => {
            "Pesan ini membutuhkan nomor telepon, sedangkan warga hanya dikenal lewat nama pengguna. \
             Minta nomor teleponnya."
        }
        132_000 | 132_012 => {
            "Isian templat tidak cocok dengan templat di Meta. Perbarui templat, lalu kirim lagi."
        }
        132_001 => "Templat tidak ada atau belum disetujui dalam bahasa ini. Pilih templat lain.",
        132_005 => "Isian membuat templat terlalu panjang. Perpendek isiannya.",
        132_007 => "Templat melanggar kebijakan Meta. Pilih templat lain.",
        132_015 | 132_016 => "Templat dijeda atau dinonaktifkan Meta karena mutunya. Pilih templat lain.",
        137_000 => "Identitas warga di WhatsApp berubah. Pastikan dulu bahwa ini orang yang sama.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_table_has_its_class() {
        use FailureClass::{Channel, PairRate, Permanent, WindowClosed};
        let table: &[(&[i64], FailureClass)] = &[
            (&[0, 190, 3, 10, 200, 230, 299, 131_005], Channel),
            (&[368, 131_031, 130_497, 131_048], Channel),
            (
                &[131_037, 131_042, 131_045, 133_010, 133_000, 133_005, 133_006, 133_008, 133_009, 133_016],
                Channel,
            ),
            (&[1, 2, 131_000, 131_016, 133_004], retry(5)),
            (&[4, 80_007, 130_429], retry(60)),
            (&[131_057], retry(120)),
            (&[133_015], retry(300)),
            (&[134_101], retry(600)),
            (&[131_056], PairRate),
            (&[131_047, 470], WindowClosed),
            (&[131_049, 131_050, 130_472, 131_026, 131_021], Permanent),
            (&[131_051, 131_008, 131_009, 100, 33, 135_000], Permanent),
            (&[131_052, 131_053, 131_059, 131_060, 131_062], Permanent),
            (&[132_000, 132_001, 132_005, 132_007, 132_012, 132_015, 132_016, 132_068, 132_069], Permanent),
            (&[134_011, 134_100, 134_102, 137_000], Permanent),
            (&[-1, 5, 199, 300, 999_999, i64::MIN, i64::MAX], Permanent),
        ];
        for (codes, class) in table {
            for code in *codes {
                assert_eq!(classify(*code), *class, "{code}");
            }
        }
    }

    #[test]
    fn advice_says_what_happened_and_what_to_do() {
        for code in (0..400).chain(130_000..138_000) {
            let failure = SendFailure { class: classify(code), code: Some(code), title: String::new() };
            assert!(failure.advice().matches(". ").count() >= 1, "{code}: {}", failure.advice());
        }
        let held: Vec<i64> = (0..138_000).filter(|code| classify(*code) == FailureClass::Channel).collect();
        for code in held {
            assert!(advice(FailureClass::Channel, Some(code)).contains("ditahan"), "{code}");
        }
        assert!(advice(FailureClass::Unknown, None).contains("mungkin sudah terkirim"));
    }
}
