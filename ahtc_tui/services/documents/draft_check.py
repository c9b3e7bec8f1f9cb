"""Compares the numbers, names and dates of a written draft with the records, and names what none supports.

The check is not a judgement: a supported figure may still be used in the wrong sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.draft_claims import Claim, ClaimKind, find_claims
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import ENGLISH_ONLY, _
from ahtc_tui.domain.returns.register import list_short_names
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes
from ahtc_tui.formats.files.text_extraction import read_body_text
from ahtc_tui.store.documents import draft_facts
from ahtc_tui.store.evidence.queries import read_figures
from ahtc_tui.store.records.relations import find_record

if TYPE_CHECKING:
    from ahtc_tui.domain.evidence.model import FigureRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

MEGABYTES = 40
DOCUMENTS = (".docx", ".odt", ".html", ".htm")
TEXTS = (".txt", ".md")
SMALL_NUMBER = 20
"""Smaller numbers occur by chance: what they count has to be named next to them as well."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w])")
_JOINING = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "on",
        "in",
        "to",
        "y",
        "yr",
        "a",
        "ac",
        "ar",
        "i",
        "o",
        "de",
        "van",
        "ap",
        "ab",
        "ferch",
    ]
)


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim of a draft, and a record that supports it."""

    text: str
    kind: ClaimKind
    supported: bool
    record: str | None


def check_draft(workspace: Workspace, path: Path) -> list[CheckedClaim]:
    """Return each claim of a draft once, in its order. Raises BadFile for another kind of file."""
    claims = find_claims(_read_text(path))
    with workspace.database.read() as cursor:
        facts = _Facts(cursor)
        checked = [_check(claim, facts.find_record(claim)) for claim in claims]
    return list(dict.fromkeys(claim for claim in checked if claim))


def _check(claim: Claim, record: str | None) -> CheckedClaim | None:
    """Return the result; None for a capitalised word that only begins a sentence."""
    if claim.kind is ClaimKind.NAME and record is None and claim.begins_sentence and len(claim.text.split()) < 2:
        return None
    return CheckedClaim(claim.text, claim.kind, record is not None, record or None)


def _read_text(path: Path) -> str:
    ending = path.suffix.lower()
    data = read_file_bytes(path, MEGABYTES)
    if ending in DOCUMENTS:
        text = read_body_text(path if ending != ".htm" else path.with_suffix(".html"), data)
        lines = (" ".join(line.replace(ENGLISH_ONLY, "").split()) for line in text.splitlines())
        return "\n\n".join(lines)  # each line is a paragraph or a cell
    if ending in TEXTS:
        return decode_text(data)
    raise BadFile(_('"{path}" cannot be checked. Give a .docx, .odt, .html, .md or .txt file.').format(path=path))


class _Facts:
    """The facts of the records, read once."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._dates = draft_facts.list_dates(cursor)
        self._figures = read_figures(cursor)
        self._names: dict[str, str] = {}
        self._names_by_word: dict[str, list[str]] = defaultdict(list)
        for name, ref in draft_facts.list_names(cursor):
            self._add_name(" ".join(_list_words(name)), ref)
        for name, ref in draft_facts.list_people(cursor):
            for short in list_short_names(name):
                self._add_name(short, ref)
        self._texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._dates_in_texts: dict[str, str] = {}
        for place in draft_facts.list_texts(cursor):
            self._add_text(place.text, place.ref)

    def _add_name(self, words: str, ref: str) -> None:
        if words and words not in self._names:
            self._names[words] = ref
            for word in set(words.split()):
                self._names_by_word[word].append(words)

    def _add_text(self, text: str, ref: str) -> None:
        if not any(sign.isdigit() for sign in text):
            return
        for match in _NUMBER.finditer(text):
            self._texts[match[0].replace(",", "")].append((text[max(0, match.start() - 40) : match.end() + 40], ref))

    def find_record(self, claim: Claim) -> str | None:
        """Return the reference of a record that supports a claim; empty for a record without a reference, None without
        support.
        """
        match claim.kind:
            case ClaimKind.DATE:
                known = self._dates.get(claim.value)
                return (draft_facts.find_ref(self._cursor, *known) or "") if known else self._find_in_texts(claim)
            case ClaimKind.REFERENCE:
                return claim.value if find_record(self._cursor, claim.value) else None
            case ClaimKind.NUMBER:
                return self._find_figure(claim) or self._find_in_texts(claim)
            case ClaimKind.NAME:
                return self._find_name(claim.value)

    def _find_figure(self, claim: Claim) -> str | None:
        """Return the figure with a number: one that the words next to it describe, else any of a larger number."""
        value = float(claim.value)
        matches = [row for row in self._figures if value in (float(row.value), float(row.out_of or -1))]
        named = [row.ref for row in matches if _share_word(claim.context, _describe(row))]
        return next(iter(named or ([row.ref for row in matches] if value >= SMALL_NUMBER else [])), None)

    def _find_in_texts(self, claim: Claim) -> str | None:
        """Return the record whose text has a number with a word next to it in the draft."""
        for context, ref in self._texts.get(claim.value, ()):
            if claim.context and _share_word(_near(claim.context, claim.text), context):
                return ref
        return None

    def _find_name(self, name: str) -> str | None:
        """Return the record of a name, of a part of one, or of several names in a row."""
        words = _list_words(name)
        for start in range(min(2, len(words))):
            if ref := self._find_words(words[start:]):
                return ref
        return self._find_joined(words)

    def _find_words(self, words: list[str]) -> str | None:
        joined = " ".join(words)
        if joined in self._names:
            return self._names[joined] or None
        known = self._names_by_word.get(words[0], ()) if words else ()
        return next((self._names[other] for other in known if f" {joined} " in f" {other} "), None)

    def _find_joined(self, words: list[str]) -> str | None:
        """Return the record of the first of several names in a row, where each part of them is known."""
        for end in range(len(words) - 1, 0, -1):
            ref = self._find_words(words[:end])
            if ref and (self._find_words(words[end:]) or self._find_joined(words[end:])):
                return ref
        return None


def _list_words(name: str) -> list[str]:
    return [word for word in normalize_text(name).split() if word not in _JOINING]


def _describe(row: FigureRow) -> str:
    return " ".join(str(part) for part in (row.title, row.unit, row.area, row.data_set) if part)


def _near(context: str, text: str) -> str:
    """Return the words close to a number."""
    before, _number, after = context.partition(text)
    return f"{before[-25:]} {after[:25]}"


def _share_word(left: str, right: str) -> bool:
    return bool(_stems(left) & _stems(right))


def _stems(text: str) -> set[str]:
    """Return the beginnings of the words, so that "referral" and "referrals" are one."""
    return {normalize_text(word)[:6] for word in _WORD.findall(text)} - _COMMON


_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "were",
        "was",
        "are",
        "has",
        "have",
        "had",
        "mae",
        "wedi",
        "oedd",
        "sydd",
        "gyda",
    ]
)


def count_unsupported(claims: Iterable[CheckedClaim]) -> int:
    """Return how many claims no record supports."""
    return sum(not claim.supported for claim in claims)
