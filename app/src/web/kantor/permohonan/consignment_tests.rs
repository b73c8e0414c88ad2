//! Which forms the card offers, by how a consignment stands and who looks.

use chrono::TimeDelta;
use loket_core::{consignment::Course, id::RequestId};

use super::*;
use crate::web::kantor::samples;

fn sent(way: ConsignmentWay, state: ConsignmentState, days: i64) -> ConsignmentView {
    let sent_at = samples::now() - TimeDelta::days(days);
    ConsignmentView {
        id: ConsignmentId::NIL,
        request: RequestId::NIL,
        way,
        state,
        point: None,
        destination: "Disdukcapil Kota Kupang".to_owned(),
        carrier: "Pos Indonesia".to_owned(),
        number: "P26".to_owned(),
        note: String::new(),
        receiver: String::new(),
        course: Course {
            sent_at,
            expected_by: Some(sent_at + TimeDelta::days(4)),
            arrived_at: None,
            ended_at: None,
        },
        told: Told::Later,
        collectors: loket_core::handover::Collectors::Proxy,
        reason: None,
        version: 1,
    }
}

fn view(one: Option<ConsignmentView>) -> RequestView {
    let mut view = samples::request();
    view.row.state = RequestState::Ready;
    view.delivery = OutputDelivery::Pickup;
    view.product = None;
    view.row.away = one.is_some();
    view.reach.sent = one.into_iter().map(|one| (one, "Disdukcapil Kota Kupang".to_owned())).collect();
    view
}

fn card(one: Option<ConsignmentView>, works: bool) -> Option<Card> {
    Card::of(&view(one), (&samples::office(), samples::now()), (works, None))
}

fn offered(way: ConsignmentWay, state: ConsignmentState) -> (bool, bool, bool) {
    let steps = card(Some(sent(way, state, 1)), true).and_then(|card| card.steps);
    steps.map_or((false, false, false), |steps| {
        (steps.arrive_href.is_some(), steps.deliver_href.is_some(), !steps.return_href.is_empty())
    })
}

#[test]
fn each_way_has_the_forms_of_its_next_step_and_no_other() {
    use ConsignmentState::{Arrived, Delivered, Returned, UnderWay};
    assert_eq!(offered(ConsignmentWay::Drop, UnderWay), (true, false, true));
    assert_eq!(offered(ConsignmentWay::Courier, UnderWay), (false, true, true));
    assert_eq!(offered(ConsignmentWay::Office, UnderWay), (true, false, true));
    assert_eq!(offered(ConsignmentWay::Office, Arrived), (false, true, true));
    for (way, state) in [
        (ConsignmentWay::Drop, Arrived),
        (ConsignmentWay::Courier, Delivered),
        (ConsignmentWay::Office, Returned),
    ] {
        assert_eq!(offered(way, state), (false, false, false), "{way} {state}");
    }
}

#[test]
fn what_is_here_may_be_sent_and_what_is_under_way_may_not() {
    assert!(card(None, true).is_some_and(|card| card.sending.is_some()));
    let away = sent(ConsignmentWay::Courier, ConsignmentState::UnderWay, 1);
    assert!(card(Some(away), true).is_some_and(|card| card.sending.is_none() && card.late.is_none()));
    let back = sent(ConsignmentWay::Courier, ConsignmentState::Returned, 1);
    assert!(card(Some(back), true).is_some_and(|card| card.sending.is_some()));
    assert!(card(None, false).is_none(), "whoever may not, reads only");
}

#[test]
fn what_nobody_heard_of_says_whom_to_ask() {
    let late = sent(ConsignmentWay::Courier, ConsignmentState::UnderWay, 9);
    let said = card(Some(late), true).and_then(|card| card.late).unwrap_or_default();
    assert!(said.contains("Hubungi Pos Indonesia, lalu catat hasilnya."), "{said}");
}
