//! Conclusions of the operative, pathology and molecular reports.

use super::super::model::{Conclusion, FicheRcp, Performer, ReportConclusion};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::Null;
use crate::cda::entry::ENTRY;
use crate::cda::narrative::at;
use crate::cda::templates::{SectionTemplate, Shape};
use crate::model::{Author, Organization};

/// What differs between the three reports.
struct Report {
    section: &'static SectionTemplate,
    entry: &'static Shape,
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
    pub(super) fn frcp_reports(&mut self, f: &mut FicheRcp) {
        for (report, conclusion) in [
            (&OPERATIVE, &mut f.operative_report),
            (&PATHOLOGY, &mut f.pathology_report),
        ] {
            let present = conclusion.is_some();
            let mut read = conclusion.take().unwrap_or_default();
            let found = self.section(report.section, present, |s| s.report(report, 0, &mut read));
            *conclusion = found.then_some(read);
        }
        self.sections(
            MOLECULAR.section,
            &mut f.molecular_reports,
            |s, i, conclusion| s.report(&MOLECULAR, i, conclusion),
        );
    }

    fn report(&mut self, report: &Report, rank: usize, r: &mut ReportConclusion) {
        let id = |i: usize| format!("{}-{}", at(report.word, rank), i + 1);
        self.report_text(report, &id, r);
        self.option("author", &mut r.author, |s, a: &mut Author| s.author(a));
        self.statements(ENTRY, report.entry, &mut r.entries, |s, i, c| {
            s.conclusion(&id(i), c)
        });
        let comment = &mut r.comment;
        self.section(&templates::S_COMMENT, comment.is_some(), |s| {
            s.narrative(|n| {
                n.table("Commentaires / Précisions", 1, |t| {
                    t.row(|row| row.cell(comment.as_deref().unwrap_or_default()))
                });
            });
            if !s.is_writing() {
                let rows: Vec<_> = s
                    .text_rows()
                    .into_iter()
                    .map(|row| row.join(" : "))
                    .collect();
                *comment = (!rows.is_empty()).then(|| rows.join("\n"));
            }
        });
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

    fn conclusion(&mut self, id: &str, c: &mut Conclusion) {
        let mut text = c.text.take();
        self.pointer(id);
        self.status("completed");
        self.observation_period("effectiveTime", &mut c.period);
        self.value_text(id, &mut text);
        if !self.is_writing() && text.is_none() {
            // the sample of the ANS points nowhere
            text = self.beside("conclusion");
        }
        c.text = text.filter(|t| t != "-");
        self.each("performer", &mut c.performers, |s, p| {
            s.ignore(&["typeCode"]);
            s.time("time", &mut p.date, Null::Omit);
            s.assigned_entity(&mut p.professional);
        });
        self.option("author", &mut c.author, |s, a: &mut Author| s.author(a));
        self.option("participant", &mut c.sampler, |s, p: &mut Performer| {
            s.fixed("typeCode", "PRF");
            s.ignore(&["contextControlCode"]);
            s.time("time", &mut p.date, Null::Omit);
            s.element("participantRole", |s| {
                s.ignore(&["classCode"]);
                s.professional_head(&mut p.professional);
                let named = p.professional.name != Default::default() || !s.is_writing();
                s.element_if(named, "playingEntity", |s| {
                    s.ignore(&["classCode", "determinerCode"]);
                    s.name(&mut p.professional.name);
                });
                s.option(
                    "scopingEntity",
                    &mut p.professional.organization,
                    |s, o: &mut Organization| {
                        s.ignore(&["classCode", "determinerCode"]);
                        s.organization_ids(o);
                        s.text_element("desc", &mut o.name);
                    },
                );
            });
        });
    }
}
