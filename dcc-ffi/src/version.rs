//! Versions of the ABI and of the library.

use crate::abi::{DccStr, Out, OutHandle, call};
use crate::status::DccStatus;

/// The ABI that this header describes; compare it with dcc_abi_version().
/// It grows by one when a function, a struct or a number changes so that a
/// program already compiled would break; it is the number of the soname.
pub const DCC_ABI_VERSION: u32 = 1;

/// The ABI of the library that is loaded, to compare with DCC_ABI_VERSION
/// before any other call.
#[unsafe(no_mangle)]
pub extern "C" fn dcc_abi_version() -> u32 {
    DCC_ABI_VERSION
}

/// The version of the library that is loaded, for example "0.1.0". The string
/// lives for ever.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_version(version: *mut DccStr) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let version = unsafe { Out::new("version", version, DccStr::NONE) };
    call(OutHandle::none(), || {
        version.required()?.put(env!("CARGO_PKG_VERSION").into());
        Ok(())
    })
}
