"""What an import of actions compares with, fetched at once for all rows of all files: what is here, what was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.imports.three_way_merge import UNKNOWN_BASE, UnknownBase
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.returns.model import SentValues, build_sent_values, decode_sent_values
from ahtc_tui.domain.returns.readers import normalize_reference
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.party_names import PartyNames
from ahtc_tui.store.imports import actions as stored

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.rows import LogRow
    from ahtc_tui.store.records.cursor import Cursor


@dataclass
class CurrentRecords:
    """The register and the actions as they stand."""

    cursor: Cursor
    today: date
    party_names: PartyNames
    objectives: list[tuple[RowKey, str, str]]
    """Key, number and title."""
    keys_by_ref: dict[str, RowKey | None] = field(default_factory=dict)
    """A reference as people type it to the action; None where two actions answer."""
    actions: dict[RowKey, ActionRow] = field(default_factory=dict)
    current_values: dict[RowKey, SentValues] = field(default_factory=dict)
    dispatches: dict[RowKey, stored.Dispatch] = field(default_factory=dict)
    edited_fields: set[tuple[RowKey, str]] = field(default_factory=set)
    objective_numbers: dict[str, str | None] = field(default_factory=dict)
    """The words for an objective to its number, as they were read."""
    updates: dict[RowKey, set[str]] = field(default_factory=dict)
    """Every line of progress of an action, folded."""

    @cached_property
    def keys_by_title(self) -> dict[str, list[RowKey]]:
        """Folded title to the actions that have it."""
        index: dict[str, list[RowKey]] = {}
        for title, key in stored.list_titles(self.cursor):
            index.setdefault(normalize_text(title), []).append(key)
        return index

    @cached_property
    def refs_by_key(self) -> dict[RowKey, str]:
        """Each action to its reference as people type it."""
        return {key: ref for ref, key in self.keys_by_ref.items() if key}

    def load_actions(self, keys: Iterable[RowKey]) -> None:
        """Fetch what is here about these actions."""
        new_keys = [key for key in dict.fromkeys(keys) if key not in self.actions]
        if not new_keys:
            return
        for key, row in stored.read_action_rows(self.cursor, new_keys, self.today):
            self.actions[key] = row
            self.current_values[key] = build_sent_values(row)
        self.dispatches |= stored.read_dispatches(self.cursor, new_keys)
        self.edited_fields |= stored.list_changed_fields(self.cursor, new_keys)
        for key, text in stored.list_update_texts(self.cursor, new_keys):
            self.updates.setdefault(key, set()).add(normalize_text(text))

    def find_base_values(self, row: LogRow) -> SentValues | None:
        """What was sent about the action of a row: as the row itself says, else as was kept; None: nobody knows."""
        sent_in_row = decode_sent_values(row.text_of("row_sent"))
        if sent_in_row:
            return sent_in_row[1]
        dispatch = self.dispatches.get(row.key or NO_KEY)
        return dispatch.values if dispatch else None

    def find_objective(self, text: str) -> str | None:
        """The number of the objective that the words name; None for none of ours."""
        if text not in self.objective_numbers:
            self.objective_numbers[text] = self._match_objective(text)
        return self.objective_numbers[text]

    def _match_objective(self, text: str) -> str | None:
        words = normalize_text(text)
        for _key, number, title in self.objectives:
            if words in (number, normalize_text(title), normalize_text(f"{number} {title}")):
                return number
        match = re.fullmatch(r"(?:objective|amcan) (\d+)", words)
        return match[1] if match and any(match[1] == number for _key, number, _title in self.objectives) else None


def load_current_records(cursor: Cursor, today: date) -> CurrentRecords:
    """The register and the references, before any row is looked at."""
    records = CurrentRecords(
        cursor, today, PartyNames(stored.list_parties(cursor, today)), stored.list_objectives(cursor)
    )
    for ref, key in stored.list_references(cursor):
        normalized_ref = normalize_reference(ref)
        if normalized_ref:
            records.keys_by_ref[normalized_ref] = None if normalized_ref in records.keys_by_ref else key
    return records


def find_base_value(base_values: SentValues | None, field_name: str) -> str | UnknownBase | None:
    """What was sent of one field; UNKNOWN where nobody knows. A field that was not kept is unknown as well."""
    if base_values is None or field_name not in base_values:
        return UNKNOWN_BASE
    return base_values[field_name]
