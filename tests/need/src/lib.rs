//! What a test needs of the machine: one way to ask for it, one way to skip.
//!
//! - [`need()`], [`absent`]: skip by name, or fail with `DCC_REQUIRE_ALL=1`
//! - [`folder`]: data that only a variable can name
//! - [`python`]: a Python with the peers that judge our outputs

mod need;
pub mod python;

pub use need::{REQUIRE_ALL, absent, folder, need};
