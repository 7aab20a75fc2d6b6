"""Odd arguments to everything public: the interpreter lives, errors are the usual ones."""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import fractions
import inspect
import json
import os
import random
import uuid
from typing import Any, Callable

import dcc

from conftest import BUNDLED

# in a development build a call takes a few hundred microseconds
CALLS = int(os.environ.get("DCC_RANDOM_CALLS", "30000"))
USUAL = (dcc.DccError, TypeError, ValueError)
# look-ups of a name, which say so
LOOK_UPS = {"codes", "schema", "schema_json", "ValueSets.__getitem__", "Indicators.value"}
# those that take milliseconds are called less often
SLOW = 300
HEAVY = {"to_pdf", "to_html", "codes", "nearest", "search", "ValueSets", "schema", "schema_json", "concepts", "compute",
         "export", "from_svs", "replace", "to_cda", "from_cda", "read", "__getitem__", "get"}


class Liar(collections.abc.Mapping):  # type: ignore[type-arg]
    """A mapping whose parts do not agree."""

    def __getitem__(self, key: object) -> object:
        return {"a": self}

    def __iter__(self) -> Any:
        return iter(["a", 3, None])

    def __len__(self) -> int:
        return 7


class Colour(enum.IntEnum):
    RED = 1


class Text(str):
    pass


def odd(draw: random.Random) -> list[Any]:
    """Arguments that nobody means."""
    loop: list[Any] = []
    loop.append({"a": loop})
    deep: Any = 1
    for _ in range(500):
        deep = [deep]
    small = BUNDLED[2].read_bytes()
    cut = small[: draw.randrange(len(small))]
    fiche = dcc.FicheRcp(small)
    xml = fiche.to_cda()
    damaged = bytearray(xml)
    for _ in range(3):
        damaged[draw.randrange(len(damaged))] = draw.randrange(256)
    zone = datetime.timezone(datetime.timedelta(hours=1))
    return [
        None, True, False, 0, -1, 1, 3, 255, 256, 2**31, 2**63, 2**64, -(2**80), 0.0, -1.5, float("nan"), float("inf"),
        "", " ", "x", "\0", "é" * 300, "\ud800", "2025", "2025-01..2025-12", "..", "0000-00-00", "9999-12-31",
        "99999-01-01..-1", "2025-03-14T10:00:00+01:00", "sessions", "offers", "ACT-01", "JDV_Tumeur_CISIS", "fiche_rcp",
        "level_one", "tableur-fr", "S1", Text("2025"), b"", b"\xff\xfe\x00", b"PAR1", b"{}", b"[]", b"%PDF-1.4 %%EOF", cut, small,
        bytes(damaged), xml, bytearray(b"{"), memoryview(b"{}"), [], [[]], loop, deep, (), {}, {"document": "pps"}, {1: 2},
        {"id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "held"}, [{"id": "S1"}], [None, {}], {"header": loop},
        {"header": {"patient": {"birth_name": object()}}}, Liar(), set(), {1}, frozenset("ab"), iter([{}, 3]), range(3),
        (row for row in [{"id": "F", "version": 1}]), object(), object, len, print, lambda *_: None, Colour.RED,
        decimal.Decimal("1.5"), fractions.Fraction(1, 3), uuid.UUID(int=1), 1j, Ellipsis, NotImplemented,
        datetime.date(1, 1, 1), datetime.date(2025, 3, 14), datetime.date.max, datetime.datetime(2025, 3, 14, 10),
        datetime.datetime(2025, 3, 14, 10, tzinfo=zone), datetime.time(10), datetime.timedelta(1),
        (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)), (datetime.date.max, datetime.date.min),
        fiche, dcc.Facts(), dcc.Rcp(), dcc.Problem("", "", "blocking", ""), dcc.FicheRcp, dcc.DccError([]),
        json.loads(small), {"type": "open_session", "session": "S1"},
        {"key": "P", "name": "N", "authentication": "cps", "grants": [{"role": "coordinator"}]},
    ]


