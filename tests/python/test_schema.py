"""What the JSON Schemas accept is read."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any, Iterator

import dcc
import pytest

from conftest import ROOT

JUNK: list[Any] = [
    None, True, 0, -1, 2.5, 300, 2**40, "", "x", "2025-02-30", "2024-02-29", "2025-13", "2025-03-14T25:00",
    "2025-03-14T10:00:00+01:00", [], [None], {}, {"code": "X"}, {"absent": "unknown"}, {"absent": "x"},
    {"value": True}, {"value": 1}, ["x"], "MED-268", "F", "none", {"named": {}}, {"rpps": 3},
]


def validator(kind: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    schema = dcc.schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("kind", [kind for kind, _ in dcc.schema_kinds()])
def test_committed_schema_is_fresh(kind: str) -> None:
    committed = (ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert committed == dcc.schema_json(kind)
    assert json.loads(committed) == dcc.schema(kind)


@pytest.mark.parametrize("kind", [kind for kind, _ in dcc.schema_kinds()])
def test_schema_is_one(kind: str) -> None:
    # the validator checks the schema before it is made
    assert not validator(kind).is_valid(3)


def test_every_document_has_a_schema() -> None:
    assert set(dcc.KINDS) <= {kind for kind, _ in dcc.schema_kinds()}
    with pytest.raises(KeyError):
        dcc.schema("inconnu")


def test_bundled_documents_are_valid(bundled: Path) -> None:
    data = json.loads(bundled.read_text(encoding="utf-8"))
    validator(data["document"]).validate(data)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        yield value, key
        yield from places(value[key])


def mutate(data: Any, draw: random.Random) -> Any:
    """The same with one thing changed."""
    mutant = copy.deepcopy(data)
    container, key = draw.choice(list(places(mutant)))
    what = draw.randrange(4)
    if what == 0:
        del container[key]
    elif what == 1 and isinstance(container, dict):
        container[draw.choice(["inconnu", "code", "date", "text"])] = draw.choice(JUNK)
    elif what == 2 and isinstance(container[key], str):
        container[key] += draw.choice(["x", " ", "-01", "\u0661"])
    else:
        container[key] = copy.deepcopy(draw.choice(JUNK))
    return mutant


def test_what_the_schema_accepts_is_read(bundled: Path) -> None:
    data = json.loads(bundled.read_text(encoding="utf-8"))
    schema = validator(data["document"])
    draw = random.Random(bundled.stem)
    accepted = refused = 0
    for _ in range(150):
        mutant = mutate(data, draw)
        if schema.is_valid(mutant):
            accepted += 1
            dcc.Document.from_dict(mutant)
        else:
            refused += 1
    # both happen, or the test would show nothing
    assert accepted > 10 and refused > 10, (accepted, refused)


# a fact of each table with all its columns, and the table
FACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "session_fact": ("sessions", {
        "id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "held", "establishment": "990000001",
        "centre_3c": "3C-1", "theme": "sein", "quorum_reached": True,
        "attendances": [{"professional": "D1", "specialty": "SM1"}, {"professional": "D2"}],
    }),
    "attendance_fact": ("attendances", {"session": "S1", "professional": "D1", "specialty": "SM1"}),
    "fiche_fact": ("fiches", {"id": "F1", "version": 1, "session": "S1", "patient": "P1", "validated": True}),
    "pps_fact": ("pps", {
        "id": "N1", "version": 2, "patient": "P1", "validated_on": "2025-03-14", "establishment": "990000001",
        "centre_3c": "3C-1", "theme": "sein",
    }),
    "offer_fact": ("offers", {"id": "R1", "name": "Sein", "establishments": ["990000001"]}),
}


def whole_fact(kind: str) -> dict[str, Any]:
    """The fact with every flag and text of its schema too."""
    given = dict(FACTS[kind][1])
    for name, field in dcc.schema(kind)["properties"].items():
        types = field.get("type", [])
        types = [types] if isinstance(types, str) else types
        if name not in given and "boolean" in types:
            given[name] = False
        elif name not in given and "string" in types and "format" not in field and "pattern" not in field:
            given[name] = "x"
    return given


def test_every_fact_has_a_schema() -> None:
    assert set(FACTS) == {kind for kind, _ in dcc.schema_kinds() if kind.endswith("_fact")}


@pytest.mark.parametrize("kind", list(FACTS))
def test_what_the_schema_of_a_fact_accepts_is_read(kind: str) -> None:
    (table, _), whole, schema = FACTS[kind], whole_fact(kind), validator(kind)
    schema.validate(whole)
    draw = random.Random(kind)
    accepted = refused = 0
    for _ in range(600):
        mutant = mutate(whole, draw)
        if not schema.is_valid(mutant):
            refused += 1
            continue
        accepted += 1
        for add in (
            lambda facts: facts.add(table, [mutant]),
            lambda facts: facts.add_json_lines(table, json.dumps(mutant)),
        ):
            facts = dcc.Facts()
            assert add(facts) == 1, (mutant, facts.problems())
    assert accepted > 10 and refused > 10, (accepted, refused)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2024", True), ("2024-02", True), ("2024-02-29", True), ("2000-02-29", True), ("1900-02-29", False),
        ("2025-02-29", False), ("2025-04-31", False), ("2025-12-31", True), ("0000", False), ("2025-00", False),
        ("2025-03-14T09:49+01:00", True), ("2025-03-14T09:49:14Z", True), ("2025-03-14T24:00Z", False),
        ("2025-03-14T09:49:14.5Z", False), ("2025-03T09:49Z", False), ("20250314", False),
        ("2025-03-14T09:49+14:00", True), ("2025-03-14T09:49+14:30", False),
    ],
)
def test_dates(text: str, valid: bool, smallest: bytes) -> None:
    data = json.loads(smallest)
    data["header"]["created"] = text
    assert validator("fiche_rcp").is_valid(data) is valid
    if valid:
        dcc.FicheRcp(data)
    else:
        with pytest.raises(dcc.DccError):
            dcc.FicheRcp(data)
