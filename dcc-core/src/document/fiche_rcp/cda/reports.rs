//! Conclusions of the operative, pathology and molecular reports.

use super::super::model::{Conclusion, FicheRcp, Performer, ReportConclusion};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::NullFlavorPolicy;
use crate::cda::entry::ENTRY;
use crate::cda::narrative::at;
use crate::cda::slot::{Slot, slot};
use crate::cda::templates::{EntryTemplate, SectionTemplate};
use crate::model::Organization;

/// What differs between the three reports.
struct Report {
    section: &'static SectionTemplate,
    entry: &'static EntryTemplate,
    /// Word of the IDs.
    word: &'static str,
    /// Who does the operation or the exam.
    performer: &'static str,
    act: &'static str,
}

static OPERATIVE: Report = Report {
    section: &templates::S_OPERATIVE,
    entry: &templates::OPERATIVE_CONCLUSION,
    word: "cro",
    performer: "Chirurgien",
    act: "opération",
};
static PATHOLOGY: Report = Report {
    section: &templates::S_PATHOLOGY,
    entry: &templates::DIAGNOSTIC_CONCLUSION,
    word: "cr-acp",
    performer: "Anatomopathologiste",
    act: "examen",
};
static MOLECULAR: Report = Report {
    section: &templates::S_MOLECULAR,
    entry: &templates::DIAGNOSTIC_CONCLUSION,
    word: "cr-gm",
    performer: "Biologie moléculaire",
    act: "examen",
};

impl Codec<'_> {
    pub(super) fn frcp_reports(&mut self, mut f: Slot<'_, FicheRcp>) {
        self.section_option(OPERATIVE.section, slot!(f.operative_report), |s, r| {
            s.report(&OPERATIVE, 0, r);
        });
        self.section_option(PATHOLOGY.section, slot!(f.pathology_report), |s, r| {
            s.report(&PATHOLOGY, 0, r);
        });
        self.sections(MOLECULAR.section, slot!(f.molecular_reports), |s, i, r| {
            s.report(&MOLECULAR, i, r);
        });
    }

    fn report(&mut self, report: &Report, rank: usize, mut r: Slot<'_, ReportConclusion>) {
        let id = |i: usize| format!("{}-{}", at(report.word, rank), i + 1);
        self.report_text(report, &id, &r);
        self.option("author", slot!(r.author), |s, a| s.author(a));
        self.statements(ENTRY, report.entry, slot!(r.entries), |s, i, c| {
            s.conclusion(&id(i), c)
        });
        self.text_section(
            &templates::S_COMMENT,
            "Commentaires / Précisions",
            slot!(r.comment),
        );
    }

    fn report_text(&mut self, report: &Report, id: &dyn Fn(usize) -> String, r: &ReportConclusion) {
        self.narrative(|n| {
            for (i, c) in r.entries.iter().enumerate() {
                if let Some(sampler) = &c.sampler {
                    n.table("Prélèvement", 2, |t| {
                        if let Some(date) = sampler.date {
                            t.fact("Date", date.french());
                        }
                        t.fact("Préleveur", sampler.professional.display());
                    });
                }
                n.table("Conclusion", 2, |t| {
                    if !c.period.is_empty() {
                        t.fact(&format!("Date de l'{}", report.act), c.period.french());
                    }
                    for performer in &c.performers {
                        t.row(|row| {
                            row.cell(report.performer);
                            row.cell(performer.professional.display());
                            if let Some(date) = performer.date {
                                row.cell(date.french());
                            }
                        });
                    }
                    t.field("Conclusion", &id(i), c.text.as_deref().unwrap_or("-"));
                    if let Some(author) = &c.author {
                        t.fact("Auteur de la conclusion", author.professional.display());
                    }
                });
            }
            if r.entries.is_empty() {
                n.table("Conclusion", 2, |_| {});
            }
        });
    }

    fn conclusion(&mut self, id: &str, mut c: Slot<'_, Conclusion>) {
        self.pointer(id);
        self.status("completed");
        self.observation_period("effectiveTime", slot!(c.period));
        self.value_text(id, slot!(c.text));
        if !self.is_writing() {
            // the sample of the ANS points nowhere
            let text = c.text.clone().or_else(|| self.beside("conclusion"));
            slot!(c.text).set(text.filter(|t| t != "-"));
        }
        self.each("performer", slot!(c.performers), |s, mut p| {
            s.ignore(&["typeCode"]);
            s.time("time", slot!(p.date), NullFlavorPolicy::Omit);
            s.assigned_entity(slot!(p.professional));
        });
        self.option("author", slot!(c.author), |s, a| s.author(a));
        self.option(
            "participant",
            slot!(c.sampler),
            |s, mut p: Slot<'_, Performer>| {
                s.fixed("typeCode", "PRF");
                s.time("time", slot!(p.date), NullFlavorPolicy::Omit);
                s.element("participantRole", |s| {
                    s.ignore(&["classCode"]);
                    s.professional_head(slot!(p.professional));
                    s.named_person("playingEntity", slot!(p.professional.name));
                    s.option(
                        "scopingEntity",
                        slot!(p.professional.organization),
                        |s, mut o: Slot<'_, Organization>| {
                            s.organization_ids(o.by());
                            s.text_element("desc", slot!(o.name));
                        },
                    );
                });
            },
        );
    }
}
