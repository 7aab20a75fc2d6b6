//! Records in full, to be sent as JSON or kept by the host.

use serde::Serialize;

use super::answer::Coded;
use super::mailbox::Mailbox;
use super::professional::{Activity, Card, Diploma, Professional, Skill};
use super::specialty::AuthorSpecialty;
use super::structure::Structure;
use crate::edition::{EditionDate, Source};

/// All that the directory holds of a professional.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ProfessionalRecord<'d> {
    /// *PS_IdNat*.
    pub national_id: String,
    /// *Numéro RPPS*.
    pub rpps: Option<String>,
    /// *Nom d'exercice*.
    pub surname: &'d str,
    /// *Prénom d'exercice*.
    pub given: &'d str,
    /// True when the directory holds that the person no longer practises.
    pub deactivated: bool,
    /// *Date d'édition*.
    pub edition: EditionDate,
    /// *Situations d'exercice*.
    pub activities: Vec<ActivityRecord<'d>>,
    /// *Savoir-faire*.
    pub skills: Vec<Skill<'d>>,
    /// *Diplômes et autorisations*.
    pub diplomas: Vec<Diploma<'d>>,
    /// *Cartes*.
    pub cards: Vec<Card<'d>>,
    /// *Boîtes MSSanté*.
    pub mailboxes: Vec<Mailbox>,
    /// *Date d'édition* of the mailboxes.
    pub mailbox_edition: EditionDate,
    /// Candidates of JDV_J01.
    pub author_specialties: Vec<AuthorSpecialty>,
}

/// An activity in full.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ActivityRecord<'d> {
    /// *Nom d'exercice* of this activity.
    pub surname: &'d str,
    /// *Prénom d'exercice* of this activity.
    pub given: &'d str,
    /// *Civilité d'exercice*.
    pub practice_civility: Coded<'d>,
    /// *Civilité*.
    pub civility: Coded<'d>,
    /// *Profession*.
    pub profession: Coded<'d>,
    /// *Catégorie professionnelle*.
    pub category: Coded<'d>,
    /// *Type de savoir-faire*.
    pub skill_type: Coded<'d>,
    /// *Savoir-faire*.
    pub skill: Coded<'d>,
    /// *Mode d'exercice*.
    pub mode: Coded<'d>,
    /// *Secteur d'activité*.
    pub sector: Coded<'d>,
    /// *Section du tableau des pharmaciens*.
    pub pharmacist_section: Coded<'d>,
    /// *Rôle*.
    pub role: Coded<'d>,
    /// *Genre d'activité*.
    pub kind: Coded<'d>,
    /// *Autorité d'enregistrement*.
    pub authority: Coded<'d>,
    /// *Structure*.
    pub structure: Option<StructureRecord<'d>>,
}

/// A structure in full.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
#[allow(missing_docs)] // each field is the method of the same name of `Structure`
pub struct StructureRecord<'d> {
    pub source: Option<Source>,
    pub edition: EditionDate,
    pub deactivated: bool,
    pub technical_id: Option<String>,
    pub national_id: Option<String>,
    pub finess: Option<String>,
    pub legal_finess: Option<String>,
    pub siret: Option<String>,
    pub siren: Option<String>,
    pub name: &'d str,
    pub long_name: &'d str,
    pub trade_name: &'d str,
    pub recipient: &'d str,
    pub access_point: &'d str,
    pub street_number: Option<String>,
    pub repetition: &'d str,
    pub street_type: Coded<'d>,
    pub street: &'d str,
    pub mention: &'d str,
    pub cedex: &'d str,
    pub postal_code: &'d str,
    pub commune: Coded<'d>,
    pub department: Coded<'d>,
    pub country: Coded<'d>,
    pub phone: Option<String>,
    pub phone2: Option<String>,
    pub fax: Option<String>,
    pub email: &'d str,
    pub category: Coded<'d>,
    pub category_group: Coded<'d>,
    pub sector: Coded<'d>,
    pub legal_status: Coded<'d>,
    pub tariff_mode: Coded<'d>,
    pub hospital_service: Coded<'d>,
    pub state: Coded<'d>,
    pub ape: Option<String>,
    pub school_number: Option<String>,
    pub opened_on: Option<String>,
    pub authorized_on: Option<String>,
    pub updated_on: Option<String>,
    pub closed_on: Option<String>,
}

impl<'d> Professional<'d> {
    /// All of it.
    pub fn record(&self) -> ProfessionalRecord<'d> {
        let mailboxes = self.mailboxes();
        ProfessionalRecord {
            national_id: self.national_id(),
            rpps: self.rpps(),
            surname: self.surname(),
            given: self.given(),
            deactivated: self.is_deactivated(),
            edition: self.edition(),
            activities: self.activities().map(|a| a.record()).collect(),
            skills: self.skills().collect(),
            diplomas: self.diplomas().collect(),
            cards: self.cards().collect(),
            mailboxes: mailboxes.value,
            mailbox_edition: mailboxes.edition,
            author_specialties: self.author_specialties(),
        }
    }
}

impl<'d> Activity<'d> {
    /// All of it.
    pub fn record(&self) -> ActivityRecord<'d> {
        let (surname, given) = self.names();
        ActivityRecord {
            surname,
            given,
            practice_civility: self.practice_civility(),
            civility: self.civility(),
            profession: self.profession(),
            category: self.category(),
            skill_type: self.skill_type(),
            skill: self.skill(),
            mode: self.mode(),
            sector: self.sector(),
            pharmacist_section: self.pharmacist_section(),
            role: self.role(),
            kind: self.kind(),
            authority: self.authority(),
            structure: self.structure().map(|s| s.record()),
        }
    }
}

impl<'d> Structure<'d> {
    /// All of it.
    pub fn record(&self) -> StructureRecord<'d> {
        StructureRecord {
            source: self.source(),
            edition: self.edition(),
            deactivated: self.is_deactivated(),
            technical_id: self.technical_id(),
            national_id: self.national_id(),
            finess: self.finess(),
            legal_finess: self.legal_finess(),
            siret: self.siret(),
            siren: self.siren(),
            name: self.name(),
            long_name: self.long_name(),
            trade_name: self.trade_name(),
            recipient: self.recipient(),
            access_point: self.access_point(),
            street_number: self.street_number(),
            repetition: self.repetition(),
            street_type: self.street_type(),
            street: self.street(),
            mention: self.mention(),
            cedex: self.cedex(),
            postal_code: self.postal_code(),
            commune: self.commune(),
            department: self.department(),
            country: self.country(),
            phone: self.phone(),
            phone2: self.phone2(),
            fax: self.fax(),
            email: self.email(),
            category: self.category(),
            category_group: self.category_group(),
            sector: self.sector(),
            legal_status: self.legal_status(),
            tariff_mode: self.tariff_mode(),
            hospital_service: self.hospital_service(),
            state: self.state(),
            ape: self.ape(),
            school_number: self.school_number(),
            opened_on: self.opened_on(),
            authorized_on: self.authorized_on(),
            updated_on: self.updated_on(),
            closed_on: self.closed_on(),
        }
    }
}
