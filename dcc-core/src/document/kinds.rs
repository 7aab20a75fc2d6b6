//! The one table of the kinds of documents.
//!
//! A kind is a folder, its `mod` line and a line of this table, which gives [`Document`](crate::document::Document), [`DocumentKind`], the
//! JSON schemas, the catalogue of rules and what the bindings list.

use crate::cda::description::Described;
use crate::problem::Rule;

/// Calls a macro with the table: `variant: module, "kind", "nom français";`,
/// the more special kind after the more general one; then the kinds that are
/// known at level 1 only, with their types (LOINC).
macro_rules! kinds {
    ($do:ident) => {
        $do! {
            documents {
                /// *Fiche RCP*.
                FicheRcp: fiche_rcp, "fiche_rcp", "Fiche RCP";
                /// *Programme personnalisé de soins* (PPS).
                Pps: pps, "pps", "Programme personnalisé de soins (PPS)";
                /// *Programme personnalisé de l'après-cancer* (PPAC).
                Ppac: ppac, "ppac", "Programme personnalisé de l'après-cancer (PPAC)";
                /// *Compte rendu d'anatomie et cytologie pathologiques* (CR-ACP).
                CrAcp: cr_acp, "cr_acp", "Compte rendu d'anatomie et cytologie pathologiques (CR-ACP)";
            }
            level_one {
                /// *Compte rendu de génétique moléculaire* (CR-GM): at level 1 only.
                CrGm: "cr_gm", "Compte rendu de génétique moléculaire (CR-GM)", ["51969-4"];
            }
        }
    };
}
pub(crate) use kinds;

macro_rules! document_kind {
    (
        documents { $($(#[$meta:meta])* $variant:ident: $module:ident, $kind:literal, $french:literal;)* }
        level_one { $($(#[$only_meta:meta])* $only:ident: $only_kind:literal, $only_french:literal, [$($code:literal),*];)* }
    ) => {
        /// The kinds of documents of a DCC.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum DocumentKind {
            $( $(#[$meta])* $variant, )*
            $( $(#[$only_meta])* $only, )*
        }

        impl DocumentKind {
            /// Every kind.
            pub const ALL: &'static [DocumentKind] =
                &[$(DocumentKind::$variant,)* $(DocumentKind::$only),*];

            /// Its name in JSON, for example `fiche_rcp`.
            pub const fn name(self) -> &'static str {
                match self {
                    $( DocumentKind::$variant => $kind, )*
                    $( DocumentKind::$only => $only_kind, )*
                }
            }

            /// Its French name.
            pub const fn french(self) -> &'static str {
                match self {
                    $( DocumentKind::$variant => $french, )*
                    $( DocumentKind::$only => $only_french, )*
                }
            }

            /// True when a document of this type (LOINC) and title is of this kind.
            fn is_type(self, code: &str, title: &str) -> bool {
                match self {
                    $( DocumentKind::$variant => {
                        <crate::document::$module::$variant as Described>::is_type(code, title)
                    } )*
                    $( DocumentKind::$only => [$($code),*].contains(&code), )*
                }
            }
        }

        /// The rules of each kind.
        pub(crate) static RULES: &[&[&Rule]] = &[$(crate::document::$module::rules::RULES),*];
    };
}
kinds!(document_kind);

impl DocumentKind {
    /// The kind of a document type (LOINC) and a title: some kinds share a
    /// type, and only the title tells them apart.
    pub fn of(code: &str, title: &str) -> Option<Self> {
        let kinds = Self::ALL.iter().rev().copied();
        kinds.into_iter().find(|kind| kind.is_type(code, title))
    }
}
