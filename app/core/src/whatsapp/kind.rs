//! The words WhatsApp uses for kinds of messages and for delivery states.

words!(
    /// What a message is. `Unknown` stands for a kind this version has never heard of.
    MessageKind {
        /// Plain text.
        Text = "text",
        /// A photo.
        Image = "image",
        /// A file.
        Document = "document",
        /// A voice note or another sound.
        Audio = "audio",
        /// A film.
        Video = "video",
        /// A sticker.
        Sticker = "sticker",
        /// A place on the map.
        Location = "location",
        /// One or more address cards.
        Contacts = "contacts",
        /// An emoji on one of our messages.
        Reaction = "reaction",
        /// An answer to buttons, a list or a form of ours.
        Interactive = "interactive",
        /// A quick-reply button of a template.
        Button = "button",
        /// An order from a catalogue.
        Order = "order",
        /// WhatsApp says that the person changed number or id.
        System = "system",
        /// The chat was opened for the first time, nothing written yet.
        RequestWelcome = "request_welcome",
        /// A correction of an earlier message.
        Edit = "edit",
        /// An earlier message was taken back.
        Revoke = "revoke",
        /// WhatsApp itself cannot pass this kind on.
        Unsupported = "unsupported",
        /// A kind this version does not know.
        Unknown = "unknown",
    }
);

impl MessageKind {
    /// What stands in the conversation where the content itself cannot be shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "Pesan teks kosong",
            Self::Image => "Foto",
            Self::Document => "Dokumen",
            Self::Audio => "Pesan suara",
            Self::Video => "Video",
            Self::Sticker => "Stiker",
            Self::Location => "Lokasi",
            Self::Contacts => "Kontak",
            Self::Reaction => "Reaksi",
            Self::Interactive => "Jawaban pilihan",
            Self::Button => "Tombol balasan",
            Self::Order => "Pesanan katalog",
            Self::System => "Pemberitahuan WhatsApp",
            Self::RequestWelcome => "Membuka percakapan",
            Self::Edit => "Perubahan pesan",
            Self::Revoke => "Pesan ditarik pengirim",
            Self::Unsupported => "Pesan yang tidak diteruskan WhatsApp, lihat di aplikasi",
            Self::Unknown => "Pesan jenis lain",
        }
    }
}

words!(
    /// What a status says about a message of ours. They come in any order, twice, or not at all.
    StatusWord {
        /// WhatsApp has taken it over.
        Sent = "sent",
        /// It is on the phone.
        Delivered = "delivered",
        /// It was seen.
        Read = "read",
        /// A voice note was listened to.
        Played = "played",
        /// It will not arrive.
        Failed = "failed",
        /// It was deleted (rare, legacy).
        Deleted = "deleted",
        /// It arrived with something missing (rare, legacy).
        Warning = "warning",
        /// A state this version does not know: payments, calls, whatever comes.
        Unknown = "unknown",
    }
);
