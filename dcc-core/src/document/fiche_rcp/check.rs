//! Every problem of a fiche.

use std::collections::BTreeSet;

use super::FicheRcp;
use super::model::{
    CodedText, Conclusion, Discussion, Frame, Pain, PastTreatment, ProposedTreatment,
    ReportConclusion,
};
use super::rules;
use crate::model::rules as common;
use crate::model::{Checker, Code};
use crate::problem::{Problem, Problems};
use crate::quorum::{QuorumJudgement, QuorumRule};
use crate::terminology::code_system::CIMO_MORPHOLOGY;
use crate::terminology::{Jdv, Terminology};

/// *RCP d'appareil*.
const BY_ORGAN: &str = "ORG-117";
/// *RCP transversale et de soins de support*.
const CROSS_CUTTING: &str = "ORG-132";
/// *Cas enregistré*.
const REGISTERED: &str = "ORG-128";
/// *Quorum atteint*.
const QUORUM_REACHED: &str = "ORG-126";
/// *Quorum non atteint*.
const QUORUM_NOT_REACHED: &str = "ORG-133";
/// *Autres traitements (à préciser)*.
const OTHER_TREATMENT: &str = "GEN-092.03.01";

impl FicheRcp {
    pub(super) fn every_problem(&self, terminology: &Terminology) -> Problems {
        let mut c = Checker::new(terminology, &self.header);
        c.texts(self);
        c.header(&self.header);
        self.check_context(&mut c);
        self.check_participants(&mut c);
        c.at("discussion", |c| check_discussion(c, &self.discussion));
        self.check_reason(&mut c);
        self.check_disease(&mut c);
        c.at("phase", |c| c.phase(&self.phase));
        c.each(
            "past_treatments",
            &self.past_treatments,
            check_past_treatment,
        );
        self.check_reports(&mut c);
        c.at("synthesis", |c| {
            c.required_text("case", &self.synthesis.case)
        });
        self.check_file(&mut c);
        self.check_proposal(&mut c);
        let registered = self
            .reason
            .case_status
            .as_ref()
            .is_some_and(|s| s.code == REGISTERED);
        c.at("frame", |c| check_frame(c, &self.frame, registered));
        c.at("status", |c| {
            c.required_code("code", self.status.code.as_ref(), Jdv::StatutDoc);
            c.require(self.status.date.is_some(), "date", &rules::VALIDATED);
            c.past("date", self.status.date);
        });
        self.check_age(&mut c);
        self.check_indicators(&mut c);
        c.finish()
    }

    fn check_context(&self, c: &mut Checker<'_>) {
        let rcp = &self.rcp;
        c.at("rcp", |c| {
            for (field, id) in [
                ("network_id", &rcp.network_id),
                ("manager_id", &rcp.manager_id),
                ("rcp_id", &rcp.rcp_id),
            ] {
                c.require(!id.trim().is_empty(), field, &rules::IDENTIFIERS);
                c.extension(field, Some(id));
            }
            c.extension("session_id", rcp.session_id.as_deref());
            c.each("local_ids", &rcp.local_ids, |c, id| c.identifier(id));
            c.distinct_ids("local_ids", &rcp.local_ids);
            c.required_text("name", &rcp.name);
            c.code(
                "encounter_type",
                rcp.encounter_type.as_ref(),
                Jdv::J142TypeRencontre,
            );
            c.require(rcp.date.is_some(), "date", &common::REQUIRED);
            c.past("date", rcp.date);
            c.moment("end", rcp.end);
            c.past("act_start", rcp.act_start);
            c.order("end", rcp.date, rcp.end);
            c.each("topographies", &rcp.topographies, |c, t| {
                // the same codes are those of the CIM-O too, and no rule of the volet binds this one
                let code = t.code.clone().map(|code| match code.system.as_deref() {
                    Some(system) if system == CIMO_MORPHOLOGY.oid => Code {
                        system: None,
                        ..code
                    },
                    _ => code,
                });
                c.code("code", code.as_ref(), Jdv::Tumeur);
                c.require(*t != CodedText::default(), "code", &common::REQUIRED);
            });
            c.at("establishment", |c| {
                c.establishment(&rcp.establishment);
                c.required_text("name", &rcp.establishment.name);
                if rcp.establishment.address.is_empty() {
                    c.push(
                        c.problem_at("address", &common::REQUIRED)
                            .message("L'adresse de l'établissement est obligatoire"),
                    );
                }
            });
            if let Some(enrolment) = &rcp.enrolment {
                c.at("enrolment", |c| c.at("id", |c| c.identifier(&enrolment.id)));
            }
            if let Some(performer) = &rcp.performer {
                c.at("performer", |c| {
                    c.identified(performer);
                    c.professional(performer);
                    c.one_id(performer);
                });
            }
        });
        let (performer, path) = match (&rcp.performer, &self.participants.coordinator) {
            (Some(p), _) => (Some(p), "/rcp/performer"),
            (None, coordinator) => (
                coordinator.as_ref().map(|p| &p.professional),
                "/participants/coordinator/professional",
            ),
        };
        let complete = performer.is_some_and(|p| {
            !p.ids.is_empty() && p.organization.as_ref().is_some_and(|o| o.sector.is_some())
        });
        if !complete {
            let at = if performer.is_some() {
                format!("{path}/organization/sector")
            } else {
                "/participants/coordinator".to_owned()
            };
            c.push(Problem::new(&rules::PERFORMER, at));
        }
    }

