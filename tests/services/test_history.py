"""Tests of the history: author, time and readable values of each change."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from ahtc_tui.domain.drafts.groups import SeatDraft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.history import format_change
from ahtc_tui.domain.i18n import Language, translated_names, use_language
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.commissions.paragraphs import confirm_paragraphs
from ahtc_tui.services.exports.chasers import write_chasers_to_folder
from ahtc_tui.services.groups.seats import edit_seat
from ahtc_tui.services.history import list_changes, list_steps, redo_step, undo_step
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.minutes.lifecycle import set_state
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.relations import REFERENCED_TABLES
from tests.builders import (
    TODAY,
    make_action,
    make_action_draft,
    make_minuted_meeting,
    make_party,
    make_update,
    query_rows,
    remove_record,
)


def list_change_tuples(workspace: Workspace, ref: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return the changes of a record, the oldest first."""
    return [(line.record, line.field, line.old, line.new) for line in reversed(list_changes(workspace, ref))]


def test_changes_are_listed_with_names_and_dates(wales: Workspace) -> None:
    ref = make_action(wales, title="Brief the SPOCs", due="2014-01-31").ref
    edit_action(
        wales, ref, make_action_draft(lead="AHTC", due="by end of march 2014", support="Bawso", blocked_by="DP-01")
    )
    edit_action(wales, ref, make_action_draft(lead="", objective="2", detail="By post"))
    make_update(wales, ref, "Two of four briefed.")
    lines = list_change_tuples(wales, ref)
    assert lines[0] == ("actions", "added", None, "Brief the SPOCs")
    assert ("actions", "lead", None, "Anti Human Trafficking Co-ordinator") in lines
    assert ("actions", "lead", "Anti Human Trafficking Co-ordinator", None) in lines
    assert ("actions", "due", "31 January 2014", "by end of march 2014") in lines
    assert ("action_parties", "added", None, f"{ref}, Bawso") in lines
    assert ("dependencies", "added", None, f"{ref}, DP-01") in lines
    assert ("updates", "added", None, "Two of four briefed.") in lines
    assert lines[-1][0] == "updates"
    [(objective,)] = query_rows(wales, "SELECT title FROM objectives WHERE number = 2")
    assert ("actions", "objective", None, objective) in lines
    assert show_action(wales, ref).changes == len(lines)


def test_a_welsh_history_has_the_welsh_names_of_records(wales: Workspace) -> None:
    ref = make_action(wales, title="Brief the SPOCs").ref
    edit_action(wales, ref, make_action_draft(lead="home-office"))
    with use_language(Language.CY), translated_names():
        assert ("actions", "lead", None, "Y Swyddfa Gartref") in list_change_tuples(wales, ref)


def test_a_seat_in_a_history_is_named_by_its_member_and_group(wales: Workspace) -> None:
    ref = "forum-cardiff/police"
    make_party(wales, "Officer A", "officer-a", kind="person")
    edit_seat(wales, ref, SeatDraft(person="officer-a"))
    values = [new or "" for _table, _field, _old, new in list_change_tuples(wales, ref)]
    assert "police, Cardiff Anti Human Trafficking Forum, Officer A" in values
    programs = [change.new or "" for change in list_changes(wales, ref, iso_dates=True)]
    assert f"{ref}, Officer A" in programs


@pytest.mark.parametrize("part", ["update", "support", "waits", "chased", "nothing"])
def test_a_card_counts_the_changes_that_its_history_lists(wales: Workspace, part: str) -> None:
    ref = make_action(wales, title="Brief the SPOCs", due="2013-11-30").ref
    if part == "update":
        make_update(wales, ref, "Two of four briefed.")
    elif part == "support":
        edit_action(wales, ref, make_action_draft(support="Bawso; New Pathways"))
        edit_action(wales, ref, make_action_draft(support=""))
    elif part == "waits":
        edit_action(wales, ref, make_action_draft(blocked_by="DP-01", due="2013-12-31"))
    elif part == "chased":
        edit_action(wales, ref, make_action_draft(lead="AHTC"))
        write_chasers_to_folder(wales, "AHTC", True)
    assert show_action(wales, ref).changes == len(list_changes(wales, ref)) >= 1


def test_an_area_is_listed_by_its_name(wales: Workspace) -> None:
    ref = make_action(wales).ref
    [(area, name)] = query_rows(wales, "SELECT id, name FROM areas LIMIT 1")
    with wales.database.write("area") as ledger:
        key = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'bawso'").fetchone()[0]
        ledger.update("parties", key, {"area": None})
        ledger.update("parties", key, {"area": area})
    assert list_change_tuples(wales, "bawso")[-1][3] == name
    assert list_change_tuples(wales, ref)[0][1] == "added"


def test_a_removed_record_keeps_its_history(workspace: Workspace) -> None:
    row = make_action(workspace)
    remove_record(workspace, "actions", row.key)
    undo_step(workspace)
    redo_step(workspace)
    assert [line[1] for line in list_change_tuples(workspace, "dp1")] == ["added", "removed", "restored", "removed"]
    with pytest.raises(NotFound, match='There is no record "DP-2"'):
        list_changes(workspace, "DP-2")


