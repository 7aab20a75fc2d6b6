//! A pool as bytes, and back with every number checked.

use crate::codec::{Reader, Writer};
use crate::names::Names;

use super::expr::{Axis, Expr, Func, Id, Op, Order, Range, Step, Test, Type};
use super::pool::Pool;
use super::regex::{Pattern, Replacement};

const OPS: [Op; 6] = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge];
const TYPES: [Type; 3] = [Type::Integer, Type::DateTime, Type::AnyUri];
const ORDERS: [Order; 3] = [Order::Kept, Order::Lost, Order::Doubled];
const AXES: [Axis; 9] = [
    Axis::Child,
    Axis::Attribute,
    Axis::SelfNode,
    Axis::Descendant,
    Axis::DescendantOrSelf,
    Axis::Parent,
    Axis::PrecedingSibling,
    Axis::FollowingSibling,
    Axis::Expression,
];
/// Functions, with the fewest and the most arguments.
const FUNCS: [(Func, u32, u32); 23] = [
    (Func::Concat, 2, u32::MAX),
    (Func::Contains, 2, 2),
    (Func::Count, 1, 1),
    (Func::DistinctValues, 1, 1),
    (Func::Empty, 1, 1),
    (Func::Exists, 1, 1),
    (Func::IriToUri, 1, 1),
    (Func::LocalName, 0, 1),
    (Func::LocalNameFromQName, 1, 1),
    (Func::Name, 0, 1),
    (Func::NamespaceUriFromQName, 1, 1),
    (Func::NormalizeSpace, 0, 1),
    (Func::Number, 1, 1),
    (Func::QName, 2, 2),
    (Func::ResolveQName, 2, 2),
    (Func::StartsWith, 2, 2),
    (Func::String, 0, 1),
    (Func::StringJoin, 2, 2),
    (Func::StringLength, 0, 1),
    (Func::Substring, 2, 3),
    (Func::SubstringAfter, 2, 2),
    (Func::SubstringBefore, 2, 2),
    (Func::DateTime, 1, 1),
];

fn place<T: PartialEq>(all: &[T], one: &T) -> u32 {
    all.iter().position(|x| x == one).unwrap_or_default() as u32
}

fn at<T: Copy>(all: &[T], n: u32) -> Option<T> {
    all.get(n as usize).copied()
}

/// Tag and three numbers.
fn numbers_of(expr: Expr) -> [u32; 4] {
    match expr {
        Expr::Str(a) => [0, a, 0, 0],
        Expr::Int(n) => [1, n as u32, (n >> 32) as u32, 0],
        Expr::List(r) => [2, r.at, r.len, 0],
        Expr::Context => [3, 0, 0, 0],
        Expr::Root => [4, 0, 0, 0],
        Expr::Attr(a) => [5, a, 0, 0],
        Expr::Child(a) => [6, a, 0, 0],
        Expr::Path(order, start, r) => [7 | (place(&ORDERS, &order) << 8), start, r.at, r.len],
        Expr::Filter(a, r) => [8, a, r.at, r.len],
        Expr::Let(a) => [9, a, 0, 0],
        Expr::Global(a) => [10, a, 0, 0],
        Expr::Local(a) => [11, a, 0, 0],
        Expr::Or(r) => [12, r.at, r.len, 0],
        Expr::And(r) => [13, r.at, r.len, 0],
        Expr::Not(a) => [14, a, 0, 0],
        Expr::Compare(op, a, b) => [15, place(&OPS, &op), a, b],
        Expr::ValueCompare(op, a, b) => [16, place(&OPS, &op), a, b],
        Expr::CountIs(op, a, n) => [17, place(&OPS, &op), a, n],
        Expr::Plus(a, b) => [18, a, b, 0],
        Expr::Times(a, b) => [19, a, b, 0],
        Expr::Union(r) => [20, r.at, r.len, 0],
        Expr::Except(a, b) => [21, a, b, 0],
        Expr::If(a, b, c) => [22, a, b, c],
        Expr::For(a, b) => [23, a, b, 0],
        Expr::Every(a, b) => [24, a, b, 0],
        Expr::EveryWith(a, b) => [25, a, b, 0],
        Expr::Castable(to, a) => [26, place(&TYPES, &to), a, 0],
        Expr::Call(func, r) => {
            let func = FUNCS.iter().position(|f| f.0 == func);
            [27, func.unwrap_or_default() as u32, r.at, r.len]
        }
        Expr::Matches(a, p) => [28, a, p, 0],
        Expr::Tokenize(a, p) => [29, a, p, 0],
        Expr::Replace(a, p, r) => [30, a, p, r],
        Expr::Doc(a) => [31, a, 0, 0],
        Expr::DocAvailable(a) => [32, a, 0, 0],
        Expr::InSet(a, set) => [33, a, set, 0],
        Expr::InPairs(set, a, b) => [34, set, a, b],
    }
}

