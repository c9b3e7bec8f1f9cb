"""Detector of text about one victim, suspect or case. Callers warn and never refuse.

It matches numbers and dates of one person, not topics: "NRM referrals rose" is ordinary text of this office.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from ahtc_tui.domain.case_data import number_patterns, person_patterns
from ahtc_tui.domain.case_data.vocabulary import BIRTH, BORN, HEALTH, PERSON, PatternGroup
from ahtc_tui.domain.i18n import _

CASEFOLDED_GROUPS = (*number_patterns.CASEFOLDED_GROUPS, *person_patterns.CASEFOLDED_GROUPS)
VERBATIM_GROUPS = (*number_patterns.VERBATIM_GROUPS, *person_patterns.VERBATIM_GROUPS)
HEADING_PATTERNS = (
    (BIRTH, rf"\b{BORN}"),
    *((reason, rf"^(?:the )?{words}\W*$") for reason, words in number_patterns.KINDS),
    (PERSON, person_patterns.HEADING),
)
_DIGIT = re.compile(r"\d")
_NHS = re.compile(r"(?<![\d+-])[1-9]\d\d[ -]\d{3}[ -]\d{4}(?![\d-])")

_compile = cache(re.compile)
"""Each pattern is compiled when one of its signs occurs: all of them together would take a tenth of a second."""


def find_case_data_heading(heading: str) -> str | None:
    """Return the kind of case data that a column heading names ("a date of birth"), or None."""
    words = " ".join(re.sub(r"[\s_:()]+", " ", heading).casefold().split())
    return next((_(reason) for reason, pattern in HEADING_PATTERNS if re.search(pattern, words)), None)


def find_case_data(text: str) -> str | None:
    """Return the kind of case data in a text ("a crime or case number"), or None."""
    result = locate_case_data(text)
    return result[0] if result else None


def locate_case_data(text: str) -> tuple[str, int] | None:
    """Return the kind of case data and its position in the text."""
    result = _locate_reason(text)
    return (_(result[0]), result[1]) if result else None


def select_suspects(lines: Sequence[str]) -> list[int]:
    """Return the numbers of the lines in which `locate_case_data` can find anything: those with a sign of a group.

    Each sign is looked for in all lines at once, and most lines have none. Lines have no line breaks.
    """
    with_digits = [number for number, line in enumerate(lines) if _DIGIT.search(line)]
    suspects = set[int]()
    for numbers, groups, verbatim_groups in (
        (range(len(lines)), (person_patterns.LABEL_GROUP, person_patterns.NAMED_PERSON_GROUP), ()),
        (with_digits, CASEFOLDED_GROUPS, VERBATIM_GROUPS),
    ):
        texts = [lines[number] for number in numbers]
        folded, verbatim = _Block([text.casefold() for text in texts]), _Block(texts)
        places = {place for group in groups for sign in group.signs for place in folded.find(sign)}
        for group in verbatim_groups:
            for sign in group.signs:
                places.update(verbatim.find(sign) if sign else verbatim.search(group.part))
        if numbers is with_digits:
            places.update(verbatim.search(_NHS.pattern))
        suspects.update(numbers[place] for place in places)
    return sorted(suspects)


class _Block:
    """Lines that are searched together."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._ends = list(accumulate(len(line) + 1 for line in lines))

    def find(self, sign: str) -> Iterator[int]:
        """Yield the numbers of the lines with a sign."""
        position = self._text.find(sign)
        while position >= 0:
            number = bisect_right(self._ends, position)
            yield number
            position = self._text.find(sign, self._ends[number])

    def search(self, pattern: str) -> Iterator[int]:
        """Yield the numbers of the lines with a match of a pattern that matches no line break."""
        return (bisect_right(self._ends, match.start()) for match in _compile(pattern).finditer(self._text))


@lru_cache(maxsize=1024)
def _locate_reason(text: str) -> tuple[str, int] | None:
    """Return the kind of case data, not translated, and its position; cached, because the cells of a log repeat."""
    words = text.casefold()
    has_digits = _DIGIT.search(text) is not None
    result = _search_groups(words, words, CASEFOLDED_GROUPS if has_digits else (person_patterns.LABEL_GROUP,))
    result = result or _search_groups(text, text, VERBATIM_GROUPS if has_digits else ())
    result = result or _search_groups(text, words, (person_patterns.NAMED_PERSON_GROUP,))
    if not result and has_digits and (number := next(filter(_has_nhs_check_digit, _NHS.finditer(text)), None)):
        return HEALTH, number.start()
    return result


def _search_groups(text: str, words: str, groups: Iterable[PatternGroup]) -> tuple[str, int] | None:
    """Return the first match of the groups that have a sign in the words."""
    for group in groups:
        for sign in group.signs:
            if sign in words:
                break
        else:
            continue
        for pattern in group.patterns:
            if match := _compile(pattern).search(text):
                return group.reason, match.start()
    return None


def _has_nhs_check_digit(match: re.Match[str]) -> bool:
    """Return whether ten digits end in the check digit of an NHS number (modulus 11)."""
    *digits, check_digit = (int(sign) for sign in match[0] if sign.isdigit())
    expected = -sum(figure * weight for figure, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return expected == check_digit
