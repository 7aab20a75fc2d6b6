//! Hands CDA documents over: to the DMP and Mon espace santé, by MSSanté,
//! through the gateway of a hospital.
//!
//! One document, four ways out ([`Door`](door::Door)): an IHE XDM package by
//! secure mail, an HL7 v2 MDM message to the gateway, XDS.b straight to the
//! DMP, PDSm by FHIR. The metadata are derived once from the document, ours
//! or foreign; what a document cannot hold is one [`Sending`](sending::Sending).
//! Bytes go in and come out: sockets, TLS, keys and clock stay with the host.
pub mod cda;
pub mod code;
pub mod composite;
pub mod door;
pub mod ebrim;
pub mod ledger;
pub mod mdm;
pub mod metadata;
pub mod pdsm;
pub mod sending;
pub mod tables;
pub mod time;
pub mod visibility;
pub mod xdm;
pub mod xds;
