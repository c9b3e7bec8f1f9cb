"""The modes and the pages over them: which records a mode shows, and the screens, imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from textual.screen import Screen

from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.desk import MODES

KINDS_BY_MODE = {
    "actions": ("action", "update"),
    "meetings": ("meeting", "minute", "amendment", "decision", "paper"),
    "groups": ("area", "forward_item", "group", "seat"),
    "contacts": ("person", "post", "organisation", "engagement", "interest"),
    "plan": ("objective", "milestone"),
    "evidence": ("practice", "session", "recommendation", "document", "figure", "data_set", "web_page"),
}
MODES_BY_KIND = {kind: mode for mode, kinds in KINDS_BY_MODE.items() for kind in kinds}

PAGES = {
    "backups": ("backup.screen", "BackupsScreen"),
    "conflicts": ("replication.conflicts_screen", "ConflictsScreen"),
    "decisions": ("decisions.screen", "DecisionsScreen"),
    "import": ("imports.files", "FilesScreen"),
    "polls": ("correspondence.poll", "PollsScreen"),
    "promises": ("promises.screen", "PromisesScreen"),
    "retention": ("retention.screen", "RetentionScreen"),
    "sync": ("replication.sync_screen", "SyncScreen"),
    "welsh": ("welsh.screen", "WelshScreen"),
}
"""Module and class of each page."""


def _find_screen_class(mode: str) -> Any:
    return getattr(import_module(f"ahtc_tui.tui.{mode}.screen"), f"{mode.capitalize()}Screen")


def build_screen_factory(mode: str) -> Callable[[], Screen[Any]]:
    """Return a function that imports `tui/<mode>/screen.py` and creates its class `<Mode>Screen`."""

    def build_screen() -> Screen[Any]:
        screen: Screen[Any] = _find_screen_class(mode)()
        return screen

    return build_screen


SCREENS_BY_MODE: dict[str, Any] = {mode: build_screen_factory(mode) for mode in MODES}


@cache
def _find_overlay_class(mode: str) -> Any:
    """Return the screen of a mode for one record over another screen, where q goes back instead of quitting."""
    screen_class = _find_screen_class(mode)
    members = {"BINDINGS": build_bindings("desk.leave"), "AUTO_FOCUS": "Card", "is_overlay": True}
    return type(f"{screen_class.__name__}Overlay", (screen_class,), members)


def build_record_overlay(kind: str, ref: str) -> Screen[Any]:
    """Return a screen with the card of one record, and the commands of its mode."""
    screen: Screen[Any] = _find_overlay_class(MODES_BY_KIND.get(kind, "actions"))().show_only(ref)
    return screen


def find_page_class(name: str) -> Any:
    """Return the screen of a page."""
    module, class_name = PAGES[name]
    return getattr(import_module(f"ahtc_tui.tui.{module}"), class_name)


def find_record_commands(kind: str) -> Any:
    """Return the commands on a record of this kind by their names, as its mode defines them."""
    return import_module(f"ahtc_tui.tui.{MODES_BY_KIND[kind]}.commands").COMMANDS
