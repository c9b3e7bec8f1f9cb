"""Keys of live minutes and of attendance."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("minute.item-next", "alt+down,pagedown", "screen.step_item(1)", "item", "The next item"),
    Key("minute.item-last", "alt+up,pageup", "screen.step_item(-1)", "item", "The item before", hint=False),
    Key("minute.line-up", "up", "screen.step_line(-1)", "line", "The line above", hint=False),
    Key("minute.line-down", "down", "screen.step_line(1)", "line", "The line below", hint=False),
    Key("minute.turn", "ctrl+t", "screen.turn", "n/d/a", "Make the line a decision, an action, a note"),
    Key("minute.edit", "f2", "screen.edit_line", "edit", "The words of the line into the input"),
    Key("minute.up", "shift+up", "screen.move(-1)", "move", "Move the line up", hint=False),
    Key("minute.down", "shift+down", "screen.move(1)", "move", "Move the line down", hint=False),
    Key("minute.remove", "f8", "screen.remove", "remove", "Take the line out", hint=False),
    Key("minute.tick", "ctrl+d", "screen.tick", "done", "The item was dealt with"),
    Key("minute.attendance", "ctrl+a,ctrl+l", "screen.attendance", "people", "Who is there"),
    Key("minute.gap", "f6", "screen.gap", "gaps", "Go to the next thing that is missing", hint=False),
    Key("minute.welsh", "f7", "screen.welsh", "Welsh", "The Welsh of the line into the input", hint=False),
    Key("minute.life", "f5", "screen.life", "state", "How far the minutes are, issued copies and amendments"),
    Key(
        "minute.pack",
        "f9",
        "screen.pack",
        "files",
        "Minutes, action log, chasers and the next invitation as files",
        hint=False,
    ),
    Key("minute.undo", "ctrl+z", "app.undo", "undo", "Take back the last change", hint=False),
    Key("minute.redo", "ctrl+y", "app.redo", "redo", "Bring back what was undone", hint=False),
    Key("minute.close", "ctrl+k", "screen.close", "close", "Close the meeting and carry what is open"),
    Key("minute.help", "f1", "app.show_keys", "help", "The keys of this screen"),
    Key("minute.leave", "escape,ctrl+g", "screen.leave", "leave", "Back to the meetings"),
    Key("life.state", "s", "state", "state", "Say how far the minutes are, and who agreed them"),
    Key("life.issue", "i", "issue", "issue", "Freeze a copy as the next version"),
    Key(
        "life.issue-as",
        "I",
        "issue_as",
        "issue as",
        "A copy for the chair or the public, in Welsh or both",
    ),
    Key("life.write", "x", "write", "write", "The copy under the cursor as a Word file, as it was issued"),
    Key("life.undo", "u,ctrl+z", "app.undo", "undo", "Take back the last change", hint=False),
    Key("life.help", "question_mark,f1", "app.show_keys", "help", "The keys of this screen"),
    Key("life.leave", "escape,q", "dismiss(None)", "back", "Back to the minutes"),
    Key("attend.present", "p", "say('present')", "present", "Present"),
    Key("attend.online", "o", "say('online')", "online", "Online"),
    Key("attend.apologies", "a", "say('apologies')", "apologies", "Apologies"),
    Key("attend.absent", "x", "say('absent')", "absent", "Absent", hint=False),
    Key("attend.attending", "i", "say('in_attendance')", "in attendance", "In attendance", hint=False),
    Key("attend.more", "e", "more", "more", "For whom, which items, or why"),
    Key("attend.rest", "r", "rest", "rest", "Everybody of whom nothing is said is present"),
    Key("attend.walk-in", "w", "walk_in", "walk-in", "Somebody who was not invited"),
    Key("attend.undo", "u,ctrl+z", "app.undo", "undo", "Take back the last change", hint=False),
    Key("attend.gap", "f6", "gap", "gaps", "The next of whom nothing is said", hint=False),
    Key("attend.help", "question_mark,f1", "app.show_keys", "help", "The keys of this screen"),
    Key("attend.leave", "escape,q", "dismiss(None)", "back", "Back to the minutes"),
)

MINUTES = tuple(key.id for key in KEYS if key.id.startswith("minute."))
LIFE = tuple(key.id for key in KEYS if key.id.startswith("life."))
ATTENDANCE = tuple(key.id for key in KEYS if key.id.startswith("attend."))
