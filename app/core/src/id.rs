//! The identifiers of everything that has a row.

id!(/// An office (tenant). Leads every key of a row that belongs to an office.
    OfficeId);
id!(/// A unit inside an office: UPTD, kecamatan desk, desa desk, counter.
    UnitId);
id!(/// A person who signs in.
    UserId);
id!(/// A user's place in an office, a province or the platform.
    MembershipId);
id!(/// An invitation to work in an office.
    InvitationId);
id!(/// A letter by which somebody acts for the head.
    DelegationId);
id!(/// A signed-in browser; the `jti` of its cookie.
    SessionId);
id!(/// A WhatsApp app (Meta's): one webhook path, one app secret.
    AppId);
id!(/// A WhatsApp number of an office.
    NumberId);
id!(/// A ready answer of an office.
    QuickReplyId);
id!(/// A citizen as an office knows them.
    ContactId);
id!(/// One address of a contact: phone, wa_id or BSUID.
    IdentityId);
id!(/// What one contact and one number said to each other.
    ConversationId);
id!(/// One message in or out.
    MessageId);
id!(/// One delivery state a message reached.
    MessageStatusId);
id!(/// Something that Meta stores for us to fetch.
    MediaId);
id!(/// A file in the office's store.
    FileId);
id!(/// A service an office offers.
    ServiceId);
id!(/// A variant of a service: KTP-el hilang, rusak, pemula.
    VariantId);
id!(/// A paper that a variant asks for.
    RequirementId);
id!(/// An edition of something that an office configures.
    EditionId);
id!(/// A tracked request.
    RequestId);
id!(/// One line of a request's history.
    RequestEventId);
id!(/// A paper of one request.
    PaperId);
id!(/// A line that waits for its identity numbers.
    EntryLinkId);
id!(/// A desa, kecamatan or school that hands in lines for citizens.
    TrustedSenderId);
id!(/// That a request was handed on to another office, or came from one.
    ForwardingId);
id!(/// Something that keeps an office from working.
    OutageId);
id!(/// A line of the history of an outage.
    OutageEventId);
id!(/// Something that an office prints with, at one place.
    StockItemId);
id!(/// A line of the ledger of stock.
    StockEntryId);
id!(/// A piece of equipment.
    EquipmentId);
id!(/// A line of the history of a piece of equipment.
    EquipmentEntryId);
id!(/// A place where citizens collect things.
    PickupPointId);
id!(/// That something was handed over.
    HandoverId);
id!(/// An appointment.
    AppointmentId);
id!(/// Something that is ready and was sent.
    ConsignmentId);
id!(/// A round of home visits.
    VisitRoundId);
id!(/// A visit of a round.
    VisitId);
id!(/// A line of the audit trail.
    AuditId);
id!(/// One webhook body as it came in.
    DeliveryId);
id!(/// A job in the queue.
    JobId);
id!(/// A line of counted facts.
    FactId);
