//! Masks (*masquage*, *visibilité*): who must not see a document in the DMP.
//!
//! Each mask is a confidentiality code of TRE_A07 beside the level of the
//! document. HL7 v2 writes one of them in another way than XDS and FHIR.
//! Sources: JDV_J08; volet « Transmission d'un document CDA-R2 en HL7 v2 »,
//! table MetaDMPMSS.

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::tables::systems;

/// One mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mask {
    /// *Masqué aux professionnels de santé.*
    Professionals,
    /// *Non visible par le patient.*
    Patient,
    /// *Non visible par les représentants légaux du patient.*
    Representatives,
}

impl Mask {
    /// Every mask, in the order of the HL7 v2 message.
    pub const ALL: [Mask; 3] = [Mask::Professionals, Mask::Patient, Mask::Representatives];

    /// The code in XDS and FHIR.
    pub fn xds(self) -> &'static str {
        match self {
            Mask::Professionals => "MASQUE_PS",
            Mask::Patient => "INVISIBLE_PATIENT",
            Mask::Representatives => "INVISIBLE_REPRESENTANTS_LEGAUX",
        }
    }

    /// The code in HL7 v2 (OBX-3.1).
    pub fn hl7v2(self) -> &'static str {
        match self {
            Mask::Representatives => "INVISIBLE_REP_LEGAUX",
            other => other.xds(),
        }
    }

    /// The mask of a code, in either spelling.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|mask| mask.xds() == code || mask.hl7v2() == code)
    }

    /// The confidentiality code (*confidentialityCode*), with its label.
    pub fn code(self) -> Code {
        let label = match self {
            Mask::Professionals => "Masqué aux professionnels de santé",
            Mask::Patient => "Non visible par le patient",
            Mask::Representatives => "Non visible par les représentants légaux du patient",
        };
        Code::new(self.xds(), systems::TRE_A07, label)
    }
}

/// Who may see a document. It has no default: the DMP asks that the sender
/// states it for each document, at each sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visibility {
    /// *Masqué aux professionnels.*
    pub hidden_from_professionals: bool,
    /// *Non visible par le patient*, for instance until an announcement.
    pub hidden_from_patient: bool,
    /// *Non visible par les représentants légaux*; none where it is not
    /// stated. For a minor it must be.
    #[serde(default)]
    pub hidden_from_representatives: Option<bool>,
}

impl Visibility {
    /// Visible by everybody: professionals, patient, legal representatives.
    pub fn everybody() -> Self {
        Visibility {
            hidden_from_professionals: false,
            hidden_from_patient: false,
            hidden_from_representatives: Some(false),
        }
    }

    /// Not visible by the patient nor the legal representatives: what is asked
    /// for until the diagnosis has been announced.
    pub fn before_announcement() -> Self {
        Visibility {
            hidden_from_professionals: false,
            hidden_from_patient: true,
            hidden_from_representatives: Some(true),
        }
    }

    /// The visibility that these masks make, all stated.
    pub fn from_masks(masks: impl IntoIterator<Item = Mask>) -> Self {
        let mut visibility = Visibility::everybody();
        for mask in masks {
            match mask {
                Mask::Professionals => visibility.hidden_from_professionals = true,
                Mask::Patient => visibility.hidden_from_patient = true,
                Mask::Representatives => visibility.hidden_from_representatives = Some(true),
            }
        }
        visibility
    }

    /// True when the mask is set.
    pub fn has(&self, mask: Mask) -> bool {
        match mask {
            Mask::Professionals => self.hidden_from_professionals,
            Mask::Patient => self.hidden_from_patient,
            Mask::Representatives => self.hidden_from_representatives == Some(true),
        }
    }

    /// The masks set.
    pub fn masks(&self) -> impl Iterator<Item = Mask> + use<> {
        let visibility = *self;
        Mask::ALL
            .into_iter()
            .filter(move |mask| visibility.has(*mask))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_one_mask() {
        for code in ["INVISIBLE_REP_LEGAUX", "INVISIBLE_REPRESENTANTS_LEGAUX"] {
            assert_eq!(Mask::from_code(code), Some(Mask::Representatives));
        }
        assert_eq!(Mask::from_code("MASQUE_PSOCIAL"), None);
        for mask in Mask::ALL {
            assert_eq!(Mask::from_code(mask.hl7v2()), Some(mask));
        }
    }

    #[test]
    fn masks_and_visibility_lead_to_each_other() {
        let hidden = Visibility::before_announcement();
        assert_eq!(Visibility::from_masks(hidden.masks()), hidden);
        assert_eq!(Visibility::everybody().masks().count(), 0);
    }
}
