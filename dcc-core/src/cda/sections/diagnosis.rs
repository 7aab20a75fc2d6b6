//! FR-Diagnostic-du-cancer: the tumours.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, FixedCode, NullFlavorPolicy};
use crate::cda::entry::{COMP, ENTRY, SUBJ_FALSE, SUBJ_TRUE};
use crate::cda::narrative::{Rows, at, dash};
use crate::cda::slot::{Slot, local, slot};
use crate::cda::templates::{EntryTemplate, SectionTemplate};
use crate::model::{
    AbsentReason, Code, CodedText, OrAbsent, OtherClassification, PartialDateTime, Tnm,
    TnmComponent, Tumour,
};
use crate::terminology::code_system::TNM_UICC;
use crate::terminology::{Jdv, Terminology};
use crate::xml::{NodeId, Tree};

const MORPHOLOGY: Binding = Binding::Set(Jdv::Morphologie);
const TOPOGRAPHY: Binding = Binding::Set(Jdv::Tumeur);
const LATERALITY: Binding = Binding::Set(Jdv::ModificateurTopographique);

impl CodedText {
    /// What a reader is shown.
    pub(super) fn display(&self, codes: Binding, terminology: &Terminology) -> String {
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
    pub(crate) fn tumours(&mut self, section: &SectionTemplate, tumours: Slot<'_, Vec<Tumour>>) {
        self.section(section, true, |s| {
            s.tumours_text(&tumours);
            if s.is_writing() {
                s.one_problem_list(tumours);
            } else {
                s.problem_lists(tumours);
            }
        });
    }

    /// One act for all tumours: on several the rule of IHE S_cancerDiagnosis
    /// does not evaluate, and takes the other rules of IHE with it.
    fn one_problem_list(&mut self, tumours: Slot<'_, Vec<Tumour>>) {
        self.statement(ENTRY, &templates::PROBLEM_LIST, true, |s| {
            if let Some(first) = tumours.first() {
                let diagnosed = first.diagnosed.as_ref().and_then(|d| d.known().copied());
                s.problem_list_head(&mut first.listed.or(diagnosed));
            }
            s.statements(SUBJ_FALSE, &templates::DIAGNOSIS, tumours, Self::diagnosis);
        });
    }

    /// Elsewhere there may be several acts, of one diagnosis or more.
    fn problem_lists(&mut self, mut tumours: Slot<'_, Vec<Tumour>>) {
        let mut groups: Vec<Vec<Tumour>> = Vec::new();
        self.statements(
            ENTRY,
            &templates::PROBLEM_LIST,
            local(&mut groups),
            |s, _, mut group| {
                let mut listed = None;
                s.problem_list_head(&mut listed);
                s.statements(
                    SUBJ_FALSE,
                    &templates::DIAGNOSIS,
                    group.by(),
                    Self::diagnosis,
                );
                if let Some(first) = group.given().and_then(|group| group.first_mut()) {
                    // the date of the diagnosis stands there too
                    let diagnosed = first.diagnosed.as_ref().and_then(|d| d.known().copied());
                    first.listed = listed.filter(|listed| Some(*listed) != diagnosed);
                }
            },
        );
        tumours.set(groups.into_iter().flatten().collect());
    }

    fn problem_list_head(&mut self, listed: &mut Option<PartialDateTime>) {
        self.element("code", |s| s.null_is("NA"));
        self.status("active");
        self.low_or_unknown("effectiveTime", local(listed));
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

    fn diagnosis(&mut self, i: usize, mut t: Slot<'_, Tumour>) {
        self.pointer(&at("tumeur", i));
        self.status("completed");
        self.diagnosed(slot!(t.diagnosed));
        self.element("value", |s| {
            s.xsi_type("CD");
            s.coded_text(slot!(t.morphology), MORPHOLOGY, &at("morphologie", i));
        });
        self.element("targetSiteCode", |s| {
            s.coded_text(slot!(t.topography), TOPOGRAPHY, &at("topographie", i));
            s.laterality(i, slot!(t.laterality));
        });
        self.tnm(i, slot!(t.tnm));
        self.statements(
            SUBJ_FALSE,
            &templates::OTHER_CLASSIFICATION,
            slot!(t.other_classifications),
            |s, j, other| s.other_classification(i, j, other),
        );
        self.comment(SUBJ_TRUE, &at("commentaire-tumeur", i), slot!(t.comment));
    }

    /// The date of the diagnosis, or why there is none.
    fn diagnosed(&mut self, mut diagnosed: Slot<'_, Option<OrAbsent<PartialDateTime>>>) {
        let present = self.child("effectiveTime", |_, _| true).is_some();
        let absence = diagnosed.as_ref().and_then(OrAbsent::absence);
        let null = NullFlavorPolicy::Flavor(absence.unwrap_or(AbsentReason::Unknown).null_flavor());
        let mut date = diagnosed.as_ref().and_then(|d| d.known().copied());
        self.low_or_null("effectiveTime", local(&mut date), null);
        diagnosed.set(match date {
            Some(date) => Some(OrAbsent::Known(date)),
            None => present.then_some(OrAbsent::Absent(AbsentReason::Unknown)),
        });
    }

    fn laterality(&mut self, i: usize, laterality: Slot<'_, Option<Code>>) {
        let present = laterality.is_some();
        self.element_if(present, "qualifier", |s| {
            s.fixed_code("name", &templates::LATERALITY, |_| {});
            s.code_with(
                "value",
                laterality,
                LATERALITY,
                NullFlavorPolicy::Omit,
                |s| {
                    s.xsi_type_optional("CD");
                    s.xsi_type_optional("CE");
                    s.reference("originalText", &at("lateralite", i), local(&mut None));
                },
            );
        });
    }

    /// A code with its words: `OTH` when there is no code.
    fn coded_text(&mut self, mut value: Slot<'_, CodedText>, codes: Binding, id: &str) {
        let terminology = self.terminology();
        self.coded_or_null(slot!(value.code), codes, NullFlavorPolicy::Flavor("OTH"));
        let mut text = None;
        self.reference("originalText", id, local(&mut text));
        let Some(value) = value.given() else { return };
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

    /// The stage is always written: of a tumour without one, as not applicable.
    fn tnm(&mut self, i: usize, mut tnm: Slot<'_, Option<Tnm>>) {
        let mut read = Tnm::default();
        let relevant = tnm.is_some();
        let found = match &*tnm {
            Some(tnm) if self.is_writing() => self.stage(i, true, Slot::Lent(tnm)),
            _ => self.stage(i, relevant, local(&mut read)),
        };
        tnm.set((found && !read.says_nothing()).then_some(read));
    }

    fn stage(&mut self, i: usize, relevant: bool, mut tnm: Slot<'_, Tnm>) -> bool {
        self.statement(SUBJ_FALSE, &templates::TNM, true, |s| {
            s.pointer(&at("tnm", i));
            s.status("completed");
            s.low(
                "effectiveTime",
                slot!(tnm.date),
                NullFlavorPolicy::Flavor("NAV"),
            );
            s.element("value", |s| {
                s.xsi_type("CD");
                if !s.is_writing() {
                    s.null_flavor();
                } else if tnm.stage.is_none() && tnm.edition.is_none() {
                    s.fixed("nullFlavor", if relevant { "NAV" } else { "NA" });
                }
                let present = tnm.stage.is_some();
                s.stage_qualifier(&templates::STAGE_GROUP, present, |s| {
                    s.coded_or_null(
                        slot!(tnm.stage),
                        Binding::System(TNM_UICC),
                        NullFlavorPolicy::Omit,
                    );
                });
                let present = tnm.edition.is_some();
                s.stage_qualifier(&templates::TNM_EDITION, present, |s| {
                    s.attr_option("code", slot!(tnm.edition));
                    let label = tnm.edition.as_deref().map(edition_label);
                    s.fixed("displayName", &label.unwrap_or_default());
                    s.fixed("codeSystem", TNM_UICC.oid);
                    s.fixed("codeSystemName", TNM_UICC.name);
                });
            });
            let mut edition = tnm.edition.clone();
            let id = |part: &str| at(part, i);
            s.tnm_component(&templates::TNM_T, &id("tnm-t"), slot!(tnm.t), &mut edition);
            s.tnm_component(&templates::TNM_N, &id("tnm-n"), slot!(tnm.n), &mut edition);
            s.tnm_component(&templates::TNM_M, &id("tnm-m"), slot!(tnm.m), &mut edition);
            slot!(tnm.edition).set(edition);
        })
    }

    fn stage_qualifier(
        &mut self,
        name: &'static FixedCode,
        present: bool,
        f: impl FnOnce(&mut Self),
    ) {
        let is_one = |tree: &Tree<'_>, n: NodeId| {
            tree.element(n, "name")
                .is_some_and(|c| tree.peek(c, "code") == Some(name.code))
        };
        self.element_where(present, "qualifier", is_one, |s| {
            s.fixed_code("name", name, |_| {});
            s.element("value", |s| {
                s.xsi_type("CD");
                f(s);
            });
        });
    }

    fn tnm_component(
        &mut self,
        shape: &EntryTemplate,
        id: &str,
        mut component: Slot<'_, Option<OrAbsent<TnmComponent>>>,
        edition: &mut Option<String>,
    ) {
        self.statement(COMP, shape, true, |s| {
            let target = s.pointer(id);
            s.status("completed");
            s.untimed("NAV", None);
            let mut code = component.as_ref().map(|component| match component {
                OrAbsent::Known(c) => OrAbsent::Known(Code {
                    label: c.label.clone(),
                    ..Code::new(c.code())
                }),
                OrAbsent::Absent(absence) => OrAbsent::Absent(*absence),
            });
            s.element("value", |s| {
                s.xsi_type("CD");
                s.code_or_absent(
                    local(&mut code),
                    Binding::System(TNM_UICC),
                    NullFlavorPolicy::Flavor("NA"),
                );
                if !s.is_writing() || matches!(code, Some(OrAbsent::Known(_))) {
                    let mut version = edition.clone();
                    s.attr_option("codeSystemVersion", local(&mut version));
                    if edition.is_none() {
                        *edition = version;
                    }
                }
            });
            if s.is_writing() {
                return;
            }
            component.set(code.map(|code| match code {
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
            }));
        });
    }

    fn other_classification(
        &mut self,
        i: usize,
        j: usize,
        mut other: Slot<'_, OtherClassification>,
    ) {
        let id = |part: &str| format!("{part}-{}-{}", i + 1, j + 1);
        self.pointer(&id("classification"));
        self.status("completed");
        self.untimed("NAV", None);
        self.through(
            slot!(other.value),
            |value| Some(value.clone()),
            |value, read| *value = read.unwrap_or_default(),
            |s, value| s.value_text(&id("classification"), value),
        );
        self.classification_part(
            &templates::CLASSIFICATION_NAME,
            &id("classification-nom"),
            slot!(other.name),
        );
        self.classification_part(
            &templates::CLASSIFICATION_VERSION,
            &id("classification-version"),
            slot!(other.version),
        );
    }

    fn classification_part(
        &mut self,
        shape: &EntryTemplate,
        id: &str,
        mut text: Slot<'_, Option<String>>,
    ) {
        self.statement(COMP, shape, true, |s| {
            s.pointer(id);
            s.status("completed");
            s.untimed("NAV", None);
            s.value_text(id, text.by());
            dash(text);
        });
    }
}

/// How the edition of the TNM is shown.
fn edition_label(edition: &str) -> String {
    format!("TNM_UICC {edition}ème édition")
}
