//! The content of a fiche RCP.
//!
//! Source: CI-SIS, volet « Fiche réunion de concertation pluridisciplinaire »
//! (CANCER-FRCP) 2022.01, and the samples of the ANS.

use crate::model::{
    Address, AttendingPhysician, Author, Code, Header, Identifier, Moment, Participant, Period,
    Professional, Stated, model,
};

model! {
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
        pub from_screening: Option<Stated<Answer>>,
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
        pub date: Option<Moment>,
        /// *Fin de la RCP*.
        pub end: Option<Moment>,
        /// *Date de début de l'acte*; that of the RCP when not given.
        pub act_start: Option<Moment>,
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

    /// *Établissement* where the meeting is held.
    pub struct Establishment {
        /// *Numéro FINESS*.
        pub finess: Option<String>,
        /// *Autre identifiant*.
        pub other_id: Option<Identifier>,
        /// *Modalité d'exercice*, value set JDV_J02_XdsHealthcareFacilityTypeCode_CISIS: `SA01`…
        pub facility_type: Option<Code>,
        /// *Nom*.
        pub name: String,
        /// *Adresse*.
        pub address: Address,
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
        pub problem_date: Option<Moment>,
        /// *Problème* that motivates the meeting, in words.
        pub problem: Option<String>,
    }

    /// A tumour (*tumeur*).
    pub struct Tumour {
        /// *Date du diagnostic*, at least month and year; may be `{"absent": "unknown"}`.
        pub diagnosed: Option<Stated<Moment>>,
        /// *Date du diagnostic* in the list of problems, when it differs.
        pub listed: Option<Moment>,
        /// *Morphologie*, value set JDV_Morphologie_CISIS (CIM-O 3), or words.
        pub morphology: CodedText,
        /// *Topographie*, value set JDV_Tumeur_CISIS (CIM-10), or words.
        pub topography: CodedText,
        /// *Latéralité*, value set JDV_ModificateurTopographique_CISIS.
        pub laterality: Option<Code>,
        /// *Stade TNM*; none where the TNM is not relevant (haematology).
        pub tnm: Option<Tnm>,
        /// *Autres classifications*.
        pub other_classifications: Vec<OtherClassification>,
        /// *Commentaire sur la tumeur*.
        pub comment: Option<String>,
    }

    /// A code, or words where no code of the value set applies (nullFlavor `OTH`).
    #[derive(Eq)]
    pub struct CodedText {
        /// *Code*.
        pub code: Option<Code>,
        /// *Précision en clair*.
        pub text: Option<String>,
    }

    /// *Classification TNM* (UICC).
    pub struct Tnm {
        /// *Date de la stadification*.
        pub date: Option<Moment>,
        /// *Édition* of the UICC classification: 7, 8, 9.
        pub edition: Option<String>,
        /// *Stade clinique* (stage group): `IB`.
        pub stage: Option<Code>,
        /// *T, tumeur primitive*; may be absent with its reason.
        pub t: Option<Stated<TnmComponent>>,
        /// *N, adénopathies régionales*.
        pub n: Option<Stated<TnmComponent>>,
        /// *M, métastases à distance*.
        pub m: Option<Stated<TnmComponent>>,
    }

    /// One component of the TNM, with its prefixes.
    #[derive(Eq)]
    pub struct TnmComponent {
        /// *Valeur* without prefixes: `T1b`, `N0(sn)`, `M0`.
        pub value: String,
        /// *Préfixe c ou p*: clinical, pathological.
        pub basis: Option<TnmBasis>,
        /// *Préfixe y*: after treatment.
        pub post_treatment: bool,
        /// *Préfixe r*: recurrence.
        pub recurrence: bool,
        /// *Préfixe a*: found at autopsy.
        pub autopsy: bool,
        /// *Libellé*.
        pub label: Option<String>,
        /// *Précision*, such as the size: `2-3 cm`.
        pub detail: Option<String>,
    }

    /// *Autre classification* of the stage.
    pub struct OtherClassification {
        /// *Valeur*.
        pub value: String,
        /// *Nom de la classification*.
        pub name: Option<String>,
        /// *Version de la classification*.
        pub version: Option<String>,
    }

    /// A text with a date (*antécédent, comorbidité*).
    pub struct DatedText {
        /// *Date*.
        pub date: Option<Moment>,
        /// *Texte*.
        pub text: String,
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
        pub date: Option<Moment>,
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
        pub date: Option<Moment>,
    }

    /// *Douleur*.
    pub struct Pain {
        /// *Date*.
        pub date: Option<Moment>,
        /// *Sévérité*, value set JDV_EvaluationDouleur_CISIS.
        pub severity: Option<Code>,
    }

    /// An exam (*examen paraclinique*).
    pub struct Exam {
        /// *Date*.
        pub date: Option<Moment>,
        /// *Examen*.
        pub name: String,
        /// *Résultat*.
        pub result: Option<String>,
    }

    /// *Phase et progression du cancer*.
    pub struct Phase {
        /// *Phase*, value set JDV_PhaseCancer_CISIS: `MED-268` initial, `MED-244` relapse.
        pub phase: Option<Code>,
        /// *Date* of the observation, or of the relapse.
        pub date: Option<Moment>,
        /// *Commentaire*.
        pub comment: Option<String>,
        /// *Date du commentaire*.
        pub comment_date: Option<Moment>,
        /// *Progression*.
        pub progression: Option<Progression>,
    }

    /// *Progression du cancer*.
    pub struct Progression {
        /// *Le cancer progresse*.
        pub present: Option<bool>,
        /// *Date*.
        pub date: Option<Moment>,
        /// *Progression locale*; required when the cancer progresses.
        pub local: Option<bool>,
        /// *Progression régionale*; required when the cancer progresses.
        pub regional: Option<bool>,
        /// *Progression à distance*; required when the cancer progresses.
        pub distant: Option<bool>,
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
        pub date: Option<Moment>,
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
        pub comment_date: Option<Moment>,
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
        pub comment_date: Option<Moment>,
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
        pub date: Option<Moment>,
        /// *Motif du non-respect*: why the proposal does not follow the guideline.
        pub not_followed: Option<String>,
    }

    /// *Statut du document*.
    pub struct DocumentStatus {
        /// *Statut*, value set JDV_StatutDoc_CISIS: `385651009` in progress,
        /// `9571008` approved, `398166005` done, `29179001` closed.
        pub code: Option<Code>,
        /// *Date du statut*.
        pub date: Option<Moment>,
        /// *Commentaire sur la fiche*.
        pub comment: Option<String>,
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

/// A yes or no, with its date when known. JSON: `true`, or `{"value": true, "date": "2019-03-01"}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// *Oui* or *non*.
    pub value: bool,
    /// *Date*.
    pub date: Option<Moment>,
}

impl From<bool> for Answer {
    fn from(value: bool) -> Self {
        Answer { value, date: None }
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerForm {
    value: bool,
    #[serde(default)]
    date: Option<Moment>,
}

impl serde::Serialize for Answer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.date {
            None => serializer.serialize_bool(self.value),
            date => AnswerForm {
                value: self.value,
                date,
            }
            .serialize(serializer),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BoolOrObject;
        impl<'de> serde::de::Visitor<'de> for BoolOrObject {
            type Value = Answer;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("true, false, ou un objet {value, date}")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Answer, E> {
                Ok(value.into())
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Answer, A::Error> {
                let form = <AnswerForm as serde::Deserialize>::deserialize(
                    serde::de::value::MapAccessDeserializer::new(map),
                )?;
                Ok(Answer {
                    value: form.value,
                    date: form.date,
                })
            }
        }
        deserializer.deserialize_any(BoolOrObject)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Answer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Answer".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let date = generator.subschema_for::<Moment>();
        schemars::json_schema!({
            "description": "*Oui ou non, avec sa date quand elle est connue*",
            "anyOf": [
                { "type": "boolean" },
                {
                    "type": "object",
                    "properties": {
                        "value": { "type": "boolean", "description": "*Oui ou non*" },
                        "date": { "anyOf": [date, { "type": "null" }], "description": "*Date*" }
                    },
                    "required": ["value"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

/// *Préfixe c ou p* of a TNM component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TnmBasis {
    /// *Clinique*: `c`.
    Clinical,
    /// *Anatomopathologique*: `p`.
    Pathological,
}

impl TnmComponent {
    /// The code as a document carries it, prefixes first: `ypT1b`.
    pub fn code(&self) -> String {
        let mut code = String::new();
        for (letter, on) in [
            ('r', self.recurrence),
            ('y', self.post_treatment),
            ('a', self.autopsy),
            ('c', self.basis == Some(TnmBasis::Clinical)),
            ('p', self.basis == Some(TnmBasis::Pathological)),
        ] {
            if on {
                code.push(letter);
            }
        }
        code.push_str(&self.value);
        code
    }

    /// Takes the prefixes off a code.
    pub fn from_code(code: &str) -> Self {
        let mut component = TnmComponent::default();
        let mut rest = code;
        // prefixes stand before the capital T, N or M, and only there
        if let Some(at) = code
            .find(['T', 'N', 'M'])
            .filter(|&at| code[..at].bytes().all(|b| b"rycpa".contains(&b)))
        {
            for letter in code[..at].bytes() {
                match letter {
                    b'r' => component.recurrence = true,
                    b'y' => component.post_treatment = true,
                    b'a' => component.autopsy = true,
                    b'c' => component.basis = Some(TnmBasis::Clinical),
                    _ => component.basis = Some(TnmBasis::Pathological),
                }
            }
            rest = &code[at..];
        }
        component.value = rest.to_owned();
        component
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
