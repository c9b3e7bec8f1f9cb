"""The field that the heading of a column means, in English and Welsh."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.fields.model import list_stated_headings
from ahtc_tui.domain.returns.composed_headings import resolve_composed_heading, strip_period
from ahtc_tui.domain.returns.heading_vocabulary import FIELD_HEADINGS, WORDS, normalize_heading
from ahtc_tui.domain.returns.statuses import parse_status
from ahtc_tui.domain.text.normalization import find_in_both_parts, normalize_text

MIN_SIMILARITY = 90
"""Similarity, of 100, from which a heading counts as a known one with a typing error."""
MIN_GUESS = 0.8
"""Similarity from which a heading and fitting values are a question."""
MIN_NEAR_LENGTH = 5
"""Number of letters below which a typing error makes another word."""
MAX_LENGTH = 60
"""Number of normalized letters above which a text is a sentence and not a heading."""

ANCHOR_FIELDS = frozenset({"ref", "title", "row_id"})
"""Fields that identify an action; a table without any of them is not an action log."""

_FIELD_BY_HEADING = {
    words: field for field, headings in reversed(FIELD_HEADINGS.items()) for words in reversed(headings)
}
_NEAR_CANDIDATES = [words for words in _FIELD_BY_HEADING if len(words) >= MIN_NEAR_LENGTH]
_SECOND_MEANINGS = {
    ("status", "completed"): "closed_on",
    ("status", "complete"): "closed_on",
    ("status", "finished"): "closed_on",
    ("status", "position"): "update",
    ("due", "completion"): "closed_on",
    ("update", "outcome"): "evidence",
    ("update", ""): "comment",
    ("lead", ""): "support",
}
"""Field of a column whose field another column has, by that field and the first word of the heading ("" for any)."""
_LONE_MEANINGS = {"issues": "title"}
"""Field of a heading where no other column has that field."""
_COLUMN_NAME = re.compile(r"column [a-z]{1,2}")
_TAILS = ("gg mm bbbb", "gan gynnwys", "dd mm yyyy", "dd mm yy", "dd mmm yyyy", "ddmmyy", "please complete", "y n")


def format_column_name(letters: str) -> str:
    """Return the heading of a column of a sheet without a heading row: "Column A"."""
    return f"Column {letters}"


def is_column_name(heading: str) -> bool:
    """Return whether a heading only gives the letters of a column."""
    return _COLUMN_NAME.fullmatch(normalize_text(heading)) is not None


@lru_cache(maxsize=20_000)
def is_usual_heading(header: str) -> bool:
    """Return whether a heading is one of the list, without additions."""
    words = normalize_heading(header)
    return words in _FIELD_BY_HEADING or words in list_stated_headings(ActionRow)


@lru_cache(maxsize=20_000)
def resolve_heading(header: str) -> str | None:
    """Return the field of a heading ("due" for "By when"), or None.

    The hidden columns of a return are `row_id`, `row_hash` and `sent_` with a field ("sent_due").
    """
    words = normalize_heading(header)
    if not words or len(words) > MAX_LENGTH:
        return None
    if words.startswith("sent ") and (sent := words[5:].replace(" ", "_")) in FIELD_HEADINGS:
        return f"sent_{sent}"
    field = (
        _FIELD_BY_HEADING.get(words)
        or list_stated_headings(ActionRow).get(words)
        or _resolve_without_extras(header, words)
        or _FIELD_BY_HEADING.get(strip_period(words))
    )
    if field or ((field := resolve_composed_heading(words)) and not parse_status(words)):
        return field
    return find_near_field(words, _compute_cutoff(words))


def resolve_headings(headers: Sequence[str]) -> tuple[str | None, ...]:
    """Return the field of each column, each field once: of two columns the one with the more usual heading has it.

    The other has its second meaning ("Completed" next to "Status" is `closed_on`), or None.
    """
    candidates = [resolve_heading(header) for header in headers]
    best: dict[str, int] = {}
    for column, field in enumerate(candidates):
        if field and (
            field not in best or _rank_heading(headers[column], field) < _rank_heading(headers[best[field]], field)
        ):
            best[field] = column
    fields: list[str | None] = [
        field if field and best[field] == column else None for column, field in enumerate(candidates)
    ]
    for column, (field, kept) in enumerate(zip(candidates, fields, strict=True)):
        second = _SECOND_MEANINGS.get(
            (field or "", normalize_text(headers[column]).split(" ")[0])
        ) or _SECOND_MEANINGS.get((field or "", ""))
        if second == "support" and normalize_heading(headers[column]) in WORDS["weak"]:
            continue  # a name of anything
        if field and not kept and second and second not in best:
            fields[column] = second
            best[second] = column
    for column, header in enumerate(headers):
        lone = _LONE_MEANINGS.get(normalize_heading(header))
        if lone and lone not in best:
            fields[column] = lone
            best[lone] = column
    return tuple(fields)


def _rank_heading(header: str, field: str) -> int:
    """Return the rank of a heading among the headings of a field; lower is more usual, a similar heading is last."""
    headings = FIELD_HEADINGS.get(field, ())
    ranks = (
        headings.index(words)
        for words in (normalize_heading(header), normalize_heading(header.partition("(")[0]))
        if words in headings
    )
    return next(ranks, len(headings))


def _resolve_without_extras(header: str, words: str) -> str | None:
    """Return the field of a heading with an addition: brackets, a second line, a date pattern, a translation."""
    for separator in ("(", "[", "\n", ":", "{", "*"):
        head = normalize_heading(header.partition(separator)[0])
        if head and head != words and head in _FIELD_BY_HEADING:
            return _FIELD_BY_HEADING[head]
    for tail in _TAILS:
        if words.endswith(f" {tail}") and (head := words.removesuffix(tail).strip()) in _FIELD_BY_HEADING:
            return _FIELD_BY_HEADING[head]
    for separator in ("/", "|", " - ", "–"):
        for part in header.split(separator) if separator in header else ():
            if (part_words := normalize_text(part)) != words and part_words in _FIELD_BY_HEADING:
                return _FIELD_BY_HEADING[part_words]
    return find_in_both_parts(words, _FIELD_BY_HEADING) or _FIELD_BY_HEADING.get(
        words.removeprefix("the ").removeprefix("your ").removeprefix("y ")
    )


def find_near_field(words: str, cutoff: float = MIN_GUESS) -> str | None:
    """Return the field of the known heading that is most similar to a normalized one; None below the cutoff."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    if len(words) < MIN_NEAR_LENGTH or any(character.isdigit() for character in words):
        return None
    best_match = process.extractOne(
        words, _NEAR_CANDIDATES, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=cutoff
    )
    return _FIELD_BY_HEADING[best_match[0]] if best_match else None


def _compute_cutoff(words: str) -> float:
    """Return the similarity of one error in a short heading, or of one in ten letters in a long one."""
    return min(MIN_SIMILARITY / 100, 1 - 1 / max(len(words), MIN_NEAR_LENGTH)) - 0.001
