"""Records that an import of actions compares with, loaded for all rows together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.three_way_merge import UNKNOWN_BASE, UnknownBase
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.returns.model import SentValues, build_sent_values, decode_sent_values, digest_key
from ahtc_tui.domain.returns.references import normalize_reference
from ahtc_tui.domain.returns.register import Certainty, PartyRegister
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.model import join_names
from ahtc_tui.store.imports import actions as stored

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.model import RowMatch
    from ahtc_tui.store.records.cursor import Cursor


@dataclass
class CurrentRecords:
    """Current parties, objectives and actions; actions are loaded when they are needed."""

    cursor: Cursor
    today: date
    register: PartyRegister
    objectives: list[tuple[RowKey, str, str]]
    """Key, number and title."""
    welsh_objectives: list[tuple[RowKey, str, str]] = field(default_factory=list)
    """Key, number and Welsh title, where they have one."""
    keys_by_ref: dict[str, RowKey | None] = field(default_factory=dict)
    """Action by normalized reference; None where two actions share it."""
    actions: dict[RowKey, ActionRow] = field(default_factory=dict)
    current_values: dict[RowKey, SentValues] = field(default_factory=dict)
    """Values of the loaded actions in the form in which they are compared."""
    dispatches: dict[RowKey, stored.Dispatch] = field(default_factory=dict)
    edited_fields: set[tuple[RowKey, str]] = field(default_factory=set)
    """Action and field of every value that was changed here after the action was added."""
    explained_actions: set[RowKey] = field(default_factory=set)
    """Actions whose reason of the rating was written or cleared here after they were sent."""
    objective_numbers: dict[str, str | None] = field(default_factory=dict)
    """Cache of `find_objective`."""
    updates: dict[RowKey, set[str]] = field(default_factory=dict)
    """Normalized texts of the updates of each action, including those that the plan adds."""

    added_owners: dict[str, str] = field(default_factory=dict)
    """Names of the owners that the plan adds, by their normalized names."""

    owner_kinds: dict[str, PartyKind] = field(default_factory=dict)
    """What each unknown owner is, by the answers so far."""

    @cached_property
    def keys_by_title(self) -> dict[str, list[RowKey]]:
        """Actions by normalized title."""
        index: dict[str, list[RowKey]] = {}
        for action in stored.list_titles(self.cursor):
            index.setdefault(normalize_text(action.title), []).append(action.key)
        return index

    @cached_property
    def keys_by_digest(self) -> dict[str, RowKey]:
        """Actions by the digest of their key in a sheet of sent values."""
        return {digest_key(key): key for _ref, key in stored.list_references(self.cursor)}

    @cached_property
    def refs_by_key(self) -> dict[RowKey, str]:
        """Normalized reference of each action."""
        return {key: ref for ref, key in self.keys_by_ref.items() if key}

    def load_actions(self, keys: Iterable[RowKey]) -> None:
        """Load actions with their dispatches, edited fields and updates, unless they are loaded already."""
        new_keys = [key for key in dict.fromkeys(keys) if key not in self.actions]
        if not new_keys:
            return
        for key, row in stored.read_action_rows(self.cursor, new_keys, self.today):
            self.actions[key] = row
            self.current_values[key] = build_sent_values(row)
        self.dispatches |= stored.read_dispatches(self.cursor, new_keys)
        self.edited_fields |= stored.list_changed_fields(self.cursor, new_keys)
        self.explained_actions |= set(stored.list_explained_since_sent(self.cursor, new_keys))
        for key, text in stored.list_update_texts(self.cursor, new_keys):
            self.updates.setdefault(key, set()).add(normalize_text(text))

    def find_base_values(self, match: RowMatch) -> SentValues | None:
        """Return the values when the action was sent: from the row, else from its last dispatch; None if unknown."""
        if sent_in_row := decode_sent_values(match.row.text_of("row_sent")):
            return self._rename_support(sent_in_row[1])
        dispatch = self.dispatches.get(match.key or NO_KEY)
        return dispatch.values if dispatch else None

    def find_reporter(self, key: RowKey, batches: Sequence[str]) -> RowKey | None:
        """Return the lead whose return one of these batches is for an action; None for another file."""
        dispatch = self.dispatches.get(key)
        return dispatch.party if dispatch and dispatch.batch in batches else None

    def _rename_support(self, values: SentValues) -> SentValues:
        """Return sent values with the names of the supporters as the register has them: a Welsh file has Welsh ones."""
        names = (values.get("support") or "").split("; ")
        matches = {name: self.register.find_party(name) for name in names}
        known_names = [
            match.party.name if match.party and match.certainty is Certainty.SURE else name
            for name, match in matches.items()
        ]
        return {**values, "support": join_names(known_names)}

    def find_action(self, answer: str) -> RowKey:
        """Return the action whose reference a person typed as an answer. Raises BadInput."""
        key = self.keys_by_ref.get(normalize_reference(answer) or "")
        if key is None:
            raise BadInput(_('The answer "{answer}" is not the reference of an action.').format(answer=answer))
        return key

    def find_objective(self, text: str) -> str | None:
        """Return the number of the objective that a text names by number, title or both, or None."""
        if text not in self.objective_numbers:
            self.objective_numbers[text] = self._match_objective(text)
        return self.objective_numbers[text]

    def _match_objective(self, text: str) -> str | None:
        words = normalize_text(text)
        for _key, number, title in (*self.objectives, *self.welsh_objectives):
            if words in (number, normalize_text(title), normalize_text(f"{number} {title}")):
                return number
        for _key, number, title in self.objectives:  # both titles, as a bilingual file has them
            if any(
                words == normalize_text(f"{number} {cy} {title}") for _id, n, cy in self.welsh_objectives if n == number
            ):
                return number
        match = re.fullmatch(r"(?:objective|amcan) (\d+)", words)
        return match[1] if match and any(match[1] == number for _key, number, _title in self.objectives) else None


def load_current_records(cursor: Cursor, today: date) -> CurrentRecords:
    """Return the parties, the objectives and the references of all actions."""
    register = PartyRegister(stored.list_parties(cursor, today))
    objectives, welsh_objectives = stored.list_objectives(cursor), stored.list_welsh_objectives(cursor)
    records = CurrentRecords(cursor, today, register, objectives, welsh_objectives)
    for ref, key in stored.list_references(cursor):
        normalized_ref = normalize_reference(ref)
        if normalized_ref:
            records.keys_by_ref[normalized_ref] = None if normalized_ref in records.keys_by_ref else key
    return records


def find_base_value(base_values: SentValues | None, field_name: str) -> str | UnknownBase | None:
    """Return the sent value of a field; UNKNOWN_BASE where it was not recorded."""
    if base_values is None or field_name not in base_values:
        return UNKNOWN_BASE
    return base_values[field_name]
