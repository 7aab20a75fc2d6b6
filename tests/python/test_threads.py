"""Facts used by several threads, and from within what they call."""

from __future__ import annotations

import _thread
import itertools
import signal
import threading
import time
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Iterator

import dcc
import pytest

ROWS = 120_000
ATTENDANCES = "session;professional\n" + "S1;D1\n" * ROWS
SESSION = {"id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "held"}
OPTIONS: dict[str, Any] = {"producer": "3C de test", "generated_at": "2026-01-05T08:00:00+01:00"}
# longer than anything here takes: a thread that waits for ever fails, and does not hang
LONG = 120


def received(facts: dcc.Facts, table: str = "attendances") -> int:
    return facts.compute("2025").tallies()[table]["received"]


class Held:
    """A reading in another thread that stops in its progress callback."""

    def __init__(self, facts: dcc.Facts) -> None:
        self.inside, self.go = threading.Event(), threading.Event()
        self.taken = 0
        self.thread = threading.Thread(target=self.run, args=(facts,))

    def run(self, facts: dcc.Facts) -> None:
        self.taken = facts.add_csv("attendances", ATTENDANCES, progress=self.told)

    def told(self, _: int) -> None:
        self.inside.set()
        assert self.go.wait(LONG)

    def __enter__(self) -> Held:
        self.thread.start()
        assert self.inside.wait(LONG)
        return self

    def __exit__(self, *_: object) -> None:
        self.go.set()
        self.thread.join(LONG)
        assert not self.thread.is_alive() and self.taken == ROWS


# every use of the facts, and what it gives once the reading of another thread is over
USES: dict[str, tuple[Callable[[dcc.Facts], object], object]] = {
    "add": (lambda facts: facts.add("sessions", [SESSION]), 1),
    "add_csv": (lambda facts: facts.add_csv("attendances", "session;professional\nS1;D2\n"), 1),
    "add_json_lines": (lambda facts: facts.add_json_lines("attendances", '{"session":"S1","professional":"D2"}'), 1),
    "add_json": (lambda facts: facts.add_json("attendances", '[{"session":"S1","professional":"D2"}]'), 1),
    "merge": (lambda facts: facts.merge(dcc.Facts()), None),
    "merged": (lambda facts: dcc.Facts().merge(facts), None),
    "problems": (lambda facts: {problem.code for problem in facts.problems()}, {"FAIT-SESSION", "FAIT-DOUBLON"}),
    "compute": (received, ROWS),
    "to_bytes": (lambda facts: received(dcc.Facts.from_bytes(facts.to_bytes())), ROWS),
    "equal": (lambda facts: facts == dcc.Facts(), False),
    "repr": (lambda facts: repr(facts).startswith("<dcc.Facts"), True),
}


@pytest.mark.parametrize("use", list(USES))
def test_others_wait_their_turn(use: str) -> None:
    work, expected = USES[use]
    facts = dcc.Facts()
    with ThreadPoolExecutor(1) as pool:
        with Held(facts):
            waiting = pool.submit(work, facts)
            # it is not done while the other is at it, whatever time it is given
            with pytest.raises(futures.TimeoutError):
                waiting.result(0.05)
        found = waiting.result(LONG)
    if isinstance(expected, set):
        assert isinstance(found, set) and found and found <= expected
    else:
        assert found == expected


@pytest.mark.parametrize("use", list(USES))
def test_a_progress_callback_does_not_wait_for_itself(use: str) -> None:
    work, _ = USES[use]
    facts, raised = dcc.Facts(), []

    def told(_: int) -> None:
        with pytest.raises(RuntimeError, match="rappel de progression") as caught:
            work(facts)
        raised.append(caught.value)

    assert facts.add_csv("attendances", ATTENDANCES, progress=told) == ROWS
    assert raised and received(facts) == ROWS
    # raised out of the callback, it stops the reading; the facts are still of use
    with pytest.raises(RuntimeError):
        facts.add_csv("attendances", ATTENDANCES, progress=lambda _: work(facts))
    assert ROWS < received(facts) < 2 * ROWS


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Python's own handler: a process started in the background ignores the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_the_wait(ctrl_c: None) -> None:
    facts, asked = dcc.Facts(), threading.Event()

    def interrupt() -> None:
        assert asked.wait(LONG)
        time.sleep(0.2)  # time to be waiting; without it the interruption comes before, and is raised alike
        _thread.interrupt_main()

    with Held(facts):
        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            asked.set()
            facts.problems()
        thread.join(LONG)
    assert received(facts) == ROWS


def test_a_computation_keeps_nobody_waiting() -> None:
    facts = dcc.Facts()
    facts.add("sessions", [SESSION])
    ids = itertools.count(2)

    def told(_done: int, _steps: int) -> None:
        assert facts.add("sessions", [dict(SESSION, id=f"S{next(ids)}")]) == 1
        assert facts.problems() == []

    year = facts.compute("2025", progress=told)
    # what was asked for is what stood there
    assert year.tallies()["sessions"]["received"] == 1
    steps = received(facts, "sessions") - 1
    assert steps > 1
    files = facts.export("2025", progress=told, **OPTIONS).files
    assert files != facts.export("2025", **OPTIONS).files


def test_many_threads_add_and_read() -> None:
    facts, count = dcc.Facts(), 8
    start = threading.Barrier(count)

    def work(thread: int) -> None:
        start.wait(LONG)
        for i in range(20):
            assert facts.add("sessions", [dict(SESSION, id=f"S{thread}-{i}")]) == 1
            other = dcc.Facts()
            other.add("offers", [{"id": f"R{thread}-{i}", "name": "Sein"}])
            facts.merge(other)
            assert facts.problems() == [] and received(facts, "sessions") > i
            assert facts == facts and "dcc.Facts" in repr(facts)

    with ThreadPoolExecutor(count) as pool:
        for done in [pool.submit(work, thread) for thread in range(count)]:
            done.result(LONG)
    assert received(facts, "sessions") == count * 20
    assert f"offers={count * 20}" in repr(facts)


def test_merges_that_cross() -> None:
    one, other = dcc.Facts(), dcc.Facts()
    one.add("sessions", [SESSION])
    other.add("sessions", [dict(SESSION, id="S2")])
    start = threading.Barrier(2)

    def work(into: dcc.Facts, of: dcc.Facts) -> None:
        for _ in range(5):
            start.wait(LONG)
            into.merge(of)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work, one, other), pool.submit(work, other, one)]:
            done.result(LONG)
    for facts in (one, other):
        counted = facts.compute("2025").tallies()["sessions"]
        assert counted["received"] > counted["counted"] == 2, counted


def test_merge_with_itself() -> None:
    facts, twice = dcc.Facts(), dcc.Facts()
    for part in (facts, twice, twice):
        part.add("sessions", [SESSION])
        part.add("offers", [{"id": "R1", "name": "Sein"}])
    facts.merge(facts)
    assert facts == twice
    assert received(facts, "sessions") == 2 and facts.compute("2025").tallies()["sessions"]["counted"] == 1
