//! Any bytes as the answer of a registry, in plain SOAP or MTOM.
#![no_main]

use dcc_exchange::xds::{RegistryAnswer, read_entries};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for kind in ["", "multipart/related; boundary=b"] {
        let _ = RegistryAnswer::read(bytes, kind, &[]);
        let _ = read_entries(bytes, kind);
    }
});
