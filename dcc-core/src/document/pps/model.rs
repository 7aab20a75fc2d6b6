//! The content of a PPS.
//!
//! Source: CI-SIS, volet « Programme personnalisé de soins » (CANCER-PPS)
//! 2022.01, and the samples of the ANS.

use crate::model::{
    Answer, AttendingPhysician, Code, DocumentStatus, Establishment, Header, Identifier, OrAbsent,
    PartialDateTime, Participant, Period, Phase, Professional, Tumour, document_model, model,
};

document_model! {
    PpsFields, "Pps";
    /// *Programme personnalisé de soins*: what treatments, follow-up and
    /// supportive care a patient will have, handed to the patient.
    pub struct Pps {
        /// *En-tête*.
        pub header: Header,
        /// *Acte documenté et prise en charge*.
        pub context: PpsContext,
        /// *Intervenants*.
        pub team: CareTeam,
        /// *Commentaire sur le patient*.
        pub patient_comment: Option<String>,
        /// *Pédiatrie*.
        pub paediatrics: Option<Paediatrics>,
        /// *Tumeurs*, at least one.
        pub tumours: Vec<Tumour>,
        /// *Mode de découverte du cancer*: from an organised screening or not
        /// (LOINC 63921-1); may be `{"absent": "unknown"}`.
        pub from_screening: Option<OrAbsent<Answer>>,
        /// *Phase et progression du cancer*.
        pub phase: Option<Phase>,
        /// *Programme thérapeutique et de suivi*.
        pub programme: Programme,
        /// *Soins oncologiques de support, accompagnement social et socioprofessionnel*.
        pub support: Support,
        /// *Statut du document*.
        pub status: DocumentStatus,
        /// *Motif de mise à jour*; required from version 2 on.
        pub update: Option<Update>,
        /// *Date de la RCP* that proposed the treatments.
        pub rcp_date: Option<PartialDateTime>,
        /// *Remise du document au patient*.
        pub handover: Handover,
        /// *Documents référencés*, at least one: the fiche RCP, a CR-GM, an earlier PPS.
        pub references: Vec<DocumentReference>,
        /// *Information sur les données personnelles*: the words of the
        /// establishment, those of the volet when not given. The words of the
        /// INCa always follow.
        pub personal_data_notice: Option<String>,
    }
}

