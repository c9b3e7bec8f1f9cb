"""Keys of the mode Today."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("today.status", "menu+s", "status", "Choose the action status"),
    Key("today.chase", "x", "chase", "Save a draft email to the lead of the action", "chase", was="c"),
    Key("conflict.open", "menu+C", "app.page('conflicts')", "Conflicting edits to resolve"),
    Key("sync.open", "menu+S", "app.page('sync')", "The office hub: last sync, what came in, what waits to be sent"),
    Key("sync.now", "menu+s", "sync_now", "Sync with the office hub at once"),
    Key("sync.accept", "y", "accept_erasure", "Accept an erasure from another laptop", "accept", was="a"),
    Key("conflict.ours", "1", "decide('ours')", "Keep the first value on this laptop", "first value", was="o"),
    Key("conflict.theirs", "2", "decide('theirs')", "Take the latest other value", "latest value", was="t"),
    Key("conflict.other", "3", "decide_other", "Take the value from a third laptop", "third", was="r"),
    Key(
        "conflict.merged", "4", "decide('merged')", "Take the text with the changes of all versions", "merged", was="m"
    ),
    Key("conflict.both", "5", "decide('both')", "Keep both records", "both", was="b"),
    Key("conflict.edit", "e", "edit", "Type another value", "edit"),
)
