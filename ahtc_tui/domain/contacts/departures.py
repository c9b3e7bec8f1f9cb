"""Departure of a person: everything they hold, who takes it over, and the outcome."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum

REST = "*"
"""Key of the answer for all items without their own answer."""


class HeldKind(LabelledEnum):
    """Kind of an item that a person holds."""

    POST = "post", gettext_noop("Post")
    SEAT = "seat", gettext_noop("Seat")
    REPRESENTATION = "representation", gettext_noop("Fills a seat")
    DEPUTY = "deputy", gettext_noop("Deputy on a seat")
    CHAIR = "chair", gettext_noop("Chair")
    ACTION = "action", gettext_noop("Leads an action")
    SUPPORT = "support", gettext_noop("Supports an action")
    INVITATION = "invitation", gettext_noop("Invited to")
    MEETING = "meeting", gettext_noop("Organises a meeting")
    AGENDA_ITEM = "agenda_item", gettext_noop("Presents an item")
    PAPER = "paper", gettext_noop("Writes a paper")
    COMMISSION = "commission", gettext_noop("Commission")
    PLAN = "plan", gettext_noop("Plan")
    RECOMMENDATION = "recommendation", gettext_noop("Recommendation")
    PRACTICE = "practice", gettext_noop("Practice")
    PROMISE = "promise", gettext_noop("Promise")
    CONTACT = "contact", gettext_noop("Planned contact")
    CIRCULATION_LIST = "circulation_list", gettext_noop("Circulation list")
    WEB_PAGE = "web_page", gettext_noop("Web page")
    INTEREST = "interest", gettext_noop("Declared interest")
    LANGUAGE = "language", gettext_noop("Language preference")


PERSONAL_KINDS = frozenset((HeldKind.INTEREST, HeldKind.LANGUAGE))
"""Items that end with the person, because no one else can take them over."""

PEOPLE_ONLY = frozenset((HeldKind.POST, HeldKind.REPRESENTATION, HeldKind.DEPUTY))
"""Items that only a person can hold."""


class HeirReason(LabelledEnum):
    """Why a person is proposed."""

    DEPUTY = "deputy", gettext_noop("their deputy")
    HOLDER = "holder", gettext_noop("holds the same post")
    ORGANISATION = "organisation", gettext_noop("of the same organisation")
    NONE = "none", gettext_noop("nobody to propose")


class Outcome(LabelledEnum):
    """Outcome for an item."""

    PASSED = "passed", gettext_noop("passed on")
    ENDED = "ended", gettext_noop("ended")
    KEPT = "kept", gettext_noop("left as it is")


@dataclass(frozen=True, slots=True)
class Heir:
    """Who takes something over."""

    key: RowKey
    ref: str
    name: str
    kind: PartyKind


@dataclass(frozen=True, slots=True)
class HeldItem:
    """Something that a person holds on a date or later."""

    id: str
    """Stable key, by which an answer names the item."""
    kind: HeldKind
    ref: str | None
    """Reference of the record."""
    what: str
    """Title or name of the record, and the role in it."""
    heir: str | None
    heir_ref: str | None
    because: HeirReason
    to: str | None = None
    """Who takes it over by the answers."""
    outcome: Outcome | None = None
    """Outcome by the answers; None without an answer."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Everything held by a person who leaves on a date."""

    person: str
    ref: str
    on: DateAsKnown
    items: tuple[HeldItem, ...]
    follows: tuple[str, ...]
    """Open actions and seats that stay with the posts that the person holds."""
    written: bool = False

    @property
    def open_items(self) -> tuple[HeldItem, ...]:
        """Items that have no answer."""
        return tuple(item for item in self.items if item.outcome is None)
