//! Where rules apply: the trie of contexts run over a document.

use crate::document::{ROOT, bit};
use crate::eval::{Eval, Fail, Focus, View};
use crate::names::ABSENT;
use crate::xpath::{Expr, Id, Test};

use super::schema::{Node, Schema, TOP};

/// The nodes that each step of the trie matched.
pub(super) struct Matches {
    /// For each step, a run of `nodes`.
    runs: Vec<(u32, u32)>,
    nodes: Vec<u32>,
}

impl Matches {
    /// Nodes that a context matched, in document order.
    pub(super) fn of(&self, end: u32) -> &[u32] {
        if end == TOP {
            return &[ROOT];
        }
        let (from, to) = self.runs[end as usize];
        &self.nodes[from as usize..to as usize]
    }
}

/// Matches all contexts.
pub(super) fn matches<'a>(
    schema: &'a Schema,
    view: &'a View<'a>,
    eval: &mut Eval<'a>,
) -> Result<Matches, Box<Fail>> {
    let mut out = Matches {
        runs: Vec::with_capacity(schema.trie.len()),
        nodes: Vec::new(),
    };
    let keyed = candidates(schema, view, eval)?;
    for (at, node) in schema.trie.iter().enumerate() {
        let from = out.nodes.len();
        if possible(view, node) {
            step(schema, view, eval, node, at as u32, &keyed, &mut out)?;
            let new = &mut out.nodes[from..];
            if !new.is_sorted() {
                new.sort_unstable();
            }
            dedup_tail(&mut out.nodes, from);
        }
        out.runs.push((from as u32, out.nodes.len() as u32));
    }
    Ok(out)
}

fn dedup_tail(nodes: &mut Vec<u32>, from: usize) {
    let mut kept = from;
    for i in from..nodes.len() {
        if kept == from || nodes[i] != nodes[kept - 1] {
            nodes[kept] = nodes[i];
            kept += 1;
        }
    }
    nodes.truncate(kept);
}

/// Whether the document holds the name that a step asks.
fn possible(view: &View<'_>, node: &Node) -> bool {
    match node.test {
        Test::Name(name) => view.map.names[name as usize] != ABSENT,
        _ => true,
    }
}

