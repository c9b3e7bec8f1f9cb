"""Keys of live minutes and of attendance."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("minute.item-next", "alt+down,pagedown", "screen.step_item(1)", "item", "Go to the next item"),
    Key("minute.item-last", "alt+up,pageup", "screen.step_item(-1)", "item", "Go to the previous item", hint=False),
    Key("minute.line-up", "up", "screen.step_line(-1)", "line", "Go to the line above", hint=False),
    Key("minute.line-down", "down", "screen.step_line(1)", "line", "Go to the line below", hint=False),
    Key("minute.turn", "ctrl+t", "screen.turn", "n/d/a", "Change the line to a decision, an action or a note"),
    Key("minute.edit", "f2", "screen.edit_line", "edit", "Edit the line in the input"),
    Key("minute.up", "shift+up", "screen.move(-1)", "move", "Move the line up", hint=False),
    Key("minute.down", "shift+down", "screen.move(1)", "move", "Move the line down", hint=False),
    Key("minute.remove", "f8", "screen.remove", "remove", "Remove the line", hint=False),
    Key("minute.tick", "ctrl+d", "screen.tick", "done", "Mark the item as discussed"),
    Key("minute.attendance", "ctrl+a,ctrl+l", "screen.attendance", "people", "Open the attendance"),
    Key("minute.gap", "f6", "screen.gap", "gaps", "Go to the next gap", hint=False),
    Key("minute.welsh", "f7", "screen.welsh", "Welsh", "Edit the Welsh text of the line", hint=False),
    Key("minute.life", "f5", "screen.life", "state", "Show the state of the minutes, issued copies and amendments"),
    Key(
        "minute.pack",
        "f9",
        "screen.pack",
        "files",
        "Write minutes, action log, chasers and the next invitation",
        hint=False,
    ),
    Key("minute.undo", "ctrl+z", "app.undo", "undo", "Undo the last change", hint=False),
    Key("minute.redo", "ctrl+y", "app.redo", "redo", "Redo the last undone change", hint=False),
    Key("minute.close", "ctrl+k", "screen.close", "close", "Close the meeting and carry open items forward"),
    Key("minute.help", "f1", "app.show_keys", "help", "Show the keys of this screen"),
    Key("minute.leave", "escape,ctrl+g", "screen.leave", "leave", "Back to the meetings"),
    Key("life.state", "s", "state", "state", "Set the state of the minutes"),
    Key("life.issue", "i", "issue", "issue", "Issue a copy as the next version"),
    Key(
        "life.issue-as",
        "I",
        "issue_as",
        "issue as",
        "Issue a copy for the chair or the public, in Welsh or both",
    ),
    Key("life.write", "x", "write", "write", "Write the selected copy as a Word file"),
    Key("life.undo", "u,ctrl+z", "app.undo", "undo", "Undo the last change", hint=False),
    Key("life.help", "question_mark,f1", "app.show_keys", "help", "Show the keys of this screen"),
    Key("life.leave", "escape,q", "dismiss(None)", "back", "Back to the minutes"),
    Key("attend.present", "p", "say('present')", "present", "Present"),
    Key("attend.online", "o", "say('online')", "online", "Online"),
    Key("attend.apologies", "a", "say('apologies')", "apologies", "Apologies"),
    Key("attend.absent", "x", "say('absent')", "absent", "Absent", hint=False),
    Key("attend.attending", "i", "say('in_attendance')", "in attendance", "In attendance", hint=False),
    Key("attend.more", "e", "more", "more", "Edit deputy, items and reason"),
    Key("attend.rest", "r", "rest", "rest", "Mark everyone else as present"),
    Key("attend.walk-in", "w", "walk_in", "walk-in", "Add a person who was not invited"),
    Key("attend.undo", "u,ctrl+z", "app.undo", "undo", "Undo the last change", hint=False),
    Key("attend.gap", "f6", "gap", "gaps", "Go to the next person not marked", hint=False),
    Key("attend.help", "question_mark,f1", "app.show_keys", "help", "Show the keys of this screen"),
    Key("attend.leave", "escape,q", "dismiss(None)", "back", "Back to the minutes"),
)

MINUTES = tuple(key.id for key in KEYS if key.id.startswith("minute."))
LIFE = tuple(key.id for key in KEYS if key.id.startswith("life."))
ATTENDANCE = tuple(key.id for key in KEYS if key.id.startswith("attend."))
