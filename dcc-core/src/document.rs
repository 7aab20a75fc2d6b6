//! Any document of the DCC, told apart by the `"document"` key of its JSON or
//! by the templates of its CDA, which a glance at its head gives: it is then
//! parsed once, as its kind.

use crate::cda::{ReadOptions, Unread, WriteOptions};
use crate::cr_acp::CrAcp;
use crate::fiche_rcp::FicheRcp;
use crate::model::{Header, json};
use crate::ppac::Ppac;
use crate::pps::Pps;
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;
use crate::unstructured::UnstructuredDocument;

macro_rules! documents {
    ($($(#[$meta:meta])* $variant:ident($ty:ty);)*) => {
        /// A document of the DCC.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Document {
            $( $(#[$meta])* $variant(Box<$ty>), )*
        }

        impl Document {
            /// Every kind, as the `"document"` key of the JSON says it.
            pub const KINDS: &'static [&'static str] = &[$(<$ty>::KIND),*];

            /// The kind of this document.
            pub fn kind(&self) -> &'static str {
                match self { $( Document::$variant(_) => <$ty>::KIND, )* }
            }

            /// Reads the JSON form of any kind.
            ///
            /// # Errors
            /// The kind is unknown (`JSON-DOCUMENT`), or the JSON is not that
            /// of its kind: every problem.
            pub fn from_json(text: &[u8]) -> Result<Self, Problems> {
                let kind = json::kind(text)?;
                $( if kind == <$ty>::KIND {
                    return <$ty>::from_json(text).map(|d| Document::$variant(Box::new(d)));
                } )*
                Err(Problem::new(&json::KIND, "/document").found(kind).allowed(Self::KINDS).into())
            }

            /// Writes the JSON form.
            pub fn to_json(&self) -> String {
                match self { $( Document::$variant(d) => d.to_json(), )* }
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
                match self { $( Document::$variant(d) => d.to_cda_with(options), )* }
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
                match self { $( Document::$variant(d) => d.to_cda_level1_with(pdf, options), )* }
            }

            /// Every problem of the document.
            pub fn check(&self) -> Problems {
                self.check_with(Terminology::embedded())
            }

            /// As [`Document::check`], against other value sets.
            pub fn check_with(&self, terminology: &Terminology) -> Problems {
                match self { $( Document::$variant(d) => d.check_with(terminology), )* }
            }

            /// The header, which every kind has.
            pub fn header(&self) -> &Header {
                match self { $( Document::$variant(d) => &d.header, )* }
            }

            /// Reads a CDA document of any kind, and lists what of it the model has no place for.
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
            pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<(Self, Vec<Unread>), Problems> {
                // the kinds whose templates the document bears; all of them when it
                // bears none, for what they say of it
                let borne = crate::xml::template_ids(bytes);
                let bears = |templates: &[&str]| borne.iter().any(|id| templates.contains(&id.as_str()));
                let none = ![$( bears(<$ty>::TEMPLATES) ),*].contains(&true);
                // a PDF is read as one, even under the template of a kind as well
                if bears(UnstructuredDocument::TEMPLATES)
                    && let Ok(reading) = UnstructuredDocument::from_cda_with(bytes, options)
                {
                    return Ok((Document::UnstructuredDocument(Box::new(reading.document)), reading.unread));
                }
                let mut refused = Vec::new();
                $( if none || bears(<$ty>::TEMPLATES) {
                    match <$ty>::from_cda_with(bytes, options) {
                        Ok(reading) => return Ok((Document::$variant(Box::new(reading.document)), reading.unread)),
                        Err(problems) => refused.push(problems),
                    }
                } )*
                let is_other_kind = |p: &Problems| p.iter().all(|p| p.code == crate::cda::rules::TEMPLATE.code);
                let first = refused.iter().position(|p| !is_other_kind(p)).unwrap_or(0);
                Err(refused.swap_remove(first))
            }
        }
    };
}

documents! {
    /// *Fiche RCP*.
    FicheRcp(FicheRcp);
    /// *Programme personnalisé de soins*.
    Pps(Pps);
    /// *Programme personnalisé de l'après-cancer*.
    Ppac(Ppac);
    /// *Compte rendu d'anatomie et cytologie pathologiques*.
    CrAcp(CrAcp);
    /// *Document de niveau 1*: any kind, around a PDF.
    UnstructuredDocument(UnstructuredDocument);
}
