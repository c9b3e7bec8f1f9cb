"""The conflicts screen lists every side with its author; lists and cards of all modes mark the records."""

from __future__ import annotations

import shutil

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.replication.conflicts import list_conflicts
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft
from tests.services.replication.merging import leave_office, merge_and_check
from tests.tui.conftest import OpenDesk

TEXT = "Forces report figures every quarter to the co-ordinator."


@pytest.fixture
def disputed(wales: Workspace) -> Workspace:
    """The office with three titles of DP-44 and two texts of its detail, of which different words were changed."""
    actions.edit_action(wales, "DP-44", make_action_draft(detail=TEXT))
    laptops = [leave_office(wales, name) for name in ("first", "second")]
    for workspace in (wales, *laptops):
        actions.edit_action(workspace, "DP-44", make_action_draft(title=f"Course of {workspace.root.name}"))
    actions.edit_action(wales, "DP-44", make_action_draft(detail=TEXT.replace("quarter", "month")))
    actions.edit_action(laptops[0], "DP-44", make_action_draft(detail=f"{TEXT} Gwent agreed."))
    for laptop in laptops:
        merge_and_check(wales, laptop)
    return wales


@pytest.mark.long
async def test_every_side_is_shown_with_its_author_and_has_a_key(disputed: Workspace, wide: OpenDesk) -> None:
    async with wide(disputed) as hands:
        await hands.press_keys(".", "C", "j", "enter")
        for name in ("office", "first", "second"):
            assert f"Course of {name}" in hands.card
        assert "this laptop" in hands.card
        assert "shown until decided" in hands.card.replace("\n", " ")
        await hands.press_keys("3")
        assert "kept the value from root, laptop first" in hands.toasts[-1]
        assert actions.show_action(disputed, "DP-44").row.title == "Course of first"
        await hands.press_keys("u")
        assert len(list_conflicts(disputed)) == 2


@pytest.mark.long
async def test_the_merged_text_is_one_more_answer(disputed: Workspace, either: OpenDesk) -> None:
    async with either(disputed) as hands:
        await hands.press_keys(".", "C", "4")
        assert "merged" in hands.toasts[-1]
    assert actions.show_action(disputed, "DP-44").detail == TEXT.replace("quarter", "month") + " Gwent agreed."
    (conflict,) = list_conflicts(disputed)
    assert conflict.field == "title"


@pytest.mark.long
async def test_a_text_that_cannot_be_merged_is_not_offered(disputed: Workspace, wide: OpenDesk) -> None:
    async with wide(disputed) as hands:
        await hands.press_keys(".", "C", "j", "m")
        assert len(list_conflicts(disputed)) == 2


async def test_a_digit_that_is_no_answer_says_so_and_opens_no_mode(disputed: Workspace, wide: OpenDesk) -> None:
    async with wide(disputed) as hands:
        await hands.press_keys(".", "C", "5")
        assert hands.toasts[-1] == "The selected conflict does not have this answer."
        assert "Shown until decided" in hands.text
        await hands.press_keys("6")
        assert "Shown until decided" not in hands.text


async def test_lists_and_cards_mark_the_record_until_it_is_decided(disputed: Workspace, wide: OpenDesk) -> None:
    async with wide(disputed) as hands:
        await hands.press_keys("2", "/")
        await hands.type_text("DP-44")
        await hands.press_keys("enter")
        assert hands.rows[0][1] == "C"
        assert "C = conflicting edits" in hands.text
        assert "Conflicting edits to resolve: detail, title." in hands.card.replace("\n", " ")
        await hands.press_keys(".", "C", "4", "1", "escape")
        assert hands.rows[0][1] == " "
        assert "conflicting edits" not in hands.text
        assert "Conflicting edits" not in hands.card


async def test_lists_without_conflicts_have_no_legend(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as hands:
        await hands.press_keys("2")
        assert "conflicting edits" not in hands.text


@pytest.mark.long
async def test_the_plan_of_a_merge_lists_every_side_and_takes_the_merged_text(
    wales: Workspace, either: OpenDesk
) -> None:
    actions.edit_action(wales, "DP-44", make_action_draft(detail=TEXT))
    peer = leave_office(wales, "there")
    actions.edit_action(wales, "DP-44", make_action_draft(detail=TEXT.replace("quarter", "month")))
    actions.edit_action(peer, "DP-44", make_action_draft(detail=f"{TEXT} Gwent agreed."))
    (wales.root / "returns").mkdir()
    shutil.copy(peer.database.path, wales.root / "returns" / "there.ahtc")
    async with either(wales) as hands:
        await hands.press_keys("8", "i", "enter", "enter")
        assert "laptop there" in hands.text
        assert "this laptop" in hands.text
        await hands.press_keys("3")
        assert "no such answer" in hands.toasts[-1]
        await hands.press_keys("4", "y")
    assert list_conflicts(wales) == []
    merged = TEXT.replace("quarter", "month") + " Gwent agreed."
    assert actions.show_action(wales, "DP-44").detail == merged
