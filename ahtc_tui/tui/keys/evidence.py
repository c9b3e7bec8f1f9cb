"""Keys of the mode Evidence and of the practice matrix."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("evidence.section", "v", "next_section", "section", "One section after the other alone, then all again"),
    Key("evidence.matrix", "m", "matrix", "matrix", "Practices and places in one table"),
    Key("evidence.open", "o", "only_open", "open", "Recommendations that are open, without an action; again for all"),
    Key("evidence.new", "n", "new", "new", "A new figure, practice, recommendation ..., as the line is"),
    Key("evidence.edit", "e", "edit", "edit", "Edit what the cursor stands on"),
    Key("evidence.revise", "R", "revise", "revise", "A newer value of the figure; the old one stays", hint=False),
    Key("evidence.answer", "r", "answer", "answer", "Answer the recommendation; a web page: reviewed today"),
    Key("evidence.link", "a", "link", "action", "Link the recommendation to an action"),
    Key("evidence.export", "x", "export", "export", "The figures as a workbook with charts", hint=False),
    Key("evidence.close", "escape,backspace,m", "close", "back", "From the table to the list"),
    Key("cascade.planned", "p", "set('planned')", "planned", "The practice is planned there", hint=False),
    Key("cascade.under-way", "u", "set('under_way')", "under way", "The practice is under way there", hint=False),
    Key("cascade.adopted", "a", "set('adopted')", "adopted", "The practice is adopted there", hint=False),
    Key("cascade.declined", "d", "set('declined')", "declined", "The practice is declined there", hint=False),
    Key("cascade.none", "n", "set('not_applicable')", "n.a.", "The practice does not apply there", hint=False),
    Key("cascade.not-said", "x,delete", "set('')", "not said", "Nothing is said of it there", hint=False),
    Key("cascade.edit", "enter", "edit_cell", "cell", "The cell with date, evidence and contact"),
    Key("cascade.gaps", "w", "gaps", "who has not", "Who has not got the practice; again for the cell"),
    Key("cascade.sessions", "s", "sessions", "sessions", "Sessions of the practice, and authorities without one"),
    Key("cascade.session", "t", "new_session", "add session", "A training, visit or conference", hint=False),
    Key("cascade.fold", "f", "fold", "authorities", "Each authority, or all as a count"),
    Key("cascade.open", "o", "open", "card", "The card of the practice"),
    Key("cascade.undo", "z,ctrl+z", "app.undo", "undo", "Take back the last change"),
    Key("cascade.export", "e", "export", "export", "The cascade as a workbook", hint=False),
)

EVIDENCE = (
    "evidence.section",
    "evidence.matrix",
    "evidence.open",
    "evidence.new",
    "evidence.edit",
    "evidence.revise",
    "evidence.answer",
    "evidence.link",
    "evidence.export",
)
MATRIX = (
    *(key.id for key in KEYS if key.id.startswith("cascade.")),
    "desk.redo",
    "evidence.close",
    "desk.help",
    "desk.quit",
)
