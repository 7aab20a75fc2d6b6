//! Tumours, history, functional status, exams, phase.

use super::super::model::{
    CodedText, DatedText, Exam, FicheRcp, FunctionalStatus, OtherClassification, Pain, Phase,
    Progression, Tnm, TnmComponent, Tumour,
};
use super::super::shapes;
use super::at;
use super::question::dash;
use crate::cda::Scribe;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{COMP, ENTRY, SUBJ_FALSE, SUBJ_TRUE};
use crate::cda::narrative::{self, Rows, yes_no};
use crate::cda::templates::{SectionShape, Shape};
use crate::model::{Absence, Code, Moment, Stated};
use crate::terminology::code_system::TNM_UICC;
use crate::terminology::{Jdv, Terminology};

const MORPHOLOGY: Codes = Codes::Set(Jdv::Morphologie);
const TOPOGRAPHY: Codes = Codes::Set(Jdv::Tumeur);
const LATERALITY: Codes = Codes::Set(Jdv::ModificateurTopographique);
const GRADE: Codes = Codes::Set(Jdv::OmsEchPerf);
const INTERPRETATION: Codes = Codes::Set(Jdv::OmsInterpret);
const PAIN: Codes = Codes::Set(Jdv::EvaluationDouleur);
const PHASE: Codes = Codes::Set(Jdv::PhaseCancer);

impl CodedText {
    /// What a reader is shown.
    pub(super) fn display(&self, codes: Codes, terminology: &Terminology) -> String {
        match (&self.code, &self.text) {
            (Some(code), None) => codes.label(terminology, code),
            (_, Some(text)) => text.clone(),
            (None, None) => Absence::Unknown.label().to_owned(),
        }
    }
}

impl Tnm {
    /// True when nothing is staged: how a document says that the TNM is not relevant.
    pub(in crate::fiche_rcp) fn says_nothing(&self) -> bool {
        let not_applicable = Some(Stated::Absent(Absence::NotApplicable));
        *self
            == Tnm {
                t: not_applicable.clone(),
                n: not_applicable.clone(),
                m: not_applicable,
                ..Tnm::default()
            }
            || *self == Tnm::default()
    }
}

impl Rows<'_> {
    fn component(&mut self, label: &str, id: &str, component: Option<&Stated<TnmComponent>>) {
        self.row(|r| {
            r.cell(label);
            match component {
                Some(Stated::Known(c)) => {
                    let text = match &c.label {
                        Some(label) => format!("{} : {label}", c.code()),
                        None => c.code(),
                    };
                    r.at(id, text);
                    if let Some(detail) = &c.detail {
                        r.cell(detail);
                    }
                }
                Some(Stated::Absent(absence)) => r.at(id, absence.label()),
                None => r.at(id, Absence::NotApplicable.label()),
            }
        });
    }
}

