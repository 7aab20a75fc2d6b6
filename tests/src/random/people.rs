//! Professionals, organisations, patient, header.

use dcc_core::identity::ins::InsKind;
use dcc_core::model::header::Replaced;
use dcc_core::model::{
    Address, AttendingPhysician, Author, Code, Establishment, Guardian, Header, Identifier,
    IdentityStatus, Ins, LegalAuthenticator, Organization, Participant, Patient, PersonName,
    Professional, ProfessionalId, RelatedPerson, Telecom,
};
use dcc_core::terminology::Jdv;

use super::choices::Choices;

/// The year of the documents.
pub const YEAR: usize = 2025;

impl Choices<'_> {
    /// An address, in parts or in lines.
    pub fn address(&mut self) -> Address {
        let usage = self.maybe(|c| c.one(&["H", "HP", "WP", "TMP"]).to_owned());
        if self.pick(4) == 3 {
            let lines = vec!["12 rue des Tests".to_owned(), "75000 TESTVILLE".to_owned()];
            return Address {
                usage,
                lines,
                ..Address::default()
            };
        }
        Address {
            usage,
            house_number: self.maybe(|c| format!("{} bis", 1 + c.pick(99))),
            street_type: self.maybe(|c| c.one(&["Rue", "Allée"]).to_owned()),
            street_name: self.maybe(|_| "de l'Épée".to_owned()),
            unit: self.maybe(|_| "Escalier A".to_owned()),
            additional_locator: self.maybe(|_| "Résidence des Tilleuls".to_owned()),
            precinct: self.maybe(|_| "Le Bourg".to_owned()),
            post_box: self.maybe(|_| "BP 12".to_owned()),
            insee: self.maybe(|_| "49007".to_owned()),
            postal_code: self.maybe(|_| "49933".to_owned()),
            city: Some("ANGERS".to_owned()),
            state: self.maybe(|_| "Pays de la Loire".to_owned()),
            country: self.maybe(|_| "FRANCE".to_owned()),
            ..Address::default()
        }
    }

    /// A telecom.
    pub fn telecom(&mut self) -> Telecom {
        let number = self.pick(10_000);
        let uri = match self.pick(3) {
            0 => format!("tel:024251{number:04}"),
            1 => format!("mailto:test.{number}@test.mssante.fr"),
            _ => format!("fax:024252{number:04}"),
        };
        Telecom {
            uri,
            usage: self.maybe(|c| c.one(&["H", "WP", "MC", "DIR"]).to_owned()),
        }
    }

    /// The name of a person.
    pub fn name(&mut self) -> PersonName {
        PersonName {
            family: self.one(&["TEST-MÉDECIN", "D'ESSAI", "FICTIF"]).to_owned(),
            given: self.maybe(|c| c.one(&["Zoé", "Jean-Test"]).to_owned()),
            prefix: self.maybe(|c| c.one(&["M", "MME"]).to_owned()),
            suffix: self.maybe(|c| c.one(&["DR", "PR"]).to_owned()),
        }
    }

    fn luhn(&mut self, start: &str, digits: usize) -> String {
        let number = self.pick(10_000);
        let width = digits - 1 - start.len();
        let body = format!("{start}{number:0width$}");
        let sum: u32 = body
            .bytes()
            .rev()
            .enumerate()
            .map(|(rank, byte)| {
                let digit = u32::from(byte - b'0');
                if rank % 2 == 0 {
                    digit * 2 / 10 + digit * 2 % 10
                } else {
                    digit
                }
            })
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    }

    /// An identifier of a professional.
    pub fn professional_id(&mut self) -> ProfessionalId {
        match self.pick(4) {
            0 => ProfessionalId::Rpps(self.luhn("10", 11)),
            1 => ProfessionalId::Adeli(format!("49{:07}", self.pick(10_000))),
            2 => ProfessionalId::National(format!("3490000049/{}", self.pick(10_000))),
            _ => {
                let number = format!("PS-{}", self.pick(10_000));
                ProfessionalId::Local(Identifier::new("1.2.3.4.5.6", number))
            }
        }
    }

    /// An organisation that has a name.
    pub fn organization(&mut self) -> Organization {
        Organization {
            finess: self.maybe(|c| c.luhn("49", 9)),
            siret: self.maybe(|c| c.luhn("49", 14)),
            other_ids: self.some(1, |c| {
                Identifier::new("1.2.3.4.5.7", format!("ES-{}", c.pick(10_000)))
            }),
            name: Some(self.one(&["CH de Test", "Clinique d'Essai"]).to_owned()),
            sector: self.maybe(|c| c.code(Jdv::J04PracticeSetting)),
            addresses: self.some(2, Self::address),
            telecoms: self.some(2, Self::telecom),
        }
    }

    /// A professional, identified or not.
    pub fn professional(&mut self) -> Professional {
        Professional {
            ids: self.some(2, Self::professional_id),
            specialty: self.maybe(|c| c.code(Jdv::J01AuthorSpecialty)),
            name: self.name(),
            addresses: self.some(2, Self::address),
            telecoms: self.some(2, Self::telecom),
            organization: self.maybe(Self::organization),
        }
    }

    /// A professional who may sign, or do the act documented.
    pub fn responsible(&mut self) -> Professional {
        let mut professional = self.professional();
        if professional.ids.is_empty() {
            professional.ids.push(self.professional_id());
        }
        let mut organization = self.organization();
        organization.sector = Some(Code::new("ETABLISSEMENT"));
        if organization.finess.is_none() {
            organization.finess = Some("490000049".to_owned());
        }
        if organization.addresses.is_empty() {
            organization.addresses.push(self.address());
        }
        if organization.telecoms.is_empty() {
            organization.telecoms.push(self.telecom());
        }
        if professional.addresses.is_empty() {
            professional.addresses.push(self.address());
        }
        if professional.telecoms.is_empty() {
            professional.telecoms.push(self.telecom());
        }
        professional.specialty = Some(self.code(Jdv::J01AuthorSpecialty));
        professional.organization = Some(organization);
        professional
    }

    /// A participant: a person, a structure, or both.
    pub fn participant(&mut self) -> Participant {
        let mut professional = self.professional();
        if self.flip() {
            professional.name = PersonName::default();
            professional.ids.clear();
            professional.organization = Some(self.organization());
        }
        let time = self.maybe(Self::past);
        Participant {
            professional,
            comment: self.maybe(Self::text),
            period: if time.is_none() {
                self.period()
            } else {
                Default::default()
            },
            time,
        }
    }

    /// The attending physician.
    pub fn attending_physician(&mut self) -> AttendingPhysician {
        match self.pick(3) {
            0 => AttendingPhysician::Unknown,
            1 => AttendingPhysician::None,
            _ => {
                let mut named = self.participant();
                if named.professional.name == PersonName::default() {
                    named.professional.name = self.name();
                }
                AttendingPhysician::Named(Box::new(named))
            }
        }
    }

    /// A place.
    pub fn establishment(&mut self) -> Establishment {
        let finess = self.maybe(|c| c.luhn("49", 9));
        Establishment {
            other_id: if finess.is_none() {
                self.maybe(Self::identifier)
            } else {
                None
            },
            finess,
            facility_type: Some(self.code(Jdv::J02HealthcareFacilityType)),
            name: self
                .maybe(|_| "Hôpital de jour".to_owned())
                .unwrap_or_default(),
            address: self.maybe(Self::address).unwrap_or_default(),
        }
    }

    fn patient(&mut self) -> Patient {
        let qualified = self.flip();
        let mut local_ids = self.some(2, |c| {
            Identifier::new("1.2.3.4.567.8.9.10", format!("IPP{}", c.pick(10_000)))
        });
        if !qualified && local_ids.is_empty() {
            local_ids.push(Identifier::new("1.2.3.4.567.8.9.10", "IPP1"));
        }
        Patient {
            ins: qualified.then(|| Ins {
                matricule: "279035121518989".to_owned(),
                kind: InsKind::NirTest,
            }),
            identity_status: qualified.then_some(IdentityStatus::Qualified),
            local_ids,
            prefix: self.maybe(|c| c.one(&["M", "MME"]).to_owned()),
            birth_name: "PAT-TROIS".to_owned(),
            birth_given_names: Some("DOMINIQUE MARIE-LOUISE".to_owned()),
            first_birth_given_name: (qualified || self.flip()).then(|| "DOMINIQUE".to_owned()),
            used_name: self.maybe(|_| "PAT-TEST".to_owned()),
            used_given_name: self.maybe(|_| "DOMINIQUE".to_owned()),
            sex: Some(self.one(&["F", "M"]).into()),
            birth_date: Some("1979-03-28".parse().expect("a date")),
            birth_place_insee: (qualified || self.flip()).then(|| "51215".to_owned()),
            birth_place_city: self.maybe(|_| "DOMPREMY".to_owned()),
            addresses: self.some(2, Self::address),
            telecoms: self.some(2, Self::telecom),
            mssante: (qualified && self.flip())
                .then(|| "279035121518989@patient.mssante.fr".to_owned()),
            guardians: self.some(2, |c| Guardian {
                name: c.name(),
                addresses: c.some(1, Self::address),
                telecoms: c.some(1, Self::telecom),
            }),
            trusted_persons: self.some(2, Self::related),
            persons_to_contact: self.some(2, Self::related),
            ..Patient::default()
        }
    }

    fn related(&mut self) -> RelatedPerson {
        RelatedPerson {
            relation: self.maybe(|c| c.code(Jdv::J11RelationPatient)),
            name: self.name(),
            addresses: self.some(1, Self::address),
            telecoms: self.some(1, Self::telecom),
        }
    }

    /// A header.
    pub fn header(&mut self) -> Header {
        let version = 1 + self.pick(3) as u32;
        let created = self.instant(YEAR);
        let mut authors = vec![Author {
            time: self.maybe(Self::past),
            function: None,
            comment: None,
            professional: self.responsible(),
        }];
        authors.extend(self.some(1, |c| {
            let function = c.maybe(|c| c.code(Jdv::J47FunctionCode));
            Author {
                time: c.maybe(Self::past),
                comment: function.as_ref().and_then(|_| c.maybe(Self::word)),
                function,
                professional: c.responsible(),
            }
        }));
        let mut custodian = self.organization();
        custodian.finess = Some("490000049".to_owned());
        custodian.sector = None;
        custodian.addresses = vec![self.address()];
        custodian.telecoms = vec![self.telecom()];
        Header {
            id: Identifier::root(format!(
                "1.2.250.1.213.1.1.1.26.2025.{}.{version}",
                self.pick(10_000)
            )),
            set_id: Identifier::root("1.2.250.1.213.1.1.1.26.2025.1"),
            version,
            replaces: (version > 1).then(|| Replaced {
                id: Identifier::root("1.2.250.1.213.1.1.1.26.2025.0.1"),
                set_id: None,
                version: self.maybe(|_| version - 1),
            }),
            title: self.maybe(Self::word),
            created: Some(created),
            confidentiality: self.maybe(|c| Code::new(c.one(&["R", "V"]))),
            language: self.maybe(|_| "en-GB".to_owned()),
            patient: self.patient(),
            authors,
            custodian,
            legal_authenticator: LegalAuthenticator {
                time: Some(self.instant(YEAR - 1)),
                professional: self.responsible(),
            },
        }
    }
}
