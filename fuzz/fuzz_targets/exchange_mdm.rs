//! Any bytes as an MDM message, an ACK or a ZAM.
#![no_main]

use dcc_exchange::mdm::{Answer, acknowledge, read};
use dcc_hl7v2::{Message, ReadOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions::default();
    let _ = read(bytes, &options);
    let _ = Answer::read(bytes, &options);
    if let Ok(message) = Message::read(bytes, &options) {
        let _ = acknowledge(&message, "1", Default::default(), Some("904"));
    }
});