    fn check_participants(&self, c: &mut Checker<'_>) {
        let p = &self.participants;
        c.at("participants", |c| {
            for (field, participant) in [
                ("coordinator", &p.coordinator),
                ("requester", &p.requester),
                ("presenter", &p.presenter),
            ] {
                if let Some(participant) = participant {
                    c.at(field, |c| c.participant(participant));
                }
            }
            c.attending_physician(p.attending_physician.as_ref());
            c.each("quorum", &p.quorum, |c, p| c.participant(p));
            c.each("others", &p.others, |c, p| c.participant(p));
            c.each("correspondents", &p.correspondents, |c, p| c.participant(p));
            let mut seen = BTreeSet::new();
            for (i, participant) in p.quorum.iter().enumerate() {
                if let Some(rpps) = participant.professional.rpps()
                    && !seen.insert(rpps)
                {
                    c.push(
                        c.problem_at(&format!("quorum/{i}"), &rules::QUORUM_TWICE)
                            .found(rpps),
                    );
                }
            }
        });
        self.check_quorum(c);
    }

    fn check_quorum(&self, c: &mut Checker<'_>) {
        let codes = self
            .participants
            .quorum
            .iter()
            .filter_map(|p| p.professional.specialty.as_ref())
            .map(|specialty| specialty.code.as_str());
        let QuorumJudgement {
            reached,
            specialties,
            ..
        } = QuorumRule::default().judge_specialties(codes);
        let stated = self.file_status.quorum.as_ref().map(|q| q.code.as_str());
        let contradicts = (stated == Some(QUORUM_REACHED) && !reached)
            || (stated == Some(QUORUM_NOT_REACHED) && reached);
        if contradicts {
            c.push(
                Problem::new(&rules::QUORUM, "/file_status/quorum").found(format!(
                    "{} spécialité(s) médicale(s) : {}",
                    specialties.len(),
                    specialties.join(", ")
                )),
            );
        }
    }

    fn check_reason(&self, c: &mut Checker<'_>) {
        let r = &self.reason;
        c.at("reason", |c| {
            for (field, answer) in [
                ("diagnostic_opinion", r.diagnostic_opinion),
                ("treatment_proposal", r.treatment_proposal),
                ("recourse", r.recourse),
                ("paediatric", r.paediatric),
            ] {
                c.require(answer.is_some(), field, &common::REQUIRED);
                c.at(field, |c| c.moment("date", answer.and_then(|a| a.date)));
            }
            c.required_code(
                "case_status",
                r.case_status.as_ref(),
                Jdv::StatutCasPresente,
            );
            c.moment("problem_date", r.problem_date);
        });
        c.screening(self.from_screening.as_ref());
    }

