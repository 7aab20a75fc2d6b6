"""Life of an RCP: commands and events as dicts."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from typing import Any

import dcc
import pytest

UTC = datetime.timezone.utc
ACTOR = {
    "key": "P-TEST",
    "name": "Dr TEST",
    "authentication": "cps",
    "grants": [{"role": "coordinator"}, {"role": "secretary"}, {"role": "requester"}],
}
OFFER = {
    "id": "R1",
    "local_ids": ["L-R1"],
    "name": "Essai R1",
    "theme": "digestif",
    "establishments": ["990000001"],
    "centre_3c": {"id": "3C-TEST", "name": "3C d'essai"},
    "place": "Salle 1",
    "coordinators": [{"name": "Dr TEST", "professional": "P-TEST", "email": "dr@rcp.example"}],
    "secretariat": {"name": "Secrétariat", "email": "secretariat@rcp.example"},
    "duration_minutes": 60,
}


def at(hour: int) -> datetime.datetime:
    return datetime.datetime(2026, 3, 2, hour, tzinfo=UTC)


def planned() -> tuple[dcc.Rcp, list[dict[str, Any]]]:
    rcp = dcc.Rcp()
    events = rcp.execute({"type": "create_offer", "offer": OFFER}, ACTOR, at(8))
    plan = {"type": "plan_session", "id": "S1", "rcp": "R1", "start": "2026-03-10T14:00:00"}
    events += rcp.execute(plan, ACTOR, at(9))
    events += rcp.execute({"type": "open_session", "session": "S1"}, ACTOR, "2026-03-02T10:00:00Z")
    return rcp, events


def test_commands_give_events_that_give_the_state() -> None:
    rcp, events = planned()
    assert [event["fact"]["type"] for event in events] == ["offer_created", "session_planned", "session_opened"]
    assert [event["sequence"] for event in events] == [1, 2, 3] and rcp.sequence == 3
    (session,) = rcp.sessions()
    assert session == rcp.session("S1") == rcp.sessions("R1")[0]
    assert session["status"] == "open" and rcp.session("S2") is None
    assert rcp.offers()[0]["name"] == "Essai R1"
    for same in (
        dcc.Rcp.replay(events),
        dcc.Rcp.replay(iter(events)),
        dcc.Rcp.replay(json.loads(json.dumps(events))),
        dcc.Rcp.from_json(rcp.to_json()),
        pickle.loads(pickle.dumps(rcp)),
        copy.deepcopy(rcp),
    ):
        assert same == rcp
    applied = dcc.Rcp()
    for event in events:
        applied.apply(event)
    assert applied == rcp != dcc.Rcp()


def test_a_refusal_changes_nothing() -> None:
    rcp, _ = planned()
    before = copy.copy(rcp)
    with pytest.raises(dcc.DccError) as caught:
        rcp.execute({"type": "hold_session", "session": "S1"}, ACTOR, at(11))
    assert caught.value.problems[0].allowed
    assert rcp == before
    with pytest.raises(dcc.DccError) as caught:
        rcp.execute({"type": "open_session", "session": "S9"}, ACTOR, at(11))
    assert caught.value.problems[0].code == "RCP-SESSION-INCONNUE"


def test_decide_does_not_apply() -> None:
    rcp, _ = planned()
    before = copy.copy(rcp)
    events = rcp.decide({"type": "close_session", "session": "S1"}, ACTOR, at(11))
    assert rcp == before
    rcp.apply(events[0])
    assert rcp != before


@pytest.mark.parametrize(
    ("command", "actor", "instant"),
    [
        ({"type": "inconnue"}, ACTOR, at(11)),
        ({"type": "open_session"}, ACTOR, at(11)),
        ({"type": "open_session", "session": "S1"}, {}, at(11)),
        ({"type": "open_session", "session": "S1"}, ACTOR, "hier"),
        ({"type": "open_session", "session": "S1"}, ACTOR, datetime.datetime(2026, 3, 2, 11)),
        (3, ACTOR, at(11)),
    ],
)
def test_wrong_arguments(command: Any, actor: Any, instant: Any) -> None:
    rcp, _ = planned()
    with pytest.raises(dcc.DccError):
        rcp.execute(command, actor, instant)


def test_journal_and_calendar() -> None:
    rcp, events = planned()
    lines = dcc.journal(events)
    assert len(lines) == 3 and "Dr TEST (carte CPS)" in lines[0]
    with pytest.raises(dcc.DccError):
        dcc.journal(events[1:])
    calendar = rcp.session_calendar("S1", at(12), "chu.example")
    assert calendar.startswith("BEGIN:VCALENDAR") and "S1" in calendar
    assert calendar == rcp.session_calendar("S1", at(12), domain="chu.example")
    assert "BEGIN:VEVENT" in rcp.year_calendar(2026, at(12), "chu.example", rcp="R1")
    with pytest.raises(dcc.DccError):
        rcp.year_calendar(2026, at(12), "chu.example", rcp="R9")
