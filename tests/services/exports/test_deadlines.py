"""Export of actions as to-dos and all-day events, and the report about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.exports.deadlines import export_deadlines
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft, make_update, set_clock


def export_components(
    workspace: Workspace, target: Path, status_filter: ActionScope = ActionScope.OPEN, **flags: Any
) -> dict[str, Any]:
    """Export actions and return the components by the reference of their action."""
    export_deadlines(workspace, target, ActionFilter(which=status_filter), force=True, **flags)
    parts = [part for part in Calendar.from_ical(target.read_bytes()).walk() if part.name in ("VTODO", "VEVENT")]
    return {str(part["SUMMARY"]).partition(":")[0]: part for part in parts}


def test_an_action_is_exported_as_a_to_do(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, title="Agree dates, Gŵent; <b>", due="3 feb 2014", priority="high", brag="A")
    make_action(workspace, title="Publish the log", status="in_progress")
    close_action(set_clock(workspace, "2014-01-31"), "DP-02", DateAsKnown(date(2014, 1, 20)))
    todos = export_components(workspace, tmp_path / "a.ics", ActionScope.ALL)
    todo = todos["DP-01"]
    assert (todo.name, todo["DUE"].dt, todo["STATUS"], todo["PRIORITY"]) == (
        "VTODO",
        date(2014, 2, 3),
        "NEEDS-ACTION",
        1,
    )
    assert str(todo["SUMMARY"]) == "DP-01: Agree dates, Gŵent; <b>"
    assert "BRAG: A Amber" in todo["DESCRIPTION"]
    completed = todos["DP-02"]
    assert (completed["STATUS"], completed["COMPLETED"].dt.date(), "DUE" in completed) == (
        "COMPLETED",
        date(2014, 1, 20),
        False,
    )


def test_a_date_without_a_day_stays_undated(wales: Workspace, tmp_path: Path) -> None:
    report = export_deadlines(wales, tmp_path / "a.ics", ActionFilter())
    assert (report.actions, [action.ref for action in report.undated], report.left_out) == (28, ["DP-07", "DP-08"], ())
    assert 'no date, only "by the end of 2013"' in report.undated[0].reason
    assert b"\nDUE" not in (tmp_path / "a.ics").read_bytes()
    with pytest.raises(Refused, match="None of these actions has a due date"):
        export_deadlines(wales, tmp_path / "b.ics", ActionFilter(), as_events=True)
    assert not (tmp_path / "b.ics").exists()


def test_a_due_date_that_was_typed_short_is_described_in_full(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, due="end feb 2014")
    todo = export_components(workspace, tmp_path / "a.ics")["DP-01"]
    assert "Due: 28 February 2014" in todo["DESCRIPTION"]


def test_a_to_do_in_welsh_has_the_welsh_title_and_lead(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, title="Share the pack", title_cy="Rhannu'r pecyn", lead="AHTC", due="3 feb 2014")
    for language, summary, lead in (
        (Language.CY, "Rhannu'r pecyn", "Arweinydd: Cydgysylltydd Atal Masnachu mewn Pobl"),
        (Language.BOTH, "Rhannu'r pecyn | Share the pack", "Lead: Anti Human Trafficking Co-ordinator"),
    ):
        with use_language(language):
            todo = export_components(wales, tmp_path / "a.ics")["DP-45"]
        assert str(todo["SUMMARY"]) == f"DP-45: {summary}"
        assert lead in todo["DESCRIPTION"]


def test_a_continuing_duty_has_no_due_day(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, due="3 feb 2014", status="continuing")
    todo = export_components(workspace, tmp_path / "a.ics")["DP-01"]
    assert ("DUE" in todo, todo["STATUS"], "Due" in todo["DESCRIPTION"]) == (False, "IN-PROCESS", False)
    make_action(workspace, due="3 feb 2014")
    report = export_deadlines(workspace, tmp_path / "b.ics", ActionFilter(), as_events=True)
    assert [(action.ref, "continuing duty" in action.reason) for action in report.left_out] == [("DP-01", True)]


def test_a_due_day_is_a_whole_day_event_with_a_reminder(workspace: Workspace, tmp_path: Path) -> None:
    for due in ("3 feb 2014", "4 feb 2014", "feb 2014", ""):
        make_action(workspace, due=due)
    edit_action(workspace, "DP-02", make_action_draft(status="cancelled"))
    report = export_deadlines(workspace, tmp_path / "b.ics", ActionFilter(which=ActionScope.ALL), as_events=True)
    assert [(action.ref, action.reason.partition('" ')[2]) for action in report.left_out] == [
        ("DP-03", 'has no date, only "February 2014".'),
        ("DP-04", "has no due date."),
    ]
    events = export_components(workspace, tmp_path / "b.ics", ActionScope.ALL, as_events=True)
    event = events["DP-01"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2014, 2, 3), date(2014, 2, 4))
    assert (event["TRANSP"], len(event.walk("VALARM"))) == ("TRANSPARENT", 1)
    assert (events["DP-02"]["STATUS"], len(events["DP-02"].walk("VALARM"))) == ("CANCELLED", 0)


def test_the_sequence_rises_only_with_changes(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, due="3 feb 2014")
    sequences = []

    def record_sequence() -> None:
        todo = export_components(workspace, tmp_path / "a.ics")["DP-01"]
        sequences.append((str(todo["UID"]), int(todo["SEQUENCE"])))

    record_sequence()
    edit_action(workspace, "DP-01", make_action_draft(detail="Said more"))
    make_update(workspace, "DP-01")
    record_sequence()
    edit_action(workspace, "DP-01", make_action_draft(due="4 feb 2014", title="Other"))
    record_sequence()
    undo_step(workspace)
    record_sequence()
    redo_step(workspace)
    record_sequence()
    assert [number for _uid, number in sequences] == [0, 0, 1, 2, 3]
    assert len({uid for uid, _number in sequences}) == 1


def test_the_same_records_give_the_same_bytes_on_another_day(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, due="3 feb 2014")
    for name, day in (("a.ics", "2014-01-01"), ("b.ics", "2015-01-01")):
        export_deadlines(replace(workspace, today=partial(date.fromisoformat, day)), tmp_path / name, ActionFilter())
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_the_last_update_is_in_the_file_and_sets_its_stamp(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, due="3 feb 2014")
    make_update(workspace, "DP-01", "Half done")
    todo = export_components(workspace, tmp_path / "a.ics")["DP-01"]
    cursor = workspace.database.connection
    last = cursor.execute("SELECT max(wall_ms) FROM change WHERE \"table\" = 'updates'").fetchone()[0]
    assert todo["DTSTAMP"].dt.timestamp() == last // 1000
    assert "Half done" in todo["DESCRIPTION"]


def test_the_highest_marking_of_the_parts_wins(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, due="3 feb 2014", marking="official-sensitive")
    make_action(workspace, due="4 feb 2014")
    todos = export_components(workspace, tmp_path / "a.ics")
    assert [str(todos[ref]["CLASS"]) for ref in ("DP-01", "DP-02")] == ["CONFIDENTIAL", "PUBLIC"]
    report = export_deadlines(workspace, tmp_path / "b.ics", ActionFilter(), marking=Marking.OFFICIAL)
    assert report.marking is Marking.OFFICIAL_SENSITIVE
    todos = export_components(workspace, tmp_path / "a.ics", marking=Marking.OFFICIAL_SENSITIVE)
    assert str(todos["DP-02"]["DESCRIPTION"]).startswith("OFFICIAL-SENSITIVE")


def test_invalid_exports_are_refused_before_writing(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nothing was exported"):
        export_deadlines(workspace, tmp_path / "a.ics", ActionFilter())
    with pytest.raises(BadInput, match=r"end in \.ics"):
        export_deadlines(workspace, tmp_path / "a.csv", ActionFilter())
    assert list(tmp_path.glob("*.ics")) == []
