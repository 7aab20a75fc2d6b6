//! Any bytes as the answer of a FHIR server, then the changes of what it found.
#![no_main]

use dcc_exchange::pdsm::{FhirAnswer, found, update};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = FhirAnswer::read(bytes, 1);
    if let Ok((documents, _)) = found(bytes) {
        for document in &documents {
            let _ = update::make_visible(document, true);
            let _ = update::archive(document, true);
            let _ = update::delete(document);
        }
    }
});
