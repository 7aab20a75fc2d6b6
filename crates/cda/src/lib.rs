//! The data types of a CDA R2 document (HL7 v3 data types, release 1) as text
//! for a French reader, read in one place for whoever reads or shows a
//! document.
//!
//! Nothing is refused here: what is not understood is given as it stands, and
//! reported. A reader marks in the [`dcc_xml::tree::Tree`] each element that
//! it used, so that a caller can list what nobody read.
//!
//! - [`document`]: the `ClinicalDocument` of a file
//! - [`ts`]: dates and instants (`TS`) and [`interval`]: `IVL_TS`
//! - [`ii`]: identifiers (`II`) and the OIDs that say what they are
//! - [`name`]: names of persons and organisations (`PN`, `ON`, `EN`)
//! - [`address`]: postal addresses (`AD`)
//! - [`telecom`]: telephone, mail (`TEL`)
//! - [`code`]: labels of coded values (`CD`, `CE`)
//! - [`ed`]: encapsulated data (`ED`): base64, compression, reference
//! - [`parts`]: mixed content in the order of its text
//! - [`rules`]: what a reader reports
//!
//! # Quick start
//!
//! ```
//! use dcc_cda::{Ts, document};
//! use dcc_xml::tree::{Limits, Tree};
//!
//! let cda = "<ClinicalDocument xmlns='urn:hl7-org:v3'>\
//!            <effectiveTime value='201902180949+0100'/></ClinicalDocument>";
//! let tree = Tree::parse(cda, &Limits::default())?;
//! let root = document::find(&tree)?;
//! let time = tree.element(root, "effectiveTime").unwrap();
//! let ts = Ts::parse(tree.peek(time, "value").unwrap()).unwrap();
//! assert_eq!(ts.french(), "18/02/2019 à 09:49");
//! # Ok::<(), dcc_base::problem::Problems>(())
//! ```

pub mod address;
pub mod code;
pub mod document;
pub mod ed;
pub mod ii;
pub mod interval;
pub mod name;
pub mod parts;
pub mod rules;
pub mod telecom;
pub mod ts;

pub use ed::{Ed, decode_base64};
pub use ts::{Ts, TsFault};