    fn check_disease(&self, c: &mut Checker<'_>) {
        c.tumours(&self.tumours);
        for (field, texts) in [
            ("history", &self.history),
            ("comorbidities", &self.comorbidities),
        ] {
            c.each(field, texts, |c, t| {
                c.past("date", t.date);
                c.required_text("text", &t.text);
            });
        }
        c.each("exams", &self.exams, |c, e| {
            c.past("date", e.date);
            c.required_text("name", &e.name);
        });
        let Some(status) = &self.functional_status else {
            return;
        };
        c.at("functional_status", |c| {
            c.each("performance", &status.performance, |c, p| {
                c.past("date", p.date);
                c.required_code("grade", p.grade.as_ref(), Jdv::OmsEchPerf);
                c.code(
                    "interpretation",
                    p.interpretation.as_ref(),
                    Jdv::OmsInterpret,
                );
            });
            c.each("geriatric", &status.geriatric, |c, g| {
                c.past("date", g.date);
                if let Some(score) = g.score.filter(|s| g.is_g8() && !(0..=17).contains(s)) {
                    c.push(
                        c.problem_at("score", &rules::G8_SCORE)
                            .found(score)
                            .allowed(["0 à 17"]),
                    );
                }
            });
            if let Some(pain) = &status.pain {
                c.at("pain", |c| {
                    c.require(*pain != Pain::default(), "severity", &common::REQUIRED);
                    c.past("date", pain.date);
                    c.code("severity", pain.severity.as_ref(), Jdv::EvaluationDouleur);
                });
            }
        });
    }

    fn check_reports(&self, c: &mut Checker<'_>) {
        if let Some(report) = &self.operative_report {
            c.at("operative_report", |c| {
                c.require(report.entries.len() == 1, "entries", &rules::CONCLUSION);
                check_report(c, report);
            });
        }
        if let Some(report) = &self.pathology_report {
            c.at("pathology_report", |c| check_report(c, report));
        }
        c.each("molecular_reports", &self.molecular_reports, check_report);
    }

    fn check_file(&self, c: &mut Checker<'_>) {
        let f = &self.file_status;
        c.at("file_status", |c| {
            c.require(f.complete.is_some(), "complete", &common::REQUIRED);
            c.required_code("quorum", f.quorum.as_ref(), Jdv::StatutQuorum);
            c.moment("comment_date", f.comment_date);
            c.require(
                f.comment_date.is_none() || f.comment.is_some(),
                "comment_date",
                &common::NOT_CARRIED,
            );
        });
    }

    fn check_proposal(&self, c: &mut Checker<'_>) {
        let p = &self.proposal;
        c.at("proposal", |c| {
            c.each("requests", &p.requests, |c, r| {
                c.required_text("text", &r.text);
                c.period("period", &r.period);
            });
            c.each("treatments", &p.treatments, check_proposed_treatment);
            c.moment("comment_date", p.comment_date);
            c.require(
                p.comment_date.is_none() || p.comment.is_some(),
                "comment_date",
                &common::NOT_CARRIED,
            );
        });
    }

    /// Age of the patient on the day of the meeting, when both are known to the day.
    fn age(&self) -> Option<u32> {
        self.rcp
            .date?
            .to_date()?
            .years_since(self.header.patient.birth_date?.to_date()?)
    }

    fn check_age(&self, c: &mut Checker<'_>) {
        let Some(age) = self.age() else { return };
        let screened = self
            .functional_status
            .as_ref()
            .is_some_and(|s| !s.geriatric.is_empty());
        if age >= 75 && !screened {
            c.push(
                Problem::new(&rules::GERIATRIC, "/functional_status/geriatric")
                    .found(format!("{age} ans")),
            );
        }
        if age < 18 && self.header.patient.guardians.is_empty() {
            c.push(
                Problem::new(&rules::MINOR, "/header/patient/guardians")
                    .found(format!("{age} ans")),
            );
        }
    }

    fn check_indicators(&self, c: &mut Checker<'_>) {
        let screened = self.functional_status.as_ref().is_some_and(|s| {
            s.geriatric.iter().any(|g| {
                g.tool
                    .as_deref()
                    .is_some_and(|t| t.eq_ignore_ascii_case("g8"))
            })
        });
        c.at("indicators", |c| {
            if screened && self.indicators.g8_done == Some(false) {
                c.push(
                    c.problem_at("g8_done", &rules::TRIAL)
                        .found("false")
                        .allowed(["true : un score G8 figure dans la fiche"]),
                );
            }
            let deviates = self
                .frame
                .guidelines
                .iter()
                .any(|g| g.not_followed.is_some());
            if deviates && self.indicators.guideline_respected == Some(true) {
                c.push(
                    c.problem_at("guideline_respected", &rules::TRIAL)
                        .found("true")
                        .allowed(["false : un motif de non-respect figure dans la fiche"]),
                );
            }
        });
    }
}

