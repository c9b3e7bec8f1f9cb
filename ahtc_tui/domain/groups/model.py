"""Groups (boards, fora), their seats, chairs and terms of reference, and the state of a seat on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.model import OrganisationKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, format_term
from ahtc_tui.domain.i18n import BilingualTitle, choose_printed_text, gettext_noop, pgettext, pgettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum

CLASSES = {
    pgettext_noop("class", "police"): OrganisationKind.POLICE,
    pgettext_noop("class", "police forces"): OrganisationKind.POLICE,
    pgettext_noop("class", "health boards"): OrganisationKind.HEALTH_BOARD,
    pgettext_noop("class", "local authorities"): OrganisationKind.LOCAL_AUTHORITY,
    pgettext_noop("class", "relevant Welsh Government departments"): None,
    pgettext_noop("class", "other Whitehall government departments"): None,
}
"""Classes of organisations that have a translation, with the kind by which the register lists their members."""


def find_class(name: str) -> str | None:
    """Return the key in `CLASSES` of a class with this name, in English or as translated; None for another one."""
    folded = name.strip().casefold()
    return next((key for key in CLASSES if folded in (key.casefold(), pgettext("class", key).casefold())), None)


def print_class(name: str) -> str:
    """Return the name of a class for a document in the current language; marked in a Welsh one if it is in English."""
    return translate_class(name) if find_class(name) else choose_printed_text(name, None)


def translate_class(name: str) -> str:
    """Return the name of a class of organisations in the language of the interface; unchanged without a translation."""
    key = find_class(name)
    return pgettext("class", key) if key else name


class GroupKind(LabelledEnum):
    """Kind of a group, such as a board or a regional forum."""

    LEADERSHIP = "leadership", gettext_noop("Leadership")
    UK_BOARD = "uk-board", gettext_noop("UK board")
    UK_GROUP = "uk-group", gettext_noop("UK group")
    FORUM = "forum", gettext_noop("Forum")
    SUB_GROUP = "sub-group", gettext_noop("Sub-group")
    MINISTERIAL = "ministerial", gettext_noop("Ministerial")
    SCRUTINY = "scrutiny", gettext_noop("Scrutiny")
    CROSS_PARTY = "cross-party", gettext_noop("Cross party")
    NETWORK = "network", gettext_noop("Network")
    CASE_CONFERENCE = "case-conference", gettext_noop("Case conference")
    INITIATIVE = "initiative", gettext_noop("Initiative")


class GroupState(LabelledEnum, context="group"):
    """State of a group. `active` is a group without a recorded start."""

    PROPOSED = "proposed", pgettext_noop("group", "Proposed")
    DEVELOPING = "developing", pgettext_noop("group", "Developing")
    ESTABLISHED = "established", pgettext_noop("group", "Established")
    ACTIVE = "active", pgettext_noop("group", "Active")
    DORMANT = "dormant", pgettext_noop("group", "Dormant")
    CLOSED = "closed", pgettext_noop("group", "Closed")


class MemberKind(StrEnum):
    """Kind of the member of a seat."""

    PERSON = "person"
    POST = "post"
    ORGANISATION = "organisation"
    CLASS = "class"
    """A class of bodies or people, such as the local authorities."""


class SeatRole(LabelledEnum):
    """Role of the holder of a seat in the group."""

    CHAIR = "chair", gettext_noop("Chair")
    DEPUTY_CHAIR = "deputy-chair", gettext_noop("Deputy chair")
    MEMBER = "member", gettext_noop("Member")
    LEAD = "lead", gettext_noop("Lead")
    CO_OPTED = "co-opted", gettext_noop("Co-opted")
    REPRESENTS_WALES = "represents-wales", gettext_noop("Represents Wales")
    ATTENDS = "attends", gettext_noop("In attendance")
    OBSERVER = "observer", gettext_noop("Observer")
    SECRETARIAT = "secretariat", gettext_noop("Secretariat")

    def format_label(self, count: int) -> str:
        """Label before the names of `count` holders: "Member", "Members"."""
        return pgettext("several", ROLES_OF_SEVERAL[self]) if count > 1 and self in ROLES_OF_SEVERAL else self.label


ROLES_OF_SEVERAL = {
    SeatRole.CHAIR: pgettext_noop("several", "Chairs"),
    SeatRole.DEPUTY_CHAIR: pgettext_noop("several", "Deputy chairs"),
    SeatRole.MEMBER: pgettext_noop("several", "Members"),
    SeatRole.LEAD: pgettext_noop("several", "Leads"),
    SeatRole.REPRESENTS_WALES: pgettext_noop("several", "Represent Wales"),
    SeatRole.OBSERVER: pgettext_noop("several", "Observers"),
}
"""Roles whose label is another one before several names."""


class SeatState(LabelledEnum):
    """State of a seat on a day."""

    FUTURE = "future", gettext_noop("future")
    FILLED = "filled", gettext_noop("filled")
    VACANT = "vacant", gettext_noop("vacant")
    NEVER_FILLED = "never_filled", gettext_noop("nobody named")
    EXPIRED = "expired", gettext_noop("expired")


@dataclass(frozen=True, slots=True)
class Occupant:
    """An occupant or deputy of a seat."""

    person: str
    person_ref: str
    deputy: bool
    rule: str | None
    """When the deputy attends: "when the holder is on leave"."""
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None

    def has_begun(self, day: date) -> bool:
        """Whether the term began by a day."""
        return Period(self.from_on).includes(day)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in lists, with its chair, seats, open actions and next meeting."""

    key: RowKey
    ref: str
    name: str
    short: str | None
    kind: GroupKind
    state: GroupState
    area: str | None
    chair: str | None
    seats: int
    open_actions: int
    next_meeting: DateAsKnown | None
    source: str | None


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat of a post, person, organisation or class of organisations on a group."""

    ref: str
    group: str
    group_ref: str
    member: str
    member_ref: str | None
    member_kind: MemberKind
    holder: str | None
    role: SeatRole
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    source: str | None
    vacant: bool = False
    """Whether no occupant is known. Collective posts fill their own seats."""
    state: SeatState = SeatState.FILLED
    vacant_since: date | None = None
    voting: bool | None = None
    """None if not recorded."""
    on_behalf_of: str | None = None
    basis: str | None = None
    """Basis of the membership: an invitation, the terms of reference."""
    term: int | None = None
    organisation: str | None = None
    """Organisation of the member."""
    note: str | None = None
    occupants: tuple[Occupant, ...] = ()
    """Current and future occupants and deputies."""
    group_short: str | None = None
    overlaps: tuple[str, ...] = ()
    """References of the terms of the same seat whose dates overlap; on such a day the term that began last counts."""

    @property
    def printed_member(self) -> str:
        """Member for a document; a class of organisations without a Welsh name is marked in a Welsh one."""
        if self.member_kind is not MemberKind.CLASS:
            return self.member
        return print_class(self.member)


@dataclass(frozen=True, slots=True)
class TermsRow:
    """A version of the terms of reference of a group."""

    version: str
    text: str | None
    agreed_on: DateAsKnown | None
    review_on: DateAsKnown | None
    from_on: DateAsKnown | None
    """Day on which it comes into force, by default the day of its agreement."""
    in_force: bool = False

    @property
    def period(self) -> Period:
        """Period without a last day: a version is in force until the next one begins."""
        return Period(self.from_on or self.agreed_on)


def find_current_terms(versions: Sequence[TermsRow]) -> TermsRow | None:
    """Return the version that is in force, else the newest one; None where there is none."""
    return next((terms for terms in versions if terms.in_force), versions[0] if versions else None)


@dataclass(frozen=True, slots=True)
class ChairRow:
    """A current or former chair of a group."""

    name: str
    holder: str | None
    """Current holder, if the chair is a post."""
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    replaced: bool = False
    """Whether another chair followed and no last day is recorded."""

    @property
    def term(self) -> str:
        """The term in words."""
        return format_term(self.from_on, self.to_on, replaced=self.replaced)


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group with all related records, for the detail pane."""

    row: GroupRow
    name_cy: str | None
    aliases: tuple[str, ...]
    purpose: str | None
    owner: str | None
    lead_organisation: str | None
    parent: str | None
    subgroups: tuple[str, ...]
    restricted: bool
    time_limited: bool
    note: str | None
    seats: tuple[SeatRow, ...]
    actions: tuple[str, ...]
    meetings: tuple[str, ...]
    renames: tuple[str, ...] = ()
    """Names that are valid from or until a date, with the date."""
    source_notes: tuple[tuple[str, str], ...] = ()
    """Source of single fields where it differs from the source of the record."""
    predecessor: str | None = None
    successors: tuple[str, ...] = ()
    frequency: str | None = None
    quorum: int | None = None
    ref_pattern: str | None = None
    forces: tuple[str, ...] = ()
    """Police forces of its area."""
    authorities: tuple[str, ...] = ()
    """Local authorities of its area."""
    chairs: tuple[ChairRow, ...] = ()
    """Chairs, latest first."""
    terms: tuple[TermsRow, ...] = ()
    """Versions of the terms of reference, newest first."""
    expired: tuple[SeatRow, ...] = ()
    """Seats with an expired term."""
    last_meeting: str | None = None
    """Reference, title and day of the last meeting."""
    chair_ref: str | None = None


