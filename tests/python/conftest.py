"""What the tests of the package share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Callable, List

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = sorted((ROOT / "dcc-core" / "examples" / "data").glob("*.json"))

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def by_name(path: Path) -> str:
    return path.stem


@pytest.fixture(params=BUNDLED, ids=by_name)
def bundled(request: pytest.FixtureRequest) -> Path:
    """Each bundled document."""
    path: Path = request.param
    return path


@pytest.fixture
def smallest() -> bytes:
    """The smallest bundled fiche."""
    return (ROOT / "dcc-core/examples/data/fiche_rcp_minimale.json").read_bytes()


@pytest.fixture
def reference() -> Path:
    """What Rust wrote of the bundled documents."""
    folder = os.environ.get("DCC_REFERENCE")
    if folder is None:
        pytest.skip("DCC_REFERENCE is not set: run by cargo test")
    return Path(folder)


@pytest.fixture
def command(tmp_path: Path) -> Run:
    """Runs the command in a folder of its own."""

    def run(*arguments: object, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        line: List[str] = [sys.executable, "-m", "dcc", *map(str, arguments)]
        return subprocess.run(line, input=stdin, capture_output=True, cwd=tmp_path, check=False)

    return run
