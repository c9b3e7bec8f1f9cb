"""Tests of the decision register: list, edit, supersede, link and export."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_decision_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.kinds import DecisionStatus
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services import doctor
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line

HOSTILE = "=SUM(A1) | <b>all</b> & {{7*7}}"


@pytest.fixture
def decision_ref(wales: Workspace) -> str:
    """A decision of the Leadership Group of 10 December 2013."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, wales.today())
    meeting = meetings.add_meeting(wales, draft).ref
    return make_line(wales, meeting, f"d: {HOSTILE}").decision or ""


def edit_fields(workspace: Workspace, ref: str, **fields: str) -> Decision:
    return decisions.edit_decision(workspace, ref, build_decision_draft(fields, workspace.today()))


def add_test_decision(workspace: Workspace, **fields: str) -> Decision:
    return decisions.add_decision(workspace, build_decision_draft(fields, workspace.today()))


def test_the_register_shows_body_date_and_reason(wales: Workspace, decision_ref: str) -> None:
    row = edit_fields(wales, decision_ref, reason="Four forces asked", note="see the paper")
    assert (row.body, str(row.decided_on), row.reason) == (
        "Wales Anti Human Trafficking Leadership Group",
        "10 December 2013",
        "Four forces asked",
    )
    assert [decision.ref for decision in decisions.list_decisions(wales)] == [decision_ref, "D-2013/1"]
    assert [decision.ref for decision in decisions.list_decisions(wales, "four forces", "LG")] == [decision_ref]
    assert ("decision", decision_ref) in [(hit.kind, hit.ref) for hit in search_records(wales, "four forces")]
    assert decisions.list_decisions(wales, "nothing like it") == []


def test_a_decision_can_be_added_without_minutes(wales: Workspace) -> None:
    row = add_test_decision(wales, text="Meet twice a year", group="LG", decided_on="1 March 2013")
    assert (row.ref, str(row.decided_on), row.in_force) == ("D-2013/2", "1 March 2013", True)
    assert add_test_decision(wales, text="Meet at noon").ref == "D-2013/3"
    with pytest.raises(BadInput, match="needs text"):
        add_test_decision(wales, group="LG")


def test_supersession_is_shown_on_both_and_cycles_are_refused(wales: Workspace, decision_ref: str) -> None:
    later = add_test_decision(wales, text="Adopted for five").ref
    last = add_test_decision(wales, text="Adopted for six").ref
    assert not edit_fields(wales, decision_ref, superseded_by=later).in_force
    edit_fields(wales, later, superseded_by=last)
    assert decisions.show_decision(wales, later).supersedes == (decision_ref,)
    for circle in (decision_ref, last):
        with pytest.raises(Refused, match="supersede itself"):
            edit_fields(wales, last, superseded_by=circle)
    assert edit_fields(wales, decision_ref, superseded_by="").in_force
    with pytest.raises(NotFound):
        edit_fields(wales, decision_ref, superseded_by="D-1999/1")


def test_actions_are_linked_to_decisions_and_unlinked(wales: Workspace, decision_ref: str) -> None:
    assert decisions.link_decision(wales, decision_ref, "dp 12").actions == ("DP-12",)
    assert decisions.link_decision(wales, decision_ref, "DP-12").actions == ("DP-12",)
    meeting = decisions.show_decision(wales, decision_ref).meeting or ""
    assert meetings.show_meeting(wales, meeting).decisions[0].actions == ("DP-12",)
    assert any(decision_ref in decision for decision in actions.show_action(wales, "DP-12").decisions)
    assert decisions.link_decision(wales, decision_ref, "DP-12", remove=True).actions == ()
    assert decisions.link_decision(wales, decision_ref, "DP-12", remove=True).actions == ()
    assert meetings.show_meeting(wales, meeting).decisions[0].actions == ()
    assert doctor.find_faults(wales) == []


