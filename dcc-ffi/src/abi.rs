//! The border with C: the only module that follows a raw pointer.
//!
//! An `extern "C"` function wraps each pointer it is given in one of these
//! types, in one `unsafe` block (the caller keeps the conventions of the
//! header), then works with the safe methods only. A wrapper answers NULL,
//! bad UTF-8 or an impossible length with a [`Failure`], never a fault.

use std::ffi::c_char;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use crate::failure::{DccError, Failure};
use crate::status::DccStatus;

/// A string given by the library or to it: UTF-8, with its length in bytes,
/// not NUL-terminated. A string given by the library lives as long as the
/// handle it was asked of. In a struct given to the library, data NULL means
/// that the value is absent.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccStr {
    /// First byte; may be NULL when len is 0.
    pub data: *const c_char,
    /// Length in bytes.
    pub len: usize,
}

impl DccStr {
    pub(crate) const NONE: DccStr = DccStr {
        data: ptr::null(),
        len: 0,
    };
}

impl From<&str> for DccStr {
    fn from(text: &str) -> Self {
        DccStr {
            data: text.as_ptr().cast(),
            len: text.len(),
        }
    }
}

/// Bytes or text given by the caller, and the name of the argument.
pub(crate) struct Input<'a> {
    name: &'static str,
    data: *const u8,
    len: usize,
    life: PhantomData<&'a [u8]>,
}

impl<'a> Input<'a> {
    /// # Safety
    /// `data` is NULL or points to `len` bytes that nobody changes during `'a`.
    pub(crate) unsafe fn new<T>(name: &'static str, data: *const T, len: usize) -> Self {
        Input {
            name,
            data: data.cast(),
            len,
            life: PhantomData,
        }
    }

    pub(crate) fn bytes(&self) -> Result<&'a [u8], Failure> {
        self.opt_bytes()?.ok_or_else(|| Failure::null(self.name))
    }

    pub(crate) fn opt_bytes(&self) -> Result<Option<&'a [u8]>, Failure> {
        if self.data.is_null() {
            return Ok(None);
        }
        if isize::try_from(self.len).is_err() {
            return Err(Failure::length(self.name, self.len));
        }
        // SAFETY: not NULL, the length fits an isize, and `new` was promised the rest.
        Ok(Some(unsafe {
            std::slice::from_raw_parts(self.data, self.len)
        }))
    }

    pub(crate) fn text(&self) -> Result<&'a str, Failure> {
        self.opt_text()?.ok_or_else(|| Failure::null(self.name))
    }

    pub(crate) fn opt_text(&self) -> Result<Option<&'a str>, Failure> {
        let name = self.name;
        self.opt_bytes()?
            .map(|bytes| {
                std::str::from_utf8(bytes).map_err(|e| Failure::utf8(name, e.valid_up_to()))
            })
            .transpose()
    }
}

/// A handle given by the caller.
pub(crate) struct Handle<'a, T> {
    name: &'static str,
    handle: Option<&'a T>,
}

impl<'a, T: Sync> Handle<'a, T> {
    /// # Safety
    /// `handle` is NULL or was made by [`OutHandle::put`] and is not freed during `'a`.
    pub(crate) unsafe fn new(name: &'static str, handle: *const T) -> Self {
        Handle {
            name,
            // SAFETY: as promised; handles are only ever lent, never mutably.
            handle: unsafe { handle.as_ref() },
        }
    }

    pub(crate) fn get(&self) -> Result<&'a T, Failure> {
        self.handle.ok_or_else(|| Failure::null(self.name))
    }

    pub(crate) fn opt(&self) -> Option<&'a T> {
        self.handle
    }
}

/// Frees a handle; NULL is nothing.
///
/// # Safety
/// `handle` is NULL or was made by [`OutHandle::put`], and is not used again.
pub(crate) unsafe fn free<T>(handle: *mut T) {
    if !handle.is_null() {
        // SAFETY: as promised.
        let owned = unsafe { Box::from_raw(handle) };
        let _ = catch_unwind(AssertUnwindSafe(|| drop(owned)));
    }
}

/// Where a plain value is answered.
pub(crate) struct Out<'a, T> {
    name: &'static str,
    place: *mut T,
    life: PhantomData<&'a mut T>,
}

