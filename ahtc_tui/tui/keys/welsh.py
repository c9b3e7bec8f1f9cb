"""Keys of the queue of texts that wait for Welsh."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("welsh.edit", "e", "edit", "translate", "Type the Welsh text"),
    Key("welsh.export", "x", "export", "export", "Write the texts as a workbook for a translator"),
)
