//! PPS: to XML and from XML, see [`dcc_benches::document`].
//!
//! `cargo bench -p dcc-benches --bench pps` prints, besides criterion's
//! figures, MB/s and the ratio to each baseline.

use dcc_benches::document::{Timed, bench};
use dcc_core::pps::Pps;

const FULL: &[u8] = include_bytes!("../../dcc-core/examples/data/pps_complet.json");

fn main() {
    let pps = Pps::from_json(FULL).expect("the bundled PPS");
    let xml = pps.to_cda().expect("the bundled PPS");
    bench(&Timed {
        name: "pps",
        xml: &xml,
        write: || pps.to_cda(),
        check: || pps.check(),
        read: || Pps::from_cda(&xml),
    });
}