impl<T: Copy> Out<'_, T> {
    /// Writes `empty` at once, so that a call that fails leaves no rubbish.
    ///
    /// # Safety
    /// `place` is NULL or may be written during `'a`.
    pub(crate) unsafe fn new(name: &'static str, place: *mut T, empty: T) -> Self {
        if !place.is_null() {
            // SAFETY: as promised.
            unsafe { place.write(empty) };
        }
        Out {
            name,
            place,
            life: PhantomData,
        }
    }

    /// Refuses NULL.
    pub(crate) fn required(self) -> Result<Self, Failure> {
        if self.place.is_null() {
            Err(Failure::null(self.name))
        } else {
            Ok(self)
        }
    }

    pub(crate) fn put(self, value: T) {
        if !self.place.is_null() {
            // SAFETY: `new` was promised that the place may be written.
            unsafe { self.place.write(value) };
        }
    }
}

/// Where a new handle is answered.
pub(crate) struct OutHandle<'a, T>(Out<'a, *mut T>);

impl<T: Send + Sync> OutHandle<'_, T> {
    /// Writes NULL at once.
    ///
    /// # Safety
    /// As [`Out::new`].
    pub(crate) unsafe fn new(name: &'static str, place: *mut *mut T) -> Self {
        // SAFETY: as promised.
        OutHandle(unsafe { Out::new(name, place, ptr::null_mut()) })
    }

    /// No place: of a function that tells nothing more than its status.
    pub(crate) fn none() -> Self {
        OutHandle(Out {
            name: "",
            place: ptr::null_mut(),
            life: PhantomData,
        })
    }

    /// Refuses NULL.
    pub(crate) fn required(self) -> Result<Self, Failure> {
        self.0.required().map(OutHandle)
    }

    /// Gives the value to the caller, who frees it; drops it when the caller
    /// gave no place for it.
    pub(crate) fn put(self, value: T) {
        if !self.0.place.is_null() {
            self.0.put(Box::into_raw(Box::new(value)));
        }
    }
}

/// Structs given in a batch: `count` of them, `size` bytes apart.
pub(crate) struct Batch<'a, T> {
    name: &'static str,
    data: *const u8,
    count: usize,
    size: usize,
    life: PhantomData<&'a T>,
}

/// A plain struct of numbers and [`DccStr`]: any bits are a value of it, and
/// zeros say that nothing is there. Fields are only ever added, at its end.
///
/// # Safety
/// So it is.
pub(crate) unsafe trait Plain: Copy {
    /// Its size in the first version of the ABI: the end of the field that was
    /// the last one then.
    const FIRST_SIZE: usize;
}

impl<'a, T: Plain> Batch<'a, T> {
    /// # Safety
    /// `data` is NULL or points to `count` structs of `size` bytes; nobody
    /// changes them, nor the strings that they point to, during `'a`.
    pub(crate) unsafe fn new(
        name: &'static str,
        data: *const T,
        count: usize,
        size: usize,
    ) -> Self {
        Batch {
            name,
            data: data.cast(),
            count,
            size,
            life: PhantomData,
        }
    }

    /// The structs. A size larger than the struct known here is that of a
    /// newer header: the fields that follow are not read. A smaller one is that
    /// of an older header: the fields that it has not are zeros.
    pub(crate) fn rows(
        &self,
    ) -> Result<impl Iterator<Item = Row<'a, T>> + Clone + use<'a, T>, Failure> {
        if self.data.is_null() && self.count > 0 {
            return Err(Failure::null(self.name));
        }
        let whole = self.count.checked_mul(self.size);
        if self.size < T::FIRST_SIZE || whole.is_none_or(|w| isize::try_from(w).is_err()) {
            return Err(Failure::size(self.name, self.size, T::FIRST_SIZE));
        }
        let (data, size) = (self.data, self.size);
        Ok((0..self.count).map(move |i| {
            let mut row = MaybeUninit::<T>::zeroed();
            // SAFETY: within the `count * size` bytes promised to `new`, which
            // fit an isize, and within `row`; T is plain: zeros and whatever
            // bits are a value of it.
            let row = unsafe {
                let known = size.min(size_of::<T>());
                let to = row.as_mut_ptr().cast::<u8>();
                ptr::copy_nonoverlapping(data.add(i * size), to, known);
                row.assume_init()
            };
            Row {
                row,
                life: PhantomData,
            }
        }))
    }
}

