//! What is wrong with a document.

use std::fmt;

/// One breach of a schema.
///
/// `Display` and `Debug` leave [`found`](Violation::found) out: it may be a
/// value of a patient.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Stable code of the kind of breach.
    pub code: Code,
    /// The element, as the caller of [`Validator`](crate::Validator) numbers
    /// them.
    pub node: u64,
    /// Name of the attribute at fault.
    pub attribute: Option<String>,
    /// What is wrong, in French, a sentence.
    pub message: String,
    /// What the document has there: a name or a value.
    pub found: Option<String>,
    /// What the schema allows there: names, values or a description.
    pub expected: Vec<String>,
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("code", &self.code)
            .field("node", &self.node)
            .field("attribute", &self.attribute)
            .field("message", &self.message)
            .field("expected", &self.expected)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Violation {
    /// `CODE : message (attendu : a, b)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : {}", self.code.as_str(), self.message)?;
        if !self.expected.is_empty() {
            write!(f, " (attendu : {})", self.expected.join(", "))?;
        }
        Ok(())
    }
}

macro_rules! codes {
    ($($variant:ident $code:literal $doc:literal;)*) => {
        /// Kind of a breach; the text of a code never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $doc] $variant,)* }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The stable text of the code.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code,)* }
            }
        }
    };
}

codes! {
    Root "XSD-RACINE" "The root element has no global declaration (*racine inconnue*).";
    ElementUnexpected "XSD-ELEMENT-INATTENDU" "An element that may not stand there.";
    ElementMissing "XSD-ELEMENT-MANQUANT" "The content ends before it is complete.";
    ElementAbstract "XSD-ELEMENT-ABSTRAIT" "An abstract element, which others must stand for.";
    ElementUndeclared "XSD-ELEMENT-NON-DECLARE" "An element without the global declaration that a wildcard asks for.";
    TextUnexpected "XSD-TEXTE-INATTENDU" "Text where only elements, or nothing, may be.";
    TextValue "XSD-TEXTE-VALEUR" "The text of an element is not of its type.";
    AttributeUnexpected "XSD-ATTRIBUT-INATTENDU" "An attribute that the element may not have.";
    AttributeMissing "XSD-ATTRIBUT-MANQUANT" "A required attribute is missing.";
    AttributeValue "XSD-ATTRIBUT-VALEUR" "The value of an attribute is not of its type.";
    AttributeFixed "XSD-ATTRIBUT-FIXE" "The value of an attribute is not the only one allowed.";
    IdDouble "XSD-ID-DOUBLE" "Two elements have the same identifier (`xs:ID`).";
    TypeUnknown "XSD-TYPE-INCONNU" "`xsi:type` names no type of the schema.";
    TypeUnrelated "XSD-TYPE-NON-DERIVE" "`xsi:type` names a type that may not stand for the declared one.";
    TypeAbstract "XSD-TYPE-ABSTRAIT" "The type is abstract: `xsi:type` must name one that derives from it.";
    NilForbidden "XSD-NIL-INTERDIT" "`xsi:nil` on an element that may not be nil.";
    NilContent "XSD-NIL-CONTENU" "An element with `xsi:nil=\"true\"` is not empty.";
    KeyMissing "XSD-CLE-MANQUANTE" "A key (`xs:key`) has no value.";
    KeyDouble "XSD-CLE-DOUBLE" "Two elements have the same key (`xs:key`, `xs:unique`).";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The breaches of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// In the order of the document.
    pub violations: Vec<Violation>,
    /// Number of breaches, those not listed included.
    pub total: usize,
}

impl Report {
    /// True when the document follows the schema.
    pub fn is_valid(&self) -> bool {
        self.total == 0
    }

    /// True when there were more breaches than the limit lists.
    pub fn is_cut(&self) -> bool {
        self.total > self.violations.len()
    }
}
