"""Keys of the mode Today."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("today.chase", "c", "chase", "chase", "Write a mail draft to the lead of the action"),
    Key("conflict.open", "C", "app.conflicts", "conflicts", "Conflicting edits to decide", False),
    Key("conflict.ours", "o", "decide('ours')", "keep ours", "Keep our value"),
    Key("conflict.theirs", "t", "decide('theirs')", "take theirs", "Take the value of the other laptop"),
    Key("conflict.both", "b", "decide('both')", "both", "Keep both records"),
    Key("conflict.edit", "e", "edit", "edit", "Type another value"),
)
