//! Paediatrics, referenced documents, information on personal data.

use super::super::model::{DocumentReference, Paediatrics};
use super::super::notice::{INCA_NOTICE, PROVIDER_NOTICE};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::NullFlavorPolicy;
use crate::cda::entry::{ENTRY, SUBJ_TRUE};
use crate::cda::narrative::{self, at, dash};
use crate::cda::slot::{Slot, slot};

impl Codec<'_> {
    pub(super) fn pps_paediatrics(&mut self, paediatrics: Slot<'_, Option<Paediatrics>>) {
        self.section_option(&templates::S_PAEDIATRICS, paediatrics, |s, mut p| {
            s.narrative(|n| {
                n.table("Pédiatrie", 2, |t| {
                    match p.paediatric {
                        Some(answer) => t.answer("Pédiatrie", "pediatrie", Some(answer)),
                        None => t.field("Pédiatrie", "pediatrie", "Inconnu"),
                    }
                    t.field_option("Commentaire", "commentaire-pediatrie", p.comment.as_ref());
                    t.row(|r| {
                        r.cell("Raison de la recommandation");
                        r.at("raison", p.reason.as_deref().unwrap_or("-"));
                        if let Some(date) = p.reason_date {
                            r.cell(date.french());
                        }
                    });
                });
            });
            s.statement(ENTRY, &templates::PAEDIATRIC, true, |s| {
                s.pointer("pediatrie");
                s.status("completed");
                s.answer_parts(slot!(p.paediatric), NullFlavorPolicy::Flavor("NI"));
                s.comment(SUBJ_TRUE, "commentaire-pediatrie", slot!(p.comment));
            });
            s.statement(ENTRY, &templates::PROBLEM, true, |s| {
                s.pointer("raison");
                s.status("completed");
                s.low_or_unknown("effectiveTime", slot!(p.reason_date));
                s.element("value", |s| {
                    s.xsi_type("CD");
                    s.fixed_code_attrs(&templates::REASON);
                    s.reference("originalText", "raison", slot!(p.reason));
                });
                dash(slot!(p.reason));
            });
        });
    }

    pub(super) fn pps_references(&mut self, references: Slot<'_, Vec<DocumentReference>>) {
        self.section(&templates::S_REFERENCES, true, |s| {
            s.narrative(|n| {
                n.table_at("documents-references", "Documents référencés", 2, |t| {
                    for (i, r) in references.iter().enumerate() {
                        let label = format!("{} n°", r.kind.as_deref().unwrap_or("Document"));
                        t.row(|row| {
                            row.cell(label);
                            row.at(
                                &at("document", i),
                                r.text.clone().unwrap_or_else(|| r.id.shown()),
                            );
                        });
                    }
                });
            });
            s.statement(ENTRY, &templates::REFERENCES, !references.is_empty(), |s| {
                s.element("code", |s| s.null_is("NA"));
                s.pointer("documents-references");
                let mut rank = 0;
                s.each("reference", references, |s, mut r| {
                    s.fixed("typeCode", "REFR");
                    s.element("externalDocument", |s| {
                        s.fixed("classCode", "DOC");
                        s.fixed("moodCode", "EVN");
                        s.identifier("id", slot!(r.id));
                        let target = s.reference("text", &at("document", rank), slot!(r.text));
                        let Some(r) = r.given() else { return };
                        let shown = r.id.shown();
                        r.text.take_if(|t| narrative::same_words(t, &shown));
                        if let Some(target) = target {
                            r.kind = s.reference_kind(&target);
                        }
                    });
                    rank += 1;
                });
            });
        });
    }

    /// A reader's kind of a referenced document: the label beside it.
    fn reference_kind(&mut self, target: &str) -> Option<String> {
        let [label, _, ..] = self.row_of(target)[..] else {
            return None;
        };
        let label = self.cell_text(label)?;
        let kind = label.trim_end_matches("n°").trim();
        (kind != "Document" && !kind.is_empty()).then(|| kind.to_owned())
    }

    pub(super) fn pps_personal_data(&mut self, mut notice: Slot<'_, Option<String>>) {
        self.section(&templates::S_PERSONAL_DATA, true, |s| {
            s.narrative(|n| {
                n.table(
                    "Information sur les données personnelles vous concernant",
                    1,
                    |t| {
                        t.row(|r| r.cell(notice.as_deref().unwrap_or(PROVIDER_NOTICE)));
                        for text in INCA_NOTICE {
                            t.row(|r| r.cell(text));
                        }
                    },
                );
            });
            if s.is_writing() {
                return;
            }
            let said: Vec<String> = s
                .text_rows()
                .into_iter()
                .flatten()
                .filter(|text| !INCA_NOTICE.iter().any(|n| narrative::same_words(n, text)))
                .filter(|text| !narrative::same_words(PROVIDER_NOTICE, text))
                .collect();
            notice.set((!said.is_empty()).then(|| said.join("\n")));
        });
    }
}
