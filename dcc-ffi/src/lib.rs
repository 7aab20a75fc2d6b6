//! C API of the DCC engine: `include/dcc.h`.
//!
//! Every function takes its raw pointers through [`abi`], the one module that
//! follows them, and runs inside [`abi::call`], the one place where a panic
//! stops. What a C program may count on is written at the top of the header
//! (`cbindgen.toml`).
//!
//! - [`abi`]: pointers, handles, strings, the panic boundary
//! - [`render`]: a CDA document for human eyes
//! - [`facts`]: facts of the indicators as plain structs
//! - [`aggregate`]: facts in, indicators out
//! - [`export`]: the files of a deposit
//! - [`status`]: the table of status numbers
//! - [`failure`]: why a call failed
//! - [`error`]: the same, as C reads it
//! - [`problems`]: lists of problems
//! - [`bytes`]: bytes given to the caller
//! - `batch`: facts given in batches
//! - `input`: arguments in JSON
//! - `objects`: the same surface for Kotlin, Swift and Ruby, by UniFFI
//! - [`options`]: write and read options, value sets
//! - [`document`]: documents, JSON and CDA
//! - [`rulebook`], [`verdict`]: the official rules, with the feature `official`
//! - [`rcp`]: the life of RCPs
//! - [`unread`]: what of a CDA the model has no place for
//! - [`version`]: versions of the ABI and of the library
//!
//! The Kotlin, Swift and Ruby sources are made by one command, in
//! `target/bindings` (`libdcc.dylib` on macOS, `dcc.dll` on Windows):
//!
//! ```text
//! cargo build -p dcc-ffi --features uniffi-cli
//! cargo run -p dcc-ffi --features uniffi-cli --bin uniffi-bindgen -- generate --no-format \
//!     --language kotlin --language swift --language ruby --out-dir target/bindings target/debug/libdcc.so
//! ```

pub mod abi;
pub mod aggregate;
mod batch;
pub mod bytes;
pub mod document;
pub mod error;
pub mod export;
pub mod facts;
pub mod failure;
mod input;
#[cfg(feature = "uniffi")]
pub mod objects;
mod official;
pub mod options;
pub mod problems;
pub mod rcp;
pub mod render;
pub mod rulebook;
pub mod status;
pub mod unread;
pub mod verdict;
pub mod version;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!("dcc");
