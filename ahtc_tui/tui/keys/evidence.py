"""Keys of the mode Evidence and of the practice matrix."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("evidence.section", "v", "next_section", "Show one section at a time, then all", "section"),
    Key("evidence.matrix", "menu+m", "matrix", "Open the matrix of practices and places"),
    Key("evidence.open", "menu+o", "only_open", "Show recommendations without an action; press again for all"),
    Key("evidence.new", "n", "new", "Add a record of the same kind", "new"),
    Key("evidence.edit", "e", "edit", "Edit the selected record", "edit"),
    Key("evidence.revise", "menu+R", "revise", "Add a newer value of the figure; the old one is kept"),
    Key("evidence.answer", "menu+r", "answer", "Answer the recommendation; mark the web page as reviewed"),
    Key("evidence.link", "menu+a", "link", "Link the recommendation to an action"),
    Key("evidence.export", "x", "export", "Export the figures as a workbook with charts"),
    Key("cascade.status", "enter,space", "choose_status", "Choose the cell status, or clear it", "status"),
    Key("cascade.edit", "e", "edit_cell", "Edit the cell: status, date, evidence and contact", "edit"),
    Key("cascade.gaps", "menu+w", "gaps", "List places without the practice; press again for the cell"),
    Key("cascade.sessions", "menu+s", "sessions", "List sessions of the practice, and authorities without one"),
    Key("cascade.session", "n", "new_session", "Add a training session, visit or conference"),
    Key("cascade.fold", "menu+f", "fold", "Show each authority, or a count of all"),
    Key("cascade.open", "menu+o", "open", "Show the card of the practice"),
    Key("cascade.export", "x", "export", "Export the take-up as a workbook"),
    Key("cascade.close", "escape,q", "close", "Back to the list", "back"),
)
