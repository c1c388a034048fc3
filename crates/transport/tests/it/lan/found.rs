//! Devices that find each other by themselves. Multicast on this computer alone is enough; where
//! the system has none, the road says so, and the unit tests of what is heard and of whom to
//! call stand for the rest.

use super::office::{LanOffice, are_equal};
use crate::desk::until;
use radrum_transport::{Discovery, Finding, LanProblem, LanStatus};

fn announced(number: u8) -> LanOffice {
    let mut office = LanOffice::new(number);
    office.office().write_many(5);
    let mut config = office.config();
    config.discovery = Discovery::ThisComputer;
    office.start(config).expect("road");
    office
}

fn is_settled(office: &LanOffice) -> bool {
    let is_settled =
        |status: &LanStatus| status.finding == Finding::On || status.finding == Finding::Impossible;
    office.statuses().last().is_some_and(is_settled)
}

#[test]
fn two_offices_find_each_other_and_keep_one_line() {
    let (mut a, b) = (announced(1), announced(2));
    until("settled", || is_settled(&a) && is_settled(&b));
    if [&a, &b]
        .iter()
        .any(|office| office.status().finding == Finding::Impossible)
    {
        let problem = a.status().problem.or(b.status().problem);
        assert_eq!(problem, Some(LanProblem::NoMulticast));
        println!("no multicast here");
        return;
    }
    until("the same", || a.count() == 10 && are_equal(&[&a, &b]));
    for office in [&a, &b] {
        let lines = office.statuses().iter().map(|status| status.lines).max();
        assert_eq!(lines, Some(1));
    }
    b.write(1);
    until("news", || a.count() == 11);
    a.stop();
    b.until_lines(0);
}