def test_each_command_is_one_step_newest_first(workspace: Workspace) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    make_action(workspace, title="Brief the SPOCs")
    make_update(workspace, "dp1", "Done in part.", brag="A")
    undo_step(workspace)
    *steps, areas = list_steps(workspace)
    assert areas.label == "add the areas of Wales"
    assert [(step.label, step.kind, step.changes) for step in steps] == [
        ("update DP-01", "undo", 2),
        ("update DP-01", "do", 2),
        ("add Brief the SPOCs", "do", 1),
    ]
    assert before <= steps[0].at <= datetime.now(UTC)
    assert len(list_steps(workspace, 1)) == 1
    assert {step.user for step in steps} == {workspace.database.user}


def test_changes_and_steps_are_listed_newest_first(workspace: Workspace) -> None:
    ref = make_action(workspace, title="Brief the SPOCs").ref
    make_update(workspace, ref, "First.")
    make_update(workspace, ref, "Second.")
    assert [change.new for change in list_changes(workspace, ref)] == ["Second.", "First.", "Brief the SPOCs"]
    labels = [step.label for step in list_steps(workspace)]
    assert labels == ["update DP-01", "update DP-01", "add Brief the SPOCs", "add the areas of Wales"]


def test_confirmed_paragraph_names_the_record_behind_it(wales: Workspace) -> None:
    make_update(wales, "DP-29", "x")
    confirm_paragraphs(wales, "celg-4-31-13")
    lines = [format_change(change) for change in list_changes(wales, "celg-4-31-13")]
    assert [line for line in lines if line.startswith("confirm paragraphs celg-4-31-13")]
    assert (
        "load the Wales 2013 data: record behind a paragraph added: The SOLACE report and the Champion, DP-44" in lines
    )


def test_every_record_has_a_readable_history(busy: Workspace) -> None:
    make_update(busy, "DP-29", "x")
    confirm_paragraphs(busy, "celg-4-31-13")
    meeting = make_minuted_meeting(busy)
    set_state(busy, meeting, MinutesState.AGREED)
    refs = [row[0] for table in REFERENCED_TABLES for row in query_rows(busy, f"SELECT ref FROM {table} ORDER BY n")]
    lines = [f"{ref} {format_change(change)}" for ref in refs for change in list_changes(busy, ref)]
    assert len(refs) > 300
    unreadable = re.compile(r"[0-9a-f]{32}|[\[{]\s*[\"{]|[a-z]_[a-z]+:|– → –")
    assert not [line for line in lines if unreadable.search(line)]
    assert any("agreed actions: – → action: " in line for line in lines)


@pytest.mark.parametrize(
    ("table", "ref", "values"),
    [
        ("web_pages", "WEB-01", {"subject": "Getting help", "link": "https://example.org"}),
        ("engagements", "E-01", {"subject": "Call", "held_on": "2013-11-01", "kind": "call"}),
        ("sessions", "S-01", {"title": "Course", "kind": "training"}),
    ],
)
def test_records_of_every_kind_have_a_history(
    table: Table, ref: str, values: dict[str, str], workspace: Workspace
) -> None:
    with workspace.database.write("add") as ledger:
        ledger.add(table, {"ref": ref, **values})
    assert [change.field for change in list_changes(workspace, ref)] == ["added"]


def test_a_circulation_list_is_found_by_its_name(wales: Workspace) -> None:
    with wales.database.write("add") as ledger:
        ledger.add("circulation_lists", {"name": "First responders", "words": "kind:organisation"})
    assert [change.new for change in list_changes(wales, "first responders")] == ["First responders"]


def test_an_undone_addition_says_that_the_record_was_removed(workspace: Workspace) -> None:
    ref = make_action(workspace, title="Brief the SPOCs").ref
    undo_step(workspace)
    redo_step(workspace)
    assert [format_change(change) for change in list_changes(workspace, ref)] == [
        "redo of add Brief the SPOCs: action restored",
        f"redo of add Brief the SPOCs: reference: – → {ref}",
        "undo of add Brief the SPOCs: action removed",
        f"undo of add Brief the SPOCs: reference: {ref} → –",
        "add Brief the SPOCs: action added",
    ]


def test_the_details_of_a_contact_are_named_once(wales: Workspace) -> None:
    added = "load the Wales 2013 data: {} added"
    assert [format_change(change) for change in list_changes(wales, "bawso")] == [
        added.format("organisation"),
        f"{added.format('entry in the register')}: Bawso",
    ]


def test_a_part_of_an_undone_record_names_what_it_was_a_part_of(wales: Workspace) -> None:
    draft = build_meeting_draft({"group": "LG", "title": "Forum", "starts": "2013-12-10 10:00"}, TODAY)
    ref = add_meeting(wales, draft).ref
    undo_step(wales)
    lines = [format_change(change) for change in list_changes(wales, ref)]
    assert "add meeting Forum: invitation added: Forum, Jeff Farrar" in lines
    assert not [line for line in lines if "undone-" in line]


def test_a_change_of_yes_or_no_and_of_a_part_is_said_in_words(wales: Workspace) -> None:
    [(key,)] = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")
    with wales.database.write("edit bawso") as ledger:
        ledger.update("organisations", key, {"competent_authority": True})
    make_update(wales, "DP-29", "x")
    [(update,)] = query_rows(wales, "SELECT id FROM updates WHERE text = 'x'")
    with wales.database.write("edit") as ledger:
        ledger.update("updates", update, {"text": "y"})
    assert format_change(list_changes(wales, "bawso")[0]) == "edit bawso: Competent Authority: no → yes"
    assert format_change(list_changes(wales, "DP-29")[0]) == "edit: update, text: x → y"
