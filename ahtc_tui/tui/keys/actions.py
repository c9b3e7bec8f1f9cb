"""Keys of the mode Actions."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("action.new", "n", "new", "Add an action", "new"),
    Key("action.edit", "e", "edit", "Edit the action, or all marked ones with a preview", "edit"),
    Key("action.update", "U", "update", "Add a dated progress update", "update"),
    Key("action.propose", "menu+P", "propose", "Propose the action as complete"),
    Key("action.done", "d", "done", "Close the action as done", "done"),
    Key("action.close", "menu+D", "close", "Close the action with evidence and meeting"),
    Key("action.reopen", "menu+R", "reopen", "Reopen a closed action"),
    Key("action.sort", "menu+s", "next_sort", "Sort by due date, urgency or reference"),
    Key("action.which", "menu+a", "next_which", "Show open, closed or all actions"),
    Key("action.view", "v", "view", "Apply a saved view", "view"),
    Key("action.save-view", "menu+V", "save_view", "Save filter and order as a view"),
    Key("action.export", "x", "export", "Export the list as an Excel action log", "export"),
    Key("action.returns", "menu+X", "returns", "Export a return for each lead, from the marked rows or the list"),
    Key("action.why", "menu+w", "why", "Explain the urgency, term by term"),
    Key("action.history", "menu+h", "history", "Show who changed what, and when"),
)
