//! The calls that every document offers, stated once: each document brings its
//! shape and the function of [`Codec`](super::Codec) that describes it.

/// `from_json`, `to_json`, `check`, `to_cda` and `from_cda` of a document.
macro_rules! document_forms {
    ($type:ident, $kind:literal, $said:literal) => {
        impl $type {
            /// The `"document"` key of its JSON.
            pub const KIND: &'static str = $kind;

            /// Reads the JSON form.
            ///
            /// # Errors
            /// Every syntax error, absent or unknown field and value of the wrong
            /// form (`JSON-…`); what the values mean is judged by `check`.
            pub fn from_json(text: &[u8]) -> Result<Self, $crate::problem::Problems> {
                $crate::model::json::read(text, Self::KIND)
            }

            /// Writes the JSON form.
            pub fn to_json(&self) -> String {
                $crate::model::json::write(self, Self::KIND).unwrap_or_default()
            }

            #[doc = concat!("Every problem of the ", $said, ": path (JSON pointer into its JSON), code,")]
            /// French text, what was found, what is allowed.
            pub fn check(&self) -> $crate::problem::Problems {
                self.check_with($crate::terminology::Terminology::embedded())
            }

            #[doc = concat!("The document, CDA R2 in UTF-8. The same ", $said, " gives the same bytes.")]
            ///
            /// # Errors
            #[doc = concat!("Every problem of the ", $said, ", when one of them is blocking.")]
            pub fn to_cda(&self) -> Result<Vec<u8>, $crate::problem::Problems> {
                self.to_cda_with(&$crate::cda::WriteOptions::default())
            }

            #[doc = concat!("As [`", stringify!($type), "::from_cda_with`], with the default options.")]
            ///
            /// # Errors
            #[doc = concat!("As [`", stringify!($type), "::from_cda_with`].")]
            pub fn from_cda(
                bytes: &[u8],
            ) -> Result<$crate::cda::Reading<Self>, $crate::problem::Problems> {
                Self::from_cda_with(bytes, &$crate::cda::ReadOptions::default())
            }
        }
    };
}
pub(crate) use document_forms;

/// The same, and the writing at levels 3 and 1 of a document that has both:
/// `describe` is the function of the codec that takes the shape, the document
/// and its body; `body` that of the body at level 3.
macro_rules! document_calls {
    (
        $type:ident, $kind:literal, $said:literal,
        shape: $shape:ident, describe: $describe:ident, body: $body:ident
        $(, only: $only:ident)?
    ) => {
        $crate::cda::calls::document_forms!($type, $kind, $said);

        impl $type {
            #[doc = concat!("As [`", stringify!($type), "::to_cda`], with options.")]
            ///
            /// # Errors
            #[doc = concat!("As [`", stringify!($type), "::to_cda`], but for the codes that the options accept.")]
            pub fn to_cda_with(
                &self,
                options: &$crate::cda::WriteOptions,
            ) -> Result<Vec<u8>, $crate::problem::Problems> {
                #[allow(unused_mut)]
                let mut problems = self.check_with(options.terminology());
                $(problems.extend(self.$only());)?
                options.allow(problems)?;
                Ok(self.described(options, &$shape, |s, d| s.$body(d)))
            }

            /// The document, CDA R2 level 1: the same header, and `pdf` as body.
            ///
            /// # Errors
            #[doc = concat!("Every problem of the ", $said, " and of the PDF, when one of them is blocking.")]
            pub fn to_cda_level1(&self, pdf: &[u8]) -> Result<Vec<u8>, $crate::problem::Problems> {
                self.to_cda_level1_with(pdf, &$crate::cda::WriteOptions::default())
            }

            #[doc = concat!("As [`", stringify!($type), "::to_cda_level1`], with options.")]
            ///
            /// # Errors
            #[doc = concat!("As [`", stringify!($type), "::to_cda_level1`], but for the codes that the options accept.")]
            pub fn to_cda_level1_with(
                &self,
                pdf: &[u8],
                options: &$crate::cda::WriteOptions,
            ) -> Result<Vec<u8>, $crate::problem::Problems> {
                let mut pdf = $crate::model::Binary(pdf.to_vec());
                let mut problems = self.check_with(options.terminology());
                $crate::unstructured::pdf::check(&pdf, "/pdf", &mut problems);
                options.allow(problems)?;
                let shape = $crate::cda::header::DocumentTemplate::level_one($shape.code);
                Ok(self.described(options, &shape, |s, _| s.pdf_body(&mut pdf)))
            }

            fn described(
                &self,
                options: &$crate::cda::WriteOptions,
                shape: &$crate::cda::header::DocumentTemplate,
                body: impl FnOnce(&mut $crate::cda::Codec<'_>, &mut $type),
            ) -> Vec<u8> {
                let mut document = self.clone();
                let id = document.header.id.to_string();
                $crate::cda::Codec::write(options.terminology(), &id, |s| {
                    s.$describe(shape, &mut document, body);
                })
            }
        }
    };
}
pub(crate) use document_calls;
