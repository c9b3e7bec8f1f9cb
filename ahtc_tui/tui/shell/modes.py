"""The modes: which records each shows, and its screen, whose module is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.screen import Screen

KINDS_BY_MODE = {
    "actions": ("action", "update"),
    "meetings": ("meeting", "minute", "amendment", "decision", "paper"),
    "groups": ("forward_item", "group", "seat"),
    "contacts": ("person", "post", "organisation", "engagement"),
    "plan": ("objective", "milestone"),
    "evidence": ("practice", "session", "recommendation", "document", "figure", "data_set", "web_page"),
}
MODES_BY_KIND = {kind: mode for mode, kinds in KINDS_BY_MODE.items() for kind in kinds}


def build_screen_factory(mode: str) -> Callable[[], Screen[Any]]:
    """Return a function that imports `tui/<mode>/screen.py` and creates its class `<Mode>Screen`."""

    def build_screen() -> Screen[Any]:
        screen: Screen[Any] = getattr(import_module(f"ahtc_tui.tui.{mode}.screen"), f"{mode.capitalize()}Screen")()
        return screen

    return build_screen
