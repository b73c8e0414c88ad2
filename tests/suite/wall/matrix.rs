//! Every route with what it is asked: the list that a new route fails to be in. It is one list, however long: its order is
//! the order in which the routes are asked, and the last question ends the session.
//!
//! `{kind}` in a path, a query or a form is a place for something of an office; so is every other value, which is
//! replaced by another office's id in its turn, unless it begins with `=`.

use loket::web::routes::{
    self, AppointmentStep, AutoReplies, Calendar, CalendarDraft, CalendarEdition, CalendarPublish,
    CalendarStep, Calendars, Capacity, CareAhead, ChooseOffice, CompensationLetter, Compensations,
    ConsignmentSheet, Consignments, ConsignmentsArrived, Conversation, ConversationAnswer, ConversationClaim,
    ConversationOpen, ConversationRelease, Conversations, DelegationEnd, Delegations, EndAllSessions,
    EndSession, EntryLink, Equipment, EquipmentNew, EquipmentPiece, EquipmentStep, FigureExport, FigureRows,
    File, FileContent, Forgot, Format, FormatDraft, FormatEdition, FormatPublish, FormatStep, Formats,
    Health, Home, HomeVisitNew, HomeVisitRound, HomeVisitSheet, HomeVisitStep, HomeVisits, Invitation,
    InvitationResend, InvitationWithdraw, Invite, Live, Logo, Metrics, NewPassword, NewRequest, Number,
    NumberNew, NumberSwitch, NumberWebhook, Numbers, Office, OpenOffice, Outage, OutageEvidence,
    OutageExport, OutageFile, OutageLetter, OutageMonth, OutageNew, OutageStep, Outages, Overview,
    OwnPassword, PaperStep, People, Person, PersonLeave, PersonRole, PersonRoleAdd, PersonRoleEnd,
    PickupPoint, PickupPoints, Pickups, PickupsMove, Platform, PlatformInvite, PlatformNewOffice,
    PlatformStyle, Profile, ProfileLogo, Province, ProvinceInvite, ProvinceNewOffice, Quarantine,
    QuarantineRetry, Queue, QuickReplies, QuickReply, QuickReplyNew, QuickReplyStep, Ready, Request,
    RequestSheet, RequestSheetSample, Search, Service, ServiceCatalogue, ServiceDraft, ServiceEdition,
    ServiceEntry, ServicePublish, ServiceStep, Services, Sessions, Settings, SignIn, SignOut, Static, Stock,
    StockItem, StockNew, StockStep, TakeNext, TakesForwarded, TrustedSenderEnd, TrustedSenders, Unit, Units,
    WebForm, WebReceipt, Webhook,
};
use loket_core::permission::Permission::{
    ApproveOutages, AssignRequests, ConfigureOffice, HandleRequests, IntakeRequests, ManageQuarantine,
    NameActing, ReadFigures, ReadOutages, ReadRequests, RefuseRequests, ReportOutages, RevealIdentity,
};

use super::{
    filled::{
        ABOUT, CAME, CARE, COLUMNS, DECIDED, DESK, ENTRY, FIRST, FIRST_ABOVE, FURTHER, GUEST, KEPT, LETTER,
        LINE, MOVED, OFFICE, OFFICE_ABOVE, OUT, OWN, OWN_PASSWORD, PAPER, PIECE, PLACE, ROLE, ROUND, ROW,
        SENT, SHEET, SPOKEN, TAKES, TWICE, VILLAGE, VISITED, WEB, WORDS,
    },
    question::{Question, get, post, step},
};

const REQUEST: &str = "/kantor/{office}/permohonan/{request}";
const TALK: &str = "/kantor/{office}/percakapan/{conversation}";
const STAFF: &str = "/kantor/{office}/pengaturan/petugas";
const NUMBERS: &str = "/kantor/{office}/pengaturan/nomor";
const REPLIES: &str = "/kantor/{office}/pengaturan/balasan";
const SERVICES: &str = "/kantor/{office}/pengaturan/layanan";
const FORMATS: &str = "/kantor/{office}/pengaturan/format";

