//! Look-ups by identifier.

use super::answer::Answer;
use super::directory::Directory;
use super::mailbox::Mailbox;
use super::professional::Professional;
use super::structure::Structure;
use crate::file::id;

impl Directory<'_> {
    /// The professional of a PS_IdNat (`8` and the RPPS number, `0` and the
    /// ADELI number…).
    pub fn professional(&self, national: &str) -> Answer<Option<Professional<'_>>> {
        Answer {
            value: self.person(national).map(|p| Professional::new(self, p)),
            edition: self.people_edition(),
        }
    }

    /// The professionals, by PS_IdNat.
    pub fn professionals(&self) -> impl Iterator<Item = Professional<'_>> {
        (0..self.person_count() as u32).map(|p| Professional::new(self, p))
    }

    /// The records of structures of an identifier: FINESS of the site, SIRET,
    /// technical identifier (`R…`, `F…`, `C…`) or Struct_IdNat. One structure
    /// has several records when sources or lines differ.
    pub fn structures(&self, structure: &str) -> Answer<Vec<Structure<'_>>> {
        let rows = self.structure_rows(structure);
        self.structure_answer(rows)
    }

    /// The records of the sites of a legal entity, by its FINESS number (*entité
    /// juridique*).
    pub fn structures_of_legal_entity(&self, finess: &str) -> Answer<Vec<Structure<'_>>> {
        let key = id::pack_as(id::LEGAL, finess);
        self.structure_answer(
            key.map(|k| self.structure_keys().rows_between(k, k).collect())
                .unwrap_or_default(),
        )
    }

    /// The records of the structures of a SIREN.
    pub fn structures_of_siren(&self, siren: &str) -> Answer<Vec<Structure<'_>>> {
        let keys = self.structure_keys();
        let mut found: Vec<u32> = Vec::new();
        if let Some((first, last)) = id::sirets_of(siren) {
            found.extend(keys.rows_between(first, last));
        }
        if let Some(key) = id::pack_as(id::SIREN, siren) {
            found.extend(keys.rows_between(key, key));
        }
        self.structure_answer(found)
    }

    fn structure_answer(&self, mut rows: Vec<u32>) -> Answer<Vec<Structure<'_>>> {
        rows.sort_unstable();
        rows.dedup();
        Answer {
            value: rows
                .into_iter()
                .filter_map(|row| self.structure_at(row))
                .collect(),
            edition: self.structure_edition(),
        }
    }

    /// Mailboxes of a professional, by PS_IdNat.
    pub fn mailboxes_of_professional(&self, national: &str) -> Answer<Vec<Mailbox>> {
        match self.professional(national).value {
            Some(professional) => professional.mailboxes(),
            None => Answer {
                value: Vec::new(),
                edition: self.mailbox_edition(),
            },
        }
    }
}