fn check_discussion(c: &mut Checker<'_>, d: &Discussion) {
    c.required_code("nature", d.nature.as_ref(), Jdv::NatureDiscussion);
    c.code("organ_system", d.organ_system.as_ref(), Jdv::RcpAppareil);
    c.at("organs", |c| {
        for (i, organ) in d.organs.iter().enumerate() {
            c.code(&i.to_string(), Some(organ), Jdv::RcpOrgane);
        }
    });
    c.code("care", d.care.as_ref(), Jdv::TraitementSoinsFrcp);
    match d.nature.as_ref().map(|n| n.code.as_str()) {
        Some(BY_ORGAN) => {
            c.require(d.organ_system.is_some(), "organ_system", &rules::ORGAN);
            c.require(!d.organs.is_empty(), "organs", &rules::ORGAN);
            c.require(d.care.is_none(), "care", &rules::ORGAN);
        }
        Some(CROSS_CUTTING) => {
            c.require(d.care.is_some(), "care", &rules::ORGAN);
            c.require(d.organ_system.is_none(), "organ_system", &rules::ORGAN);
            c.require(d.organs.is_empty(), "organs", &rules::ORGAN);
        }
        _ => {}
    }
    for (field, answer) in [("recourse", d.recourse), ("paediatric", d.paediatric)] {
        c.require(answer.is_some(), field, &common::REQUIRED);
        c.at(field, |c| c.moment("date", answer.and_then(|a| a.date)));
    }
}

fn check_past_treatment(c: &mut Checker<'_>, t: &PastTreatment) {
    c.required_code("kind", t.kind.as_ref(), Jdv::TypeTraitementFrcp);
    let other = t.kind.as_ref().is_some_and(|k| k.code == OTHER_TREATMENT);
    c.require(
        !other || t.detail.is_some(),
        "detail",
        &rules::OTHER_TREATMENT,
    );
    c.require(t.status.is_some(), "status", &common::REQUIRED);
    c.period("period", &t.period);
}

fn check_report(c: &mut Checker<'_>, r: &ReportConclusion) {
    if let Some(author) = &r.author {
        c.at("author", |c| c.author(author));
    }
    c.each("entries", &r.entries, |c, e: &Conclusion| {
        c.require(e.text.is_some(), "text", &common::REQUIRED);
        c.past_period("period", &e.period);
        c.each("performers", &e.performers, |c, p| {
            c.past("date", p.date);
            c.at("professional", |c| {
                c.identified(&p.professional);
                c.professional(&p.professional);
            });
        });
        if let Some(author) = &e.author {
            c.at("author", |c| c.author(author));
        }
        if let Some(sampler) = &e.sampler {
            c.at("sampler", |c| {
                c.past("date", sampler.date);
                c.at("professional", |c| {
                    c.professional(&sampler.professional);
                    if let Some(o) = &sampler.professional.organization {
                        c.at("organization", |c| {
                            c.require(o.sector.is_none(), "sector", &common::NOT_CARRIED);
                            c.require(o.addresses.is_empty(), "addresses", &common::NOT_CARRIED);
                            c.require(o.telecoms.is_empty(), "telecoms", &common::NOT_CARRIED);
                        });
                    }
                });
            });
        }
    });
}

fn check_proposed_treatment(c: &mut Checker<'_>, t: &ProposedTreatment) {
    if t.intention == 0 {
        c.push(
            c.problem_at("intention", &rules::INTENTION)
                .found(t.intention)
                .allowed(["1", "2", "3…"]),
        );
    }
    c.required_code("kind", t.kind.as_ref(), Jdv::TypeTraitementFrcp);
    let other = t.kind.as_ref().is_some_and(|k| k.code == OTHER_TREATMENT);
    c.require(!other || t.name.is_some(), "name", &rules::OTHER_TREATMENT);
    c.period("period", &t.period);
}

fn check_frame(c: &mut Checker<'_>, f: &Frame, registered: bool) {
    c.require(
        !registered || !f.guidelines.is_empty(),
        "guidelines",
        &rules::GUIDELINE,
    );
    c.each("guidelines", &f.guidelines, |c, g| {
        c.moment("date", g.date);
        c.require(
            g.name.is_some() || g.not_followed.is_some(),
            "name",
            &rules::GUIDELINE,
        );
    });
}
