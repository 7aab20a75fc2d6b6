"""Types: the stubs say what the package is."""

from __future__ import annotations

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


def test_package_is_strictly_typed(tmp_path: Path) -> None:
    run(tmp_path, "mypy", "--strict", "-p", "dcc")


def test_tests_and_examples_are_typed(tmp_path: Path) -> None:
    example = HERE.parents[1] / "examples" / "python" / "parcours.py"
    run(tmp_path, "mypy", "--strict", str(example), str(HERE / "test_documents.py"))


def test_stubs_match_the_module(tmp_path: Path) -> None:
    run(tmp_path, "mypy.stubtest", "dcc")
