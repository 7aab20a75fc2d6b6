//! Who sends and who receives a message (PRT).

use std::fmt;

use dcc_hl7v2::Segment;

/// A person, an organisation or an application of a message.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedParty {
    /// *Identifiant* of the person (PRT-5.1).
    pub person_id: String,
    /// *Nom* (PRT-5.2).
    pub family: String,
    /// *Prénom* (PRT-5.3).
    pub given: String,
    /// OID of the register of the person (PRT-5.9.2).
    pub person_authority: String,
    /// Type of the identifier (PRT-5.13).
    pub person_id_type: String,
    /// *Nom de la structure* (PRT-8.1).
    pub structure_name: String,
    /// *Identifiant de la structure* (PRT-8.10).
    pub structure_id: String,
    /// Type of the identifier (PRT-8.7).
    pub structure_id_type: String,
    /// *Dispositif ou application* (PRT-10.1).
    pub device_id: String,
    /// *Adresse MSSanté* (PRT-15.4).
    pub address: String,
}

impl fmt::Debug for ReceivedParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceivedParty(…)")
    }
}

impl ReceivedParty {
    /// Reads a PRT; true in second place when a value ended with blanks, the
    /// no-break ones that editors leave included.
    pub(super) fn read(prt: Segment<'_>) -> (Self, bool) {
        let mut had_blanks = false;
        let mut get = |field: usize, component: usize| {
            let value = prt.field(field).component(component).text().into_owned();
            let trimmed = value.trim();
            had_blanks |= trimmed.len() != value.len();
            trimmed.to_owned()
        };
        let mut party = ReceivedParty {
            person_id: get(5, 1),
            family: get(5, 2),
            given: get(5, 3),
            person_id_type: get(5, 13),
            structure_name: get(8, 1),
            structure_id_type: get(8, 7),
            structure_id: get(8, 10),
            device_id: get(10, 1),
            address: get(15, 4),
            ..ReceivedParty::default()
        };
        let authority = prt.field(5).component(9).subcomponent(2).text();
        authority.trim().clone_into(&mut party.person_authority);
        (party, had_blanks)
    }
}
