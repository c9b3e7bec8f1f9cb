"""Keys of the mode Meetings."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("meeting.minutes", "m", "minutes", "minutes", "Open the live minutes"),
    Key("meeting.agenda", "a", "agenda", "agenda", "Open the agenda: items, papers, forward plan"),
    Key("meeting.pack", "p", "pack", "pack", "Write the meeting pack, one folder"),
    Key("meeting.decisions", "D", "app.decisions", "decisions", "The decision register", hint=False),
    Key(
        "meeting.back-plan", "b", "back_plan", "back-plan", "Create actions backwards from the date of an event", False
    ),
    Key("meeting.ask", "i", "ask_area", "invite area", "Invite all contacts of an area or circulation list", False),
    Key("meeting.new", "n", "new", "new", "Add a meeting; the seats of its group are invited"),
    Key("meeting.remove", "delete", "remove_record", "remove", "Remove a meeting added by mistake", hint=False),
    Key("meeting.edit", "e", "edit", "edit", "Edit the meeting"),
    Key("meeting.cancel", "c", "cancel", "cancel", "Cancel the meeting; it stays in the list"),
    Key("meeting.invite", "x", "invite", "invite", "Export the meeting as a calendar file (.ics)"),
    Key("meeting.calendar", "M", "calendar", "month", "Show meetings, due dates and bank holidays by month", False),
    Key("calendar.left", "left,h", "step(-1)", "day", "Go to the day before", False),
    Key("calendar.right", "right,l", "step(1)", "day", "Go to the next day", False),
    Key("calendar.up", "up,k", "step(-7)", "week", "Go to the week before", False),
    Key("calendar.down", "down,j", "step(7)", "week", "Go to the next week", False),
    Key("calendar.earlier", "pageup", "turn(-1)", "month", "Go to the month or week before", False),
    Key("calendar.next", "pagedown", "turn(1)", "month", "Go to the next month or week", False),
    Key("calendar.today", "t", "today", "today", "Go to today"),
    Key("calendar.week", "w", "switch", "week/month", "Switch between the month and the week"),
    Key("calendar.entries", "enter,tab", "entries", "entries", "Go to the entries of the day"),
    Key("calendar.new", "n", "new", "new", "Add a meeting on the day"),
    Key(
        "calendar.later",
        "plus,equals_sign",
        "move(1)",
        "later",
        "Move the entry to the next day",
        show_as="+-",
    ),
    Key("calendar.sooner", "minus", "move(-1)", "earlier", "Move the entry to the day before", False),
    Key("calendar.next-week", "greater_than_sign", "move(7)", "next week", "Move the entry to the next week", False),
    Key("calendar.leave", "escape,q,backspace", "leave", "back", "Back to the day, then to the meetings"),
    Key("agenda.new", "n", "new", "new", "Add an item: title @presenter 15 min #section"),
    Key("agenda.edit", "e", "edit", "edit", "Edit the item in the input line"),
    Key("agenda.up", "shift+up,alt+up", "move(-1)", "move", "Move the item up", hint=False),
    Key("agenda.down", "shift+down,alt+down", "move(1)", "move", "Move the item down", show_as="shift+↑↓"),
    Key("agenda.longer", "plus,equals_sign", "stretch(5)", "minutes", "Add five minutes", hint=False),
    Key("agenda.shorter", "minus", "stretch(-5)", "minutes", "Subtract five minutes", hint=False),
    Key("agenda.remove", "delete", "remove", "remove", "Remove the item or paper"),
    Key("agenda.template", "t", "template", "template", "Add the items of the group's template"),
    Key("agenda.keep", "T", "keep", "keep template", "Save the standing items as the template", hint=False),
    Key("agenda.forward", "f", "forward", "later", "Move the item to the forward plan, or from there"),
    Key("agenda.later", "F", "plan", "plan", "Add an entry to the forward plan", hint=False),
    Key("agenda.paper", "p", "paper", "paper", "Add a paper: title @author due 3 feb"),
    Key("agenda.publish", "b", "publish", "published", "Record that the paper was published", hint=False),
    Key(
        "agenda.withhold", "w", "withhold", "withheld", "Withhold the paper from publication, with a reason", hint=False
    ),
    Key("agenda.undo", "u,ctrl+z", "app.undo", "undo", "Undo the last change"),
    Key("agenda.redo", "ctrl+r,ctrl+y", "app.redo", "redo", "Redo the last undone change", hint=False),
    Key("agenda.help", "question_mark,f1", "app.show_keys", "help", "Show the keys of this screen"),
    Key("agenda.leave", "escape,q,ctrl+g", "leave", "back", "Back to the meetings"),
    Key("decision.edit", "e", "edit", "edit", "Edit text, reason and successor of the decision"),
    Key(
        "decision.remove",
        "delete",
        "remove_record",
        "remove",
        "Remove a decision added by mistake",
        hint=False,
    ),
    Key("decision.export", "x", "export", "export", "Export the register as a workbook"),
)
