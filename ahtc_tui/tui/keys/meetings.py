"""The keys of Meetings."""

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
)

MEETINGS = tuple(key.id for key in KEYS)
