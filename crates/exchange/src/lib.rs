//! Hands CDA documents over: to the DMP and Mon espace santé, by MSSanté,
//! through the gateway of a hospital.
//!
//! One document, four ways out ([`Door`](door::Door)). The metadata are
//! derived once from the document, ours or foreign; what a document cannot hold
//! is one [`Sending`](sending::Sending). Bytes go in and come out: sockets,
//! TLS, keys and clock stay with the host.
//!
//! | way out | write | read the answer |
//! |---|---|---|
//! | secure mail, IHE XDM | [`xdm::write()`] | [`xdm::read()`], [`xdm::mail::failure`] |
//! | gateway, HL7 v2.6 MDM | [`mdm::write()`] | [`mdm::Answer::read`], [`mdm::read()`] |
//! | DMP, XDS.b | [`xds::provide_and_register`], [`xds::update_status`], [`xds::make_visible`] | [`xds::RegistryAnswer::read`], [`xds::read_entries`] |
//! | FHIR, PDSm | [`pdsm::provide`], [`pdsm::publish`], [`pdsm::update`] | [`pdsm::FhirAnswer::read`], [`pdsm::found`] |
//!
//! - [`metadata`]: XDS metadata of documents and sets, checked for each way out
//! - [`visibility`]: masks, in every spelling
//! - [`ledger`]: what has been sent, as events, and what may still leave
//! - [`cda`]: the header of any CDA
//! - [`ebrim`]: the XML of XDS metadata
//! - [`tables`], [`code`], [`composite`], [`time`]: codes, strings and instants
//!   of XDS
//!
//! Before an announcement a document leaves with
//! [`Visibility::before_announcement`](visibility::Visibility::before_announcement);
//! after it, one call makes it visible: [`xds::make_visible`],
//! [`pdsm::update::make_visible`], or behind a gateway a new version of the
//! document with `changes_visibility`.
//!
//! ```
//! use dcc_exchange::sending::{Outgoing, Person, Sending, Structure, Submitter};
//! use dcc_exchange::visibility::Visibility;
//! use dcc_exchange::xdm::{self, Limits, XdmOptions};
//!
//! # let cda = b"<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.250.1.999.5.1'/>\
//! # <code code='34794-8' codeSystem='2.16.840.1.113883.6.1' displayName='CR de RCP'/>\
//! # <component><structuredBody/></component></ClinicalDocument>";
//! let person = Person {
//!     id: "801234567897".into(),
//!     family: "ESSAI".into(),
//!     given: "Anne".into(),
//! };
//! let structure = Structure {
//!     id: "1490000049".into(),
//!     name: "Centre hospitalier d'Essai".into(),
//!     ..Structure::default()
//! };
//! let sending = Sending::new(
//!     Submitter::person(person, structure),
//!     "1.2.250.1.999.1.1",   // this system
//!     "1.2.250.1.999.1.2.1", // this sending
//!     "2026-03-03T14:05:10Z".parse().unwrap(),
//! );
//! let document = Outgoing::new(cda, Visibility::before_announcement());
//! let package = xdm::write(&[document], &sending, &XdmOptions::default())?;
//! assert!(package.mail.subject.starts_with("XDM/1.0/DDM+CR de RCP"));
//! for warning in &package.warnings {
//!     println!("{warning}");
//! }
//!
//! let received = xdm::read(&package.bytes, &Limits::default())?;
//! assert_eq!(received.sets[0].documents[0].bytes, cda);
//! # Ok::<(), dcc_base::problem::Problems>(())
//! ```

pub mod cda; // the header of any document
pub mod code; // a coded value
pub mod composite; // XCN, XON, CX
pub mod door; // the four ways out
pub mod ebrim; // XML of XDS metadata
mod hash; // SHA-1
pub mod ledger; // what was sent
pub mod mdm; // HL7 v2.6
pub mod metadata; // XDS attributes
pub mod pdsm; // FHIR R4
pub mod sending; // what a document cannot hold
pub mod tables; // codes
pub mod time; // instants
pub mod visibility; // masks
pub mod xdm; // packages for mail
pub mod xds; // ITI-41, ITI-57, ITI-18
