//! Sequences: all items of an expression, one by one or collected.

use std::rc::Rc;

use crate::text::Text;
use crate::xpath::{Axis, Expr, Func, Id, Order, Range};

use super::fail::{NOT_A_NODE, R, WRONG_TYPE, fail};
use super::machine::Eval;
use super::value::{Focus, Item};

/// What takes the items of a sequence; returns `true` when it wants no more.
pub(super) type Sink<'s, 'a> = dyn FnMut(&mut Eval<'a>, Item<'a>) -> R<bool> + 's;

impl<'a> Eval<'a> {
    /// Calls `out` with each item, in order, until it returns `true`.
    pub(super) fn each(&mut self, id: Id, f: Focus<'a>, out: &mut Sink<'_, 'a>) -> R<bool> {
        self.deeper()?;
        let outcome = self.each_of(id, f, out);
        self.shallower();
        outcome
    }

    fn each_of(&mut self, id: Id, f: Focus<'a>, out: &mut Sink<'_, 'a>) -> R<bool> {
        let pool = self.given.pool;
        match self.expr(id) {
            Expr::Str(text) => out(self, Item::Str(Text::Borrowed(pool.str(text)))),
            Expr::Int(n) => out(self, Item::Int(n)),
            Expr::List(ids) => {
                for &id in pool.list(ids) {
                    if self.each(id, f, out)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::Context => {
                let item = self.context(f);
                out(self, item)
            }
            Expr::Root => {
                let root = self.root(f);
                out(self, Item::Node(root))
            }
            Expr::Attr(name) => match f.attribute(name) {
                _ if f.is_atom() => fail(NOT_A_NODE, "an attribute of a value"),
                Some(attribute) => out(self, Item::Node(attribute)),
                None => Ok(false),
            },
            Expr::Child(_) => {
                let mut nodes = Vec::new();
                self.children(id, f, &mut nodes)?;
                for node in nodes {
                    if out(self, Item::Node(node))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::Path(order, start, steps) => self.each_of_path(order, start, steps, f, out),
            Expr::Filter(base, predicates) => {
                let mut items = Vec::new();
                self.collect(base, f, &mut items)?;
                let predicates = pool.list(predicates);
                let mut counts = vec![0; predicates.len()];
                for item in items {
                    let kept = self.with_context(&item, f, |ev, focus| {
                        ev.keeps(focus, predicates, &mut counts)
                    })?;
                    if kept && out(self, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::Let(slot) => {
                let value = self.let_value(slot)?;
                self.give(value.items(), out)
            }
            Expr::Global(slot) => {
                let value = self.global_value(slot)?;
                self.give(value.items(), out)
            }
            Expr::Local(at) => {
                let value = self.local_value(at);
                self.give(value.items(), out)
            }
            Expr::If(test, yes, no) => {
                let branch = if self.boolean(test, f)? { yes } else { no };
                self.each(branch, f, out)
            }
            Expr::For(sequence, body) => {
                let mut items = Vec::new();
                self.collect(sequence, f, &mut items)?;
                for item in items {
                    if self.with_local(item, |ev| ev.each(body, f, out))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::Union(ids) => {
                let mut nodes = Vec::new();
                for &id in pool.list(ids) {
                    self.nodes(id, f, &mut nodes)?;
                }
                in_order(&mut nodes);
                self.give_nodes(nodes, out)
            }
            Expr::Except(left, right) => {
                let (mut nodes, mut without) = (Vec::new(), Vec::new());
                self.nodes(left, f, &mut nodes)?;
                if nodes.is_empty() {
                    return Ok(false);
                }
                self.nodes(right, f, &mut without)?;
                in_order(&mut without);
                nodes.retain(|n| without.binary_search_by_key(&n.key(), |w| w.key()).is_err());
                in_order(&mut nodes);
                self.give_nodes(nodes, out)
            }
            Expr::Doc(document) => {
                let root = self.document(document)?;
                out(self, Item::Node(root))
            }
            Expr::Tokenize(text, pattern) => self.tokenize(text, pattern, f, out),
            Expr::Replace(..) => {
                let text = self.string_of(id, f)?;
                out(self, Item::Str(text))
            }
            Expr::Plus(a, b) | Expr::Times(a, b) => {
                let times = matches!(self.expr(id), Expr::Times(..));
                match self.arithmetic(times, a, b, f)? {
                    Some(number) => out(self, number),
                    None => Ok(false),
                }
            }
            Expr::ValueCompare(op, a, b) => match self.value_compare(op, a, b, f)? {
                Some(holds) => out(self, Item::Bool(holds)),
                None => Ok(false),
            },
            Expr::Call(func, args) => self.each_of_call(func, args, id, f, out),
            _ => {
                let holds = self.boolean(id, f)?;
                out(self, Item::Bool(holds))
            }
        }
    }

    fn give(&mut self, items: &[Item<'a>], out: &mut Sink<'_, 'a>) -> R<bool> {
        for item in items {
            if out(self, item.clone())? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn give_nodes(&mut self, nodes: Vec<Focus<'a>>, out: &mut Sink<'_, 'a>) -> R<bool> {
        for node in nodes {
            if out(self, Item::Node(node))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn each_of_path(
        &mut self,
        order: Order,
        start: Id,
        steps: Range,
        f: Focus<'a>,
        out: &mut Sink<'_, 'a>,
    ) -> R<bool> {
        let steps = self.given.pool.steps(steps);
        match steps.split_last() {
            Some((last, before)) if last.axis == Axis::Expression => {
                let body = self.given.pool.list(last.predicates)[0];
                let mut nodes = Vec::new();
                self.walk_from(start, before, f, &mut |_, n| {
                    nodes.push(n);
                    Ok(false)
                })?;
                in_order(&mut nodes);
                let mut items = Vec::new();
                for node in nodes {
                    self.collect(body, node, &mut items)?;
                }
                // a path that ends in nodes gives them in document order
                let all: Option<Vec<Focus<'a>>> = items.iter().map(as_node).collect();
                if let Some(mut nodes) = all {
                    in_order(&mut nodes);
                    return self.give_nodes(nodes, out);
                }
                for item in items {
                    if out(self, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ if order == Order::Kept => {
                self.walk_from(start, steps, f, &mut |ev, n| out(ev, Item::Node(n)))
            }
            _ => {
                let mut nodes = Vec::new();
                self.walk_from(start, steps, f, &mut |_, n| {
                    nodes.push(n);
                    Ok(false)
                })?;
                in_order(&mut nodes);
                self.give_nodes(nodes, out)
            }
        }
    }

    /// Walks from each node of `start`.
    pub(super) fn walk_from<F>(
        &mut self,
        start: Id,
        steps: &'a [crate::xpath::Step],
        f: Focus<'a>,
        out: &mut F,
    ) -> R<bool>
    where
        F: FnMut(&mut Self, Focus<'a>) -> R<bool>,
    {
        match self.expr(start) {
            Expr::Context if !f.is_atom() => self.walk(f, steps, out),
            Expr::Root if !f.is_atom() => {
                let root = self.root(f);
                self.walk(root, steps, out)
            }
            _ => {
                let mut nodes = Vec::new();
                self.nodes(start, f, &mut nodes)?;
                for node in nodes {
                    if self.walk(node, steps, out)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    fn children(&mut self, id: Id, f: Focus<'a>, nodes: &mut Vec<Focus<'a>>) -> R<()> {
        let Expr::Child(name) = self.expr(id) else {
            return Ok(());
        };
        if f.is_atom() {
            return fail(NOT_A_NODE, "a child of a value");
        }
        if !self.has_child(f, name)? {
            return Ok(());
        }
        let name = f.view.map.names[name as usize];
        let end = f.view.doc.node(f.n).end;
        let mut c = f.n + 1;
        while c < end {
            let child = f.view.doc.node(c);
            if child.name == name {
                nodes.push(f.at(c));
            }
            self.tick(1)?;
            c = child.end;
        }
        Ok(())
    }

    /// All nodes of an expression; anything else is an error.
    pub(super) fn nodes(&mut self, id: Id, f: Focus<'a>, nodes: &mut Vec<Focus<'a>>) -> R<()> {
        self.each(id, f, &mut |_, item| match item {
            Item::Node(node) => {
                nodes.push(node);
                Ok(false)
            }
            _ => fail(WRONG_TYPE, "a value where nodes are expected"),
        })
        .map(|_| ())
    }

    pub(super) fn collect(&mut self, id: Id, f: Focus<'a>, items: &mut Vec<Item<'a>>) -> R<()> {
        // the usual single attribute without the call through a sink
        if let (Expr::Attr(name), false) = (self.expr(id), f.is_atom()) {
            items.extend(f.attribute(name).map(Item::Node));
            return Ok(());
        }
        self.each(id, f, &mut |_, item| {
            items.push(item);
            Ok(false)
        })
        .map(|_| ())
    }

    /// The typed values of all items.
    pub(crate) fn atoms(&mut self, id: Id, f: Focus<'a>) -> R<Vec<Item<'a>>> {
        let mut items = Vec::new();
        self.collect(id, f, &mut items)?;
        Ok(items.into_iter().map(Item::atom).collect())
    }

    /// Number of items, counted up to `cap`.
    pub(super) fn count(&mut self, id: Id, f: Focus<'a>, cap: usize) -> R<usize> {
        let pool = self.given.pool;
        let mut count = 0;
        match self.expr(id) {
            Expr::Attr(name) if !f.is_atom() => Ok(usize::from(f.attribute(name).is_some())),
            Expr::Child(name) if !f.is_atom() => {
                if !self.has_child(f, name)? {
                    return Ok(0);
                }
                let mut nodes = Vec::new();
                self.children(id, f, &mut nodes)?;
                Ok(nodes.len())
            }
            Expr::Path(Order::Kept | Order::Lost, start, steps)
                if pool
                    .steps(steps)
                    .last()
                    .is_some_and(|s| s.axis != Axis::Expression) =>
            {
                self.walk_from(start, pool.steps(steps), f, &mut |_, _| {
                    count += 1;
                    Ok(count >= cap)
                })?;
                Ok(count)
            }
            Expr::Let(slot) => Ok(self.let_value(slot)?.items().len()),
            _ => {
                self.each(id, f, &mut |_, _| {
                    count += 1;
                    Ok(count >= cap)
                })?;
                Ok(count)
            }
        }
    }

    /// The single item of an expression, if it has one; several are an error.
    pub(super) fn single(&mut self, id: Id, f: Focus<'a>) -> R<Option<Item<'a>>> {
        let mut found = None;
        let more = self.each(id, f, &mut |_, item| {
            let more = found.is_some();
            if !more {
                found = Some(item);
            }
            Ok(more)
        })?;
        if more {
            return fail(WRONG_TYPE, "several values where one is expected");
        }
        Ok(found)
    }

    fn each_of_call(
        &mut self,
        func: Func,
        args: Range,
        id: Id,
        f: Focus<'a>,
        out: &mut Sink<'_, 'a>,
    ) -> R<bool> {
        let args = self.given.pool.list(args);
        let item = match func {
            Func::Count => Some(Item::Int(self.count(args[0], f, usize::MAX)? as i64)),
            Func::StringLength => Some(Item::Int(self.string_length(args, f)? as i64)),
            Func::Number => Some(Item::Double(self.number(args[0], f)?)),
            Func::Empty | Func::Exists | Func::StartsWith | Func::Contains => {
                Some(Item::Bool(self.boolean(id, f)?))
            }
            Func::QName => Some(self.qname(args, f)?),
            Func::ResolveQName => self.resolve_qname(args, f)?,
            Func::NamespaceUriFromQName => self.part_of_qname(args[0], f, |q| &q.space)?,
            Func::LocalNameFromQName => self.part_of_qname(args[0], f, |q| &q.local)?,
            Func::DateTime => self.date_time(args[0], f)?.map(Rc::new).map(Item::DateTime),
            Func::DistinctValues => return self.distinct_values(args[0], f, out),
            _ => Some(Item::Str(self.string_of(id, f)?)),
        };
        match item {
            Some(item) => out(self, item),
            None => Ok(false),
        }
    }
}

fn as_node<'a>(item: &Item<'a>) -> Option<Focus<'a>> {
    match item {
        Item::Node(node) => Some(*node),
        _ => None,
    }
}

/// Document order, each node once.
pub(super) fn in_order(nodes: &mut Vec<Focus<'_>>) {
    if nodes.len() > 1 {
        nodes.sort_unstable_by_key(|n| n.key());
        nodes.dedup_by_key(|n| n.key());
    }
}
