"""The keys of Today."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("today.chase", "c", "chase", "chase", "A mail draft to whoever leads the action, and a note of whom was asked"),
)

TODAY = ("today.chase", "conflict.open")
