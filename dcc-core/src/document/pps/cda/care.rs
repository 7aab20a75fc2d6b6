//! An act of the programme or of the supportive care.

use super::super::model::{CareAct, CareState, Tobacco, Weight};
use super::super::templates::{self, List};
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::{COMP_FALSE, ENTRY, RSON_FALSE, SUBJ_TRUE};
use crate::cda::narrative::{self, Narrative, Rows, at, dash, yes_no};
use crate::cda::slot::{Slot, local, slot, slots};
use crate::cda::templates::EntryTemplate;
use crate::model::{Code, Professional};
use crate::terminology::code_system::TA_ASIP;
use crate::terminology::{Jdv, Terminology};
use crate::xml::{NodeId, Tree};

const ROUTE: Binding = Binding::Set(Jdv::RouteOfAdministration);
const TOBACCO: Binding = Binding::Set(Jdv::StatutTabagique);
const PROFESSION: Binding = Binding::Set(Jdv::J01AuthorSpecialty);
const COLUMNS: usize = 6;

impl List {
    fn id(&self, part: &str, rank: usize) -> String {
        if part.is_empty() {
            at(self.word, rank)
        } else {
            at(&format!("{}-{part}", self.word), rank)
        }
    }

    fn types(&self) -> Binding {
        Binding::Set(self.types)
    }

    /// True for an entry of this list.
    fn matches(&self, tree: &Tree<'_>, act: NodeId) -> bool {
        tree.element(act, "code").and_then(|c| tree.peek(c, "code")) == Some(self.code.code)
    }

    /// The table of the acts of this list, nothing when there are none.
    pub(super) fn text(&self, n: &mut Narrative<'_>, terminology: &Terminology, acts: &[CareAct]) {
        if acts.is_empty() {
            return;
        }
        let titles = [
            self.kind,
            "Statut",
            "Dates confirmées",
            "Dates prévisionnelles",
            "Rythme",
            "Lieu / Intervenants",
        ];
        n.columns(self.heading, &titles, |rows| {
            for (i, act) in acts.iter().enumerate() {
                rows.care_act(self, terminology, i, act);
            }
        });
    }
}

impl Rows<'_> {
    fn care_act(&mut self, list: &List, terminology: &Terminology, i: usize, act: &CareAct) {
        self.row(|r| {
            let kind = act
                .kind
                .as_ref()
                .map_or_else(|| "-".to_owned(), |c| list.types().label(terminology, c));
            match &act.detail {
                Some(detail) => r.labelled_at(&kind, &list.id("", i), detail),
                None => r.at(&list.id("", i), kind),
            }
            r.cell(act.state.map_or("-", CareState::label));
            r.cell(or_dash(act.confirmed.french()));
            r.at(&list.id("previsions", i), or_dash(act.planned.french()));
            r.at(&list.id("rythme", i), act.rhythm.as_deref().unwrap_or("-"));
            let who: Vec<_> = act
                .performers
                .iter()
                .map(|p| performer_text(terminology, p))
                .collect();
            r.cell(or_dash(who.join("\n")));
        });
        let mut wide = |label: &str, part: &str, text: Option<String>| {
            if let Some(text) = text {
                self.row(|r| {
                    r.cell(label);
                    r.wide_at(COLUMNS - 1, &list.id(part, i), text);
                });
            }
        };
        let route = act.route.as_ref().map(|c| ROUTE.label(terminology, c));
        wide(
            "Mode d'administration",
            "mode",
            act.route_detail.clone().or(route),
        );
        wide(
            "À domicile",
            "domicile",
            act.at_home.map(|home| yes_no(home).to_owned()),
        );
        wide(
            "Effets secondaires notables",
            "effets",
            act.side_effects.clone(),
        );
        wide("Poids", "poids", act.weight.as_ref().map(weight_text));
        wide(
            "Tabac",
            "tabac",
            act.tobacco.as_ref().map(|t| tobacco_text(terminology, t)),
        );
        if let Some(date) = act.tobacco.as_ref().and_then(|t| t.date) {
            wide("Date", "tabac-date", Some(date.french().to_string()));
        }
        wide("Commentaire", "commentaire", act.comment.clone());
    }
}

fn or_dash(text: String) -> String {
    if text.is_empty() {
        "-".to_owned()
    } else {
        text
    }
}

