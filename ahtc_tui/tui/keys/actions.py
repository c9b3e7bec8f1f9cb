"""Keys of the mode Actions."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("action.new", "n", "new", "new", "Add an action"),
    Key("action.edit", "e", "edit", "edit", "Edit the action, or all marked ones with a preview"),
    Key("action.update", "U", "update", "update", "Add a dated progress update"),
    Key("action.propose", "menu+P", "propose", "propose", "Propose the action as complete", hint=False),
    Key("action.done", "d", "done", "done", "Close the action as done"),
    Key("action.close", "menu+D", "close", "close", "Close the action with evidence and meeting", hint=False),
    Key("action.reopen", "menu+R", "reopen", "reopen", "Reopen a closed action", hint=False),
    Key("action.sort", "menu+s", "next_sort", "sort", "Sort by due date, urgency or reference"),
    Key("action.which", "menu+a", "next_which", "open/all", "Show open, closed or all actions", hint=False),
    Key("action.view", "v", "view", "view", "Apply a saved view"),
    Key("action.save-view", "menu+V", "save_view", "save view", "Save filter and order as a view", hint=False),
    Key("action.export", "x", "export", "export", "Export the list as an Excel action log"),
    Key(
        "action.returns",
        "menu+X",
        "returns",
        "returns",
        ("Export a return for each lead, from the marked rows or the list"),
    ),
    Key("action.why", "menu+w", "why", "why", "Explain the urgency, term by term", hint=False),
    Key("action.history", "menu+h", "history", "history", "Show who changed what, and when", hint=False),
)
