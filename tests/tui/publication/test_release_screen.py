"""The release list on the screen: one key for each decision, the page beside it, and the release."""

from __future__ import annotations

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.publication.model import ListState, PublishedDocument, TextDecision
from ahtc_tui.services.documents.meeting_pages import find_page
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.publication.service import show_release_list
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.publication.screen import ReleaseScreen
from tests.builders import TODAY, make_line
from tests.tui.conftest import OpenDesk

MINUTES = PublishedDocument.MINUTES


def read_decisions(office: Workspace, ref: str) -> dict[str, TextDecision | None]:
    """Return the decision about each text of the minutes."""
    return {text.text: text.decision for text in show_release_list(office, find_page(MINUTES, ref)).texts}


async def test_each_text_is_kept_reworded_or_withheld_with_one_key_and_released(
    wales: Workspace, wide: OpenDesk
) -> None:
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, TODAY)).ref
    for words in ("Mrs Jones is in hospital [/b]", "The course was held"):
        make_line(wales, ref, words)
    async with wide(wales) as desk:
        await desk.press_keys("4")
        desk.screen.select_record(ref)
        await desk.wait_until_idle()
        await desk.press_keys(".", "K")
        assert isinstance(desk.screen, ReleaseScreen)
        assert "Mrs Jones is in hospital [/b]" in desk.text
        assert "health" in desk.text
        await desk.press_keys("2")
        assert read_decisions(wales, ref)["Mrs Jones is in hospital [/b]"] is TextDecision.WITHHOLD
        await desk.press_keys(".", "p")
        assert "wait. Keep, reword or withhold each first" in desk.toasts[-1]
        await desk.press_keys(".", "K", "enter")
        assert "Make release 1 of this page" in desk.text, "nothing waits any more"
        await desk.press_keys("escape")
        assert None not in read_decisions(wales, ref).values()
        await desk.press_keys("slash")
        await desk.type_text("course")
        await desk.press_keys("enter")
        await desk.press_keys("e")
        await desk.type_text(" in Gwent")
        await desk.press_keys("ctrl+s")
        assert read_decisions(wales, ref)["The course was held"] is TextDecision.REWORD
        await desk.press_keys(".", "v")
        assert "[withheld]" in desk.card
        await desk.press_keys("escape", ".", "p", "enter")
        assert "Release 1" in desk.toasts[-1]
    released = show_release_list(wales, find_page(MINUTES, ref))
    assert (released.state, released.release) == (ListState.RELEASED, 1)


async def test_a_keeps_the_selected_text_only(wales: Workspace, wide: OpenDesk) -> None:
    """The list of a screen takes its own keys first, such as k to go up."""
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, TODAY)).ref
    make_line(wales, ref, "The course was held")
    async with wide(wales) as desk:
        await desk.press_keys("4")
        desk.screen.select_record(ref)
        await desk.wait_until_idle()
        await desk.press_keys(".", "K")
        assert " 1 keep " in desk.text
        await desk.press_keys("1")
    [kept] = [decision for decision in read_decisions(wales, ref).values() if decision]
    assert kept is TextDecision.KEEP


async def test_the_last_decision_offers_the_release_and_a_changed_one_does_not(
    wales: Workspace, wide: OpenDesk
) -> None:
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, TODAY)).ref
    make_line(wales, ref, "The course was held")
    async with wide(wales) as desk:
        await desk.press_keys("4")
        desk.screen.select_record(ref)
        await desk.wait_until_idle()
        await desk.press_keys(".", "K")
        for _text in read_decisions(wales, ref):
            assert "Make release 1" not in desk.text
            await desk.press_keys("1")
        assert "Make release 1 of this page" in desk.text
        await desk.press_keys("escape")
        await desk.press_keys("2")
        assert "Make release" not in desk.text
        assert show_release_list(wales, find_page(MINUTES, ref)).state is ListState.OPEN
        await desk.press_keys(".", "p", "enter")
    assert show_release_list(wales, find_page(MINUTES, ref)).state is ListState.RELEASED
