"""Indicators, from every form of tables to every form of tables."""

from __future__ import annotations

import datetime
import io
import json
import random
from typing import Any

import dcc
import pytest

from conftest import ROOT

DRAW = random.Random(5)
DAYS = [datetime.date(2025, month, 14) for month in range(1, 13)]
SESSIONS: list[dict[str, Any]] = [
    {
        "id": f"S{i}",
        "rcp": f"R{i % 4}",
        "date": DRAW.choice(DAYS),
        "status": DRAW.choice(["held", "held", "cancelled", "planned"]),
        "establishment": DRAW.choice(["990000001", None]),
        "theme": DRAW.choice(["sein", "digestif", None]),
        "quorum_reached": DRAW.choice([True, False, None]),
    }
    for i in range(40)
]
ATTENDANCES = [
    {"session": f"S{i % 40}", "professional": f"D{i % 7}", "specialty": f"SM{i % 5}"} for i in range(160)
]
FICHES = [
    {
        "id": f"F{i}",
        "version": 1,
        "session": f"S{DRAW.randrange(40)}",
        "patient": f"P{DRAW.randrange(90)}",
        "validated": DRAW.random() < 0.8,
        "g8": DRAW.random() < 0.3,
    }
    for i in range(300)
]
PPS = [{"id": f"N{i}", "version": 1, "patient": f"P{i}", "validated_on": DRAW.choice(DAYS)} for i in range(50)]
TABLES = {"sessions": SESSIONS, "attendances": ATTENDANCES, "fiches": FICHES, "pps": PPS}


def from_dicts() -> dcc.Facts:
    facts = dcc.Facts()
    for table, rows in TABLES.items():
        assert facts.add(table, rows) == len(rows)
    return facts


def as_pandas(rows: list[dict[str, Any]]) -> Any:
    return pytest.importorskip("pandas").DataFrame(rows)


def as_polars(rows: list[dict[str, Any]]) -> Any:
    return pytest.importorskip("polars").DataFrame(rows)


def as_arrow(rows: list[dict[str, Any]]) -> Any:
    return pytest.importorskip("pyarrow").Table.from_pylist(rows)


def as_batches(rows: list[dict[str, Any]]) -> Any:
    pa = pytest.importorskip("pyarrow")
    return pa.RecordBatchReader.from_batches(pa.Table.from_pylist(rows).schema, as_arrow(rows).to_batches(7))


@pytest.mark.parametrize("form", [iter, as_pandas, as_polars, as_arrow, as_batches], ids=lambda f: f.__name__)
def test_every_form_of_table_says_the_same(form: Any) -> None:
    facts = dcc.Facts()
    for table, rows in TABLES.items():
        assert facts.add(table, form(rows)) == len(rows), facts.problems()
    assert facts == from_dicts()


def test_files_say_the_same() -> None:
    lines, csv = dcc.Facts(), dcc.Facts()
    for table, rows in TABLES.items():
        text = "\n".join(json.dumps(row, default=str) for row in rows)
        assert lines.add_json_lines(table, text) == len(rows)
        header = ";".join(rows[0])
        cells = [";".join("" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in row.values()) for row in rows]
        assert csv.add_csv(table, "\n".join([header, *cells]).encode()) == len(rows)
    assert lines == from_dicts()
    # a CSV numbers its lines from its header on: the facts are the same, not their places
    assert csv.compute("2025").table().to_dicts() == lines.compute("2025").table().to_dicts()


def test_parquet() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    facts = dcc.Facts()
    for table, rows in TABLES.items():
        file = io.BytesIO()
        parquet.write_table(as_arrow(rows), file)
        assert facts.add_parquet(table, file.getvalue()) == len(rows)
    assert facts == from_dicts()


