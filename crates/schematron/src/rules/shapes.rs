//! Expressions that have a faster form: look-ups in value sets.

use crate::document::Document;
use crate::eval::{Eval, Foreign, Given, Item, State, View};
use crate::limits::Limits;
use crate::names::NameMap;
use crate::sets::StringSet;
use crate::xpath::{Axis, Expr, Id, Op, Pool, Range, Step};

use super::schema::Schema;

/// Whether an expression has the same value everywhere: a literal, or read from documents beside the rule file.
pub(super) fn is_constant(pool: &Pool, id: Id) -> bool {
    match pool.expr(id) {
        Expr::Str(_) => true,
        _ => reads_documents(pool, id) && closed(pool, id, false),
    }
}

/// Whether an expression is made of paths in documents beside the rule file.
fn reads_documents(pool: &Pool, id: Id) -> bool {
    match pool.expr(id) {
        Expr::Doc(_) => true,
        Expr::Path(_, start, _) => reads_documents(pool, start),
        Expr::List(ids) => {
            let ids = pool.list(ids);
            !ids.is_empty() && ids.iter().all(|&i| reads_documents(pool, i))
        }
        _ => false,
    }
}

/// Whether an expression uses no variable and, unless `inside` a document beside the rule file, no context.
fn closed(pool: &Pool, id: Id, inside: bool) -> bool {
    match pool.expr(id) {
        Expr::Let(_) | Expr::Global(_) | Expr::Local(_) => false,
        Expr::Context | Expr::Root | Expr::Attr(_) | Expr::Child(_) => inside,
        Expr::Path(_, start, steps) => {
            let inside = inside || reads_documents(pool, start);
            let predicates = |s: &Step| {
                let all = pool.list(s.predicates);
                all.iter().all(|&p| closed(pool, p, inside))
            };
            closed(pool, start, inside) && pool.steps(steps).iter().all(predicates)
        }
        // these see the context without naming it
        Expr::Call(_, args) if args.len == 0 && !inside => false,
        Expr::EveryWith(..) => false,
        _ => {
            let mut all = true;
            pool.operands(id, &mut |o| all &= closed(pool, o, inside));
            all
        }
    }
}

/// Puts sets in the place of look-ups, and forgets the documents that are then of no more use.
pub(super) fn recognise(schema: &mut Schema, limits: &Limits) {
    let mut changes: Vec<(usize, Expr)> = Vec::new();
    let mut sets: Vec<StringSet> = Vec::new();
    let mut pairs_known: Vec<((Id, Step), u32)> = Vec::new();
    let mut strings_known: Vec<(Id, u32)> = Vec::new();
    {
        let names = &schema.pool.names;
        let foreign: Vec<Foreign<'_>> = (schema.documents.iter().enumerate())
            .map(|(i, d)| d.foreign(i as u32, names))
            .collect();
        let Ok(empty) = Document::parse(b"<x/>", limits) else {
            return;
        };
        let map: NameMap = names.map_to(empty.names());
        let main = View {
            doc: &empty,
            map: &map,
            index: 0,
        };
        let given = Given {
            pool: &schema.pool,
            sets: &[],
            documents: &foreign,
            globals: &[],
            exact: false,
        };
        let mut eval = Eval::new(given, &main, limits);
        for (at, &expr) in schema.pool.exprs.iter().enumerate() {
            match expr {
                Expr::Compare(Op::Eq, left, right) => {
                    let pool = &schema.pool;
                    let (value, read) = if is_document_constant(pool, right) {
                        (left, right)
                    } else if is_document_constant(pool, left) {
                        (right, left)
                    } else {
                        continue;
                    };
                    let known = strings_known.iter().find(|k| k.0 == read);
                    let set = match known {
                        Some(&(_, set)) => Some(set),
                        None => strings(&mut eval, pool, read, &foreign).map(|set| {
                            sets.push(set);
                            strings_known.push((read, sets.len() as u32 - 1));
                            sets.len() as u32 - 1
                        }),
                    };
                    changes.extend(set.map(|set| (at, Expr::InSet(value, set))));
                }
                Expr::Path(..) => {
                    let Some(found) = pair_look_up(&schema.pool, expr) else {
                        continue;
                    };
                    let key = (found.document, found.step);
                    let known = pairs_known.iter().find(|k| k.0 == key);
                    let set = match known {
                        Some(&(_, set)) => set,
                        None => {
                            sets.push(pairs(&found, &foreign));
                            pairs_known.push((key, sets.len() as u32 - 1));
                            sets.len() as u32 - 1
                        }
                    };
                    // a path in the place of a test only: its nodes are not wanted
                    changes.push((at, Expr::InPairs(set, found.values.0, found.values.1)));
                }
                _ => {}
            }
        }
    }
    let only_tested = tested_paths(schema);
    for (at, expr) in changes {
        if matches!(expr, Expr::InPairs(..)) && !only_tested[at] {
            continue;
        }
        schema.pool.exprs[at] = expr;
    }
    schema.sets = sets;
    forget_documents(schema);
}

fn is_document_constant(pool: &Pool, id: Id) -> bool {
    reads_documents(pool, id) && closed(pool, id, false)
}

