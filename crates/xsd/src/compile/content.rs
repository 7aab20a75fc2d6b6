//! Content models (*modèles de contenu*) as deterministic automata.

use std::collections::HashMap;
use std::rc::Rc;

use crate::model::{Content, ElementId, State, Transition, WildcardId};
use crate::name::NameId;

/// Most element positions and states of one model.
const MAX_POSITIONS: usize = 5_000;
/// Most steps from one position to the next.
const MAX_LINKS: usize = 1_000_000;

const TOO_LARGE: &str = "modèle de contenu trop grand";

/// Part of a content model.
#[derive(Clone, Debug)]
pub(super) struct Particle {
    pub(super) min: u32,
    /// `None` for `unbounded`.
    pub(super) max: Option<u32>,
    pub(super) term: Term,
}

#[derive(Clone, Debug)]
pub(super) enum Term {
    /// An element, or one that may stand for it.
    Element(Rc<Vec<(NameId, ElementId)>>),
    Any(WildcardId),
    Sequence(Vec<Rc<Particle>>),
    Choice(Vec<Rc<Particle>>),
}

/// What the automaton must know of elements and wildcards.
pub(super) trait Facts {
    /// True when the two declarations amount to the same.
    fn same(&self, a: ElementId, b: ElementId) -> bool;
    /// True when the wildcard takes elements of this name.
    fn takes(&self, wildcard: WildcardId, name: NameId) -> bool;
    /// Name to show in an error.
    fn shown(&self, name: NameId) -> String;
}

/// Positions of a Glushkov automaton.
#[derive(Default)]
struct Positions {
    terms: Vec<Term>,
    follow: Vec<Vec<u32>>,
    links: usize,
}

struct Span {
    nullable: bool,
    first: Vec<u32>,
    last: Vec<u32>,
}

/// Compiles a model; the error is a text in French.
pub(super) fn compile(particle: &Particle, facts: &dyn Facts) -> Result<Content, String> {
    let mut positions = Positions::default();
    let span = positions.particle(particle)?;
    positions.determinize(span, facts)
}

impl Positions {
    fn particle(&mut self, particle: &Particle) -> Result<Span, String> {
        let mut span = Span {
            nullable: true,
            first: Vec::new(),
            last: Vec::new(),
        };
        if particle.max == Some(0) {
            return Ok(span);
        }
        let fixed = if particle.max.is_none() {
            particle.min.max(1)
        } else {
            particle.min
        };
        let copies = particle.max.unwrap_or(fixed).max(fixed);
        if copies as usize > MAX_POSITIONS {
            return Err(TOO_LARGE.to_owned());
        }
        for copy in 0..copies {
            // parts that hold no element cost time too
            self.links += 1;
            if self.links > MAX_LINKS {
                return Err(TOO_LARGE.to_owned());
            }
            let mut one = self.term(&particle.term)?;
            if particle.max.is_none() && copy + 1 == copies {
                self.link(&one.last.clone(), &one.first.clone())?;
            }
            one.nullable |= copy >= particle.min;
            span = self.chain(span, one)?;
            if self.terms.len() > MAX_POSITIONS {
                return Err(TOO_LARGE.to_owned());
            }
        }
        Ok(span)
    }

    fn term(&mut self, term: &Term) -> Result<Span, String> {
        match term {
            Term::Element(_) | Term::Any(_) => {
                let id = self.terms.len() as u32;
                self.terms.push(term.clone());
                self.follow.push(Vec::new());
                Ok(Span {
                    nullable: false,
                    first: vec![id],
                    last: vec![id],
                })
            }
            Term::Sequence(parts) => {
                let mut span = Span {
                    nullable: true,
                    first: Vec::new(),
                    last: Vec::new(),
                };
                for part in parts {
                    let next = self.particle(part)?;
                    span = self.chain(span, next)?;
                }
                Ok(span)
            }
            Term::Choice(parts) => {
                // a choice of nothing cannot be made: no content follows it
                let mut span = Span {
                    nullable: false,
                    first: Vec::new(),
                    last: Vec::new(),
                };
                for part in parts {
                    let next = self.particle(part)?;
                    span.nullable |= next.nullable;
                    span.first.extend(next.first);
                    span.last.extend(next.last);
                }
                Ok(span)
            }
        }
    }

