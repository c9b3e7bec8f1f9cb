"""Presses keys in tests of screens, and reads the card."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.pilot import Pilot
from textual.worker import WorkerCancelled


async def press_keys(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until all workers have finished."""
    for key in keys:
        if len(key) > 1:  # a string of letters is typed as text
            await wait_for_workers(pilot)
        await pilot.press(key)
    await wait_for_workers(pilot)


async def wait_for_workers(pilot: Pilot[int]) -> None:
    """Wait for all workers; a load cancelled by a newer one is ignored."""
    for _turn in range(3):
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def read_card_text(screen: Any) -> str:
    """Return the text of the card."""
    return str(screen.card_pane.text.content)
