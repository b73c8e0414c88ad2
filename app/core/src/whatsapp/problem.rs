//! Why a body, or one item of it, cannot be used: what the quarantine page shows.

/// A whole body that holds nothing to walk through. Never quotes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes are no JSON.
    #[error("isi kiriman bukan JSON yang sah")]
    NotJson,
    /// JSON, but not the envelope of a webhook.
    #[error("isi kiriman bukan amplop webhook")]
    NotAnEnvelope,
    /// A webhook of another Meta product.
    #[error("kiriman ini bukan untuk WhatsApp Business")]
    NotWhatsApp,
    /// An envelope without a single entry.
    #[error("amplop webhook kosong")]
    Empty,
}

/// One item that cannot be used, with its place in the body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {}", reason.sentence())]
pub struct ItemProblem {
    /// As in [`super::Item::position`]; an entry or change alone for what is broken above the item.
    pub position: String,
    /// What is wrong with it.
    pub reason: Reason,
}

words!(
    /// What makes an item unusable.
    Reason {
        /// An entry that is no object.
        EntryNotObject = "entry_not_object",
        /// An entry without changes.
        EntryWithoutChanges = "entry_without_changes",
        /// A change that is no object.
        ChangeNotObject = "change_not_object",
        /// A change that names no field and looks like none.
        ChangeWithoutField = "change_without_field",
        /// A change of field `messages` with no message, status or error in it.
        NothingInside = "nothing_inside",
        /// A message that is no object.
        MessageNotObject = "message_not_object",
        /// A message without id: it could never be told from its own repetition.
        MessageWithoutId = "message_without_id",
        /// A message without any address of its sender.
        MessageWithoutSender = "message_without_sender",
        /// A message without time.
        MessageWithoutTimestamp = "message_without_timestamp",
        /// A status that is no object.
        StatusNotObject = "status_not_object",
        /// A status that names no message.
        StatusWithoutId = "status_without_id",
        /// A status that says nothing.
        StatusWithoutWord = "status_without_word",
        /// A status without time.
        StatusWithoutTimestamp = "status_without_timestamp",
        /// A time before 2009 or after 2099, or no number at all.
        TimestampOutOfRange = "timestamp_out_of_range",
    }
);

impl Reason {
    /// The same for the person who looks into the quarantine.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::EntryNotObject => "Bagian entry tidak berbentuk objek.",
            Self::EntryWithoutChanges => "Bagian entry tidak memuat perubahan apa pun.",
            Self::ChangeNotObject => "Bagian perubahan tidak berbentuk objek.",
            Self::ChangeWithoutField => "Bagian perubahan tidak menyebut jenisnya.",
            Self::NothingInside => "Tidak ada pesan, status, atau galat di dalamnya.",
            Self::MessageNotObject => "Pesan tidak berbentuk objek.",
            Self::MessageWithoutId => "Pesan tanpa nomor pengenal.",
            Self::MessageWithoutSender => "Pesan tanpa alamat pengirim.",
            Self::MessageWithoutTimestamp => "Pesan tanpa waktu kirim.",
            Self::StatusNotObject => "Status tidak berbentuk objek.",
            Self::StatusWithoutId => "Status tidak menyebut pesan yang dimaksud.",
            Self::StatusWithoutWord => "Status tanpa keterangan.",
            Self::StatusWithoutTimestamp => "Status tanpa waktu.",
            Self::TimestampOutOfRange => "Waktu di luar rentang yang wajar.",
        }
    }
}
