"""What somebody may ask the office for under the Freedom of Information Act: the answer, and the day it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

ANSWER_DAYS = 20
"""Freedom of Information Act 2000, section 10(1)."""


def request_due(received: date) -> date:
    """The twentieth working day after a request came. Raises BadInput where the calendar ends before."""
    from ahtc_tui.domain.dates.working_days import uk_working_day_after

    try:
        return uk_working_day_after(received, ANSWER_DAYS)
    except (OverflowError, ValueError) as error:
        raise BadInput(_("No request comes on {day}.").format(day=long_date(received))) from error


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
    def records(self) -> int:
        """All of them, lines of the history among them."""
        return sum(number for _kind, number in self.counts)


def say_request(done: RequestAnswer) -> str:
    """How much it is, by when the answer is due, and what to look at first."""
    held = say_number(done.records, _("1 record"), _("{n} records"))
    due = _("{held}; the answer is due on {day}").format(held=held, day=long_date(done.due))
    if not done.redactions:
        return _("{due}; nobody is named in it.").format(due=due)
    one, more = _("1 name or address"), _("{n} names and addresses")
    names = say_number(done.redactions, one, more)
    return _("{due}; {names} to look at first: redactions.csv.").format(due=due, names=names)
