//! Tumours, history, functional status, exams, phase.

use super::super::model::{Exam, FicheRcp, FunctionalStatus, Pain};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::ENTRY;
use crate::cda::narrative::{self, at, dash};
use crate::cda::slot::{Slot, slot};
use crate::model::{AbsentReason, PartialDateTime};
use crate::terminology::Jdv;

const GRADE: Binding = Binding::Set(Jdv::OmsEchPerf);
const INTERPRETATION: Binding = Binding::Set(Jdv::OmsInterpret);
const PAIN: Binding = Binding::Set(Jdv::EvaluationDouleur);

impl Codec<'_> {
    pub(super) fn frcp_exams(&mut self, mut f: Slot<'_, FicheRcp>) {
        let present = !f.exams.is_empty() || f.exams_comment.is_some();
        self.section(&templates::S_RESULTS, present, |s| {
            s.narrative(|n| {
                if !f.exams.is_empty() {
                    n.columns(
                        "Éléments paracliniques",
                        &["Date", "Examen", "Résultat"],
                        |t| {
                            for exam in &f.exams {
                                t.row(|r| {
                                    r.cell(
                                        exam.date
                                            .map(|d| d.french().to_string())
                                            .unwrap_or_default(),
                                    );
                                    r.cell(&exam.name);
                                    r.cell(exam.result.as_deref().unwrap_or("-"));
                                });
                            }
                        },
                    );
                }
                if let Some(comment) = &f.exams_comment {
                    n.table("Commentaires / Précisions", 1, |t| {
                        t.row(|r| r.cell(comment))
                    });
                }
            });
            if !s.is_writing()
                && let Some(f) = f.given()
            {
                s.read_exams(f);
            }
        });
    }

    fn read_exams(&mut self, f: &mut FicheRcp) {
        let tables = self.tables();
        if tables.is_empty() {
            let rows = self.text_rows();
            f.exams.extend(rows.into_iter().flatten().map(|name| Exam {
                name,
                ..Exam::default()
            }));
            return;
        }
        for table in tables {
            let is_comment = narrative::words(&table.heading).any(|w| w.starts_with("commentaire"));
            for cells in table.rows {
                let texts: Vec<_> = cells.iter().map(|&c| self.cell_text(c)).collect();
                if is_comment {
                    let text: Vec<_> = texts.into_iter().flatten().collect();
                    match &mut f.exams_comment {
                        Some(comment) => comment.push_str(&format!("\n{}", text.join(" : "))),
                        comment => *comment = (!text.is_empty()).then(|| text.join(" : ")),
                    }
                    continue;
                }
                let mut texts = texts.into_iter();
                let first = texts.next().flatten();
                let date = first.as_deref().and_then(PartialDateTime::from_french);
                let mut rest: Vec<String> = Vec::new();
                if date.is_none() {
                    rest.extend(first);
                }
                rest.extend(texts.flatten());
                if rest.is_empty() && date.is_none() {
                    continue;
                }
                let name = if rest.is_empty() {
                    String::new()
                } else {
                    rest.remove(0)
                };
                f.exams.push(Exam {
                    date,
                    name,
                    result: (!rest.is_empty()).then(|| rest.join(" : ")),
                });
            }
        }
    }

    pub(super) fn frcp_functional_status(&mut self, status: Slot<'_, Option<FunctionalStatus>>) {
        self.section_option(&templates::S_FUNCTIONAL, status, |s, mut status| {
            s.narrative(|_| {});
            s.section(&templates::S_PAIN, true, |s| s.pain(slot!(status.pain)));
            let present = !status.performance.is_empty();
            s.section(&templates::S_PHYSICAL, present, |s| {
                s.performance(status.by())
            });
            let present = !status.geriatric.is_empty();
            s.section(&templates::S_GERIATRIC, present, |s| {
                s.geriatric(status.by())
            });
        });
    }

    fn pain(&mut self, pain: Slot<'_, Option<Pain>>) {
        let terminology = self.terminology();
        let shown = pain.as_ref().and_then(|p| p.severity.as_ref()).map_or_else(
            || AbsentReason::Unknown.label().to_owned(),
            |c| PAIN.label(terminology, c),
        );
        let date = pain.as_ref().and_then(|p| p.date);
        self.narrative(|n| {
            n.table("Douleur", 2, |t| {
                t.row(|r| {
                    r.cell(date.map(|d| d.french().to_string()).unwrap_or_default());
                    r.at("douleur", shown);
                });
            });
        });
        self.through(
            pain,
            |pain| pain.clone().unwrap_or_default(),
            |pain, read| *pain = (read != Pain::default()).then_some(read),
            |s, mut pain| {
                s.statement(ENTRY, &templates::PAIN, true, |s| {
                    s.pointer("douleur");
                    s.status("completed");
                    s.time(
                        "effectiveTime",
                        slot!(pain.date),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.element("value", |s| {
                        s.xsi_type("CO");
                        s.coded_or_null(
                            slot!(pain.severity),
                            PAIN,
                            NullFlavorPolicy::Flavor("UNK"),
                        );
                    });
                });
            },
        );
    }

    fn performance(&mut self, mut status: Slot<'_, FunctionalStatus>) {
        let terminology = self.terminology();
        self.narrative(|n| {
            n.table("Échelle de performance OMS", 3, |t| {
                for (i, p) in status.performance.iter().enumerate() {
                    t.row(|r| {
                        r.cell(p.date.map(|d| d.french().to_string()).unwrap_or_default());
                        r.at(
                            &at("performance-oms", i),
                            p.grade
                                .as_ref()
                                .map_or_else(|| "-".to_owned(), |c| GRADE.label(terminology, c)),
                        );
                        if let Some(code) = &p.interpretation {
                            r.cell(INTERPRETATION.label(terminology, code));
                        }
                    });
                }
            });
        });
        self.statements(
            ENTRY,
            &templates::PERFORMANCE,
            slot!(status.performance),
            |s, i, mut p| {
                s.pointer(&at("performance-oms", i));
                s.status("completed");
                s.time(
                    "effectiveTime",
                    slot!(p.date),
                    NullFlavorPolicy::Flavor("UNK"),
                );
                s.value_code(slot!(p.grade), GRADE, NullFlavorPolicy::Flavor("UNK"));
                s.code(
                    "interpretationCode",
                    slot!(p.interpretation),
                    INTERPRETATION,
                    NullFlavorPolicy::Omit,
                );
            },
        );
    }

    fn geriatric(&mut self, mut status: Slot<'_, FunctionalStatus>) {
        self.narrative(|n| {
            n.table(
                "Dépistage de la fragilité gériatrique (âge 75 ans et plus)",
                3,
                |t| {
                    for (i, g) in status.geriatric.iter().enumerate() {
                        t.row(|r| {
                            r.cell(g.date.map(|d| d.french().to_string()).unwrap_or_default());
                            r.cell(g.score.map_or_else(
                                || "Score inconnu".to_owned(),
                                |score| format!("Score {score}"),
                            ));
                            r.at(&at("fragilite", i), g.tool.as_deref().unwrap_or("-"));
                        });
                    }
                },
            );
        });
        self.statements(
            ENTRY,
            &templates::GERIATRIC_SCORE,
            slot!(status.geriatric),
            |s, i, mut g| {
                s.reference("text", &at("fragilite", i), slot!(g.tool));
                dash(slot!(g.tool));
                s.status("completed");
                s.time(
                    "effectiveTime",
                    slot!(g.date),
                    NullFlavorPolicy::Flavor("UNK"),
                );
                s.element("value", |s| {
                    s.xsi_type("INT");
                    s.integer(slot!(g.score), NullFlavorPolicy::Flavor("UNK"));
                });
            },
        );
    }
}
