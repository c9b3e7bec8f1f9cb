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
    Key("desk.back", "escape", "back", "back", "Go back one step"),
    Key("desk.menu", "full_stop,f2", "app.menu", "menu", "Show the other commands on this screen, with their letters"),
    Key("desk.card", "right,l", "read", "card", "Read the card", hint=False),
    Key(
        "desk.card-place",
        "menu+vertical_line",
        "next_card_place",
        "move card",
        "Change the size of the card, or hide it",
        False,
    ),
    Key("date.later", "plus", "later", "later", "Move the date to the next day", hint=False, was="equals_sign"),
    Key("date.earlier", "minus", "earlier", "earlier", "Move the date to the day before", hint=False),
    Key("date.next-week", "menu+greater_than_sign", "next_week", "next week", "Move the date by a week", hint=False),
    Key("desk.copy", "menu+y", "copy_ref", "copy ref", "Copy the reference", hint=False),
    Key("desk.copy-rows", "menu+Y", "copy_rows", "copy", "Copy a cell, the row or the list", hint=False),
    Key(
        "desk.jump",
        "menu+apostrophe",
        "app.jump",
        "jump",
        "Show a letter at each pane and field, to jump there",
        hint=False,
        was="ctrl+o",
    ),
    Key(
        "desk.editor",
        "menu+quotation_mark",
        "app.edit_outside",
        "editor",
        "Open the text in your editor",
        hint=False,
        was="f4",
    ),
    Key("desk.repeat", "menu+full_stop", "repeat", "repeat", "Repeat the last command on the marked rows", hint=False),
    Key("desk.undo", "u,ctrl+z", "app.undo", "undo", "Undo the last change"),
    Key("desk.redo", "ctrl+r", "app.redo", "redo", "Redo the last undone change", hint=False, was="ctrl+y"),
    Key("desk.help", "question_mark,f1", "app.show_keys", "help", "Show the keys on this screen"),
    Key("desk.quit", "ctrl+q,q", "app.quit", "quit", "Quit, with a question if unsaved text would be lost", hint=False),
    Key("desk.leave", "q", "back", "back", "Go back one step", hint=False),
    Key(
        "message.open",
        "menu+O",
        "app.open_written",
        "open",
        "Open the record's link, or the last file saved",
        hint=False,
        was="o",
    ),
    Key(
        "desk.format",
        "menu+percent_sign",
        "app.choose_format",
        "format",
        "Choose the document format, such as PDF",
        hint=False,
        was="ctrl+f",
    ),
    Key("page.picture", "x", "picture", "picture", "Export the page as a picture (SVG)"),
    Key("page.close", "escape,q", "close", "back", "Back to the list"),
    Key("message.list", "menu+at", "app.past_messages", "messages", "List the past messages", hint=False, was="f3"),
    Key("desk.stop", "ctrl+g", "app.stop_job", "stop", "Stop the running export, import or backup", hint=False),
    Key(
        "desk.lock",
        "menu+number_sign",
        "app.lock",
        "lock",
        "Lock the screen until the passphrase is typed",
        hint=False,
        was="f12",
    ),
    Key(
        "desk.own-office",
        "9",
        "app.own_office",
        "your own office",
        "Leave the sample and start your own office",
        False,
    ),
    Key("desk.exit", "ctrl+q", "app.quit", "quit", "Quit, with a question if unsaved text would be lost", hint=False),
)
