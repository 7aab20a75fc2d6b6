"""A call through Python against the Rust call; `import dcc`; size of the wheel.

    python benches/call.py [WHEEL]

with the package installed from a release build. Prints ratios.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

import dcc

ROOT = Path(__file__).resolve().parents[1]
SECONDS, ROUNDS, TURNS = 1.0, 20, 4


def mean(call: Callable[[], object]) -> float:
    """Mean nanoseconds of a call in the best of the rounds, as in `call.rs`."""
    call()
    best = float("inf")
    for _ in range(ROUNDS):
        start, calls = time.perf_counter(), 0
        while time.perf_counter() - start < SECONDS / ROUNDS:
            call()
            calls += 1
        best = min(best, (time.perf_counter() - start) * 1e9 / calls)
    return best


def rust(file: Path) -> dict[str, float]:
    """The same calls in Rust."""
    line = ["cargo", "run", "--release", "--quiet", "-p", "dcc-benches", "--example", "call", "--"]
    done = subprocess.run([*line, str(file), str(SECONDS)], cwd=ROOT, check=True, capture_output=True, text=True)
    return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}


def main() -> None:
    for name in ("fiche_rcp_minimale", "fiche_rcp_sein"):
        file = ROOT / "dcc-core" / "examples" / "data" / f"{name}.json"
        text = file.read_bytes()
        document = dcc.Document.from_json(text)
        xml = document.to_cda()
        calls: dict[str, Callable[[], object]] = {
            "from_json": lambda: dcc.Document.from_json(text),
            "to_cda": document.to_cda,
            "from_cda": lambda: dcc.Document.from_cda(xml),
        }
        # in turns, so that a machine that slows down slows both
        turns = [(rust(file), {name: mean(call) for name, call in calls.items()}) for _ in range(TURNS)]
        for call in calls:
            base, took = (min(turn[side][call] for turn in turns) for side in (0, 1))
            print(f"{name:<20} {call:<10} Rust {base / 1e3:8.1f} µs  Python {took / 1e3:8.1f} µs  ratio {took / base:.2f}")
    bare, loaded = (min(seconds("-c", code) for _ in range(10)) for code in ("pass", "import dcc"))
    print(f"import dcc: {(loaded - bare) * 1e3:.1f} ms (python alone {bare * 1e3:.1f} ms)")
    if len(sys.argv) > 1:
        print(f"wheel: {Path(sys.argv[1]).stat().st_size / 1e6:.1f} MB")


def seconds(*arguments: str) -> float:
    """Seconds of one Python process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