def objects() -> list[Any]:
    """One object of each class, to call the methods of."""
    facts = dcc.Facts()
    facts.add("sessions", [{"id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "held"}])
    year = facts.compute("2025")
    sets = dcc.ValueSets()
    chosen = sets["JDV_PhaseCancer_CISIS"]
    documents = [dcc.Document.from_json(path.read_bytes()) for path in BUNDLED[:3]]
    return [*documents, facts, year, year.table(), sets, chosen, chosen.concepts()[0], dcc.Rcp()]


# what an argument of that name may mean
MEANT: dict[str, list[Any]] = {
    "table": ["sessions", "attendances", "fiches", "pps", "offers"],
    "period": ["2025", "2025-03", "2025-01..2025-12", (datetime.date(2025, 1, 1), datetime.date(2025, 6, 30))],
    "progress": [None, lambda *_: None],
    "producer": ["3C"],
    "generated_at": ["2026-01-05T08:00:00+01:00"],
    "value_set": ["JDV_PhaseCancer_CISIS"],
    "code": ["ACT-01", "MED-268"],
    "kind": ["fiche_rcp"],
    "month": ["2025-03"],
    "command": [{"type": "open_session", "session": "S1"}],
    "actor": [{"key": "P", "name": "N", "authentication": "cps", "grants": [{"role": "coordinator"}]}],
    "at": ["2026-03-02T09:00:00+01:00"],
    "dialect": list(dcc.DIALECTS),
    "on_problem": [None, lambda _: None],
    "accept": [None, [], ["TUMEUR"]],
    "stamp": ["2026-03-02T09:00:00+01:00"],
    "events": [[], [{}]],
    "day": [datetime.date(2025, 3, 14)],
    "on": [None, datetime.date(2025, 3, 14)],
}


def callables() -> list[tuple[str, Callable[..., Any]]]:
    """Everything public that can be called, with its name."""
    found: list[tuple[str, Callable[..., Any]]] = []
    for name in dcc.__all__:
        thing = getattr(dcc, name)
        if callable(thing):
            found.append((name, thing))
    special = ["__eq__", "__lt__", "__contains__", "__getitem__", "__len__", "__hash__", "__repr__", "__str__",
               "__reduce__", "__copy__", "__deepcopy__", "__setattr__", "__arrow_c_stream__", "__iter__"]
    for thing in [*objects(), dcc.Document, dcc.FicheRcp, dcc.UnstructuredDocument, dcc.Facts, dcc.Rcp, dcc.ValueSet]:
        cls = thing if inspect.isclass(thing) else type(thing)
        for name in dir(thing):
            if name in special or not name.startswith("_") and name not in ("mro", "write_to"):
                method = getattr(thing, name)
                if callable(method) and not (inspect.isclass(thing) and name.startswith("__")):
                    found.append((f"{cls.__name__}.{name}", method))
    return found


def test_odd_arguments() -> None:
    draw = random.Random(2025)
    pool, targets = odd(draw), callables()
    assert len(targets) > 100
    heavy = [t for t in targets if t[0] in HEAVY or t[0].split(".")[-1] in HEAVY]
    light = [t for t in targets if t not in heavy]
    signatures: dict[str, list[inspect.Parameter]] = {}
    for name, target in targets:
        try:
            signatures[name] = list(inspect.signature(target).parameters.values())
        except (TypeError, ValueError):
            continue

    def value(name: str) -> Any:
        return draw.choice(MEANT[name] if name in MEANT and draw.random() < 0.8 else pool)

    def arguments_of(name: str) -> tuple[list[Any], dict[str, Any]]:
        """Those of the signature, mostly."""
        parameters = signatures.get(name)
        if parameters is None or draw.random() < 0.1:
            count = draw.choice([0, 1, 2, 3])
            return [draw.choice(pool) for _ in range(count)], {"x": 1} if draw.random() < 0.1 else {}
        arguments, keywords = [], {}
        for p in parameters:
            if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and not keywords:
                if p.default is p.empty or draw.random() < 0.5:
                    arguments.append(value(p.name))
                elif p.kind is p.POSITIONAL_OR_KEYWORD:
                    keywords[p.name] = value(p.name)
                else:
                    break
            elif p.kind is p.KEYWORD_ONLY and (p.default is p.empty or draw.random() < 0.2):
                keywords[p.name] = value(p.name)
        return arguments, keywords

    outcomes: collections.Counter[str] = collections.Counter()
    for turn in range(CALLS):
        if turn % 5_000 == 0:
            # iterators are used up, and what was changed is made anew
            pool = odd(draw)
        name, target = draw.choice(heavy if turn % SLOW == 0 else light)
        arguments, keywords = arguments_of(name)
        try:
            target(*arguments, **keywords)
            outcomes["answer"] += 1
        except USUAL as error:
            outcomes[next(usual.__name__ for usual in USUAL if isinstance(error, usual))] += 1
            if isinstance(error, dcc.DccError):
                str(error), repr(error), [problem.to_dict() for problem in error.problems]
        except KeyError:
            outcomes["KeyError"] += 1
            assert name in LOOK_UPS, (name, arguments, keywords)
        except AttributeError:
            # what does not change refuses to
            assert name.endswith("__setattr__"), (name, arguments, keywords)
        except ImportError:
            # the data frames of a library that is not there
            assert name.startswith("Table.to_"), (name, arguments, keywords)
        except BaseException as error:
            raise AssertionError(f"{name}(*{arguments!r:.300}, **{keywords!r:.300})") from error
    # every outcome happens, or the test would show nothing
    assert min(outcomes[kind] for kind in ("answer", "DccError", "TypeError", "ValueError")) > CALLS / 3_000, outcomes
