//! The content of a fiche RCP.
//!
//! Source: CI-SIS, volet « Fiche réunion de concertation pluridisciplinaire »
//! (CANCER-FRCP) 2022.01, and the samples of the ANS.

pub use crate::model::clinical::{
    Answer, CodedText, DatedText, DocumentStatus, OtherClassification, Phase, Progression, Tnm,
    TnmBasis, TnmComponent, Tumour,
};
pub use crate::model::professional::Establishment;
use crate::model::{
    AttendingPhysician, Author, Code, Header, Identifier, OrAbsent, PartialDateTime, Participant,
    Period, Professional, document_model, model,
};

document_model! {
    FicheRcpFields, "FicheRcp";
    /// *Fiche RCP*: what a multidisciplinary meeting concluded on a case.
    pub struct FicheRcp {
        /// *En-tête*.
        pub header: Header,
        /// *Contexte de la RCP*.
        pub rcp: RcpContext,
        /// *Intervenants*.
        pub participants: Participants,
        /// *Type de RCP*.
        pub discussion: Discussion,
        /// *Motif de la RCP*.
        pub reason: Reason,
        /// *Mode de découverte du cancer*: from an organised screening or not
        /// (LOINC 63921-1); may be `{"absent": "unknown"}`.
        pub from_screening: Option<OrAbsent<Answer>>,
        /// *Tumeurs*, at least one.
        pub tumours: Vec<Tumour>,
        /// *Antécédents médicaux notables*.
        pub history: Vec<DatedText>,
        /// *Comorbidités*.
        pub comorbidities: Vec<DatedText>,
        /// *Évaluation du statut fonctionnel*.
        pub functional_status: Option<FunctionalStatus>,
        /// *Éléments paracliniques*: imaging, biology, genetics…
        pub exams: Vec<Exam>,
        /// *Commentaire sur les éléments paracliniques*.
        pub exams_comment: Option<String>,
        /// *Phase clinique de la maladie*.
        pub phase: Phase,
        /// *Traitements passés ou en cours*.
        pub past_treatments: Vec<PastTreatment>,
        /// *Conclusion du compte rendu opératoire* (CRO).
        pub operative_report: Option<ReportConclusion>,
        /// *Conclusion du compte rendu d'anatomie et cytologie pathologiques* (CR-ACP).
        pub pathology_report: Option<ReportConclusion>,
        /// *Conclusions des comptes rendus de génétique moléculaire* (CR-GM).
        pub molecular_reports: Vec<ReportConclusion>,
        /// *Synthèse du cas et question posée*.
        pub synthesis: Synthesis,
        /// *Statut du dossier présenté*.
        pub file_status: FileStatus,
        /// *Proposition de la RCP*.
        pub proposal: Proposal,
        /// *Cadre de la proposition thérapeutique*.
        pub frame: Frame,
        /// *Commentaires et précisions sur le patient*.
        pub patient_comment: Option<String>,
        /// *Statut du document*.
        pub status: DocumentStatus,
        /// *Éléments des indicateurs*: what they need and the CDA has no place for.
        pub indicators: LocalIndicators,
    }
}

