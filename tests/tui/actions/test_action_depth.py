"""Somebody asks why an action presses, proposes it as complete, closes it with evidence, and fills the long form."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.actions.urgency import terms, urgency
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, ask
from tests.tui.conftest import Sitting


async def test_the_terms_on_the_screen_sum_to_the_figure(busy: Workspace, narrow: Sitting) -> None:
    async with narrow(busy) as desk:
        await desk.press("2", "/")
        await desk.type("DP-45")
        await desk.press("enter", "w")
        row = show_action(busy, "DP-45").row
        said = [line.split()[0] for line in desk.card.splitlines() if line.strip()[:1] in ("+", "-")]
        assert [float(number) for number in said] == [weight for _name, weight in terms(row, TODAY)]
        assert f"{urgency(row, TODAY):.2f}  together" in desk.card
        assert round(sum(map(float, said)), 2) == urgency(row, TODAY)


async def test_a_card_that_is_still_being_read_does_not_take_the_place_of_the_reasons(
    busy: Workspace, narrow: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(*given: Any) -> Any:
        assert go_on.wait(10)
        return show_action(*given)

    async with narrow(busy) as desk:
        await desk.press("2")
        monkeypatch.setattr(actions, "show_action", slowly)
        await desk.pilot.press("enter", "w")
        go_on.set()
        await desk.rest()
        assert "together" in desk.card


async def test_an_action_is_proposed_and_closed_at_a_meeting(busy: Workspace, wide: Sitting) -> None:
    [(meeting,)] = ask(busy, "SELECT ref FROM meetings WHERE day < '2013-12-31' ORDER BY day DESC LIMIT 1")
    async with wide(busy) as desk:
        await desk.press("2", "/")
        await desk.type("DP-48")
        await desk.press("enter")
        assert "‖ Book the venue" in desk.text
        assert "‖ Waits for" in desk.card
        await desk.press("P")
        await desk.type("Letter")
        await desk.press("ctrl+s")
        assert show_action(busy, "DP-48").row.status is Status.PROPOSED_COMPLETE
        await desk.press("D", "tab")
        await desk.type(meeting)
        await desk.press("ctrl+s")
        assert show_action(busy, "DP-48").closing_meeting == meeting


async def test_the_long_form_writes_only_what_was_changed(busy: Workspace, narrow: Sitting) -> None:
    async with narrow(busy) as desk:
        await desk.press("2", "/")
        await desk.type("DP-48")
        await desk.press("enter", "e")
        form = desk.screen
        assert form.query_one("#form-row-blocked_by Input").value == "DP-45"
        assert form.query_one("#form-row-support Input").value == "Bawso; New Pathways"
        before = show_action(busy, "DP-48").changes
        form.query_one("#form-row-detail TextArea").text = "Room for thirty"
        form.query_one("#form-row-partners Input").value = "Bawso"
        form.query_one("#form-row-review_on Input").value = "31 jan 2014"
        await desk.press("ctrl+s")
        card = show_action(busy, "DP-48")
        assert (card.detail, str(card.row.review_on)) == ("Room for thirty", "31 January 2014")
        assert str(card.row.due) == "ASAP"
        assert [name for role, name in card.parties if role == "partner"] == ["Bawso"]
        assert card.changes == before + 2
