//! The readers of sources: bytes in, records in the store, problems out.

pub(crate) mod activities;
pub(crate) mod cards;
pub(crate) mod cells;
pub(crate) mod columns;
pub(crate) mod diplomas;
pub(crate) mod elements;
pub(crate) mod feed;
pub(crate) mod fhir;
pub(crate) mod fhir_resource;
pub(crate) mod finess_csv;
pub(crate) mod finess_json;
pub(crate) mod ledger;
pub(crate) mod lines;
pub(crate) mod mailboxes;
pub(crate) mod person;
pub(crate) mod skills;
pub(crate) mod table;
