"""Actions as to-dos and whole-day events for other calendars: what stands in the file, and what is said beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.exports.deadlines import export_deadlines
from ahtc_tui.services.history import redo, undo
from ahtc_tui.services.workspace import Workspace
from tests.builders import a_draft, an_action, an_update


def written(workspace: Workspace, target: Path, which: Which = Which.OPEN, **flags: Any) -> dict[str, Any]:
    """The components of an export by the reference of their action."""
    export_deadlines(workspace, target, ActionFilter(which=which), force=True, **flags)
    parts = [part for part in Calendar.from_ical(target.read_bytes()).walk() if part.name in ("VTODO", "VEVENT")]
    return {str(part["SUMMARY"]).partition(":")[0]: part for part in parts}


def test_an_action_is_a_to_do_with_its_day_its_state_and_who_leads(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, title="Agree dates, Gŵent; <b>", due="3 feb 2014", priority="high", brag="A")
    an_action(workspace, title="Publish the log", status="in_progress")
    close_action(workspace, "DP-02", DateAsKnown(date(2014, 1, 20)))
    found = written(workspace, tmp_path / "a.ics", Which.ALL)
    todo = found["DP-01"]
    assert (todo.name, todo["DUE"].dt, todo["STATUS"], todo["PRIORITY"]) == (
        "VTODO",
        date(2014, 2, 3),
        "NEEDS-ACTION",
        1,
    )
    assert str(todo["SUMMARY"]) == "DP-01: Agree dates, Gŵent; <b>"
    assert "BRAG: A Amber" in todo["DESCRIPTION"]
    done = found["DP-02"]
    assert (done["STATUS"], done["COMPLETED"].dt.date(), "DUE" in done) == ("COMPLETED", date(2014, 1, 20), False)


def test_a_date_without_a_day_is_never_made_one(wales: Workspace, tmp_path: Path) -> None:
    report = export_deadlines(wales, tmp_path / "a.ics", ActionFilter())
    assert (report.actions, [one.ref for one in report.undated], report.left_out) == (28, ["DP-07", "DP-08"], ())
    assert 'no day, only "by the end of 2013"' in report.undated[0].reason
    assert b"\nDUE" not in (tmp_path / "a.ics").read_bytes()
    with pytest.raises(Refused, match="none has a day"):
        export_deadlines(wales, tmp_path / "b.ics", ActionFilter(), as_events=True)
    assert not (tmp_path / "b.ics").exists()


def test_a_continuing_duty_has_no_due_day(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, due="3 feb 2014", status="continuing")
    todo = written(workspace, tmp_path / "a.ics")["DP-01"]
    assert ("DUE" in todo, todo["STATUS"], "Due" in todo["DESCRIPTION"]) == (False, "IN-PROCESS", False)
    an_action(workspace, due="3 feb 2014")
    report = export_deadlines(workspace, tmp_path / "b.ics", ActionFilter(), as_events=True)
    assert [(one.ref, "continuing duty" in one.reason) for one in report.left_out] == [("DP-01", True)]


def test_as_events_a_due_day_is_a_whole_day_with_a_reminder(workspace: Workspace, tmp_path: Path) -> None:
    for due in ("3 feb 2014", "4 feb 2014", "feb 2014", ""):
        an_action(workspace, due=due)
    edit_action(workspace, "DP-02", a_draft(status="cancelled"))
    report = export_deadlines(workspace, tmp_path / "b.ics", ActionFilter(which=Which.ALL), as_events=True)
    assert [(one.ref, one.reason.partition('" ')[2]) for one in report.left_out] == [
        ("DP-03", 'has no day, only "February 2014".'),
        ("DP-04", "has no due date."),
    ]
    found = written(workspace, tmp_path / "b.ics", Which.ALL, as_events=True)
    event = found["DP-01"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2014, 2, 3), date(2014, 2, 4))
    assert (event["TRANSP"], len(event.walk("VALARM"))) == ("TRANSPARENT", 1)
    assert (found["DP-02"]["STATUS"], len(found["DP-02"].walk("VALARM"))) == ("CANCELLED", 0)


def test_the_number_rises_with_news_alone_and_never_falls(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, due="3 feb 2014")
    seen = []

    def look() -> None:
        todo = written(workspace, tmp_path / "a.ics")["DP-01"]
        seen.append((str(todo["UID"]), int(todo["SEQUENCE"])))

    look()
    edit_action(workspace, "DP-01", a_draft(detail="Said more"))
    an_update(workspace, "DP-01")
    look()
    edit_action(workspace, "DP-01", a_draft(due="4 feb 2014", title="Other"))
    look()
    undo(workspace)
    look()
    redo(workspace)
    look()
    assert [number for _uid, number in seen] == [0, 0, 1, 2, 3]
    assert len({uid for uid, _number in seen}) == 1


def test_the_same_records_give_the_same_bytes_on_another_day(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, due="3 feb 2014")
    for name, day in (("a.ics", "2014-01-01"), ("b.ics", "2015-01-01")):
        export_deadlines(replace(workspace, today=partial(date.fromisoformat, day)), tmp_path / name, ActionFilter())
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_an_update_stands_in_the_file_and_is_its_stamp(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, due="3 feb 2014")
    an_update(workspace, "DP-01", "Half done")
    todo = written(workspace, tmp_path / "a.ics")["DP-01"]
    cursor = workspace.database.connection
    last = cursor.execute("SELECT max(wall_ms) FROM change WHERE \"table\" = 'updates'").fetchone()[0]
    assert todo["DTSTAMP"].dt.timestamp() == last // 1000
    assert "Half done" in todo["DESCRIPTION"]


def test_the_highest_marking_of_the_parts_wins(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, due="3 feb 2014", marking="official-sensitive")
    an_action(workspace, due="4 feb 2014")
    found = written(workspace, tmp_path / "a.ics")
    assert [str(found[ref]["CLASS"]) for ref in ("DP-01", "DP-02")] == ["CONFIDENTIAL", "PUBLIC"]
    report = export_deadlines(workspace, tmp_path / "b.ics", ActionFilter(), marking=Marking.OFFICIAL)
    assert report.marking is Marking.OFFICIAL_SENSITIVE
    found = written(workspace, tmp_path / "a.ics", marking=Marking.OFFICIAL_SENSITIVE)
    assert str(found["DP-02"]["DESCRIPTION"]).startswith("OFFICIAL-SENSITIVE")


def test_what_cannot_be_written_is_refused_before_a_file_stands(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nothing to write"):
        export_deadlines(workspace, tmp_path / "a.ics", ActionFilter())
    with pytest.raises(BadInput, match=r"written as \.ics"):
        export_deadlines(workspace, tmp_path / "a.csv", ActionFilter())
    assert list(tmp_path.glob("*.ics")) == []