fn expr_of([tag, a, b, c]: [u32; 4]) -> Option<Expr> {
    let range = |at, len| Range { at, len };
    Some(match tag & 0xff {
        0 => Expr::Str(a),
        1 => Expr::Int(i64::from(a) | (i64::from(b) << 32)),
        2 => Expr::List(range(a, b)),
        3 => Expr::Context,
        4 => Expr::Root,
        5 => Expr::Attr(a),
        6 => Expr::Child(a),
        7 => Expr::Path(at(&ORDERS, tag >> 8)?, a, range(b, c)),
        8 => Expr::Filter(a, range(b, c)),
        9 => Expr::Let(a),
        10 => Expr::Global(a),
        11 => Expr::Local(a),
        12 => Expr::Or(range(a, b)),
        13 => Expr::And(range(a, b)),
        14 => Expr::Not(a),
        15 => Expr::Compare(at(&OPS, a)?, b, c),
        16 => Expr::ValueCompare(at(&OPS, a)?, b, c),
        17 => Expr::CountIs(at(&OPS, a)?, b, c),
        18 => Expr::Plus(a, b),
        19 => Expr::Times(a, b),
        20 => Expr::Union(range(a, b)),
        21 => Expr::Except(a, b),
        22 => Expr::If(a, b, c),
        23 => Expr::For(a, b),
        24 => Expr::Every(a, b),
        25 => Expr::EveryWith(a, b),
        26 => Expr::Castable(at(&TYPES, a)?, b),
        27 => {
            let (func, least, most) = at(&FUNCS, a)?;
            (least..=most).contains(&c).then_some(())?;
            Expr::Call(func, range(b, c))
        }
        28 => Expr::Matches(a, b),
        29 => Expr::Tokenize(a, b),
        30 => Expr::Replace(a, b, c),
        31 => Expr::Doc(a),
        32 => Expr::DocAvailable(a),
        33 => Expr::InSet(a, b),
        34 => Expr::InPairs(a, b, c),
        _ => return None,
    })
}

pub(crate) fn write_test(out: &mut Writer, test: Test) {
    let (tag, n) = match test {
        Test::Any => (0, 0),
        Test::Name(n) => (1, n),
        Test::Local(n) => (2, n),
        Test::Space(n) => (3, n),
        Test::Text => (4, 0),
        Test::Node => (5, 0),
    };
    out.number(tag);
    out.number(n);
}

/// A test whose name exists.
pub(crate) fn read_test(from: &mut Reader<'_>, names: &Names) -> Option<Test> {
    let (tag, n) = (from.number()?, from.number()?);
    let below = |max: usize| ((n as usize) < max).then_some(n);
    Some(match tag {
        0 => Test::Any,
        1 => Test::Name(below(names.len())?),
        2 => Test::Local(below(names.locals.len())?),
        3 => Test::Space(below(names.spaces.len())?),
        4 => Test::Text,
        5 => Test::Node,
        _ => return None,
    })
}

/// A range that lies within a list.
pub(crate) fn read_range(from: &mut Reader<'_>, len: usize) -> Option<Range> {
    let range = Range {
        at: from.number()?,
        len: from.number()?,
    };
    range.is_within(len).then_some(range)
}

impl Range {
    fn is_within(self, len: usize) -> bool {
        (self.at as usize)
            .checked_add(self.len as usize)
            .is_some_and(|end| end <= len)
    }
}

