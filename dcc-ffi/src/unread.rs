//! What of a CDA document the model has no place for.

use dcc_core::cda::Unread;

use crate::abi::{DccStr, Handle, Out, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::Failure;
use crate::status::DccStatus;

/// What was in a CDA document and is not in the DccDocument read from it.
/// It never changes: any number of threads may read it.
#[derive(Debug)]
pub struct DccUnread(Vec<Unread>);

/// One thing that was not read. Its strings live as long as the list.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccUnreadItem {
    /// Place in the document: "/ClinicalDocument/.../observation[2]/@code".
    pub path: DccStr,
    /// What stands there.
    pub content: DccStr,
    /// 1 for a text of the narrative, 0 for the coded part.
    pub narrative: i32,
}

impl DccUnread {
    pub(crate) fn new(list: Vec<Unread>) -> Self {
        DccUnread(list)
    }
}

/// Number of things that were not read; 0 for NULL.
///
/// # Safety
/// `unread` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_unread_len(unread: *const DccUnread) -> usize {
    // SAFETY: the caller keeps the conventions of the header.
    let unread = unsafe { Handle::new("unread", unread) };
    unread.opt().map_or(0, |u| u.0.len())
}

/// The thing at an index, from 0, in the order of the document.
///
/// # Safety
/// `unread` is NULL or a live handle; `item` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_unread_get(
    unread: *const DccUnread,
    index: usize,
    item: *mut DccUnreadItem,
) -> DccStatus {
    let none = DccUnreadItem {
        path: DccStr::NONE,
        content: DccStr::NONE,
        narrative: 0,
    };
    // SAFETY: the caller keeps the conventions of the header.
    let (unread, item) = unsafe { (Handle::new("unread", unread), Out::new("item", item, none)) };
    call(OutHandle::none(), || {
        let (list, item) = (&unread.get()?.0, item.required()?);
        let found = list
            .get(index)
            .ok_or_else(|| Failure::index("index", index, list.len()))?;
        item.put(DccUnreadItem {
            path: found.path.as_str().into(),
            content: found.content.as_str().into(),
            narrative: found.narrative.into(),
        });
        Ok(())
    })
}

/// The list as a JSON array of objects: path, content, narrative.
///
/// # Safety
/// `unread` is NULL or a live handle; `json` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_unread_json(
    unread: *const DccUnread,
    json: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (unread, json) = unsafe { (Handle::new("unread", unread), OutHandle::new("json", json)) };
    call(OutHandle::none(), || {
        let (unread, json) = (unread.get()?, json.required()?);
        json.put(DccBytes::json(&unread.0)?);
        Ok(())
    })
}

/// Frees the list; NULL is nothing.
///
/// # Safety
/// `unread` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_unread_free(unread: *mut DccUnread) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(unread) }
}
