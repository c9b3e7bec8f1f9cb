"""Messages that cross from one noun to another. Those of one widget are nested in it."""

from __future__ import annotations

from textual.message import Message


class Go(Message):
    """Go to the record of a kind ("action", "meeting", ...) with this reference."""

    def __init__(self, kind: str, ref: str) -> None:
        super().__init__()
        self.kind, self.ref = kind, ref
