//! What the indicators ask of a fiche, and where a [`FicheRcp`] says it.
//!
//! | flag | of a [`FicheRcp`] |
//! |---|---|
//! | `attending_physician` | `participants.attending_physician`, when *named*: the RPPS number as it stands; without one, the first other identifier as `root^extension`; without any, `nom:` and the name (two homonyms then count as one). None when the patient has none, or when it is not known. |
//! | `attending_physician_mssante` | true when that professional has a telecom `mailto:` whose domain ends in `.mssante.fr`. The citizen's domain, `patient.mssante.fr`, is none of a physician's; an address of the practice alone (`organization.telecoms`) does not count. |
//! | `g8` | `indicators.g8_done` is true, or `functional_status.geriatric` has a screening whose tool is named with the word `G8` |
//! | `oncogeriatric_requested` | `indicators.oncogeriatric_assessment_requested` is true |
//! | `fertility_preservation` | `indicators.fertility_preservation` is true |
//! | `trial_proposed` | `frame.clinical_trial` is true |
//! | `guideline_respected` | `indicators.guideline_respected`; when not given, false if a guideline of `frame.guidelines` says why it was `not_followed`, otherwise not stated: a guideline that is cited is not one that is respected |
//!
//! Whether the fiche is validated is no flag: in the life of an RCP it is the
//! [status of its version](super::FicheStatus); of a [`FicheRcp`] alone it is
//! [`FicheFact::from_fiche`](crate::indicators::FicheFact::from_fiche) that
//! reads it.

use serde::{Deserialize, Serialize};

use crate::fiche_rcp::FicheRcp;
use crate::model::{AttendingPhysician, Professional, Telecom};

/// What the indicators of annex 2 ask of a fiche.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FicheFlags {
    /// Key of the attending physician (*médecin traitant*), when named; opaque.
    pub attending_physician: Option<String>,
    /// Whether the attending physician has an MSSanté address.
    pub attending_physician_mssante: bool,
    /// A G8 assessment was made.
    pub g8: bool,
    /// An onco-geriatric assessment was requested.
    pub oncogeriatric_requested: bool,
    /// Fertility preservation was addressed.
    pub fertility_preservation: bool,
    /// A clinical trial is proposed.
    pub trial_proposed: bool,
    /// The guideline (*référentiel*) is respected; none: not stated.
    pub guideline_respected: Option<bool>,
}

impl From<&FicheRcp> for FicheFlags {
    /// By the table of the [module](self).
    fn from(fiche: &FicheRcp) -> Self {
        let physician = match &fiche.participants.attending_physician {
            Some(AttendingPhysician::Named(participant)) => Some(&participant.professional),
            Some(AttendingPhysician::None | AttendingPhysician::Unknown) | None => None,
        };
        let key = physician.and_then(key);
        let screened = fiche
            .functional_status
            .iter()
            .flat_map(|status| &status.geriatric)
            .any(|screening| screening.tool.as_deref().is_some_and(is_g8));
        let indicators = &fiche.indicators;
        let departs = fiche.frame.guidelines.iter().any(|guideline| {
            let reason = guideline.not_followed.as_deref();
            reason.is_some_and(|reason| !reason.trim().is_empty())
        });
        FicheFlags {
            attending_physician_mssante: key.is_some()
                && physician.is_some_and(|p| p.telecoms.iter().any(is_mssante)),
            attending_physician: key,
            g8: indicators.g8_done == Some(true) || screened,
            oncogeriatric_requested: indicators.oncogeriatric_assessment_requested == Some(true),
            fertility_preservation: indicators.fertility_preservation == Some(true),
            trial_proposed: fiche.frame.clinical_trial == Some(true),
            guideline_respected: indicators.guideline_respected.or(departs.then_some(false)),
        }
    }
}

/// Key of a professional; none when nothing names them.
fn key(professional: &Professional) -> Option<String> {
    let named = |key: &String| !key.trim().is_empty();
    professional
        .rpps()
        .map(|rpps| rpps.trim().to_owned())
        .filter(named)
        .or_else(|| {
            let id = professional.ids.first()?.to_identifier();
            Some(id.to_string()).filter(named)
        })
        .or_else(|| {
            let (family, given) = (&professional.name.family, &professional.name.given);
            let given = given.as_deref().unwrap_or_default();
            let name = format!("{} {}", family.trim(), given.trim()).to_uppercase();
            Some(name.trim().to_owned())
                .filter(named)
                .map(|name| format!("nom:{name}"))
        })
}

/// Whether a telecom is a professional's MSSanté address.
fn is_mssante(telecom: &Telecom) -> bool {
    let uri = telecom.uri.trim().to_lowercase();
    let Some(address) = uri.strip_prefix("mailto:") else {
        return false;
    };
    let address = address.split('?').next().unwrap_or_default();
    address.rsplit_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.ends_with(".mssante.fr")
            && domain != "patient.mssante.fr"
            && !domain.starts_with('.')
    })
}

