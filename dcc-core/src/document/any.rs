//! Any document of the DCC, told apart by the `"document"` key of its JSON or
//! by the templates of its CDA. The text is parsed once, whatever the kind.

use serde::de::Error as _;

use super::clinical::ClinicalDocument;
use super::kinds::kinds;
use super::unstructured::UnstructuredDocument;
use crate::cda::description::Described;
use crate::cda::source::Source;
use crate::cda::{ReadOptions, Unread, WriteOptions, Written};
use crate::model::{Header, json};
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;

macro_rules! document {
    (
        documents { $($(#[$meta:meta])* $variant:ident: $module:ident, $kind:literal, $french:literal;)* }
        level_one { $($rest:tt)* }
    ) => {
        /// A document of the DCC.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Document {
            $( $(#[$meta])* $variant(Box<crate::document::$module::$variant>), )*
            /// *Document de niveau 1*: any kind, around a PDF.
            UnstructuredDocument(Box<UnstructuredDocument>),
        }

        /// Does the same with the document, whatever its kind.
        macro_rules! each {
            ($document:expr, $d:ident => $do:expr) => {
                match $document {
                    $( Document::$variant($d) => $do, )*
                    Document::UnstructuredDocument($d) => $do,
                }
            };
        }

        impl Document {
            /// Every kind, as the `"document"` key of the JSON names it.
            pub const KINDS: &'static [&'static str] = &[$($kind,)* UnstructuredDocument::KIND];

            /// As [`Document::from_json`], of a value.
            ///
            /// # Errors
            /// As [`Document::from_json`], but for those of syntax.
            pub fn from_value(value: json::Value) -> Result<Self, Problems> {
                let kind = json::kind(&value)?;
                $( if kind == $kind {
                    return json::document::read_value(value, $kind).map(Document::$variant);
                } )*
                if kind == UnstructuredDocument::KIND {
                    return json::document::read_value(value, UnstructuredDocument::KIND)
                        .map(Document::UnstructuredDocument);
                }
                Err(Problem::new(&json::KIND, "/document").found(kind).allowed(Self::KINDS).into())
            }

            fn read(source: &Source<'_>) -> Result<(Self, Vec<Unread>), Problems> {
                // a PDF is read as one, even under the template of a kind as well
                if source.has_any(UnstructuredDocument::TEMPLATES)
                    && source.has_file(crate::cda::body::PDF)
                {
                    let reading = UnstructuredDocument::read(source)?;
                    let document = Document::UnstructuredDocument(Box::new(reading.document));
                    return Ok((document, reading.unread));
                }
                let mut refused = None;
                $( if source.has_any(crate::document::$module::$variant::TEMPLATES) {
                    match <crate::document::$module::$variant as Described>::refusal(source) {
                        None => {
                            let reading = <crate::document::$module::$variant as Described>::read(source)?;
                            return Ok((Document::$variant(Box::new(reading.document)), reading.unread));
                        }
                        Some(refusal) => {
                            refused.get_or_insert(refusal);
                        }
                    }
                } )*
                if source.has_any(UnstructuredDocument::TEMPLATES) {
                    let reading = UnstructuredDocument::read(source)?;
                    let document = Document::UnstructuredDocument(Box::new(reading.document));
                    return Ok((document, reading.unread));
                }
                let known: Vec<&str> = [
                    $(crate::document::$module::$variant::TEMPLATES,)*
                    UnstructuredDocument::TEMPLATES,
                ]
                .concat();
                Err(refused.unwrap_or_else(|| source.not_of(&known)).into())
            }
        }

        $( impl From<crate::document::$module::$variant> for Document {
            fn from(document: crate::document::$module::$variant) -> Self {
                Document::$variant(Box::new(document))
            }
        } )*
    };
}
kinds!(document);

impl From<UnstructuredDocument> for Document {
    fn from(document: UnstructuredDocument) -> Self {
        Document::UnstructuredDocument(Box::new(document))
    }
}

impl Document {
    /// The kind of this document, as the `"document"` key of the JSON names it.
    pub fn kind(&self) -> &'static str {
        fn kind<D: ClinicalDocument>(_: &D) -> &'static str {
            D::KIND
        }
        each!(self, d => kind(&**d))
    }

    /// The header, which every kind has.
    pub fn header(&self) -> &Header {
        each!(self, d => &d.header)
    }

    /// Reads the JSON form of any kind.
    ///
    /// # Errors
    /// The kind is unknown (`JSON-DOCUMENT`), or the JSON is not that
    /// of its kind: every problem.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, Problems> {
        Self::from_value(json::parse(text.as_ref())?)
    }

    /// Writes the JSON form.
    ///
    /// # Errors
    /// A number has no JSON form (`JSON-NOMBRE`).
    pub fn to_json(&self) -> Result<String, Problems> {
        each!(self, d => d.to_json())
    }

    /// Every problem of the document.
    pub fn check(&self) -> Problems {
        self.check_with(Terminology::embedded())
    }

    /// As [`Document::check`], against other value sets.
    pub fn check_with(&self, terminology: &Terminology) -> Problems {
        each!(self, d => d.check_with(terminology))
    }

    /// The document, CDA R2 level 3; level 1 for [`Document::UnstructuredDocument`].
    ///
    /// # Errors
    /// Every problem of the document, when one of them is blocking.
    pub fn to_cda(&self) -> Result<Vec<u8>, Problems> {
        self.to_cda_with(&WriteOptions::default())
    }

    /// As [`Document::to_cda`], with options.
    ///
    /// # Errors
    /// As [`Document::to_cda`], but for the codes that the options accept.
    pub fn to_cda_with(&self, options: &WriteOptions) -> Result<Vec<u8>, Problems> {
        Ok(self.write_with(options)?.bytes)
    }

    /// As [`Document::to_cda_with`], with the warnings beside the bytes.
    ///
    /// # Errors
    /// As [`Document::to_cda_with`].
    pub fn write_with(&self, options: &WriteOptions) -> Result<Written, Problems> {
        each!(self, d => d.write_with(options))
    }

    /// The document, CDA R2 level 1: the same header, and `pdf` as body.
    ///
    /// # Errors
    /// Every problem of the document and of the PDF, when one of them is blocking.
    pub fn to_cda_level1(&self, pdf: &[u8]) -> Result<Vec<u8>, Problems> {
        self.to_cda_level1_with(pdf, &WriteOptions::default())
    }

    /// As [`Document::to_cda_level1`], with options.
    ///
    /// # Errors
    /// As [`Document::to_cda_level1`], but for the codes that the options accept.
    pub fn to_cda_level1_with(
        &self,
        pdf: &[u8],
        options: &WriteOptions,
    ) -> Result<Vec<u8>, Problems> {
        Ok(self.write_level1_with(pdf, options)?.bytes)
    }

    /// As [`Document::to_cda_level1_with`], with the warnings beside the bytes.
    ///
    /// # Errors
    /// As [`Document::to_cda_level1_with`].
    pub fn write_level1_with(
        &self,
        pdf: &[u8],
        options: &WriteOptions,
    ) -> Result<Written, Problems> {
        each!(self, d => d.write_level1_with(pdf, options))
    }

    /// Reads a CDA document of any kind, and lists everything in it that the
    /// model cannot hold.
    ///
    /// # Errors
    /// The text is not XML, or is of none of the kinds.
    pub fn from_cda(bytes: &[u8]) -> Result<(Self, Vec<Unread>), Problems> {
        Self::from_cda_with(bytes, &ReadOptions::default())
    }

    /// As [`Document::from_cda`], with options.
    ///
    /// # Errors
    /// As [`Document::from_cda`].
    pub fn from_cda_with(
        bytes: &[u8],
        options: &ReadOptions,
    ) -> Result<(Self, Vec<Unread>), Problems> {
        Source::parse(bytes, options, Self::read)
    }
}

/// The JSON form of its kind.
impl serde::Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        each!(self, d => d.serialize(sink))
    }
}

impl<'de> serde::Deserialize<'de> for Document {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Self::from_value(json::Value::deserialize(source)?).map_err(D::Error::custom)
    }
}
