//! What every document offers.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cda::description::{Described, Level};
use crate::cda::source::Source;
use crate::cda::{ReadOptions, Reading, WriteOptions, Written};
use crate::model::{Binary, Header, json};
use crate::problem::Problems;
use crate::terminology::Terminology;

/// A document of the DCC: JSON and CDA R2 in and out, and its problems.
///
/// Each document has these calls of its own too, so that a program that
/// handles one kind need not import the trait; with it, a function takes any:
///
/// ```
/// use dcc_core::document::ClinicalDocument;
/// use dcc_core::problem::Problems;
///
/// fn forward<D: ClinicalDocument>(json: &str) -> Result<Vec<u8>, Problems> {
///     D::from_json(json)?.to_cda()
/// }
/// ```
pub trait ClinicalDocument: Described + Serialize + DeserializeOwned {
    /// The `"document"` key of its JSON: `fiche_rcp`, `pps`…
    const KIND: &'static str;

    /// Templates (OIDs) by which a CDA document is known to be of this kind.
    const TEMPLATES: &'static [&'static str] = Self::KNOWN_BY;

    /// *En-tête*.
    fn header(&self) -> &Header {
        self.head()
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// Every syntax error, absent or unknown field and value of the wrong
    /// form (`JSON-…`); what the values mean is judged by
    /// [`check`](Self::check).
    fn from_json(text: impl AsRef<[u8]>) -> Result<Self, Problems> {
        json::read(text.as_ref(), Self::KIND)
    }

    /// Writes the JSON form: that of serde, on several lines.
    ///
    /// # Errors
    /// A number has no JSON form (`JSON-NOMBRE`): infinite, or not a number.
    fn to_json(&self) -> Result<String, Problems> {
        json::write(self)
    }

    /// Every problem of the document: path (JSON pointer into its JSON), code,
    /// French text, what was found, what is allowed.
    fn check(&self) -> Problems {
        self.check_with(Terminology::embedded())
    }

    /// As [`check`](Self::check), against other value sets.
    fn check_with(&self, terminology: &Terminology) -> Problems {
        self.problems(terminology)
    }

    /// The document, CDA R2 in UTF-8. The same document gives the same bytes.
    ///
    /// # Errors
    /// Every problem of the document, when one of them is blocking.
    fn to_cda(&self) -> Result<Vec<u8>, Problems> {
        self.to_cda_with(&WriteOptions::default())
    }

    /// As [`to_cda`](Self::to_cda), with options.
    ///
    /// # Errors
    /// As [`to_cda`](Self::to_cda), but for the codes that the options accept.
    fn to_cda_with(&self, options: &WriteOptions) -> Result<Vec<u8>, Problems> {
        Ok(self.write_with(options)?.bytes)
    }

    /// As [`to_cda`](Self::to_cda), with the warnings beside the bytes.
    ///
    /// # Errors
    /// As [`to_cda`](Self::to_cda).
    fn write(&self) -> Result<Written, Problems> {
        self.write_with(&WriteOptions::default())
    }

    /// As [`write`](Self::write), with options.
    ///
    /// # Errors
    /// As [`to_cda_with`](Self::to_cda_with).
    fn write_with(&self, options: &WriteOptions) -> Result<Written, Problems> {
        self.written(Level::Three, options)
    }

    /// The document, CDA R2 level 1: the same header, and `pdf` as body.
    ///
    /// # Errors
    /// Every problem of the document and of the PDF, when one of them is blocking.
    fn to_cda_level1(&self, pdf: &[u8]) -> Result<Vec<u8>, Problems> {
        self.to_cda_level1_with(pdf, &WriteOptions::default())
    }

    /// As [`to_cda_level1`](Self::to_cda_level1), with options.
    ///
    /// # Errors
    /// As [`to_cda_level1`](Self::to_cda_level1), but for the codes that the
    /// options accept.
    fn to_cda_level1_with(&self, pdf: &[u8], options: &WriteOptions) -> Result<Vec<u8>, Problems> {
        Ok(self.write_level1_with(pdf, options)?.bytes)
    }

    /// As [`to_cda_level1_with`](Self::to_cda_level1_with), with the warnings
    /// beside the bytes.
    ///
    /// # Errors
    /// As [`to_cda_level1_with`](Self::to_cda_level1_with).
    fn write_level1_with(&self, pdf: &[u8], options: &WriteOptions) -> Result<Written, Problems> {
        self.written(Level::One(&Binary(pdf.to_vec())), options)
    }

    /// Reads a CDA document of this kind, also a self-presenting one (within
    /// its style sheet).
    ///
    /// What the document has and the model cannot hold is listed beside the
    /// model. Identifiers of sections and entries are not kept: they are
    /// derived again when the document is written.
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, or is not a document
    /// of this kind.
    fn from_cda(bytes: &[u8]) -> Result<Reading<Self>, Problems> {
        Self::from_cda_with(bytes, &ReadOptions::default())
    }

    /// As [`from_cda`](Self::from_cda), with options.
    ///
    /// # Errors
    /// As [`from_cda`](Self::from_cda).
    fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        Source::parse(bytes, options, |source| match Self::refusal(source) {
            Some(refusal) => Err(refusal.into()),
            None => Self::read(source),
        })
    }
}

