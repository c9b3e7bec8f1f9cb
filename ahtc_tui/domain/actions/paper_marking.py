"""Protective markings of papers and documents, with those that the Government used before 2 April 2014."""

from __future__ import annotations

import re
from datetime import date

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, format_long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, pgettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum, find_member

CHANGED_ON = date(2014, 4, 2)
"""Day on which the Government Security Classifications replaced the Government Protective Marking Scheme."""


class PaperMarking(LabelledEnum, context="marking"):
    """A marking of either scheme. SECRET and TOP SECRET are not supported."""

    OFFICIAL = "official", pgettext_noop("marking", "OFFICIAL")
    OFFICIAL_SENSITIVE = "official-sensitive", pgettext_noop("marking", "OFFICIAL-SENSITIVE")
    NOT_MARKED = "not-protectively-marked", pgettext_noop("marking", "NOT PROTECTIVELY MARKED"), "unclassified"
    PROTECT = "protect", pgettext_noop("marking", "PROTECT")
    RESTRICTED = "restricted", pgettext_noop("marking", "RESTRICTED")
    CONFIDENTIAL = "confidential", pgettext_noop("marking", "CONFIDENTIAL")

    @property
    def handling(self) -> Marking:
        """The marking whose limits apply to it today; every older one but the lowest is handled as sensitive."""
        return Marking.OFFICIAL if self in (PaperMarking.OFFICIAL, PaperMarking.NOT_MARKED) else SENSITIVE

    @property
    def is_older(self) -> bool:
        """Whether it belongs to the scheme that ended on 2 April 2014."""
        return self not in (PaperMarking.OFFICIAL, PaperMarking.OFFICIAL_SENSITIVE)


def read_handling(text: str) -> Marking:
    """Return the marking whose limits apply to a text of either scheme, which may have a descriptor after it.

    Words that are no marking are handled as sensitive, since they may be a higher one.
    """
    words = re.split(r"\s*[-–—:/]\s+|\s+[-–—:/]\s*|,", text.strip())[0]
    marking = find_member(words, PaperMarking)
    return marking.handling if marking else SENSITIVE


SENSITIVE = Marking.OFFICIAL_SENSITIVE


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
