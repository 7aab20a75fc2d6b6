//! The content of a PPAC.

use crate::model::{CareContext, Header, PartialDateTime, Period, document_model, model};

document_model! {
    PpacFields, "Ppac";
    /// *Programme personnalisé de l'après-cancer*.
    pub struct Ppac {
        /// *En-tête*.
        pub header: Header,
        /// *Contexte*: who follows the patient (participants), the consultation
        /// at the end of treatment (main act), where it took place.
        pub context: CareContext,
        /// *Bilan de fin de traitement*.
        pub summary: EndOfTreatment,
        /// *Programme de suivi*.
        pub follow_up: FollowUp,
        /// *Effets tardifs et séquelles à surveiller*.
        pub late_effects: Vec<LateEffect>,
        /// *Soins oncologiques de support*.
        pub supportive_care: Vec<Support>,
        /// *Réadaptation*: physical, functional, return to activity.
        pub rehabilitation: Vec<Support>,
        /// *Hygiène de vie*.
        pub lifestyle: Lifestyle,
        /// *Vaccinations*.
        pub vaccinations: Vec<Vaccination>,
        /// *Accompagnement social et professionnel*.
        pub social: Social,
        /// *Contacts*.
        pub contacts: Vec<Contact>,
        /// *Conduite à tenir en cas d'urgence*.
        pub emergency: Emergency,
        /// *Remise au patient*.
        pub handed: Handed,
        /// *Commentaires et précisions sur le patient*.
        pub patient_comment: Option<String>,
    }
}

