"""Text that looks as if it spoke of one victim, suspect or case: a warning to whoever types, imports or sends it.

It finds numbers and dates that belong to one person, not words: "NRM referrals rose" is what this office writes about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import local

from ahtc_tui.domain.case_data import number_patterns, person_patterns
from ahtc_tui.domain.case_data.vocabulary import BIRTH, BORN, HEALTH, PERSON, Group
from ahtc_tui.domain.i18n import _

Listener = Callable[[str], None]

_listeners: list[Callable[[str, str], None]] = []
"""Whoever is to be told: the command that runs, or the screen."""
_here = local()
"""Of this thread alone: whether what it writes was told of in another way."""
NAMES = frozenset({"ref", "uid", "card_uid", "recurrence_uid", "version"})
"""Fields whose values the desk makes itself, and V2 of a plan."""
GROUPS = (*number_patterns.GROUPS, *person_patterns.GROUPS)
COPIES = frozenset({"dispatches"})
"""Tables that keep what was sent out: the file itself was looked through."""
AS_WRITTEN = (*number_patterns.AS_WRITTEN, *person_patterns.AS_WRITTEN)
HEADINGS = (
    (BIRTH, rf"\b{BORN}"),
    *((reason, rf"^(?:the )?{words}\W*$") for reason, words in number_patterns.KINDS),
    (PERSON, person_patterns.HEADING),
)
_NHS = re.compile(r"(?<![\d+-])[1-9]\d\d[ -]\d{3}[ -]\d{4}(?![\d-])")


def header_of_case_data(heading: str) -> str | None:
    """Why a column with this heading should not be here; None for any other."""
    words = " ".join(re.sub(r"[\s_:()]+", " ", heading).casefold().split())
    return next((_(reason) for reason, pattern in HEADINGS if re.search(pattern, words)), None)


def looks_like_case_data(text: str) -> str | None:
    """What of one person or case a text seems to hold, in words; None where it holds nothing such."""
    found = _find(text)
    return found[0] if found else None


def _find(text: str) -> tuple[str, int] | None:
    """What it is, and where in the text it stands."""
    words = text.casefold()
    figures = any(sign.isdigit() for sign in text)
    found = _asked(words, words, GROUPS if figures else (person_patterns.LABELS,))
    found = found or _asked(text, text, AS_WRITTEN if figures else ())
    found = found or _asked(text, words, (person_patterns.NAMED,))
    if not found and figures and (number := next(filter(_checks, _NHS.finditer(text)), None)):
        return _(HEALTH), number.start()
    return found


def _asked(text: str, words: str, groups: Iterable[Group]) -> tuple[str, int] | None:
    """The first pattern that is found, of the groups that have a sign in the words."""
    for group in groups:
        if any(sign in words for sign in group.signs):
            for pattern in group.patterns:
                if found := re.search(pattern, text):
                    return _(group.reason), found.start()
    return None


def _checks(found: re.Match[str]) -> bool:
    """Whether ten figures end in the check digit of an NHS number (modulus 11)."""
    *nine, last = (int(sign) for sign in found[0] if sign.isdigit())
    check = -sum(figure * weight for figure, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return check == last


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell `listener` of every text that is written or sent out meanwhile and looks like case data, once a place."""
    told: set[int] = set()

    def once(sentence: str, text: str) -> None:
        if (key := hash((sentence, text))) not in told:
            told.add(key)
            listener(sentence)

    _listeners.append(once)
    try:
        yield
    finally:
        _listeners.remove(once)


@contextmanager
def told_by_the_plan() -> Iterator[None]:
    """Say nothing of what this thread writes: the plan of the import named it, cell by cell."""
    _here.quiet = True
    try:
        yield
    finally:
        _here.quiet = False


def somebody_listens() -> bool:
    """Whether it is worth looking."""
    return bool(_listeners) and not getattr(_here, "quiet", False)


def heed_record(table: str, values: Mapping[str, object]) -> None:
    """Tell whoever listens which field that is being written looks like case data. It is written all the same."""
    for name, value in values.items() if somebody_listens() and table not in COPIES else ():
        if isinstance(value, str) and name not in NAMES and (reason := looks_like_case_data(value)):
            said = _("This looks like {reason} ({table}, {field}): the desk keeps no case data, so take it out again.")
            _tell(said.format(reason=reason, table=table.replace("_", " "), field=name.replace("_", " ")), value)


def heed_outgoing(name: str, text: str) -> None:
    """Tell whoever listens which lines of a file that leaves look like case data. It is written all the same."""
    for line in dict.fromkeys(text.splitlines()) if somebody_listens() else ():
        if found := _find(line):
            said = _('{file} holds what looks like {reason}, "{line}": look before you send it.')
            _tell(said.format(file=name, reason=found[0], line=_around(line, found[1])), line)


def _around(line: str, place: int) -> str:
    """The words there, where the line is long."""
    start = 0 if place < 40 else line.rfind(" ", 0, place - 20) + 1
    words = " ".join(line[start:].split())
    return ("…" if start else "") + (words if len(words) <= 80 else f"{words[:79]}…")


def _tell(sentence: str, text: str) -> None:
    for listener in tuple(_listeners):
        listener(sentence, text)
