//! The document of a PPAC, written and read by one description.

use super::model::{EndOfTreatment, FollowUp, Lifestyle, Ppac, Social, Support};
use super::templates;
use crate::cda::calls::document_calls;
use crate::cda::datatypes::Fixed;
use crate::cda::form::{Form, Row};
use crate::cda::header::DocumentTemplate;
use crate::cda::{Codec, ReadOptions, Reading};
use crate::kinds::DocumentKind;
use crate::problem::{Problem, Problems};
use crate::terminology::code_system::LOINC;

/// The document: type of a PPS; template of the medical documents of IHE PCC,
/// as no volet gives one.
pub static PPAC: DocumentTemplate = DocumentTemplate {
    template: ("1.3.6.1.4.1.19376.1.5.3.1.1.1", None),
    other_versions: &[],
    code: Fixed {
        system: LOINC,
        code: "18776-5",
        label: "Plan personnalisé de soins",
    },
};

/// Title of the document when the header gives none.
const TITLE: &str = "PROGRAMME PERSONNALISÉ DE L'APRÈS-CANCER (PPAC)";

document_calls!(Ppac, "ppac", "PPAC", shape: PPAC, describe: ppac, body: ppac_body);

impl Ppac {
    /// Templates by which a CDA document is known to be one.
    pub(crate) const TEMPLATES: &[&str] = &[PPAC.template.0];

    /// Reads a document at level 3 that this library wrote, or that another
    /// made the same way. What the model has no place for is listed beside.
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, or is not a PPAC.
    pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        let mut said = Default::default();
        let reading = Codec::read(bytes, options, Self::TEMPLATES, |s| {
            said = s.type_and_title();
            let mut ppac = Ppac::default();
            s.ppac(&PPAC, &mut ppac, |s, p| s.ppac_body(p));
            if ppac.header.title.as_deref() == Some(TITLE) {
                ppac.header.title = None;
            }
            ppac
        })?;
        let (code, title) = said;
        if DocumentKind::of(&code, &title) != Some(DocumentKind::Ppac) {
            return Err(
                Problem::new(&crate::cda::rules::TEMPLATE, "/ClinicalDocument/title")
                    .message("Le document n'est pas un PPAC : son type ou son titre ne le dit pas")
                    .found(format!("{code}, {title}"))
                    .allowed([format!("{}, {TITLE}", PPAC.code.code)])
                    .into(),
            );
        }
        Ok(reading)
    }
}

