"""What an import of actions compares with, fetched at once for all rows of all files: what is here, what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.imports.three_way_merge import UNKNOWN, Unknown
from ahtc_tui.domain.returns.model import Sent, read_sent, sent_values
from ahtc_tui.domain.returns.readers import ref_key
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.actions.party_names import Names
from ahtc_tui.store.imports import actions as stored

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.rows import RowIn
    from ahtc_tui.store.records.cursor import Cursor


@dataclass
class Facts:
    """The register and the actions as they stand."""

    cursor: Cursor
    today: date
    names: Names
    objectives: list[tuple[bytes, str, str]]
    """Key, number and title."""
    refs: dict[str, bytes | None] = field(default_factory=dict)
    """A reference as people type it to the action; None where two actions answer."""
    ours: dict[bytes, ActionRow] = field(default_factory=dict)
    now: dict[bytes, Sent] = field(default_factory=dict)
    sent: dict[bytes, stored.Dispatched] = field(default_factory=dict)
    touched: set[tuple[bytes, str]] = field(default_factory=set)
    numbers: dict[str, str | None] = field(default_factory=dict)
    """The words for an objective to its number, as they were read."""
    updates: dict[bytes, set[str]] = field(default_factory=dict)
    """Every line of progress of an action, folded."""

    @cached_property
    def titles(self) -> dict[str, list[bytes]]:
        """Folded title to the actions that have it."""
        found: dict[str, list[bytes]] = {}
        for title, key in stored.titles(self.cursor):
            found.setdefault(folded(title), []).append(key)
        return found

    @cached_property
    def typed(self) -> dict[bytes, str]:
        """Each action to its reference as people type it."""
        return {key: ref for ref, key in self.refs.items() if key}

    def load(self, keys: Iterable[bytes]) -> None:
        """Fetch what is here about these actions."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self.ours]
        if not wanted:
            return
        for key, row in stored.rows_of(self.cursor, wanted, self.today):
            self.ours[key] = row
            self.now[key] = sent_values(row)
        self.sent |= stored.dispatched(self.cursor, wanted)
        self.touched |= stored.changed_here(self.cursor, wanted)
        for key, text in stored.update_texts(self.cursor, wanted):
            self.updates.setdefault(key, set()).add(folded(text))

    def base(self, row: RowIn) -> Sent | None:
        """What was sent about the action of a row: as the row itself says, else as was kept; None: nobody knows."""
        hidden = read_sent(row.text("row_sent"))
        if hidden:
            return hidden[1]
        kept = self.sent.get(row.key or b"")
        return kept.said if kept else None

    def objective(self, text: str) -> str | None:
        """The number of the objective that the words name; None for none of ours."""
        if text not in self.numbers:
            self.numbers[text] = self._objective(text)
        return self.numbers[text]

    def _objective(self, text: str) -> str | None:
        words = folded(text)
        for _key, known, title in self.objectives:
            if words in (known, folded(title), folded(f"{known} {title}")):
                return known
        number = re.fullmatch(r"(?:objective|amcan) (\d+)", words)
        return number[1] if number and any(number[1] == known for _key, known, _title in self.objectives) else None


def facts_of(cursor: Cursor, today: date) -> Facts:
    """The register and the references, before any row is looked at."""
    facts = Facts(cursor, today, Names(stored.register(cursor, today)), stored.objectives(cursor))
    for ref, key in stored.references(cursor):
        typed = ref_key(ref)
        if typed:
            facts.refs[typed] = None if typed in facts.refs else key
    return facts


def base_of(base: Sent | None, name: str) -> str | Unknown | None:
    """What was sent of one field; UNKNOWN where nobody knows. A field that was not kept is unknown as well."""
    if base is None or name not in base:
        return UNKNOWN
    return base[name]
