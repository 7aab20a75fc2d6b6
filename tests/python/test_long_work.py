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


def long_enough(make: Callable[[int], Callable[[], object]]) -> Callable[[], object]:
    """Work of some 60 ms at least, whatever the build."""
    size = 30_000
    while True:
        work = make(size)
        start = time.perf_counter()
        work()
        if time.perf_counter() - start > 0.06 or size > 2_000_000:
            return work
        size *= 4


def reading(size: int) -> Callable[[], object]:
    data = b"session;professional\n" + b"S1;D1\n" * size
    return lambda: dcc.Facts().add_csv("attendances", data)


def computing(size: int) -> Callable[[], object]:
    facts = facts_of(size)
    return lambda: facts.compute("2025")


@pytest.mark.parametrize("make", [reading, computing])
def test_the_gil_is_released(make: Callable[[int], Callable[[], object]]) -> None:
    work = long_enough(make)
    ticks, over = [0], threading.Event()

    def count() -> None:
        while not over.is_set():
            ticks[0] += 1

    thread, interval = threading.Thread(target=count), sys.getswitchinterval()
    # were the GIL held, the thread would only have about this long at the ends of a call
    sys.setswitchinterval(1e-4)
    thread.start()
    try:
        before, start, took = ticks[0], time.perf_counter(), 0.0
        while took < 0.3:
            work()
            took = time.perf_counter() - start
        assert ticks[0] - before > 4e5 * took, (ticks[0] - before, took)
    finally:
        over.set()
        sys.setswitchinterval(interval)
        thread.join()


INTERRUPTED = """
import dcc
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
