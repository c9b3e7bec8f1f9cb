"""Keys of the mode Today."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("today.chase", "c", "chase", "chase", "A mail draft to whoever leads the action, and a note of whom was asked"),
    Key("conflict.open", "C", "app.conflicts", "conflicts", "What two people wrote apart, to be decided", False),
    Key("conflict.ours", "o", "decide('ours')", "keep ours", "Keep what was written here"),
    Key("conflict.theirs", "t", "decide('theirs')", "take theirs", "Take what was written on the other laptop"),
    Key("conflict.both", "b", "decide('both')", "both", "Both records stay: they are two"),
    Key("conflict.edit", "e", "edit", "edit", "Write something else"),
)

TODAY = ("today.chase", "conflict.open")
CONFLICTS = tuple(key.id for key in KEYS if key.id.startswith("conflict.") and key.id != "conflict.open")
