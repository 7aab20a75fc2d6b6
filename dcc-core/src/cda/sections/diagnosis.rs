//! FR-Diagnostic-du-cancer: the tumours.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{COMP, ENTRY, SUBJ_FALSE, SUBJ_TRUE};
use crate::cda::narrative::{Rows, at, dash};
use crate::cda::templates::{SectionTemplate, Shape};
use crate::model::{
    AbsentReason, Code, CodedText, OrAbsent, OtherClassification, Tnm, TnmComponent, Tumour,
};
use crate::terminology::code_system::TNM_UICC;
use crate::terminology::{Jdv, Terminology};

const MORPHOLOGY: Codes = Codes::Set(Jdv::Morphologie);
const TOPOGRAPHY: Codes = Codes::Set(Jdv::Tumeur);
const LATERALITY: Codes = Codes::Set(Jdv::ModificateurTopographique);

impl CodedText {
    /// What a reader is shown.
    pub(super) fn display(&self, codes: Codes, terminology: &Terminology) -> String {
        match (&self.code, &self.text) {
            (Some(code), None) => codes.label(terminology, code),
            (_, Some(text)) => text.clone(),
            (None, None) => AbsentReason::Unknown.label().to_owned(),
        }
    }
}

impl Rows<'_> {
    fn component(&mut self, label: &str, id: &str, component: Option<&OrAbsent<TnmComponent>>) {
        self.row(|r| {
            r.cell(label);
            match component {
                Some(OrAbsent::Known(c)) => {
                    let text = match &c.label {
                        Some(label) => format!("{} : {label}", c.code()),
                        None => c.code(),
                    };
                    r.at(id, text);
                    if let Some(detail) = &c.detail {
                        r.cell(detail);
                    }
                }
                Some(OrAbsent::Absent(absence)) => r.at(id, absence.label()),
                None => r.at(id, AbsentReason::NotApplicable.label()),
            }
        });
    }
}

