"""Keys of the mode Evidence and of the practice matrix."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("evidence.section", "v", "next_section", "section", "Show one section at a time, then all"),
    Key("evidence.matrix", "m", "matrix", "matrix", "Open the matrix of practices and places"),
    Key("evidence.open", "o", "only_open", "open", "Show recommendations without an action; press again for all"),
    Key("evidence.new", "n", "new", "new", "Add a record of the kind of this line"),
    Key("evidence.edit", "e", "edit", "edit", "Edit the selected record"),
    Key("evidence.revise", "R", "revise", "revise", "Add a newer value of the figure; the old one is kept", hint=False),
    Key("evidence.answer", "r", "answer", "answer", "Answer the recommendation; mark the web page as reviewed"),
    Key("evidence.link", "a", "link", "action", "Link the recommendation to an action"),
    Key("evidence.export", "x", "export", "export", "Export the figures as a workbook with charts", hint=False),
    Key("evidence.close", "escape,backspace,m", "close", "back", "Back to the list"),
    Key("cascade.planned", "p", "set('planned')", "planned", "Mark the practice as planned", hint=False),
    Key("cascade.under-way", "u", "set('under_way')", "under way", "Mark the practice as under way", hint=False),
    Key("cascade.adopted", "a", "set('adopted')", "adopted", "Mark the practice as adopted", hint=False),
    Key("cascade.declined", "d", "set('declined')", "declined", "Mark the practice as declined", hint=False),
    Key("cascade.none", "n", "set('not_applicable')", "n.a.", "Mark the practice as not applicable", hint=False),
    Key("cascade.not-said", "x,delete", "set('')", "not said", "Clear the cell", hint=False),
    Key("cascade.edit", "enter", "edit_cell", "cell", "Edit the cell: date, evidence and contact"),
    Key("cascade.gaps", "w", "gaps", "who has not", "List places without the practice; press again for the cell"),
    Key("cascade.sessions", "s", "sessions", "sessions", "List sessions of the practice, and authorities without one"),
    Key("cascade.session", "t", "new_session", "add session", "Add a training, visit or conference", hint=False),
    Key("cascade.fold", "f", "fold", "authorities", "Show each authority, or a count of all"),
    Key("cascade.open", "o", "open", "card", "Show the card of the practice"),
    Key("cascade.undo", "z,ctrl+z", "app.undo", "undo", "Undo the last change"),
    Key("cascade.export", "e", "export", "export", "Export the cascade as a workbook", hint=False),
)

EVIDENCE = (
    "evidence.section", "evidence.matrix", "evidence.open", "evidence.new", "evidence.edit", "evidence.revise",
    "evidence.answer", "evidence.link", "evidence.export",
)  # fmt: skip
