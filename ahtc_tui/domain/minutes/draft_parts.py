"""Parts of minutes as they are printed, and which part of one copy is which part of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ahtc_tui.domain.imports.written_document import Block, BlockKind, Editor, Remark
from ahtc_tui.domain.minutes.word_merge import measure_likeness

LEAST_LIKENESS = 0.45
"""Likeness from which two parts at the same place are one part that was edited."""
MOVED_LIKENESS = 0.75
"""Likeness from which a part that is missing at its place is one that is new elsewhere."""
SPLIT_GAIN = 0.1
"""How much more alike a part is to two others together than to the first one, where it was split into them."""

_NUMBER = re.compile(r"\s*(?P<number>\d{1,3}(?:\.\d{1,3})?)\.?(?:\t|\s+)")
_LABEL = re.compile(r"(?P<label>[^\W\d][^:;.()]{0,40}?\s(?P<ref>[A-Z][\w-]*/[\w-]+|[A-Z]+-[\w/-]+))\s*:\s*")
_BRACKET = re.compile(r"\s*\((?P<bracket>[^():]{2,40}:\s[^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A paragraph or table row of printed minutes."""

    kind: BlockKind
    number: str
    """The printed number: "3" of an item, "3.2" of a line; empty without one."""
    ref: str
    """Reference of the action or decision in the label or in the first cell."""
    text: str
    """The words without number, label and bracket."""
    bracket: str = ""
    """Lead and due date of an action, as they are printed."""
    cells: tuple[str, ...] = ()
    place: str = ""
    editors: tuple[Editor, ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_moved: bool = False
    position: int = 0
    section: str = ""
    """The heading above it."""

    @property
    def words(self) -> str:
        """All its words but number and label."""
        return f"{self.text} ({self.bracket})" if self.bracket else self.text


@dataclass
class PartPair:
    """A part of one copy, and what it is in the other: nothing where it was removed or added."""

    base: DraftPart | None
    theirs: DraftPart | None
    is_moved: bool = False
    split_off: DraftPart | None = None
    """A part of the other copy with words that were at the end, or at the beginning, of the base."""
    joined: DraftPart | None = None
    """A second part of the base whose words are in the part of the other copy."""


def read_parts(blocks: Sequence[Block]) -> list[DraftPart]:
    """Return the parts of a document that have words, with all tracked changes accepted."""
    parts: list[DraftPart] = []
    section = ""
    for block in blocks:
        if not block.text.strip():
            continue
        part = _read_part(block, len(parts), section)
        if block.kind is BlockKind.HEADING:
            section = part.text
        parts.append(part)
    return parts


def _read_part(block: Block, position: int, section: str) -> DraftPart:
    details = {
        "place": block.place, "editors": block.editors, "remarks": block.remarks, "is_moved": block.is_moved,
        "position": position, "section": section,
    }  # fmt: skip
    if block.kind is BlockKind.ROW:
        cells = tuple(" ".join(cell.text.split()) for cell in block.cells)
        ref = cells[0] if len(cells) > 1 and re.fullmatch(r"[A-Z][\w-]*[/-][\w/-]+", cells[0]) else ""
        return DraftPart(block.kind, "", ref, "\t".join(cells), cells=cells, **details)  # type: ignore[arg-type]
    number = _NUMBER.match(block.text)
    words = " ".join(block.text[number.end() if number else 0 :].split())
    label = _LABEL.match(words) if number else None
    text = words[label.end() :] if label else words
    bracket = _BRACKET.search(text) if label else None
    return DraftPart(
        block.kind,
        number["number"] if number else "",
        label["ref"] if label else "",
        text[: bracket.start()] if bracket else text,
        bracket["bracket"] if bracket else "",
        **details,  # type: ignore[arg-type]
    )


def pair_parts(base: Sequence[DraftPart], theirs: Sequence[DraftPart]) -> list[PartPair]:
    """Return each part of both copies in a pair, in the order of the second copy; removed ones where they were."""
    pairs = list(_pair_in_order(base, theirs))
    pairs = _pair_moved(pairs)
    pairs = _find_joins(_find_splits(pairs, theirs), base)
    _mark_moved(pairs)
    return pairs


def _pair_in_order(base: Sequence[DraftPart], theirs: Sequence[DraftPart]) -> Iterator[PartPair]:
    own, other = ([f"{part.ref}|{' '.join(part.words.split())}" for part in parts] for parts in (base, theirs))
    for tag, start, end, first, last in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (PartPair(*pair) for pair in zip(base[start:end], theirs[first:last], strict=True))
        else:
            yield from _pair_region(base[start:end], theirs[first:last])


def _pair_region(base: Sequence[DraftPart], theirs: Sequence[DraftPart]) -> Iterator[PartPair]:
    """Pair the parts between two that are equal: by reference, else by number and likeness, the best first."""
    scores = sorted(
        ((_score(left, right), left.position, right.position, left, right) for left in base for right in theirs),
        key=lambda score: (-score[0], score[1], score[2]),
    )
    partners: dict[int, DraftPart] = {}
    used: set[int] = set()
    for score, position, place, _left, right in scores:
        if score >= LEAST_LIKENESS and position not in partners and place not in used:
            partners[position] = right
            used.add(place)
    by_other = {other.position: left for left in base if (other := partners.get(left.position))}
    removed = [left for left in base if left.position not in partners]
    for part in theirs:
        partner = by_other.get(part.position)
        while removed and partner and removed[0].position < partner.position:
            yield PartPair(removed.pop(0), None)
        yield PartPair(partner, part)
    yield from (PartPair(left, None) for left in removed)


def _score(left: DraftPart, right: DraftPart) -> float:
    """Return how likely one part is the other one after an edit."""
    if left.kind is BlockKind.ROW or right.kind is BlockKind.ROW:
        if left.kind is not right.kind:
            return 0.0
        return 2.0 if left.ref and left.ref == right.ref else measure_likeness(left.text, right.text)
    if left.ref and left.ref == right.ref:
        return 2.0
    is_same_number = bool(left.number) and left.number == right.number
    likeness = measure_likeness(left.text, right.text)
    return likeness + 0.25 if is_same_number and likeness >= 0.2 else likeness


def _pair_moved(pairs: Sequence[PartPair]) -> list[PartPair]:
    """Pair what is missing at one place with what is new at another."""
    added = [pair for pair in pairs if pair.base is None]
    kept = list(pairs)
    for pair in [pair for pair in pairs if pair.theirs is None]:
        assert pair.base is not None
        best = max(added, key=lambda other: _score(pair.base, other.theirs), default=None)  # type: ignore[arg-type]
        if best and best.theirs and min(1.0, _score(pair.base, best.theirs)) >= MOVED_LIKENESS:
            best.base = pair.base
            added.remove(best)
            kept.remove(pair)
    return kept


def _find_splits(pairs: Sequence[PartPair], theirs: Sequence[DraftPart]) -> list[PartPair]:
    """Find parts of which some words are now a part of their own."""
    added = {pair.theirs.position: pair for pair in pairs if pair.base is None and pair.theirs}
    kept = list(pairs)
    for pair in pairs:
        if pair.base is None or pair.theirs is None or pair.base.kind is BlockKind.ROW:
            continue
        for step in (1, -1):
            other = added.get(pair.theirs.position + step)
            if other is None or other.theirs is None or other not in kept:
                continue
            parts = (pair.theirs.text, other.theirs.text)[::step]
            together = measure_likeness(pair.base.text, " ".join(parts))
            if together >= 0.8 and together >= measure_likeness(pair.base.text, pair.theirs.text) + SPLIT_GAIN:
                pair.split_off = other.theirs
                kept.remove(other)
                break
    return kept


def _find_joins(pairs: Sequence[PartPair], base: Sequence[DraftPart]) -> list[PartPair]:
    """Find parts whose words are now in the part beside them."""
    removed = {pair.base.position: pair for pair in pairs if pair.theirs is None and pair.base}
    kept = list(pairs)
    for pair in pairs:
        if pair.base is None or pair.theirs is None or pair.base.kind is BlockKind.ROW:
            continue
        for step in (1, -1):
            other = removed.get(pair.base.position + step)
            if other is None or other.base is None or other not in kept:
                continue
            parts = (pair.base.text, other.base.text)[::step]
            together = measure_likeness(" ".join(parts), pair.theirs.text)
            if together >= 0.8 and together >= measure_likeness(pair.base.text, pair.theirs.text) + SPLIT_GAIN:
                pair.joined = other.base
                kept.remove(other)
                break
    return kept


def _mark_moved(pairs: Sequence[PartPair]) -> None:
    """Mark the fewest parts without which the others are in the order of the base."""
    placed = [pair for pair in pairs if pair.base and pair.theirs]
    order = [pair.base.position for pair in placed if pair.base]
    if order == sorted(order):
        return
    best: list[tuple[float, int]] = []  # the heaviest ordered run that ends at each part, and the part before it there
    for place, pair in enumerate(placed):
        before = ((best[other][0], other) for other in range(place) if order[other] < order[place])
        weight, previous = max(before, default=(0.0, -1))
        best.append((weight + _weigh(pair), previous))
    stay = set[int]()
    place = max(range(len(best)), key=lambda position: best[position][0])
    while place >= 0:
        stay.add(place)
        place = best[place][1]
    for place, pair in enumerate(placed):
        pair.is_moved = place not in stay


def _weigh(pair: PartPair) -> float:
    """Return how surely a part stayed where it was: a heading most, what its author marked as moved least."""
    assert pair.theirs is not None
    if pair.theirs.is_moved:
        return 0.5
    return 2.0 if pair.theirs.kind in (BlockKind.HEADING, BlockKind.ROW) else 1.0
