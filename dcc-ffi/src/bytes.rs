//! Bytes given to the caller.

use serde::Serialize;

use crate::abi::{Handle, free};
use crate::failure::Failure;

/// Bytes that the library gives: a JSON text, a CDA document, a file. Free
/// them with dcc_bytes_free. They never change: any number of threads may
/// read them.
#[derive(Debug)]
pub struct DccBytes(Vec<u8>);

impl DccBytes {
    /// Keeps a NUL after the last byte, for the callers who print texts.
    pub(crate) fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let mut bytes = bytes.into();
        bytes.reserve_exact(1);
        bytes.push(0);
        DccBytes(bytes)
    }

    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Failure> {
        serde_json::to_vec(value)
            .map(DccBytes::new)
            .map_err(|e| Failure::internal(e.to_string()))
    }
}

/// The first byte; NULL for NULL. A NUL, not counted in the length, follows
/// the last byte.
///
/// # Safety
/// `bytes` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_bytes_data(bytes: *const DccBytes) -> *const u8 {
    // SAFETY: the caller keeps the conventions of the header.
    let bytes = unsafe { Handle::new("bytes", bytes) };
    bytes.opt().map_or(std::ptr::null(), |b| b.0.as_ptr())
}

/// The number of bytes; 0 for NULL.
///
/// # Safety
/// `bytes` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_bytes_len(bytes: *const DccBytes) -> usize {
    // SAFETY: the caller keeps the conventions of the header.
    let bytes = unsafe { Handle::new("bytes", bytes) };
    bytes.opt().map_or(0, |b| b.0.len().saturating_sub(1))
}

/// Frees bytes; NULL is nothing.
///
/// # Safety
/// `bytes` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_bytes_free(bytes: *mut DccBytes) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(bytes) }
}
