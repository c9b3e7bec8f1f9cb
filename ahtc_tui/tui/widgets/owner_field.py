"""Fields that choose a party while its name is typed. Matching ignores case and accents, and starts at any word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Unpack

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Offset, Region, Spacing
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input
from textual_autocomplete import AutoComplete, AutoCompleteList, DropdownItem, TargetState

from ahtc_tui.domain.errors import BadInput, UnknownName
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.mentions import Mention, find_mentions, replace_mentions
from ahtc_tui.domain.text.normalization import PLAIN_LETTERS
from ahtc_tui.tui.widgets.plain import WidgetNaming, join_lines
from ahtc_tui.tui.widgets.select import ChangingOptions

MAX_SHOWN = 50
MAX_NAMED = 4
"""Number of matches that an error names."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that can be chosen."""

    label: str
    ref: str
    aliases: tuple[str, ...] = ()
    """Other names that match: "SWP"."""


class Candidates(list[Candidate]):
    """Candidates with the kinds of record that they are, so that a new name can be added as one."""

    def __init__(self, candidates: Iterable[Candidate], kinds: tuple[str, ...]) -> None:
        super().__init__(candidates)
        self.kinds = kinds

    def without(self, ref: str) -> Candidates:
        """Return the candidates but the one with this reference."""
        return Candidates((candidate for candidate in self if candidate.ref != ref), self.kinds)


@lru_cache(maxsize=20_000)
def split_folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case and accents: "Siân Ŵyn" gives "sian", "wyn"."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN_LETTERS)
    return tuple(_WORD.findall("".join(char for char in parts if not unicodedata.combining(char))))


def score_match(query: str, candidate: Candidate) -> int:
    """Return how well a query matches: 3 by the start of the name, 2 by its words, 1 by an alias, 0 not at all."""
    query_words = split_folded_words(query)
    if not query_words:
        return 0
    words = split_folded_words(candidate.label)
    if all(any(word.startswith(part) for word in words) for part in query_words):
        return 3 if words[0].startswith(query_words[0]) else 2
    all_words = (*words, *(word for alias in candidate.aliases for word in split_folded_words(alias)))
    return int(all(any(word.startswith(part) for word in all_words) for part in query_words))


