//! The document of a PPAC, written and read by one description.

use super::model::{EndOfTreatment, FollowUp, Lifestyle, Ppac, PpacFields, Social, Support};
use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::FixedCode;
use crate::cda::description::{Described, Level};
use crate::cda::header::DocumentTemplate;
use crate::cda::slot::{Slot, local, slot, slots};
use crate::cda::source::Source;
use crate::cda::text_section::{Form, Row};
use crate::document::clinical_document;
use crate::model::Header;
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;
use crate::terminology::code_system::LOINC;

/// The document: type of a PPS; template of the medical documents of IHE PCC,
/// as no volet gives one.
static PPAC: DocumentTemplate = DocumentTemplate {
    template: ("1.3.6.1.4.1.19376.1.5.3.1.1.1", None),
    other_versions: &[],
    code: FixedCode::new(LOINC, "18776-5", "Plan personnalisé de soins"),
};

/// Title of the document when the header gives none.
const TITLE: &str = "PROGRAMME PERSONNALISÉ DE L'APRÈS-CANCER (PPAC)";

clinical_document!(Ppac as PpacFields, "ppac");

/// True for a title of a PPAC: its type is that of a PPS.
pub(super) fn is_title(title: &str) -> bool {
    let title = title.to_uppercase();
    ["PPAC", "APRÈS-CANCER", "APRES-CANCER"]
        .iter()
        .any(|words| title.contains(words))
}

impl Described for Ppac {
    const TEMPLATE: &'static DocumentTemplate = &PPAC;
    const KNOWN_BY: &'static [&'static str] = &[PPAC.template.0];

    fn head(&self) -> &Header {
        &self.header
    }

    fn problems(&self, terminology: &Terminology) -> Problems {
        self.every_problem(terminology)
    }

    fn is_type(code: &str, title: &str) -> bool {
        code == PPAC.code.code && is_title(title)
    }

    fn refusal(source: &Source<'_>) -> Option<Problem> {
        if !source.has_any(Self::KNOWN_BY) {
            return Some(source.not_of(Self::KNOWN_BY));
        }
        let (code, title) = source.type_and_title();
        if Self::is_type(code, &title) {
            return None;
        }
        let problem = Problem::new(&crate::cda::rules::TEMPLATE, "/ClinicalDocument/title")
            .message("Le document n'est pas un PPAC : ni son type ni son titre ne l'indiquent")
            .found(format!("{code}, {title}"))
            .allowed([format!("{}, {TITLE}", PPAC.code.code)]);
        Some(problem)
    }

    fn describe(codec: &mut Codec<'_>, mut p: Slot<'_, Self>, level: Level<'_>) {
        codec.document_head(
            &level.template(&PPAC),
            local(&mut None),
            slot!(p.header),
            TITLE,
        );
        codec.care_context(slot!(p.context));
        codec.replaced(slot!(p.header));
        codec.encompassing_encounter(slot!(p.context));
        codec.body(level, |s| s.ppac_body(p));
        codec.document_end();
    }
}