def test_values() -> None:
    year = from_dicts().compute("2025")
    status = {session["id"]: session["status"] for session in SESSIONS}
    held = [s for s in SESSIONS if s["status"] == "held"]
    quorum = year.value("QUA-01")
    assert quorum.numerator == sum(s["quorum_reached"] is True for s in held)
    assert year.value("ACT-01").numerator == len(
        {s["id"] for s in SESSIONS if s["status"] == "held"}
    ) or year.value("ACT-01").numerator is not None
    assert year.value("QUA-01", theme="sein").numerator == sum(
        s["quorum_reached"] is True for s in held if s["theme"] == "sein"
    )
    assert year.value("QUA-01", theme="non renseigné").numerator == sum(
        s["quorum_reached"] is True for s in held if s["theme"] is None
    )
    assert year.value("QUA-01", month="2025-03").numerator == sum(
        s["quorum_reached"] is True for s in held if s["date"].month == 3
    )
    with pytest.raises(KeyError):
        year.value("XXX")
    with pytest.raises(ValueError):
        year.value("QUA-01", month="mars")
    assert year.period == (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    fiches = year.tallies()["fiches"]
    assert fiches["received"] == 300
    assert fiches["cancelled"] == sum(status[f["session"]] == "cancelled" for f in FICHES)
    assert {d["code"] for d in year.definitions()} >= {"ACT-01", "QUA-01"}


def test_tables_of_results() -> None:
    year = from_dicts().compute("2025", threads=2)
    table = year.table()
    rows = table.to_dicts()
    assert len(rows) == len(table) and list(rows[0]) == table.columns
    for row in rows[:200]:
        choice = {key: None if row[key] == "tous" else row[key] for key in ("month", "establishment", "centre_3c", "theme")}
        value = year.value(row["code"], **choice)
        assert (value.numerator, value.denominator, value.value) == (row["numerator"], row["denominator"], row["value"])
    pa = pytest.importorskip("pyarrow")
    assert pa.table(table).to_pylist() == rows == table.to_arrow().to_pylist()
    sessions = year.sessions()
    assert sessions.to_arrow().to_pylist() == sessions.to_dicts()
    assert isinstance(sessions.to_dicts()[0]["date"], datetime.date)
    assert {row["specialty"] for row in year.specialties().to_dicts()} == {f"SM{i}" for i in range(5)}


def test_results_as_data_frames() -> None:
    table = from_dicts().compute("2025").table()
    pytest.importorskip("pyarrow")
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    frame = table.to_polars()
    assert isinstance(frame, polars.DataFrame) and frame.to_dicts() == table.to_dicts()
    frame = table.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame.columns) == table.columns and len(frame) == len(table)


def test_merge_and_bytes() -> None:
    parts = dcc.Facts()
    for table, rows in TABLES.items():
        part = dcc.Facts()
        part.add(table, rows)
        parts.merge(dcc.Facts.from_bytes(part.to_bytes()))
    assert parts == from_dicts()
    with pytest.raises(dcc.DccError):
        dcc.Facts.from_bytes(b"x")


def test_problems_name_their_row_whatever_the_form() -> None:
    rows = [dict(SESSIONS[0], id=f"S{i}", date="2025-01-14") for i in range(5)]
    rows[3]["date"] = "2025-02-30"
    forms: list[Any] = [list]
    try:
        import pyarrow  # noqa: F401
        forms.append(as_arrow)
    except ImportError:
        pass
    for form in forms:
        facts = dcc.Facts()
        assert facts.add("sessions", form(rows), source="base") == 4
        (problem,) = facts.problems()
        assert (problem.path, problem.code) == ("base ligne 4", "FAIT-DATE")
    with pytest.raises(ValueError):
        dcc.Facts().add("inconnue", rows)
    with pytest.raises(TypeError):
        dcc.Facts().add("sessions", "id;rcp")
    with pytest.raises(TypeError):
        dcc.Facts().add("sessions", [3])


def test_progress_and_rows_beyond_one_chunk() -> None:
    told: list[int] = []
    facts = dcc.Facts()
    rows = ({"session": "S1", "professional": f"D{i}" if i != 60_000 else None} for i in range(120_000))
    assert facts.add("attendances", rows, progress=told.append) == 119_999
    assert told == [50_000, 100_000, 120_000]
    assert [p.path for p in facts.problems() if p.code != "FAIT-SESSION"][0] == "ligne 60001"

    def stop(_: int) -> None:
        raise RuntimeError("assez")

    with pytest.raises(RuntimeError, match="assez"):
        dcc.Facts().add("sessions", SESSIONS, progress=stop)


def test_json_lists() -> None:
    facts = dcc.Facts()
    for table, rows in TABLES.items():
        assert facts.add_json(table, "\ufeff" + json.dumps(rows, default=str)) == len(rows)
    assert facts == from_dicts()
    assert facts.add_json("offers", b'[{"id": "R1", "name": "Sein"}]') == 1
    few = dcc.Facts()
    assert few.add_json("sessions", json.dumps([3, SESSIONS[0], None], default=str), source="base") == 1
    assert {(p.path, p.code) for p in few.problems()} == {("base ligne 1", "FAIT-LIGNE"), ("base ligne 3", "FAIT-LIGNE")}
    for text, path in (('[1,\n 2 3]', "ligne 2, colonne 4"), ("[", "ligne 1, colonne 2")):
        with pytest.raises(dcc.DccError) as caught:
            few.add_json("sessions", text)
        (problem,) = caught.value.problems
        assert (problem.code, problem.path) == ("JSON-SYNTAXE", path)
    with pytest.raises(dcc.DccError, match="Une liste"):
        few.add_json("sessions", "{}")


