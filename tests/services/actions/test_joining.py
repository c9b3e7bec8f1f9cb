"""Merging and splitting actions keeps the work, the references and the history of both."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.dependencies import list_closing_doubts
from ahtc_tui.services.actions.joining import merge_actions, split_action
from ahtc_tui.services.history import list_changes, undo_step
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft, make_update, read_live_rows


def test_a_merged_action_gives_its_work_to_the_first_and_names_it(wales: Workspace) -> None:
    kept = make_action(wales, "Train the SPOCs", lead="ahtc").ref
    merged = make_action(wales, "Training for the SPOCs", lead="bawso", due="2014-03-31", support="gwent-police").ref
    waiting = make_action(wales, "Report on the training", blocked_by=merged).ref
    make_update(wales, merged, "Two forces have answered.")
    before = read_live_rows(wales)
    merge_actions(wales, kept, merged)
    card, closed = actions.show_action(wales, kept), actions.show_action(wales, merged)
    assert [update.text for update in card.updates] == ["Two forces have answered."]
    assert {name for _role, name in card.parties} == {"Bawso", "Gwent Police"}
    assert str(card.row.due) == "31 March 2014"
    assert card.merged == (f"{merged} Training for the SPOCs",)
    assert (closed.row.status, closed.merged_into) == (Status.CANCELLED, (f"{kept} Train the SPOCs",))
    assert [line.split()[0] for line in actions.show_action(wales, waiting).blocked_by] == [kept]
    undo_step(wales)
    assert read_live_rows(wales) == before


def test_the_history_of_either_lists_the_changes_of_the_other(wales: Workspace) -> None:
    kept, merged = make_action(wales, "One").ref, make_action(wales, "Two").ref
    merge_actions(wales, kept, merged)
    split = split_action(wales, kept, ["Three", "Four"])
    for ref in (kept, merged, *(row.ref for row in split)):
        added = {change.new for change in list_changes(wales, ref) if change.field == "added"}
        assert added >= {"One", "Two", "Three", "Four"}, ref


def test_a_split_action_stays_open_and_its_parts_begin_with_its_fields(wales: Workspace) -> None:
    whole = make_action(wales, "Publish", lead="bawso", support="gwent-police", due="2014-03-31", objective="1")
    rows = split_action(wales, whole.ref, ["Publish the report", "Publish the data"])
    assert [(row.title, row.lead, str(row.due), row.objective) for row in rows] == [
        (title, "Bawso", "31 March 2014", whole.objective) for title in ("Publish the report", "Publish the data")
    ]
    card = actions.show_action(wales, whole.ref)
    assert card.row.is_open
    assert [line.split(" ", 1)[1] for line in card.split_into] == ["Publish the report", "Publish the data"]
    assert actions.show_action(wales, rows[0].ref).parties == card.parties


def test_actions_that_cannot_be_merged_or_split_are_named(wales: Workspace) -> None:
    first, second, third = (make_action(wales, title).ref for title in ("One", "Two", "Three"))
    with pytest.raises(Refused, match="itself"):
        merge_actions(wales, first, first)
    merge_actions(wales, first, second)
    with pytest.raises(Refused, match=f"{second} was merged into {first} already"):
        merge_actions(wales, third, second)
    with pytest.raises(Refused, match="is closed"):
        merge_actions(wales, second, third)
    with pytest.raises(Refused, match="is closed"):
        split_action(wales, second, ["Four"])
    with pytest.raises(BadInput, match="title"):
        split_action(wales, first, [" "])


def test_a_continuing_duty_reopens_as_continuing(wales: Workspace) -> None:
    assert [doubt.split()[0] for doubt in list_closing_doubts(wales, ["DP-03", "DP-07"])] == ["DP-03"]
    actions.close_action(wales, "DP-03")
    assert actions.reopen_action(wales, "DP-03").status is Status.CONTINUING
    actions.close_action(wales, "DP-07")
    assert actions.reopen_action(wales, "DP-07").status is Status.IN_PROGRESS


def test_a_closed_action_takes_no_rating(wales: Workspace) -> None:
    ref = make_action(wales).ref
    actions.close_action(wales, ref)
    with pytest.raises(Refused, match="takes no rating"):
        make_update(wales, ref, "Late after all.", brag="R")
    with pytest.raises(Refused, match="takes no rating"):
        actions.edit_action(wales, ref, make_action_draft(brag="R", reason="Late"))
    assert actions.edit_action(wales, ref, make_action_draft(status="in_progress", brag="A")).brag is Brag.AMBER


def test_the_reason_of_a_rating_stays_when_its_update_is_removed(wales: Workspace) -> None:
    ref = make_action(wales).ref
    make_update(wales, ref, "The trainer has left.", brag="R")
    actions.remove_update(wales, ref, 1)
    card = actions.show_action(wales, ref)
    assert (card.row.brag, card.brag_reason) == (Brag.RED, "The trainer has left.")
