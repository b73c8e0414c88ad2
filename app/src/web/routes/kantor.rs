//! The addresses inside an office. Each begins with the office's name in a path, and none carries
//! personal data.

use loket_core::id::{ConversationId, FileId, PaperId, RequestId};

macro_rules! paths {
    ($($(#[$meta:meta])* $name:ident($($part:ident: $kind:ty),*) = $pattern:literal;)*) => {$(
        $(#[$meta])*
        pub struct $name;

        impl $name {
            /// The pattern that is served.
            pub const PATTERN: &'static str = $pattern;

            /// The address of one.
            pub fn at($($part: $kind),*) -> String {
                format!($pattern, $($part = $part),*)
            }
        }
    )*};
}

// --- kantor: beranda, antrean, permohonan, berkas, pencarian, ringkasan
paths! {
    /// An office's door: leads each person to their own desk.
    Desk(office: &str) = "/kantor/{office}";
    /// The queue.
    Queue(office: &str) = "/kantor/{office}/antrean";
    /// POST: the next in turn.
    TakeNext(office: &str) = "/kantor/{office}/antrean/ambil";
    /// One request.
    Request(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}";
    /// POST: take it, or take it over.
    RequestTake(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/ambil";
    /// POST: write to the citizen.
    RequestAnswer(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/balas";
    /// POST: ask for papers.
    RequestAsk(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/minta";
    /// POST: declare the papers complete.
    RequestComplete(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/lengkap";
    /// POST: upload the signed document.
    RequestProduct(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/hasil";
    /// POST: the product lies ready.
    RequestReady(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/siap";
    /// POST: the citizen gets it.
    RequestFinish(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/selesai";
    /// POST: refuse.
    RequestRefuse(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/tolak";
    /// POST: cancel.
    RequestCancel(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/batal";
    /// POST: take a closed one up again.
    RequestReopen(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/buka-kembali";
    /// POST: see identity numbers, for a purpose.
    RequestReveal(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/lihat";
    /// POST: take an attachment for a paper.
    RequestUseFor(office: &str, id: RequestId) = "/kantor/{office}/permohonan/{id}/lampiran";
    /// POST: a paper is good.
    PaperAccept(office: &str, id: RequestId, paper: PaperId) = "/kantor/{office}/permohonan/{id}/berkas/{paper}/terima";
    /// POST: a paper is no good.
    PaperReject(office: &str, id: RequestId, paper: PaperId) = "/kantor/{office}/permohonan/{id}/berkas/{paper}/tolak";
    /// One file, in its viewer.
    File(office: &str, file: FileId) = "/kantor/{office}/berkas/{file}";
    /// The bytes of a file.
    FileContent(office: &str, file: FileId) = "/kantor/{office}/berkas/{file}/isi";
    /// Search: GET for receipts and four digits, POST for everything.
    Search(office: &str) = "/kantor/{office}/cari";
    /// The head's overview.
    Overview(office: &str) = "/kantor/{office}/ringkasan";
}

// --- kantor: percakapan, penampung
paths! {
    /// The conversations.
    Conversations(office: &str) = "/kantor/{office}/percakapan";
    /// One conversation.
    Conversation(office: &str, id: ConversationId) = "/kantor/{office}/percakapan/{id}";
    /// What could not be read.
    Quarantine(office: &str) = "/kantor/{office}/penampung";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_its_pattern_with_the_parts_filled_in() {
        assert_eq!(Queue::at("kota-batu"), "/kantor/kota-batu/antrean");
        let id = RequestId::NIL;
        assert_eq!(PaperReject::at("kota-batu", id, PaperId::NIL), format!("{}/berkas/{id}/tolak", Request::at("kota-batu", id)));
        assert_eq!(Request::PATTERN, "/kantor/{office}/permohonan/{id}");
    }
}
