"""The decision register: what an auditor asks of it, and the files that it goes out as."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ahtc_tui.domain.drafts.decisions import decision_draft
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services import doctor
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.search import find
from ahtc_tui.services.workspace import Workspace

HOSTILE = "=SUM(A1) | <b>all</b> & {{7*7}}"


@pytest.fixture
def taken(wales: Workspace) -> str:
    """A decision that a Leadership Group took on 10 December 2013."""
    draft = meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, wales.today())
    meeting = meetings.add_meeting(wales, draft).ref
    return minutes.add_line(wales, meeting, f"d: {HOSTILE}").decision or ""


def edit(workspace: Workspace, ref: str, **fields: str) -> Decision:
    return decisions.edit_decision(workspace, ref, decision_draft(fields, workspace.today()))


def add(workspace: Workspace, **fields: str) -> Decision:
    return decisions.add_decision(workspace, decision_draft(fields, workspace.today()))


def test_the_register_says_who_decided_when_and_why(wales: Workspace, taken: str) -> None:
    row = edit(wales, taken, reason="Four forces asked", note="see the paper")
    assert (row.body, str(row.decided_on), row.reason) == (
        "Wales Anti Human Trafficking Leadership Group",
        "10 December 2013",
        "Four forces asked",
    )
    assert [one.ref for one in decisions.list_decisions(wales)] == [taken, "D-2013/1"]
    assert [one.ref for one in decisions.list_decisions(wales, "four forces", "LG")] == [taken]
    assert ("decision", taken) in [(hit.kind, hit.ref) for hit in find(wales, "four forces")]
    assert decisions.list_decisions(wales, "nothing like it") == []


def test_a_decision_outside_the_minutes_is_entered_by_hand(wales: Workspace) -> None:
    row = add(wales, text="Meet twice a year", group="LG", decided_on="1 March 2014")
    assert (row.ref, str(row.decided_on), row.in_force) == ("D-2014/1", "1 March 2014", True)
    assert add(wales, text="Meet at noon").ref == "D-2013/2"
    with pytest.raises(BadInput, match="needs words"):
        add(wales, group="LG")


def test_what_supersedes_what_is_said_on_both_and_never_in_a_circle(wales: Workspace, taken: str) -> None:
    later = add(wales, text="Adopted for five").ref
    last = add(wales, text="Adopted for six").ref
    assert not edit(wales, taken, superseded_by=later).in_force
    edit(wales, later, superseded_by=last)
    assert decisions.show_decision(wales, later).supersedes == (taken,)
    for circle in (taken, last):
        with pytest.raises(Refused, match="after itself"):
            edit(wales, last, superseded_by=circle)
    assert edit(wales, taken, superseded_by="").in_force
    with pytest.raises(NotFound):
        edit(wales, taken, superseded_by="D-1999/1")


def test_an_action_that_carries_it_out_is_linked_and_unlinked(wales: Workspace, taken: str) -> None:
    assert decisions.link_decision(wales, taken, "dp 12").actions == ("DP-12",)
    assert decisions.link_decision(wales, taken, "DP-12").actions == ("DP-12",)
    meeting = decisions.show_decision(wales, taken).meeting or ""
    assert meetings.show_meeting(wales, meeting).decisions[0].actions == ("DP-12",)
    assert any(taken in said for said in actions.show_action(wales, "DP-12").decisions)
    assert decisions.link_decision(wales, taken, "DP-12", remove=True).actions == ()
    assert decisions.link_decision(wales, taken, "DP-12", remove=True).actions == ()
    assert meetings.show_meeting(wales, meeting).decisions[0].actions == ()
    assert doctor.faults(wales) == []


def test_its_words_are_those_of_the_minutes_until_these_are_agreed(wales: Workspace, taken: str) -> None:
    meeting = decisions.show_decision(wales, taken).meeting or ""
    edit(wales, taken, text="adopted", text_cy="mabwysiadwyd")
    line = meetings.show_meeting(wales, meeting).lines[0]
    assert (line.text, line.text_cy) == ("adopted", "mabwysiadwyd")
    lifecycle.set_state(wales, meeting, MinutesState.AGREED)
    with pytest.raises(Refused, match="meetings amend"):
        edit(wales, taken, text="other")
    assert edit(wales, taken, reason="still open").reason == "still open"
    with pytest.raises(BadInput, match=r"needs words|may not be empty"):
        edit(wales, taken, text="")


def test_the_register_goes_out_as_three_files_with_the_text_as_it_was_typed(wales: Workspace, taken: str) -> None:
    edit(wales, taken, reason="+1 | reason")
    folder = wales.exports
    for ending in ("xlsx", "csv", "md"):
        assert decisions.export_decisions(wales, folder / f"register.{ending}") == 2
    rows = CalamineWorkbook.from_path(str(folder / "register.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[2][:5] == ["Ref", "Date", "Body", "Decision", "Reason"]
    assert (rows[3][0], rows[3][3], rows[3][4]) == (taken, HOSTILE, "+1 | reason")
    with (folder / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[1][3] == f"'{HOSTILE}"
    said = (folder / "register.md").read_text(encoding="utf-8")
    assert said.startswith("**OFFICIAL**")
    assert r"=SUM(A1) \| \<b\>all\</b\> & {{7\*7}}" in said
    with pytest.raises(BadInput, match=r"\.xlsx, \.csv or \.md"):
        decisions.export_decisions(wales, folder / "register.pdf")
    path, count = decisions.decisions_to_folder(wales, "bawso")
    assert (path.name, count) == ("decisions-2013-12-31.xlsx", 1)
    assert decisions.decisions_to_folder(wales)[0] == Path(folder / "decisions-2013-12-31-2.xlsx")
