//! HL7 v2 messages in ER7, the form with vertical bars: read with positions,
//! written exactly, whatever the message means.
//!
//! - [`Message`]: a message as read; [`Segment`] and [`Element`] look into it
//! - [`Path`]: the place of a value, `PID-3(2).4.1`, which is also the path of
//!   a [`Problem`](dcc_base::problem::Problem)
//! - [`Draft`]: a message to write
//! - [`Delimiters`]: what MSH-1 and MSH-2 declare, with [`mod@escape`]
//! - [`Charset`]: what MSH-18 declares: UTF-8, 8859/15, 8859/1, ASCII
//! - [`Ack`]: the answer to any message: MSH, MSA, ERR
//! - [`mllp`]: frames of the *Minimal Lower Layer Protocol*
//! - [`split`]: the messages of a file that holds several
//! - [`rules`]: what can be wrong with a message
//!
//! Nothing here knows what a message is for: profiles are the matter of the
//! crates above.
//!
//! ```
//! use dcc_hl7v2::{Draft, Message, ReadOptions};
//!
//! let bytes = b"MSH|^~\\&|RIS|CH|DPI|CH|20260303||ADT^A28|1|P|2.5\rPID|||42^^^CH&1.2.3&ISO^PI||ESSAI^ANNA\r";
//! let message = Message::read(bytes, &ReadOptions::default())?;
//! let pid = message.segment("PID").unwrap();
//! assert_eq!(pid.field(5).component(2).text(), "ANNA");
//! assert_eq!(pid.field(3).component(4).subcomponent(2).path().to_string(), "PID-3.4.2");
//!
//! let mut draft = Draft::new();
//! draft.segment("MSH").set((9, 1), "ADT").set((9, 2), "A28");
//! draft.segment("PID").set((5, 1), "D'ESSAI & FILS");
//! let written = draft.write()?;
//! assert!(written.ends_with(b"PID|||||D'ESSAI \\T\\ FILS\r"));
//! # Ok::<(), dcc_base::problem::Problems>(())
//! ```

mod ack; // MSH, MSA, ERR
mod charset; // MSH-18
mod delimiters; // MSH-1 and MSH-2
mod draft; // a message to write
pub mod escape; // escape sequences
mod message; // a message as read, and what looks into it
pub mod mllp; // frames
mod path; // PID-3(2).4.1
mod read; // bytes to a message
pub mod rules; // table of rules
mod split; // a file of several messages

pub use ack::{Ack, AckCode};
pub use charset::Charset;
pub use delimiters::Delimiters;
pub use draft::{At, Draft, SegmentDraft};
pub use message::{Element, Message, Segment};
pub use path::Path;
pub use read::ReadOptions;
pub use split::split;
