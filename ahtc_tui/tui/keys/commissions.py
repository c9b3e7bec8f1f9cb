"""Keys of the list of commissions and of their paragraphs."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("commission.draft", "d", "draft", "draft", "Paragraphs from the records: shown first, each record once"),
    Key("commission.new", "n", "new", "new", "A new commission, or a new paragraph under the question"),
    Key("commission.edit", "e", "edit", "edit", "Edit what is asked, or word the paragraph"),
    Key("commission.confirm", "c", "confirm", "confirm", "What changed since holds as the records stand now"),
    Key("commission.export", "x", "export", "export", "The paper as a Word file, with the cascade"),
)

COMMISSIONS = tuple(key.id for key in KEYS)
