"""Urgency terms, proposal, closure and the form of actions."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.widgets import Select

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.actions.urgency import compute_urgency, compute_urgency_terms
from ahtc_tui.domain.drafts.actions import build_action_draft, build_update_draft
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.history import list_changes
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, query_rows
from tests.journeys.hands import open_desk
from tests.tui.conftest import OpenDesk


async def test_urgency_terms_on_screen_add_up(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("DP-45")
        await desk.press_keys("enter", ".", "w")
        row = show_action(busy, "DP-45").row
        contributions = [line.split()[0] for line in desk.card.splitlines() if line.strip()[:1] in ("+", "-")]
        assert [float(number) for number in contributions] == [
            weight for _name, weight in compute_urgency_terms(row, TODAY)
        ]
        assert f"{compute_urgency(row, TODAY):.2f}  total" in desk.card
        assert round(sum(map(float, contributions)), 2) == compute_urgency(row, TODAY)


async def test_slow_card_does_not_replace_urgency_terms(
    busy: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_continue = threading.Event()

    def show_slowly(*args: Any) -> Any:
        assert may_continue.wait(10)
        return show_action(*args)

    async with narrow(busy) as desk:
        await desk.press_keys("2")
        monkeypatch.setattr(actions, "show_action", show_slowly)
        await desk.pilot.press("enter", ".", "w")
        may_continue.set()
        await desk.wait_until_idle()
        assert "28.50  total" in desk.card


async def test_action_is_proposed_and_closed_at_meeting(busy: Workspace, wide: OpenDesk) -> None:
    [(meeting,)] = query_rows(busy, "SELECT ref FROM meetings WHERE day < '2013-12-31' ORDER BY day DESC LIMIT 1")
    async with wide(busy) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("DP-48")
        await desk.press_keys("enter")
        assert "‖ Book the venue" in desk.text
        assert "‖ Depends on" in desk.card
        await desk.press_keys(".", "P")
        await desk.type_text("Letter")
        await desk.press_keys("ctrl+s")
        assert show_action(busy, "DP-48").row.status is Status.PROPOSED_COMPLETE
        await desk.press_keys(".", "D")
        assert "DP-48 is blocked by" in desk.text
        await desk.press_keys("y", "tab")
        await desk.type_text(meeting)
        await desk.press_keys("ctrl+s")
        assert show_action(busy, "DP-48").closing_meeting == meeting


@pytest.mark.long
async def test_action_form_writes_only_changed_fields(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("DP-48")
        await desk.press_keys("enter", "e")
        form = desk.screen
        assert form.query_one("#form-row-blocked_by Input").value == "DP-45"
        assert form.query_one("#form-row-support Input").value == "Bawso; New Pathways"
        assert (
            "kept as text, without a date, so never late"
            in form.query_one("#form-row-due DateField PlainLabel").visual.plain
        )
        before = show_action(busy, "DP-48").changes
        form.query_one("#form-row-detail TextArea").text = "Room for thirty"
        form.query_one("#form-row-partners Input").value = "Bawso"
        form.query_one("#form-row-review_on Input").value = "31 jan 2014"
        await desk.press_keys("ctrl+s")
        card = show_action(busy, "DP-48")
        assert (card.detail, str(card.row.review_on)) == ("Room for thirty", "31 January 2014")
        assert str(card.row.due) == "ASAP"
        assert [name for role, name in card.parties if role == "partner"] == ["Bawso"]
        assert card.changes == len(list_changes(busy, "DP-48")) > before


@pytest.mark.long
async def test_update_form_corrects_an_update_and_names_the_reporter(busy: Workspace, wide: OpenDesk) -> None:
    for text in ("The venue is booked", "The date is agreed"):
        actions.update_action(busy, "DP-48", build_update_draft(text))
    async with wide(busy) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("DP-48")
        await desk.press_keys("enter", "U")
        form = desk.screen
        form.query_one("#form-row-number Select", Select).value = "2"
        await desk.wait_until_idle()
        assert form.query_one("#form-row-text TextArea").text == "The venue is booked"
        form.query_one("#form-row-text TextArea").text = "The hall is booked"
        form.query_one("#form-row-by Input").value = "Bawso"
        await desk.press_keys("ctrl+s")
    latest, earlier = show_action(busy, "DP-48").updates[:2]
    assert (latest.text, latest.said_by) == ("The date is agreed", None)
    assert (earlier.text, earlier.said_by) == ("The hall is booked", "Bawso")


@pytest.mark.long
async def test_the_form_asks_why_a_date_moves_again(busy: Workspace, wide: OpenDesk) -> None:
    for day in ("2014-01-31", "2014-02-28"):
        actions.edit_action(busy, "DP-48", build_action_draft({"due": day}, TODAY))
    async with wide(busy) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("DP-48")
        await desk.press_keys("enter", "e")
        desk.screen.query_one("#form-row-due Input").value = "31 mar 2014"
        await desk.press_keys("ctrl+s")
        assert "has moved before. Give the reason" in desk.text
        desk.screen.query_one("#form-row-reason Input").value = "The room was taken"
        await desk.press_keys("ctrl+s")
    assert show_action(busy, "DP-48").slips[-1].reason == "The room was taken"


async def test_a_due_date_in_words_is_whole_where_the_list_has_room(busy: Workspace) -> None:
    make_action(busy, title="Book the hall", due="when the funding is agreed")
    async with open_desk(busy, (240, 60)) as desk:
        await desk.press_keys("2", ".", "s")
        assert any("when the funding is agreed" in row for row in desk.rows)
