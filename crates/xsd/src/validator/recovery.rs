//! Where to go on after an element that is not expected, so that one fault
//! does not hide the others.

use std::collections::{HashMap, VecDeque};

use crate::model::{ComplexId, Content, ElementId};
use crate::name::NameId;

/// Answers already found; their number is bounded by the schema.
#[derive(Default)]
pub(super) struct Recovery {
    known: HashMap<(ComplexId, u32, NameId), Option<(u32, ElementId)>>,
}

impl Recovery {
    /// The state to go on from, and the declaration to use, for an element
    /// that `state` does not expect. Elements that may come later are taken
    /// as if what stands before them were not missing; others leave the state
    /// as it is. Also the number of transitions looked at.
    pub(super) fn resume(
        &mut self,
        id: ComplexId,
        content: &Content,
        state: u32,
        name: NameId,
    ) -> (Option<(u32, ElementId)>, u64) {
        if name == NameId::UNKNOWN {
            return (None, 0);
        }
        if let Some(known) = self.known.get(&(id, state, name)) {
            return (*known, 1);
        }
        let mut work = 0;
        let mut seen = vec![false; content.states.len()];
        let mut todo = VecDeque::from([state]);
        seen[state as usize] = true;
        let mut found = None;
        while let Some(at) = todo.pop_front() {
            let next = content.next(at);
            work += next.len() as u64 + 1;
            if let Some(transition) = next.iter().find(|t| t.name == name) {
                found = Some((transition.next, transition.element));
                break;
            }
            let wild = content.wildcards(at).iter().map(|w| w.1);
            for to in next.iter().map(|t| t.next).chain(wild) {
                if !std::mem::replace(&mut seen[to as usize], true) {
                    todo.push_back(to);
                }
            }
        }
        if found.is_none() {
            work += content.transitions.len() as u64;
            found = content
                .transitions
                .iter()
                .find(|t| t.name == name)
                .map(|t| (state, t.element));
        }
        self.known.insert((id, state, name), found);
        (found, work)
    }
}