model! {
    /// *Contexte de la RCP*: which meeting, where, when.
    pub struct RcpContext {
        /// *Identifiant national du réseau régional de cancérologie* (RRC),
        /// extension under 1.2.250.1.161.1.20.1.1.
        pub network_id: String,
        /// *Identifiant national du gestionnaire de RCP*, under 1.2.250.1.161.1.20.2.1.
        pub manager_id: String,
        /// *Identifiant national de la RCP*, under 1.2.250.1.161.1.20.3.1.
        pub rcp_id: String,
        /// *Identifiant de la session*, under 1.2.250.1.213.1.1.9.
        pub session_id: Option<String>,
        /// *Identifiants locaux de la RCP*.
        pub local_ids: Vec<Identifier>,
        /// *Dénomination*: acronym of the network / acronym of the manager / name of the RCP.
        pub name: String,
        /// *Type de prise en charge*, value set JDV_J142_TypeRencontre_CISIS:
        /// `VR` virtual (the patient is not there), `AMB`…
        pub encounter_type: Option<Code>,
        /// *Date de la RCP*.
        pub date: Option<PartialDateTime>,
        /// *Fin de la RCP*.
        pub end: Option<PartialDateTime>,
        /// *Date de début de l'acte*; that of the RCP when not given.
        pub act_start: Option<PartialDateTime>,
        /// *Personne ayant exécuté l'acte*: the coordinator when not given.
        pub performer: Option<Professional>,
        /// *Topographies de la tumeur primitive* of the documented act; those
        /// of the tumours when not given.
        pub topographies: Vec<CodedText>,
        /// *Établissement au sein duquel la RCP est organisée*.
        pub establishment: Establishment,
        /// *Inscription du patient à la session*.
        pub enrolment: Option<EnrolmentOrder>,
    }

    /// *Numéro d'inscription du patient à une session*.
    pub struct EnrolmentOrder {
        /// *Identifiant de l'inscription*.
        pub id: Identifier,
        /// *Commentaire sur l'inscription*.
        pub comment: Option<String>,
    }

    /// *Intervenants* of the meeting.
    pub struct Participants {
        /// *Coordonnateur de la RCP*.
        pub coordinator: Option<Participant>,
        /// *Demandeur*.
        pub requester: Option<Participant>,
        /// *Présentateur*.
        pub presenter: Option<Participant>,
        /// *Médecin traitant*, named or why not.
        pub attending_physician: Option<AttendingPhysician>,
        /// *Participants du quorum*.
        pub quorum: Vec<Participant>,
        /// *Participants hors quorum*.
        pub others: Vec<Participant>,
        /// *Correspondants*.
        pub correspondents: Vec<Participant>,
    }

    /// *Type de RCP*.
    pub struct Discussion {
        /// *Nature de la discussion*, value set JDV_NatureDiscussion_CISIS:
        /// `ORG-117` organ system, `ORG-132` cross-cutting.
        pub nature: Option<Code>,
        /// *Appareil*, value set JDV_RCP_Appareil_CISIS; with `ORG-117`.
        pub organ_system: Option<Code>,
        /// *Organes*, value set JDV_RCP_Organe_CISIS; with `ORG-117`.
        pub organs: Vec<Code>,
        /// *Traitement ou soins*, value set JDV_TraitementSoins_FRCP_CISIS; with `ORG-132`.
        pub care: Option<Code>,
        /// *RCP de recours*.
        pub recourse: Option<Answer>,
        /// *RCP pédiatrique*.
        pub paediatric: Option<Answer>,
        /// *Commentaire sur le type de RCP*.
        pub comment: Option<String>,
    }

    /// *Motif de la RCP*.
    pub struct Reason {
        /// *Avis diagnostique*.
        pub diagnostic_opinion: Option<Answer>,
        /// *Proposition de traitement* (adjustment and surveillance included).
        pub treatment_proposal: Option<Answer>,
        /// *Recours*.
        pub recourse: Option<Answer>,
        /// *Pédiatrie*.
        pub paediatric: Option<Answer>,
        /// *Statut du cas présenté*, value set JDV_StatutCasPresente_CISIS:
        /// `ORG-128` registered, `ORG-134` discussed.
        pub case_status: Option<Code>,
        /// *Commentaire sur le motif*.
        pub comment: Option<String>,
        /// *Date du problème* that motivates the meeting.
        pub problem_date: Option<PartialDateTime>,
        /// *Problème* that motivates the meeting, in words.
        pub problem: Option<String>,
    }

    /// *Statut fonctionnel*.
    pub struct FunctionalStatus {
        /// *Échelles de performance OMS*.
        pub performance: Vec<Performance>,
        /// *Dépistage de la fragilité gériatrique* (G8), from 75 years on.
        pub geriatric: Vec<GeriatricScreening>,
        /// *Douleur*.
        pub pain: Option<Pain>,
    }

    /// *Échelle de performance OMS*.
    pub struct Performance {
        /// *Date*.
        pub date: Option<PartialDateTime>,
        /// *Stade*, value set JDV_OMSEchPerf_CISIS: `MED-240` stage 0 … `MED-267` stage 4.
        pub grade: Option<Code>,
        /// *Interprétation*, value set JDV_OMSInterpret_CISIS.
        pub interpretation: Option<Code>,
    }

    /// *Dépistage de la fragilité gériatrique*.
    pub struct GeriatricScreening {
        /// *Nom de l'outil*: `G8`.
        pub tool: Option<String>,
        /// *Score*; G8 goes from 0 to 17, 14 or less means fragile.
        pub score: Option<i32>,
        /// *Date*.
        pub date: Option<PartialDateTime>,
    }

    /// *Douleur*.
    pub struct Pain {
        /// *Date*.
        pub date: Option<PartialDateTime>,
        /// *Sévérité*, value set JDV_EvaluationDouleur_CISIS.
        pub severity: Option<Code>,
    }

    /// An exam (*examen paraclinique*).
    pub struct Exam {
        /// *Date*.
        pub date: Option<PartialDateTime>,
        /// *Examen*.
        pub name: String,
        /// *Résultat*.
        pub result: Option<String>,
    }

    /// *Traitement passé ou en cours*.
    pub struct PastTreatment {
        /// *Type*, value set JDV_TypeTraitement_FRCP_CISIS.
        pub kind: Option<Code>,
        /// *Précision*; required when the type is *Autres traitements*.
        pub detail: Option<String>,
        /// *Période*.
        pub period: Period,
        /// *Statut*.
        pub status: Option<TreatmentStatus>,
        /// *Commentaire*.
        pub comment: Option<String>,
    }

    /// *Conclusion d'un compte rendu* (CRO, CR-ACP or CR-GM).
    pub struct ReportConclusion {
        /// *Auteur de cette conclusion* in the fiche: who typed it in.
        pub author: Option<Author>,
        /// *Conclusions*; several for a report taken over.
        pub entries: Vec<Conclusion>,
        /// *Commentaire sur le compte rendu*.
        pub comment: Option<String>,
    }

    /// One conclusion (LOINC 10218-6 for a CRO, 22637-3 otherwise).
    pub struct Conclusion {
        /// *Texte de la conclusion*.
        pub text: Option<String>,
        /// *Période de l'opération ou de l'examen*; none is written as unknown.
        pub period: Period,
        /// *Exécutants*: surgeon, pathologist, molecular biologist.
        pub performers: Vec<Performer>,
        /// *Auteur de la conclusion d'origine*.
        pub author: Option<Author>,
        /// *Préleveur* of a CR-ACP and date of the sampling.
        pub sampler: Option<Performer>,
    }

    /// Who did something, and when.
    #[derive(Eq)]
    pub struct Performer {
        /// *Date* (of the sampling).
        pub date: Option<PartialDateTime>,
        /// *Professionnel*.
        pub professional: Professional,
    }

    /// *Synthèse du cas présenté*.
    pub struct Synthesis {
        /// *Synthèse et question posée à la RCP*.
        pub case: String,
        /// *Autres données indispensables à l'avis*.
        pub other_data: Option<String>,
    }

    /// *Statut du dossier présenté à la RCP*.
    pub struct FileStatus {
        /// *Dossier complet*.
        pub complete: Option<bool>,
        /// *Quorum*, value set JDV_StatutQuorum_CISIS: `ORG-126` reached,
        /// `ORG-133` not reached, `GEN-010` not known.
        pub quorum: Option<Code>,
        /// *Commentaire*.
        pub comment: Option<String>,
        /// *Date du commentaire*.
        pub comment_date: Option<PartialDateTime>,
    }

    /// *Proposition de la RCP*.
    pub struct Proposal {
        /// *Passage en RCP de recours*: asked, with its words.
        pub recourse_rcp: Option<String>,
        /// *Examens et expertises complémentaires*.
        pub requests: Vec<Request>,
        /// *Surveillance*: asked, with its words.
        pub surveillance: Option<String>,
        /// *Propositions thérapeutiques*, in the order of the document.
        pub treatments: Vec<ProposedTreatment>,
        /// *Commentaire*.
        pub comment: Option<String>,
        /// *Date du commentaire*.
        pub comment_date: Option<PartialDateTime>,
    }

    /// *Demande d'examen ou d'expertise*.
    pub struct Request {
        /// *Examen demandé*.
        pub text: String,
        /// *Dates au plus tôt et au plus tard*.
        pub period: Period,
    }

    /// *Proposition thérapeutique*.
    pub struct ProposedTreatment {
        /// *Numéro d'intention*: 1 first line, 2 and more alternatives.
        pub intention: u8,
        /// *Numéro séquentiel du traitement*.
        pub order: Option<u32>,
        /// *Type*, value set JDV_TypeTraitement_FRCP_CISIS.
        pub kind: Option<Code>,
        /// *Nom du traitement*, required when the type is *Autres traitements*.
        pub name: Option<String>,
        /// *Précision*.
        pub detail: Option<String>,
        /// *Période*.
        pub period: Period,
    }

    /// *Cadre de la proposition thérapeutique*.
    pub struct Frame {
        /// *Recommandations ou référentiels de pratique clinique*; at least one
        /// when the case is registered (`ORG-128`).
        pub guidelines: Vec<Guideline>,
        /// *Proposition d'inclusion dans un essai clinique*.
        pub clinical_trial: Option<bool>,
        /// *Commentaire*.
        pub comment: Option<String>,
    }

    /// *Référentiel de pratique clinique*.
    pub struct Guideline {
        /// *Nom et version*.
        pub name: Option<String>,
        /// *Date*.
        pub date: Option<PartialDateTime>,
        /// *Motif du non-respect*: why the proposal does not follow the guideline.
        pub not_followed: Option<String>,
    }

    /// What the indicators of annex 2 need and the CDA has no place for.
    #[derive(Eq)]
    pub struct LocalIndicators {
        /// *Score G8 réalisé*.
        pub g8_done: Option<bool>,
        /// *Évaluation oncogériatrique demandée*.
        pub oncogeriatric_assessment_requested: Option<bool>,
        /// *Préservation de la fertilité*.
        pub fertility_preservation: Option<bool>,
        /// *Proposition conforme au référentiel*.
        pub guideline_respected: Option<bool>,
    }
}