/// Whether the name of a tool has the word `G8`: `G8`, `Score G8`.
fn is_g8(tool: &str) -> bool {
    tool.split(|c: char| !c.is_alphanumeric())
        .any(|word| word.eq_ignore_ascii_case("g8"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::fiche_rcp::{FunctionalStatus, GeriatricScreening, Guideline};
    use crate::model::{Identifier, Participant, ProfessionalId};

    fn flags(change: impl FnOnce(&mut FicheRcp)) -> FicheFlags {
        let mut fiche = FicheRcp::default();
        change(&mut fiche);
        FicheFlags::from(&fiche)
    }

    fn physician(ids: Vec<ProfessionalId>, family: &str, uris: &[&str]) -> FicheFlags {
        let mut participant = Participant::default();
        let professional = &mut participant.professional;
        professional.ids = ids;
        professional.name.family = family.into();
        let telecom = |uri: &&str| Telecom {
            uri: (*uri).into(),
            ..Telecom::default()
        };
        professional.telecoms = uris.iter().map(telecom).collect();
        let named = AttendingPhysician::Named(Box::new(participant));
        flags(|f| f.participants.attending_physician = Some(named))
    }

    #[test]
    fn nothing_said_is_nothing_counted() {
        assert_eq!(flags(|_| ()), FicheFlags::default());
        for none in [AttendingPhysician::None, AttendingPhysician::Unknown] {
            let flags = flags(|f| f.participants.attending_physician = Some(none));
            assert_eq!(flags, FicheFlags::default());
        }
        // an address alone names nobody
        let nobody = physician(vec![], " ", &["mailto:a@essai.mssante.fr"]);
        assert_eq!(nobody, FicheFlags::default());
    }

    #[test]
    fn the_attending_physician_has_one_key() {
        let local = ProfessionalId::Local(Identifier::new("1.2.3", "M7"));
        let rpps = ProfessionalId::Rpps("01234567897".into());
        let key = |ids, family| physician(ids, family, &[]).attending_physician;
        assert_eq!(
            key(vec![local.clone(), rpps], "ESSAI").as_deref(),
            Some("01234567897")
        );
        assert_eq!(key(vec![local], "ESSAI").as_deref(), Some("1.2.3^M7"));
        assert_eq!(key(vec![], " Essai ").as_deref(), Some("nom:ESSAI"));
    }

    #[test]
    fn a_secure_address_is_known_by_its_domain() {
        let secure = |uri| physician(vec![], "ESSAI", &[uri]).attending_physician_mssante;
        for yes in [
            "mailto:dr.essai@medecin.mssante.fr",
            "MAILTO:dr@Essai.MSSante.fr?subject=x",
        ] {
            assert!(secure(yes), "{yes}");
        }
        for no in [
            "mailto:dr.essai@mssante.fr.example",
            "mailto:dr.essai@fauxmssante.fr",
            "mailto:279035121518989@patient.mssante.fr",
            "mailto:@medecin.mssante.fr",
            "tel:0100000000",
            "",
        ] {
            assert!(!secure(no), "{no}");
        }
    }

    #[test]
    fn a_g8_is_declared_or_screened() {
        let tool = |tool: &str| {
            let screening = GeriatricScreening {
                tool: Some(tool.into()),
                ..GeriatricScreening::default()
            };
            let status = FunctionalStatus {
                geriatric: vec![screening],
                ..FunctionalStatus::default()
            };
            flags(|f| f.functional_status = Some(status)).g8
        };
        assert!(flags(|f| f.indicators.g8_done = Some(true)).g8);
        assert!(!flags(|f| f.indicators.g8_done = Some(false)).g8);
        assert!(tool("G8") && tool("Score g8 (ONCODAGE)"));
        assert!(!tool("VES-13") && !tool("G88"));
    }

    #[test]
    fn a_guideline_cited_is_not_one_respected() {
        let respected = |stated, reason: Option<&str>| {
            flags(|f| {
                f.indicators.guideline_respected = stated;
                f.frame.guidelines = vec![Guideline {
                    name: Some("Référentiel d'essai".into()),
                    not_followed: reason.map(str::to_owned),
                    ..Guideline::default()
                }];
            })
            .guideline_respected
        };
        assert_eq!(respected(None, None), None);
        assert_eq!(respected(None, Some(" ")), None);
        assert_eq!(respected(None, Some("âge")), Some(false));
        assert_eq!(respected(Some(true), Some("âge")), Some(true));
        assert_eq!(respected(Some(false), None), Some(false));
    }

    #[test]
    fn what_the_fiche_says_is_taken_over() {
        let all = flags(|f| {
            f.indicators.oncogeriatric_assessment_requested = Some(true);
            f.indicators.fertility_preservation = Some(true);
            f.frame.clinical_trial = Some(true);
        });
        assert!(all.oncogeriatric_requested && all.fertility_preservation && all.trial_proposed);
    }
}
