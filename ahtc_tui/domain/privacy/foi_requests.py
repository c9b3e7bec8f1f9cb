"""Requests under the Freedom of Information Act 2000: due day and result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext

ANSWER_DAYS = 20
"""Freedom of Information Act 2000, section 10(1)."""


def compute_request_due(received: date) -> date:
    """Return the twentieth working day after receipt. Raises BadInput at the end of the calendar."""
    from ahtc_tui.domain.dates.working_days import add_uk_working_days

    try:
        return add_uk_working_days(received, ANSWER_DAYS)
    except (OverflowError, ValueError) as error:
        raise BadInput(
            _("A request received on {date} would be due after the end of the calendar. Enter an earlier date.").format(
                date=format_long_date(received)
            )
        ) from error


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """Result of a request for information."""

    words: str
    file: str
    received: date
    due: date
    counts: tuple[tuple[str, int], ...]
    """Number of records by kind."""
    redactions: int
    """Number of persons, addresses and telephone numbers to check before disclosure."""

    @property
    def record_count(self) -> int:
        """Number of records, including changes of the journal."""
        return sum(number for _kind, number in self.counts)


def format_request_answer(answer: RequestAnswer) -> str:
    """Return the number of records, due day, and number of mentions to check."""
    held = ngettext("1 record", "{n} records", answer.record_count)
    due = _("{held}; the answer is due on {date}").format(held=held, date=format_long_date(answer.due))
    if not answer.redactions:
        return _("{due}; no person is named in it.").format(due=due)
    names = ngettext("1 name or address", "{n} names and addresses", answer.redactions)
    return _("{due}; {names} to check first: redactions.csv.").format(due=due, names=names)
