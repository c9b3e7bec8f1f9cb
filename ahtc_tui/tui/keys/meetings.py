"""Keys of the mode Meetings."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("meeting.minutes", "m", "minutes", "minutes", "Type the minutes of the meeting as it goes on"),
    Key("meeting.agenda", "a", "agenda", "agenda", "The agenda: items, papers, what is meant for later"),
    Key("meeting.pack", "p", "pack", "pack", "Everything that goes out before the meeting, as one folder"),
    Key("meeting.decisions", "D", "app.decisions", "decisions", "The decision register", hint=False),
    Key(
        "meeting.back-plan", "b", "back_plan", "back-plan", "From the day of an event back: tasks become actions", False
    ),
    Key("meeting.ask", "i", "ask_area", "invite area", "Ask every contact of an area or of a circulation list", False),
    Key("meeting.new", "n", "new", "new", "A new meeting; the seats of its group are invited"),
    Key("meeting.edit", "e", "edit", "edit", "Edit the meeting"),
    Key("meeting.cancel", "c", "cancel", "cancel", "Call the meeting off; it stays in the list"),
    Key("meeting.invite", "x", "invite", "invite", "The meeting as a calendar file (.ics)"),
    Key("agenda.new", "n", "new", "new", "A new item: title @presenter 15 min #section"),
    Key("agenda.edit", "e", "edit", "edit", "The words of the item into the line"),
    Key("agenda.up", "shift+up,alt+up", "move(-1)", "move", "Move the item up", hint=False),
    Key("agenda.down", "shift+down,alt+down", "move(1)", "move", "Move the item down", show_as="shift+↑↓"),
    Key("agenda.longer", "plus,equals_sign", "stretch(5)", "minutes", "Five minutes more", hint=False),
    Key("agenda.shorter", "minus", "stretch(-5)", "minutes", "Five minutes less", hint=False),
    Key("agenda.remove", "x,delete", "remove", "remove", "Take the item or paper off"),
    Key("agenda.template", "t", "template", "template", "The items of the group's template"),
    Key("agenda.keep", "T", "keep", "keep template", "The standing items become the template", hint=False),
    Key("agenda.forward", "f", "forward", "later", "To the forward plan, or from there onto the agenda"),
    Key("agenda.later", "F", "plan", "plan", "Write something into the forward plan", hint=False),
    Key("agenda.paper", "p", "paper", "paper", "A paper for the item: title @author due 3 feb"),
    Key("agenda.publish", "b", "publish", "published", "The paper was published", hint=False),
    Key("agenda.withhold", "w", "withhold", "withheld", "Why the paper is not published", hint=False),
    Key("agenda.undo", "u,ctrl+z", "app.undo", "undo", "Take back the last change"),
    Key("agenda.redo", "ctrl+r,ctrl+y", "app.redo", "redo", "Bring back what was undone", hint=False),
    Key("agenda.help", "question_mark,f1", "app.show_keys", "help", "The keys of this screen"),
    Key("agenda.leave", "escape,q,ctrl+g", "leave", "back", "Back to the meetings"),
    Key("decision.edit", "e", "edit", "edit", "Words, reason and what supersedes the decision"),
    Key("decision.export", "x", "export", "export", "The register as a workbook"),
)

MEETINGS = tuple(key.id for key in KEYS if key.id.startswith("meeting."))
AGENDA = tuple(key.id for key in KEYS if key.id.startswith("agenda."))
DECISIONS = tuple(key.id for key in KEYS if key.id.startswith("decision."))
