//! Abstract patterns, `extends` and phases.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::fault::{Fault, FaultKind};
use super::ir::{Item, Let, Part, Pattern, Place, Rule, Rules, Test};

/// Greatest number of tests of one rule set once expanded.
const MAX_TESTS: usize = 2_000_000;

/// Greatest length of an attribute once parameters are put in; the rest is left as it is.
const MAX_TEXT: usize = 1 << 20;

/// Turns the rules into those that run: patterns of the default phase, without anything abstract.
pub(super) fn expand(rules: &mut Rules, faults: &mut Vec<Fault>) {
    let files = rules.files.clone();
    let mut fault = |kind, place: Place, found: &str| {
        faults.push(Fault {
            kind,
            file: files.get(place.file as usize).cloned().unwrap_or_default(),
            line: place.line,
            found: found.to_owned(),
        });
    };
    let patterns = std::mem::take(&mut rules.patterns);
    let mut models: BTreeMap<String, Pattern> = BTreeMap::new();
    for p in patterns.iter().filter(|p| p.is_abstract) {
        models.insert(p.id.clone().unwrap_or_default(), p.clone());
    }
    for p in patterns {
        match (&p.is_a, p.is_abstract) {
            (Some(model), _) => match models.get(model) {
                Some(model) => rules.patterns.push(instance(model, &p)),
                None => fault(FaultKind::Reference, p.place, model),
            },
            (None, true) => {}
            (None, false) => rules.patterns.push(p),
        }
    }
    let mut bodies: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for r in rules.patterns.iter().flat_map(|p| &p.rules) {
        if let (true, Some(id)) = (r.is_abstract, &r.id) {
            bodies.insert(id.clone(), r.items.clone());
        }
    }
    let mut tests = 0;
    for p in &mut rules.patterns {
        p.rules.retain(|r| !r.is_abstract);
        for r in &mut p.rules {
            let mut items = Vec::new();
            let mut within = Vec::new();
            let left = &mut tests;
            extend(&r.items, &bodies, &mut within, &mut items, left, &mut fault);
            if tests > MAX_TESTS {
                return fault(FaultKind::Limit, r.place, "too many tests");
            }
            r.items = items;
        }
    }
    let active = rules.default_phase.as_deref().filter(|p| *p != "#ALL");
    let phase = active.and_then(|id| rules.phases.iter().find(|p| p.0 == id));
    if let Some((_, active)) = phase {
        rules
            .patterns
            .retain(|p| p.id.as_ref().is_none_or(|id| active.contains(id)));
    }
}

/// The items of a rule, each `extends` replaced by the items of the rule that it names, at any depth.
fn extend(
    items: &[Item],
    bodies: &BTreeMap<String, Vec<Item>>,
    within: &mut Vec<String>,
    out: &mut Vec<Item>,
    steps: &mut usize,
    fault: &mut dyn FnMut(FaultKind, Place, &str),
) {
    for item in items {
        *steps += 1;
        if *steps > MAX_TESTS {
            return;
        }
        let Item::Extends(rule, place) = item else {
            out.push(item.clone());
            continue;
        };
        match bodies.get(rule) {
            None => fault(FaultKind::Reference, *place, rule),
            Some(_) if within.contains(rule) => {}
            Some(body) => {
                within.push(rule.clone());
                extend(body, bodies, within, out, steps, fault);
                within.pop();
            }
        }
    }
}

/// A pattern made from an abstract one: parameters are replaced as text, the longest name first.
fn instance(model: &Pattern, p: &Pattern) -> Pattern {
    let mut params = p.params.clone();
    params.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    let with = |text: &str| {
        let mut out = text.to_owned();
        if out.contains('$') {
            for (name, value) in &params {
                if out.len() <= MAX_TEXT {
                    out = out.replace(&format!("${name}"), value);
                }
            }
        }
        out
    };
    let variable = |l: &Rc<Let>| {
        Rc::new(Let {
            name: with(&l.name),
            value: with(&l.value),
            place: l.place,
        })
    };
    let test = |t: &Test| Test {
        report: t.report,
        test: with(&t.test),
        role: t.role.as_deref().map(with),
        parts: (t.parts.iter())
            .map(|part| match part {
                Part::Text(text) => Part::Text(text.clone()),
                Part::Value(select, place) => Part::Value(with(select), *place),
            })
            .collect(),
        place: t.place,
    };
    let rule = |r: &Rule| Rule {
        id: r.id.as_deref().map(with),
        is_abstract: r.is_abstract,
        context: r.context.as_deref().map(with),
        role: r.role.as_deref().map(with),
        items: (r.items.iter())
            .map(|item| match item {
                Item::Let(l) => Item::Let(variable(l)),
                Item::Test(t) => Item::Test(Rc::new(test(t))),
                Item::Extends(rule, place) => Item::Extends(with(rule), *place),
            })
            .collect(),
        place: r.place,
    };
    Pattern {
        id: Some(p.id.clone().unwrap_or_default()),
        is_abstract: false,
        is_a: None,
        params: Vec::new(),
        lets: model.lets.iter().map(variable).collect(),
        rules: model.rules.iter().map(rule).collect(),
        place: p.place,
    }
}
