use radrum_wire::WireError;
use radrum_wire::lan::{MESSAGE_LENGTH_BYTES, Message};

/// What came on a line and has not been taken. It grows with what came, never by what a length
/// promises.
#[derive(Debug, Default)]
pub(super) struct Inbox(Vec<u8>);

impl Inbox {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next message, when all of it is here.
    ///
    /// # Errors
    /// A length that no message has.
    pub(super) fn take(&mut self) -> Result<Option<Vec<u8>>, WireError> {
        let Some(length) = self.0.first_chunk::<MESSAGE_LENGTH_BYTES>() else {
            return Ok(None);
        };
        let end = MESSAGE_LENGTH_BYTES + Message::read_length(*length)?;
        if self.0.len() < end {
            return Ok(None);
        }
        let rest = self.0.split_off(end);
        let mut message = std::mem::replace(&mut self.0, rest);
        message.drain(..MESSAGE_LENGTH_BYTES);
        Ok(Some(message))
    }
}

#[cfg(test)]
mod tests {
    use super::Inbox;
    use radrum_wire::WireError;
    use radrum_wire::lan::Message;

    fn framed(message: &[u8]) -> Vec<u8> {
        let length = Message::write_length(message.len()).expect("length");
        [&length[..], message].concat()
    }

    #[test]
    fn messages_come_out_whole_however_they_are_cut() {
        let messages: [&[u8]; 3] = [b"\x05", b"\x04abc", &[7; 300]];
        let all: Vec<u8> = messages
            .iter()
            .flat_map(|message| framed(message))
            .collect();
        for piece in 1..all.len() {
            let (mut inbox, mut taken) = (Inbox::default(), Vec::new());
            for bytes in all.chunks(piece) {
                inbox.push(bytes);
                while let Some(message) = inbox.take().expect("sound") {
                    taken.push(message);
                }
            }
            assert_eq!(taken, messages);
            assert!(inbox.0.is_empty());
        }
    }

    #[test]
    fn a_length_that_promises_much_takes_no_room_and_one_over_the_limit_is_refused() {
        let mut inbox = Inbox::default();
        let most = u32::try_from(Message::BYTES_MAX).expect("small");
        inbox.push(&most.to_be_bytes());
        assert_eq!(inbox.take(), Ok(None));
        assert!(inbox.0.capacity() < 64);
        for (length, error) in [(most + 1, WireError::TooLarge), (0, WireError::Truncated)] {
            let mut inbox = Inbox::default();
            inbox.push(&length.to_be_bytes());
            assert_eq!(inbox.take(), Err(error));
        }
    }
}
