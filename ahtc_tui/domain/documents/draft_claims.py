"""Finds what a written draft claims: numbers, names, dates and references, each with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import find_month_end
from ahtc_tui.domain.dates.names import find_month_number, find_weekday_number
from ahtc_tui.domain.text.normalization import normalize_text

_MONTH = r"[A-Za-zÀ-ž]{3,9}\.?"
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|af|il|ydd|fed|ain|eg)?\s+(?:of\s+|o\s+)?({_MONTH}),?\s+(\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,\s+(\d{{4}})\b")
_MONTH_ONLY = re.compile(rf"\b({_MONTH})\s+(\d{{4}})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_YEAR = re.compile(r"(?<![\w.,£/-])((?:19|20)\d{2})(?![\w%/]|[.,]\d)")
_REFERENCE = re.compile(r"\b[A-Z][A-Z0-9]{0,9}(?:-[A-Z0-9]{2,10})*-\d+(?:/[A-Z]?\d+)?\b")
_NUMBERING = r"\d+(?:\.\d+)*(?:(?:\s*,\s*|\s+(?:and|to|of|a|ac|i|o)\s+|–)\d+(?:\.\d+)*)*"
_NOT_CLAIMED = re.compile(
    r"(?im)[\w.+-]+@[\w.-]+|https?://\S+|www\.\S+|\b\d{1,2}[:.]\d{2}\s?(?:am|pm|yb|yp)\b|\b\d{1,2}:\d{2}\b"
    r"|\b\d{1,2}\s?(?:am|pm|yb|yp)\b|^\s*\d+(?:\.\d+)*[.)]\s|^\s*\d+(?:\.\d+)+\s|^\s*\d+\t"
    r"|\b(?:paragraphs?|paras?|items?|pages?|sections?|articles?|version|release|annex|appendix|part|tudalen|eitem"
    rf"|paragraff|adran|fersiwn|cyhoeddiad|erthygl|atodiad|rhan)\s+{_NUMBERING}|(?:\+44|\b0)(?:[ ()-]?\d){{9,10}}\b"
)
"""Addresses, times, numbers of paragraphs and telephone numbers."""
_NUMBER = re.compile(r"(?<![\w.,-])£?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:%|(?![\w%]))")
_JOINING = r"(?:of|the|and|for|&|on|in|to|y|yr|a|ac|ar|i|o|de|van|ap|ab|ferch)"
_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x250))))
_CAPITAL = rf"[{_CAPITALS}][\w'’-]*"
_SPACE = r"(?:[^\S\n]+|[^\S\n]*\n(?!\s*\n)[^\S\n]*)"
"""Spaces, or the end of a line within a paragraph: a name does not go on after a blank line."""
_NAME = re.compile(rf"\b{_CAPITAL}(?:{_SPACE}(?:{_JOINING}{_SPACE}){{0,2}}{_CAPITAL})*")
_SENTENCE_END = re.compile(r"[.!?:;•–(‘“\"'-]\s*$|^\s*$")
_CONTEXT = 60
"""Characters on either side of a number that say what it counts."""


class ClaimKind(StrEnum):
    """Kind of a claim."""

    NUMBER = "number"
    NAME = "name"
    DATE = "date"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number, name, date or reference of a draft."""

    text: str
    kind: ClaimKind
    place: int
    """Position in the text."""
    value: str
    """A date as "2013-11-30", "2013-11" or "2013"; a number without separators; else the text."""
    context: str = ""
    begins_sentence: bool = False


def find_claims(text: str) -> list[Claim]:
    """Return the claims of a text in their order."""
    claims: list[Claim] = []
    rest = _take(text, _find_dates(text), claims)
    rest = _take(rest, _find_references(rest), claims)
    rest = _NOT_CLAIMED.sub(lambda match: " " * len(match[0]), rest)
    rest = _take(rest, _find_years(rest), claims)
    rest = _take(rest, _find_numbers(rest, text), claims)
    _take(rest, _find_names(rest), claims)
    return sorted(claims, key=lambda claim: claim.place)


def _take(text: str, found: Iterator[Claim], claims: list[Claim]) -> str:
    """Add claims that do not overlap with earlier ones, and return the text without them."""
    letters = list(text)
    for claim in found:
        span = slice(claim.place, claim.place + len(claim.text))
        if "".join(letters[span]) == claim.text:
            claims.append(claim)
            letters[span] = ["\x00" if letter != "\n" else letter for letter in letters[span]]
    return "".join(" " if letter == "\x00" else letter for letter in letters)


def _find_dates(text: str) -> Iterator[Claim]:
    for match in _ISO.finditer(text):
        yield from _build_date(match, int(match[1]), int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(text):
        yield from _build_date(match, int(match[3]), int(match[2]), int(match[1]))
    for match in _DAY.finditer(text):
        yield from _build_date(match, int(match[3]), _find_month(match[2]), int(match[1]))
    for match in _MONTH_FIRST.finditer(text):
        yield from _build_date(match, int(match[3]), _find_month(match[1]), int(match[2]))
    for match in _MONTH_ONLY.finditer(text):
        yield from _build_date(match, int(match[2]), _find_month(match[1]), None)


def _find_month(name: str) -> int:
    return find_month_number(normalize_text(name)) or 0


def _build_date(match: re.Match[str], year: int, month: int, day: int | None) -> Iterator[Claim]:
    """Yield the date of a match, unless there is no such day."""
    if 1 <= month <= 12 and year >= 1 and (day is None or 1 <= day <= find_month_end(year, month).day):
        value = date(year, month, day).isoformat() if day else f"{year:04}-{month:02}"
        yield Claim(match[0], ClaimKind.DATE, match.start(), value)


def _find_years(text: str) -> Iterator[Claim]:
    for match in _YEAR.finditer(text):
        yield Claim(match[1], ClaimKind.DATE, match.start(1), match[1])


def _find_references(text: str) -> Iterator[Claim]:
    for match in _REFERENCE.finditer(text):
        yield Claim(match[0], ClaimKind.REFERENCE, match.start(), match[0])


def _find_numbers(text: str, whole: str) -> Iterator[Claim]:
    for match in _NUMBER.finditer(text):
        context = whole[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT]
        value = match[0].strip("£%").replace(",", "")
        yield Claim(match[0], ClaimKind.NUMBER, match.start(), value, context)


def _find_names(text: str) -> Iterator[Claim]:
    """Yield capitalised names; months and days of the week are none, nor is a single word that begins a sentence."""
    for match in _NAME.finditer(text):
        name = match[0]
        begins = _SENTENCE_END.search(text[: match.start()].rpartition("\n")[2]) is not None
        is_single = " " not in name
        if (is_single and ((begins and not name.isupper()) or len(name) < 2)) or _is_calendar_word(name):
            continue
        yield Claim(name, ClaimKind.NAME, match.start(), name, begins_sentence=begins)


def _is_calendar_word(name: str) -> bool:
    """Return whether the name is that of a month or a day of the week: "Tuesday", "Dydd Mawrth"."""
    word = normalize_text(name).removeprefix("dydd ")
    return len(word) > 2 and bool(find_month_number(word) or find_weekday_number(word))
