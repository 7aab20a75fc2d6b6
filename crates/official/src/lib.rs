//! The official rules of the ANS for CDA documents of the CI-SIS, run in process: the rule sets and schemas of the
//! repository *TestContenuCDA-3-0* give the same findings as the reference runner (Saxon), in milliseconds.
//!
//! Nothing of the ANS is in this crate: the rules are read from the user's own copy, a folder or the ZIP archive.
//!
//! - [`RuleBook`]: the rules of a release, compiled, shared by threads
//! - [`Folder`], [`Zip`], [`Files`]: where they are read from
//! - [`Verdict`], [`Finding`]: what a check gives, also as JSON, SVRL and HTML
//! - [`Volet`], [`VoletChoice`]: the specification that a document follows
//! - [`Notice`]: what is amiss in a release
//!
//! ```no_run
//! use dcc_official::{Folder, Mode, RuleBook, VoletChoice};
//!
//! let book = RuleBook::load(Folder::new("TestContenuCDA-3-0"))?;
//! let document = std::fs::read("fiche.xml")?;
//! let verdict = book.check(&document, VoletChoice::Auto, Mode::Helpful)?;
//! println!("{}", verdict.summary());
//! for f in &verdict.findings {
//!     println!("{} {} {} {}", f.set, f.level.as_str(), f.location, f.text);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "zip")]
mod archive;
mod book;
mod cache;
mod files;
#[cfg(feature = "fs")]
mod folder;
mod html;
mod json;
mod layout;
mod notice;
mod release;
mod schema;
mod survey;
mod svrl;
mod verdict;
mod volets;
mod xml;

#[cfg(feature = "zip")]
pub use archive::Zip;
pub use book::{LoadError, RuleBook, UnknownVolet};
pub use cache::CacheError;
pub use dcc_schematron::{Level, Limits, Mode};
pub use files::{Entry, Files};
#[cfg(feature = "fs")]
pub use folder::Folder;
pub use notice::Notice;
pub use verdict::{Finding, SetRun, Verdict};
pub use volets::{Volet, VoletChoice};
