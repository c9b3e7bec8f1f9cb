"""What somebody may ask the office for under the Freedom of Information Act: the answer, and the day it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext

ANSWER_DAYS = 20
"""Freedom of Information Act 2000, section 10(1)."""


def compute_request_due(received: date) -> date:
    """The twentieth working day after a request came. Raises BadInput where the calendar ends before."""
    from ahtc_tui.domain.dates.working_days import add_uk_working_days

    try:
        return add_uk_working_days(received, ANSWER_DAYS)
    except (OverflowError, ValueError) as error:
        raise BadInput(_("No request comes on {day}.").format(day=format_long_date(received))) from error


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """What was written for somebody who asked what is held on a subject."""

    words: str
    file: str
    received: date
    due: date
    counts: tuple[tuple[str, int], ...]
    """Kind of record, and how many are in it."""
    redactions: int
    """Places to look at before it is handed over: persons, addresses, telephone numbers."""

    @property
    def record_count(self) -> int:
        """All of them, lines of the history among them."""
        return sum(number for _kind, number in self.counts)


def format_request_answer(answer: RequestAnswer) -> str:
    """How much it is, by when the answer is due, and what to look at first."""
    held = ngettext("1 record", "{n} records", answer.record_count)
    due = _("{held}; the answer is due on {day}").format(held=held, day=format_long_date(answer.due))
    if not answer.redactions:
        return _("{due}; nobody is named in it.").format(due=due)
    names = ngettext("1 name or address", "{n} names and addresses", answer.redactions)
    return _("{due}; {names} to look at first: redactions.csv.").format(due=due, names=names)
