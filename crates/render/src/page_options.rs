//! How a document is read into a page.

use crate::profile::Profile;
use dcc_cda::ed;
use dcc_xml::tree::Limits;

/// How a document is read into a page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PageOptions {
    /// Bounds of the XML.
    pub limits: Limits,
    /// Largest file, in bytes once decoded and inflated. Default 32 MiB.
    pub max_file: usize,
    /// All the images and files of a page together, in bytes, each counted as
    /// often as it is shown. Default 32 MiB.
    pub max_files: usize,
    /// All the images of a page together, in pixels, each counted once.
    /// Default 100 millions.
    pub max_pixels: u64,
    /// What is known of the kinds of document. Default that of the DCC.
    pub profile: Profile,
}

impl Default for PageOptions {
    fn default() -> Self {
        PageOptions {
            limits: Limits::default(),
            max_file: ed::MAX_BYTES,
            max_files: 32 << 20,
            max_pixels: 100_000_000,
            profile: Profile::DCC,
        }
    }
}
