//! One office, one relay, no surprises: runs until the long poll or a rest.

use crate::model::Model;
use crate::office::{Office, REGION};
use radrum_sync::{
    Action, Answer, Bearer, Event, Instant, KnownRoster, Relay, Request, RequestId, Status,
};
use radrum_wire::AuthKey;

pub struct Driver {
    pub relay: Relay,
    pub now: Instant,
    /// The long poll that is open.
    pub wait: Option<RequestId>,
    pub alarm_ms: u64,
    pub requests: Vec<(Request, Option<Bearer>)>,
    pub answers: Vec<Answer>,
    pub status: Option<Status>,
    /// Signed here, and told, while the request of this name is under way.
    pub meanwhile: Option<(&'static str, KnownRoster)>,
}

pub fn machine(office: &Office, seed: u64) -> Relay {
    Relay::new(
        REGION,
        AuthKey::from_bytes([4; 32]),
        office.memory.clone(),
        seed,
    )
}

impl Driver {
    pub fn new(office: &Office) -> Self {
        Self {
            relay: machine(office, 5),
            now: Instant(1_800_000_000_000),
            wait: None,
            alarm_ms: 0,
            requests: Vec::new(),
            answers: Vec::new(),
            status: None,
            meanwhile: None,
        }
    }

    /// Tells an event, and answers every request but the long poll.
    pub fn tell(&mut self, event: Event, office: &mut Office, model: &mut Model) {
        let mut events = vec![event];
        let mut turns = 0;
        while let Some(event) = events.pop() {
            turns += 1;
            assert!(turns < 10_000, "the round does not end");
            self.now.0 += 20;
            let actions = self.relay.handle(event, self.now, office);
            assert!(actions.len() <= 5, "{actions:?}");
            for action in actions {
                match action {
                    Action::Send {
                        id,
                        request,
                        bearer,
                        ..
                    } => {
                        if matches!(request, Request::Wait { .. }) {
                            self.wait = Some(id);
                        } else {
                            let answer = model.answer(&request);
                            self.answers.push(answer.clone());
                            events.push(Event::Answered(id, answer));
                            if let Some((_, roster)) =
                                self.meanwhile.take_if(|(of, _)| *of == name(&request))
                            {
                                office.roster = Some(roster);
                                events.push(Event::Written);
                            }
                        }
                        self.requests.push((request, bearer));
                    }
                    Action::Cancel(id) => self.wait = self.wait.filter(|wait| *wait != id),
                    Action::Alarm(ms) => self.alarm_ms = ms,
                    Action::Show(status) => self.status = Some(status),
                }
            }
        }
    }

    pub fn start(&mut self, office: &mut Office, model: &mut Model) {
        self.tell(Event::Started, office, model);
    }

    /// Answers the long poll, if there is news.
    pub fn wake(&mut self, office: &mut Office, model: &mut Model) {
        if let Some(id) = self.wait.take() {
            let answer = model.answer(&Request::Wait {
                after: 0,
                seconds: 0,
            });
            self.tell(Event::Answered(id, answer), office, model);
        }
    }

    /// Lets the alarm go off.
    pub fn pass(&mut self, office: &mut Office, model: &mut Model) {
        self.now.0 += i64::try_from(self.alarm_ms).expect("short");
        self.tell(Event::Alarm, office, model);
    }

    pub fn names(&self) -> Vec<&'static str> {
        self.requests
            .iter()
            .map(|(request, _)| name(request))
            .collect()
    }

    pub fn status(&self) -> Status {
        self.status.expect("a status was shown")
    }
}

pub const fn name(request: &Request) -> &'static str {
    match request {
        Request::Challenge(_) => "challenge",
        Request::Token(_) => "token",
        Request::State => "state",
        Request::Pull { .. } => "pull",
        Request::Push(_) => "push",
        Request::Heads => "heads",
        Request::Ranges(_) => "ranges",
        Request::PutSlot { .. } => "put slot",
        Request::Slots => "slots",
        Request::PutRoster(_) => "put roster",
        Request::Snapshot { .. } => "snapshot",
        Request::PushSnapshot(_) => "push snapshot",
        Request::Drop(_) => "drop",
        Request::Issuer => "issuer",
        Request::Tokens(_) => "tokens",
        Request::Anonymous(_) => "anonymous",
        Request::Mail(_) => "mail",
        Request::Hints(_) => "hints",
        Request::Wait { .. } => "wait",
    }
}
