//! Any bytes as an XDM package, within small limits.
#![no_main]

use dcc_exchange::xdm::{Limits, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_files: 50,
        max_file_bytes: 1 << 20,
        max_total_bytes: 4 << 20,
    };
    if let Ok(received) = read(bytes, &limits) {
        let total: usize = received.sets.iter().flat_map(|s| &s.documents).map(|d| d.bytes.len()).sum();
        assert!(total <= limits.max_total_bytes);
    }
});
