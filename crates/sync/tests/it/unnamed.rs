//! Tokens and posts without a name: asked last, one after the other, and never under a name.

use crate::drive::Driver;
use crate::model::Model;
use crate::office::Office;
use radrum_sync::{Answer, Event, Refused, Request, Unnamed};
use radrum_wire::relay::RefusalCode;

#[test]
fn what_is_without_a_name_goes_when_all_else_is_done_and_shows_no_token() {
    let (mut office, mut model) = (Office::new(1), Model::new());
    office.write_many(3);
    office.unnamed = vec![
        Unnamed::Post(vec![9; 40]),
        Unnamed::Tokens(vec![8; 30]),
        Unnamed::Issuer,
    ];
    let mut driver = Driver::new(&office);
    driver.start(&mut office, &mut model);
    let told = ["issuer [1, 1, 1]", "signed 30", "taken"];
    assert_eq!(office.unnamed_told, told);
    let names = driver.names();
    let at = |name: &str| names.iter().position(|of| *of == name).expect("asked");
    assert!(at("push") < at("issuer") && at("issuer") < at("tokens"));
    assert!(at("tokens") < at("anonymous") && at("anonymous") < at("wait"));
    for (request, bearer) in &driver.requests {
        let unnamed = matches!(
            request,
            Request::Anonymous(_) | Request::Challenge(_) | Request::Token(_)
        );
        assert_eq!(bearer.is_none(), unnamed, "{request:?}");
    }
}

#[test]
fn a_week_without_more_tokens_is_no_reason_to_leave_the_relay_alone() {
    for code in [
        RefusalCode::TooManyRequests,
        RefusalCode::NotFound,
        RefusalCode::Malformed,
    ] {
        let (mut office, mut model) = (Office::new(1), Model::new());
        office.write_many(3);
        let mut driver = Driver::new(&office);
        driver.start(&mut office, &mut model);
        office.unnamed = vec![Unnamed::Tokens(vec![8; 30])];
        driver.requests.clear();
        let woken = model.answer(&Request::Wait {
            after: 0,
            seconds: 0,
        });
        model.refusals.push(Refused {
            code,
            retry_after_s: Some(400_000),
        });
        let id = driver.wait.take().expect("long poll");
        driver.tell(Event::Answered(id, woken), &mut office, &mut model);
        assert_eq!(office.unnamed_told, [format!("refused {code:?} 400000")]);
        assert_eq!(driver.names(), ["tokens", "wait"], "{code:?}");
        assert!(!driver.answers.contains(&Answer::Lost));
    }
}
