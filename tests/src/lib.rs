//! What the tests of this workspace share.

pub mod activity;
pub mod tools;
