//! What every part of the DCC engine stands on.
//!
//! - [`problem`]: what is wrong with an input, and the rules it can break
//! - [`identity`]: national identifiers (INS, RPPS, FINESS, OID) and their keys
//! - [`text`]: texts folded for comparison, shortened, escaped
//! - [`calendar`]: legal time in Paris and French public holidays
//!
//! ```
//! use dcc_base::identity::ins;
//!
//! assert_eq!(ins::key("2790351215189"), Some(89));
//! ```

pub mod calendar;
pub mod identity;
pub mod problem;
pub mod text;
