"""Long work: the GIL is released, progress is told, Ctrl-C stops it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any, Callable

import dcc
import pytest

ROWS = 120_000
ATTENDANCES = "session;professional\n" + "S1;D1\n" * ROWS
LINES = '{"session":"S1","professional":"D1"}\n' * ROWS
OPTIONS: dict[str, Any] = {"producer": "3C de test", "generated_at": "2026-01-05T08:00:00+01:00"}


def parquet() -> bytes:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    pq.write_table(pa.table({"session": ["S1"] * ROWS, "professional": ["D1"] * ROWS}), file)
    return file.getvalue()


def batch() -> Any:
    # one batch: progress is told inside it too
    pa = pytest.importorskip("pyarrow")
    return pa.table({"session": ["S1"] * ROWS, "professional": ["D1"] * ROWS})


Reader = Callable[[dcc.Facts, Any], int]
READERS: dict[str, Reader] = {
    "csv": lambda facts, told: facts.add_csv("attendances", ATTENDANCES, progress=told),
    "json lines": lambda facts, told: facts.add_json_lines("attendances", LINES, progress=told),
    "parquet": lambda facts, told: facts.add_parquet("attendances", parquet(), progress=told),
    "arrow": lambda facts, told: facts.add("attendances", batch(), progress=told),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=list(READERS))
def test_reading_tells_its_rows_and_stops(reader: Reader) -> None:
    told: list[int] = []
    facts = dcc.Facts()
    assert reader(facts, told.append) == ROWS
    assert len(told) >= 2 and told == sorted(told) and 0 < told[0] < ROWS and told[-1] <= ROWS

    class Enough(BaseException):
        pass

    def stop(rows: int) -> None:
        raise Enough

    part = dcc.Facts()
    with pytest.raises(Enough):
        reader(part, stop)
    # the rows before are kept, and the facts are still of use
    kept = part.compute("2025").tallies()["attendances"]["received"]
    assert 0 < kept < ROWS
    assert reader(part, None) == ROWS


def facts_of(fiches: int) -> dcc.Facts:
    """A year with many fiches."""
    facts = dcc.Facts()
    facts.add("sessions", [{"id": f"S{i}", "rcp": f"R{i % 9}", "date": "2025-03-14", "status": "held"} for i in range(200)])
    csv = ["id;version;session;patient;validated"]
    csv += [f"F{i};1;S{i % 200};P{i * 7919 % 60_000};1" for i in range(fiches)]
    assert facts.add_csv("fiches", "\n".join(csv)) == fiches
    return facts


def test_computing_tells_its_steps_and_stops() -> None:
    facts = facts_of(500)
    for work in (
        lambda told: facts.compute("2025", progress=told),
        lambda told: facts.export("2025", progress=told, **OPTIONS),
    ):
        told: list[tuple[int, int]] = []
        whole = work(lambda done, steps: told.append((done, steps)))
        steps = told[-1][1]
        assert told == [(done, steps) for done in range(1, steps + 1)]

        def stop(done: int, steps: int) -> None:
            if done == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            work(stop)
        assert type(work(None)) is type(whole)
    with pytest.raises(TypeError):
        facts.compute("2025", progress=3)  # type: ignore[arg-type]


def reading() -> Callable[[], object]:
    data = b"session;professional\n" + b"S1;D1\n" * (5 * ROWS)
    return lambda: dcc.Facts().add_csv("attendances", data)


def computing() -> Callable[[], object]:
    facts = facts_of(5 * ROWS)
    return lambda: facts.compute("2025")


def holding() -> Callable[[], object]:
    """Work of the interpreter's own, which keeps the GIL."""
    numbers = list(range(5 * ROWS)) * 3
    return lambda: sorted(numbers)


def steps_within(work: Callable[[], object], enough: int, calls: int) -> int:
    """The most steps that another thread makes within one call, up to enough of them.

    The interval of the switches is longer than everything here: the other
    thread goes on within a call only when the call lets the GIL go.
    """
    steps, over = [0], threading.Event()

    def count() -> None:
        while not over.is_set():
            steps[0] += 1
            if steps[0] % 100 == 0:
                time.sleep(0)  # nobody takes the GIL from it: it gives it

    thread, interval = threading.Thread(target=count), sys.getswitchinterval()
    sys.setswitchinterval(3_600)
    most = 0
    try:
        thread.start()
        for _ in range(calls):
            before = steps[0]
            work()
            most = max(most, steps[0] - before)
            if most >= enough:
                break
    finally:
        sys.setswitchinterval(interval)
        over.set()
        thread.join()
    return most


@pytest.mark.parametrize("make", [reading, computing])
def test_the_gil_is_released(make: Callable[[], Callable[[], object]]) -> None:
    # more than it takes to hand the GIL over once, and far less than a call leaves room for
    assert steps_within(make(), 20_000, 50) >= 20_000


def test_the_gil_would_be_seen_to_be_held() -> None:
    assert steps_within(holding(), 20_000, 3) == 0


INTERRUPTED = """
import signal
import dcc
# Python's own handler: a process started in the background ignores the signal
signal.signal(signal.SIGINT, signal.default_int_handler)
data = b"session;professional\\n" + b"S1;D1\\n" * 3_000_000
print("ready", flush=True)
dcc.Facts().add_csv("attendances", data)
print("done", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_stops_a_reading() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert out == "" and "KeyboardInterrupt" in err
