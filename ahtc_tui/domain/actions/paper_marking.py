"""Protective markings of papers and documents, with those that the Government used before 2 April 2014."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import Marking, PaperMarking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, format_long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.labelled_enum import find_member

CHANGED_ON = date(2014, 4, 2)
"""Day on which the Government Security Classifications replaced the Government Protective Marking Scheme."""


def read_handling(text: str) -> Marking:
    """Return the marking whose limits apply to a text of either scheme.

    Words that are no marking are handled as sensitive, since they may be a higher one.
    """
    return find_member(text, Marking) or Marking.OFFICIAL_SENSITIVE


def add_marking(title: str, marking: PaperMarking | None) -> str:
    """Return a title with its marking, where it has one: "Risk register (RESTRICTED)"."""
    return f"{title} ({marking.label})" if marking else title


def list_allowed_markings(highest: Marking) -> list[str]:
    """Return the values of both schemes that a limit includes."""
    limit = list(Marking).index(highest)
    return [marking.value for marking in PaperMarking if list(Marking).index(marking.handling) <= limit]


def refuse_older_marking(marking: PaperMarking | None, day: DateAsKnown | None) -> None:
    """Raise BadInput for a marking of the older scheme on a paper of the day of the change or later, or of no day."""
    if marking and marking.is_older and (day is None or day.latest >= CHANGED_ON):
        sentence = _(
            "{marking} is an older marking, for papers dated before {day}. Use OFFICIAL or OFFICIAL-SENSITIVE."
        )
        raise BadInput(sentence.format(marking=marking.label, day=format_long_date(CHANGED_ON)))
