"""Text that looks as if it spoke of one victim, suspect or case: a warning to whoever types, imports or sends it.

It finds numbers and dates that belong to one person, not words: "NRM referrals rose" is what this office writes about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import local

from ahtc_tui.domain.case_data import number_patterns, person_patterns
from ahtc_tui.domain.case_data.vocabulary import BIRTH, BORN, HEALTH, PERSON, PatternGroup
from ahtc_tui.domain.i18n import _

Listener = Callable[[str], None]

_listeners: list[Callable[[str, str], None]] = []
"""Whoever is to be told: the command that runs, or the screen."""
_thread_state = local()
"""Of this thread alone: whether what it writes was told of in another way."""
GENERATED_FIELDS = frozenset({"ref", "uid", "card_uid", "recurrence_uid", "version"})
"""Fields whose values the desk makes itself, and V2 of a plan."""
CASEFOLDED_GROUPS = (*number_patterns.CASEFOLDED_GROUPS, *person_patterns.CASEFOLDED_GROUPS)
COPY_TABLES = frozenset({"dispatches"})
"""Tables that keep what was sent out: the file itself was looked through."""
VERBATIM_GROUPS = (*number_patterns.VERBATIM_GROUPS, *person_patterns.VERBATIM_GROUPS)
HEADING_PATTERNS = (
    (BIRTH, rf"\b{BORN}"),
    *((reason, rf"^(?:the )?{words}\W*$") for reason, words in number_patterns.KINDS),
    (PERSON, person_patterns.HEADING),
)
_NHS = re.compile(r"(?<![\d+-])[1-9]\d\d[ -]\d{3}[ -]\d{4}(?![\d-])")


def find_case_data_heading(heading: str) -> str | None:
    """Why a column with this heading should not be here; None for any other."""
    words = " ".join(re.sub(r"[\s_:()]+", " ", heading).casefold().split())
    return next((_(reason) for reason, pattern in HEADING_PATTERNS if re.search(pattern, words)), None)


def find_case_data(text: str) -> str | None:
    """What of one person or case a text seems to hold, in words; None where it holds nothing such."""
    result = _find_reason_and_position(text)
    return result[0] if result else None


def _find_reason_and_position(text: str) -> tuple[str, int] | None:
    """What it is, and where in the text it stands."""
    words = text.casefold()
    has_digits = any(sign.isdigit() for sign in text)
    result = _search_groups(words, words, CASEFOLDED_GROUPS if has_digits else (person_patterns.LABEL_GROUP,))
    result = result or _search_groups(text, text, VERBATIM_GROUPS if has_digits else ())
    result = result or _search_groups(text, words, (person_patterns.NAMED_PERSON_GROUP,))
    if not result and has_digits and (number := next(filter(_has_nhs_check_digit, _NHS.finditer(text)), None)):
        return _(HEALTH), number.start()
    return result


def _search_groups(text: str, words: str, groups: Iterable[PatternGroup]) -> tuple[str, int] | None:
    """The first pattern that is found, of the groups that have a sign in the words."""
    for group in groups:
        if any(sign in words for sign in group.signs):
            for pattern in group.patterns:
                if match := re.search(pattern, text):
                    return _(group.reason), match.start()
    return None


def _has_nhs_check_digit(match: re.Match[str]) -> bool:
    """Whether ten figures end in the check digit of an NHS number (modulus 11)."""
    *digits, check_digit = (int(sign) for sign in match[0] if sign.isdigit())
    expected = -sum(figure * weight for figure, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return expected == check_digit


@contextmanager
def report_case_data_to(listener: Listener) -> Iterator[None]:
    """Tell `listener` of every text that is written or sent out meanwhile and looks like case data, once a place."""
    notified: set[int] = set()

    def once(sentence: str, text: str) -> None:
        if (key := hash((sentence, text))) not in notified:
            notified.add(key)
            listener(sentence)

    _listeners.append(once)
    try:
        yield
    finally:
        _listeners.remove(once)


@contextmanager
def suppress_case_data_warnings() -> Iterator[None]:
    """Say nothing of what this thread writes: the plan of the import named it, cell by cell."""
    _thread_state.quiet = True
    try:
        yield
    finally:
        _thread_state.quiet = False


def has_listeners() -> bool:
    """Whether it is worth looking."""
    return bool(_listeners) and not getattr(_thread_state, "quiet", False)


def check_record(table: str, values: Mapping[str, object]) -> None:
    """Tell whoever listens which field that is being written looks like case data. It is written all the same."""
    for name, value in values.items() if has_listeners() and table not in COPY_TABLES else ():
        if isinstance(value, str) and name not in GENERATED_FIELDS and (reason := find_case_data(value)):
            sentence = _(
                "This looks like {reason} ({table}, {field}): the desk keeps no case data, so take it out again."
            )
            _notify_listeners(
                sentence.format(reason=reason, table=table.replace("_", " "), field=name.replace("_", " ")), value
            )


def check_export(name: str, text: str) -> None:
    """Tell whoever listens which lines of a file that leaves look like case data. It is written all the same."""
    for line in dict.fromkeys(text.splitlines()) if has_listeners() else ():
        if result := _find_reason_and_position(line):
            sentence = _('{file} holds what looks like {reason}, "{line}": look before you send it.')
            _notify_listeners(sentence.format(file=name, reason=result[0], line=_shorten_line(line, result[1])), line)


def _shorten_line(line: str, position: int) -> str:
    """The words there, where the line is long."""
    start = 0 if position < 40 else line.rfind(" ", 0, position - 20) + 1
    words = " ".join(line[start:].split())
    return ("…" if start else "") + (words if len(words) <= 80 else f"{words[:79]}…")


def _notify_listeners(sentence: str, text: str) -> None:
    for listener in tuple(_listeners):
        listener(sentence, text)