/// One struct of a [`Batch`].
pub(crate) struct Row<'a, T> {
    row: T,
    life: PhantomData<&'a T>,
}

impl<'a, T: Plain> Row<'a, T> {
    pub(crate) fn plain(&self) -> &T {
        &self.row
    }

    /// A text of the struct, when it is there.
    pub(crate) fn text(
        &self,
        name: &'static str,
        field: impl Fn(&T) -> DccStr,
    ) -> Result<Option<&'a str>, Failure> {
        let DccStr { data, len } = field(&self.row);
        // SAFETY: `Batch::new` was promised the strings of its structs.
        unsafe { Input::new(name, data, len) }.opt_text()
    }
}

/// Runs a call: nothing of it panics through, and a failure is told.
pub(crate) fn call(
    error: OutHandle<'_, DccError>,
    body: impl FnOnce() -> Result<(), Failure>,
) -> DccStatus {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return DccStatus::Ok,
        Ok(Err(failure)) => failure,
        Err(payload) => Failure::panic(payload),
    };
    let status = failure.status();
    // telling the failure must not panic either
    let told = catch_unwind(AssertUnwindSafe(|| error.put(DccError::new(failure))));
    if told.is_ok() {
        status
    } else {
        DccStatus::Panic
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::mem::offset_of;

    #[test]
    fn a_panic_is_a_status() {
        for word in ["un", "deux"] {
            let mut error = ptr::null_mut();
            // SAFETY: a place on the stack.
            let out = unsafe { OutHandle::new("error", &raw mut error) };
            let status = call(out, || panic!("{word} essai"));
            assert_eq!(status, DccStatus::Panic);
            assert!(!error.is_null());
            // SAFETY: just made, freed once.
            unsafe {
                assert!((*error).message().contains("essai"));
                free(error);
            }
        }
    }

    /// A struct to which a field was added since.
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Grown {
        first: u32,
        added: u32,
    }

    // SAFETY: numbers.
    unsafe impl Plain for Grown {
        const FIRST_SIZE: usize = offset_of!(Grown, first) + size_of::<u32>();
    }

    #[test]
    fn structs_of_older_and_newer_headers_are_read() {
        let data = [1_u32, 2, 3, 4, 5, 6];
        let rows = |count: usize, size: usize| {
            // SAFETY: `count` times `size` is at most the length of `data`.
            let batch = unsafe { Batch::new("facts", data.as_ptr().cast::<Grown>(), count, size) };
            batch
                .rows()
                .map(|rows| {
                    rows.map(|r| (r.plain().first, r.plain().added))
                        .collect::<Vec<_>>()
                })
                .map_err(|f| f.status())
        };
        assert_eq!(rows(3, 4), Ok(vec![(1, 0), (2, 0), (3, 0)]));
        assert_eq!(rows(3, 8), Ok(vec![(1, 2), (3, 4), (5, 6)]));
        assert_eq!(rows(2, 12), Ok(vec![(1, 2), (4, 5)]));
        assert_eq!(rows(1, 3), Err(DccStatus::BadSize));
        assert_eq!(rows(0, 3), Err(DccStatus::BadSize));
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn the_first_sizes_do_not_change() {
        use crate::facts::{DccAttendanceFact, DccFicheFact, DccPpsFact, DccSessionFact};
        let sizes = [
            DccSessionFact::FIRST_SIZE,
            DccAttendanceFact::FIRST_SIZE,
            DccFicheFact::FIRST_SIZE,
            DccPpsFact::FIRST_SIZE,
        ];
        assert_eq!(sizes, [96, 56, 80, 96]);
    }

    #[test]
    fn handles_go_between_threads() {
        fn is_send_sync<T: Send + Sync>() {}
        is_send_sync::<DccError>();
        is_send_sync::<crate::document::DccDocument>();
        is_send_sync::<crate::options::DccOptions>();
        is_send_sync::<crate::bytes::DccBytes>();
        is_send_sync::<crate::failure::DccProblems>();
        is_send_sync::<crate::unread::DccUnread>();
    }
}
