//! How documents are written and read.

use std::sync::Arc;

use dcc_core::terminology::Terminology;

use super::problem::DccException;
use crate::options::DccOptions;

/// How documents are written and read.
#[derive(Debug, Default, uniffi::Object)]
pub struct Options(DccOptions);

impl Options {
    pub(super) fn given(options: Option<&Arc<Self>>) -> Option<&DccOptions> {
        options.map(|options| &options.0)
    }

    /// Runs `body` with the value sets of the options, or the embedded ones.
    pub(super) fn with_terminology<T>(
        options: Option<&Arc<Self>>,
        body: impl FnOnce(&Terminology) -> Result<T, DccException>,
    ) -> Result<T, DccException> {
        match Self::given(options) {
            Some(options) => body(options.read()?.write.terminology()),
            None => body(Terminology::embedded()),
        }
    }
}

#[uniffi::export]
impl Options {
    /// The default of each.
    #[uniffi::constructor]
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts one code of blocking problems, knowingly. Fails for a code that
    /// no rule has, and tells the nearest ones.
    pub fn accept(&self, code: String) -> Result<(), DccException> {
        Ok(self.0.accept(&code)?)
    }

    /// Refuses a document that has warnings too.
    pub fn set_strict(&self, strict: bool) -> Result<(), DccException> {
        Ok(self.0.change(|o| o.write.strict = strict)?)
    }

    /// The largest CDA document that is read, in bytes.
    pub fn set_max_bytes(&self, max_bytes: u64) -> Result<(), DccException> {
        let max = usize::try_from(max_bytes).unwrap_or(usize::MAX);
        Ok(self.0.change(|o| o.read.limits.max_bytes = max)?)
    }

    /// Puts a value set in the place of the embedded one, or adds it: an IHE
    /// SVS file, as the ANS publishes them.
    pub fn add_value_set(&self, svs: Vec<u8>) -> Result<(), DccException> {
        Ok(self.0.add_value_set(&svs)?)
    }
}