    fn chain(&mut self, mut left: Span, right: Span) -> Result<Span, String> {
        self.link(&left.last, &right.first)?;
        if left.nullable {
            left.first.extend(&right.first);
        }
        if right.nullable {
            left.last.extend(right.last);
        } else {
            left.last = right.last;
        }
        left.nullable &= right.nullable;
        Ok(left)
    }

    fn link(&mut self, from: &[u32], to: &[u32]) -> Result<(), String> {
        self.links += from.len() * to.len();
        if self.links > MAX_LINKS {
            return Err(TOO_LARGE.to_owned());
        }
        for &position in from {
            self.follow[position as usize].extend(to);
        }
        Ok(())
    }

    fn determinize(mut self, span: Span, facts: &dyn Facts) -> Result<Content, String> {
        for follow in &mut self.follow {
            follow.sort_unstable();
            follow.dedup();
        }
        let mut last = vec![false; self.terms.len()];
        for &position in &span.last {
            last[position as usize] = true;
        }
        let mut content = Content::default();
        // a state is a set of positions just read; the first is the start
        let mut ids: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut order: Vec<Vec<u32>> = vec![Vec::new()];
        let mut done = 0;
        while done < order.len() {
            let mut reached: Vec<u32> = if done == 0 {
                span.first.clone()
            } else {
                order[done]
                    .iter()
                    .flat_map(|&p| self.follow[p as usize].iter().copied())
                    .collect()
            };
            reached.sort_unstable();
            reached.dedup();
            let accept = if done == 0 {
                span.nullable
            } else {
                order[done].iter().any(|&p| last[p as usize])
            };
            let mut by_name: HashMap<NameId, (ElementId, Vec<u32>)> = HashMap::new();
            let mut by_wildcard: Vec<(WildcardId, Vec<u32>)> = Vec::new();
            for &position in &reached {
                match &self.terms[position as usize] {
                    Term::Element(names) => {
                        for &(name, element) in names.iter() {
                            let entry = by_name.entry(name).or_insert((element, Vec::new()));
                            if !facts.same(entry.0, element) {
                                return Err(format!(
                                    "modèle de contenu ambigu : deux types pour « {} »",
                                    facts.shown(name)
                                ));
                            }
                            entry.1.push(position);
                        }
                    }
                    Term::Any(wildcard) => {
                        match by_wildcard.iter_mut().find(|(w, _)| w == wildcard) {
                            Some((_, to)) => to.push(position),
                            None => by_wildcard.push((*wildcard, vec![position])),
                        }
                    }
                    Term::Sequence(_) | Term::Choice(_) => {}
                }
            }
            let mut target = |to: Vec<u32>| -> Result<u32, String> {
                let new = order.len();
                let id = *ids.entry(to.clone()).or_insert(new as u32);
                if id as usize == new {
                    if new >= MAX_POSITIONS {
                        return Err(TOO_LARGE.to_owned());
                    }
                    order.push(to);
                }
                Ok(id)
            };
            let from = content.transitions.len() as u32;
            let mut names: Vec<_> = by_name.into_iter().collect();
            // numbers are given in the order of the schema, whatever the table
            names.sort_unstable_by(|a, b| a.1.1.cmp(&b.1.1).then(a.0.cmp(&b.0)));
            for (name, (element, to)) in names {
                if by_wildcard.iter().any(|(w, _)| facts.takes(*w, name)) {
                    return Err(format!(
                        "modèle de contenu ambigu : « {} » ou xs:any",
                        facts.shown(name)
                    ));
                }
                let next = target(to)?;
                content.transitions.push(Transition {
                    name,
                    next,
                    element,
                });
            }
            let wild_from = content.wildcards.len() as u32;
            for (wildcard, to) in by_wildcard {
                let next = target(to)?;
                content.wildcards.push((wildcard, next));
            }
            content.states.push(State {
                from,
                to: content.transitions.len() as u32,
                wild_from,
                wild_to: content.wildcards.len() as u32,
                accept,
            });
            done += 1;
        }
        Ok(content)
    }
}
