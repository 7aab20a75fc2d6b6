"""Types: the stubs say what the package is."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy")

HERE = Path(__file__).parent


def run(tmp_path: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


WRONG = """
import dcc
from dcc.types import SessionFact

dcc.FicheRcp(header={"version": 1}, patient_comment="x")
dcc.UnstructuredDocument(pdf=b"%PDF")
dcc.FicheRcp(patient_coment="x")  # E
dcc.Pps(header={"versio": 1})  # E
dcc.Ppac.from_dict(3)  # E
dcc.Facts().compute("2025", progress=print).value(3)  # E
good: SessionFact = {"id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "held"}
bad: SessionFact = {"id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "hel"}  # E
less: SessionFact = {"id": "S1"}  # E
dcc.Facts().add("sessions", [good])
document: dcc.Pps = dcc.Pps.from_cda(b"").document
"""


def test_wrong_fields_are_seen_before_they_run(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "wrong.py"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    seen = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    wrong = {number for number, line in enumerate(WRONG.splitlines(), 1) if line.endswith("# E")}
    assert seen == wrong, done.stdout


def test_typed_dicts_are_those_of_the_schemas() -> None:
    """Made anew by ``python dcc-python/typed_dicts.py``."""
    folder = HERE.parents[1] / "dcc-python"
    spec = importlib.util.spec_from_file_location("typed_dicts", folder / "typed_dicts.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    committed = (folder / "python" / "dcc" / "types.py").read_text(encoding="utf-8")
    assert committed == script.module()
    assert "class FicheRcp(" in committed and "class SessionFact(" in committed


def test_package_is_strictly_typed(tmp_path: Path) -> None:
    run(tmp_path, "mypy", "--strict", "-p", "dcc")


def test_tests_and_examples_are_typed(tmp_path: Path) -> None:
    example = HERE.parents[1] / "examples" / "python" / "parcours.py"
    run(tmp_path, "mypy", "--strict", str(example), str(HERE / "test_documents.py"), str(HERE / "test_long_work.py"))


def test_stubs_match_the_module(tmp_path: Path) -> None:
    run(tmp_path, "mypy.stubtest", "dcc")
