//! Sections of a report: head, text, images.

use super::super::model::{Battery, Image, Observation, Section, Specimen};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::ENTRY;
use crate::cda::narrative::{Narrative, Rows};
use crate::cda::slot::{Slot, slot};
use crate::model::Code;
use crate::xml::{NodeId, Tree};

/// Types of images.
pub(in super::super) const IMAGE_TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/gif"];

impl Codec<'_> {
    /// Sections; `path` tells them apart in the IDs of their texts.
    pub(super) fn acp_sections(&mut self, path: &str, sections: Slot<'_, Vec<Section>>) {
        self.list(sections, |s, rank, section| {
            s.acp_section(&format!("{path}{}", rank + 1), section)
        });
    }

    fn acp_section(&mut self, path: &str, mut section: Slot<'_, Section>) -> bool {
        let is_section = |tree: &Tree<'_>, n: NodeId| tree.element(n, "section").is_some();
        self.section_where(true, is_section, |s| {
            s.acp_section_head(section.by());
            s.section_content(|s| s.acp_section_content(path, section));
        })
    }

    fn acp_section_head(&mut self, mut section: Slot<'_, Section>) {
        self.ignore_templates();
        if let Some((tree, at)) = self.here() {
            let code = tree.element(at, "code").and_then(|c| tree.peek(c, "code"));
            slot!(section.kind).set(code.and_then(templates::section_of).map(|d| d.kind));
        }
        let def = section.kind.and_then(templates::section);
        if let (Some(def), true) = (def, self.is_writing()) {
            self.element("templateId", |s| s.fixed("root", def.template));
        }
        self.derived_id();
        let translation = |s: &mut Self, specialty: Slot<'_, Option<Code>>| {
            s.code(
                "translation",
                specialty,
                Binding::Any,
                NullFlavorPolicy::Omit,
            );
        };
        match def {
            Some(def) => {
                let specialty = slot!(section.specialty);
                self.fixed_code("code", &def.code, |s| translation(s, specialty));
            }
            None => {
                let present = section.code.is_some();
                self.element_if(present, "code", |s| {
                    s.coded_or_null(slot!(section.code), Binding::Any, NullFlavorPolicy::Omit);
                    translation(s, slot!(section.specialty));
                });
            }
        }
        let usual = def.map(|d| d.title);
        self.through(
            slot!(section.title),
            |title| title.clone().or_else(|| usual.map(str::to_owned)),
            |title, read| *title = read.filter(|t| !t.is_empty() && Some(t.as_str()) != usual),
            |s, title| s.text_element("title", title),
        );
    }

    fn acp_section_content(&mut self, path: &str, mut section: Slot<'_, Section>) {
        let id = format!("{path}-texte");
        self.narrative(|n| report_text(n, path, &id, &section));
        if !self.is_writing() {
            slot!(section.text).set(self.free_text(&id));
        }
        self.each("author", slot!(section.authors), |s, a| s.author(a));
        self.acp_images(slot!(section.images));
        let mut rank = 0;
        let mut ids = || {
            rank += 1;
            format!("{path}-o{rank}")
        };
        self.acp_procedures(&templates::PROCEDURE_STEP, slot!(section.procedures));
        self.acp_batteries(
            &templates::PROBLEM_ORGANIZER,
            slot!(section.batteries),
            &mut ids,
        );
        self.acp_specimens(slot!(section.specimens), &mut ids);
        self.acp_observations(
            ENTRY,
            &templates::OBSERVATION,
            slot!(section.observations),
            &mut ids,
        );
        self.acp_sections(&format!("{path}-"), slot!(section.sections));
    }

    fn acp_images(&mut self, mut images: Slot<'_, Vec<Image>>) {
        let is_image = |tree: &Tree<'_>, n: NodeId| {
            tree.element(n, "observationMedia")
                .and_then(|m| tree.element(m, "value"))
                .is_some_and(|v| {
                    tree.peek(v, "mediaType")
                        .is_some_and(|t| IMAGE_TYPES.contains(&t))
                })
        };
        self.each_where("entry", is_image, images.by(), |s, mut image| {
            s.ignore_templates();
            s.element("observationMedia", |s| {
                s.fixed("classCode", "OBS");
                s.fixed("moodCode", "EVN");
                s.attr("ID", slot!(image.id));
                s.ignore_templates();
                if !s.is_writing() {
                    s.derived_id();
                }
                s.element("value", |s| {
                    s.attr("mediaType", slot!(image.media_type));
                    s.base64(slot!(image.data));
                });
            });
        });
        for image in images.iter() {
            self.image_marks(&image.id);
        }
    }
}

