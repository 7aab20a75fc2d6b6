//! Any bytes as the events of a ledger: what is replayed can be replayed again.
#![no_main]

use dcc_exchange::ledger::{Event, Ledger};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(events) = serde_json::from_slice::<Vec<Event>>(bytes)
        && let Ok(ledger) = Ledger::replay(events)
    {
        let again = Ledger::replay(ledger.events().to_vec());
        assert_eq!(again.ok(), Some(ledger));
    }
});