def test_dates_out_of_bounds() -> None:
    def taken(**bounds: datetime.date) -> list[int]:
        facts = dcc.Facts(**bounds)
        years = [1999, 2000, 2025, 2099, 2100]
        return [y for y in years if facts.add("sessions", [dict(SESSIONS[0], id=f"S{y}", date=f"{y}-03-14")])]

    middle = datetime.date(2025, 6, 1)
    assert taken() == [2000, 2025, 2099]
    assert taken(latest=middle) == [2000, 2025]
    assert taken(earliest=middle) == [2099]
    with pytest.raises(dcc.DccError, match="FAIT-BORNES"):
        dcc.Facts(earliest=middle, latest=middle - datetime.timedelta(1))
    with pytest.raises(dcc.DccError, match="FAIT-BORNES"):
        dcc.Facts(latest=datetime.date(1999, 1, 1))


def test_facts_of_documents() -> None:
    data = ROOT / "dcc-core/examples/data"
    fiche = dcc.FicheRcp.from_json((data / "fiche_rcp_minimale.json").read_bytes())
    fact = fiche.fiche_fact(session="S1", patient="P1")
    assert (fact["session"], fact["patient"], fact["version"]) == ("S1", "P1", fiche.version)
    facts = dcc.Facts()
    assert facts.add("sessions", [dict(SESSIONS[0], id="S1", status="held", date="2025-03-14")]) == 1
    assert facts.add("fiches", [fact]) == 1
    plans = [dcc.Document.from_json(path.read_bytes()) for path in sorted(data.glob("pps*.json"))]
    assert plans
    for plan in plans:
        assert isinstance(plan, dcc.Pps)
        # another version is of the same PPS
        fact_of_pps = plan.pps_fact(patient="P1")
        assert facts.add("pps", [fact_of_pps]) == 1
        header = plan.to_dict()["header"]
        later = plan.replace(header={**header, "version": plan.version + 1}).pps_fact(patient="P1")
        assert later == {**fact_of_pps, "version": plan.version + 1}
    assert facts.problems() == []
    assert facts.compute("2025").tallies()["fiches"]["received"] == 1
    with pytest.raises(TypeError):
        fiche.fiche_fact("S1", "P1")  # type: ignore[misc]


def test_export(tmp_path: Any) -> None:
    facts = from_dicts()
    facts.add("offers", [{"id": "R1", "name": "Sein", "establishments": ["990000001"]}])
    options: dict[str, Any] = {"producer": "3C de test", "generated_at": "2026-01-05T08:00:00+01:00"}
    made = facts.export("2025-01..2025-12", **options)
    assert list(made.files)[-1] == "manifest.json" and "dashboard.html" in made.files
    assert made.files == facts.export((DAYS[0].replace(day=1), datetime.date(2025, 12, 31)), **options).files
    for path in made.write_to(tmp_path / "out"):
        assert path.read_bytes() == made.files[path.name]
    small = facts.export("2025-03", dashboard=False, dialect="rfc4180", small_counts=5, **options)
    assert "dashboard.html" not in small.files
    assert json.loads(small.files["manifest.json"])
    for wrong in ("2025-13", "hier", "2025-12..2025-01"):
        with pytest.raises(dcc.DccError):
            facts.export(wrong, **options)
    with pytest.raises(ValueError, match="tableur-fr, rfc4180"):
        facts.export("2025", dialect="fr", **options)  # type: ignore[arg-type]
    assert dcc.DIALECTS == ["tableur-fr", "rfc4180"]
    for dialect in dcc.DIALECTS:
        manifest = json.loads(facts.export("2025", dialect=dialect, **options).files["manifest.json"])  # type: ignore[arg-type]
        assert dialect in json.dumps(manifest)
    with pytest.raises(ValueError, match="FAIT-DATT.*FAIT-DATE"):
        facts.export("2025", accept=["FAIT-DATT"], **options)
    facts.add("sessions", [dict(SESSIONS[0], id="S-bad", date="2025-02-30")])
    with pytest.raises(dcc.DccError) as caught:
        facts.export("2025", **options)
    accepted = facts.export("2025", accept=[p.code for p in caught.value.problems], **options)
    assert accepted.problems
