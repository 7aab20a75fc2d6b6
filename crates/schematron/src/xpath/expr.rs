//! Expressions as a pool of small nodes that refer to each other by number.

/// Number of an expression; operands have smaller numbers than what uses them.
pub(crate) type Id = u32;

/// A run in one of the lists of the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Range {
    pub(crate) at: u32,
    pub(crate) len: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Op {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Op {
    pub(crate) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Op::Eq => order.is_eq(),
            Op::Ne => order.is_ne(),
            Op::Lt => order.is_lt(),
            Op::Le => order.is_le(),
            Op::Gt => order.is_gt(),
            Op::Ge => order.is_ge(),
        }
    }

    /// The operator with its operands exchanged.
    pub(crate) fn turned(self) -> Op {
        match self {
            Op::Lt => Op::Gt,
            Op::Le => Op::Ge,
            Op::Gt => Op::Lt,
            Op::Ge => Op::Le,
            same => same,
        }
    }
}

/// Types of `castable as`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Integer,
    DateTime,
    AnyUri,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Func {
    Concat,
    Contains,
    Count,
    DistinctValues,
    Empty,
    Exists,
    IriToUri,
    LocalName,
    LocalNameFromQName,
    Name,
    NamespaceUriFromQName,
    NormalizeSpace,
    Number,
    QName,
    ResolveQName,
    StartsWith,
    String,
    StringJoin,
    StringLength,
    Substring,
    SubstringAfter,
    SubstringBefore,
    DateTime,
}

/// What a path's nodes need to be a sequence of XPath: in document order and without doubles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Order {
    /// Steps give the nodes in order and once.
    Kept,
    /// Once, but perhaps not in order.
    Lost,
    /// Perhaps twice.
    Doubled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Expr {
    Str(u32),
    Int(i64),
    /// `(a, b)`; `()` when empty.
    List(Range),
    /// `.`
    Context,
    /// `/`
    Root,
    /// `@name` of the context.
    Attr(u32),
    /// `name` of the context.
    Child(u32),
    Path(Order, Id, Range),
    /// `base[predicates]`
    Filter(Id, Range),
    Let(u32),
    Global(u32),
    Local(u32),
    Or(Range),
    And(Range),
    Not(Id),
    Compare(Op, Id, Id),
    ValueCompare(Op, Id, Id),
    /// `count(nodes) op number`
    CountIs(Op, Id, u32),
    Plus(Id, Id),
    Times(Id, Id),
    Union(Range),
    Except(Id, Id),
    If(Id, Id, Id),
    /// `for` and `every`: the sequence, then what is done with each item as a local.
    For(Id, Id),
    Every(Id, Id),
    /// `every $e in descendant-or-self::* satisfies $e[not(@name) or …]`: only elements that have the attribute
    /// can fail.
    EveryWith(u32, Id),
    Castable(Type, Id),
    Call(Func, Range),
    /// Text, number of the pattern.
    Matches(Id, u32),
    Tokenize(Id, u32),
    /// Text, number of the pattern, number of the replacement.
    Replace(Id, u32, u32),
    /// A document beside the rule file.
    Doc(u32),
    DocAvailable(u32),
    /// Whether a value is among a set of strings.
    InSet(Id, u32),
    /// Whether a pair of values is among a set of pairs.
    InPairs(u32, Id, Id),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Axis {
    Child,
    Attribute,
    SelfNode,
    Descendant,
    DescendantOrSelf,
    Parent,
    PrecedingSibling,
    FollowingSibling,
    /// Not an axis: an expression, the only entry of the predicates, evaluated for each node.
    Expression,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    /// `*`: any element, or any attribute.
    Any,
    Name(u32),
    /// `*:local`
    Local(u32),
    /// `prefix:*`
    Space(u32),
    Text,
    Node,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Step {
    pub(crate) axis: Axis,
    pub(crate) test: Test,
    /// Expressions; a whole number is a position.
    pub(crate) predicates: Range,
}
