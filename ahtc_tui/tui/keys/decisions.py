"""The keys of the decision register."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("decision.edit", "e", "edit", "edit", "Words, reason and what supersedes the decision"),
    Key("decision.export", "x", "export", "export", "The register as a workbook"),
)

DECISIONS = tuple(key.id for key in KEYS)
