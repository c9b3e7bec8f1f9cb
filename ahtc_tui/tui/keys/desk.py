"""Keys of all screens and of all lists."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

MODES = ("today", "actions", "plan", "meetings", "groups", "contacts", "evidence", "reports")

KEYS = (
    *(
        Key(f"mode.{name}", str(n), f"app.switch_mode('{name}')", f"Go to {name.capitalize()}")
        for n, name in enumerate(MODES, 1)
    ),
    Key("desk.filter", "slash", "filter", "Filter the list as you type", "filter"),
    Key("desk.find", "slash", "find_record", "Find a record", "find"),
    Key("desk.palette", "ctrl+p", "app.command_palette", "Find a record or a command"),
    Key("desk.back", "escape", "back", "Go back one step", "back"),
    Key("desk.menu", "full_stop,f2", "app.menu", "Show the other commands on this screen, with their letters", "menu"),
    Key("desk.card", "right,l", "read", "Read the card"),
    Key("desk.card-place", "menu+vertical_line", "next_card_place", "Change the size of the card, or hide it"),
    Key("date.later", "plus", "later", "Move the date to the next day", was="equals_sign"),
    Key("date.earlier", "minus", "earlier", "Move the date to the day before"),
    Key("date.next-week", "menu+greater_than_sign", "next_week", "Move the date by a week"),
    Key("desk.copy", "menu+y", "copy_ref", "Copy the reference"),
    Key("desk.copy-rows", "menu+Y", "copy_rows", "Copy a cell, the row or the list"),
    Key(
        "desk.jump", "menu+apostrophe", "app.jump", "Show a letter at each pane and field, to jump there", was="ctrl+o"
    ),
    Key("desk.editor", "menu+quotation_mark", "app.edit_outside", "Open the text in your editor", was="f4"),
    Key("desk.repeat", "menu+full_stop", "repeat", "Repeat the last command on the marked rows"),
    Key("desk.undo", "u,ctrl+z", "app.undo", "Undo the last change", "undo"),
    Key("desk.redo", "ctrl+r", "app.redo", "Redo the last undone change", was="ctrl+y"),
    Key("desk.help", "question_mark,f1", "app.show_keys", "Show the keys on this screen", "help"),
    Key("desk.quit", "ctrl+q,q", "app.quit", "Quit, with a question if unsaved text would be lost"),
    Key("desk.leave", "q", "back", "Go back one step"),
    Key("message.open", "menu+O", "app.open_written", "Open the record's link, or the last file saved", was="o"),
    Key(
        "desk.format", "menu+percent_sign", "app.choose_format", "Choose the document format, such as PDF", was="ctrl+f"
    ),
    Key("page.picture", "x", "picture", "Export the page as a picture (SVG)", "picture"),
    Key("page.close", "escape,q", "close", "Back to the list", "back"),
    Key("message.list", "menu+at", "app.past_messages", "List the past messages", was="f3"),
    Key("desk.stop", "ctrl+g", "app.stop_job", "Stop the running export, import or backup"),
    Key("desk.lock", "menu+number_sign", "app.lock", "Lock the screen until the passphrase is typed", was="f12"),
    Key("desk.own-office", "9", "app.own_office", "Leave the sample and start your own office"),
    Key("desk.exit", "ctrl+q", "app.quit", "Quit, with a question if unsaved text would be lost"),
)
