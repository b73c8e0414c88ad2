//! Tracked requests: from a citizen's message to a finished document.
//!
//! Each use case loads the request, asks the policy, decides by the pure machine of
//! `loket_core::request`, saves with a version check, writes a line of history and of audit, and queues
//! what the citizen is told, all in the operation's one transaction.

mod answer;
mod answer_in;
mod appointing;
mod appointing_eve;
mod ask;
mod care;
mod close;
mod collecting;
mod collecting_day;
mod compensation;
mod complete;
mod confirm;
mod cursor;
mod due;
mod entry;
mod error;
mod files;
mod follow_merge;
mod form;
mod forwarding;
mod hand_over;
mod history;
mod intake;
mod lessons;
mod link;
mod of_contact;
mod open;
mod open_at_desk;
mod open_from;
#[cfg(test)]
mod opening_tests;
mod outage_news;
mod papers;
mod placed;
mod places;
mod prepared;
mod product;
mod queue;
mod raised;
mod reading;
mod receipts;
mod recount;
mod reminding;
mod reveal;
mod search;
mod sending;
mod sheet;
mod similar;
mod stale;
mod stopped;
mod store;
mod suggest;
mod take;
mod telling;
mod token;
mod touched;
mod trial;
mod understand;
mod views;
mod visiting;
mod visiting_results;
mod watch;
mod web;

pub use answer::answer;
pub use answer_in::answer_in;
pub use appointing::{Appointing, Appointments, cancel_appointment, offer_appointment, record_attendance};
pub use appointing_eve::remind_appointments;
pub use ask::ask;
pub use care::{CareNote, CareView, forget_care, note_care};
pub use close::{cancel, refuse, reopen};
pub use collecting::{Reaching, Ready, mark_ready, reschedule};
pub use collecting_day::{Attending, Moved, attending_on, collecting_on, count_waiting_on, move_day};
pub use compensation::{
    CompensationGiven, CompensationLetter, CompensationLine, CompensationMonth, CompensationOffer,
    CompensationPage, CompensationView, Offering, answer_compensation, compensation_counts,
    compensation_letter, compensation_month, compensations, compensations_owed, give_compensation,
    offer_compensation, waive_compensation,
};
pub use complete::declare_complete;
pub use cursor::Cursor;
pub use due::{ClockView, PromiseView};
pub use entry::Entry;
pub use error::RequestError;
pub use files::{FileSeen, file, may_handle, open_file};
pub use follow_merge::follow_merge;
pub use form::{RECIPIENT, desk_form_of, full_form_of};
pub use forwarding::{
    Destination, ForwardingView, Onward, PassOn, TellBack, forward, hear, heard, news, onward, parcel,
    receive,
};
pub use hand_over::{HandOver, hand_over, in_hands_of};
pub use history::EventView;
pub use intake::read_conversation;
pub use link::is_due as asks_behind_a_link;
pub use link::{LinkDue, LinkState, LinkView, complete_link, forget_links, linked, tell_link};
pub use of_contact::of_contact;
pub use open::{HANDED_IN_BY, NewRequest, Opened, open};
pub use open_at_desk::{DESK_CHANNELS, DeskEntry, open_at_desk};
pub use open_from::open_from_conversation;
pub use outage_news::{Audience, audience, outage_sample, tell_of_outage};
pub use papers::{accept, reject, use_for};
pub use placed::{Placed, placed};
pub use prepared::Prepared;
pub use product::{Ending, finish, record_product};
pub use queue::{Beside, COUNTED, Counted, QueueCounts, QueuePage, QueueTab, queue, queue_counts};
pub use raised::{Raised, raised};
pub use reading::Reader;
pub use recount::recount;
pub use reminding::remind_collecting;
pub use reveal::{Purpose, reveal};
pub use search::{Found, search};
pub use sending::{
    Consigning, ConsignmentLine, ConsignmentList, ConsignmentSheet, ConsignmentSheetLine, MOST_CONSIGNMENTS,
    Reported, acknowledge_consignment, acknowledge_consignments, consignment_sheet, consignments_ended,
    consignments_standing, deliver_consignment, return_consignment, send_consignment, tell_consignments,
};
pub use sheet::{CheckedRow, OpenedRow, SheetEntry, SheetError, check_sheet, open_sheet};
pub use similar::{SIMILAR_WITHIN, Similar};
pub use stopped::{StoppedRow, stopped};
pub use store::{late, open as still_open, unowned};
pub use suggest::{Suggested, SuggestedField};
pub use take::{take, take_next};
pub use telling::label as service_label;
pub use token::form_key;
pub use touched::{TouchedDay, touched_days};
pub use trial::{MOST_TRIED, Trial, trial, try_line};
pub use understand::{Around, Understood, understand};
pub use views::{PaperView, QueueRow, RequestView, attachments_of, request, rows};
pub use visiting::{
    Reached, SheetLine, Visited, cancel_round, change_round, put_on_round, take_off_round, visit_sheet,
    visits_on, waiting_for_visit,
};
pub use visiting_results::{VisitSaid, close_round, record_visits, visited_by_reason};
pub use watch::watch;
pub use web::{WebEntry, WebReceipt, open_from_web, receipt_token, web_form_of, web_receipt};
