"""What became of the plan since the last Leadership Group: counted as the database counts, and nothing twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.plan.changes_since import Reading, moves
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.history import undo
from ahtc_tui.services.plan.changes_since import export_since, paper_of, since, since_last
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action, an_update
from tests.services.documents.test_office_papers import words_of

COUNTS = {
    "added": "SELECT count(*) FROM actions WHERE NOT deleted AND substr(raised_on, 1, 10) BETWEEN ? AND ?",
    "closed": "SELECT count(*) FROM actions WHERE NOT deleted AND status IN ('done', 'cancelled')"
    " AND substr(closed_on, 1, 10) BETWEEN ? AND ?",
    "slipped": "SELECT count(*) FROM slips WHERE NOT deleted AND substr(slipped_on, 1, 10) BETWEEN ? AND ?",
    "updates": "SELECT count(*) FROM updates WHERE NOT deleted AND substr(said_on, 1, 10) BETWEEN ? AND ?",
    "no_update": "SELECT count(*) FROM actions a WHERE NOT deleted AND status NOT IN ('done', 'cancelled')"
    " AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND NOT u.deleted"
    " AND substr(u.said_on, 1, 10) BETWEEN ? AND ?)",
}


def a_meeting(workspace: Workspace, starts: str) -> str:
    from ahtc_tui.domain.drafts.meetings import meeting_draft
    from ahtc_tui.services.meetings.service import add_meeting

    return add_meeting(workspace, meeting_draft({"group": "leadership-group", "starts": starts}, TODAY)).ref


@pytest.mark.parametrize("first", ["2009-01-01", "2013-06-01", "2013-12-31"])
def test_its_counts_are_those_of_plain_sql(busy: Workspace, first: str) -> None:
    found = since(busy, first)
    days = (first, "2013-12-31")
    with closing(sqlite3.connect(busy.root / "data" / "ahtc.db")) as file:
        counted = {name: file.execute(query, days).fetchone()[0] for name, query in COUNTS.items()}
    assert {name: found.counts[name] for name in COUNTS} == counted
    assert found.counts["added"] == 5
    assert found.counts["open"] == 32


def test_without_a_day_it_begins_with_the_last_meeting_that_was_held(busy: Workspace) -> None:
    with pytest.raises(NotFound, match="held no meeting before 31 December 2013"):
        since(busy)
    first, last = a_meeting(busy, "2013-09-10"), a_meeting(busy, "2013-11-05")
    a_meeting(busy, "2013-12-31")
    a_meeting(busy, "2014-02-04")
    found = since(busy)
    assert (found.first, found.last, found.meeting) == (date(2013, 11, 5), TODAY, last)
    assert since(busy, first).first == date(2013, 9, 10)
    assert since(busy, to="2013-10-01").meeting == first


def test_where_no_meeting_was_held_the_screen_begins_with_the_quarter(busy: Workspace) -> None:
    assert since_last(busy).first == date(2013, 10, 1)
    a_meeting(busy, "2013-11-05")
    assert since_last(busy).first == date(2013, 11, 5)


def test_a_slip_says_from_when_to_when_and_why(busy: Workspace) -> None:
    (slip,) = since(busy, "2013-12-01").slipped
    assert (slip.ref, str(slip.from_due), str(slip.to_due), slip.reason) == (
        "DP-46",
        "by spring 2014",
        "summer 2014",
        "The trainer is ill",
    )


def test_a_rating_moves_with_an_update_an_edit_and_a_closing(wales: Workspace) -> None:
    ref = an_action(wales, "Print the leaflets", brag="G", raised_on="2013-01-07").ref
    an_update(wales, ref, "Printer closed down.", brag="R")
    other = an_action(wales, "Book a room", brag="A", raised_on="2013-01-07").ref
    edit_action(wales, other, a_draft(brag="G", confidence="high"))
    done = an_action(wales, "Write home", brag="A", raised_on="2013-01-07").ref
    close_action(wales, done)
    found = since(wales, "2013-12-01")
    assert [(one.ref, one.before, one.after) for one in found.brag] == [
        (ref, "G", "R"),
        (other, "A", "G"),
        (done, "A", "B"),
    ]
    assert [(one.ref, one.before, one.after) for one in found.confidence] == [(other, None, "high")]
    assert [step.on for one in found.brag for step in one.steps] == [TODAY] * 3


def test_what_was_taken_back_did_not_happen(wales: Workspace) -> None:
    ref = an_action(wales, "Print the leaflets", brag="G").ref
    an_update(wales, ref, "Printer closed down.", brag="R")
    undo(wales)
    edit_action(wales, ref, a_draft(brag="A", reason="Late", confidence="low"))
    undo(wales)
    found = since(wales, "2013-12-01")
    assert (found.brag, found.confidence, found.updates) == ((), (), ())


def test_every_step_of_a_rating_is_told_and_the_last_of_a_day_counts() -> None:
    day = date(2013, 11, 1)
    readings = [Reading(date(2013, 9, 1), "G"), Reading(day, "R"), Reading(day, "A"), Reading(date(2013, 12, 1), "G")]
    before, steps = moves(readings, date(2013, 10, 1), TODAY)
    assert (before, [step.value for step in steps]) == ("G", ["A", "G"])
    assert moves(readings, date(2014, 1, 1), TODAY) == ("G", ())


def test_who_gave_no_update_stands_with_what_is_open_and_nobody_comes_last(busy: Workspace) -> None:
    silent = since(busy, "2013-12-01").no_update
    assert silent[0].lead == "Anti Human Trafficking Co-ordinator"
    assert "DP-45" not in silent[0].actions
    assert silent[-1].lead is None
    assert "DP-48" in silent[-1].actions


def test_a_group_is_told_of_its_own_actions_alone(busy: Workspace) -> None:
    found = since(busy, "2013-12-01", group="leadership-group")
    assert [row.ref for row in found.added] == ["DP-47"]
    assert found.open == 1
    assert found.slipped == ()


def test_the_page_says_it_in_words_and_carries_the_highest_marking(busy: Workspace, tmp_path: Path) -> None:
    a_meeting(busy, "2013-11-05")
    an_action(busy, "Tell <b> | `them`", marking="official-sensitive")
    found = since(busy)
    said = words_of(export_since(busy, tmp_path / "since.docx", found))
    assert "5 November 2013" in said
    assert "6 added, 1 closed, 1 slipped, 2 BRAG moves, 0 moves of confidence, 2 updates" in said
    assert "R Red → A Amber, 31 December 2013" in said
    assert "Tell <b> | `them`" in said
    assert "Not counted: 44 raised on no known day, 11 closed on no known day." in said
    assert "Confidence (" not in said
    text = export_since(busy, tmp_path / "since.md", found).read_text(encoding="utf-8")
    assert text.startswith("**OFFICIAL-SENSITIVE**\n")
    again = export_since(busy, tmp_path / "again.docx", found)
    assert again.read_bytes() == (tmp_path / "since.docx").read_bytes()


def test_a_busy_period_stays_a_page_and_its_numbers_stay_whole(wales: Workspace) -> None:
    from ahtc_tui.domain.actions.model import Marking

    for number in range(103):
        an_update(wales, "DP-25", f"Step {number}.")
    found = since(wales, "2013-12-01")
    part = next(part for part in paper_of(found, Marking.OFFICIAL).parts if part.heading == "Updates (103)")
    assert len(part.rows) == 101
    assert part.rows[-1] == ("", "and 3 more", "")


def test_a_quiet_period_is_said_to_be_one(workspace: Workspace) -> None:
    from ahtc_tui.domain.actions.model import Marking

    (part,) = paper_of(since(workspace, "2013-12-01"), Marking.OFFICIAL).parts
    assert part.none == "Every open action was spoken of."


def test_days_that_cannot_be_are_refused_in_one_sentence(busy: Workspace) -> None:
    with pytest.raises(BadInput, match="comes before"):
        since(busy, "2014-01-05", "2014-01-01")
    with pytest.raises(NotFound, match="neither a day nor a meeting"):
        since(busy, "soonish")
    with pytest.raises(BadInput, match="month 13"):
        since(busy, "2013-13-01")
    with pytest.raises(NotFound):
        since(busy, "2013-12-01", group="nobody")
