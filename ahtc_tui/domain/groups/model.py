"""Boards, fora and groups, and who sits on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.seat_status import Occupant, SeatState
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


class GroupKind(StrEnum):
    """What kind of body it is."""

    LEADERSHIP = "leadership"
    UK_BOARD = "uk-board"
    UK_GROUP = "uk-group"
    FORUM = "forum"
    SUB_GROUP = "sub-group"
    MINISTERIAL = "ministerial"
    SCRUTINY = "scrutiny"
    CROSS_PARTY = "cross-party"
    NETWORK = "network"
    CASE_CONFERENCE = "case-conference"
    INITIATIVE = "initiative"

    @property
    def label(self) -> str:
        """The words that people read."""
        return _(
            {"uk-board": "UK board", "uk-group": "UK group"}.get(self.value, self.value.replace("-", " ").capitalize())
        )


class GroupState(StrEnum):
    """Where a body stands. `active` is said of a body whose beginning the office did not record."""

    PROPOSED = "proposed"
    DEVELOPING = "developing"
    ESTABLISHED = "established"
    ACTIVE = "active"
    DORMANT = "dormant"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _(self.value.capitalize())


class SeatRole(StrEnum):
    """What a seat is on its group."""

    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy-chair"
    MEMBER = "member"
    LEAD = "lead"
    CO_OPTED = "co-opted"
    REPRESENTS_WALES = "represents-wales"
    ATTENDS = "attends"
    OBSERVER = "observer"
    SECRETARIAT = "secretariat"

    @property
    def label(self) -> str:
        """The words that people read."""
        words = "Co-opted" if self is SeatRole.CO_OPTED else self.value.replace("-", " ").capitalize()
        return _(words.replace("wales", "Wales"))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as lists show it."""

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
    """A seat: a post, organisation or class of organisations on a group."""

    ref: str
    group: str
    group_ref: str
    member: str
    member_ref: str | None
    member_kind: str
    """post, person, organisation or class."""
    holder: str | None
    role: SeatRole
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    source: str | None
    vacant: bool = False
    """Nobody is known to fill it: no person, and no collective post, which fills itself."""
    state: SeatState = SeatState.FILLED
    vacant_since: date | None = None
    voting: bool | None = None
    """None where nobody has said."""
    on_behalf_of: str | None = None
    basis: str | None = None
    """Why the member sits there: an invitation, the terms of reference."""
    term: int | None = None
    organisation: str | None = None
    """The body that the member is, or belongs to."""
    note: str | None = None
    occupants: tuple[Occupant, ...] = ()
    """Whoever is named for it, and its deputies, today or later."""
    group_short: str | None = None


@dataclass(frozen=True, slots=True)
class TermsRow:
    """One agreed version of a group's terms of reference."""

    version: str
    text: str | None
    agreed_on: DateAsKnown | None
    review_on: DateAsKnown | None


@dataclass(frozen=True, slots=True)
class ChairRow:
    """Who chairs, or chaired, a group."""

    name: str
    holder: str | None
    """Who holds the chair's post now, where it is one."""
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


@dataclass(frozen=True, slots=True)
class GroupCard:
    """Everything about one group."""

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
    """Names that were or will be in use from or until a date, with the date."""
    source_notes: tuple[tuple[str, str], ...] = ()
    """Where single fields come from, if not from the group's own paragraph."""
    predecessor: str | None = None
    successors: tuple[str, ...] = ()
    frequency: str | None = None
    quorum: int | None = None
    ref_pattern: str | None = None
    forces: tuple[str, ...] = ()
    """The police forces of the area that it covers."""
    authorities: tuple[str, ...] = ()
    """The local authorities of the area that it covers."""
    chairs: tuple[ChairRow, ...] = ()
    """Everybody who chaired it, the last one first."""
    terms: tuple[TermsRow, ...] = ()
    """The versions of its terms of reference, the newest first."""
    expired: tuple[SeatRow, ...] = ()
    """Seats whose last term is over."""
    last_meeting: str | None = None
    """The reference and title of the last meeting, with its day."""
    chair_ref: str | None = None


@dataclass(frozen=True, slots=True)
class LastMinutes:
    """The last meeting of a group, and what its minutes say."""

    ref: str
    title: str
    day: DateAsKnown | None
    lines: tuple[tuple[str, str, str | None], ...]
    """Kind, text, and the reference of an action."""
