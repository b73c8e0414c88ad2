//! The fixed words of tables that no single rule owns: kinds of offices, roles, actors, media.

words!(/// What an office is.
    OfficeKind {
    /// Dinas Kependudukan dan Pencatatan Sipil of a kabupaten or kota.
    Dinas = "dinas",
    /// A kecamatan office with services of its own.
    Kecamatan = "kecamatan",
});

impl OfficeKind {
    /// What its head is called.
    pub const fn head(self) -> &'static str {
        match self {
            Self::Dinas => "Kepala Dinas",
            Self::Kecamatan => "Camat",
        }
    }
}

words!(/// Whether an office is at work.
    OfficeStatus {
    /// Entered, and not opened yet.
    New = "new",
    /// Being set up, or training.
    Trial = "trial",
    /// Serving citizens.
    Live = "live",
    /// Suspended: inbound is kept, nobody signs in.
    Suspended = "suspended",
});

words!(/// What an office lets Loket answer by itself.
    ReplyMode {
    /// Nothing but receipts: a person answers everything else, with what Loket has prepared.
    Officer = "officer",
    /// Also what is wrong with a line, and questions that are certain.
    Assisted = "assisted",
});

impl ReplyMode {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Officer => "Petugas",
            Self::Assisted => "Terbantu",
        }
    }

    /// What it means, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Officer => {
                "Loket hanya mengirim tanda terima. Balasan lain disiapkan untuk petugas dan terkirim setelah petugas menekan Kirim."
            }
            Self::Assisted => {
                "Loket juga menjelaskan format yang keliru beserta baris untuk disalin, dan menjawab sendiri pertanyaan tentang syarat, jam, lokasi, dan status bila maksudnya pasti."
            }
        }
    }
}

words!(/// What a unit of an office is.
    UnitKind {
    /// The counters of the main office.
    Counter = "counter",
    /// A branch (UPTD).
    Branch = "branch",
    /// A kecamatan desk.
    DistrictDesk = "district_desk",
    /// A desa desk.
    VillageDesk = "village_desk",
});

impl UnitKind {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Counter => "Loket kantor",
            Self::Branch => "UPTD",
            Self::DistrictDesk => "Meja kecamatan",
            Self::VillageDesk => "Meja desa/kelurahan",
        }
    }
}

words!(/// Whether an account may sign in.
    AccountStatus {
    /// It may.
    Active = "active",
    /// It was closed.
    Closed = "closed",
});

words!(/// A preset of permissions; see `loket::domain::accounts::rules`.
    Role {
    /// Kepala Dinas, or Camat.
    Head = "head",
    /// Kepala Bidang / Ketua Tim.
    Supervisor = "supervisor",
    /// Operator of services or numbers.
    Operator = "operator",
    /// Petugas pengaduan.
    ComplaintOfficer = "complaint_officer",
    /// Petugas kecamatan/desa.
    DeskOfficer = "desk_officer",
    /// Admin kantor.
    OfficeAdmin = "office_admin",
    /// Admin provinsi.
    ProvinceAdmin = "province_admin",
    /// Inspektorat, or an outside assessor.
    Inspector = "inspector",
    /// Admin platform.
    PlatformAdmin = "platform_admin",
});

impl Role {
    /// What the interface calls the role in a Dinas.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Head => "Kepala kantor",
            Self::Supervisor => "Kepala Bidang / Ketua Tim",
            Self::Operator => "Operator",
            Self::ComplaintOfficer => "Petugas pengaduan",
            Self::DeskOfficer => "Petugas kecamatan/desa",
            Self::OfficeAdmin => "Admin kantor",
            Self::ProvinceAdmin => "Admin provinsi",
            Self::Inspector => "Pengawas",
            Self::PlatformAdmin => "Admin platform",
        }
    }
}

words!(/// How an invitation ended.
    InvitationOutcome {
    /// It was accepted.
    Accepted = "accepted",
    /// It was taken back.
    Withdrawn = "withdrawn",
});

words!(/// Who did something.
    ActorKind {
    /// A signed-in officer.
    Officer = "officer",
    /// A citizen, by what they sent.
    Citizen = "citizen",
    /// Loket itself: a job or a schedule.
    System = "system",
    /// Somebody not signed in, at the web's door.
    Visitor = "visitor",
});

words!(/// What an address of a contact is.
    IdentityKind {
    /// The digits Meta sends as `wa_id`: a phone number without `+`.
    WaId = "wa_id",
    /// A business-scoped user id.
    Bsuid = "bsuid",
});

words!(/// Which side of a forwarding an office is on.
    ForwardingWay {
    /// It handed the request on, and keeps the citizen.
    Out = "out",
    /// It was given the request, and works on it.
    In = "in",
});

words!(/// Which way a message went.
    Direction {
    /// From the citizen.
    In = "in",
    /// To the citizen.
    Out = "out",
});

words!(/// How far a citizen's attachment has come.
    MediaState {
    /// Meta has it, we do not yet.
    Pending = "pending",
    /// It lies in the office's store.
    Stored = "stored",
    /// It was fetched and refused: type, size or content.
    Refused = "refused",
    /// Meta no longer gives it.
    Lost = "lost",
});

words!(/// How far a webhook body has come.
    DeliveryStage {
    /// Stored, not read yet (or being read).
    Waiting = "waiting",
    /// Every item was handled or set aside.
    Done = "done",
    /// It could not be read at all.
    Quarantined = "quarantined",
});

words!(/// What became of one item of a webhook body.
    ItemOutcome {
    /// It had its effect.
    Handled = "handled",
    /// It had had its effect before.
    Repeated = "repeated",
    /// Kept, shown, and waiting for nobody: a notice we do not act on yet.
    Kept = "kept",
    /// Could not be understood; somebody must look.
    Quarantined = "quarantined",
});

words!(/// Whether a job is still to run.
    JobState {
    /// It will run at `run_at`.
    Queued = "queued",
    /// It failed for good and waits for a person.
    Parked = "parked",
});

words!(/// How a service's product reaches the citizen.
    OutputDelivery {
    /// A signed PDF over WhatsApp.
    Pdf = "pdf",
    /// A card, collected.
    Pickup = "pickup",
    /// A status that is told.
    Status = "status",
});

impl OutputDelivery {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF bertanda tangan elektronik lewat WhatsApp",
            Self::Pickup => "diambil",
            Self::Status => "diberitahukan",
        }
    }
}
