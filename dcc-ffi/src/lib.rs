//! C API of the DCC engine: `include/dcc.h`.
//!
//! Every function takes its raw pointers through [`abi`], the one module that
//! follows them, and runs inside [`abi::call`], the one place where a panic
//! stops. What a C program may count on is written at the top of the header
//! (`cbindgen.toml`).
//!
//! - [`abi`]: pointers, handles, strings, the panic boundary
//! - [`status`]: the table of status numbers
//! - [`error`]: what a failed call says
//! - [`problems`]: lists of problems
//! - [`bytes`]: bytes given to the caller
//! - [`options`]: write and read options, value sets
//! - [`document`]: documents, JSON and CDA
//! - [`rcp`]: the life of RCPs
//! - [`unread`]: what of a CDA the model has no place for
//! - [`version`]: versions of the ABI and of the library

pub mod abi;
pub mod bytes;
pub mod document;
pub mod error;
pub mod options;
pub mod problems;
pub mod rcp;
pub mod status;
pub mod unread;
pub mod version;
