//! An act of the programme or of the supportive care.

use super::super::model::{CareAct, CareState, Tobacco, Weight};
use super::super::templates::{self, List};
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{COMP_FALSE, ENTRY, RSON_FALSE, SUBJ_TRUE};
use crate::cda::narrative::{self, Narrative, Rows, at, dash, yes_no};
use crate::cda::templates::Shape;
use crate::model::{Code, Professional};
use crate::terminology::code_system::TA_ASIP;
use crate::terminology::{Jdv, Terminology};
use crate::xml::{NodeId, Tree};

const ROUTE: Codes = Codes::Set(Jdv::RouteOfAdministration);
const TOBACCO: Codes = Codes::Set(Jdv::StatutTabagique);
const PROFESSION: Codes = Codes::Set(Jdv::J01AuthorSpecialty);
const COLUMNS: usize = 6;

impl List {
    fn id(&self, part: &str, rank: usize) -> String {
        if part.is_empty() {
            at(self.word, rank)
        } else {
            at(&format!("{}-{part}", self.word), rank)
        }
    }

    fn types(&self) -> Codes {
        Codes::Set(self.types)
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
    pub(super) fn care_acts(&mut self, list: &'static List, acts: &mut Vec<CareAct>) {
        if self.is_writing() {
            for (i, act) in acts.iter_mut().enumerate() {
                self.statement(ENTRY, shape_of(act.state), true, |s| {
                    s.care_act(list, i, act)
                });
            }
            return;
        }
        let of_list = |tree: &Tree<'_>, act: NodeId| list.matches(tree, act);
        loop {
            let is_one = |tree: &Tree<'_>, e: NodeId| {
                tree.elements(e, "procedure").any(|p| of_list(tree, p))
            };
            let Some(entry) = self.child("entry", is_one) else {
                break;
            };
            let event = self.here().is_some_and(|(tree, _)| {
                tree.element(entry, "procedure")
                    .is_some_and(|p| tree.peek(p, "moodCode") == Some("EVN"))
            });
            let mut act = CareAct {
                state: Some(if event {
                    CareState::Done
                } else {
                    CareState::Planned
                }),
                ..CareAct::default()
            };
            let rank = acts.len();
            if !self.statement_where(ENTRY, shape_of(act.state), true, of_list, |s| {
                s.care_act(list, rank, &mut act)
            }) {
                break;
            }
            acts.push(act);
        }
    }

    fn care_act(&mut self, list: &'static List, i: usize, act: &mut CareAct) {
        let terminology = self.terminology();
        let id = |part: &str| list.id(part, i);
        self.fixed_code("code", &list.code, |s| {
            let present = act.kind.is_some();
            s.element_if(present, "qualifier", |s| {
                s.code("value", &mut act.kind, list.types(), Null::Omit)
            });
        });
        self.words(
            "text",
            &id(""),
            &mut act.detail,
            act.kind
                .as_ref()
                .map(|c| list.types().label(terminology, c)),
        );
        let event = act.state.is_some_and(CareState::is_event);
        let mut status = act.state.unwrap_or(CareState::Planned).code().to_owned();
        self.element("statusCode", |s| s.attr("code", &mut status));
        if !self.is_writing() {
            act.state = CareState::from_codes(event, &status);
        }
        self.period("effectiveTime", &mut act.confirmed, Null::Flavor("UNK"));
        self.each("performer", &mut act.performers, |s, p| {
            s.ignore(&["typeCode"]);
            s.assigned_entity(p);
        });
        let present = !act.planned.is_empty();
        self.statement(COMP_FALSE, &templates::PLANNED_DATES, present, |s| {
            s.pointer(&id("previsions"));
            s.status("completed");
            s.observation_period("effectiveTime", &mut act.planned);
            s.value_code(&mut None, Codes::System(TA_ASIP), Null::Flavor("NA"));
        });
        self.rhythm(&id("rythme"), act);
        let present = act.route.is_some() || act.route_detail.is_some();
        self.statement(COMP_FALSE, &templates::ROUTE, present, |s| {
            let mut words = act.route_detail.take();
            s.reference("text", &id("mode"), &mut words);
            s.status("completed");
            s.untimed("NA", None);
            s.value_code(&mut act.route, ROUTE, Null::Flavor("UNK"));
            let label = act.route.as_ref().map(|c| ROUTE.label(terminology, c));
            act.route_detail = unless_label(words, label);
        });
        self.statement(
            COMP_FALSE,
            &templates::SIDE_EFFECTS,
            act.side_effects.is_some(),
            |s| {
                s.pointer(&id("effets"));
                s.status("completed");
                s.untimed("NA", None);
                s.value_text(&id("effets"), &mut act.side_effects);
            },
        );
        self.comment(SUBJ_TRUE, &id("commentaire"), &mut act.comment);
        self.measures_of_care(&id, act);
    }

    /// Words at an ID; none when they are but the label of the code, or were
    /// already read (the official samples point twice to the same words).
    fn words(
        &mut self,
        name: &'static str,
        id: &str,
        words: &mut Option<String>,
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
            *words = unless_label(self.narrative_at(&target), label);
        }
    }

    /// Rhythm, and whether at home.
    fn rhythm(&mut self, id: &str, act: &mut CareAct) {
        let present = act.rhythm.is_some() || act.at_home.is_some();
        self.statement(COMP_FALSE, &templates::RHYTHM, present, |s| {
            let target = s.reference("text", id, &mut act.rhythm);
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
                    act.rhythm = s.cell_text(cells[rank - 1]);
                }
            }
            dash(&mut act.rhythm);
            s.status("completed");
            s.untimed("NA", None);
            s.value_bool(&mut act.at_home, Null::Flavor("UNK"));
        });
    }

    /// Weight and tobacco.
    fn measures_of_care(&mut self, id: &dyn Fn(&str) -> String, act: &mut CareAct) {
        let present = act.weight.is_some();
        let mut weight = act.weight.take().unwrap_or_default();
        let found = self.statement(RSON_FALSE, &templates::WEIGHT, present, |s| {
            s.pointer(&id("poids"));
            s.status("completed");
            s.time("effectiveTime", &mut weight.date, Null::Flavor("UNK"));
            s.value_quantity(&mut weight.value, &mut weight.unit, "kg");
        });
        act.weight = found.then_some(weight);
        let terminology = self.terminology();
        let present = act.tobacco.is_some();
        let mut tobacco = act.tobacco.take().unwrap_or_default();
        let found = self.statement(RSON_FALSE, &templates::TOBACCO, present, |s| {
            let mut words = tobacco.text.take();
            s.reference("text", &id("tabac"), &mut words);
            dash(&mut words);
            s.status("completed");
            s.time("effectiveTime", &mut tobacco.date, Null::Flavor("UNK"));
            s.value_code(&mut tobacco.status, TOBACCO, Null::Flavor("NA"));
            tobacco.text = unless_label(
                words,
                tobacco
                    .status
                    .as_ref()
                    .map(|c: &Code| TOBACCO.label(terminology, c)),
            );
        });
        act.tobacco = found.then_some(tobacco);
    }
}

/// The shape of an act made, or of one intended.
fn shape_of(state: Option<CareState>) -> &'static Shape {
    if state.is_some_and(CareState::is_event) {
        &templates::DONE
    } else {
        &templates::INTENDED
    }
}

/// Words that say more than the label of the code.
fn unless_label(words: Option<String>, label: Option<String>) -> Option<String> {
    words.filter(|w| w != "-" && label.is_none_or(|label| !narrative::same_words(w, &label)))
}