/// The strings of a constant; `None` when it cannot be evaluated or holds something else.
fn strings<'a>(
    eval: &mut Eval<'a>,
    pool: &Pool,
    id: Id,
    foreign: &[Foreign<'_>],
) -> Option<StringSet> {
    let mut documents = Vec::new();
    documents_of(pool, id, &mut documents);
    let mut set = StringSet::new(documents);
    let readable = |&d: &u32| {
        let state = foreign[d as usize].state;
        matches!(state, State::Found | State::OtherCase)
    };
    if !set.documents.iter().all(readable) {
        // whoever asks gets the error of the document
        return Some(set);
    }
    let focus = eval.enter(0, &[]);
    let items = eval.atoms(id, focus).ok()?;
    for item in items {
        match item {
            Item::Str(text) | Item::Untyped(text) => set.insert(&text, ""),
            _ => return None,
        }
    }
    Some(set)
}

fn documents_of(pool: &Pool, id: Id, out: &mut Vec<u32>) {
    if let Expr::Doc(document) = pool.expr(id)
        && !out.contains(&document)
    {
        out.push(document);
    }
    let mut operands = Vec::new();
    pool.operands(id, &mut |o| operands.push(o));
    for o in operands {
        documents_of(pool, o, out);
    }
}

/// `document(…)//name[@a = x and @b = y]`
struct PairLookUp {
    document: u32,
    /// The step without its predicate.
    step: Step,
    names: (u32, u32),
    values: (Id, Id),
}

fn pair_look_up(pool: &Pool, expr: Expr) -> Option<PairLookUp> {
    let Expr::Path(_, start, steps) = expr else {
        return None;
    };
    let Expr::Doc(document) = pool.expr(start) else {
        return None;
    };
    let &[step] = pool.steps(steps) else {
        return None;
    };
    let &[predicate] = pool.list(step.predicates) else {
        return None;
    };
    let Expr::And(both) = pool.expr(predicate) else {
        return None;
    };
    let &[one, other] = pool.list(both) else {
        return None;
    };
    let equal = |id| match pool.expr(id) {
        Expr::Compare(Op::Eq, a, value) => match pool.expr(a) {
            // the values must not depend on where the look-up stands
            Expr::Attr(name) if is_free(pool, value) => Some((name, value)),
            _ => None,
        },
        _ => None,
    };
    let ((a, x), (b, y)) = (equal(one)?, equal(other)?);
    (step.axis == Axis::Descendant).then_some(PairLookUp {
        document,
        step: Step {
            predicates: Range { at: a, len: b },
            ..step
        },
        names: (a, b),
        values: (x, y),
    })
}

/// Whether a value is a variable or a literal.
fn is_free(pool: &Pool, id: Id) -> bool {
    matches!(
        pool.expr(id),
        Expr::Let(_) | Expr::Global(_) | Expr::Local(_) | Expr::Str(_)
    )
}

fn pairs(found: &PairLookUp, foreign: &[Foreign<'_>]) -> StringSet {
    let mut set = StringSet::new(vec![found.document]);
    let Some(view) = &foreign[found.document as usize].view else {
        return set;
    };
    let name = |n: u32| view.map.names[n as usize];
    let (a, b) = (name(found.names.0), name(found.names.1));
    for n in 1..view.doc.node_count() as u32 {
        if !view.passes(n, found.step.test) {
            continue;
        }
        let value = |name| {
            let attribute = view.doc.attribute_named(n, name);
            attribute.map(|a| view.doc.attr_value(a))
        };
        if let (Some(a), Some(b)) = (value(a), value(b)) {
            set.insert(a, b);
        }
    }
    set
}

/// For each expression, whether it is used as a test and as nothing else.
fn tested_paths(schema: &Schema) -> Vec<bool> {
    let pool = &schema.pool;
    let mut tested = vec![false; pool.exprs.len()];
    let mut valued = vec![false; pool.exprs.len()];
    for test in &schema.tests {
        tested[test.expr as usize] = true;
    }
    for at in 0..pool.exprs.len() {
        let id = at as Id;
        match pool.expr(id) {
            Expr::Or(ids) | Expr::And(ids) => {
                pool.list(ids)
                    .iter()
                    .for_each(|&i| tested[i as usize] = true);
            }
            Expr::Not(a) => tested[a as usize] = true,
            _ => pool.operands(id, &mut |o| valued[o as usize] = true),
        }
    }
    for part in &schema.parts {
        if let super::schema::CompiledPart::Value(id) = part {
            valued[*id as usize] = true;
        }
    }
    for &id in schema.lets.iter().chain(&schema.globals) {
        valued[id as usize] = true;
    }
    (tested.into_iter().zip(valued))
        .map(|(tested, valued)| tested && !valued)
        .collect()
}

/// Drops the content of documents that no expression reads as a tree.
fn forget_documents(schema: &mut Schema) {
    let pool = &schema.pool;
    let mut reached = vec![false; pool.exprs.len()];
    let mut stack: Vec<Id> = schema.tests.iter().map(|t| t.expr).collect();
    stack.extend(schema.lets.iter().chain(&schema.globals));
    stack.extend(schema.parts.iter().filter_map(|p| match p {
        super::schema::CompiledPart::Value(id) => Some(*id),
        super::schema::CompiledPart::Text(_) => None,
    }));
    for node in &schema.trie {
        stack.extend(pool.list(node.predicates));
    }
    let mut read = vec![false; schema.documents.len()];
    while let Some(id) = stack.pop() {
        if std::mem::replace(&mut reached[id as usize], true) {
            continue;
        }
        if let Expr::Doc(document) = pool.expr(id) {
            read[document as usize] = true;
        }
        pool.operands(id, &mut |o| stack.push(o));
    }
    for (document, read) in schema.documents.iter_mut().zip(read) {
        if read {
            document.drop_tree();
        } else {
            document.drop_bytes();
        }
    }
}
