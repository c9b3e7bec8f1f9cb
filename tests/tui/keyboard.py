"""Presses keys in tests of screens, and reads the card."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from tests.journeys.hands import Hands


async def press_keys(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until all workers have finished."""
    for key in keys:
        if len(key) > 1:  # a string of letters is typed as text
            await wait_for_workers(pilot)
        await pilot.press(key)
    await wait_for_workers(pilot)


async def wait_for_workers(pilot: Pilot[int]) -> None:
    """Wait until the screen is idle."""
    await Hands(pilot).wait_until_idle()


def read_card_text(screen: Any) -> str:
    """Return the text of the card."""
    return str(screen.card_pane.content)