/// Pairs of a keyed step and a node that has its key, sorted.
fn candidates<'a>(
    schema: &'a Schema,
    view: &'a View<'a>,
    eval: &mut Eval<'a>,
) -> Result<Vec<(u32, u32)>, Box<Fail>> {
    let mut out = Vec::new();
    for ((child, attribute), keyed) in &schema.keys {
        let child = view.map.names[*child as usize];
        let attribute = view.map.names[*attribute as usize];
        if child == ABSENT || attribute == ABSENT {
            continue;
        }
        for &n in view.doc.elements_named(child) {
            eval.tick(1)?;
            let Some(a) = view.doc.attribute_named(n, attribute) else {
                continue;
            };
            let text = schema.pool.strings.find(view.doc.attr_value(a));
            let steps = text.and_then(|t| keyed.get(&t));
            let Some(parent) = view.doc.parent(n).filter(|&p| p != ROOT) else {
                continue;
            };
            out.extend(steps.into_iter().flatten().map(|&step| (step, parent)));
        }
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

fn step<'a>(
    schema: &'a Schema,
    view: &'a View<'a>,
    eval: &mut Eval<'a>,
    node: &'a Node,
    at: u32,
    keyed: &[(u32, u32)],
    out: &mut Matches,
) -> Result<(), Box<Fail>> {
    let predicates = schema.pool.list(node.predicates);
    let mut counts = Vec::new();
    let positional = predicates
        .iter()
        .any(|&p| matches!(schema.pool.expr(p), Expr::Int(_)));
    if node.key.is_some() && !positional {
        let first = keyed.partition_point(|k| k.0 < at);
        for &(_, n) in keyed[first..].iter().take_while(|k| k.0 == at) {
            if view.passes(n, node.test) && holds(eval, view, n, predicates)? {
                out.nodes.push(n);
            }
        }
        return Ok(());
    }
    let parents: std::ops::Range<usize> = if node.parent == TOP {
        0..1
    } else {
        let (from, to) = out.runs[node.parent as usize];
        from as usize..to as usize
    };
    for i in parents {
        let parent = if node.parent == TOP {
            ROOT
        } else {
            out.nodes[i]
        };
        if positional {
            // positions count among the children of one parent
            let all = view.doc.node(parent).end;
            let last = if node.below { all } else { parent + 1 };
            for p in parent..last {
                counts.clear();
                counts.resize(predicates.len(), 0);
                children(view, eval, p, node.test, &mut |eval, n| {
                    if keeps(schema, eval, view, n, predicates, &mut counts)? {
                        out.nodes.push(n);
                    }
                    Ok(())
                })?;
            }
        } else if node.below {
            below(view, eval, parent, node.test, &mut |eval, n| {
                if holds(eval, view, n, predicates)? {
                    out.nodes.push(n);
                }
                Ok(())
            })?;
        } else {
            children(view, eval, parent, node.test, &mut |eval, n| {
                if holds(eval, view, n, predicates)? {
                    out.nodes.push(n);
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

type Found<'f, 'a> = dyn FnMut(&mut Eval<'a>, u32) -> Result<(), Box<Fail>> + 'f;

fn children<'a>(
    view: &View<'a>,
    eval: &mut Eval<'a>,
    parent: u32,
    test: Test,
    found: &mut Found<'_, 'a>,
) -> Result<(), Box<Fail>> {
    let node = view.doc.node(parent);
    if let Test::Name(name) = test
        && node.child_mask & bit(view.map.names[name as usize]) == 0
    {
        return Ok(());
    }
    let mut c = parent + 1;
    while c < node.end {
        eval.tick(1)?;
        if view.passes(c, test) {
            found(eval, c)?;
        }
        c = view.doc.node(c).end;
    }
    Ok(())
}

fn below<'a>(
    view: &View<'a>,
    eval: &mut Eval<'a>,
    parent: u32,
    test: Test,
    found: &mut Found<'_, 'a>,
) -> Result<(), Box<Fail>> {
    let end = view.doc.node(parent).end;
    if let Test::Name(name) = test {
        let all = view.doc.elements_named(view.map.names[name as usize]);
        let first = all.partition_point(|&n| n <= parent);
        for &n in all[first..].iter().take_while(|&&n| n < end) {
            eval.tick(1)?;
            found(eval, n)?;
        }
        return Ok(());
    }
    for n in parent + 1..end {
        eval.tick(1)?;
        if view.passes(n, test) {
            found(eval, n)?;
        }
    }
    Ok(())
}

/// Whether all predicates hold; an error in one means that the context does not match (XSLT 2.0, 5.5.3).
fn holds<'a>(
    eval: &mut Eval<'a>,
    view: &'a View<'a>,
    n: u32,
    predicates: &[Id],
) -> Result<bool, Box<Fail>> {
    for &p in predicates {
        if !no_error(eval.boolean(p, Focus { view, n }))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn keeps<'a>(
    schema: &Schema,
    eval: &mut Eval<'a>,
    view: &'a View<'a>,
    n: u32,
    predicates: &[Id],
    counts: &mut [i64],
) -> Result<bool, Box<Fail>> {
    for (&p, count) in predicates.iter().zip(counts) {
        *count += 1;
        let kept = match schema.pool.expr(p) {
            Expr::Int(position) => *count == position,
            _ => no_error(eval.boolean(p, Focus { view, n }))?,
        };
        if !kept {
            return Ok(false);
        }
    }
    Ok(true)
}

fn no_error(outcome: Result<bool, Box<Fail>>) -> Result<bool, Box<Fail>> {
    match outcome {
        Err(e) if e.is_limit() => Err(e),
        Err(_) => Ok(false),
        holds => holds,
    }
}
