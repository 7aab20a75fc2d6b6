//! The kinds of documents.

/// The kinds of documents of a DCC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// *Fiche RCP*: 34794-8.
    FicheRcp,
    /// *Programme personnalisé de soins*: 18776-5.
    Pps,
    /// *Programme personnalisé de l'après-cancer*: 18776-5 too, its title says it.
    Ppac,
    /// *Compte rendu d'anatomie et cytologie pathologiques*: 60568-3, formerly 11526-1.
    CrAcp,
    /// *Compte rendu de génétique moléculaire*: 51969-4.
    CrGm,
}

impl DocumentKind {
    /// Its name in JSON, for example `fiche_rcp`.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentKind::FicheRcp => "fiche_rcp",
            DocumentKind::Pps => "pps",
            DocumentKind::Ppac => "ppac",
            DocumentKind::CrAcp => "cr_acp",
            DocumentKind::CrGm => "cr_gm",
        }
    }

    /// The kind of a document type (LOINC) and a title.
    pub fn of(code: &str, title: &str) -> Option<Self> {
        let title = title.to_uppercase();
        match code {
            "34794-8" => Some(DocumentKind::FicheRcp),
            "18776-5"
                if title.contains("PPAC")
                    || title.contains("APRÈS-CANCER")
                    || title.contains("APRES-CANCER") =>
            {
                Some(DocumentKind::Ppac)
            }
            "18776-5" => Some(DocumentKind::Pps),
            "60568-3" | "11526-1" => Some(DocumentKind::CrAcp),
            "51969-4" => Some(DocumentKind::CrGm),
            _ => None,
        }
    }
}