def find_mentioned(name: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate with this reference, else the best match; earlier candidates win ties."""
    words = name.replace(".", " ").replace("-", " ")
    exact = next((candidate for candidate in candidates if candidate.ref == name), None)
    best = max(candidates, key=lambda candidate: score_match(words, candidate), default=None)
    return exact or (best if best and score_match(words, best) else None)


def find_candidate_exactly(name: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the only candidate whose label, reference or alias has exactly these words; None for several or none."""
    words = split_folded_words(name)
    matches = [
        candidate
        for candidate in candidates
        if words in map(split_folded_words, (candidate.label, candidate.ref, *candidate.aliases))
    ]
    return matches[0] if len(matches) == 1 else None


def find_candidate_mentions(text: str, candidates: Sequence[Candidate]) -> list[Mention[Candidate]]:
    """Return the names after @ in a text with their candidates."""
    return find_mentions(
        text,
        lambda name: find_candidate_exactly(name, candidates),
        lambda name: find_mentioned(name, candidates),
    )


def resolve_mentions(text: str, candidates: Sequence[Candidate]) -> str:
    """Return the text with each matched name after @ replaced by the reference of its candidate."""
    mentions = find_candidate_mentions(text, candidates)
    return replace_mentions(text, mentions, lambda candidate: f"@{candidate.ref}")


class OwnerItem(DropdownItem):
    """A line of the drop-down, with its candidate."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(Content(join_lines(candidate.label)))
        self.candidate = candidate


class OwnerOptions(AutoCompleteList, ChangingOptions, can_focus=False):
    """The lines of the drop-down."""


class OwnerDropdown(AutoComplete):
    """The drop-down of the matching candidates."""

    def __init__(self, target: Input, field: OwnerField) -> None:
        super().__init__(target, prevent_default_tab=False)
        self._field = field

    def compose(self) -> ComposeResult:
        yield OwnerOptions()

    def get_candidates(self, target_state: TargetState) -> list[DropdownItem]:
        """Return the best matches, best first."""
        return [OwnerItem(candidate) for candidate in self._field.find_candidates(target_state.text)]

    def get_matches(
        self, target_state: TargetState, candidates: list[DropdownItem], search_string: str
    ) -> list[DropdownItem]:
        """Return the candidates unchanged: they are matched and ordered already."""
        return candidates

    def should_show_dropdown(self, search_string: str) -> bool:
        """Return whether there are matches and none has been chosen."""
        return bool(search_string.strip()) and self.option_list.option_count > 0 and not self._field.is_settled

    def apply_completion(self, value: str, state: TargetState) -> None:
        """Choose the highlighted candidate."""
        index = self.option_list.highlighted
        option = self.option_list.get_option_at_index(index) if index is not None else None
        if isinstance(option, OwnerItem):
            self._field.set_candidate(option.candidate)

    def _align_to_target(self) -> None:
        """Align below the input, at least as wide, or above it at the bottom of the screen."""
        x, y, input_width, _height = self.target.region
        self.option_list.styles.min_width = input_width
        width, height = self.option_list.outer_size
        region = self.screen.scrollable_content_region
        top = y + 1 if y + 1 + height <= region.bottom or y < height else y - height
        region_shown = Region(x, top, width, height).constrain("inside", "none", Spacing.all(0), region)
        self.absolute_offset = Offset(region_shown.x, region_shown.y)


class OwnerField(Horizontal):
    """An input for a person, post, organisation or group, which holds the reference of the chosen one."""

    DEFAULT_CSS = """
    OwnerField {
        height: 1;

        & > Input { width: 1fr; }
        & > OwnerDropdown { max-height: 8; background: $panel; }
        & > OwnerDropdown AutoCompleteList { max-height: 8; }
    }
    """

    input = query_one(Input)

    class Chosen(Message):
        """The choice changed; `ref` is None if the text names no candidate."""

        def __init__(self, owner_field: OwnerField, ref: str | None) -> None:
            super().__init__()
            self.owner_field, self.ref = owner_field, ref

        @property
        def control(self) -> OwnerField:
            return self.owner_field

    def __init__(
        self,
        candidates: Sequence[Candidate] = (),
        ref: str | None = None,
        placeholder: str = "",
        **naming: Unpack[WidgetNaming],
    ) -> None:
        super().__init__(**naming)
        self._candidates = tuple(candidates)
        self.new_kinds: tuple[str, ...] = candidates.kinds if isinstance(candidates, Candidates) else ()
        """Kinds of record that a name which is not known can become."""
        self._placeholder = placeholder
        self._candidate = next((candidate for candidate in self._candidates if candidate.ref == ref), None)

    def compose(self) -> ComposeResult:
        target = Input(join_lines(self._candidate.label) if self._candidate else "", self._placeholder, compact=True)
        yield target
        yield OwnerDropdown(target, self)

    @property
    def ref(self) -> str | None:
        """The reference of the chosen party; None if there is none."""
        return self._candidate.ref if self._candidate else None

    @property
    def form_value(self) -> str | None:
        """The reference; None if the field is empty.

        Raises BadInput if the text fits several candidates, or none; UnknownName where it can become a new record.
        """
        if self._candidate is None and (name := self.typed_text.strip()):
            if exact := find_candidate_exactly(name, self._candidates):
                return exact.ref
            matches = self.find_candidates(name)
            if len(matches) == 1:
                return matches[0].ref
            if matches:
                sentence = _('"{name}" fits several: {names}. Choose one from the list.')
                raise BadInput(
                    sentence.format(name=name, names="; ".join(match.label for match in matches[:MAX_NAMED]))
                )
            if self.new_kinds:
                raise UnknownName(_('There is no "{name}" yet.').format(name=name), name, self.new_kinds)
            if not self._candidates:
                sentence = _('There is nothing to choose from yet. Leave this empty, or add "{name}" first.')
                raise BadInput(sentence.format(name=name))
            raise BadInput(_('No match for "{name}". Choose from the list.').format(name=name))
        return self.ref

    @property
    def typed_text(self) -> str:
        """The text as typed."""
        return self.input.value

    @property
    def is_settled(self) -> bool:
        """Whether the text is the name of the chosen candidate."""
        return self._candidate is not None and self.typed_text == join_lines(self._candidate.label)

    def find_candidates(self, query: str) -> list[Candidate]:
        """Return the candidates that match, best first."""
        scored = [(score_match(query, candidate), candidate) for candidate in self._candidates]
        matches = sorted((match for match in scored if match[0]), key=lambda match: -match[0])
        return [candidate for _score, candidate in matches[:MAX_SHOWN]]

    def add_candidate(self, candidate: Candidate, name: str, kind: str) -> None:
        """Offer a new record of a kind that the field takes, and choose it where the field has its name."""
        if kind in self.new_kinds:
            self._candidates = (*self._candidates, candidate)
            if self.typed_text.strip() == name:
                self.set_candidate(candidate)

    def hide_options(self) -> None:
        """Close the drop-down until more is typed, so that an error below the field can be read."""
        self.query_one(OwnerDropdown).action_hide()

    def set_candidate(self, candidate: Candidate) -> None:
        """Choose a candidate and show its name."""
        self._candidate = candidate
        with self.prevent(Input.Changed):
            self.input.value = join_lines(candidate.label)
        self.input.cursor_position = len(self.input.value)
        self.post_message(self.Chosen(self, candidate.ref))

    @on(Input.Changed)
    def _match_typed_text(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_settled:
            return
        exact = [
            candidate
            for candidate in self._candidates
            if split_folded_words(candidate.label) == split_folded_words(event.value)
        ]
        previous, self._candidate = self._candidate, exact[0] if len(exact) == 1 else None
        if previous != self._candidate:
            self.post_message(self.Chosen(self, self.ref))


class PersonField(OwnerField):
    """Accepts a party of the register, or any other name as a new one. It writes nothing."""

    @property
    def form_value(self) -> str | None:
        """The reference of the chosen party, else the text; None if the field is empty."""
        return self.ref or self.typed_text.strip() or None

    @property
    def is_new(self) -> bool:
        """Whether the text names nobody in the register."""
        return self.ref is None and bool(self.typed_text.strip())