impl Codec<'_> {
    fn ppac_body(&mut self, mut p: Slot<'_, Ppac>) {
        let comment = slot!(p.patient_comment);
        self.text_form(&templates::PATIENT_COMMENT, comment.is_some(), |f| {
            f.fields(
                "Commentaires / précisions sur le patient",
                "patient",
                true,
                |t| t.text("Commentaire", "patient-commentaire", comment),
            );
        });
        self.ppac_summary(slot!(p.summary));
        self.ppac_follow_up(p.by());
        self.ppac_late_effects(p.by());
        let (lifestyle, social) = slots!(p.lifestyle, p.social);
        self.ppac_life(lifestyle, social);
        self.ppac_advice(p);
    }

    fn ppac_summary(&mut self, mut e: Slot<'_, EndOfTreatment>) {
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
                slot!(e.diagnoses),
                |r, mut d| {
                    r.date(slot!(d.date));
                    r.text(slot!(d.cancer));
                    r.option(slot!(d.stage));
                    r.option(slot!(d.markers));
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
                slot!(e.treatments),
                |r, mut t| {
                    r.text(slot!(t.name));
                    r.period(slot!(t.period));
                    r.flag(slot!(t.continues));
                    r.option(slot!(t.cumulative_dose));
                    r.option(slot!(t.place));
                    r.option(slot!(t.effects));
                },
            );
            let present = e.ended.is_some()
                || e.outcome.is_some()
                || e.sequelae.is_some()
                || e.comment.is_some();
            f.fields("Fin de traitement", "fin", present, |t| {
                t.date("Date de fin des traitements", "fin-date", slot!(e.ended));
                t.text(
                    "Situation à la fin des traitements",
                    "fin-situation",
                    slot!(e.outcome),
                );
                t.text(
                    "Séquelles et effets persistants",
                    "fin-sequelles",
                    slot!(e.sequelae),
                );
                t.text("Commentaire", "fin-commentaire", slot!(e.comment));
            });
        });
    }

    fn ppac_follow_up(&mut self, mut p: Slot<'_, Ppac>) {
        let present = p.follow_up != FollowUp::default()
            || !p.supportive_care.is_empty()
            || !p.rehabilitation.is_empty();
        self.text_form(&templates::FOLLOW_UP, present, |f| {
            let present = p.follow_up.principles.is_some()
                || p.follow_up.coordinator.is_some()
                || p.follow_up.comment.is_some();
            f.fields("Programme de suivi", "suivi", present, |t| {
                t.text(
                    "Objectifs et principes",
                    "suivi-principes",
                    slot!(p.follow_up.principles),
                );
                t.text(
                    "Médecin coordonnant le suivi",
                    "suivi-coordonnateur",
                    slot!(p.follow_up.coordinator),
                );
                t.text(
                    "Commentaire",
                    "suivi-commentaire",
                    slot!(p.follow_up.comment),
                );
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
                slot!(p.follow_up.visits),
                |r, mut v| {
                    r.text(slot!(v.professional));
                    r.option(slot!(v.role));
                    r.text(slot!(v.rhythm));
                    r.period(slot!(v.period));
                    r.date(slot!(v.next));
                    r.option(slot!(v.exams));
                    r.option(slot!(v.comment));
                },
            );
            let titles = ["Examen", "Rythme", "Prochain examen", "Prescripteur"];
            f.list(
                "Examens de surveillance",
                "examen",
                &titles,
                slot!(p.follow_up.exams),
                |r, mut e| {
                    r.text(slot!(e.name));
                    r.option(slot!(e.rhythm));
                    r.date(slot!(e.next));
                    r.option(slot!(e.prescriber));
                },
            );
            supports(f, "Soins de support", "support", slot!(p.supportive_care));
            supports(f, "Réadaptation", "readaptation", slot!(p.rehabilitation));
        });
    }

    fn ppac_late_effects(&mut self, mut p: Slot<'_, Ppac>) {
        let effects = slot!(p.late_effects);
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
                |r, mut e| {
                    r.text(slot!(e.effect));
                    r.option(slot!(e.cause));
                    r.option(slot!(e.surveillance));
                    r.option(slot!(e.warning_signs));
                },
            );
        });
    }

    fn ppac_life(&mut self, mut l: Slot<'_, Lifestyle>, mut social: Slot<'_, Social>) {
        let (living, helped) = (*l != Lifestyle::default(), *social != Social::default());
        self.text_form(&templates::LIFESTYLE, living || helped, |f| {
            f.fields("Hygiène de vie", "vie", living, |t| {
                t.text(
                    "Activité physique",
                    "vie-activite",
                    slot!(l.physical_activity),
                );
                t.text("Alimentation", "vie-alimentation", slot!(l.diet));
                t.text("Tabac", "vie-tabac", slot!(l.tobacco));
                t.text("Alcool", "vie-alcool", slot!(l.alcohol));
                t.text("Autres conseils", "vie-autres", slot!(l.other));
            });
            f.fields(
                "Accompagnement social et professionnel",
                "social",
                helped,
                |t| {
                    t.text(
                        "Situation professionnelle et reprise du travail",
                        "social-travail",
                        slot!(social.work),
                    );
                    t.text(
                        "Situation sociale et aides",
                        "social-aides",
                        slot!(social.social),
                    );
                    t.text("Droits", "social-droits", slot!(social.rights));
                    t.text("Autre", "social-autre", slot!(social.other));
                },
            );
        });
    }

    fn ppac_advice(&mut self, mut p: Slot<'_, Ppac>) {
        self.text_form(&templates::VACCINATIONS, !p.vaccinations.is_empty(), |f| {
            let titles = ["Vaccin", "Échéance", "Date prévue", "Précision"];
            f.list(
                "Vaccinations",
                "vaccination",
                &titles,
                slot!(p.vaccinations),
                |r, mut v| {
                    r.text(slot!(v.vaccine));
                    r.option(slot!(v.schedule));
                    r.date(slot!(v.date));
                    r.option(slot!(v.detail));
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
            f.list(
                "Contacts",
                "contact",
                &titles,
                slot!(p.contacts),
                |r, mut c| {
                    r.text(slot!(c.role));
                    r.option(slot!(c.name));
                    r.option(slot!(c.organization));
                    r.option(slot!(c.phone));
                    r.option(slot!(c.email));
                    r.option(slot!(c.hours));
                },
            );
        });
        let mut e = slot!(p.emergency);
        self.text_form(&templates::EMERGENCY, *e != Default::default(), |f| {
            f.fields("Que faire en cas d'urgence", "urgence", true, |t| {
                t.text("Signes d'alerte", "urgence-signes", slot!(e.signs));
                t.text("Conduite à tenir", "urgence-conduite", slot!(e.action));
                t.text("Téléphone", "urgence-telephone", slot!(e.phone));
            });
        });
        let mut h = slot!(p.handed);
        self.text_form(&templates::HANDED, *h != Default::default(), |f| {
            f.fields("Remise du PPAC au patient", "remise", true, |t| {
                t.date("Date de remise", "remise-date", slot!(h.date));
                t.text("Remis par", "remise-par", slot!(h.by));
                t.text("Consultation", "remise-consultation", slot!(h.consultation));
                t.text("Commentaire", "remise-commentaire", slot!(h.comment));
            });
        });
    }
}

fn supports(f: &mut Form<'_, '_>, heading: &str, id: &str, supports: Slot<'_, Vec<Support>>) {
    let titles = [
        "Nature",
        "Objectif ou précision",
        "Début",
        "Fin",
        "Professionnel ou structure",
    ];
    f.list(
        heading,
        id,
        &titles,
        supports,
        |r: &mut Row<'_, '_>, mut s| {
            r.text(slot!(s.name));
            r.option(slot!(s.detail));
            r.period(slot!(s.period));
            r.option(slot!(s.provider));
        },
    );
}
