//! Fiche RCP: to XML and from XML, see [`dcc_benches::document`].
//!
//! `cargo bench -p dcc-benches --bench fiche_rcp` prints, besides criterion's
//! figures, MB/s and the ratio to each baseline.

use dcc_benches::document::{Timed, bench};
use dcc_core::fiche_rcp::FicheRcp;

const FULL: &[u8] = include_bytes!("../../dcc-core/examples/data/fiche_rcp_sein.json");

fn main() {
    let fiche = FicheRcp::from_json(FULL).expect("the bundled fiche");
    let xml = fiche.to_cda().expect("the bundled fiche");
    bench(&Timed {
        name: "fiche_rcp",
        xml: &xml,
        write: || fiche.to_cda(),
        check: || fiche.check(),
        read: || FicheRcp::from_cda(&xml),
    });
}
