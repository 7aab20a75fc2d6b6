//! Sections and header parts that several documents share.
//!
//! - [`answer`]: a yes or no
//! - [`attending_physician`]: the attending physician, named or why not
//! - [`diagnosis`]: the tumours
//! - [`establishment`]: where something takes place
//! - [`phase`]: phase and progression
//! - [`screening`]: how the cancer was found
//! - [`templates`]: the codes of these sections, one line each
//! - [`status`]: status of the document
//! - [`texts`]: sections of texts without entries

mod answer;
mod attending_physician;
mod diagnosis;
mod establishment;
mod phase;
mod screening;
mod status;
pub(crate) mod templates;
mod texts;