model! {
    /// *Bilan de fin de traitement*.
    #[derive(Eq)]
    pub struct EndOfTreatment {
        /// *Diagnostics*, at least one.
        pub diagnoses: Vec<Diagnosis>,
        /// *Traitements reçus*.
        pub treatments: Vec<ReceivedTreatment>,
        /// *Date de fin des traitements*.
        pub ended: Option<PartialDateTime>,
        /// *Situation à la fin des traitements*: response, remission.
        pub outcome: Option<String>,
        /// *Séquelles et effets persistants*.
        pub sequelae: Option<String>,
        /// *Commentaire*.
        pub comment: Option<String>,
    }

    /// *Diagnostic*.
    #[derive(Eq)]
    pub struct Diagnosis {
        /// *Date du diagnostic*.
        pub date: Option<PartialDateTime>,
        /// *Cancer*: site and histology, in words.
        pub cancer: String,
        /// *Stade*.
        pub stage: Option<String>,
        /// *Prédisposition, biomarqueurs*.
        pub markers: Option<String>,
    }

    /// *Traitement reçu*.
    #[derive(Eq)]
    pub struct ReceivedTreatment {
        /// *Traitement*: surgery, radiotherapy, drug or protocol.
        pub name: String,
        /// *Période*.
        pub period: Period,
        /// *Traitement poursuivi* after the end of treatment: hormone therapy.
        pub continues: bool,
        /// *Dose cumulée*, in words: `doxorubicine 300 mg/m²`, `50 Gy en 25 fractions`.
        pub cumulative_dose: Option<String>,
        /// *Établissement*.
        pub place: Option<String>,
        /// *Tolérance et effets notables*.
        pub effects: Option<String>,
    }

    /// *Programme de suivi*.
    #[derive(Eq)]
    pub struct FollowUp {
        /// *Objectifs et principes*.
        pub principles: Option<String>,
        /// *Médecin coordonnant le suivi*.
        pub coordinator: Option<String>,
        /// *Suivi alterné*: who sees the patient, how often, with which exams.
        pub visits: Vec<Visit>,
        /// *Examens de surveillance*.
        pub exams: Vec<PlannedExam>,
        /// *Commentaire*.
        pub comment: Option<String>,
    }

    /// *Consultation de suivi*, one turn of the alternation.
    #[derive(Eq)]
    pub struct Visit {
        /// *Professionnel*.
        pub professional: String,
        /// *Fonction*: *oncologue*, *médecin traitant*.
        pub role: Option<String>,
        /// *Rythme*: `tous les 6 mois, en alternance`.
        pub rhythm: String,
        /// *Période*.
        pub period: Period,
        /// *Prochaine consultation*.
        pub next: Option<PartialDateTime>,
        /// *Examens associés*.
        pub exams: Option<String>,
        /// *Commentaire*.
        pub comment: Option<String>,
    }

    /// *Examen de surveillance*.
    #[derive(Eq)]
    pub struct PlannedExam {
        /// *Examen*.
        pub name: String,
        /// *Rythme*.
        pub rhythm: Option<String>,
        /// *Prochain examen*.
        pub next: Option<PartialDateTime>,
        /// *Prescripteur*.
        pub prescriber: Option<String>,
    }

    /// *Effet tardif à surveiller*.
    #[derive(Eq)]
    pub struct LateEffect {
        /// *Effet*.
        pub effect: String,
        /// *Cause*: the treatment or disease behind it.
        pub cause: Option<String>,
        /// *Surveillance*.
        pub surveillance: Option<String>,
        /// *Signes qui doivent faire consulter*.
        pub warning_signs: Option<String>,
    }

    /// *Soin de support* or *réadaptation*.
    #[derive(Eq)]
    pub struct Support {
        /// *Nature*: activity, psychologist, physiotherapy…
        pub name: String,
        /// *Objectif ou précision*.
        pub detail: Option<String>,
        /// *Période*.
        pub period: Period,
        /// *Professionnel ou structure*.
        pub provider: Option<String>,
    }

    /// *Hygiène de vie*.
    #[derive(Eq)]
    pub struct Lifestyle {
        /// *Activité physique*.
        pub physical_activity: Option<String>,
        /// *Alimentation*.
        pub diet: Option<String>,
        /// *Tabac*.
        pub tobacco: Option<String>,
        /// *Alcool*.
        pub alcohol: Option<String>,
        /// *Autres conseils*: sun, sleep, contraception…
        pub other: Option<String>,
    }

    /// *Vaccination*.
    #[derive(Eq)]
    pub struct Vaccination {
        /// *Vaccin*.
        pub vaccine: String,
        /// *Échéance*, in words: `chaque automne`.
        pub schedule: Option<String>,
        /// *Date prévue*.
        pub date: Option<PartialDateTime>,
        /// *Précision*.
        pub detail: Option<String>,
    }

    /// *Accompagnement social et professionnel*.
    #[derive(Eq)]
    pub struct Social {
        /// *Situation professionnelle et reprise du travail*.
        pub work: Option<String>,
        /// *Situation sociale et aides*.
        pub social: Option<String>,
        /// *Droits*: ALD, droit à l'oubli, disability.
        pub rights: Option<String>,
        /// *Autre*.
        pub other: Option<String>,
    }

    /// *Contact*.
    #[derive(Eq)]
    pub struct Contact {
        /// *Rôle*: *infirmier de coordination*, *association de patients*.
        pub role: String,
        /// *Nom*.
        pub name: Option<String>,
        /// *Structure*.
        pub organization: Option<String>,
        /// *Téléphone*.
        pub phone: Option<String>,
        /// *Courriel*.
        pub email: Option<String>,
        /// *Horaires*.
        pub hours: Option<String>,
    }

    /// *Conduite à tenir en cas d'urgence*.
    #[derive(Eq)]
    pub struct Emergency {
        /// *Signes d'alerte*.
        pub signs: Option<String>,
        /// *Que faire*.
        pub action: Option<String>,
        /// *Téléphone*.
        pub phone: Option<String>,
    }

    /// *Remise au patient*.
    #[derive(Eq)]
    pub struct Handed {
        /// *Date de remise*.
        pub date: Option<PartialDateTime>,
        /// *Remis par*.
        pub by: Option<String>,
        /// *Consultation*: *consultation de fin de traitement*.
        pub consultation: Option<String>,
        /// *Commentaire*.
        pub comment: Option<String>,
    }
}
