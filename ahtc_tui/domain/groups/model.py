"""Row classes of groups (boards, fora), seats, chairs and terms of reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.seat_status import Occupant, SeatState
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


class GroupKind(StrEnum):
    """Kind of group."""

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
        """Readable words."""
        return _(
            {"uk-board": "UK board", "uk-group": "UK group"}.get(self.value, self.value.replace("-", " ").capitalize())
        )


class GroupState(StrEnum):
    """State of a group. `active` is a group without a recorded start."""

    PROPOSED = "proposed"
    DEVELOPING = "developing"
    ESTABLISHED = "established"
    ACTIVE = "active"
    DORMANT = "dormant"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """Readable word."""
        return _(self.value.capitalize())


class SeatRole(StrEnum):
    """Role of a seat."""

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
        """Readable words."""
        words = "Co-opted" if self is SeatRole.CO_OPTED else self.value.replace("-", " ").capitalize()
        return _(words.replace("wales", "Wales"))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in lists."""

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
    member_kind: str
    """post, person, organisation or class."""
    holder: str | None
    role: SeatRole
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    source: str | None
    vacant: bool = False
    """Whether there is no known occupant. Collective posts fill their own seats."""
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


@dataclass(frozen=True, slots=True)
class TermsRow:
    """A version of the terms of reference of a group."""

    version: str
    text: str | None
    agreed_on: DateAsKnown | None
    review_on: DateAsKnown | None


@dataclass(frozen=True, slots=True)
class ChairRow:
    """A current or former chair of a group."""

    name: str
    holder: str | None
    """Current holder, if the chair is a post."""
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


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
class LastMinutes:
    """Last meeting of a group with its minutes."""

    ref: str
    title: str
    day: DateAsKnown | None
    lines: tuple[tuple[str, str, str | None], ...]
    """Kind, text and action reference of each line."""
