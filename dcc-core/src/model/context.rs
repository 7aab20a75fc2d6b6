//! What the header of a document says of the care around it, when its kind
//! does not give each part a name of its own.
//!
//! Source: CI-SIS, volet Structuration minimale de documents de santé.

use super::{
    AbsentReason, Code, Establishment, Identifier, Participant, Period, Professional, model,
};

model! {
    /// *Contexte de la prise en charge*: who takes part, what act the document
    /// tells, during which stay.
    pub struct CareContext {
        /// *Intervenants* (`participant`).
        pub participants: Vec<RoleParticipant>,
        /// *Prescriptions* that the document answers (`inFulfillmentOf`).
        pub orders: Vec<Order>,
        /// *Actes documentés* (`documentationOf`), the main one first.
        pub acts: Vec<DocumentedAct>,
        /// *Prise en charge* (`componentOf`).
        pub encounter: Encounter,
    }

    /// A participant with the role that the header gives.
    #[derive(Eq)]
    pub struct RoleParticipant {
        /// *Type de participation*, value set JDV_J144_ParticipationType_CISIS: `PRF`, `REF`, `INF`…
        pub kind: String,
        /// *Fonction*, value set JDV_J47_FunctionCode_CISIS: `PCP`, `ATTPHYS`, `PRELV`…
        pub function: Option<Code>,
        /// *Précision sur la fonction* (`translation`).
        pub detail: Option<Code>,
        /// *Classe de l'intervenant*, `PROV` when not given; `AGNT` for one who is not a professional.
        pub class: Option<String>,
        /// *Intervenant absent*: why there is none.
        pub absent: Option<AbsentReason>,
        /// *Intervenant*.
        pub participant: Participant,
    }

    /// *Prescription*.
    #[derive(Eq)]
    pub struct Order {
        /// *Identifiant de la prescription*.
        pub id: Identifier,
        /// *Commentaire*.
        pub comment: Option<String>,
    }

    /// *Acte documenté*. The main one needs a performer with the sector of
    /// the organisation, and a start.
    #[derive(Eq)]
    pub struct DocumentedAct {
        /// *Identifiants de l'acte*.
        pub ids: Vec<Identifier>,
        /// *Code de l'acte*, with its code system (CCAM, LOINC, CIM-10…).
        pub code: Option<Code>,
        /// *Libellé en clair*.
        pub text: Option<String>,
        /// *Période de l'acte*.
        pub period: Period,
        /// *Exécutant*.
        pub performer: Option<ActPerformer>,
    }

    /// *Exécutant d'un acte*.
    #[derive(Eq)]
    pub struct ActPerformer {
        /// *Fonction*, value set JDV_J47_FunctionCode_CISIS.
        pub function: Option<Code>,
        /// *Période d'exécution*.
        pub period: Period,
        /// *Professionnel*.
        pub professional: Professional,
    }

    /// *Prise en charge* during which the act was done.
    #[derive(Eq)]
    pub struct Encounter {
        /// *Identifiants de la prise en charge*.
        pub ids: Vec<Identifier>,
        /// *Type de prise en charge*, value set JDV_J142_TypeRencontre_CISIS: `AMB`, `IMP`, `VR`…
        pub kind: Option<Code>,
        /// *Période*.
        pub period: Period,
        /// *Responsable de la prise en charge*.
        pub responsible: Option<Professional>,
        /// *Lieu de la prise en charge*.
        pub establishment: Establishment,
    }
}

impl CareContext {
    /// Participants of a function of JDV_J47_FunctionCode_CISIS: `PRELV`, `PCP`…
    pub fn of_function<'a>(
        &'a self,
        function: &'a str,
    ) -> impl Iterator<Item = &'a Participant> + 'a {
        self.participants
            .iter()
            .filter(move |p| {
                p.absent.is_none() && p.function.as_ref().is_some_and(|f| f.code == function)
            })
            .map(|p| &p.participant)
    }

    /// Participants of a type of JDV_J144_ParticipationType_CISIS: `REF`, `INF`…
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Participant> + 'a {
        self.participants
            .iter()
            .filter(move |p| p.absent.is_none() && p.kind == kind)
            .map(|p| &p.participant)
    }
}
