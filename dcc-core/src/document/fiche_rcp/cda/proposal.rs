//! Treatments, synthesis, file, proposal, frame, status.

use super::super::model::{
    DocumentStatus, FileStatus, Frame, PastTreatment, Proposal, ProposedTreatment, Synthesis,
    TreatmentStatus,
};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::{COMPONENT, ENTRY, SUBJ, SUBJ_TRUE};
use crate::cda::narrative::{self, Narrative, at, dash, yes_no};
use crate::cda::slot::{Slot, local, slot, slots};
use crate::model::PartialDateTime;
use crate::terminology::{Jdv, Terminology};

const TREATMENT: Binding = Binding::Set(Jdv::TypeTraitementFrcp);
const QUORUM: Binding = Binding::Set(Jdv::StatutQuorum);

fn day(date: Option<PartialDateTime>) -> String {
    date.map(|d| d.french().to_string()).unwrap_or_default()
}

impl Codec<'_> {
    pub(super) fn frcp_past_treatments(&mut self, treatments: Slot<'_, Vec<PastTreatment>>) {
        let terminology = self.terminology();
        self.section(&templates::S_TREATMENTS, !treatments.is_empty(), |s| {
            s.narrative(|n| {
                let titles = [
                    "Type de traitement",
                    "Précision",
                    "Date de début",
                    "Date de fin",
                    "Statut",
                    "Commentaire",
                ];
                n.columns("Traitements passés ou en cours", &titles, |t| {
                    for (i, treatment) in treatments.iter().enumerate() {
                        t.row(|r| {
                            r.at(
                                &at("traitement", i),
                                treatment.kind.as_ref().map_or_else(
                                    || "-".to_owned(),
                                    |c| TREATMENT.label(terminology, c),
                                ),
                            );
                            r.at(
                                &at("traitement-precision", i),
                                treatment.detail.as_deref().unwrap_or("-"),
                            );
                            r.cell(day(treatment.period.start));
                            r.cell(day(treatment.period.end));
                            r.cell(treatment.status.map_or("-", TreatmentStatus::label));
                            r.at(
                                &at("traitement-commentaire", i),
                                treatment.comment.as_deref().unwrap_or("-"),
                            );
                        });
                    }
                });
            });
            s.statements(
                ENTRY,
                &templates::PAST_TREATMENT,
                treatments,
                |s, i, mut t| {
                    s.code(
                        "code",
                        slot!(t.kind),
                        TREATMENT,
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.reference("text", &at("traitement-precision", i), slot!(t.detail));
                    dash(slot!(t.detail));
                    s.element("statusCode", |s| {
                        s.through(
                            slot!(t.status),
                            |status| status.unwrap_or(TreatmentStatus::Done).code().to_owned(),
                            |status, read| *status = TreatmentStatus::from_code(&read),
                            |s, code| s.attr("code", code),
                        );
                    });
                    s.period(
                        "effectiveTime",
                        slot!(t.period),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.comment(
                        SUBJ_TRUE,
                        &at("traitement-commentaire", i),
                        slot!(t.comment),
                    );
                },
            );
        });
    }

    pub(super) fn frcp_synthesis(&mut self, mut synthesis: Slot<'_, Synthesis>) {
        self.section(&templates::S_SYNTHESIS, true, |s| {
            s.narrative(|n| {
                n.table(
                    "Synthèse du cas présenté et question posée à la RCP",
                    1,
                    |t| t.row(|r| r.cell(&synthesis.case)),
                );
                if let Some(other) = &synthesis.other_data {
                    n.table(
                        "Autres données indispensables à l'avis de la RCP",
                        1,
                        |t| t.row(|r| r.cell(other)),
                    );
                }
            });
            let Some(synthesis) = synthesis.given().filter(|_| !s.is_writing()) else {
                return;
            };
            let tables = s.tables();
            if tables.is_empty() {
                let lines: Vec<_> = s.text_rows().into_iter().flatten().collect();
                synthesis.case = lines.join("\n");
            }
            for (i, table) in tables.into_iter().enumerate() {
                let mut rows = Vec::new();
                for cells in table.rows {
                    let texts: Vec<_> = cells.into_iter().filter_map(|c| s.cell_text(c)).collect();
                    if !texts.is_empty() {
                        rows.push(texts.join(" : "));
                    }
                }
                let text = rows.join("\n");
                let is_other = i > 0
                    && narrative::words(&table.heading).any(|w| w == "donnees" || w == "autres");
                match (&mut synthesis.other_data, is_other) {
                    (other @ None, true) => *other = (!text.is_empty()).then_some(text),
                    (Some(other), true) => other.push_str(&format!("\n{text}")),
                    (_, false) if synthesis.case.is_empty() => synthesis.case = text,
                    (_, false) => synthesis.case.push_str(&format!("\n{text}")),
                }
            }
        });
    }

    pub(super) fn frcp_file_status(&mut self, mut f: Slot<'_, FileStatus>) {
        let terminology = self.terminology();
        self.section(&templates::S_FILE, true, |s| {
            s.narrative(|n| {
                n.table("Statut du dossier présenté à la RCP", 3, |t| {
                    t.field(
                        "Dossier complet",
                        "dossier-complet",
                        f.complete.map_or("Inconnu", yes_no),
                    );
                    t.field(
                        "Quorum",
                        "quorum",
                        f.quorum
                            .as_ref()
                            .map_or_else(|| "Inconnu".to_owned(), |c| QUORUM.label(terminology, c)),
                    );
                    if let Some(comment) = &f.comment {
                        t.row(|r| {
                            r.cell("Commentaire");
                            r.at("commentaire-dossier", comment);
                            if let Some(date) = f.comment_date {
                                r.cell(date.french());
                            }
                        });
                    }
                });
            });
            s.statement(ENTRY, &templates::FILE_INFORMATION, true, |s| {
                s.status("completed");
                s.statement(COMPONENT, &templates::FILE_COMPLETE, true, |s| {
                    s.pointer("dossier-complet");
                    s.status("completed");
                    s.untimed("NAV", None);
                    s.value_bool(slot!(f.complete), NullFlavorPolicy::Flavor("UNK"));
                });
                s.statement(COMPONENT, &templates::QUORUM, true, |s| {
                    s.pointer("quorum");
                    s.status("completed");
                    s.untimed("NAV", None);
                    s.value_code(slot!(f.quorum), QUORUM, NullFlavorPolicy::Flavor("UNK"));
                });
                let (comment, date) = slots!(f.comment, f.comment_date);
                s.comment_dated(COMPONENT, "commentaire-dossier", comment, date);
            });
        });
    }

    pub(super) fn frcp_proposal(&mut self, mut p: Slot<'_, Proposal>) {
        let terminology = self.terminology();
        self.section(&templates::S_PROPOSAL, true, |s| {
            s.narrative(|n| proposal_text(n, terminology, &p));
            s.statement(
                ENTRY,
                &templates::RECOURSE_REQUEST,
                p.recourse_rcp.is_some(),
                |s| s.request_words("recours", slot!(p.recourse_rcp)),
            );
            s.statements(
                ENTRY,
                &templates::REQUEST,
                slot!(p.requests),
                |s, i, mut request| {
                    s.through(
                        slot!(request.text),
                        |text| Some(text.clone()),
                        |text, read| *text = read.unwrap_or_default(),
                        |s, text| {
                            s.reference("text", &at("demande", i), text);
                        },
                    );
                    s.status("active");
                    s.period(
                        "effectiveTime",
                        slot!(request.period),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                },
            );
            s.statement(
                ENTRY,
                &templates::SURVEILLANCE,
                p.surveillance.is_some(),
                |s| s.request_words("surveillance", slot!(p.surveillance)),
            );
            s.statements(
                ENTRY,
                &templates::PROPOSED_TREATMENT,
                slot!(p.treatments),
                |s, i, t| s.proposed_treatment(i, t),
            );
            let (comment, date) = slots!(p.comment, p.comment_date);
            s.comment_dated(ENTRY, "commentaire-proposition", comment, date);
        });
    }

    /// Words of a request for an encounter, and its priority: to be called back for an appointment.
    fn request_words(&mut self, id: &str, words: Slot<'_, Option<String>>) {
        self.reference("text", id, words);
        self.element("priorityCode", |s| {
            s.fixed("code", "CS");
            s.repeated("displayName", "recontacter pour fixer RDV");
            s.repeated("codeSystem", "2.16.840.1.113883.5.7");
            s.repeated("codeSystemName", "ActPriority");
        });
    }

    fn proposed_treatment(&mut self, i: usize, mut t: Slot<'_, ProposedTreatment>) {
        let id = at("proposition", i);
        let mut shown = None;
        let mut target = None;
        self.code_with(
            "code",
            slot!(t.kind),
            TREATMENT,
            NullFlavorPolicy::Flavor("UNK"),
            |s| {
                target = s.reference("originalText", &id, local(&mut shown));
            },
        );
        self.element("text", |s| {
            let mut again = None;
            let there = s.reference_only(&id, local(&mut again));
            target = target.take().or(there);
            shown = shown.take().or(again);
        });
        self.status("active");
        self.period(
            "effectiveTime",
            slot!(t.period),
            NullFlavorPolicy::Flavor("UNK"),
        );
        self.through(
            slot!(t.order),
            |order| order.map(|o| o.to_string()),
            |order, read| *order = read.and_then(|o| o.trim().parse().ok()),
            |s, order| {
                let present = order.is_some();
                s.element_if(present, "priorityCode", |s| {
                    s.text_element("originalText", order);
                });
            },
        );
        if let Some(t) = t.given().filter(|_| !self.is_writing()) {
            self.read_proposed_treatment(t, shown, target);
        }
    }

    /// What stands in the narrative alone: name, intention, detail.
    fn read_proposed_treatment(
        &mut self,
        t: &mut ProposedTreatment,
        shown: Option<String>,
        target: Option<String>,
    ) {
        let terminology = self.terminology();
        let label = t.kind.as_ref().map(|c| TREATMENT.label(terminology, c));
        t.name = shown.filter(|text| Some(text) != label.as_ref() && text != "-");
        t.intention = target.as_deref().and_then(intention_of_id).unwrap_or(1);
        let Some(target) = target else { return };
        let cells = self.row_of(&target);
        if let Some(&first) = cells.first()
            && let Some((tree, _)) = self.here()
            && let Some(n) = narrative::words(&narrative::plain(tree, first))
                .next()
                .and_then(|w| w.parse().ok())
        {
            t.intention = n;
            tree.mark_all(first);
        }
        if let [_, _, _, detail, ..] = cells[..] {
            t.detail = self.cell_text(detail);
        }
    }

    pub(super) fn frcp_frame(&mut self, mut f: Slot<'_, Frame>) {
        self.section(&templates::S_FRAME, true, |s| {
            s.narrative(|n| {
                n.table("Cadre de la proposition thérapeutique", 3, |t| {
                    for (i, g) in f.guidelines.iter().enumerate() {
                        t.row(|r| {
                            r.cell("Recommandation ou référentiel de pratique clinique");
                            r.at(&at("referentiel", i), g.name.as_deref().unwrap_or("-"));
                            r.cell(day(g.date));
                        });
                        t.field_option(
                            "Motif du non-respect",
                            &at("referentiel-motif", i),
                            g.not_followed.as_ref(),
                        );
                    }
                    t.field_option(
                        "Proposition d'inclusion dans un essai clinique",
                        "essai-clinique",
                        f.clinical_trial.map(yes_no),
                    );
                    t.field_option("Commentaire", "commentaire-cadre", f.comment.as_ref());
                });
            });
            s.statements(
                ENTRY,
                &templates::GUIDELINE,
                slot!(f.guidelines),
                |s, i, mut g| {
                    let id = at("referentiel", i);
                    s.pointer(&id);
                    s.status("completed");
                    s.time(
                        "effectiveTime",
                        slot!(g.date),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.value_text(&id, slot!(g.name));
                    dash(slot!(g.name));
                    s.comment(SUBJ, &at("referentiel-motif", i), slot!(g.not_followed));
                },
            );
            s.statement(
                ENTRY,
                &templates::CLINICAL_TRIAL,
                f.clinical_trial.is_some(),
                |s| {
                    s.pointer("essai-clinique");
                    s.status("completed");
                    s.untimed("NAV", None);
                    s.value_bool(slot!(f.clinical_trial), NullFlavorPolicy::Flavor("UNK"));
                },
            );
            s.comment(ENTRY, "commentaire-cadre", slot!(f.comment));
        });
    }

    pub(super) fn frcp_status(&mut self, status: Slot<'_, DocumentStatus>) {
        let terminology = self.terminology();
        self.section(&templates::S_STATUS, true, |s| {
            s.narrative(|n| {
                n.table("Statut du document", 2, |t| {
                    t.status(terminology, &status, "Commentaire sur la fiche RCP")
                })
            });
            s.status_entry(status, SUBJ);
        });
    }
}

fn proposal_text(n: &mut Narrative<'_>, terminology: &Terminology, p: &Proposal) {
    if let Some(words) = &p.recourse_rcp {
        n.table("Passage en RCP de recours", 1, |t| {
            t.row(|r| r.at("recours", words))
        });
    }
    if !p.requests.is_empty() {
        let titles = ["Type", "Date au plus tôt souhaitée", "Date au plus tard"];
        n.columns("Examens / expertises complémentaires", &titles, |t| {
            for (i, request) in p.requests.iter().enumerate() {
                t.row(|r| {
                    r.at(&at("demande", i), &request.text);
                    r.cell(day(request.period.start));
                    r.cell(day(request.period.end));
                });
            }
        });
    }
    if let Some(words) = &p.surveillance {
        n.table("Surveillance", 1, |t| {
            t.row(|r| r.at("surveillance", words))
        });
    }
    if !p.treatments.is_empty() {
        let titles = [
            "Numéro d'intention",
            "Numéro séquentiel",
            "Type de traitement",
            "Précision",
            "Dates",
        ];
        n.columns("Propositions thérapeutiques", &titles, |t| {
            for (i, treatment) in p.treatments.iter().enumerate() {
                t.row(|r| {
                    let rank = if treatment.intention <= 1 {
                        "Première intention"
                    } else {
                        "Alternative"
                    };
                    r.cell(format!("{} ({rank})", treatment.intention));
                    r.cell(treatment.order.map(|o| o.to_string()).unwrap_or_default());
                    let label = treatment
                        .kind
                        .as_ref()
                        .map_or_else(|| "-".to_owned(), |c| TREATMENT.label(terminology, c));
                    match &treatment.name {
                        Some(name) => r.labelled_at(&label, &at("proposition", i), name),
                        None => r.at(&at("proposition", i), label),
                    }
                    r.cell(treatment.detail.as_deref().unwrap_or("-"));
                    r.cell(treatment.period.french());
                });
            }
        });
    }
    if let Some(comment) = &p.comment {
        n.table(
            "Commentaires / Précisions sur la proposition de la RCP",
            2,
            |t| {
                t.row(|r| {
                    r.at("commentaire-proposition", comment);
                    if let Some(date) = p.comment_date {
                        r.cell(date.french());
                    }
                });
            },
        );
    }
    if *p == Proposal::default() {
        n.table("Proposition de la RCP", 1, |_| {});
    }
}

/// The order of intention in an ID of the samples: `traitement-2-01`.
fn intention_of_id(id: &str) -> Option<u8> {
    let mut parts = id.rsplit('-');
    parts.next()?.parse::<u32>().ok()?;
    parts.next()?.parse().ok()
}
