"""The keys of Evidence and of the table of practices."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("evidence.section", "v", "next_section", "section", "One section after the other alone, then all again"),
    Key("evidence.matrix", "m", "matrix", "matrix", "Practices and places in one table"),
    Key("evidence.close", "escape,backspace,m", "close", "back", "From the table to the list", show_as="esc"),
)

EVIDENCE = ("evidence.section", "evidence.matrix")
MATRIX = ("evidence.close", "desk.help", "desk.quit")
