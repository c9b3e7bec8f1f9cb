"""Keys of the list of commissions and of their paragraphs."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("commission.draft", "w", "draft", "draft", "Draft paragraphs from the records, with a preview"),
    Key("commission.new", "n", "new", "new", "Add a commission, or a paragraph to the question"),
    Key("commission.edit", "e", "edit", "edit", "Edit the commission or the paragraph"),
    Key("commission.confirm", "c", "confirm", "confirm", "Confirm the paragraph after its records changed"),
    Key("commission.export", "x", "export", "export", "Export the paper, with the take-up of good practice"),
)
