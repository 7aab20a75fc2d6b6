//! What sending a fiche costs beside writing it: its metadata, its XDM
//! package, its message to the gateway.
//!
//! `cargo bench -p dcc-benches --bench exchange` prints microseconds and the
//! ratio to the time of `FicheRcp::to_cda`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use dcc_core::fiche_rcp::FicheRcp;
use dcc_exchange::door::Door;
use dcc_exchange::mdm;
use dcc_exchange::metadata::Submission;
use dcc_exchange::sending::{
    Gateway, IdentityStatus, Outgoing, Person, Sending, Structure, Submitter, Visit,
};
use dcc_exchange::visibility::Visibility;
use dcc_exchange::xdm::{self, Limits, XdmOptions};

const FULL: &[u8] = include_bytes!("../../dcc-core/examples/data/fiche_rcp_sein.json");

/// The fastest of many runs, for about a second.
fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let begin = Instant::now();
    let mut best = Duration::MAX;
    while begin.elapsed() < Duration::from_secs(1) {
        let start = Instant::now();
        black_box(work());
        best = best.min(start.elapsed());
    }
    best
}

fn sending() -> Sending {
    let person = Person {
        id: "801234567897".into(),
        family: "ESSAI".into(),
        given: "Anne".into(),
    };
    let structure = Structure {
        id: "1490000049".into(),
        name: "Centre hospitalier d'Essai".into(),
        ..Structure::default()
    };
    let mut sending = Sending::new(
        Submitter::person(person, structure),
        "1.2.250.1.999.1.1",
        "1.2.250.1.999.1.2.1",
        chrono::DateTime::from_timestamp(1_900_000_000, 0).expect("a time"),
    );
    sending.identity = IdentityStatus::Qualified;
    let mut gateway = Gateway::default();
    gateway.sending_application = "DCC".into();
    gateway.sending_facility = "CH".into();
    gateway.receiving_application = "PFI".into();
    gateway.receiving_facility = "CH".into();
    gateway.message_id = "1".into();
    gateway.to_dmp = true;
    sending.gateway = Some(gateway);
    sending.visit = Some(Visit {
        class: "N".into(),
        ..Visit::default()
    });
    sending
}

fn main() {
    let fiche = FicheRcp::from_json(FULL).expect("the bundled fiche");
    let cda = fiche.to_cda().expect("the bundled fiche");
    let bytes = cda.as_ref();
    let sending = sending();
    let document = [Outgoing::new(bytes, Visibility::before_announcement())];
    let options = XdmOptions::default();
    let package = xdm::write(&document, &sending, &options).expect("a package");
    let baseline = fastest(|| fiche.to_cda());
    let show = |name: &str, time: Duration| {
        let ratio = time.as_secs_f64() / baseline.as_secs_f64();
        println!(
            "{name:<28} {:>8.0} µs  × {ratio:.2}",
            time.as_secs_f64() * 1e6
        );
    };
    println!("fiche of {} bytes", bytes.len());
    show("to_cda", baseline);
    show(
        "metadata",
        fastest(|| Submission::prepare(&document, &sending, Door::Dmp)),
    );
    show(
        "XDM package",
        fastest(|| xdm::write(&document, &sending, &options)),
    );
    show(
        "MDM message",
        fastest(|| mdm::write(&document[0], &sending)),
    );
    show(
        "XDM read",
        fastest(|| xdm::read(&package.bytes, &Limits::default())),
    );
}
