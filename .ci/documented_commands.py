"""Runs every command that the documents print in a ```sh block, as printed, and says which.

A block after a line `<!-- not run: reason -->` is named with its reason and left out.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "dcc-ffi/README.md", "dcc-python/README.md"]
BLOCK = re.compile(r"(?:<!-- not run: (?P<reason>[^\n]*?) -->\n+)?```sh\n(?P<commands>.*?)```", re.S)

# `pip install .` goes to an environment of its own
venv = ROOT / "target" / "documented-venv"
subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
environment = {**os.environ, "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}"}

failed = 0
for name in DOCUMENTS:
    for block in BLOCK.finditer((ROOT / name).read_text(encoding="utf-8")):
        commands = block["commands"].strip()
        if block["reason"]:
            print(f"not run ({block['reason']}): {name}: {commands.splitlines()[0]}", flush=True)
            continue
        start = time.monotonic()
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=ROOT, env=environment, check=False)
        verdict = "ok" if done.returncode == 0 else f"exit {done.returncode}"
        print(f"{verdict}, {time.monotonic() - start:.0f} s: {name}: {commands.splitlines()[0]}", flush=True)
        failed += done.returncode != 0
sys.exit(1 if failed else 0)