/// Gives a document its kind, its JSON, and the calls of [`ClinicalDocument`]
/// as its own.
macro_rules! clinical_document {
    ($type:ident as $fields:ident, $kind:literal) => {
        dcc_json::document!($type as $fields, $kind);

        impl $crate::document::ClinicalDocument for $type {
            const KIND: &'static str = $kind;
        }

        impl $type {
            /// See [`ClinicalDocument::KIND`](crate::document::ClinicalDocument::KIND).
            pub const KIND: &'static str = $kind;

            /// Templates (OIDs) by which a CDA document is known to be one.
            pub const TEMPLATES: &'static [&'static str] =
                <Self as $crate::document::ClinicalDocument>::TEMPLATES;
        }

        $crate::document::forward! { $type
            from_json(text: impl AsRef<[u8]>) -> Self;
            to_json(&self) -> String;
            to_cda(&self) -> Vec<u8>;
            to_cda_with(&self, options: &$crate::cda::WriteOptions) -> Vec<u8>;
            write(&self) -> $crate::cda::Written;
            write_with(&self, options: &$crate::cda::WriteOptions) -> $crate::cda::Written;
            to_cda_level1(&self, pdf: &[u8]) -> Vec<u8>;
            to_cda_level1_with(&self, pdf: &[u8], options: &$crate::cda::WriteOptions) -> Vec<u8>;
            write_level1_with(&self, pdf: &[u8], options: &$crate::cda::WriteOptions) -> $crate::cda::Written;
            from_cda(bytes: &[u8]) -> $crate::cda::Reading<Self>;
            from_cda_with(bytes: &[u8], options: &$crate::cda::ReadOptions) -> $crate::cda::Reading<Self>;
        }

        impl $type {
            /// See [`ClinicalDocument::check`](crate::document::ClinicalDocument::check).
            pub fn check(&self) -> $crate::problem::Problems {
                $crate::document::ClinicalDocument::check(self)
            }

            /// See [`ClinicalDocument::check_with`](crate::document::ClinicalDocument::check_with).
            pub fn check_with(
                &self,
                terminology: &$crate::terminology::Terminology,
            ) -> $crate::problem::Problems {
                $crate::document::ClinicalDocument::check_with(self, terminology)
            }
        }
    };
}
pub(crate) use clinical_document;

/// Calls that can fail, forwarded to the trait.
macro_rules! forward {
    ($type:ident $($call:ident($($args:tt)*) -> $answer:ty;)*) => {
        impl $type {$(
            $crate::document::forward!(@one $type $call ($answer) $($args)*);
        )*}
    };
    (@one $type:ident $call:ident ($answer:ty) &self $(, $arg:ident: $of:ty)*) => {
        #[doc = concat!("See [`ClinicalDocument::", stringify!($call), "`](crate::document::ClinicalDocument::", stringify!($call), ").")]
        ///
        /// # Errors
        /// Those of the trait.
        pub fn $call(&self $(, $arg: $of)*) -> Result<$answer, $crate::problem::Problems> {
            $crate::document::ClinicalDocument::$call(self $(, $arg)*)
        }
    };
    (@one $type:ident $call:ident ($answer:ty) $($arg:ident: $of:ty),*) => {
        #[doc = concat!("See [`ClinicalDocument::", stringify!($call), "`](crate::document::ClinicalDocument::", stringify!($call), ").")]
        ///
        /// # Errors
        /// Those of the trait.
        pub fn $call($($arg: $of),*) -> Result<$answer, $crate::problem::Problems> {
            <Self as $crate::document::ClinicalDocument>::$call($($arg),*)
        }
    };
}
pub(crate) use forward;
