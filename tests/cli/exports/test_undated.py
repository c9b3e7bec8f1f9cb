"""Calendar exports of records without a day: they are named and counted, and nothing is left to decide."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run as command
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.workspace import Workspace


def run_command(office: Workspace, *words: str) -> int:
    return command(["--workspace", str(office.root), "--as-at", "2013-12-31", *words])


def test_meetings_without_a_day_are_counted_and_need_no_decision(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(wales, "export", "invites", str(tmp_path / "all.ics"), "--all") == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1] == "8 meetings left out."
    assert sum("has no date, only" in line or "has no date" in line for line in lines) == 8
    assert run_command(wales, "export", "invites", str(tmp_path / "json.ics"), "--all", "--json") == 0
    assert {left["needs_decision"] for left in json.loads(capsys.readouterr().out)["left_out"]} == {False}


def test_a_meeting_with_a_day_that_a_calendar_cannot_hold_is_left_to_decide(wales: Workspace, tmp_path: Path) -> None:
    key = show_meeting(wales, "post-created").row.key
    with wales.database.write("edit") as ledger:
        ledger.update("meetings", key, {"tz": "Europe/Nowhere"})
    assert run_command(wales, "export", "invites", str(tmp_path / "all.ics"), "--all") == 1


@pytest.mark.parametrize("flags", [(), ("--as-events",)])
def test_actions_without_a_day_are_named_and_need_no_decision(
    flags: tuple[str, ...], wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_command(wales, "actions", "add", "Brief the SPOCs", "--due", "31 January 2014", "--lead", "AHTC")
    run_command(wales, "actions", "add", "Print the leaflet", "--due", "Spring 2014", "--lead", "AHTC")
    capsys.readouterr()
    assert run_command(wales, "export", "deadlines", str(tmp_path / "due.ics"), "--lead", "AHTC", *flags) == 0
    errors = capsys.readouterr().err
    assert '"Print the leaflet" has no date, only' in errors
    assert ("actions without a date left out." in errors) is bool(flags)
