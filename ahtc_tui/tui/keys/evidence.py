"""Keys of the mode Evidence and of the practice matrix."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("evidence.section", "v", "next_section", "section", "Show one section at a time, then all"),
    Key("evidence.matrix", "menu+m", "matrix", "matrix", "Open the matrix of practices and places"),
    Key(
        "evidence.open",
        "menu+o",
        "only_open",
        "only open",
        "Show recommendations without an action; press again for all",
    ),
    Key("evidence.new", "n", "new", "new", "Add a record of the same kind"),
    Key("evidence.edit", "e", "edit", "edit", "Edit the selected record"),
    Key(
        "evidence.revise",
        "menu+R",
        "revise",
        "revise",
        "Add a newer value of the figure; the old one is kept",
        hint=False,
    ),
    Key("evidence.answer", "menu+r", "answer", "answer", "Answer the recommendation; mark the web page as reviewed"),
    Key("evidence.link", "menu+a", "link", "action", "Link the recommendation to an action"),
    Key("evidence.export", "x", "export", "export", "Export the figures as a workbook with charts", hint=False),
    Key("cascade.status", "enter,space", "choose_status", "status", "Choose the cell status, or clear it"),
    Key("cascade.edit", "e", "edit_cell", "edit", "Edit the cell: status, date, evidence and contact"),
    Key(
        "cascade.gaps", "menu+w", "gaps", "places without", "List places without the practice; press again for the cell"
    ),
    Key(
        "cascade.sessions",
        "menu+s",
        "sessions",
        "sessions",
        "List sessions of the practice, and authorities without one",
    ),
    Key(
        "cascade.session", "n", "new_session", "add session", "Add a training session, visit or conference", hint=False
    ),
    Key("cascade.fold", "menu+f", "fold", "authorities", "Show each authority, or a count of all"),
    Key("cascade.open", "menu+o", "open", "card", "Show the card of the practice"),
    Key("cascade.export", "x", "export", "export", "Export the take-up as a workbook", hint=False),
    Key("cascade.close", "escape,q", "close", "back", "Back to the list"),
)
