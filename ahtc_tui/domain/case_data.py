"""Text that looks as if it spoke of one victim, suspect or case: a warning to whoever types, imports or sends it.

It finds numbers and dates that belong to one person, not words: "NRM referrals rose" is what this office writes about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from ahtc_tui.domain.words import _

Listener = Callable[[str], None]

_listeners: list[Listener] = []
"""Whoever is to be told: the command that runs, or the screen."""
NAMES = frozenset({"ref", "uid", "card_uid", "recurrence_uid"})
"""Fields whose values the desk makes itself."""
_SIGNS = (
    "d.o.b", "dob", "d o b", "d. o. b", "birth", "geni", "born", "ganwyd", "nrm ", "nhs ", "gig ", "custody ", "crime ",
    "case ", "occurrence ", "incident ", "niche ", "pnc ", "police ", "passport ", "visa ",
    "insurance ", "ni ", "nino ",
    "victim", "suspect", "survivor", "witness", "offender", "detainee", "defendant", "perpetrator", "dioddef",
)  # fmt: skip
"""A text without any of these and without an insurance number holds nothing that is looked for."""
_INSURANCE = r"\d\d ?\d\d ?\d\d ?[a-d]\b"

_NUMBER = r"(?:no|nos|num|number|numbers|nr|id|ids|ref|refs|reference|references|rhif|cyf|cyfeirnod)"
_PERSON = r"(?:victim|suspect|survivor|witness|offender|detainee|defendant|perpetrator|dioddefwr|dioddefydd)"
_KINDS: tuple[tuple[str, str], ...] = (
    ("a date of birth", r"(?:d\.?\s?o\.?\s?b\b\.?|dates? of birth|birth ?dates?|dyddiad geni)"),
    ("an NRM number", rf"nrm (?:{_NUMBER}|case {_NUMBER}|case)"),
    ("an NHS number", rf"(?:nhs|gig) {_NUMBER}"),
    ("a custody number", rf"custody (?:{_NUMBER}|record(?: {_NUMBER})?)"),
    ("a crime or case number", rf"(?:crime|case|occurrence|incident|niche|pnc|police) {_NUMBER}"),
    ("a passport or insurance number", rf"(?:passport|visa|national insurance|ni|nino) {_NUMBER}"),
    ("whoever a case is about", rf"{_PERSON}(?:'?s|’s)? (?:name|names|initials|address|age|{_NUMBER})"),
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:\d{1,2}|[a-z]{3,9})[\s/.-]+(?:\d{4}|\d{2})\b"
_CODE = r"[a-z]{0,6}[\s/#-]?\d[\w/-]*"
_HEADERS = [(reason, rf"^(?:the )?(?:{words})$") for reason, words in _KINDS]
_TEXTS = [
    ("a date of birth", rf"(?:{_KINDS[0][1]}|\bborn(?: on)?|\bganwyd(?: ar)?)\W{{0,4}}{_DAY}"),
    *((reason, rf"\b(?:{words})\W{{1,4}}{_CODE}") for reason, words in _KINDS[1:6]),
    ("an insurance number", r"\b[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d\d ?\d\d ?\d\d ?[a-d]\b"),
    ("whoever a case is about", rf"\b{_KINDS[6][1]}\s{{0,2}}[:=#-]|\b{_PERSON} (?:{_NUMBER} )?[a-z]?\d+\b"),
]
"""Patterns are compiled when they are first asked, and kept by `re`: the first screen waits for none."""


def header_of_case_data(heading: str) -> str | None:
    """Why a column with this heading should not be here; None for any other."""
    words = " ".join(re.sub(r"[\s_:()]+", " ", heading).casefold().split())
    return next((_(reason) for reason, pattern in _HEADERS if re.match(pattern, words)), None)


def looks_like_case_data(text: str) -> str | None:
    """What of one person or case a text seems to hold, in words; None where it holds nothing such."""
    if not any(sign.isdigit() for sign in text) and ":" not in text and "=" not in text:
        return None
    words = text.casefold()
    if not any(sign in words for sign in _SIGNS) and not re.search(_INSURANCE, words):
        return None
    return next((_(reason) for reason, pattern in _TEXTS if re.search(pattern, words)), None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell `listener` of every text that is written or sent out meanwhile and looks like case data."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def somebody_listens() -> bool:
    """Whether it is worth looking."""
    return bool(_listeners)


def heed_record(table: str, values: Mapping[str, object]) -> None:
    """Tell whoever listens which field that is being written looks like case data. It is written all the same."""
    for name, value in values.items() if _listeners else ():
        if isinstance(value, str) and name not in NAMES and (reason := looks_like_case_data(value)):
            said = _("This looks like {reason} ({table}, {field}). The desk keeps no case data: take it out again.")
            _tell(said.format(reason=reason, table=table.replace("_", " "), field=name.replace("_", " ")))


def heed_outgoing(name: str, text: str) -> None:
    """Tell whoever listens which lines of a file that leaves look like case data. It is written all the same."""
    for line in dict.fromkeys(text.splitlines()) if _listeners else ():
        if reason := looks_like_case_data(line):
            said = _('{file} holds what looks like {reason}: "{line}". Look before you send it.')
            _tell(said.format(file=name, reason=reason, line=_cut(line)))


def _cut(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _tell(sentence: str) -> None:
    for listener in tuple(_listeners):
        listener(sentence)
