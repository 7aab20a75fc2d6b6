//! The French directory of health professionals and structures: editions of
//! the national extractions in, one compact file out, look-ups and searches.
//!
//! - [`DirectoryBuilder`] reads editions as streams: Annuaire Santé
//!   (`PS_LibreAcces`, MSSanté, card holders), FINESS (CSV and JSON), bundles of
//!   the FHIR API
//! - [`Directory`] reads the file in place: [`Professional`], [`Activity`],
//!   [`Structure`], [`Mailbox`] by identifier, [`PersonQuery`] and
//!   [`StructureQuery`] by name, profession, savoir-faire, town
//! - [`Answer`]: each answer has the date of its edition
//! - [`rules`]: what can be wrong with an edition or a file
//!
//! Nothing is embedded and nothing is fetched: the host brings the editions
//! and keeps the file.
//!
//! ```
//! use dcc_directory::{Directory, DirectoryBuilder, EditionDate, PersonQuery, Source};
//!
//! let edition = "Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession|\
//! Code catégorie professionnelle|Code savoir-faire|Numéro SIRET site|Numéro FINESS site|\
//! Identifiant technique de la structure|Raison sociale site\n\
//! 810099887761|ESSAI|Anna|10|C|SM36||990000010|F990000010|CENTRE D'ESSAI\n";
//! let name = "PS_LibreAcces_Personne_activite_202608261423.txt";
//!
//! let mut builder = DirectoryBuilder::default();
//! let date = EditionDate::from_file_name(name).unwrap();
//! let report = builder.read(Source::Activities, date, edition.as_bytes()).unwrap();
//! assert_eq!(report.edition.lines, 1);
//! let file = builder.finish().unwrap();
//!
//! let directory = Directory::open(&file).unwrap();
//! let answer = directory.professional("810099887761");
//! let anna = answer.value.unwrap();
//! assert_eq!((anna.surname(), anna.author_specialties()[0].code.as_str()), ("ESSAI", "G15_10/SM36"));
//! assert_eq!(answer.edition.to_string(), "2026-08-26T14:23");
//!
//! let mut query = PersonQuery::default();
//! query.name = Some("anna essay"); // a typing fault
//! assert_eq!(directory.search(&query).value.found[0].professional, anna);
//! ```

mod build;
mod builder;
mod edition;
mod file;
mod names;
mod read;
pub mod rules;
mod view;

pub use builder::{BuildError, BuildOptions, DirectoryBuilder, SourceReader, SourceReport};
pub use edition::{Edition, EditionDate, Source};
pub use view::answer::{Answer, Coded};
pub use view::directory::Directory;
pub use view::mailbox::{Mailbox, MailboxKind};
pub use view::owned::OwnedDirectory;
pub use view::professional::{Activity, Card, Diploma, Professional, Skill};
pub use view::query::{Matches, Nearness, PersonQuery};
pub use view::record::{ActivityRecord, ProfessionalRecord, StructureRecord};
pub use view::search::PersonMatch;
pub use view::search_structures::{StructureMatch, StructureQuery};
pub use view::specialty::AuthorSpecialty;
pub use view::structure::Structure;