/// The text of a section: its own, its images, then what its entries code.
fn report_text(n: &mut Narrative<'_>, path: &str, id: &str, section: &Section) {
    // always there: what follows is derived
    n.paragraph_at(id, section.text.as_deref().unwrap_or_default());
    for image in &section.images {
        n.image(&image.id);
    }
    let coded = !(section.procedures.is_empty()
        && section.batteries.is_empty()
        && section.specimens.is_empty()
        && section.observations.is_empty());
    if coded {
        let mut rank = 0;
        let mut ids = || {
            rank += 1;
            format!("{path}-o{rank}")
        };
        n.columns("Éléments codés", &["Élément", "Valeur", "Date"], |t| {
            procedure_rows(t, &section.procedures);
            for battery in &section.batteries {
                battery_rows(t, battery, &mut ids);
            }
            for specimen in &section.specimens {
                specimen_rows(t, specimen, &mut ids);
            }
            observation_rows(t, 0, &section.observations, &mut ids);
        });
    }
}

fn procedure_rows(t: &mut Rows<'_>, procedures: &[super::super::model::Procedure]) {
    for p in procedures {
        t.row(|r| {
            r.cell("Prélèvement");
            let mut parts = Vec::new();
            parts.extend(p.code.as_ref().map(|c| c.display()));
            parts.extend(p.site.as_ref().map(|c| c.display()));
            let id = p.product.as_ref().and_then(|id| id.extension.clone());
            parts.extend(id);
            r.cell(parts.join(" - "));
            r.cell(p.period.french());
        });
        if let Some(received) = p.received {
            t.row(|r| {
                r.cell("Date réception échantillon");
                r.cell("");
                r.cell(received.french());
            });
        }
    }
}

fn specimen_rows(t: &mut Rows<'_>, specimen: &Specimen, ids: &mut dyn FnMut() -> String) {
    procedure_rows(t, &specimen.procedures);
    for battery in &specimen.batteries {
        battery_rows(t, battery, ids);
    }
}

fn battery_rows(t: &mut Rows<'_>, battery: &Battery, ids: &mut dyn FnMut() -> String) {
    observation_rows(t, 0, &battery.observations, ids);
    for comment in &battery.comments {
        let id = ids();
        t.row(|r| {
            r.cell("Commentaire");
            r.at(&id, comment.text.as_deref().unwrap_or_default());
        });
    }
}

fn observation_rows(
    t: &mut Rows<'_>,
    depth: usize,
    observations: &[Observation],
    ids: &mut dyn FnMut() -> String,
) {
    for o in observations {
        let id = ids();
        t.row(|r| {
            let name = o.code.as_ref().map_or_else(String::new, |c| c.display());
            let dashes = "– ".repeat(depth);
            let not = if o.negated { "Non observé : " } else { "" };
            r.cell(format!("{dashes}{not}{name}"));
            r.at(&id, o.shown());
            r.cell(o.period.french());
        });
        observation_rows(t, depth + 1, &o.components, ids);
        for comment in &o.comments {
            let id = ids();
            t.row(|r| {
                r.cell("Commentaire");
                r.at(&id, comment.text.as_deref().unwrap_or_default());
            });
        }
    }
}
