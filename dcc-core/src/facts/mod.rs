//! The facts that the indicators count, as plain structs; stands below
//! everything that makes, reads, keeps or hands on facts.
//!
//! - `table`: the one table of facts and their fields
//! - `define`: the structs, from the table
//! - `fact_table`: a table of facts and its columns
//! - `session`: the words of a session's status
//! - `origin`: the line from which a fact comes
//! - `reserved`: the words that stand for no value of a dimension

mod define;
mod fact_table;
mod origin;
pub(crate) mod reserved;
mod session;
mod table;

pub use define::{
    AttendanceFact, FicheFact, FicheFlags, OfferFact, PpsFact, SessionAttendance, SessionFact,
};
pub use fact_table::{Fact, FactTable};
pub use origin::Origin;
pub use session::SessionFactStatus;