@dataclass(frozen=True, slots=True)
class LastMinutes(BilingualTitle):
    """Last meeting of a group with its minutes."""

    ref: str
    title: str
    title_cy: str | None
    day: DateAsKnown | None
    lines: tuple[tuple[str, str, str | None, str | None], ...]
    """Kind, text, action reference and Welsh text of each line."""
    marking: Marking


def find_seat_state(
    first: DateAsKnown | None, last: DateAsKnown | None, is_filled: bool, was_filled: bool, today: date
) -> SeatState:
    """State of a seat by its term, its current occupant, and whether it was ever filled."""
    term = Period(first, last)
    if term.first > today:
        return SeatState.FUTURE
    if term.last < today:
        return SeatState.EXPIRED
    if is_filled:
        return SeatState.FILLED
    return SeatState.VACANT if was_filled else SeatState.NEVER_FILLED


def find_vacant_since(last_end: str | None) -> date | None:
    """First vacant day: the day after the stored end of the last occupancy."""
    return date.fromisoformat(last_end[:10]) + timedelta(days=1) if last_end and last_end[:4] != "9999" else None


@dataclass(frozen=True, slots=True)
class GroupEnd:
    """What ends with a group: the seats and meetings that it still has, and the open actions that somebody keeps."""

    ref: str
    name: str
    on: date
    seats: tuple[str, ...]
    """Member and role of each seat that has not ended."""
    meetings: tuple[str, ...]
    """Reference, title and day of each coming meeting and series."""
    actions: tuple[str, ...]
    """Reference and title of each open action."""
    actions_to: str | None = None
    """Name of the group that takes the actions over."""
