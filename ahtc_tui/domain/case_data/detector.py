"""Detector of text about one victim, suspect or case. Callers warn and never refuse.

It matches numbers and dates of one person, not topics: "NRM referrals rose" is ordinary text of this office.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from ahtc_tui.domain.case_data import number_patterns, person_patterns
from ahtc_tui.domain.case_data.vocabulary import BIRTH, BORN, HEALTH, PERSON, PatternGroup
from ahtc_tui.domain.i18n import _

_reporter: ContextVar[CaseDataReporter | None] = ContextVar("case_data_reporter", default=None)
"""Receiver of the warnings about text that is written or exported in the current context."""
GENERATED_FIELDS = frozenset({"ref", "uid", "card_uid", "recurrence_uid", "version"})
"""Fields with generated values, and plan versions such as V2."""
CASEFOLDED_GROUPS = (*number_patterns.CASEFOLDED_GROUPS, *person_patterns.CASEFOLDED_GROUPS)
COPY_TABLES = frozenset({"dispatches"})
"""Tables that keep sent files; the file itself was checked when written."""
VERBATIM_GROUPS = (*number_patterns.VERBATIM_GROUPS, *person_patterns.VERBATIM_GROUPS)
HEADING_PATTERNS = (
    (BIRTH, rf"\b{BORN}"),
    *((reason, rf"^(?:the )?{words}\W*$") for reason, words in number_patterns.KINDS),
    (PERSON, person_patterns.HEADING),
)
_NHS = re.compile(r"(?<![\d+-])[1-9]\d\d[ -]\d{3}[ -]\d{4}(?![\d-])")


def find_case_data_heading(heading: str) -> str | None:
    """Kind of case data that a column heading names ("a date of birth"), or None."""
    words = " ".join(re.sub(r"[\s_:()]+", " ", heading).casefold().split())
    return next((_(reason) for reason, pattern in HEADING_PATTERNS if re.search(pattern, words)), None)


def find_case_data(text: str) -> str | None:
    """Kind of case data in a text ("a crime or case number"), or None."""
    result = _find_reason_and_position(text)
    return result[0] if result else None


def _find_reason_and_position(text: str) -> tuple[str, int] | None:
    """Kind of case data and its position in the text."""
    words = text.casefold()
    has_digits = any(sign.isdigit() for sign in text)
    result = _search_groups(words, words, CASEFOLDED_GROUPS if has_digits else (person_patterns.LABEL_GROUP,))
    result = result or _search_groups(text, text, VERBATIM_GROUPS if has_digits else ())
    result = result or _search_groups(text, words, (person_patterns.NAMED_PERSON_GROUP,))
    if not result and has_digits and (number := next(filter(_has_nhs_check_digit, _NHS.finditer(text)), None)):
        return _(HEALTH), number.start()
    return result


def _search_groups(text: str, words: str, groups: Iterable[PatternGroup]) -> tuple[str, int] | None:
    """First match of the groups that have a sign in the words."""
    for group in groups:
        if any(sign in words for sign in group.signs):
            for pattern in group.patterns:
                if match := re.search(pattern, text):
                    return _(group.reason), match.start()
    return None


def _has_nhs_check_digit(match: re.Match[str]) -> bool:
    """Whether ten digits end in the check digit of an NHS number (modulus 11)."""
    *digits, check_digit = (int(sign) for sign in match[0] if sign.isdigit())
    expected = -sum(figure * weight for figure, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return expected == check_digit


class CaseDataReporter:
    """Passes warnings to a function, each once for the same sentence and text."""

    def __init__(self, report: Callable[[str], object]) -> None:
        self._report = report
        self._reported: set[tuple[str, str]] = set()

    def add(self, sentence: str, text: str) -> None:
        """Report the sentence unless it was reported for the same text before."""
        if (sentence, text) not in self._reported:
            self._reported.add((sentence, text))
            self._report(sentence)


@contextmanager
def report_case_data_to(reporter: CaseDataReporter | None) -> Iterator[None]:
    """Report written and exported case data in the current context to `reporter`; None suppresses the warnings."""
    token = _reporter.set(reporter)
    try:
        yield
    finally:
        _reporter.reset(token)


def is_case_data_reported() -> bool:
    """Whether the current context has a reporter, so that checking text is worth its time."""
    return _reporter.get() is not None


def check_record(table: str, values: Mapping[str, object]) -> None:
    """Report the text values of a record that look like case data. The caller writes the record in any case."""
    reporter = _reporter.get()
    if reporter is None or table in COPY_TABLES:
        return
    for name, value in values.items():
        if isinstance(value, str) and name not in GENERATED_FIELDS and (reason := find_case_data(value)):
            sentence = _(
                "This looks like {reason} ({table}, {field}): remove it, because case data must not be kept here."
            )
            names = {"table": table.replace("_", " "), "field": name.replace("_", " ")}
            reporter.add(sentence.format(reason=reason, **names), value)


def check_export(name: str, text: str) -> None:
    """Report the lines of an exported file that look like case data. The caller writes the file in any case."""
    reporter = _reporter.get()
    for line in dict.fromkeys(text.splitlines()) if reporter else ():
        if reporter and (result := _find_reason_and_position(line)):
            sentence = _('{file} contains what looks like {reason}, "{line}": check it before you send the file.')
            reporter.add(sentence.format(file=name, reason=result[0], line=_shorten_line(line, result[1])), line)


def _shorten_line(line: str, position: int) -> str:
    """Up to 80 characters around the position."""
    start = 0 if position < 40 else line.rfind(" ", 0, position - 20) + 1
    words = " ".join(line[start:].split())
    return ("…" if start else "") + (words if len(words) <= 80 else f"{words[:79]}…")
