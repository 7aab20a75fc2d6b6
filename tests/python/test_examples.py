"""The examples run as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import BUNDLED, ROOT


def test_parcours(tmp_path: Path) -> None:
    script = ROOT / "examples" / "python" / "parcours.py"
    assert len(script.read_text(encoding="utf-8").splitlines()) < 40
    done = subprocess.run(
        [sys.executable, script, BUNDLED[0].parent, tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for path in BUNDLED:
        assert (tmp_path / f"{path.stem}.xml").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "export" / "manifest.json").exists()
    assert "ACT-01" in done.stdout
