//! Any bytes as a document to send: its header, then all that leaves.
#![no_main]

use dcc_exchange::cda::Header;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Header::read(bytes, &dcc_xml::Limits::default());
});