/// Every question.
pub const QUESTIONS: &[Question] = &[
    get(Home::PATTERN, "/", &[("office", "{office}")]),
    get(SignIn::PATTERN, "/masuk", &[("lanjut", "/kantor/{office}/antrean")]),
    post(
        SignIn::PATTERN,
        "/masuk",
        &[("email", "{email}"), ("password", "keliru sekali"), ("next", "/kantor")],
    ),
    get(Forgot::PATTERN, "/masuk/lupa", &[("email", "{email}")]),
    post(Forgot::PATTERN, "/masuk/lupa", &[("email", "{email}")]),
    get(NewPassword::PATTERN, "/masuk/kata-sandi/{person}", &[]),
    post(NewPassword::PATTERN, "/masuk/kata-sandi/{person}", TWICE),
    get(Invitation::PATTERN, "/undangan/{invitation}", &[]),
    post(Invitation::PATTERN, "/undangan/{invitation}", TWICE),
    post(SignOut::PATTERN, "/keluar", &[("session", "{session}")]).parting(),
    get(ChooseOffice::PATTERN, "/pilih-kantor", &[("office", "{office}")]),
    get(Sessions::PATTERN, "/sesi", &[("account", "{officer}")]),
    post(EndSession::PATTERN, "/sesi/{session}/akhiri", &[]),
    get(Static::PATTERN, "/static/css/base.css", &[("file", "{file}")]),
    get(Static::PATTERN, "/static/..%2f..%2ffiles/{office_id}/{file}", &[]),
    get(Health::PATTERN, "/healthz", &[("office", "{office}")]),
    get(Ready::PATTERN, "/readyz", &[("office", "{office}")]),
    get(Metrics::PATTERN, "/metrics", &[("office", "{office}")]),
    get(
        Webhook::PATTERN,
        "/webhook/whatsapp/{key}",
        &[("hub.mode", "subscribe"), ("hub.challenge", "x"), ("hub.verify_token", "salah")],
    )
    .behind_a_secret(),
    post(Webhook::PATTERN, "/webhook/whatsapp/{key}", &[("entry", "{request}")]).behind_a_secret(),
    get(EntryLink::PATTERN, "/isi/{office}/{request}", &[]),
    post(EntryLink::PATTERN, "/isi/{office}/{request}", &[("isi.nik", "{nik}")]),
    get(WebForm::PATTERN, "/k/{office}/ajukan", &[("layanan", "{variant}")]).public(),
    post(WebForm::PATTERN, "/k/{office}/ajukan", WEB).public(),
    get(WebReceipt::PATTERN, "/k/{office}/permohonan/{request}", &[]),
    get(Office::PATTERN, "/kantor/{office}", &[]),
    get(Overview::PATTERN, "/kantor/{office}/ringkasan", &[("office", "{office}")]).needs(ReadFigures),
    get(Overview::PATTERN, "/kantor/{office}/ringkasan", &[("kurun", "=30"), ("layanan", "{variant}")])
        .needs(ReadFigures),
    get(
        FigureRows::PATTERN,
        "/kantor/{office}/ringkasan/daftar",
        &[("daftar", "=tunggakan"), ("varian", "{variant}")],
    )
    .needs(ReadFigures),
    get(FigureRows::PATTERN, "/kantor/{office}/ringkasan/daftar", &[("daftar", "=masuk"), ("kurun", "=7")])
        .needs(ReadFigures),
    get(
        FigureExport::PATTERN,
        "/kantor/{office}/ringkasan/daftar.csv",
        &[("daftar", "=masuk"), ("varian", "{variant}")],
    )
    .needs(ReadFigures),
    get(Live::PATTERN, "/kantor/{office}/langsung", &[("sejak", "=0"), ("office", "{office}")])
        .needs(ReadRequests),
    get(Queue::PATTERN, "/kantor/{office}/antrean", &[("tab", "giliran"), ("hal", "0")]).needs(ReadRequests),
    get(Queue::PATTERN, "/kantor/{office}/antrean", &[("tab", "ditangani")])
        .needs(ReadRequests)
        .blocks(&[("x-loket-block", "rows")]),
    post(TakeNext::PATTERN, "/kantor/{office}/antrean/ambil", &[("request", "{request}")])
        .needs(HandleRequests),
    get(NewRequest::PATTERN, "/kantor/{office}/permohonan/baru", &[("service", "{variant}")])
        .needs(IntakeRequests),
    post(NewRequest::PATTERN, "/kantor/{office}/permohonan/baru", ENTRY).needs(IntakeRequests),
    get(RequestSheet::PATTERN, "/kantor/{office}/permohonan/lembar", &[("service", "{variant}")])
        .needs(IntakeRequests),
    post(RequestSheet::PATTERN, "/kantor/{office}/permohonan/lembar", COLUMNS)
        .multipart()
        .needs(IntakeRequests),
    get(
        RequestSheetSample::PATTERN,
        "/kantor/{office}/permohonan/lembar/contoh.csv",
        &[("service", "{variant}")],
    )
    .needs(IntakeRequests),
    get(Request::PATTERN, REQUEST, &[("bagian", "berkas"), ("sebelum", "{message}")]).needs(ReadRequests),
    get(Request::PATTERN, REQUEST, &[])
        .needs(ReadRequests)
        .blocks(&[("x-loket-block", "top acts thread composer papers events")]),
    step("/kantor/{office}/permohonan/{request}/ambil", &[]),
    step("/kantor/{office}/permohonan/{request}/balas", &[("text", "Baik")]).multipart(),
    step(
        "/kantor/{office}/permohonan/{request}/balas",
        &[("text", "Baik"), ("quick", "=jam"), ("use", "=1")],
    )
    .multipart(),
    step("/kantor/{office}/permohonan/{request}/minta", &[]),
    step("/kantor/{office}/permohonan/{request}/lengkap", &[]),
    step("/kantor/{office}/permohonan/{request}/hasil", &[("file_id", "{product}")]).multipart(),
    step("/kantor/{office}/permohonan/{request}/siap", &[("note", "Loket 3")]),
    step("/kantor/{office}/permohonan/{request}/siap", &[("reason", "{point}")]),
    step("/kantor/{office}/permohonan/{request}/jadwal", &[("reason", "{point}")]),
    step("/kantor/{office}/permohonan/{request}/janji", &[("slot", "{point}"), ("note", "{appointment}")]),
    step("/kantor/{office}/permohonan/{request}/batal-janji", &[]),
    step("/kantor/{office}/permohonan/{request}/kirim", SENT),
    step("/kantor/{office}/permohonan/{request}/kiriman-tiba", CAME),
    step("/kantor/{office}/permohonan/{request}/kiriman-sampai", CAME),
    step("/kantor/{office}/permohonan/{request}/kiriman-kembali", CAME),
    step("/kantor/{office}/permohonan/{request}/rentan", CARE).needs(IntakeRequests),
    step("/kantor/{office}/permohonan/{request}/lupakan-rentan", &[]).needs(IntakeRequests),
    step(
        "/kantor/{office}/permohonan/{request}/gugurkan",
        &[("version", "=1"), ("reason", "permohonan_ganda")],
    )
    .needs(AssignRequests),
    step("/kantor/{office}/permohonan/{request}/selesai", &[("note", "Sudah")]),
    step("/kantor/{office}/permohonan/{request}/tolak", &[("reason", "bukan_kewenangan"), ("note", "=x")])
        .needs(RefuseRequests),
    step("/kantor/{office}/permohonan/{request}/batal", &[("reason", "dicabut_warga")]),
    step("/kantor/{office}/permohonan/{request}/buka-kembali", &[("reason", "keberatan")]),
    step("/kantor/{office}/permohonan/{request}/teruskan", &[("reason", "{variant}"), ("note", "{office}")]),
    step("/kantor/{office}/permohonan/{request}/lampiran", &[("paper", "{paper}"), ("media", "{media}")]),
    step("/kantor/{office}/permohonan/{request}/lihat", &[("purpose", "proses_siak")]).needs(RevealIdentity),
    step(
        "/kantor/{office}/permohonan/{request}/tawarkan",
        &[("version", "=1"), ("delivered", "=Diserahkan di loket")],
    )
    .needs(AssignRequests),
    step("/kantor/{office}/permohonan/{request}/jawaban", &[("version", "=1"), ("answer", "=terima")])
        .needs(AssignRequests),
    step(
        "/kantor/{office}/permohonan/{request}/berikan",
        &[("version", "=1"), ("day", "=2026-11-23"), ("note", "=Sudah")],
    )
    .needs(AssignRequests),
    get(CompensationLetter::PATTERN, "/kantor/{office}/permohonan/{request}/kompensasi", &[])
        .needs(ReadRequests),
    get(
        Compensations::PATTERN,
        "/kantor/{office}/kompensasi",
        &[("keadaan", "=ditawarkan"), ("office", "{office}")],
    )
    .needs(ReadRequests),
    post(PaperStep::PATTERN, "/kantor/{office}/permohonan/{request}/berkas/{paper}/terima", &[])
        .needs(HandleRequests),
    post(
        PaperStep::PATTERN,
        "/kantor/{office}/permohonan/{request}/berkas/{paper}/tolak",
        &[("reason", "buram")],
    )
    .needs(HandleRequests),
    get(Conversations::PATTERN, "/kantor/{office}/percakapan", &[("saring", "semua"), ("hal", "0")])
        .needs(ReadRequests),
    get(Conversation::PATTERN, TALK, &[("sebelum", "{message}")]).needs(ReadRequests),
    get(Conversation::PATTERN, TALK, &[])
        .needs(ReadRequests)
        .blocks(&[("x-loket-block", "top thread suggest composer")]),
    get(Conversations::PATTERN, "/kantor/{office}/percakapan", &[])
        .needs(ReadRequests)
        .blocks(&[("x-loket-block", "rows")]),
    get(Overview::PATTERN, "/kantor/{office}/ringkasan", &[])
        .needs(ReadFigures)
        .blocks(&[("x-loket-block", "today tiles waiting officers")]),
    post(
        ConversationAnswer::PATTERN,
        "/kantor/{office}/percakapan/{conversation}/balas",
        &[("text", "Baik")],
    )
    .multipart()
    .needs(HandleRequests),
    post(
        ConversationAnswer::PATTERN,
        "/kantor/{office}/percakapan/{conversation}/balas",
        &[("text", "Baik"), ("quick", "=jam"), ("use", "=1")],
    )
    .multipart()
    .needs(HandleRequests),
    post(ConversationClaim::PATTERN, "/kantor/{office}/percakapan/{conversation}/ambil", &[])
        .needs(HandleRequests),
    post(ConversationRelease::PATTERN, "/kantor/{office}/percakapan/{conversation}/lepas", &[])
        .needs(HandleRequests),
    post(ConversationOpen::PATTERN, "/kantor/{office}/percakapan/{conversation}/permohonan", SPOKEN)
        .needs(IntakeRequests),
    get(File::PATTERN, "/kantor/{office}/berkas/{file}", &[]).needs(ReadRequests),
    get(File::PATTERN, "/kantor/{office}/berkas/{product}", &[]).needs(ReadRequests),
    get(FileContent::PATTERN, "/kantor/{office}/berkas/{file}/isi", &[]).needs(ReadRequests),
    get(FileContent::PATTERN, "/kantor/{office}/berkas/{product}/isi", &[("unduh", "1")]).needs(ReadRequests),
    get(Search::PATTERN, "/kantor/{office}/cari", &[("q", "{receipt}")]).needs(ReadRequests),
    get(Search::PATTERN, "/kantor/{office}/cari", &[("q", "{tail}")]).needs(ReadRequests),
    post(Search::PATTERN, "/kantor/{office}/cari", &[("q", "{nik}")]).needs(ReadRequests),
    post(Search::PATTERN, "/kantor/{office}/cari", &[("q", "{kk}")]).needs(ReadRequests),
    post(Search::PATTERN, "/kantor/{office}/cari", &[("q", "{name}")]).needs(ReadRequests),
    post(Search::PATTERN, "/kantor/{office}/cari", &[("q", "{phone}")]).needs(ReadRequests),
    get(Quarantine::PATTERN, "/kantor/{office}/penampung", &[("hal", "0")]).needs(ManageQuarantine),
    post(QuarantineRetry::PATTERN, "/kantor/{office}/penampung/{delivery}/ulang", &[])
        .needs(ManageQuarantine),
    get(Settings::PATTERN, "/kantor/{office}/pengaturan", &[]).needs(ConfigureOffice),
    get(Profile::PATTERN, "/kantor/{office}/pengaturan/profil", &[("office", "{office}")])
        .needs(ConfigureOffice),
    post(Profile::PATTERN, "/kantor/{office}/pengaturan/profil", ABOUT).needs(ConfigureOffice),
    get(AutoReplies::PATTERN, "/kantor/{office}/pengaturan/balasan-otomatis", &[("office", "{office}")])
        .needs(ConfigureOffice),
    post(AutoReplies::PATTERN, "/kantor/{office}/pengaturan/balasan-otomatis", &[("replies", "assisted")])
        .needs(ConfigureOffice),
    get(TrustedSenders::PATTERN, "/kantor/{office}/pengaturan/pengirim", &[("sender", "{sender}")])
        .needs(ConfigureOffice),
    post(TrustedSenders::PATTERN, "/kantor/{office}/pengaturan/pengirim", VILLAGE).needs(ConfigureOffice),
    post(
        TakesForwarded::PATTERN,
        "/kantor/{office}/pengaturan/pengirim/kecamatan",
        &[("kecamatan", "=terima")],
    )
    .needs(ConfigureOffice),
    post(TrustedSenderEnd::PATTERN, "/kantor/{office}/pengaturan/pengirim/{sender}/hapus", &[])
        .needs(ConfigureOffice),
    get(Units::PATTERN, "/kantor/{office}/pengaturan/unit", &[("unit", "{unit}")]).needs(ConfigureOffice),
    post(Units::PATTERN, "/kantor/{office}/pengaturan/unit", DESK).needs(ConfigureOffice),
    post(Unit::PATTERN, "/kantor/{office}/pengaturan/unit/{unit}", DESK).needs(ConfigureOffice),
    get(People::PATTERN, STAFF, &[("tab", "aktif"), ("hal", "0")]).needs(ConfigureOffice),
    get(People::PATTERN, STAFF, &[("tab", "=diundang")]).needs(ConfigureOffice),
    get(Invite::PATTERN, "/kantor/{office}/pengaturan/petugas/undang", &[("person", "{person}")])
        .needs(ConfigureOffice),
    post(Invite::PATTERN, "/kantor/{office}/pengaturan/petugas/undang", GUEST).needs(ConfigureOffice),
    post(
        InvitationResend::PATTERN,
        "/kantor/{office}/pengaturan/petugas/undangan/{invitation}/kirim-ulang",
        &[],
    )
    .needs(ConfigureOffice),
    post(
        InvitationWithdraw::PATTERN,
        "/kantor/{office}/pengaturan/petugas/undangan/{invitation}/batalkan",
        &[],
    )
    .needs(ConfigureOffice),
    get(Person::PATTERN, "/kantor/{office}/pengaturan/petugas/{person}", &[]).needs(ConfigureOffice),
    post(PersonRole::PATTERN, "/kantor/{office}/pengaturan/petugas/{person}/peran", ROLE)
        .needs(ConfigureOffice),
    post(
        PersonLeave::PATTERN,
        "/kantor/{office}/pengaturan/petugas/{person}/keluar",
        &[("hand_to", "{officer}")],
    )
    .needs(ConfigureOffice),
    get(Numbers::PATTERN, NUMBERS, &[("number", "{number}")]).needs(ConfigureOffice),
    get(NumberNew::PATTERN, "/kantor/{office}/pengaturan/nomor/baru", &[]).needs(ConfigureOffice),
    post(NumberNew::PATTERN, "/kantor/{office}/pengaturan/nomor/baru", LINE).needs(ConfigureOffice),
    post(
        NumberWebhook::PATTERN,
        "/kantor/{office}/pengaturan/nomor/sambungan",
        &[("app_secret", "=rahasia-aplikasi-tamu"), ("app", "{number}")],
    )
    .needs(ConfigureOffice),
    get(Number::PATTERN, "/kantor/{office}/pengaturan/nomor/{number}", &[]).needs(ConfigureOffice),
    post(Number::PATTERN, "/kantor/{office}/pengaturan/nomor/{number}", LINE).needs(ConfigureOffice),
    post(NumberSwitch::PATTERN, "/kantor/{office}/pengaturan/nomor/{number}/saklar", &[("on", "=0")])
        .needs(ConfigureOffice),
    get(QuickReplies::PATTERN, REPLIES, &[("reply", "{reply}")]).needs(ConfigureOffice),
    get(QuickReplyNew::PATTERN, "/kantor/{office}/pengaturan/balasan/baru", &[]).needs(ConfigureOffice),
    post(QuickReplyNew::PATTERN, "/kantor/{office}/pengaturan/balasan/baru", WORDS).needs(ConfigureOffice),
    get(QuickReply::PATTERN, "/kantor/{office}/pengaturan/balasan/{reply}", &[]).needs(ConfigureOffice),
    post(QuickReply::PATTERN, "/kantor/{office}/pengaturan/balasan/{reply}", WORDS).needs(ConfigureOffice),
    post(QuickReplyStep::PATTERN, "/kantor/{office}/pengaturan/balasan/{reply}/naik", &[])
        .needs(ConfigureOffice),
    post(QuickReplyStep::PATTERN, "/kantor/{office}/pengaturan/balasan/{reply}/mati", &[])
        .needs(ConfigureOffice),
    get(Services::PATTERN, SERVICES, &[("service", "{service}")]).needs(ConfigureOffice),
    get(ServiceCatalogue::PATTERN, "/kantor/{office}/pengaturan/layanan/katalog", &[("cari", "=akta")])
        .needs(ConfigureOffice),
    post(ServiceCatalogue::PATTERN, "/kantor/{office}/pengaturan/layanan/katalog", OWN)
        .needs(ConfigureOffice),
    get(ServiceEntry::PATTERN, "/kantor/{office}/pengaturan/layanan/katalog/KKBARU", &[])
        .needs(ConfigureOffice),
    post(
        ServiceEntry::PATTERN,
        "/kantor/{office}/pengaturan/layanan/katalog/KKBARU",
        &[("jawab.rt_rw", "=ya")],
    )
    .needs(ConfigureOffice),
    get(Service::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}", &[]).needs(ConfigureOffice),
    get(ServiceDraft::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/rancangan/umum", &[])
        .needs(ConfigureOffice),
    post(ServiceDraft::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/rancangan/umum", SHEET)
        .needs(ConfigureOffice),
    post(ServiceDraft::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/rancangan/syarat", PAPER)
        .needs(ConfigureOffice),
    post(
        ServiceDraft::PATTERN,
        "/kantor/{office}/pengaturan/layanan/{service}/rancangan/kompensasi",
        &[("kind", "=lainnya"), ("words", "=Kompensasi tamu"), ("basis", "{service}")],
    )
    .needs(ConfigureOffice),
    post(
        ServiceDraft::PATTERN,
        "/kantor/{office}/pengaturan/layanan/{service}/rancangan/j",
        &[("text", "=Kotak saran"), ("law", "{service}")],
    )
    .needs(ConfigureOffice),
    get(ServicePublish::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/terbitkan", &[])
        .needs(ConfigureOffice),
    post(
        ServicePublish::PATTERN,
        "/kantor/{office}/pengaturan/layanan/{service}/terbitkan",
        &[("revision", "=1"), ("note", "=Perubahan tamu")],
    )
    .needs(ConfigureOffice),
    get(ServiceEdition::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/edisi/1", &[])
        .needs(ConfigureOffice),
    post(ServiceStep::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/mati", &[])
        .needs(ConfigureOffice),
    post(ServiceStep::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/nyala", &[])
        .needs(ConfigureOffice),
    post(
        ServiceStep::PATTERN,
        "/kantor/{office}/pengaturan/layanan/{service}/salin",
        &[("office", "{office}")],
    )
    .needs(ConfigureOffice),
    post(ServiceStep::PATTERN, "/kantor/{office}/pengaturan/layanan/{service}/buang", &[("revision", "=1")])
        .needs(ConfigureOffice),
    get(Formats::PATTERN, FORMATS, &[("service", "{service}")]).needs(ConfigureOffice),
    post(Formats::PATTERN, FORMATS, &[("form", "=buka")]).needs(ConfigureOffice),
    get(Format::PATTERN, "/kantor/{office}/pengaturan/format/{service}", &[]).needs(ConfigureOffice),
    get(FormatDraft::PATTERN, "/kantor/{office}/pengaturan/format/{service}/rancangan", &[])
        .needs(ConfigureOffice),
    post(FormatDraft::PATTERN, "/kantor/{office}/pengaturan/format/{service}/rancangan", ROW)
        .needs(ConfigureOffice),
    post(
        FormatDraft::PATTERN,
        "/kantor/{office}/pengaturan/format/{service}/rancangan",
        &[("action", "=coba"), ("try_line", "=#KTP#36"), ("keyword", "=KTP"), ("service", "{service}")],
    )
    .needs(ConfigureOffice),
    get(FormatPublish::PATTERN, "/kantor/{office}/pengaturan/format/{service}/terbitkan", &[])
        .needs(ConfigureOffice),
    post(
        FormatPublish::PATTERN,
        "/kantor/{office}/pengaturan/format/{service}/terbitkan",
        &[("revision", "=1"), ("note", "=Perubahan tamu")],
    )
    .needs(ConfigureOffice),
    get(FormatEdition::PATTERN, "/kantor/{office}/pengaturan/format/{service}/edisi/1", &[])
        .needs(ConfigureOffice),
    post(FormatStep::PATTERN, "/kantor/{office}/pengaturan/format/{service}/contoh", &[])
        .needs(ConfigureOffice),
    post(
        FormatStep::PATTERN,
        "/kantor/{office}/pengaturan/format/{service}/salin",
        &[("office", "{office}")],
    )
    .needs(ConfigureOffice),
    post(FormatStep::PATTERN, "/kantor/{office}/pengaturan/format/{service}/buang", &[("revision", "=1")])
        .needs(ConfigureOffice),
    get(Outages::PATTERN, "/kantor/{office}/gangguan", &[]).needs(ReadOutages),
    post(Outages::PATTERN, "/kantor/{office}/gangguan", &[("kind", "=power")]).needs(ReportOutages),
    get(OutageNew::PATTERN, "/kantor/{office}/gangguan/baru", &[("unit", "{unit}")]).needs(ReportOutages),
    post(
        OutageNew::PATTERN,
        "/kantor/{office}/gangguan/baru",
        &[("kind", "=signing"), ("services", "{service}"), ("units", "{unit}")],
    )
    .needs(ReportOutages),
    get(OutageMonth::PATTERN, "/kantor/{office}/gangguan/bulan/2026-11", &[]).needs(ReadOutages),
    get(OutageExport::PATTERN, "/kantor/{office}/gangguan/bulan/2026-11/csv", &[]).needs(ReadOutages),
    get(OutageLetter::PATTERN, "/kantor/{office}/gangguan/bulan/2026-11/surat/directorate", &[])
        .needs(ReadOutages),
    get(Outage::PATTERN, "/kantor/{office}/gangguan/{outage}", &[]).needs(ReadOutages),
    get(OutageFile::PATTERN, "/kantor/{office}/gangguan/{outage}/bukti/{evidence}", &[]).needs(ReadOutages),
    post(OutageEvidence::PATTERN, "/kantor/{office}/gangguan/{outage}/bukti", &[])
        .multipart()
        .needs(ReportOutages),
    post(OutageStep::PATTERN, "/kantor/{office}/gangguan/{outage}/ubah", OUT).needs(ReportOutages),
    post(OutageStep::PATTERN, "/kantor/{office}/gangguan/{outage}/kabari", &[("most", "=5")])
        .needs(ReportOutages),
    post(OutageStep::PATTERN, "/kantor/{office}/gangguan/{outage}/alih", &[]).needs(ReportOutages),
    post(OutageStep::PATTERN, "/kantor/{office}/gangguan/{outage}/pulih", &[]).needs(ReportOutages),
    post(OutageStep::PATTERN, "/kantor/{office}/gangguan/{outage}/putuskan", DECIDED).needs(ApproveOutages),
    get(Capacity::PATTERN, "/kantor/{office}/kapasitas", &[("petugas", "=2")]).needs(ReadFigures),
    get(
        Consignments::PATTERN,
        "/kantor/{office}/kiriman",
        &[("keadaan", "=di-jalan"), ("tempat", "{point}")],
    )
    .needs(ReadRequests),
    post(
        ConsignmentsArrived::PATTERN,
        "/kantor/{office}/kiriman/tiba",
        &[("tempat", "{point}"), ("kiriman", "{consignment}"), ("receiver", "=Tamu")],
    )
    .needs(HandleRequests),
    get(ConsignmentSheet::PATTERN, "/kantor/{office}/kiriman/{consignment}/pengantar", &[])
        .needs(HandleRequests),
    get(Pickups::PATTERN, "/kantor/{office}/pengambilan", &[("tempat", "{point}"), ("hari", "=2026-11-24")])
        .needs(ReadRequests),
    post(PickupsMove::PATTERN, "/kantor/{office}/pengambilan/pindah", MOVED).needs(AssignRequests),
    post(AppointmentStep::PATTERN, "/kantor/{office}/pengambilan/{appointment}/hadir", &[])
        .needs(HandleRequests),
    post(AppointmentStep::PATTERN, "/kantor/{office}/pengambilan/{appointment}/tidak-hadir", &[])
        .needs(HandleRequests),
    get(PickupPoints::PATTERN, "/kantor/{office}/pengaturan/pengambilan", &[]).needs(ConfigureOffice),
    post(PickupPoints::PATTERN, "/kantor/{office}/pengaturan/pengambilan", PLACE).needs(ConfigureOffice),
    post(PickupPoint::PATTERN, "/kantor/{office}/pengaturan/pengambilan/{point}", PLACE)
        .needs(ConfigureOffice),
    get(HomeVisits::PATTERN, "/kantor/{office}/jemput-bola", &[("tahun", "=2026")]).needs(ReadRequests),
    get(HomeVisitNew::PATTERN, "/kantor/{office}/jemput-bola/baru", &[]).needs(AssignRequests),
    post(HomeVisitNew::PATTERN, "/kantor/{office}/jemput-bola/baru", ROUND).needs(AssignRequests),
    get(HomeVisitRound::PATTERN, "/kantor/{office}/jemput-bola/{round}", &[]).needs(ReadRequests),
    get(HomeVisitSheet::PATTERN, "/kantor/{office}/jemput-bola/{round}/lembar", &[]).needs(HandleRequests),
    post(HomeVisitStep::PATTERN, "/kantor/{office}/jemput-bola/{round}/tambah", &[("person", "{request}")])
        .needs(AssignRequests),
    post(HomeVisitStep::PATTERN, "/kantor/{office}/jemput-bola/{round}/keluarkan", &[("off", "{request}")])
        .needs(AssignRequests),
    post(HomeVisitStep::PATTERN, "/kantor/{office}/jemput-bola/{round}/hasil", VISITED).needs(HandleRequests),
    post(HomeVisitStep::PATTERN, "/kantor/{office}/jemput-bola/{round}/ubah", ROUND).needs(AssignRequests),
    post(
        HomeVisitStep::PATTERN,
        "/kantor/{office}/jemput-bola/{round}/tutup",
        &[("version", "=7"), ("others", "=1")],
    )
    .needs(AssignRequests),
    post(
        HomeVisitStep::PATTERN,
        "/kantor/{office}/jemput-bola/{round}/batal",
        &[("version", "=7"), ("why", "=Cuaca")],
    )
    .needs(AssignRequests),
    get(CareAhead::PATTERN, "/kantor/{office}/pengaturan/rentan", &[]).needs(ConfigureOffice),
    post(CareAhead::PATTERN, "/kantor/{office}/pengaturan/rentan", &[("hours", "{request}")])
        .needs(ConfigureOffice),
    get(Equipment::PATTERN, "/kantor/{office}/peralatan", &[("tab", "=lama")]).needs(ReadOutages),
    get(EquipmentNew::PATTERN, "/kantor/{office}/peralatan/baru", &[]).needs(ReportOutages),
    post(EquipmentNew::PATTERN, "/kantor/{office}/peralatan/baru", PIECE).needs(ReportOutages),
    get(EquipmentPiece::PATTERN, "/kantor/{office}/peralatan/{piece}", &[]).needs(ReadOutages),
    post(EquipmentStep::PATTERN, "/kantor/{office}/peralatan/{piece}/rawat", &[("version", "=1")])
        .needs(ReportOutages),
    post(EquipmentStep::PATTERN, "/kantor/{office}/peralatan/{piece}/rusak", &[("version", "=1")])
        .needs(ReportOutages),
    post(EquipmentStep::PATTERN, "/kantor/{office}/peralatan/{piece}/ubah", PIECE).needs(ReportOutages),
    get(Stock::PATTERN, "/kantor/{office}/stok", &[]).needs(ReadOutages),
    get(StockNew::PATTERN, "/kantor/{office}/stok/baru", &[]).needs(ReportOutages),
    post(StockNew::PATTERN, "/kantor/{office}/stok/baru", KEPT).needs(ReportOutages),
    get(StockItem::PATTERN, "/kantor/{office}/stok/{item}", &[]).needs(ReadOutages),
    post(StockStep::PATTERN, "/kantor/{office}/stok/{item}/terima", &[("quantity", "=5")])
        .needs(ReportOutages),
    post(
        StockStep::PATTERN,
        "/kantor/{office}/stok/{item}/rusak",
        &[("quantity", "=1"), ("reason", "=printer")],
    )
    .needs(ReportOutages),
    post(StockStep::PATTERN, "/kantor/{office}/stok/{item}/hitung", &[("quantity", "=9")])
        .needs(ReportOutages),
    post(StockStep::PATTERN, "/kantor/{office}/stok/{item}/habis", &[]).needs(ReportOutages),
    post(StockStep::PATTERN, "/kantor/{office}/stok/{item}/ubah", TAKES).needs(ReportOutages),
    get(Calendars::PATTERN, "/kantor/{office}/pengaturan/kalender", &[]).needs(ConfigureOffice),
    get(Calendar::PATTERN, "/kantor/{office}/pengaturan/kalender/{unit}", &[]).needs(ConfigureOffice),
    get(CalendarDraft::PATTERN, "/kantor/{office}/pengaturan/kalender/{unit}/rancangan", &[])
        .needs(ConfigureOffice),
    post(
        CalendarDraft::PATTERN,
        "/kantor/{office}/pengaturan/kalender/{unit}/rancangan",
        &[("office", "=08.00-15.00"), ("service", "=08.00-15.00"), ("action", "=simpan")],
    )
    .needs(ConfigureOffice),
    get(CalendarPublish::PATTERN, "/kantor/{office}/pengaturan/kalender/{unit}/terbitkan", &[])
        .needs(ConfigureOffice),
    post(
        CalendarPublish::PATTERN,
        "/kantor/{office}/pengaturan/kalender/{unit}/terbitkan",
        &[("revision", "=1"), ("note", "=Perubahan tamu")],
    )
    .needs(ConfigureOffice),
    get(CalendarEdition::PATTERN, "/kantor/{office}/pengaturan/kalender/{unit}/edisi/1", &[])
        .needs(ConfigureOffice),
    post(CalendarStep::PATTERN, "/kantor/{office}/pengaturan/kalender/{unit}/buang", &[("revision", "=1")])
        .needs(ConfigureOffice),
    post(PersonRoleAdd::PATTERN, "/kantor/{office}/pengaturan/petugas/{person}/peran/tambah", FURTHER)
        .needs(ConfigureOffice),
    post(
        PersonRoleEnd::PATTERN,
        "/kantor/{office}/pengaturan/petugas/{person}/peran/akhiri",
        &[("membership", "{membership}")],
    )
    .needs(ConfigureOffice),
    get(Delegations::PATTERN, "/kantor/{office}/pengaturan/delegasi", &[("person", "{person}")])
        .needs(NameActing),
    post(Delegations::PATTERN, "/kantor/{office}/pengaturan/delegasi", LETTER).needs(NameActing),
    post(DelegationEnd::PATTERN, "/kantor/{office}/pengaturan/delegasi/{delegation}/akhiri", &[])
        .needs(NameActing),
    get(Logo::PATTERN, "/kantor/{office}/logo", &[("v", "{file}")]),
    post(ProfileLogo::PATTERN, "/kantor/{office}/pengaturan/profil/logo", &[("file_id", "{file}")])
        .multipart()
        .needs(ConfigureOffice),
    post(OpenOffice::PATTERN, "/kantor/{office}/pengaturan/buka", &[]).needs(ConfigureOffice),
    get(OwnPassword::PATTERN, "/kata-sandi", &[("account", "{officer}")]),
    post(OwnPassword::PATTERN, "/kata-sandi", OWN_PASSWORD),
    get(
        ProvinceNewOffice::PATTERN,
        "/provinsi/{code}/kantor/baru",
        &[("jenis", "=kecamatan"), ("cari", "=a")],
    ),
    get(ProvinceNewOffice::PATTERN, "/provinsi/{code}/kantor/baru", &[("wilayah", "{district}")]),
    post(ProvinceNewOffice::PATTERN, "/provinsi/{code}/kantor/baru", OFFICE),
    post(ProvinceInvite::PATTERN, "/provinsi/{code}/kantor/undang", FIRST),
    get(PlatformNewOffice::PATTERN, "/platform/kantor/baru", &[("provinsi", "=36")]),
    post(PlatformNewOffice::PATTERN, "/platform/kantor/baru", OFFICE_ABOVE),
    post(PlatformInvite::PATTERN, "/platform/kantor/undang", FIRST_ABOVE),
    get(Province::PATTERN, "/provinsi/{code}", &[]),
    get(Province::PATTERN, "/provinsi/{code}", &[("saring", "=bantuan")]),
    get(Platform::PATTERN, "/platform", &[("office", "{office}")]),
    get(PlatformStyle::PATTERN, "/platform/gaya", &[("office", "{office}")]),
    // Last: it also ends the session that asked everything else.
    post(EndAllSessions::PATTERN, "/sesi/akhiri-semua", &[("account", "{officer}")]).parting(),
];

/// Routes that are not asked, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    (
        routes::SimulatorHome::PATTERN,
        "the simulator is registered by the demonstration only, whose data are nobody's",
    ),
    (routes::SimulatorLetters::PATTERN, "as above"),
    (routes::SimulatorPhone::PATTERN, "as above"),
    (routes::SimulatorPart::PATTERN, "as above"),
    (routes::SimulatorApi::PATTERN, "as above"),
    (routes::SimulatorMedium::PATTERN, "as above"),
];

/// The steps that requests and papers have, as the pages register them.
pub fn registered_steps() -> Vec<String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src/web/kantor/permohonan/mod.rs");
    let source = std::fs::read_to_string(file).unwrap();
    let mut steps: Vec<String> = source
        .split(".route(post(\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    steps.sort();
    steps
}
