"""Answers to proposed times as calendar files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import AhtcError, BadInput, Refused
from ahtc_tui.domain.meetings.kinds import TimeDecision
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.answers import write_time_answer
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, query_rows, read_live_rows

WHEN = "2014-01-21 14:00"


@pytest.fixture
def meeting(wales: Workspace) -> MeetingRow:
    """A meeting of two hours, whose organiser has an address."""
    (key,) = query_rows(wales, "SELECT id FROM parties WHERE ref = 'ahtc'")[0]
    with wales.database.write("address") as ledger:
        ledger.update("parties", key, {"email": "ahtc@example.org"})
    fields = {"group": "LG", "starts": "2014-01-14 10:00", "minutes": "120", "organiser": "AHTC"}
    return add_meeting(wales, build_meeting_draft(fields, TODAY))


def set_foreign_uid(workspace: Workspace, meeting: MeetingRow) -> None:
    with workspace.database.write("uid") as ledger:
        ledger.update("meetings", meeting.key, {"uid": "x@example.org"})


def read_answer(path: Path) -> tuple[str, Any]:
    """Return the method and the only event of a file."""
    calendar: Any = Calendar.from_ical(path.read_bytes())
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def test_accepting_moves_the_meeting_and_writes_the_next_invitation(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow
) -> None:
    row = write_time_answer(wales, meeting.ref, TimeDecision.ACCEPT, WHEN, tmp_path / "a.ics")
    assert (f"{row.starts}", f"{row.ends}") == ("2014-01-21 14:00:00", "2014-01-21 16:00:00")
    method, event = read_answer(tmp_path / "a.ics")
    assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", meeting.uid, meeting.sequence + 1)
    assert f"{event['DTSTART'].dt:%F %H:%M}" == WHEN
    undo_step(wales)
    assert show_meeting(wales, meeting.ref).row.starts == meeting.starts


def test_accepting_the_time_of_the_meeting_keeps_its_version(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow
) -> None:
    for name in ("a.ics", "b.ics"):
        write_time_answer(wales, meeting.ref, TimeDecision.ACCEPT, WHEN, tmp_path / name)
        assert read_answer(tmp_path / name)[1]["SEQUENCE"] == meeting.sequence + 1


@pytest.mark.parametrize(("decision", "method"), [("decline", "DECLINECOUNTER"), ("propose", "COUNTER")])
@pytest.mark.parametrize("when", [WHEN, "14:00", "21 January 2014"])
def test_other_answers_echo_the_version_and_change_no_record(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, decision: str, method: str, when: str
) -> None:
    set_foreign_uid(wales, meeting)
    before = read_live_rows(wales)
    write_time_answer(wales, meeting.ref, TimeDecision(decision), when, tmp_path / "a.ics")
    written_method, event = read_answer(tmp_path / "a.ics")
    assert (written_method, event["UID"], event["SEQUENCE"]) == (method, "x@example.org", meeting.sequence)
    assert {"DTSTAMP", "ORGANIZER", "SUMMARY", "DTSTART", "DTEND"} <= set(event)
    assert event["DTEND"].dt - event["DTSTART"].dt == meeting.ends - meeting.starts  # type: ignore[operator]
    assert read_live_rows(wales) == before


@pytest.mark.parametrize(("decision", "partstat"), [("accept", "ACCEPTED"), ("decline", "DECLINED")])
@pytest.mark.parametrize("when", [None, "14 January 2014, 10am"])
def test_an_invitation_from_elsewhere_is_replied_to_and_changes_no_record(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow, decision: str, partstat: str, when: str | None
) -> None:
    set_foreign_uid(wales, meeting)
    before = read_live_rows(wales)
    write_time_answer(wales, meeting.ref, TimeDecision(decision), when, tmp_path / "a.ics")
    method, event = read_answer(tmp_path / "a.ics")
    assert (method, event["UID"], event["SEQUENCE"]) == ("REPLY", "x@example.org", meeting.sequence)
    assert event["ATTENDEE"].params["PARTSTAT"] == partstat
    assert read_live_rows(wales) == before


def test_a_time_is_needed_for_a_meeting_of_this_office_and_for_a_proposal(
    wales: Workspace, tmp_path: Path, meeting: MeetingRow
) -> None:
    for decision in TimeDecision:
        with pytest.raises(BadInput, match="Give the date and time"):
            write_time_answer(wales, meeting.ref, decision, None, tmp_path / "a.ics")
    set_foreign_uid(wales, meeting)
    with pytest.raises(BadInput, match="Give the date and time"):
        write_time_answer(wales, meeting.ref, TimeDecision.PROPOSE, None, tmp_path / "a.ics")
    assert list(tmp_path.glob("*.ics")) == []


REFUSALS: dict[str, tuple[str, str, str, type[AhtcError]]] = {
    "a proposal for a meeting of this office": ("propose", WHEN, "a.ics", Refused),
    "no day": ("accept", "some day", "a.ics", BadInput),
    "a month": ("decline", "June 2014", "a.ics", BadInput),
    "another format": ("accept", WHEN, "a.txt", BadInput),
    "an existing file": ("accept", WHEN, "old.ics", Refused),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refused_answer_writes_nothing(wales: Workspace, tmp_path: Path, meeting: MeetingRow, name: str) -> None:
    decision, when, file, error = REFUSALS[name]
    (tmp_path / "old.ics").write_text("old", encoding="utf-8")
    before = read_live_rows(wales)
    with pytest.raises(error):
        write_time_answer(wales, meeting.ref, TimeDecision(decision), when, tmp_path / file)
    assert read_live_rows(wales) == before
    assert [path.name for path in tmp_path.glob("*.*")] == ["old.ics"]
    assert (tmp_path / "old.ics").read_text(encoding="utf-8") == "old"


def test_a_series_and_a_meeting_without_an_organiser_are_refused(wales: Workspace, tmp_path: Path) -> None:
    fields = {"group": "LG", "starts": "2014-01-14 10:00", "repeat": "FREQ=WEEKLY;COUNT=6"}
    series = add_meeting(wales, build_meeting_draft(fields, TODAY))
    with pytest.raises(Refused, match="Answer for one date"):
        write_time_answer(wales, series.ref, TimeDecision.ACCEPT, WHEN, tmp_path / "a.ics")
    single = add_meeting(wales, build_meeting_draft(fields | {"repeat": "", "organiser": "Bawso"}, TODAY))
    with pytest.raises(Refused, match="no organiser with an email address"):
        write_time_answer(wales, single.ref, TimeDecision.ACCEPT, WHEN, tmp_path / "a.ics")
    assert show_meeting(wales, single.ref).row.day == single.day