model! {
    /// *Acte documenté* and *prise en charge*.
    pub struct PpsContext {
        /// *Début de l'acte*; the date of the document when not given.
        pub act_start: Option<PartialDateTime>,
        /// *Fin de l'acte*.
        pub act_end: Option<PartialDateTime>,
        /// *Exécutant*; the first author when not given.
        pub performer: Option<Professional>,
        /// *Identifiants de la prise en charge*.
        pub encounter_ids: Vec<Identifier>,
        /// *Type de prise en charge*, value set JDV_J142_TypeRencontre_CISIS: `AMB`, `IMP`…
        pub encounter_type: Option<Code>,
        /// *Période de la prise en charge*; none is written as masked.
        pub encounter: Period,
        /// *Lieu de la prise en charge*.
        pub establishment: Establishment,
    }

    /// *Intervenants*: who takes care of the patient, and where.
    pub struct CareTeam {
        /// *Établissements de santé de référence* (`ORG-177`).
        pub reference_establishments: Vec<Participant>,
        /// *Équipe de soins* of the reference establishments: the professional
        /// in charge first.
        pub members: Vec<Participant>,
        /// *Centre d'hébergement*, at most one.
        pub lodging: Option<Participant>,
        /// *Centre de coordination en cancérologie* (3C, `ORG-190`), required.
        pub coordination_centre: Option<Participant>,
        /// *Structures et professionnels de proximité* (`ORG-178`).
        pub local: Vec<Participant>,
        /// *Médiateur de santé* (`ORG-188`), at most one.
        pub mediator: Option<Participant>,
        /// *Médecin traitant*, named or why not; required.
        pub attending_physician: Option<AttendingPhysician>,
        /// *Structures de coordination ou d'interface ville-hôpital* (`ORG-179`).
        pub coordination: Vec<Participant>,
        /// *Réseau régional de cancérologie* (RRC, `ORG-191`).
        pub networks: Vec<Participant>,
        /// *Organismes sociaux et de maintien dans l'emploi* (`ORG-180`).
        pub social: Vec<Participant>,
        /// *Structures de soutien et d'information* (`ORG-181`).
        pub information: Vec<Participant>,
    }

    /// *Pédiatrie*.
    pub struct Paediatrics {
        /// *Patient pris en charge en pédiatrie*.
        pub paediatric: Option<Answer>,
        /// *Commentaire*.
        pub comment: Option<String>,
        /// *Raison de la recommandation*, in words.
        pub reason: Option<String>,
        /// *Date de la raison*.
        pub reason_date: Option<PartialDateTime>,
    }

    /// *Programme thérapeutique et de suivi*.
    pub struct Programme {
        /// *Traitements* done, under way and to come, value set JDV_TypeTraitementPPS_CISIS.
        pub treatments: Vec<CareAct>,
        /// *Prévention et gestion médicamenteuse des effets secondaires*,
        /// value set JDV_GestionEffetsSecondaires_CISIS.
        pub side_effect_management: Vec<CareAct>,
        /// *Mesures associées*, value set JDV_MesuresAssociees_CISIS.
        pub measures: Vec<CareAct>,
        /// *Suivis*, value set JDV_TypeDeSuivi_CISIS.
        pub follow_up: Vec<CareAct>,
        /// *Situation d'arrêt des traitements*.
        pub end_of_treatment: Option<EndOfTreatment>,
    }

    /// *Soins oncologiques de support et accompagnements*.
    pub struct Support {
        /// *Soins oncologiques de support*, value set JDV_SoinsOncoDeSupport_CISIS.
        pub care: Vec<CareAct>,
        /// *Accompagnement social et socioprofessionnel*, value set JDV_TypeAccompagnementSocioPro_CISIS.
        pub social: Vec<CareAct>,
    }

    /// One line of the programme or of the supportive care.
    pub struct CareAct {
        /// *Type*, from the value set of its list.
        pub kind: Option<Code>,
        /// *Précision en clair*; required when the type is *Autre…*.
        pub detail: Option<String>,
        /// *Statut*: done, under way, to come…
        pub state: Option<CareState>,
        /// *Dates confirmées*.
        pub confirmed: Period,
        /// *Dates prévisionnelles*.
        pub planned: Period,
        /// *Lieu et intervenants*: each professional with the structure.
        pub performers: Vec<Professional>,
        /// *Rythme*.
        pub rhythm: Option<String>,
        /// *À domicile*.
        pub at_home: Option<bool>,
        /// *Mode d'administration*, value set JDV_RouteofAdministration_CISIS (EDQM).
        pub route: Option<Code>,
        /// *Précision sur le mode d'administration*; required when it is *Autre(s)*.
        pub route_detail: Option<String>,
        /// *Effets secondaires notables*.
        pub side_effects: Option<String>,
        /// *Commentaire*.
        pub comment: Option<String>,
        /// *Poids*, with the dietary care.
        pub weight: Option<Weight>,
        /// *Consommation tabagique*, with the support to stop smoking.
        pub tobacco: Option<Tobacco>,
    }

    /// *Poids*.
    pub struct Weight {
        /// *Valeur*, in kilograms unless `unit` says otherwise.
        pub value: Option<f64>,
        /// *Unité* (UCUM): `kg` when not given, `g`.
        pub unit: Option<String>,
        /// *Date de la mesure*.
        pub date: Option<PartialDateTime>,
    }

    /// *Consommation tabagique*.
    pub struct Tobacco {
        /// *Statut*, value set JDV_StatutTabagique_CISIS.
        pub status: Option<Code>,
        /// *En clair*: « Fumeur actif », « Sevré ».
        pub text: Option<String>,
        /// *Date*.
        pub date: Option<PartialDateTime>,
    }

    /// *Situation d'arrêt des traitements* active against the cancer; other care goes on.
    pub struct EndOfTreatment {
        /// *Arrêt de tous les traitements actifs*.
        pub stopped: Option<bool>,
        /// *Date d'arrêt*; required when stopped.
        pub date: Option<PartialDateTime>,
        /// *Commentaire*.
        pub comment: Option<String>,
    }

    /// *Mise à jour*: why this version replaces another.
    pub struct Update {
        /// *Motif*, value set JDV_MotifMiseAJour_CISIS.
        pub reason: Option<Code>,
        /// *Précision sur le motif*; required when it is *Autre motif*.
        pub detail: Option<String>,
        /// *Date de la mise à jour*.
        pub date: Option<PartialDateTime>,
    }

    /// *Remise du document au patient*, at the *consultation d'annonce*.
    pub struct Handover {
        /// *Date de remise*; none as long as it was not handed.
        pub date: Option<PartialDateTime>,
        /// *Date de la consultation d'annonce*.
        pub announcement: Option<PartialDateTime>,
        /// *Personne ayant remis le document*.
        pub professional: Option<Professional>,
    }

    /// *Document référencé*.
    pub struct DocumentReference {
        /// *Nature*: `FRCP`, `CR-GM`, `PPS`…
        pub kind: Option<String>,
        /// *Identifiant du document*.
        pub id: Identifier,
        /// *Adresse ou précision*; the identifier is shown when not given.
        pub text: Option<String>,
    }
}

/// *Statut d'un traitement, d'un suivi ou d'un soin.*
///
/// The volet codes it by the mood of the act (made or intended) and its
/// `statusCode`; what is to come is, as in the samples of the ANS, an
/// intention whose entry is `completed`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CareState {
    /// *Réalisé*.
    Done,
    /// *En cours*.
    Ongoing,
    /// *À venir*.
    Planned,
    /// *Arrêté* before its end.
    Stopped,
    /// *Annulé* before its start.
    Cancelled,
}

impl CareState {
    /// Every state.
    pub const ALL: [CareState; 5] = [
        CareState::Done,
        CareState::Ongoing,
        CareState::Planned,
        CareState::Stopped,
        CareState::Cancelled,
    ];

    /// True when the act happened (`moodCode` `EVN`), false when it is intended (`INT`).
    pub fn is_event(self) -> bool {
        matches!(self, CareState::Done | CareState::Stopped)
    }

    /// `statusCode`.
    pub fn code(self) -> &'static str {
        match self {
            CareState::Done | CareState::Planned => "completed",
            CareState::Ongoing => "active",
            CareState::Stopped => "aborted",
            CareState::Cancelled => "cancelled",
        }
    }

    /// The state that a mood and a `statusCode` say.
    pub fn from_codes(event: bool, status: &str) -> Option<Self> {
        match status {
            "completed" if event => Some(CareState::Done),
            "completed" => Some(CareState::Planned),
            "active" => Some(CareState::Ongoing),
            "aborted" => Some(CareState::Stopped),
            "cancelled" => Some(CareState::Cancelled),
            _ => None,
        }
    }

    /// How a document says it.
    pub fn label(self) -> &'static str {
        match self {
            CareState::Done => "Réalisé",
            CareState::Ongoing => "En cours",
            CareState::Planned => "À venir",
            CareState::Stopped => "Arrêté",
            CareState::Cancelled => "Annulé",
        }
    }
}
