"""Records that an import of actions compares with, loaded for all rows together, and the names of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.three_way_merge import UNKNOWN_BASE, UnknownBase
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.returns.model import SentValues, build_sent_values, decode_sent_values, digest_key
from ahtc_tui.domain.returns.owners import Owners, split_owners
from ahtc_tui.domain.returns.references import normalize_reference
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.store.imports import actions as stored
from ahtc_tui.store.imports.actions import NamedParty

if TYPE_CHECKING:
    from ahtc_tui.services.imports.actions.model import RowMatch
    from ahtc_tui.store.records.cursor import Cursor

_TRAILING_DETAIL = re.compile(r"\s*[(<\[].*$", re.DOTALL)
MIN_SIMILARITY = 90
"""Of 100: about one wrong letter in ten."""


class Certainty(StrEnum):
    """How certain the match of a name is."""

    SURE = "sure"
    GUESS = "guess"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """The party that a text names; `reason` explains every match that is not certain."""

    certainty: Certainty
    party: NamedParty | None = None
    reason: str = ""


class PartyNames:
    """Index of the register by reference, name, alias and initials."""

    def __init__(self, parties: Iterable[NamedParty]) -> None:
        self.by_ref: dict[str, NamedParty] = {}
        self._by_name: dict[str, list[NamedParty]] = {}
        self._by_alias: dict[str, list[NamedParty]] = {}
        self._matches: dict[str, PartyMatch] = {}
        self._owners_by_text: dict[str, Owners] = {}
        for party in parties:
            self.by_ref[party.ref] = party
            for words in {normalize_text(party.ref), normalize_text(party.name)}:
                self._by_name.setdefault(words, []).append(party)
            for words in {normalize_text(alias) for alias in party.other_names}:
                self._by_alias.setdefault(words, []).append(party)

    def is_name(self, text: str) -> bool:
        """Return whether a text is a complete name of a party."""
        words = normalize_text(text)
        return words in self._by_name or words in self._by_alias

    def split_owners(self, text: str) -> Owners:
        """Return the owners in a cell; names of the register are not split."""
        if text not in self._owners_by_text:
            self._owners_by_text[text] = split_owners(text, self.is_name)
        return self._owners_by_text[text]

    def is_name_of(self, text: str, ref: str | None) -> bool:
        """Return whether a text is a name or the initials of a party, even where other parties share it."""
        party = self.by_ref.get(ref or "")
        if party is None:
            return False
        words = normalize_text(text)
        names = [normalize_text(name) for name in (party.ref, party.name, *party.other_names)]
        return words in names or (party.kind == "person" and words in list_short_names(party.name))

    def find_name(self, ref: str | None) -> str | None:
        """Return the name of a party, or the reference where it is unknown."""
        party = self.by_ref.get(ref or "")
        return party.name if party else ref

    def find_party(self, text: str) -> PartyMatch:
        """Return the party that a text names, exactly or approximately."""
        words = normalize_text(text)
        if words not in self._matches:
            self._matches[words] = self._search_party(text, words)
        return self._matches[words]

    def _search_party(self, text: str, words: str) -> PartyMatch:
        for index in (self._by_name, self._by_alias):
            exact = index.get(words, ())
            if len(exact) == 1:
                return PartyMatch(Certainty.SURE, exact[0])
            if exact:
                names = ", ".join(f"{party.name} ({party.ref})" for party in exact[:4])
                reason = _('"{words}" may be several: {names}').format(words=text, names=names)
                return PartyMatch(Certainty.GUESS, None, reason)
        similar = (
            self._find_without_detail(text)
            or self._find_by_initials(text)
            or self._find_reordered(words)
            or self._find_similar(words)
        )
        if similar:
            reason = _('"{words}" may be {name}').format(words=text, name=similar.name)
            return PartyMatch(Certainty.GUESS, similar, reason)
        return PartyMatch(Certainty.UNKNOWN, None, _('the register has no "{words}"').format(words=text))

    def _find_without_detail(self, text: str) -> NamedParty | None:
        """Match the name before a bracket: "Jeff Farrar (Gwent Police)", "AHTC <address>"."""
        name = _TRAILING_DETAIL.sub("", text).strip()
        match = self.find_party(name) if name and name != text else None
        return match.party if match and match.certainty is Certainty.SURE else None

    def _find_by_initials(self, text: str) -> NamedParty | None:
        """Match "JF" and "J Farrar" where they fit one person only."""
        people = self._people_by_initials.get(normalize_text(text), ())
        return people[0] if len(people) == 1 else None

    @cached_property
    def _people_by_initials(self) -> dict[str, list[NamedParty]]:
        index: dict[str, list[NamedParty]] = {}
        for party in self.by_ref.values():
            for words in list_short_names(party.name) if party.kind == "person" else ():
                index.setdefault(words, []).append(party)
        return index

    def _find_reordered(self, words: str) -> NamedParty | None:
        """Match the words in another order: "Gwent SPOC"."""
        parties = self._parties_by_sorted_words.get(" ".join(sorted(words.split())), [])
        return parties[0] if len(parties) == 1 else None

    @cached_property
    def _parties_by_sorted_words(self) -> dict[str, list[NamedParty]]:
        index: dict[str, list[NamedParty]] = {}
        for words, parties in (*self._by_name.items(), *self._by_alias.items()):
            entries = index.setdefault(" ".join(sorted(words.split())), [])
            entries += [party for party in parties if party not in entries]
        return index

    def _find_similar(self, words: str) -> NamedParty | None:
        from rapidfuzz import fuzz, process

        if len(words) < 5:
            return None
        best_match = process.extractOne(words, self._all_names, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
        if not best_match:
            return None
        parties = self._by_name.get(best_match[0]) or self._by_alias[best_match[0]]
        return parties[0] if len(parties) == 1 else None

    @cached_property
    def _all_names(self) -> list[str]:
        return [*self._by_name, *self._by_alias]


def list_short_names(name: str) -> set[str]:
    """Return the usual short forms of the name of a person: "jf", "j f" and "j farrar" for "Jeff Farrar"."""
    words = normalize_text(name).split()
    if len(words) < 2:
        return set()
    letters = [word[0] for word in words]
    return {"".join(letters), " ".join(letters), f"{letters[0]} {words[-1]}"}


@dataclass
class CurrentRecords:
    """Current parties, objectives and actions; actions are loaded when they are needed."""

    cursor: Cursor
    today: date
    party_names: PartyNames
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
            return sent_in_row[1]
        dispatch = self.dispatches.get(match.key or NO_KEY)
        return dispatch.values if dispatch else None

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
    names = PartyNames(stored.list_parties(cursor, today))
    objectives, welsh_objectives = stored.list_objectives(cursor), stored.list_welsh_objectives(cursor)
    records = CurrentRecords(cursor, today, names, objectives, welsh_objectives)
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