impl Pool {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.texts(&self.strings);
        out.texts(&self.names.spaces);
        out.texts(&self.names.locals);
        out.number(self.names.len() as u32);
        for name in 0..self.names.len() as u32 {
            let (space, local) = self.names.pair(name);
            out.number(space);
            out.number(local);
        }
        out.number(self.patterns.len() as u32);
        for pattern in &self.patterns {
            out.number(u32::from(pattern.folds()));
            out.text(pattern.source());
        }
        out.number(self.replacements.len() as u32);
        for replacement in &self.replacements {
            out.number(replacement.parts.len() as u32);
            for (text, group) in &replacement.parts {
                out.text(text);
                out.number(group.unwrap_or(u32::MAX));
            }
        }
        out.numbers(&self.lists);
        out.number(self.steps.len() as u32);
        for step in &self.steps {
            out.number(place(&AXES, &step.axis));
            write_test(out, step.test);
            out.number(step.predicates.at);
            out.number(step.predicates.len);
        }
        out.number(self.exprs.len() as u32);
        for &expr in &self.exprs {
            numbers_of(expr).into_iter().for_each(|n| out.number(n));
        }
    }

    /// Reads a pool; `sets` and `documents` are how many of them there are.
    pub(crate) fn read(from: &mut Reader<'_>, sets: usize, documents: usize) -> Option<Pool> {
        let strings = from.texts()?;
        let (spaces, locals) = (from.texts()?, from.texts()?);
        let count = from.count(8)?;
        let pairs = (0..count).map(|_| Some((from.number()?, from.number()?)));
        let pairs: Vec<(u32, u32)> = pairs.collect::<Option<_>>()?;
        let names = Names::of_parts(spaces, locals, pairs)?;
        let mut patterns = Vec::new();
        for _ in 0..from.count(8)? {
            let folds = from.number()? == 1;
            patterns.push(Pattern::trusted(from.text()?.to_owned(), folds));
        }
        let mut replacements = Vec::new();
        for _ in 0..from.count(4)? {
            let mut parts = Vec::new();
            for _ in 0..from.count(8)? {
                let text = from.text()?.to_owned();
                let group = from.number()?;
                parts.push((text, (group != u32::MAX).then_some(group)));
            }
            replacements.push(Replacement { parts });
        }
        let lists = from.numbers()?;
        let mut steps = Vec::new();
        for _ in 0..from.count(20)? {
            let axis = at(&AXES, from.number()?)?;
            let test = read_test(from, &names)?;
            let predicates = read_range(from, lists.len())?;
            let one = axis != Axis::Expression || predicates.len == 1;
            one.then_some(())?;
            steps.push(Step {
                axis,
                test,
                predicates,
            });
        }
        let mut exprs = Vec::new();
        for _ in 0..from.count(16)? {
            let n = [
                from.number()?,
                from.number()?,
                from.number()?,
                from.number()?,
            ];
            exprs.push(expr_of(n)?);
        }
        let pool = Pool {
            exprs,
            lists,
            steps,
            strings,
            names,
            patterns,
            replacements,
        };
        (0..pool.exprs.len() as Id)
            .all(|id| pool.is_sound(id, sets, documents))
            .then_some(pool)
    }

    /// Whether all that an expression refers to exists, its operands before it.
    fn is_sound(&self, id: Id, sets: usize, documents: usize) -> bool {
        let below = |n: u32, max: usize| (n as usize) < max;
        let expr = self.expr(id);
        let refers = match expr {
            Expr::Str(s) => below(s, self.strings.len()),
            Expr::Attr(n) | Expr::Child(n) | Expr::EveryWith(n, _) => below(n, self.names.len()),
            Expr::Matches(_, p) | Expr::Tokenize(_, p) => below(p, self.patterns.len()),
            Expr::Replace(_, p, r) => {
                below(p, self.patterns.len()) && below(r, self.replacements.len())
            }
            Expr::Doc(d) | Expr::DocAvailable(d) => below(d, documents),
            Expr::InSet(_, s) | Expr::InPairs(s, ..) => below(s, sets),
            Expr::List(r)
            | Expr::Or(r)
            | Expr::And(r)
            | Expr::Union(r)
            | Expr::Filter(_, r)
            | Expr::Call(_, r) => r.is_within(self.lists.len()),
            Expr::Path(_, _, r) => r.is_within(self.steps.len()),
            _ => true,
        };
        let mut sound = refers;
        if refers {
            self.operands(id, &mut |o| sound &= o < id);
        }
        sound
    }
}
