"""Tests of the changes since the last Leadership Group: complete, and nothing counted twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.plan.changes_since import RatingReading, find_moves
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.plan.changes_since import (
    build_paper,
    export_changes_since,
    show_changes_since,
    show_changes_since_last,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, make_update
from tests.services.documents.test_office_papers import read_word_text

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


def add_test_meeting(workspace: Workspace, starts: str) -> str:
    return add_meeting(workspace, build_meeting_draft({"group": "leadership-group", "starts": starts}, TODAY)).ref


@pytest.mark.parametrize("first", ["2009-01-01", "2013-06-01", "2013-12-31"])
def test_the_counts_match_those_of_sql(busy: Workspace, first: str) -> None:
    changes = show_changes_since(busy, first)
    days = (first, "2013-12-31")
    with closing(sqlite3.connect(busy.root / "data" / "ahtc.db")) as file:
        expected = {name: file.execute(query, days).fetchone()[0] for name, query in COUNTS.items()}
    assert {name: changes.counts[name] for name in COUNTS} == expected
    assert changes.counts["added"] == 5
    assert changes.counts["open"] == 32


def test_the_default_start_is_the_last_held_meeting(busy: Workspace) -> None:
    with pytest.raises(NotFound, match="held no meeting before 31 December 2013"):
        show_changes_since(busy)
    first, last = add_test_meeting(busy, "2013-09-10"), add_test_meeting(busy, "2013-11-05")
    add_test_meeting(busy, "2013-12-31")
    add_test_meeting(busy, "2014-02-04")
    changes = show_changes_since(busy)
    assert (changes.first, changes.last, changes.meeting) == (date(2013, 11, 5), TODAY, last)
    assert show_changes_since(busy, first).first == date(2013, 9, 10)
    assert show_changes_since(busy, to="2013-10-01").meeting == first


def test_the_default_start_without_a_meeting_is_the_quarter(busy: Workspace) -> None:
    assert show_changes_since_last(busy).first == date(2013, 10, 1)
    add_test_meeting(busy, "2013-11-05")
    assert show_changes_since_last(busy).first == date(2013, 11, 5)


def test_a_slip_shows_both_dates_and_the_reason(busy: Workspace) -> None:
    (slip,) = show_changes_since(busy, "2013-12-01").slipped
    assert (slip.ref, str(slip.from_due), str(slip.to_due), slip.reason) == (
        "DP-46",
        "by spring 2014",
        "summer 2014",
        "The trainer is ill",
    )


def test_updates_edits_and_closing_are_rating_moves(wales: Workspace) -> None:
    ref = make_action(wales, "Print the leaflets", brag="G", raised_on="2013-01-07").ref
    make_update(wales, ref, "Printer closed down.", brag="R")
    edited = make_action(wales, "Book a room", brag="A", raised_on="2013-01-07").ref
    edit_action(wales, edited, make_action_draft(brag="G", confidence="high"))
    closed = make_action(wales, "Write home", brag="A", raised_on="2013-01-07").ref
    close_action(wales, closed)
    changes = show_changes_since(wales, "2013-12-01")
    assert [(move.ref, move.before, move.after) for move in changes.brag] == [
        (ref, "G", "R"),
        (edited, "A", "G"),
        (closed, "A", "B"),
    ]
    assert [(move.ref, move.before, move.after) for move in changes.confidence] == [(edited, None, "high")]
    assert [step.on for move in changes.brag for step in move.steps] == [TODAY] * 3


def test_undone_changes_are_not_listed(wales: Workspace) -> None:
    ref = make_action(wales, "Print the leaflets", brag="G").ref
    make_update(wales, ref, "Printer closed down.", brag="R")
    undo_step(wales)
    edit_action(wales, ref, make_action_draft(brag="A", reason="Late", confidence="low"))
    undo_step(wales)
    changes = show_changes_since(wales, "2013-12-01")
    assert (changes.brag, changes.confidence, changes.updates) == ((), (), ())


def test_the_last_rating_of_each_day_is_listed() -> None:
    day = date(2013, 11, 1)
    readings = [
        RatingReading(date(2013, 9, 1), "G"),
        RatingReading(day, "R"),
        RatingReading(day, "A"),
        RatingReading(date(2013, 12, 1), "G"),
    ]
    before, steps = find_moves(readings, date(2013, 10, 1), TODAY)
    assert (before, [step.value for step in steps]) == ("G", ["A", "G"])
    assert find_moves(readings, date(2014, 1, 1), TODAY) == ("G", ())


def test_leads_without_an_update_are_listed_with_their_actions(busy: Workspace) -> None:
    silent = show_changes_since(busy, "2013-12-01").no_update
    assert silent[0].lead == "Anti Human Trafficking Co-ordinator"
    assert "DP-45" not in silent[0].actions
    assert silent[-1].lead is None
    assert "DP-48" in silent[-1].actions


def test_changes_can_be_limited_to_one_group(busy: Workspace) -> None:
    changes = show_changes_since(busy, "2013-12-01", group="leadership-group")
    assert [row.ref for row in changes.added] == ["DP-47"]
    assert changes.open == 1
    assert changes.slipped == ()


def test_the_paper_lists_the_changes_with_the_highest_marking(busy: Workspace, tmp_path: Path) -> None:
    add_test_meeting(busy, "2013-11-05")
    make_action(busy, "Tell <b> | `them`", marking="official-sensitive")
    changes = show_changes_since(busy)
    words = read_word_text(export_changes_since(busy, tmp_path / "since.docx", changes))
    assert "5 November 2013" in words
    assert "6 added, 1 closed, 1 slipped, 2 changes in rating, 0 changes in confidence, 2 updates" in words
    assert "R Red → A Amber, 31 December 2013" in words
    assert "Tell <b> | `them`" in words
    assert "Actions not counted" not in words, "`ahtc doctor` says it once"
    assert "Confidence (" not in words
    text = export_changes_since(busy, tmp_path / "since.md", changes).read_text(encoding="utf-8")
    assert text.startswith("**OFFICIAL-SENSITIVE**\n")
    second_file = export_changes_since(busy, tmp_path / "again.docx", changes)
    assert second_file.read_bytes() == (tmp_path / "since.docx").read_bytes()


def test_a_long_section_is_shortened_and_its_total_kept(wales: Workspace) -> None:
    for number in range(103):
        make_update(wales, "DP-25", f"Step {number}.")
    changes = show_changes_since(wales, "2013-12-01")
    part = next(part for part in build_paper(changes, Marking.OFFICIAL).parts if part.heading == "Updates (103)")
    assert len(part.rows) == 101
    assert part.rows[-1] == ("", "and 3 more", "")


def test_a_period_without_changes_has_one_sentence(workspace: Workspace) -> None:
    (part,) = build_paper(show_changes_since(workspace, "2013-12-01"), Marking.OFFICIAL).parts
    assert part.none == "No open actions."


def test_invalid_days_are_refused_in_one_sentence(busy: Workspace) -> None:
    with pytest.raises(BadInput, match="comes before"):
        show_changes_since(busy, "2014-01-05", "2014-01-01")
    with pytest.raises(NotFound, match="neither a date nor a meeting"):
        show_changes_since(busy, "soonish")
    with pytest.raises(BadInput, match="month 13"):
        show_changes_since(busy, "2013-13-01")
    with pytest.raises(NotFound):
        show_changes_since(busy, "2013-12-01", group="nobody")


def test_a_welsh_page_names_the_meeting_by_the_welsh_name_of_its_group(wales: Workspace) -> None:
    changes = show_changes_since(wales, add_test_meeting(wales, "2013-11-05 10:00"))
    with use_language(Language.CY):
        assert build_paper(changes, Marking.OFFICIAL).title.startswith("Newidiadau ers Grŵp Arwain Atal Masnachu")


def test_a_welsh_page_marks_titles_that_have_no_welsh(wales: Workspace) -> None:
    ref = make_action(wales, "Print the leaflets", brag="A", due="2013-12-20", raised_on="2013-01-07").ref
    edit_action(wales, ref, make_action_draft(brag="G", due="2014-01-20"))
    with use_language(Language.CY):
        paper = build_paper(show_changes_since(wales, "2013-12-01"), Marking.OFFICIAL)
        titles = [row[1] for part in paper.parts for row in part.rows if row[0] == ref]
    assert titles == ["[Saesneg] Print the leaflets"] * 2
