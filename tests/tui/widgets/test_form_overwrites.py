"""Forms beside writes of other people: what one did not change stays, and what both changed is a question."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Select, TextArea

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.services.actions.service import edit_action, propose_action, show_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.actions.bulk_edit import BulkForm
from ahtc_tui.tui.actions.form import ActionForm, CloseForm
from ahtc_tui.tui.widgets.overwrite_question import OverwriteQuestion
from tests.builders import make_action_draft, make_update
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

REF = "DP-05"


def find_field(desk: Hands, name: str) -> Input | Select[str] | TextArea:
    """Return the field of a row of the open form."""
    row = desk.screen.query_one(f"#form-row-{name}")
    field = row.query("Input, Select, TextArea").first()
    assert isinstance(field, Input | Select | TextArea)
    return field


async def open_action(desk: Hands, *keys: str, ref: str = REF) -> None:
    """Select an action in the mode Actions and press keys."""
    await desk.press_keys("2")
    desk.screen.select_record(ref)
    await desk.wait_until_idle()
    await desk.press_keys(*keys)


async def test_a_form_writes_only_what_was_changed_in_it(
    wales: Workspace, colleague: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await open_action(desk, "e")
        edit_action(colleague, REF, make_action_draft(brag="R", reason="No reply", due="2014-03-31", priority="high"))
        find_field(desk, "title").value = "A title of this window"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s")
        card = show_action(wales, REF)
    assert (card.row.title, card.row.brag, card.brag_reason) == ("A title of this window", Brag.RED, "No reply")
    assert (str(card.row.due), str(card.row.priority)) == ("31 March 2014", "high")


@pytest.mark.long
async def test_the_first_letter_in_an_edit_form_is_added_to_the_title(wales: Workspace, wide: OpenDesk) -> None:
    title = show_action(wales, REF).row.title
    async with wide(wales) as desk:
        await open_action(desk, "e")
        await desk.press_keys("X", "ctrl+s")
    assert show_action(wales, REF).row.title == f"{title}X"


@pytest.mark.sample(2)
@pytest.mark.parametrize(("key", "title"), [("2", "A title of the command line"), ("1", "A title of this window")])
async def test_a_field_that_both_changed_shows_both_values(
    wales: Workspace, colleague: Workspace, either: OpenDesk, key: str, title: str
) -> None:
    async with either(wales) as desk:
        await open_action(desk, "e")
        edit_action(colleague, REF, make_action_draft(title="A title of the command line", brag="R", reason="No reply"))
        find_field(desk, "title").value = "A title of this window"  # type: ignore[union-attr]
        find_field(desk, "due").value = "31 mar 2014"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s")
        assert isinstance(desk.screen, OverwriteQuestion)
        assert ": A title of the command line" in desk.text
        assert "You, in this form: A title of this window" in desk.text
        assert show_action(wales, REF).row.due is None
        await desk.press_keys(key)
        row = show_action(wales, REF).row
        assert (row.title, row.brag, str(row.due)) == (title, Brag.RED, "31 March 2014")
        assert not isinstance(desk.screen, ActionForm)


@pytest.mark.long
async def test_escape_returns_to_the_form_undecided(wales: Workspace, colleague: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await open_action(desk, "e")
        edit_action(colleague, REF, make_action_draft(title="Theirs"))
        find_field(desk, "title").value = "Ours"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s", "escape")
        assert isinstance(desk.screen, ActionForm)
        assert find_field(desk, "title").value == "Ours"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s")
        assert isinstance(desk.screen, OverwriteQuestion)
        await desk.press_keys("2")
        assert desk.toasts[-1] == "Your change was not saved. Their version stays."
    assert show_action(wales, REF).row.title == "Theirs"


@pytest.mark.long
async def test_a_value_that_moves_during_the_question_is_asked_about_again(
    wales: Workspace, colleague: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await open_action(desk, "e")
        edit_action(colleague, REF, make_action_draft(title="First"))
        find_field(desk, "title").value = "Ours"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s")
        edit_action(colleague, REF, make_action_draft(title="Second"))
        await desk.press_keys("1")
        assert isinstance(desk.screen, OverwriteQuestion)
        assert ": Second" in desk.text
        await desk.press_keys("1")
    assert show_action(wales, REF).row.title == "Ours"


@pytest.mark.long
async def test_an_option_is_shown_by_its_label(wales: Workspace, colleague: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await open_action(desk, "e")
        edit_action(colleague, REF, make_action_draft(status="on_hold"))
        find_field(desk, "status").value = "planned"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s")
        assert f": {Status.ON_HOLD.label}" in desk.text
        assert f"You, in this form: {Status.PLANNED.label}" in desk.text


@pytest.mark.long
async def test_a_sentence_of_progress_keeps_the_rating_of_somebody_else(
    wales: Workspace, colleague: Workspace, wide: OpenDesk
) -> None:
    edit_action(wales, REF, make_action_draft(brag="G"))
    async with wide(wales) as desk:
        await open_action(desk, "U")
        make_update(colleague, REF, "The grant ended.", brag="R", status="on_hold")
        find_field(desk, "text").text = "Letters were sent."  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s")
    card = show_action(wales, REF)
    assert (card.row.brag, card.brag_reason, card.row.status) == (Brag.RED, "The grant ended.", Status.ON_HOLD)
    assert card.row.latest_update == "Letters were sent."


@pytest.mark.long
@pytest.mark.parametrize(("key", "brag", "reason"), [("2", Brag.RED, "The grant ended."), ("1", Brag.AMBER, "Slow.")])
async def test_a_rating_that_both_gave_is_a_question(
    wales: Workspace, colleague: Workspace, wide: OpenDesk, key: str, brag: Brag, reason: str
) -> None:
    edit_action(wales, REF, make_action_draft(brag="G"))
    async with wide(wales) as desk:
        await open_action(desk, "U")
        make_update(colleague, REF, "The grant ended.", brag="R")
        find_field(desk, "text").text = "Slow."  # type: ignore[union-attr]
        find_field(desk, "brag").value = "A"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s")
        assert isinstance(desk.screen, OverwriteQuestion)
        assert ": The grant ended." in desk.text
        await desk.press_keys(key)
    card = show_action(wales, REF)
    assert card.row.brag is brag
    assert card.row.latest_update == "Slow."
    assert card.brag_reason in (reason, None)


@pytest.mark.long
async def test_a_closure_beside_a_proposal_is_a_question(
    wales: Workspace, colleague: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await open_action(desk, ".", "D")
        assert isinstance(desk.screen, CloseForm)
        propose_action(colleague, REF, "Letters to the boards")
        await desk.press_keys("ctrl+s")
        assert isinstance(desk.screen, OverwriteQuestion)
        await desk.press_keys("2")
        assert desk.toasts[-1] == "Your change was not saved. Their version stays."
    row = show_action(wales, REF).row
    assert (row.status, row.evidence) == (Status.PROPOSED_COMPLETE, "Letters to the boards")


@pytest.mark.long
@pytest.mark.parametrize(
    ("key", "dates"), [("2", ["31 January 2014", "28 February 2014"]), ("1", ["28 February 2014"] * 2)]
)
async def test_an_edit_of_several_actions_asks_about_each_that_moved(
    wales: Workspace, colleague: Workspace, wide: OpenDesk, key: str, dates: list[str]
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "space", "j", "space")
        refs = desk.refs[:2]
        await desk.press_keys("e")
        assert isinstance(desk.screen, BulkForm)
        edit_action(colleague, refs[0], make_action_draft(due="2014-01-31", priority="high"))
        find_field(desk, "due").value = "28 feb 2014"  # type: ignore[union-attr]
        await desk.press_keys("ctrl+s", "y")
        assert isinstance(desk.screen, OverwriteQuestion)
        await desk.press_keys(key)
    rows = [show_action(wales, ref).row for ref in refs]
    assert [str(row.due) for row in rows] == dates
    assert str(rows[0].priority) == "high"


@pytest.mark.long
async def test_an_unchanged_form_writes_nothing(wales: Workspace, colleague: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await open_action(desk, "e")
        toasts = len(desk.toasts)
        await desk.press_keys("ctrl+s")
        assert not isinstance(desk.screen, ActionForm)
        assert len(desk.toasts) == toasts
