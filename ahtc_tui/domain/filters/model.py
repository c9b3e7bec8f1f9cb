"""A parsed filter: alternatives joined by OR, each a conjunction of terms; and its text, from words of a command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum

EMPTY = "-"
"""Value of a term that selects records without a value: "@-"."""


class FilterNoun(LabelledEnum):
    """Records that a filter selects; each has its own terms."""

    ACTIONS = "actions", gettext_noop("actions")
    CONTACTS = "contacts", gettext_noop("contacts")
    MEETINGS = "meetings", gettext_noop("meetings")
    DECISIONS = "decisions", gettext_noop("decisions")
    GROUPS = "groups", gettext_noop("groups")
    SEATS = "seats", gettext_noop("seats")
    FIGURES = "figures", gettext_noop("figures")
    PRACTICES = "practices", gettext_noop("practices")
    RECOMMENDATIONS = "recommendations", gettext_noop("recommendations")
    COMMISSIONS = "commissions", gettext_noop("commissions")
    PROMISES = "promises", gettext_noop("promises")
    RECORDS = "records", gettext_noop("these records")
    """Objectives, data sets, web pages, documents, sessions and lines of other lists: words only."""


class TermKind(StrEnum):
    """Kind of test that a term makes."""

    WORDS = "words"
    LEAD = "lead"
    GROUP = "group"
    OBJECTIVE = "obj"
    STATUS = "status"
    BRAG = "brag"
    SUPPORT = "support"
    STATE = "is"
    DUE = "due"
    RAISED = "raised"
    CLOSED = "closed"
    UPDATED = "updated"
    WORSE = "worse"
    SLIPS = "slips"
    ATTENDED = "attended"
    CLASS = "class"
    KIND = "kind"
    ORGANISATION = "organisation"
    AREA = "area"
    LANGUAGE = "language"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a typed filter, such as `due<30 nov`; negated after a minus."""

    kind: TermKind
    value: str = ""
    """Words, the name of a record, a value of an enumeration, or EMPTY; for a comparison "<" or ">"."""
    negated: bool = False
    day: date | None = None
    """Day of a comparison; for a number the first day that is counted, None for all."""
    number: int | None = None
    """Number that a count is compared with."""

    @property
    def is_empty_test(self) -> bool:
        """Whether it selects records without a value."""
        return self.value == EMPTY and self.kind is not TermKind.WORDS


@dataclass(frozen=True, slots=True)
class Filter:
    """Alternatives of terms; a record matches where all terms of one alternative do. None selects every record."""

    alternatives: tuple[tuple[Term, ...], ...] = ()

    def restrict_to(self, other: Filter) -> Filter:
        """Return the filter of the records that match both."""
        if not self.alternatives or not other.alternatives:
            return self if self.alternatives else other
        return Filter(tuple((*left, *right) for left in self.alternatives for right in other.alternatives))


EVERYTHING = Filter()


_NAME_WITH_SPACES = re.compile(
    r"-?(?:lead|group|support|organisation|org|area|class|list|arweinydd|gr(?:w|ŵ|w\u0302)p|cefnogaeth|sefydliad|sef|ardal|dosbarth|rhestr)"
    r':[^"\s]+(?: [^\s:"@#!<>+-][^\s:"<>]*)+',
    re.IGNORECASE,
)

_TERM = re.compile(r'[#@!"]|-[#"\w]|[^\W\d]+(:|\s*[<>])')


def is_filter_term(argument: str) -> bool:
    """Return whether an argument begins with a condition of a filter, and is not the name of a record."""
    return _TERM.match(argument) is not None


def join_arguments(arguments: Sequence[str]) -> str:
    """Return the text of a filter; an argument such as `area:North Wales` is one condition."""
    return " ".join(_quote(argument) for argument in arguments)


def _quote(argument: str) -> str:
    if not _NAME_WITH_SPACES.fullmatch(argument):
        return argument
    prefix, _colon, name = argument.partition(":")
    return f'{prefix}:"{name}"'
