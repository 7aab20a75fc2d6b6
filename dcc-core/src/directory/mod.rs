//! The national directory beside a document (feature `directory`): a
//! professional or an organisation filled from an identifier, and the
//! identities of a document checked.
//!
//! The directory itself is the crate `dcc-directory`: the host reads editions
//! with `DirectoryBuilder` and keeps the file. Nothing is chosen for anyone: where
//! the directory knows several specialties or structures, they are listed.
//!
//! ```
//! use dcc_core::directory::{Choice, DirectoryBuilder, EditionDate, Directory, Source, professional};
//!
//! let edition = "Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession|\
//! Code catégorie professionnelle|Code savoir-faire|Numéro SIRET site|Numéro FINESS site|\
//! Identifiant technique de la structure|Raison sociale site\n\
//! 810099887761|ESSAI|Anna|10|C|SM36||990000010|F990000010|CENTRE D'ESSAI\n";
//! let mut builder = DirectoryBuilder::default();
//! let date = EditionDate::parse("2026-08-26").unwrap();
//! builder.read(Source::Activities, date, edition.as_bytes()).unwrap();
//! let file = builder.finish().unwrap();
//! let directory = Directory::open(&file).unwrap();
//!
//! let anna = professional(&directory, "810099887761", &Choice::default()).unwrap();
//! assert_eq!(anna.value.specialty.unwrap().code, "G15_10/SM36");
//! assert_eq!(anna.value.organization.unwrap().finess.as_deref(), Some("990000010"));
//! assert!(anna.problems.is_empty());
//! ```

mod check;
mod fill;
pub mod rules;

pub use check::check;
#[doc(no_inline)]
pub use dcc_directory::{
    Activity, Answer, BuildOptions, Directory, DirectoryBuilder, Edition, EditionDate, Mailbox,
    Matches, Nearness, OwnedDirectory, PersonQuery, Source, SourceReport, Structure,
    StructureQuery,
};
pub use fill::{Choice, Filled, organization, professional};
