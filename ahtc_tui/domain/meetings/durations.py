"""Lengths of time as typed, in minutes."""

from __future__ import annotations

import re

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

WEEK_MINUTES = 7 * 24 * 60
"""Longest meeting, and longest contact such as a visit: a week."""

_HOURS = r"(?:h|hrs?|hours?|awr|oriau)"
_MINUTES = r"(?:m|mins?|minutes?|mun|[mf]unud(?:au)?)"
_DURATION = re.compile(
    rf"(?P<minutes>[0-9]{{1,6}}) ?{_MINUTES}?"
    rf"|(?P<hours>[0-9]{{1,3}}) ?{_HOURS}(?: ?(?P<rest>[0-5]?[0-9]) ?{_MINUTES}?)?"
    rf"|(?P<decimal>[0-9]{{1,3}}[.,][0-9]{{1,2}}) ?{_HOURS}"
    r"|(?P<clock_hours>[0-9]{1,3}):(?P<clock_minutes>[0-5][0-9])",
    re.IGNORECASE,
)


def read_minutes(text: str, most: int) -> int:
    """Return the minutes of a length of time: "90", "90 min", "2h", "1h30", "1.5h" or "1:30".

    Raises BadInput for other text, and for a length of less than a minute or more than `most` minutes.
    """
    match = _DURATION.fullmatch(" ".join(text.split()))
    minutes = _count_minutes(match) if match else 0
    if not 1 <= minutes <= most:
        sentence = _('"{text}" is not a length of time from 1 to {most} minutes. Enter 90, 2h, 1h30 or 1.5h.')
        raise BadInput(sentence.format(text=text, most=most))
    return minutes


def _count_minutes(match: re.Match[str]) -> int:
    if match["minutes"]:
        return int(match["minutes"])
    if match["decimal"]:
        return round(float(match["decimal"].replace(",", ".")) * 60)
    hours, rest = match["hours"] or match["clock_hours"], match["rest"] or match["clock_minutes"]
    return int(hours) * 60 + int(rest or 0)
