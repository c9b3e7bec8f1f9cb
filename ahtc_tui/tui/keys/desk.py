"""Keys of all screens and of all lists."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

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
    Key("desk.filter", "slash", "filter", "filter", "Filter the list as you type"),
    Key("desk.find", "slash", "find_record", "find", "Find a record"),
    Key("desk.palette", "ctrl+p", "app.command_palette", "find", "Find a record or a command", hint=False),
    Key("desk.back", "escape,backspace", "back", "back", "Go back one step"),
    Key("desk.card", "right,l", "read", "card", "Read the card", hint=False),
    Key("desk.card-place", "vertical_line", "next_card_place", "move card", "Widen, lower or hide the card", False),
    Key("date.later", "plus,equals_sign", "later", "later", "Move the date to the next day", hint=False),
    Key("date.earlier", "minus", "earlier", "earlier", "Move the date to the day before", hint=False),
    Key("date.next-week", "greater_than_sign", "next_week", "next week", "Move the date by a week", hint=False),
    Key("desk.copy", "y", "copy_ref", "copy ref", "Copy the reference", hint=False),
    Key("desk.copy-rows", "Y", "copy_rows", "copy", "Copy a cell, the row or the list", hint=False),
    Key("desk.jump", "ctrl+o", "app.jump", "jump", "Show a letter at each pane and field to jump to", hint=False),
    Key("desk.editor", "f4", "app.edit_outside", "editor", "Open the text in your editor", hint=False),
    Key("desk.repeat", "full_stop", "repeat", "repeat", "Repeat the last command on the marked rows", hint=False),
    Key("desk.undo", "u,ctrl+z", "app.undo", "undo", "Undo the last change"),
    Key("desk.redo", "ctrl+r,ctrl+y", "app.redo", "redo", "Redo the last undone change", hint=False),
    Key("desk.help", "question_mark,f1", "app.show_keys", "help", "Show the keys of this screen"),
    Key("desk.quit", "ctrl+q,q", "app.quit", "quit", "Quit; asks first if unsaved text would be lost", hint=False),
    Key("desk.leave", "q", "back", "back", "Go back one step", hint=False),
    Key(
        "message.open",
        "o,O",
        "app.open_written",
        "open",
        "Open a link of the record, or the last file saved",
        hint=False,
    ),
    Key(
        "desk.format",
        "ctrl+f",
        "app.choose_format",
        "format",
        "Choose the format of documents, such as PDF",
        hint=False,
    ),
    Key("page.picture", "x", "picture", "picture", "Export the page as a picture (SVG)"),
    Key("page.close", "escape,backspace,q", "close", "back", "Back to the list"),
    Key("message.list", "f3", "app.past_messages", "messages", "List the past messages", hint=False),
    Key("desk.stop", "ctrl+g", "app.stop_job", "stop", "Stop the running export, import or backup", hint=False),
    Key("desk.lock", "f12", "app.lock", "lock", "Cover the screen until the passphrase is typed", hint=False),
    Key("desk.own-office", "f2", "app.own_office", "own office", "Leave the sample and start your own office", False),
    Key("desk.exit", "ctrl+q", "app.quit", "quit", "Quit; asks first if unsaved text would be lost", hint=False),
)