def test_the_text_follows_the_minutes_until_they_are_agreed(wales: Workspace, decision_ref: str) -> None:
    meeting = decisions.show_decision(wales, decision_ref).meeting or ""
    edit_fields(wales, decision_ref, text="adopted", text_cy="mabwysiadwyd")
    line = meetings.show_meeting(wales, meeting).lines[0]
    assert (line.text, line.text_cy) == ("adopted", "mabwysiadwyd")
    lifecycle.set_state(wales, meeting, MinutesState.AGREED)
    with pytest.raises(Refused, match="meetings amend"):
        edit_fields(wales, decision_ref, text="other")
    assert edit_fields(wales, decision_ref, reason="still open").reason == "still open"
    with pytest.raises(BadInput, match=r"needs text|cannot be empty"):
        edit_fields(wales, decision_ref, text="")


def test_the_register_is_exported_in_three_formats(wales: Workspace, decision_ref: str) -> None:
    edit_fields(wales, decision_ref, reason="+1 | reason")
    folder = wales.exports
    for ending in ("xlsx", "csv", "md"):
        assert decisions.export_decisions(wales, folder / f"register.{ending}") == 2
    rows = CalamineWorkbook.from_path(str(folder / "register.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[2][:5] == ["Ref", "Date", "Body", "Decision", "Reason"]
    assert (rows[3][0], rows[3][3], rows[3][4]) == (decision_ref, HOSTILE, "+1 | reason")
    with (folder / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[1][3] == f"'{HOSTILE}"
    text = (folder / "register.md").read_text(encoding="utf-8")
    assert text.startswith("**OFFICIAL**")
    assert r"=SUM(A1) \| \<b\>all\</b\> & {{7\*7}}" in text
    with pytest.raises(BadInput, match=r"\.xlsx, \.csv or \.md"):
        decisions.export_decisions(wales, folder / "register.pdf")
    path, count = export_to_folder(wales, "decisions", partial(decisions.export_decisions, words="bawso"))
    assert (path.name, count) == ("2013-12-31 Decision register.xlsx", 1)
    assert export_to_folder(wales, "decisions", decisions.export_decisions)[0] == Path(
        folder / "2013-12-31 Decision register-2.xlsx"
    )


def test_a_decision_is_agreed_until_another_status_is_set(wales: Workspace, decision_ref: str) -> None:
    assert decisions.show_decision(wales, decision_ref).status is DecisionStatus.AGREED
    row = edit_fields(wales, decision_ref, status="implemented", decided_by="Jeff Farrar")
    assert (row.status, row.decided_by) == (DecisionStatus.IMPLEMENTED, "Jeff Farrar")
    assert edit_fields(wales, decision_ref, status="").status is DecisionStatus.AGREED
    with pytest.raises(BadInput, match="proposed, agreed, superseded, implemented, rejected, withdrawn"):
        edit_fields(wales, decision_ref, status="forgotten")


def test_a_superseded_decision_has_no_other_status(wales: Workspace, decision_ref: str) -> None:
    later = add_test_decision(wales, text="Another course", status="proposed").ref
    assert edit_fields(wales, decision_ref, superseded_by=later).status is DecisionStatus.SUPERSEDED
    with pytest.raises(Refused, match="Clear superseded_by"):
        edit_fields(wales, decision_ref, status="implemented")
    row = edit_fields(wales, decision_ref, superseded_by="", status="implemented")
    assert (row.status, row.in_force) == (DecisionStatus.IMPLEMENTED, True)


def test_an_earlier_decision_cannot_supersede_a_later_one(wales: Workspace) -> None:
    earlier, later = (
        decisions.add_decision(
            wales, build_decision_draft({"text": f"Adopt on {day}", "decided_on": day}, wales.today())
        )
        for day in ("2013-03-01", "2013-10-01")
    )
    with pytest.raises(Refused, match="An earlier decision cannot supersede a later one"):
        decisions.edit_decision(wales, later.ref, build_decision_draft({"superseded_by": earlier.ref}, wales.today()))
    draft = build_decision_draft({"superseded_by": later.ref}, wales.today())
    assert decisions.edit_decision(wales, earlier.ref, draft).superseded_by == later.ref


@pytest.mark.parametrize("status", ["withdrawn", "rejected", "gwrthodwyd"])
def test_a_decision_that_was_rejected_or_withdrawn_is_not_in_force(wales: Workspace, status: str) -> None:
    row = decisions.edit_decision(wales, "D-2013/1", build_decision_draft({"status": status}, wales.today()))
    assert not row.in_force