/// *Statut d'un traitement* passed or under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TreatmentStatus {
    /// *Déjà réalisé*: `completed`.
    Done,
    /// *En cours de réalisation*: `active`.
    Ongoing,
    /// *Non réalisé*: `cancelled`.
    NotDone,
}

impl GeriatricScreening {
    /// Whether the tool is a G8 (*questionnaire G8*, INCa): its name has the
    /// word `G8`, as `Score G8 (ONCODAGE)`.
    pub fn is_g8(&self) -> bool {
        self.tool.as_deref().is_some_and(|tool| {
            tool.split(|c: char| !c.is_alphanumeric())
                .any(|word| word.eq_ignore_ascii_case("g8"))
        })
    }
}

impl TreatmentStatus {
    /// Every status.
    pub const ALL: [TreatmentStatus; 3] = [
        TreatmentStatus::Done,
        TreatmentStatus::Ongoing,
        TreatmentStatus::NotDone,
    ];

    /// `statusCode`.
    pub fn code(self) -> &'static str {
        match self {
            TreatmentStatus::Done => "completed",
            TreatmentStatus::Ongoing => "active",
            TreatmentStatus::NotDone => "cancelled",
        }
    }

    /// How a document says it.
    pub fn label(self) -> &'static str {
        match self {
            TreatmentStatus::Done => "Déjà réalisé",
            TreatmentStatus::Ongoing => "En cours de réalisation",
            TreatmentStatus::NotDone => "Non réalisé",
        }
    }

    /// The status of a `statusCode`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}
