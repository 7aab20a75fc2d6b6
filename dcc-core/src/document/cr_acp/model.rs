//! The content of a report.

use crate::model::{
    AbsentReason, Author, Binary, CareContext, Code, Header, Identifier, PartialDateTime, Period,
    Professional, document_model, model,
};

document_model! {
    CrAcpFields, "CrAcp";
    /// *Compte rendu d'anatomie et cytologie pathologiques*, or of molecular genetics.
    pub struct CrAcp {
        /// *En-tête*.
        pub header: Header,
        /// *Type de document*, value set JDV_J07_XdsTypeCode_CISIS: `60568-3`
        /// (CR-ACP) when not given; `11526-1` is that of older CR-ACP, `51969-4` that of a CR-GM.
        pub code: Option<Code>,
        /// *Contexte*: requester (`REF`), sampler (`PRELV`), prescription, act, stay.
        pub context: CareContext,
        /// *Sections*, in the order of the document.
        pub sections: Vec<Section>,
    }
}

model! {
    /// A section of the report.
    pub struct Section {
        /// *Nature*; none for a section that APSR does not define.
        pub kind: Option<SectionKind>,
        /// *Code* of a section that APSR does not define (LOINC).
        pub code: Option<Code>,
        /// *Spécialité de la section* (`translation` of its code): `50397-9` for a CR-GM.
        pub specialty: Option<Code>,
        /// *Titre*; the usual one of its nature when not given.
        pub title: Option<String>,
        /// *Texte* as its reader sees it, line breaks kept.
        pub text: Option<String>,
        /// *Auteurs de la section*.
        pub authors: Vec<Author>,
        /// *Images*.
        pub images: Vec<Image>,
        /// *Actes* of the section: samplings.
        pub procedures: Vec<Procedure>,
        /// *Groupes d'observations* on a problem.
        pub batteries: Vec<Battery>,
        /// *Prélèvements*, each with its sampling and what was observed on it.
        pub specimens: Vec<Specimen>,
        /// *Observations* outside any group.
        pub observations: Vec<Observation>,
        /// *Sous-sections*.
        pub sections: Vec<Section>,
    }

    /// *Image* kept in the report (`observationMedia`).
    #[derive(Eq)]
    pub struct Image {
        /// *Identifiant* that the text of the section points to: a letter, then
        /// letters, digits, `-`, `_` or `.`.
        pub id: String,
        /// *Type*: `image/jpeg`, `image/png` or `image/gif`.
        pub media_type: String,
        /// *Image*.
        pub data: Binary,
    }

    /// *Acte*: a sampling (*prélèvement*).
    pub struct Procedure {
        /// *Code de l'acte*.
        pub code: Option<Coded>,
        /// *Période*, or moment when both bounds are the same.
        pub period: Period,
        /// *Site*, with its laterality as a qualifier.
        pub site: Option<Coded>,
        /// *Prélèvement traité*.
        pub specimen: Option<Identifier>,
        /// *Exécutants*.
        pub performers: Vec<ReportPerformer>,
        /// *Auteurs*.
        pub authors: Vec<Author>,
        /// *Prélèvement obtenu*.
        pub product: Option<Identifier>,
        /// *Date d'obtention du prélèvement*, when stated apart.
        pub product_period: Period,
        /// *Date de réception du prélèvement* by the laboratory.
        pub received: Option<PartialDateTime>,
    }

    /// *Exécutant* of an act of the report.
    #[derive(Eq)]
    pub struct ReportPerformer {
        /// *Période*, or moment when both bounds are the same.
        pub period: Period,
        /// *Professionnel*.
        pub professional: Professional,
    }

    /// *Prélèvement* and what was observed on it (APSR 1 `CLUSTER`).
    pub struct Specimen {
        /// *Prélèvements* (acts).
        pub procedures: Vec<Procedure>,
        /// *Groupes d'observations*.
        pub batteries: Vec<Battery>,
    }

    /// *Groupe d'observations* (APSR problem organizer).
    pub struct Battery {
        /// *Sujet*: what the group is about, as a qualifier of *Problème*.
        pub topic: Option<Qualifier>,
        /// *Interrompu*: the group will not be completed (`aborted`).
        pub aborted: bool,
        /// *Période*, or moment when both bounds are the same.
        pub period: Period,
        /// *Prélèvements observés*.
        pub specimens: Vec<Identifier>,
        /// *Exécutants*.
        pub performers: Vec<ReportPerformer>,
        /// *Auteurs*.
        pub authors: Vec<Author>,
        /// *Observations*.
        pub observations: Vec<Observation>,
        /// *Commentaires*; an empty one is a comment announced and not given.
        pub comments: Vec<Comment>,
    }

    /// *Observation* and its value.
    pub struct Observation {
        /// *Code de l'observation*.
        pub code: Option<Coded>,
        /// *Négation*: not observed.
        pub negated: bool,
        /// *Texte* of the report on it, where it says other than the value.
        pub text: Option<String>,
        /// *Interrompue*: the value will not come (`aborted`).
        pub aborted: bool,
        /// *Période*, or moment when both bounds are the same.
        pub period: Period,
        /// *Valeur*.
        pub value: Option<Value>,
        /// *Interprétation*.
        pub interpretation: Option<Code>,
        /// *Méthode*.
        pub method: Option<Code>,
        /// *Site*, with its laterality as a qualifier.
        pub site: Option<Coded>,
        /// *Prélèvements observés*.
        pub specimens: Vec<Identifier>,
        /// *Exécutants*.
        pub performers: Vec<ReportPerformer>,
        /// *Auteurs*.
        pub authors: Vec<Author>,
        /// *Observations composantes*.
        pub components: Vec<Observation>,
        /// *Commentaires*.
        pub comments: Vec<Comment>,
    }

    /// *Commentaire*.
    #[derive(Eq)]
    pub struct Comment {
        /// *Texte*.
        pub text: Option<String>,
    }

    /// A code with what completes it: the same in other terminologies
    /// (ADICAP beside PathLex), and qualifiers (laterality).
    #[derive(Eq)]
    pub struct Coded {
        /// *Code*, with its code system.
        pub code: Option<Code>,
        /// *Absence de code*: why there is none.
        pub absent: Option<AbsentReason>,
        /// *Qualificatifs*.
        pub qualifiers: Vec<Qualifier>,
        /// *Traductions* in other code systems.
        pub translations: Vec<Code>,
    }

    /// *Qualificatif* of a code: `latéralité` = `gauche`.
    #[derive(Eq)]
    pub struct Qualifier {
        /// *Nom*.
        pub name: Code,
        /// *Valeur*.
        pub value: Option<Code>,
    }

    /// A number with its unit, as the source writes it.
    #[derive(Eq)]
    pub struct Quantity {
        /// *Nombre décimal*, with a point: `1.5`.
        pub value: String,
        /// *Unité* (UCUM): `mm`, `%`.
        pub unit: Option<String>,
    }
}

