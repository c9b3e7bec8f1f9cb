"""The one registry of keys: bindings, hints, help and docs/keys.md are made from it. Every id may be remapped in ahtc.toml."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

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
    Key("meeting.new", "n", "new", "new", "A new meeting; the seats of its group are invited"),
    Key("meeting.edit", "e", "edit", "edit", "Edit the meeting"),
    Key("meeting.cancel", "c", "cancel", "cancel", "Call the meeting off; it stays in the list"),
    Key("meeting.invite", "x", "invite", "invite", "The meeting as a calendar file (.ics)"),
    Key("contact.which", "o", "next_which", "organisations/all", "People and posts, organisations, or all"),
)

BY_ID = {key.id: key for key in KEYS}

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
MEETINGS = ("meeting.new", "meeting.edit", "meeting.cancel", "meeting.invite")
CONTACTS = ("contact.which",)


def bindings(*ids: str) -> list[Binding]:
    """Textual's bindings for these keys."""
    return [
        Binding(
            key.keys, key.action, _(key.label), show=key.hint, key_display=key.show_as, tooltip=_(key.help), id=key.id
        )
        for key in (BY_ID[name] for name in ids)
    ]
