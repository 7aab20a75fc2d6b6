//! Frames of the *Minimal Lower Layer Protocol*: `0B` message `1C 0D`.
//!
//! Bytes only: the host opens the connection.
//!
//! ```
//! use dcc_hl7v2::mllp::{Decoder, frame};
//!
//! let mut decoder = Decoder::new(1 << 20);
//! decoder.push(&frame(b"MSH|^~\\&|")[..5]);
//! assert!(decoder.next().is_none());
//! decoder.push(&frame(b"MSH|^~\\&|")[5..]);
//! assert_eq!(decoder.next().unwrap().unwrap(), b"MSH|^~\\&|");
//! ```

use std::collections::VecDeque;

use dcc_base::problem::Problem;

use crate::rules;

const START: u8 = 0x0B;
const END: u8 = 0x1C;
const RETURN: u8 = 0x0D;

/// A message in its frame.
pub fn frame(message: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(message.len() + 3);
    frame.push(START);
    frame.extend_from_slice(message);
    frame.extend([END, RETURN]);
    frame
}

/// Takes the messages out of a stream of bytes, however it is cut.
///
/// After a fault the decoder goes on at the next frame.
#[derive(Debug)]
pub struct Decoder {
    max_bytes: usize,
    state: State,
    content: Vec<u8>,
    stray: usize,
    ready: VecDeque<Result<Vec<u8>, Problem>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Outside,
    Inside,
    /// Inside, after `1C`.
    Ending,
    /// The message was too large: its end is waited for.
    Skipping,
}

impl Decoder {
    /// A decoder of messages of at most `max_bytes`.
    pub fn new(max_bytes: usize) -> Self {
        Decoder {
            max_bytes,
            state: State::Outside,
            content: Vec::new(),
            stray: 0,
            ready: VecDeque::new(),
        }
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match (self.state, byte) {
                (State::Outside, START) => self.open(),
                // line ends between frames are common and harmless
                (State::Outside, b'\r' | b'\n') => {}
                (State::Outside, _) => self.stray += 1,
                (State::Inside | State::Ending, START) => {
                    self.fault("une trame commence avant la fin de la précédente");
                    self.open();
                }
                (State::Inside, END) => self.state = State::Ending,
                (State::Ending, RETURN) => {
                    self.ready.push_back(Ok(std::mem::take(&mut self.content)));
                    self.state = State::Outside;
                }
                (State::Ending, END) => self.keep(END, State::Ending),
                (State::Ending, _) => {
                    self.keep(END, State::Inside);
                    if self.state == State::Inside {
                        self.keep(byte, State::Inside);
                    }
                }
                (State::Inside, _) => self.keep(byte, State::Inside),
                (State::Skipping, START) => self.open(),
                (State::Skipping, _) => {}
            }
        }
    }

    /// The next message, or the next fault; none until more bytes come.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Option<Result<Vec<u8>, Problem>> {
        self.ready.pop_front()
    }

    /// Bytes of a message begun and not ended: what a connection that closes loses.
    pub fn pending(&self) -> usize {
        self.content.len()
    }

    fn open(&mut self) {
        if self.stray > 0 {
            let lost = format!("{} octets hors trame", self.stray);
            self.ready
                .push_back(Err(Problem::new(&rules::FRAME, "").found(lost)));
            self.stray = 0;
        }
        self.content.clear();
        self.state = State::Inside;
    }

    fn fault(&mut self, message: &str) {
        let lost = format!("{} octets", self.content.len());
        self.ready.push_back(Err(Problem::new(&rules::FRAME, "")
            .message(message)
            .found(lost)));
    }

    fn keep(&mut self, byte: u8, next: State) {
        if self.content.len() >= self.max_bytes {
            let told = Problem::new(&rules::LIMIT, "")
                .allowed([format!("{} octets au plus", self.max_bytes)]);
            self.ready.push_back(Err(told));
            self.content = Vec::new();
            self.state = State::Skipping;
            return;
        }
        self.content.push(byte);
        self.state = next;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(decoder: &mut Decoder) -> Vec<Result<Vec<u8>, &'static str>> {
        std::iter::from_fn(|| decoder.next())
            .map(|r| r.map_err(|p| p.code))
            .collect()
    }

    #[test]
    fn faults_do_not_stop_the_stream() {
        let mut decoder = Decoder::new(4);
        decoder.push(b"xx\x0Bab\x0Bcd\x1C\r\r\n\x0Bab\x1Cc\x1C\r\x0Babcde\x1C\r\x0Be\x1C\r");
        let told = all(&mut decoder);
        assert_eq!(
            told,
            [
                Err("HL7-TRAME"),
                Err("HL7-TRAME"),
                Ok(b"cd".to_vec()),
                Ok(b"ab\x1Cc".to_vec()),
                Err("HL7-LIMITE"),
                Ok(b"e".to_vec())
            ]
        );
        decoder.push(b"\x0Bab");
        assert_eq!(decoder.pending(), 2);
    }

    proptest! {
        #[test]
        fn messages_come_out_however_the_stream_is_cut(
            messages in proptest::collection::vec("[a-z|\r]{0,20}", 0..6), cut in 1usize..7) {
            let stream: Vec<u8> = messages.iter().flat_map(|m| frame(m.as_bytes())).collect();
            let mut decoder = Decoder::new(64);
            for piece in stream.chunks(cut) {
                decoder.push(piece);
            }
            let expected: Vec<_> = messages.iter().map(|m| Ok(m.as_bytes().to_vec())).collect();
            prop_assert_eq!(all(&mut decoder), expected);
        }

        #[test]
        fn any_stream_is_bounded(bytes in proptest::collection::vec(prop_oneof![Just(START), Just(END), Just(RETURN), any::<u8>()], 0..200)) {
            let mut decoder = Decoder::new(16);
            decoder.push(&bytes);
            for message in all(&mut decoder).into_iter().flatten() {
                prop_assert!(message.len() <= 16);
            }
        }
    }
}