/// *Nature d'une section* of APSR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// *Renseignements cliniques*: LOINC 22636-5.
    ClinicalInformation,
    /// *Prélèvements* (procedure steps): LOINC 46059-2.
    ProcedureSteps,
    /// *Examen extemporané*: LOINC 83321-0.
    Intraoperative,
    /// *Examen macroscopique*: LOINC 22634-0.
    Macroscopic,
    /// *Examen microscopique*: LOINC 22635-7.
    Microscopic,
    /// *Conclusion et diagnostic*: LOINC 22637-3.
    Conclusion,
}

/// *Valeur d'une observation*. JSON: one key, `{"code": {…}}`, `{"text": "…"}`…
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// *Code* (`CD`).
    Code(Coded),
    /// *Texte* (`ST`).
    Text(String),
    /// *Quantité* (`PQ`).
    Quantity(Quantity),
    /// *Nombre décimal* (`REAL`), as the source writes it.
    Real(String),
    /// *Nombre entier* (`INT`).
    Integer(i32),
    /// *Booléen* (`BL`).
    Boolean(bool),
    /// *Date* (`TS`).
    PartialDateTime(PartialDateTime),
}

impl Coded {
    /// A code alone, in its code system.
    pub fn new(code: Code) -> Self {
        Coded {
            code: Some(code),
            ..Coded::default()
        }
    }

    /// The same, said in another code system too.
    #[must_use]
    pub fn also(mut self, code: Code) -> Self {
        self.translations.push(code);
        self
    }

    /// Every code: its own, then its translations.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.code.iter().chain(&self.translations)
    }

    /// What a reader is shown.
    pub fn display(&self) -> String {
        let shown = |c: &Code| c.label.clone().unwrap_or_else(|| c.code.clone());
        let mut text = match (&self.code, self.absent) {
            (Some(code), _) => shown(code),
            (None, Some(absence)) => absence.label().to_owned(),
            (None, None) => self.translations.first().map_or_else(String::new, shown),
        };
        for value in self.qualifiers.iter().filter_map(|q| q.value.as_ref()) {
            text.push_str(&format!(", {}", shown(value)));
        }
        text
    }
}

impl Value {
    /// What a reader is shown.
    pub fn display(&self) -> String {
        match self {
            Value::Code(coded) => coded.display(),
            Value::Text(text) | Value::Real(text) => text.clone(),
            Value::Quantity(q) => match &q.unit {
                Some(unit) => format!("{} {unit}", q.value),
                None => q.value.clone(),
            },
            Value::Integer(n) => n.to_string(),
            Value::Boolean(value) => crate::cda::narrative::yes_no(*value).to_owned(),
            Value::PartialDateTime(moment) => moment.french().to_string(),
        }
    }
}

impl Observation {
    /// An observation of a value.
    pub fn new(code: Code, value: Value) -> Self {
        Observation {
            code: Some(Coded::new(code)),
            value: Some(value),
            ..Observation::default()
        }
    }
}
