"""Edits of a text, word by word: applied to another wording of it, and merged with edits of somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class _Edit:
    """Words that replace those from `start` to `end` of a base text."""

    start: int
    end: int
    words: tuple[str, ...]


def is_same_wording(left: str, right: str) -> bool:
    """Return whether two texts have the same words; blanks and the shape of quotation marks and dashes do not count."""
    return _fold(left) == _fold(right)


def measure_likeness(left: str, right: str) -> float:
    """Return the share of words, in their order, that two texts have in common, from 0 to 1."""
    return SequenceMatcher(None, _fold(left), _fold(right), autojunk=False).ratio()


def apply_edits(current: str, base: str, edited: str) -> str | None:
    """Return another wording of a base text with the edits that were made to the base.

    None where an edit touches words that the other wording does not have.
    """
    if is_same_wording(current, base):
        return edited
    words, base_words = current.split(), base.split()
    places: dict[int, int] = {}
    matcher = SequenceMatcher(None, _fold(base), _fold(current), autojunk=False)
    for block in matcher.get_matching_blocks():
        places |= {block.a + step: block.b + step for step in range(block.size)}
    moved: list[_Edit] = []
    for edit in _list_edits(base_words, edited.split()):
        moved_edit = _move_edit(edit, places, len(base_words), len(words))
        if moved_edit is None:
            return None
        moved.append(moved_edit)
    return _write(words, moved)


def merge_edits(base: str, ours: str, theirs: str) -> str | None:
    """Return a base text with the edits of both sides; None where both edit the same words."""
    own_edits = list(_list_edits(base.split(), ours.split()))
    their_edits = [edit for edit in _list_edits(base.split(), theirs.split()) if edit not in own_edits]
    if any(_overlap(own, their) for own in own_edits for their in their_edits):
        return None
    return _write(base.split(), sorted((*own_edits, *their_edits), key=lambda edit: (edit.start, edit.end)))


def _fold(text: str) -> list[str]:
    return text.translate(_SIGNS).split()


def _list_edits(base: Sequence[str], edited: Sequence[str]) -> Iterator[_Edit]:
    folded, other = ([word.translate(_SIGNS) for word in words] for words in (base, edited))
    matcher = SequenceMatcher(None, folded, other, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield _Edit(start, end, tuple(edited[first:last]))


def _move_edit(edit: _Edit, places: dict[int, int], base_count: int, count: int) -> _Edit | None:
    """Return an edit at the same words of another wording; None where it lacks one of them, or the words beside it."""
    if edit.start == edit.end:
        if edit.start == 0 and (0 in places or base_count == 0):
            return _Edit(places.get(0, 0), places.get(0, 0), edit.words)
        before = places.get(edit.start - 1)
        if before is None:
            return None
        return _Edit(before + 1, before + 1, edit.words)
    range_places = [places.get(place) for place in range(edit.start, edit.end)]
    if None in range_places:
        return None
    first, last = range_places[0], range_places[-1]
    assert first is not None
    assert last is not None
    is_whole = last - first == edit.end - edit.start - 1 and last < count
    return _Edit(first, last + 1, edit.words) if is_whole else None


def _overlap(left: _Edit, right: _Edit) -> bool:
    """Return whether two edits touch the same words or the same place."""
    if left.start == left.end or right.start == right.end:
        return left.start <= right.end and right.start <= left.end
    return left.start < right.end and right.start < left.end


def _write(words: Sequence[str], edits: Sequence[_Edit]) -> str:
    result: list[str] = []
    position = 0
    for edit in edits:
        result += [*words[position : edit.start], *edit.words]
        position = edit.end
    return " ".join((*result, *words[position:]))
