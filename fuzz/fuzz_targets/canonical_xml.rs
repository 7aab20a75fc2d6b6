//! Any text: its canonical form is its own canonical form.
#![no_main]

use dcc_xml::{canonical, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes) else { return };
    if let Ok(form) = canonical(&text, true)
        && let Ok(again) = std::str::from_utf8(&form)
        && let Ok(second) = canonical(again, true)
    {
        assert_eq!(second, form);
    }
});
