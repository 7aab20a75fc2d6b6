//! What is gathered from the sources, and the making of the file.

pub(crate) mod attached;
pub(crate) mod finish;
pub(crate) mod intern;
pub(crate) mod mailboxes;
pub(crate) mod people;
pub(crate) mod store;
pub(crate) mod structures;
