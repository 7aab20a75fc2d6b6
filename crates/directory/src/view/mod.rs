//! Answers from a file, read in place.

pub(crate) mod answer;
pub(crate) mod directory;
pub(crate) mod lookup;
pub(crate) mod mailbox;
pub(crate) mod owned;
pub(crate) mod professional;
pub(crate) mod query;
pub(crate) mod record;
pub(crate) mod search;
pub(crate) mod search_names;
pub(crate) mod search_structures;
pub(crate) mod specialty;
pub(crate) mod structure;
