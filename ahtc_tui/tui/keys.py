"""The one registry of keys: bindings, hints, help and docs/keys.md come from it. ahtc.toml may remap any id."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from ahtc_tui.domain.words import _


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it does, and how it is spoken of."""

    id: str
    keys: str
    action: str
    label: str
    """In the line of hints."""
    help: str
    hint: bool = True
    """Whether the line of hints shows it."""
    show_as: str | None = None


MODES = ("today", "actions", "plan", "meetings", "groups", "contacts", "evidence", "reports")

KEYS = (
    *(
        Key(
            f"mode.{name}",
            str(n),
            f"app.switch_mode('{name}')",
            name.capitalize(),
            f"Go to {name.capitalize()}",
            hint=False,
        )
        for n, name in enumerate(MODES, 1)
    ),
    Key("desk.filter", "slash", "filter", "filter", "Filter the list as you type", show_as="/"),
    Key("desk.find", "slash", "find_record", "find", "Find a record by its words", show_as="/"),
    Key("desk.back", "escape,backspace", "back", "back", "Back one step", hint=False),
    Key("desk.card", "right,l", "read", "card", "Read the card", hint=False),
    Key("desk.copy", "y", "copy_ref", "copy ref", "Copy the reference", hint=False),
    Key("desk.undo", "u", "app.undo", "undo", "Take back the last change"),
    Key("desk.redo", "ctrl+r", "app.redo", "redo", "Bring back what was undone", hint=False),
    Key("desk.help", "question_mark,f1", "app.show_keys", "help", "The keys of this screen", show_as="?"),
    Key("desk.quit", "ctrl+q,q", "app.quit", "quit", "Leave; everything is stored already", hint=False),
    Key("action.new", "n", "new", "new", "A new action"),
    Key("action.edit", "e", "edit", "edit", "Edit the action, or all marked ones at once"),
    Key("action.update", "U", "update", "update", "A dated line of progress", show_as="U"),
    Key("action.done", "d", "done", "done", "Close the action as done"),
    Key("action.reopen", "R", "reopen", "reopen", "Open a closed action again", hint=False, show_as="R"),
    Key("action.sort", "s", "next_sort", "sort", "By due date, urgency or reference"),
    Key("action.which", "a", "next_which", "open/all", "Open, closed or all actions", hint=False),
    Key("action.export", "x", "export", "export", "The list as an Excel action log"),
    Key("action.history", "h", "history", "history", "Who changed what, and when", hint=False),
    Key("evidence.section", "v", "next_section", "section", "One section after the other alone, then all again"),
    Key("evidence.matrix", "m", "matrix", "matrix", "Practices and places in one table"),
    Key("evidence.close", "escape,backspace,m", "close", "back", "From the table to the list", show_as="esc"),
    Key("meeting.minutes", "m", "minutes", "minutes", "Type the minutes of the meeting as it goes on"),
    Key("meeting.new", "n", "new", "new", "A new meeting; the seats of its group are invited"),
    Key("meeting.edit", "e", "edit", "edit", "Edit the meeting"),
    Key("meeting.cancel", "c", "cancel", "cancel", "Call the meeting off; it stays in the list"),
    Key("meeting.invite", "x", "invite", "invite", "The meeting as a calendar file (.ics)"),
    Key("contact.which", "o", "next_which", "organisations/all", "People and posts, organisations, or all"),
    Key("minute.item-next", "alt+down,pagedown", "screen.step_item(1)", "item", "The next item", show_as="alt+↓"),
    Key("minute.item-last", "alt+up,pageup", "screen.step_item(-1)", "item", "The item before", hint=False),
    Key("minute.line-up", "up", "screen.step_line(-1)", "line", "The line above", hint=False),
    Key("minute.line-down", "down", "screen.step_line(1)", "line", "The line below", hint=False),
    Key("minute.turn", "ctrl+t", "screen.turn", "turn n/d/a", "Make the line a decision, an action, a note"),
    Key("minute.edit", "f2", "screen.edit_line", "edit line", "The words of the line into the input"),
    Key("minute.up", "shift+up", "screen.move(-1)", "move", "Move the line up", hint=False),
    Key("minute.down", "shift+down", "screen.move(1)", "move", "Move the line down", hint=False),
    Key("minute.remove", "f8", "screen.remove", "remove", "Take the line out", hint=False),
    Key("minute.tick", "ctrl+d", "screen.tick", "done", "The item was dealt with"),
    Key("minute.attendance", "ctrl+a,ctrl+l", "screen.attendance", "attendance", "Who is there"),
    Key("minute.undo", "ctrl+z", "app.undo", "undo", "Take back the last change", hint=False),
    Key("minute.close", "ctrl+k", "screen.close", "close meeting", "Close the meeting and carry what is open"),
    Key("minute.leave", "escape,ctrl+g", "screen.leave", "leave", "Back to the meetings", hint=False),
    Key("attend.present", "p", "say('present')", "present", "Present"),
    Key("attend.online", "o", "say('online')", "online", "Online"),
    Key("attend.apologies", "a", "say('apologies')", "apologies", "Apologies"),
    Key("attend.absent", "x", "say('absent')", "absent", "Absent", hint=False),
    Key("attend.attending", "i", "say('in_attendance')", "in attendance", "In attendance", hint=False),
    Key("attend.more", "e", "more", "deputy, part, reason", "For whom, which items, or why"),
    Key("attend.rest", "r", "rest", "rest present", "Everybody of whom nothing is said is present"),
    Key("attend.walk-in", "w", "walk_in", "walk-in", "Somebody who was not invited"),
    Key("attend.undo", "u", "app.undo", "undo", "Take back the last change", hint=False),
    Key("attend.leave", "escape,q", "dismiss(None)", "back", "Back to the minutes", hint=False),
)

BY_ID = {key.id: key for key in KEYS}

GROUPS = {
    "action": "Actions",
    "meeting": "Meetings",
    "minute": "Live minutes",
    "attend": "Attendance",
    "contact": "Contacts",
    "evidence": "Evidence",
    "list": "The list",
    "card": "The card",
    "filter": "The filter",
    "desk": "Everywhere",
    "mode": "Modes",
}
"""The first part of a key's id to the heading under which help and docs/keys.md list it."""

DESK = ("desk.copy", "desk.undo", "desk.redo", "desk.help", "desk.quit")
LISTS = ("desk.filter", "desk.back", "desk.card")
ACTIONS = (
    "action.new",
    "action.edit",
    "action.update",
    "action.done",
    "action.reopen",
    "action.sort",
    "action.which",
    "action.export",
    "action.history",
)

EVIDENCE = ("evidence.section", "evidence.matrix")
MATRIX = ("evidence.close", "desk.help", "desk.quit")
MEETINGS = ("meeting.minutes", "meeting.new", "meeting.edit", "meeting.cancel", "meeting.invite")
CONTACTS = ("contact.which",)


MINUTES = tuple(key.id for key in KEYS if key.id.startswith("minute."))
ATTENDANCE = tuple(key.id for key in KEYS if key.id.startswith("attend."))


def bindings(*ids: str) -> list[BindingType]:
    """Textual's bindings for these keys."""
    return [
        Binding(
            key.keys, key.action, _(key.label), show=key.hint, key_display=key.show_as, tooltip=_(key.help), id=key.id
        )
        for key in (BY_ID[name] for name in ids)
    ]