impl Codec<'_> {
    pub(crate) fn tumours(&mut self, section: &SectionTemplate, tumours: &mut Vec<Tumour>) {
        self.section(section, true, |s| {
            s.tumours_text(tumours);
            if s.is_writing() {
                // one act for all tumours: on several the rule of IHE S_cancerDiagnosis
                // does not evaluate, and takes the other rules of IHE with it
                s.statement(ENTRY, &templates::PROBLEM_LIST, true, |s| {
                    if let Some(first) = tumours.first_mut() {
                        s.problem_list_head(first);
                    }
                    s.statements(
                        SUBJ_FALSE,
                        &templates::DIAGNOSIS,
                        tumours,
                        |s, i, tumour| s.diagnosis(i, tumour),
                    );
                });
                return;
            }
            // elsewhere there may be several acts, of one diagnosis or more
            let mut groups: Vec<Vec<Tumour>> = Vec::new();
            s.statements(
                ENTRY,
                &templates::PROBLEM_LIST,
                &mut groups,
                |s, _, group| {
                    let mut head = Tumour::default();
                    s.problem_list_head(&mut head);
                    s.statements(SUBJ_FALSE, &templates::DIAGNOSIS, group, |s, i, tumour| {
                        s.diagnosis(i, tumour)
                    });
                    if let Some(first) = group.first_mut() {
                        // the date of the diagnosis stands there too
                        let diagnosed = first.diagnosed.as_ref().and_then(|d| d.known().copied());
                        first.listed = head.listed.filter(|listed| Some(*listed) != diagnosed);
                    }
                },
            );
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
                        Some(OrAbsent::Known(date)) => date.french().to_string(),
                        Some(OrAbsent::Absent(absence)) => absence.label().to_owned(),
                        None => AbsentReason::Unknown.label().to_owned(),
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
                        stage.push_str(AbsentReason::NotApplicable.label());
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
        let absence = t.diagnosed.as_ref().and_then(OrAbsent::absence);
        if self.is_writing() {
            let null = Null::Flavor(absence.unwrap_or(AbsentReason::Unknown).null_flavor());
            self.element("effectiveTime", |s| s.time("low", &mut date, null));
        } else {
            let present = self.child("effectiveTime", |_, _| true).is_some();
            self.low("effectiveTime", &mut date, Null::Omit);
            t.diagnosed = match date {
                Some(date) => Some(OrAbsent::Known(date)),
                None => present.then_some(OrAbsent::Absent(AbsentReason::Unknown)),
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
                    s.fixed_code("name", &templates::LATERALITY, |_| {});
                    s.code_with("value", laterality, LATERALITY, Null::Omit, |s| {
                        s.xsi_type_optional("CD");
                        s.xsi_type_optional("CE");
                        s.reference("originalText", &at("lateralite", i), &mut None);
                    });
                });
            },
        );
        self.tnm(i, &mut t.tnm);
        self.statements(
            SUBJ_FALSE,
            &templates::OTHER_CLASSIFICATION,
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
        let found = self.statement(SUBJ_FALSE, &templates::TNM, true, |s| {
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
                qualifier(s, &templates::STAGE_GROUP, stage.is_some(), &mut |s| {
                    s.coded_or_null(stage, Codes::System(TNM_UICC), Null::Omit);
                });
                let edition = &mut tnm.edition;
                qualifier(s, &templates::TNM_EDITION, edition.is_some(), &mut |s| {
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
            s.tnm_component(&templates::TNM_T, &at("tnm-t", i), &mut tnm.t, edition);
            s.tnm_component(&templates::TNM_N, &at("tnm-n", i), &mut tnm.n, edition);
            s.tnm_component(&templates::TNM_M, &at("tnm-m", i), &mut tnm.m, edition);
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
        component: &mut Option<OrAbsent<TnmComponent>>,
        edition: &mut Option<String>,
    ) {
        self.statement(COMP, shape, true, |s| {
            let target = s.pointer(id);
            s.status("completed");
            s.untimed("NAV", None);
            let known = component.as_ref().and_then(|c| c.known());
            let mut code = match (known, component.as_ref().and_then(OrAbsent::absence)) {
                (Some(c), _) => Some(OrAbsent::Known(Code {
                    label: c.label.clone(),
                    ..Code::new(c.code())
                })),
                (None, Some(absence)) => Some(OrAbsent::Absent(absence)),
                (None, None) => None,
            };
            s.element("value", |s| {
                s.xsi_type("CD");
                s.stated_code(&mut code, Codes::System(TNM_UICC), Null::Flavor("NA"));
                if !s.is_writing() || matches!(code, Some(OrAbsent::Known(_))) {
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
                OrAbsent::Known(code) => {
                    let mut c = TnmComponent {
                        label: code.label,
                        ..TnmComponent::from_code(&code.code)
                    };
                    if let Some(&[_, _, detail, ..]) = target.map(|t| s.row_of(&t)).as_deref() {
                        c.detail = s.cell_text(detail);
                    }
                    OrAbsent::Known(c)
                }
                OrAbsent::Absent(absence) => OrAbsent::Absent(absence),
            });
        });
    }

    fn other_classification(&mut self, i: usize, j: usize, other: &mut OtherClassification) {
        let id = |part: &str| format!("{part}-{}-{}", i + 1, j + 1);
        self.pointer(&id("classification"));
        self.status("completed");
        self.untimed("NAV", None);
        let mut value = Some(other.value.clone());
        self.value_text(&id("classification"), &mut value);
        other.value = value.unwrap_or_default();
        for (shape, part, text) in [
            (
                &templates::CLASSIFICATION_NAME,
                "classification-nom",
                &mut other.name,
            ),
            (
                &templates::CLASSIFICATION_VERSION,
                "classification-version",
                &mut other.version,
            ),
        ] {
            self.statement(COMP, shape, true, |s| {
                s.pointer(&id(part));
                s.status("completed");
                s.untimed("NAV", None);
                s.value_text(&id(part), text);
                dash(text);
            });
        }
    }
}

/// How the edition of the TNM is shown.
fn edition_label(edition: &str) -> String {
    format!("TNM_UICC {edition}ème édition")
}
