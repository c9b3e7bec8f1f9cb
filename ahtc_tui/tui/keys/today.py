"""Keys of the mode Today."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("today.status", "s", "status", "status", "Choose the status of the action", hint=False),
    Key("today.chase", "c", "chase", "chase", "Write a draft email to the lead of the action"),
    Key("conflict.open", "C", "app.page('conflicts')", "conflicts", "Conflicting edits to resolve", False),
    Key(
        "sync.open",
        "S",
        "app.page('sync')",
        "sync",
        "The office hub: last sync, what came in, what waits to be sent",
        False,
    ),
    Key("sync.now", "s", "sync_now", "sync now", "Sync with the office hub at once"),
    Key("sync.accept", "a", "accept_erasure", "accept", "Accept an erasure from another laptop"),
    Key("conflict.ours", "o", "decide('ours')", "first here", "Keep the value that was on this laptop first"),
    Key("conflict.theirs", "t", "decide('theirs')", "latest", "Take the latest other value"),
    Key("conflict.other", "r", "decide_other", "another", "Take the value of a third laptop"),
    Key("conflict.merged", "m", "decide('merged')", "merged", "Take the text with the changes of every side"),
    Key("conflict.both", "b", "decide('both')", "both", "Keep both records"),
    Key("conflict.edit", "e", "edit", "edit", "Type another value"),
)