impl Scribe<'_> {
    pub(super) fn frcp_tumours(&mut self, tumours: &mut Vec<Tumour>) {
        self.section(&shapes::S_DIAGNOSIS, true, |s| {
            s.tumours_text(tumours);
            if s.is_writing() {
                s.statements(ENTRY, &shapes::PROBLEM_LIST, tumours, |s, i, tumour| {
                    s.problem_list_head(tumour);
                    s.statement(SUBJ_FALSE, &shapes::DIAGNOSIS, true, |s| {
                        s.diagnosis(i, tumour)
                    });
                });
                return;
            }
            // an act may hold several diagnoses: each is a tumour
            let mut groups: Vec<Vec<Tumour>> = Vec::new();
            s.statements(ENTRY, &shapes::PROBLEM_LIST, &mut groups, |s, _, group| {
                let mut head = Tumour::default();
                s.problem_list_head(&mut head);
                s.statements(SUBJ_FALSE, &shapes::DIAGNOSIS, group, |s, i, tumour| {
                    s.diagnosis(i, tumour)
                });
                for tumour in group {
                    tumour.listed = head.listed;
                }
            });
            *tumours = groups.into_iter().flatten().collect();
        });
    }

    fn problem_list_head(&mut self, tumour: &mut Tumour) {
        self.element("code", |s| s.null_is("NA"));
        self.status("active");
        if self.is_writing() {
            let mut low = tumour
                .listed
                .or_else(|| tumour.diagnosed.as_ref().and_then(|d| d.known().copied()));
            self.element("effectiveTime", |s| {
                s.time("low", &mut low, Null::Flavor("UNK"))
            });
        } else {
            self.low("effectiveTime", &mut tumour.listed, Null::Omit);
        }
    }

    fn tumours_text(&mut self, tumours: &[Tumour]) {
        let terminology = self.terminology();
        self.narrative(|n| {
            for (i, t) in tumours.iter().enumerate() {
                n.table_at(&at("tumeur", i), "Tumeur primitive", 3, |rows| {
                    let diagnosed = match &t.diagnosed {
                        Some(Stated::Known(date)) => date.french().to_string(),
                        Some(Stated::Absent(absence)) => absence.label().to_owned(),
                        None => Absence::Unknown.label().to_owned(),
                    };
                    rows.fact("Date du diagnostic", diagnosed);
                    if let Some(listed) = t.listed {
                        rows.fact("Date de début", listed.french());
                    }
                    let code = |c: &CodedText| c.code.as_ref().map(|c| c.code.clone());
                    rows.row(|r| {
                        r.cell("Topographie");
                        r.at(
                            &at("topographie", i),
                            t.topography.display(TOPOGRAPHY, terminology),
                        );
                        if let Some(code) = code(&t.topography) {
                            r.cell(code);
                        }
                    });
                    rows.field_option(
                        "Latéralité",
                        &at("lateralite", i),
                        t.laterality
                            .as_ref()
                            .map(|c| LATERALITY.label(terminology, c)),
                    );
                    rows.row(|r| {
                        r.cell("Morphologie");
                        r.at(
                            &at("morphologie", i),
                            t.morphology.display(MORPHOLOGY, terminology),
                        );
                        if let Some(code) = code(&t.morphology) {
                            r.cell(code);
                        }
                    });
                    let tnm = t.tnm.as_ref();
                    let mut stage = String::new();
                    if let Some(tnm) = tnm {
                        stage.push_str(
                            tnm.stage
                                .as_ref()
                                .map_or("", |c| c.label.as_deref().unwrap_or(&c.code)),
                        );
                        if let Some(edition) = &tnm.edition {
                            stage.push_str(&format!(" [{}]", edition_label(edition)));
                        }
                        if let Some(date) = tnm.date {
                            stage.push_str(&format!(" {}", date.french()));
                        }
                    } else {
                        stage.push_str(Absence::NotApplicable.label());
                    }
                    rows.field(
                        "Stade clinique TNM",
                        &at("tnm", i),
                        if stage.is_empty() { "-" } else { stage.trim() },
                    );
                    rows.component("TNM (T)", &at("tnm-t", i), tnm.and_then(|c| c.t.as_ref()));
                    rows.component("TNM (N)", &at("tnm-n", i), tnm.and_then(|c| c.n.as_ref()));
                    rows.component("TNM (M)", &at("tnm-m", i), tnm.and_then(|c| c.m.as_ref()));
                    for (j, other) in t.other_classifications.iter().enumerate() {
                        let id = |part: &str| format!("{part}-{}-{}", i + 1, j + 1);
                        rows.field("Autre classification", &id("classification"), &other.value);
                        rows.field(
                            "Nom de la classification",
                            &id("classification-nom"),
                            other.name.as_deref().unwrap_or("-"),
                        );
                        rows.field(
                            "Version de la classification",
                            &id("classification-version"),
                            other.version.as_deref().unwrap_or("-"),
                        );
                    }
                    rows.field_option(
                        "Commentaire sur la tumeur",
                        &at("commentaire-tumeur", i),
                        t.comment.as_ref(),
                    );
                });
            }
        });
    }

    fn diagnosis(&mut self, i: usize, t: &mut Tumour) {
        self.pointer(&at("tumeur", i));
        self.status("completed");
        let mut date = t.diagnosed.as_ref().and_then(|d| d.known().copied());
        let absence = t.diagnosed.as_ref().and_then(Stated::absence);
        if self.is_writing() {
            let null = Null::Flavor(absence.unwrap_or(Absence::Unknown).null_flavor());
            self.element("effectiveTime", |s| s.time("low", &mut date, null));
        } else {
            let present = self.child("effectiveTime", |_, _| true).is_some();
            self.low("effectiveTime", &mut date, Null::Omit);
            t.diagnosed = match date {
                Some(date) => Some(Stated::Known(date)),
                None => present.then_some(Stated::Absent(Absence::Unknown)),
            };
        }
        self.coded_text(
            "value",
            Some("CD"),
            &mut t.morphology,
            MORPHOLOGY,
            &at("morphologie", i),
            |_| {},
        );
        let laterality = &mut t.laterality;
        self.coded_text(
            "targetSiteCode",
            None,
            &mut t.topography,
            TOPOGRAPHY,
            &at("topographie", i),
            |s| {
                let present = laterality.is_some();
                s.element_if(present, "qualifier", |s| {
                    s.fixed_code("name", &shapes::LATERALITY, |_| {});
                    s.code_with("value", laterality, LATERALITY, Null::Omit, |s| {
                        s.xsi_type_optional("CD");
                        s.reference("originalText", &at("lateralite", i), &mut None);
                    });
                });
            },
        );
        self.tnm(i, &mut t.tnm);
        self.statements(
            SUBJ_FALSE,
            &shapes::OTHER_CLASSIFICATION,
            &mut t.other_classifications,
            |s, j, other| {
                s.other_classification(i, j, other);
            },
        );
        self.comment(SUBJ_TRUE, &at("commentaire-tumeur", i), &mut t.comment);
    }

    /// A coded element with its words: `OTH` when there is no code.
    fn coded_text(
        &mut self,
        name: &'static str,
        xsi_type: Option<&'static str>,
        value: &mut CodedText,
        codes: Codes,
        id: &str,
        rest: impl FnOnce(&mut Self),
    ) {
        let terminology = self.terminology();
        self.element(name, |s| {
            if let Some(xsi_type) = xsi_type {
                s.xsi_type(xsi_type);
            }
            s.coded_or_null(&mut value.code, codes, Null::Flavor("OTH"));
            let mut text = None;
            s.reference("originalText", id, &mut text);
            if !s.is_writing() {
                // the words of a code are those of the value set, as the document gives them or not
                let shown = |code: &Code| {
                    let (_, label) = codes.resolve(terminology, &code.code, code.system.as_deref());
                    text.as_deref().is_some_and(|t| {
                        Some(t) == code.label.as_deref() || Some(t) == label || t == code.code
                    })
                };
                value.text = match &value.code {
                    Some(code) if shown(code) => None,
                    None if text.as_deref() == Some(Absence::Unknown.label()) => None,
                    _ => text,
                };
            }
            rest(s);
        });
    }

    fn tnm(&mut self, i: usize, tnm: &mut Option<Tnm>) {
        let writing = self.is_writing();
        let relevant = tnm.is_some();
        let mut read = tnm.take().unwrap_or_default();
        let found = self.statement(SUBJ_FALSE, &shapes::TNM, true, |s| {
            let tnm = &mut read;
            s.pointer(&at("tnm", i));
            s.status("completed");
            s.low("effectiveTime", &mut tnm.date, Null::Flavor("NAV"));
            s.element("value", |s| {
                s.xsi_type("CD");
                if writing && tnm.stage.is_none() && tnm.edition.is_none() {
                    s.fixed("nullFlavor", if relevant { "NAV" } else { "NA" });
                } else if !writing {
                    s.null_flavor();
                }
                let qualifier = |s: &mut Self,
                                 fixed: &'static crate::cda::datatypes::Fixed,
                                 present: bool,
                                 f: &mut dyn FnMut(&mut Self)| {
                    let is_one = |tree: &crate::xml::Tree<'_>, n: crate::xml::NodeId| {
                        tree.element(n, "name")
                            .is_some_and(|c| tree.peek(c, "code") == Some(fixed.code))
                    };
                    s.element_where(present, "qualifier", is_one, |s| {
                        s.fixed_code("name", fixed, |_| {});
                        s.element("value", |s| {
                            s.xsi_type("CD");
                            f(s);
                        });
                    });
                };
                let stage = &mut tnm.stage;
                qualifier(s, &shapes::STAGE_GROUP, stage.is_some(), &mut |s| {
                    s.coded_or_null(stage, Codes::System(TNM_UICC), Null::Omit);
                });
                let edition = &mut tnm.edition;
                qualifier(s, &shapes::TNM_EDITION, edition.is_some(), &mut |s| {
                    s.attr_option("code", edition);
                    s.fixed(
                        "displayName",
                        &edition.as_deref().map(edition_label).unwrap_or_default(),
                    );
                    s.fixed("codeSystem", TNM_UICC.oid);
                    s.fixed("codeSystemName", TNM_UICC.name);
                });
            });
            let edition = &mut tnm.edition;
            s.tnm_component(&shapes::TNM_T, &at("tnm-t", i), &mut tnm.t, edition);
            s.tnm_component(&shapes::TNM_N, &at("tnm-n", i), &mut tnm.n, edition);
            s.tnm_component(&shapes::TNM_M, &at("tnm-m", i), &mut tnm.m, edition);
        });
        *tnm = if writing {
            relevant.then_some(read)
        } else {
            (found && !read.says_nothing()).then_some(read)
        };
    }

    fn tnm_component(
        &mut self,
        shape: &Shape,
        id: &str,
        component: &mut Option<Stated<TnmComponent>>,
        edition: &mut Option<String>,
    ) {
        self.statement(COMP, shape, true, |s| {
            let target = s.pointer(id);
            s.status("completed");
            s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
            let known = component.as_ref().and_then(|c| c.known());
            let mut code = match (known, component.as_ref().and_then(Stated::absence)) {
                (Some(c), _) => Some(Stated::Known(Code {
                    label: c.label.clone(),
                    ..Code::new(c.code())
                })),
                (None, Some(absence)) => Some(Stated::Absent(absence)),
                (None, None) => None,
            };
            s.element("value", |s| {
                s.xsi_type("CD");
                s.stated_code(&mut code, Codes::System(TNM_UICC), Null::Flavor("NA"));
                if !s.is_writing() || matches!(code, Some(Stated::Known(_))) {
                    let mut version = edition.clone();
                    s.attr_option("codeSystemVersion", &mut version);
                    if edition.is_none() {
                        *edition = version;
                    }
                }
            });
            if s.is_writing() {
                return;
            }
            *component = code.map(|code| match code {
                Stated::Known(code) => {
                    let mut c = TnmComponent {
                        label: code.label,
                        ..TnmComponent::from_code(&code.code)
                    };
                    if let Some(&[_, _, detail, ..]) = target.map(|t| s.row_of(&t)).as_deref() {
                        c.detail = s.cell_text(detail);
                    }
                    Stated::Known(c)
                }
                Stated::Absent(absence) => Stated::Absent(absence),
            });
        });
    }

    fn other_classification(&mut self, i: usize, j: usize, other: &mut OtherClassification) {
        let id = |part: &str| format!("{part}-{}-{}", i + 1, j + 1);
        self.pointer(&id("classification"));
        self.status("completed");
        self.time("effectiveTime", &mut None, Null::Flavor("NAV"));
        let mut value = Some(other.value.clone());
        self.value_text(&id("classification"), &mut value);
        other.value = value.unwrap_or_default();
        for (shape, part, text) in [
            (
                &shapes::CLASSIFICATION_NAME,
                "classification-nom",
                &mut other.name,
            ),
            (
                &shapes::CLASSIFICATION_VERSION,
                "classification-version",
                &mut other.version,
            ),
        ] {
            self.statement(COMP, shape, true, |s| {
                s.pointer(&id(part));
                s.status("completed");
                s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
                s.value_text(&id(part), text);
                dash(text);
            });
        }
    }

    /// A section of texts, each with its date, without entries.
    pub(super) fn dated_texts(
        &mut self,
        shape: &SectionShape,
        heading: &str,
        texts: &mut Vec<DatedText>,
    ) {
        self.section(shape, !texts.is_empty(), |s| {
            s.narrative(|n| {
                n.table(heading, 2, |t| {
                    for text in texts.iter() {
                        t.row(|r| {
                            r.cell(
                                text.date
                                    .map(|d| d.french().to_string())
                                    .unwrap_or_default(),
                            );
                            r.cell(&text.text);
                        });
                    }
                });
            });
            if s.is_writing() {
                return;
            }
            for mut row in s.text_rows() {
                let date = row.first().and_then(|d| Moment::from_french(d));
                if date.is_some() || (row.len() > 1 && row[0].is_empty()) {
                    row.remove(0);
                }
                texts.push(DatedText {
                    date,
                    text: row.join(" : "),
                });
            }
        });
    }

    /// A reader's rows of text: those of the tables, or each paragraph, item
    /// or line of a text without tables.
    pub(super) fn text_rows(&mut self) -> Vec<Vec<String>> {
        let tables = self.tables();
        let Some((tree, _)) = self.here() else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for table in &tables {
            for cells in &table.rows {
                let row: Vec<_> = cells
                    .iter()
                    .map(|&cell| {
                        let text = narrative::plain(tree, cell);
                        tree.mark_all(cell);
                        text
                    })
                    .collect();
                if row.iter().any(|t| !t.is_empty() && t != "-") {
                    rows.push(row);
                }
            }
        }
        if tables.is_empty()
            && let Some(text) = self.cursor().and_then(|c| c.narrative)
        {
            let plain = narrative::plain(tree, text);
            tree.mark_all(text);
            rows.extend(
                plain
                    .lines()
                    .map(str::trim)
                    .filter(|l| !l.is_empty())
                    .map(|l| vec![l.to_owned()]),
            );
        }
        rows
    }

    /// A section that is one text, without entries.
    pub(super) fn text_section(
        &mut self,
        shape: &SectionShape,
        heading: &str,
        text: &mut Option<String>,
    ) {
        self.section(shape, text.is_some(), |s| {
            s.narrative(|n| {
                n.table(heading, 1, |t| {
                    t.row(|r| r.cell(text.as_deref().unwrap_or_default()))
                });
            });
            if !s.is_writing() {
                let rows: Vec<_> = s
                    .text_rows()
                    .into_iter()
                    .map(|row| row.join(" : "))
                    .collect();
                *text = (!rows.is_empty()).then(|| rows.join("\n"));
            }
        });
    }

    pub(super) fn frcp_exams(&mut self, f: &mut FicheRcp) {
        let present = !f.exams.is_empty() || f.exams_comment.is_some();
        self.section(&shapes::S_RESULTS, present, |s| {
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
            if !s.is_writing() {
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
                let date = first.as_deref().and_then(Moment::from_french);
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

    pub(super) fn frcp_functional_status(&mut self, status: &mut Option<FunctionalStatus>) {
        let present = status.is_some();
        let mut read = status.take().unwrap_or_default();
        let found = self.section(&shapes::S_FUNCTIONAL, present, |s| {
            s.narrative(|_| {});
            s.section(&shapes::S_PAIN, true, |s| s.pain(&mut read.pain));
            let present = !read.performance.is_empty();
            s.section(&shapes::S_PHYSICAL, present, |s| s.performance(&mut read));
            let present = !read.geriatric.is_empty();
            s.section(&shapes::S_GERIATRIC, present, |s| s.geriatric(&mut read));
        });
        *status = found.then_some(read);
    }

    fn pain(&mut self, pain: &mut Option<Pain>) {
        let terminology = self.terminology();
        let shown = pain.as_ref().and_then(|p| p.severity.as_ref()).map_or_else(
            || Absence::Unknown.label().to_owned(),
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
        let mut read = pain.take().unwrap_or_default();
        self.statement(ENTRY, &shapes::PAIN, true, |s| {
            s.pointer("douleur");
            s.status("completed");
            s.time("effectiveTime", &mut read.date, Null::Flavor("UNK"));
            s.element("value", |s| {
                s.xsi_type("CO");
                s.coded_or_null(&mut read.severity, PAIN, Null::Flavor("UNK"));
            });
        });
        *pain = (read != Pain::default()).then_some(read);
    }

    fn performance(&mut self, status: &mut FunctionalStatus) {
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
            &shapes::PERFORMANCE,
            &mut status.performance,
            |s, i, p| {
                s.pointer(&at("performance-oms", i));
                s.status("completed");
                s.time("effectiveTime", &mut p.date, Null::Flavor("UNK"));
                s.value_code(&mut p.grade, GRADE, Null::Flavor("UNK"));
                s.code(
                    "interpretationCode",
                    &mut p.interpretation,
                    INTERPRETATION,
                    Null::Omit,
                );
            },
        );
    }

    fn geriatric(&mut self, status: &mut FunctionalStatus) {
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
            &shapes::GERIATRIC_SCORE,
            &mut status.geriatric,
            |s, i, g| {
                s.reference("text", &at("fragilite", i), &mut g.tool);
                dash(&mut g.tool);
                s.status("completed");
                s.time("effectiveTime", &mut g.date, Null::Flavor("UNK"));
                s.element("value", |s| {
                    s.xsi_type("INT");
                    s.integer(&mut g.score, Null::Flavor("UNK"));
                });
            },
        );
    }

    pub(super) fn frcp_phase(&mut self, p: &mut Phase) {
        let terminology = self.terminology();
        self.section(&shapes::S_PHASE, true, |s| {
            s.narrative(|n| {
                n.table("Phase et progression du cancer", 3, |t| {
                    t.row(|r| {
                        r.cell("Phase");
                        r.at(
                            "phase",
                            p.phase.as_ref().map_or_else(
                                || Absence::Unknown.label().to_owned(),
                                |c| PHASE.label(terminology, c),
                            ),
                        );
                        if let Some(date) = p.date {
                            r.cell(date.french());
                        }
                    });
                    if let Some(progression) = &p.progression {
                        t.row(|r| {
                            r.cell("Progression");
                            r.at(
                                "progression",
                                progression.present.map_or("Inconnue", yes_no),
                            );
                            if let Some(date) = progression.date {
                                r.cell(date.french());
                            }
                        });
                        t.field_option(
                            "Progression locale",
                            "progression-locale",
                            progression.local.map(yes_no),
                        );
                        t.field_option(
                            "Progression régionale",
                            "progression-regionale",
                            progression.regional.map(yes_no),
                        );
                        t.field_option(
                            "Progression à distance",
                            "progression-distance",
                            progression.distant.map(yes_no),
                        );
                    }
                    t.row(|r| {
                        if let Some(comment) = &p.comment {
                            r.cell("Commentaire");
                            r.at("commentaire-phase", comment);
                            if let Some(date) = p.comment_date {
                                r.cell(date.french());
                            }
                        } else {
                            r.cell("-");
                        }
                    });
                });
            });
            s.statement(ENTRY, &shapes::PHASE, true, |s| {
                s.pointer("phase");
                s.status("completed");
                s.time("effectiveTime", &mut p.date, Null::Flavor("UNK"));
                s.value_code(&mut p.phase, PHASE, Null::Flavor("UNK"));
                s.comment_dated(
                    SUBJ_TRUE,
                    "commentaire-phase",
                    &mut p.comment,
                    &mut p.comment_date,
                );
            });
            let present = p.progression.is_some();
            let mut read = p.progression.take().unwrap_or_default();
            let found = s.statement(ENTRY, &shapes::PROGRESSION, present, |s| {
                s.progression(&mut read)
            });
            p.progression = found.then_some(read);
        });
    }

    fn progression(&mut self, p: &mut Progression) {
        self.pointer("progression");
        self.status("completed");
        self.time("effectiveTime", &mut p.date, Null::Flavor("UNK"));
        self.value_bool(&mut p.present, Null::Flavor("UNK"));
        for (shape, id, value) in [
            (
                &shapes::LOCAL_PROGRESSION,
                "progression-locale",
                &mut p.local,
            ),
            (
                &shapes::REGIONAL_PROGRESSION,
                "progression-regionale",
                &mut p.regional,
            ),
            (
                &shapes::DISTANT_PROGRESSION,
                "progression-distance",
                &mut p.distant,
            ),
        ] {
            self.statement(COMP, shape, value.is_some(), |s| {
                s.pointer(id);
                s.status("completed");
                s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
                s.value_bool(value, Null::Flavor("UNK"));
            });
        }
    }
}

/// How the edition of the TNM is shown.
fn edition_label(edition: &str) -> String {
    format!("TNM_UICC {edition}ème édition")
}