/// Name, structure, profession and telephone.
fn performer_text(terminology: &Terminology, p: &Professional) -> String {
    let mut text = p.display();
    if let Some(specialty) = &p.specialty {
        text.push_str(&format!(", {}", PROFESSION.label(terminology, specialty)));
    }
    for telephone in p.telecoms.iter().filter_map(|t| t.uri.strip_prefix("tel:")) {
        text.push_str(&format!(", tél. {telephone}"));
    }
    text
}

fn weight_text(w: &Weight) -> String {
    let value = w.value.map_or_else(
        || "-".to_owned(),
        |v| format!("{v} {}", w.unit.as_deref().unwrap_or("kg")),
    );
    match w.date {
        Some(date) => format!("{value} ({})", date.french()),
        None => value,
    }
}

fn tobacco_text(terminology: &Terminology, t: &Tobacco) -> String {
    match (&t.text, &t.status) {
        (Some(text), _) => text.clone(),
        (None, Some(status)) => TOBACCO.label(terminology, status),
        (None, None) => "-".to_owned(),
    }
}

impl Codec<'_> {
    /// The acts of a list, in order.
    pub(super) fn care_acts(&mut self, list: &'static List, acts: Slot<'_, Vec<CareAct>>) {
        self.list(acts, |s, rank, mut act| {
            let Some(shape) = s.shape_of(list, &act) else {
                return false;
            };
            if let Some(act) = act.given() {
                act.state = Some(if std::ptr::eq(shape, &templates::DONE) {
                    CareState::Done
                } else {
                    CareState::Planned
                });
            }
            let of_list = |tree: &Tree<'_>, act: NodeId| list.matches(tree, act);
            s.statement_where(ENTRY, shape, true, of_list, |s| s.care_act(list, rank, act))
        });
    }

    /// The shape of an act made, or of one intended: that of the act to write,
    /// or of the next one of the list to read.
    fn shape_of(&self, list: &List, act: &CareAct) -> Option<&'static EntryTemplate> {
        let Some((tree, _)) = self.here() else {
            return Some(shape(act.state.is_some_and(CareState::is_event)));
        };
        let is_one = |tree: &Tree<'_>, e: NodeId| {
            tree.elements(e, "procedure").any(|p| list.matches(tree, p))
        };
        let entry = self.child("entry", is_one)?;
        let mood = tree
            .element(entry, "procedure")
            .and_then(|p| tree.peek(p, "moodCode"));
        Some(shape(mood == Some("EVN")))
    }

    fn care_act(&mut self, list: &'static List, i: usize, mut act: Slot<'_, CareAct>) {
        let terminology = self.terminology();
        let id = |part: &str| list.id(part, i);
        self.fixed_code("code", &list.code, |s| {
            let present = act.kind.is_some();
            s.element_if(present, "qualifier", |s| {
                s.code(
                    "value",
                    slot!(act.kind),
                    list.types(),
                    NullFlavorPolicy::Omit,
                );
            });
        });
        let label = act.kind.as_ref();
        let label = label.map(|c| list.types().label(terminology, c));
        self.words("text", &id(""), slot!(act.detail), label);
        self.care_state(slot!(act.state));
        self.period(
            "effectiveTime",
            slot!(act.confirmed),
            NullFlavorPolicy::Flavor("UNK"),
        );
        self.each("performer", slot!(act.performers), |s, p| {
            s.ignore(&["typeCode"]);
            s.assigned_entity(p);
        });
        let present = !act.planned.is_empty();
        self.statement(COMP_FALSE, &templates::PLANNED_DATES, present, |s| {
            s.pointer(&id("previsions"));
            s.status("completed");
            s.observation_period("effectiveTime", slot!(act.planned));
            s.value_code(
                local(&mut None),
                Binding::System(TA_ASIP),
                NullFlavorPolicy::Flavor("NA"),
            );
        });
        self.rhythm(&id("rythme"), act.by());
        let present = act.route.is_some() || act.route_detail.is_some();
        self.statement(COMP_FALSE, &templates::ROUTE, present, |s| {
            s.reference("text", &id("mode"), slot!(act.route_detail));
            s.status("completed");
            s.untimed("NA", None);
            s.value_code(slot!(act.route), ROUTE, NullFlavorPolicy::Flavor("UNK"));
            let label = act.route.as_ref().map(|c| ROUTE.label(terminology, c));
            only_words(slot!(act.route_detail), label);
        });
        let present = act.side_effects.is_some();
        self.statement(COMP_FALSE, &templates::SIDE_EFFECTS, present, |s| {
            s.pointer(&id("effets"));
            s.status("completed");
            s.untimed("NA", None);
            s.value_text(&id("effets"), slot!(act.side_effects));
        });
        self.comment(SUBJ_TRUE, &id("commentaire"), slot!(act.comment));
        self.measures_of_care(&id, act);
    }

    /// `statusCode`: with the mood, the state of the act.
    fn care_state(&mut self, state: Slot<'_, Option<CareState>>) {
        let event = state.is_some_and(CareState::is_event);
        self.element("statusCode", |s| {
            s.through(
                state,
                |state| state.unwrap_or(CareState::Planned).code().to_owned(),
                |state, read| *state = CareState::from_codes(event, &read),
                |s, code| s.attr("code", code),
            );
        });
    }

    /// Words at an ID; none when they are but the label of the code, or were
    /// already read (the official samples point twice to the same words).
    fn words(
        &mut self,
        name: &'static str,
        id: &str,
        mut words: Slot<'_, Option<String>>,
        label: Option<String>,
    ) {
        if self.is_writing() {
            self.reference(name, id, words);
            return;
        }
        let Some(target) = self.pointer(id) else {
            return;
        };
        let Some((tree, _)) = self.here() else { return };
        if narrative::find(tree, &target).is_some_and(|node| !tree.is_seen(node)) {
            words.set(unless_label(self.narrative_at(&target), label));
        }
    }

    /// Rhythm, and whether at home.
    fn rhythm(&mut self, id: &str, mut act: Slot<'_, CareAct>) {
        let present = act.rhythm.is_some() || act.at_home.is_some();
        self.statement(COMP_FALSE, &templates::RHYTHM, present, |s| {
            let target = s.reference("text", id, slot!(act.rhythm));
            // the official samples once point to the cell of the place, beside that of the rhythm
            if let Some(target) = target.filter(|t| narrative::words(t).any(|w| w == "domicile")) {
                let place = s
                    .here()
                    .and_then(|(tree, _)| tree.parent(narrative::find(tree, &target)?));
                let cells = s.row_of(&target);
                if let Some(rank) = cells
                    .iter()
                    .position(|&c| Some(c) == place)
                    .filter(|&rank| rank > 0)
                {
                    slot!(act.rhythm).set(s.cell_text(cells[rank - 1]));
                }
            }
            dash(slot!(act.rhythm));
            s.status("completed");
            s.untimed("NA", None);
            s.value_bool(slot!(act.at_home), NullFlavorPolicy::Flavor("UNK"));
        });
    }

    /// Weight and tobacco.
    fn measures_of_care(&mut self, id: &dyn Fn(&str) -> String, mut act: Slot<'_, CareAct>) {
        self.statement_option(
            RSON_FALSE,
            &templates::WEIGHT,
            slot!(act.weight),
            |s, mut weight| {
                s.pointer(&id("poids"));
                s.status("completed");
                s.time(
                    "effectiveTime",
                    slot!(weight.date),
                    NullFlavorPolicy::Flavor("UNK"),
                );
                let (value, unit) = slots!(weight.value, weight.unit);
                s.value_quantity(value, unit, "kg");
            },
        );
        let terminology = self.terminology();
        self.statement_option(
            RSON_FALSE,
            &templates::TOBACCO,
            slot!(act.tobacco),
            |s, mut tobacco| {
                s.reference("text", &id("tabac"), slot!(tobacco.text));
                s.status("completed");
                s.time(
                    "effectiveTime",
                    slot!(tobacco.date),
                    NullFlavorPolicy::Flavor("UNK"),
                );
                s.value_code(
                    slot!(tobacco.status),
                    TOBACCO,
                    NullFlavorPolicy::Flavor("NA"),
                );
                let status = tobacco.status.as_ref();
                let label = status.map(|c: &Code| TOBACCO.label(terminology, c));
                only_words(slot!(tobacco.text), label);
            },
        );
    }
}

/// The shape of an act made, or of one intended.
fn shape(made: bool) -> &'static EntryTemplate {
    if made {
        &templates::DONE
    } else {
        &templates::INTENDED
    }
}

/// Words that say more than the label of the code.
fn unless_label(words: Option<String>, label: Option<String>) -> Option<String> {
    words.filter(|w| w != "-" && label.is_none_or(|label| !narrative::same_words(w, &label)))
}

/// As [`unless_label`], of words that a reader found.
fn only_words(mut words: Slot<'_, Option<String>>, label: Option<String>) {
    if let Some(words) = words.given() {
        *words = unless_label(words.take(), label);
    }
}
