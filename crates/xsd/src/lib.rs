//! Validation against XML Schema 1.0, small and fast: the constructs that the
//! schemas of CDA R2 (with the extensions of the CI-SIS), XSLT 2.0 and ebRIM
//! use. A schema with any other construct is refused when it is compiled, with
//! file and line.
//!
//! The verdict (valid or not) is that of libxml2, its few leniencies included;
//! messages are in French, with stable codes, and every breach is listed.
//! Content models are deterministic automata, so that time is linear in the
//! size of the document.
//!
//! - [`Schema`]: compiled once from the files that a [`Source`] gives; shared
//!   by threads
//! - [`Validator`]: driven by the events of any tree or parser
//! - [`Schema::validate`]: validates bytes, with paths, lines and columns
//! - [`Violation`], [`Code`]: what is wrong
//! - [`Limits`]: bounds on hostile documents
//!
//! ```
//! use std::collections::BTreeMap;
//! use dcc_xsd::{Limits, Schema};
//!
//! let xsd = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
//!     <xs:element name="note">
//!         <xs:complexType>
//!             <xs:sequence>
//!                 <xs:element name="to" type="xs:string"/>
//!             </xs:sequence>
//!             <xs:attribute name="date" type="xs:date" use="required"/>
//!         </xs:complexType>
//!     </xs:element>
//! </xs:schema>"#;
//! let files = BTreeMap::from([("note.xsd".to_owned(), xsd.as_bytes().to_vec())]);
//! let schema = Schema::compile("note.xsd", &files)?;
//!
//! let good = schema.validate(br#"<note date="2022-01-31"><to>A</to></note>"#, &Limits::default())?;
//! assert!(good.is_valid());
//!
//! let bad = schema.validate(b"<note>\n  <from/>\n</note>", &Limits::default())?;
//! let lines: Vec<String> = bad.findings.iter().map(ToString::to_string).collect();
//! assert_eq!(lines, [
//!     "ligne 1, colonne 1, /note : XSD-ATTRIBUT-MANQUANT : \
//!      L'attribut « date » de l'élément « note » est obligatoire. (attendu : une date (AAAA-MM-JJ))",
//!     "ligne 2, colonne 3, /note/from : XSD-ELEMENT-INATTENDU : \
//!      L'élément « from » n'est pas attendu ici dans « note ». (attendu : to)",
//!     "ligne 1, colonne 1, /note : XSD-ELEMENT-MANQUANT : \
//!      L'élément « note » est incomplet : il manque au moins un élément. (attendu : to)",
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod compile;
mod limits;
mod model;
mod name;
mod reader;
mod schema;
mod simple;
mod source;
mod validate;
mod validator;
mod violation;

pub use limits::Limits;
pub use name::{Name, NameId, XML, XS, XSI};
pub use reader::{XmlError, position};
pub use schema::{Schema, SchemaSize};
pub use simple::Prefixes;
pub use source::{SchemaError, SchemaErrors, Source};
pub use validate::{Finding, Findings};
pub use validator::{Attribute, Validator};
pub use violation::{Code, Report, Violation};