impl Codec<'_> {
    fn ppac(
        &mut self,
        shape: &DocumentTemplate,
        p: &mut Ppac,
        body: impl FnOnce(&mut Self, &mut Ppac),
    ) {
        let mut header = std::mem::take(&mut p.header);
        self.document(shape, &mut header, TITLE, |s, header| {
            s.care_context(&mut p.context, header);
            body(s, p);
        });
        p.header = header;
    }

    fn ppac_body(&mut self, p: &mut Ppac) {
        self.structured_body(|s| {
            let comment = &mut p.patient_comment;
            s.text_form(&templates::PATIENT_COMMENT, comment.is_some(), |f| {
                f.fields(
                    "Commentaires / précisions sur le patient",
                    "patient",
                    true,
                    |t| {
                        t.text("Commentaire", "patient-commentaire", comment);
                    },
                );
            });
            s.ppac_summary(&mut p.summary);
            s.ppac_follow_up(p);
            s.ppac_late_effects(p);
            s.ppac_life(&mut p.lifestyle, &mut p.social);
            s.ppac_advice(p);
        });
    }

    fn ppac_summary(&mut self, e: &mut EndOfTreatment) {
        self.text_form(&templates::DIAGNOSIS, !e.diagnoses.is_empty(), |f| {
            let titles = [
                "Date du diagnostic",
                "Cancer",
                "Stade",
                "Prédisposition, biomarqueurs",
            ];
            f.list(
                "Diagnostic",
                "diagnostic",
                &titles,
                &mut e.diagnoses,
                |r, d| {
                    r.date(&mut d.date);
                    r.text(&mut d.cancer);
                    r.option(&mut d.stage);
                    r.option(&mut d.markers);
                },
            );
        });
        let rest = EndOfTreatment {
            diagnoses: e.diagnoses.clone(),
            ..EndOfTreatment::default()
        };
        self.text_form(&templates::TREATMENTS, *e != rest, |f| {
            let titles = [
                "Traitement",
                "Début",
                "Fin",
                "Se poursuit",
                "Dose cumulée",
                "Établissement",
                "Tolérance et effets notables",
            ];
            f.list(
                "Traitements reçus",
                "traitement",
                &titles,
                &mut e.treatments,
                |r, t| {
                    r.text(&mut t.name);
                    r.period(&mut t.period);
                    r.flag(&mut t.continues);
                    r.option(&mut t.cumulative_dose);
                    r.option(&mut t.place);
                    r.option(&mut t.effects);
                },
            );
            let present = e.ended.is_some()
                || e.outcome.is_some()
                || e.sequelae.is_some()
                || e.comment.is_some();
            f.fields("Fin de traitement", "fin", present, |t| {
                t.date("Date de fin des traitements", "fin-date", &mut e.ended);
                t.text(
                    "Situation à la fin des traitements",
                    "fin-situation",
                    &mut e.outcome,
                );
                t.text(
                    "Séquelles et effets persistants",
                    "fin-sequelles",
                    &mut e.sequelae,
                );
                t.text("Commentaire", "fin-commentaire", &mut e.comment);
            });
        });
    }

    fn ppac_follow_up(&mut self, p: &mut Ppac) {
        let present = p.follow_up != FollowUp::default()
            || !p.supportive_care.is_empty()
            || !p.rehabilitation.is_empty();
        let follow_up = &mut p.follow_up;
        let (care, rehabilitation) = (&mut p.supportive_care, &mut p.rehabilitation);
        self.text_form(&templates::FOLLOW_UP, present, |f| {
            let present = follow_up.principles.is_some()
                || follow_up.coordinator.is_some()
                || follow_up.comment.is_some();
            f.fields("Programme de suivi", "suivi", present, |t| {
                t.text(
                    "Objectifs et principes",
                    "suivi-principes",
                    &mut follow_up.principles,
                );
                t.text(
                    "Médecin coordonnant le suivi",
                    "suivi-coordonnateur",
                    &mut follow_up.coordinator,
                );
                t.text("Commentaire", "suivi-commentaire", &mut follow_up.comment);
            });
            let titles = [
                "Professionnel",
                "Fonction",
                "Rythme",
                "Début",
                "Fin",
                "Prochaine consultation",
                "Examens",
                "Commentaire",
            ];
            f.list(
                "Consultations de suivi en alternance",
                "consultation",
                &titles,
                &mut follow_up.visits,
                |r, v| {
                    r.text(&mut v.professional);
                    r.option(&mut v.role);
                    r.text(&mut v.rhythm);
                    r.period(&mut v.period);
                    r.date(&mut v.next);
                    r.option(&mut v.exams);
                    r.option(&mut v.comment);
                },
            );
            let titles = ["Examen", "Rythme", "Prochain examen", "Prescripteur"];
            f.list(
                "Examens de surveillance",
                "examen",
                &titles,
                &mut follow_up.exams,
                |r, e| {
                    r.text(&mut e.name);
                    r.option(&mut e.rhythm);
                    r.date(&mut e.next);
                    r.option(&mut e.prescriber);
                },
            );
            supports(f, "Soins de support", "support", care);
            supports(f, "Réadaptation", "readaptation", rehabilitation);
        });
    }

    fn ppac_late_effects(&mut self, p: &mut Ppac) {
        let effects = &mut p.late_effects;
        self.text_form(&templates::LATE_EFFECTS, !effects.is_empty(), |f| {
            let titles = [
                "Effet",
                "Cause",
                "Surveillance",
                "Signes qui doivent faire consulter",
            ];
            f.list(
                "Effets tardifs à surveiller",
                "effet",
                &titles,
                effects,
                |r, e| {
                    r.text(&mut e.effect);
                    r.option(&mut e.cause);
                    r.option(&mut e.surveillance);
                    r.option(&mut e.warning_signs);
                },
            );
        });
    }

    fn ppac_life(&mut self, l: &mut Lifestyle, social: &mut Social) {
        let (living, helped) = (*l != Lifestyle::default(), *social != Social::default());
        self.text_form(&templates::LIFESTYLE, living || helped, |f| {
            f.fields("Hygiène de vie", "vie", living, |t| {
                t.text(
                    "Activité physique",
                    "vie-activite",
                    &mut l.physical_activity,
                );
                t.text("Alimentation", "vie-alimentation", &mut l.diet);
                t.text("Tabac", "vie-tabac", &mut l.tobacco);
                t.text("Alcool", "vie-alcool", &mut l.alcohol);
                t.text("Autres conseils", "vie-autres", &mut l.other);
            });
            f.fields(
                "Accompagnement social et professionnel",
                "social",
                helped,
                |t| {
                    t.text(
                        "Situation professionnelle et reprise du travail",
                        "social-travail",
                        &mut social.work,
                    );
                    t.text(
                        "Situation sociale et aides",
                        "social-aides",
                        &mut social.social,
                    );
                    t.text("Droits", "social-droits", &mut social.rights);
                    t.text("Autre", "social-autre", &mut social.other);
                },
            );
        });
    }

    fn ppac_advice(&mut self, p: &mut Ppac) {
        self.text_form(&templates::VACCINATIONS, !p.vaccinations.is_empty(), |f| {
            let titles = ["Vaccin", "Échéance", "Date prévue", "Précision"];
            f.list(
                "Vaccinations",
                "vaccination",
                &titles,
                &mut p.vaccinations,
                |r, v| {
                    r.text(&mut v.vaccine);
                    r.option(&mut v.schedule);
                    r.date(&mut v.date);
                    r.option(&mut v.detail);
                },
            );
        });
        self.text_form(&templates::CONTACTS, !p.contacts.is_empty(), |f| {
            let titles = [
                "Rôle",
                "Nom",
                "Structure",
                "Téléphone",
                "Courriel",
                "Horaires",
            ];
            f.list("Contacts", "contact", &titles, &mut p.contacts, |r, c| {
                r.text(&mut c.role);
                r.option(&mut c.name);
                r.option(&mut c.organization);
                r.option(&mut c.phone);
                r.option(&mut c.email);
                r.option(&mut c.hours);
            });
        });
        let e = &mut p.emergency;
        self.text_form(&templates::EMERGENCY, *e != Default::default(), |f| {
            f.fields("Que faire en cas d'urgence", "urgence", true, |t| {
                t.text("Signes d'alerte", "urgence-signes", &mut e.signs);
                t.text("Conduite à tenir", "urgence-conduite", &mut e.action);
                t.text("Téléphone", "urgence-telephone", &mut e.phone);
            });
        });
        let h = &mut p.handed;
        self.text_form(&templates::HANDED, *h != Default::default(), |f| {
            f.fields("Remise du PPAC au patient", "remise", true, |t| {
                t.date("Date de remise", "remise-date", &mut h.date);
                t.text("Remis par", "remise-par", &mut h.by);
                t.text("Consultation", "remise-consultation", &mut h.consultation);
                t.text("Commentaire", "remise-commentaire", &mut h.comment);
            });
        });
    }
}

fn supports(f: &mut Form<'_, '_>, heading: &str, id: &str, supports: &mut Vec<Support>) {
    let titles = [
        "Nature",
        "Objectif ou précision",
        "Début",
        "Fin",
        "Professionnel ou structure",
    ];
    f.list(heading, id, &titles, supports, |r: &mut Row<'_, '_>, s| {
        r.text(&mut s.name);
        r.option(&mut s.detail);
        r.period(&mut s.period);
        r.option(&mut s.provider);
    });
}
