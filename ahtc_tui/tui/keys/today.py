"""Keys of the mode Today."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("today.status", "menu+s", "status", "status", "Choose the action status", hint=False),
    Key("today.chase", "c", "chase", "chase", "Save a draft email to the lead of the action"),
    Key("conflict.open", "menu+C", "app.page('conflicts')", "conflicts", "Conflicting edits to resolve", False),
    Key(
        "sync.open",
        "menu+S",
        "app.page('sync')",
        "sync",
        "The office hub: last sync, what came in, what waits to be sent",
        False,
    ),
    Key("sync.now", "menu+s", "sync_now", "sync now", "Sync with the office hub at once"),
    Key("sync.accept", "y", "accept_erasure", "accept", "Accept an erasure from another laptop", was="a"),
    Key("conflict.ours", "1", "decide('ours')", "first value", "Keep the first value on this laptop", was="o"),
    Key("conflict.theirs", "2", "decide('theirs')", "latest value", "Take the latest other value", was="t"),
    Key("conflict.other", "3", "decide_other", "third", "Take the value from a third laptop", was="r"),
    Key(
        "conflict.merged",
        "4",
        "decide('merged')",
        "merged",
        ("Take the text with the changes of all versions"),
        was="m",
    ),
    Key("conflict.both", "5", "decide('both')", "both", "Keep both records", was="b"),
    Key("conflict.edit", "e", "edit", "edit", "Type another value"),
)
