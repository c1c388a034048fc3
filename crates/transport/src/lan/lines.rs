//! Which lines there are: one with each device, and few with strangers.

use super::calls::Up;
use radrum_wire::AuthKey;
use radrum_wire::lan::Side;
use std::collections::BTreeMap;
use std::net::IpAddr;
use tokio::sync::oneshot;

/// Most lines with other devices at a time.
const LINES_MAX: usize = 64;

/// Most callers at a time who have not proved who they are.
const KNOCKING_MAX: usize = 32;

/// Most of them from one computer.
const KNOCKING_FROM_ONE_MAX: usize = 4;

/// Lines, and who waits at the door.
#[derive(Debug)]
pub(super) struct Lines {
    own: AuthKey,
    open: BTreeMap<AuthKey, Open>,
    knocking: BTreeMap<IpAddr, usize>,
    admitted: u64,
}

#[derive(Debug)]
struct Open {
    number: u64,
    side: Side,
    from: IpAddr,
    /// Dropped when another line takes its place.
    _stays: oneshot::Sender<()>,
}

/// A line that may go on.
#[derive(Debug)]
pub(super) struct Admitted {
    number: u64,
    /// Ends when another line with the same device has taken its place.
    pub(super) replaced: oneshot::Receiver<()>,
}

impl Lines {
    pub(super) const fn new(own: AuthKey) -> Self {
        Self {
            own,
            open: BTreeMap::new(),
            knocking: BTreeMap::new(),
            admitted: 0,
        }
    }

    /// Lets a caller to the door; false when too many stand there.
    pub(super) fn knocks(&mut self, from: IpAddr) -> bool {
        let all: usize = self.knocking.values().sum();
        let here = self.knocking.entry(from).or_default();
        let is_let = all < KNOCKING_MAX && *here < KNOCKING_FROM_ONE_MAX;
        if is_let {
            *here += 1;
        } else if *here == 0 {
            self.knocking.remove(&from);
        }
        is_let
    }

    /// A caller has gone from the door, in or away.
    pub(super) fn left(&mut self, from: IpAddr) {
        if let Some(here) = self.knocking.get_mut(&from) {
            *here = here.saturating_sub(1);
            if *here == 0 {
                self.knocking.remove(&from);
            }
        }
    }

    /// A line whose other end has proved this key. None when the one that is there stays, or
    /// when there are too many.
    pub(super) fn admit(&mut self, key: AuthKey, side: Side, from: IpAddr) -> Option<Admitted> {
        match self.open.get(&key) {
            Some(open) if open.side != side && !self.is_called_by_lower(key, side) => return None,
            None if self.open.len() >= LINES_MAX => return None,
            _ => {}
        }
        let (stays, replaced) = oneshot::channel();
        self.admitted += 1;
        let number = self.admitted;
        let open = Open {
            number,
            side,
            from,
            _stays: stays,
        };
        self.open.insert(key, open);
        Some(Admitted { number, replaced })
    }

    /// Both ends come to the same, in whatever order they meet the two lines.
    fn is_called_by_lower(&self, key: AuthKey, side: Side) -> bool {
        match side {
            Side::Caller => self.own < key,
            Side::Called => key < self.own,
        }
    }

    /// That line is closed; the one that took its place is not.
    pub(super) fn closed(&mut self, key: AuthKey, line: &Admitted) {
        if self
            .open
            .get(&key)
            .is_some_and(|open| open.number == line.number)
        {
            self.open.remove(&key);
        }
    }

    pub(super) fn count(&self) -> usize {
        self.open.len()
    }

    pub(super) fn up(&self) -> Up {
        Up {
            keys: self.open.keys().copied().collect(),
            from: self.open.values().map(|open| open.from).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Admitted, KNOCKING_FROM_ONE_MAX, KNOCKING_MAX, LINES_MAX, Lines};
    use radrum_wire::AuthKey;
    use radrum_wire::lan::Side;
    use std::net::IpAddr;

    fn key(number: u8) -> AuthKey {
        AuthKey::from_bytes([number; 32])
    }

    fn from(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    fn is_replaced(line: &mut Admitted) -> bool {
        let closed = tokio::sync::oneshot::error::TryRecvError::Closed;
        line.replaced.try_recv() == Err(closed)
    }

    /// Both ends of two lines, one called by each, met in any order.
    #[test]
    fn of_two_lines_both_ends_keep_the_one_that_the_lower_key_called() {
        for lower_first_here in [false, true] {
            for lower_first_there in [false, true] {
                let (mut lower, mut higher) = (Lines::new(key(1)), Lines::new(key(2)));
                let kept = |lines: &mut Lines, other: u8, good: Side, good_first: bool| {
                    let (other, bad) = (key(other), good.other());
                    let (one, two) = if good_first { (good, bad) } else { (bad, good) };
                    let mut first = lines.admit(other, one, from(1)).expect("alone");
                    let second = lines.admit(other, two, from(1));
                    assert_eq!(is_replaced(&mut first), !good_first);
                    assert_eq!(second.is_some(), !good_first);
                    assert_eq!(lines.count(), 1);
                };
                kept(&mut lower, 2, Side::Caller, lower_first_here);
                kept(&mut higher, 1, Side::Called, lower_first_there);
            }
        }
    }

    #[test]
    fn who_calls_again_has_lost_the_line_before_and_gets_the_new_one() {
        for (own, side) in [(1, Side::Caller), (1, Side::Called), (3, Side::Caller)] {
            let mut lines = Lines::new(key(own));
            let mut first = lines.admit(key(2), side, from(2)).expect("alone");
            let mut second = lines.admit(key(2), side, from(2)).expect("again");
            assert!(is_replaced(&mut first) && !is_replaced(&mut second));
            // The end of the first says nothing about the second.
            lines.closed(key(2), &first);
            assert_eq!(lines.count(), 1);
            lines.closed(key(2), &second);
            assert_eq!(lines.count(), 0);
        }
    }

    #[test]
    fn there_is_room_for_so_many_lines() {
        let mut lines = Lines::new(key(255));
        let open: Vec<_> = (0..100)
            .filter_map(|number| lines.admit(key(number), Side::Called, from(number)))
            .collect();
        assert_eq!((open.len(), lines.count()), (LINES_MAX, LINES_MAX));
        // One that is there may still call anew.
        assert!(lines.admit(key(0), Side::Called, from(0)).is_some());
        assert_eq!(lines.count(), LINES_MAX);
    }

    #[test]
    fn one_computer_cannot_fill_the_door() {
        let mut lines = Lines::new(key(1));
        let let_in = (0..100).filter(|_| lines.knocks(from(1))).count();
        assert_eq!(let_in, KNOCKING_FROM_ONE_MAX);
        assert!(lines.knocks(from(2)));
        lines.left(from(1));
        assert!(lines.knocks(from(1)));
        let many = (3..200).filter(|last| lines.knocks(from(*last))).count();
        assert_eq!(many, KNOCKING_MAX - KNOCKING_FROM_ONE_MAX - 1);
        assert_eq!(lines.knocking.len(), 2 + many);
        for last in 0..=255 {
            (0..5).for_each(|_| lines.left(from(last)));
        }
        assert!(lines.knocking.is_empty());
    }
}
