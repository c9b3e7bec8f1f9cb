"""Seats across groups: the matrix of organisations by groups, the fora by area, and our memberships."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.model import GroupState, MemberKind, SeatRole, SeatRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.collation import build_sort_key

CO_ORDINATOR = "ahtc"
"""Reference or short name of the Co-ordinator's post, which is that of this office where it is in the register."""


class SeatingState(StrEnum):
    """Representation of an organisation on a group, by its best seat."""

    SITS = "sits"
    UNNAMED = "unnamed"
    """It has a seat without a known occupant."""
    MISSING = "missing"
    """Its class has a seat, without a known occupant from this organisation."""

    @property
    def symbol(self) -> str:
        """Sign in a narrow cell."""
        return {"sits": "●", "unnamed": "○", "missing": "✕"}[self.value]

    @property
    def label(self) -> str:
        """Readable words."""
        labels = {
            "sits": _("has a seat"),
            "unnamed": _("nobody named"),
            "missing": _("missing, because the sector has a seat and this organisation does not"),
        }
        return labels[self.value]


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """A column of the matrix: a group."""

    ref: str
    name: str
    short: str | None
    code: str
    """Unique code of at most four characters."""


@dataclass(frozen=True, slots=True)
class SeatingCell:
    """Representation of an organisation on a group, with roles, persons and seats."""

    how: SeatingState
    roles: tuple[SeatRole, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatingRow:
    """An organisation or class of organisations, with a cell for each group; None without a seat."""

    name: str
    ref: str | None
    kind: str
    """organisation, class, or person for persons without a known organisation."""
    cells: tuple[SeatingCell | None, ...]


@dataclass(frozen=True, slots=True)
class SeatMatrix:
    """Matrix of organisations by groups."""

    groups: tuple[GroupColumn, ...]
    rows: tuple[SeatingRow, ...]

    def find_missing(self) -> Iterable[tuple[GroupColumn, SeatingRow, SeatingCell]]:
        """Return the cells without a known occupant, by group."""
        for number, group in enumerate(self.groups):
            for row in self.rows:
                cell = row.cells[number]
                if cell is not None and cell.how is not SeatingState.SITS:
                    yield group, row, cell


@dataclass(frozen=True, slots=True)
class ClassMembers:
    """Organisations of a class on one group."""

    group_ref: str
    org_class: str
    members: tuple[tuple[str, str], ...]
    """Name and reference; empty if the members are not known."""


def build_seat_matrix(
    seats: Sequence[SeatRow], organisations: dict[str, tuple[str, str | None]], classes: Sequence[ClassMembers]
) -> SeatMatrix:
    """Return the matrix of these seats. `homes` gives the row of each member: its organisation's name and reference.

    A class with known members becomes one row for each member without another seat on the group.
    """
    columns = build_columns(seats)
    cells_by_row: dict[tuple[str, str | None, str], dict[str, SeatingCell]] = {}
    class_members = {
        (members_of_class.group_ref, members_of_class.org_class): members_of_class.members
        for members_of_class in classes
    }
    for seat in seats:
        if seat.member_kind is not MemberKind.CLASS or not class_members.get((seat.group_ref, seat.member)):
            _add_seat(cells_by_row.setdefault(_find_row(seat, organisations), {}), seat)
    for seat in seats:
        if seat.member_kind is not MemberKind.CLASS:
            continue
        for name, ref in class_members.get((seat.group_ref, seat.member), ()):
            cells = cells_by_row.setdefault((name, ref, "organisation"), {})
            if seat.group_ref not in cells:
                cells[seat.group_ref] = SeatingCell(SeatingState.MISSING, (seat.role,), (), (seat.ref,))
    order = sorted(
        cells_by_row, key=lambda row: (row[2] == "class", row[2] == "person", build_sort_key(row[0], str.casefold))
    )
    rows = (
        SeatingRow(name, ref, kind, tuple(cells_by_row[name, ref, kind].get(column.ref) for column in columns))
        for name, ref, kind in order
    )
    return SeatMatrix(columns, tuple(rows))


def _find_row(seat: SeatRow, organisations: dict[str, tuple[str, str | None]]) -> tuple[str, str | None, str]:
    if seat.member_kind is MemberKind.CLASS:
        return seat.member, None, "class"
    if seat.member_ref in organisations:
        return (*organisations[seat.member_ref], "organisation")
    return seat.member, seat.member_ref, "organisation" if seat.member_kind is MemberKind.ORGANISATION else "person"


def _add_seat(cells: dict[str, SeatingCell], seat: SeatRow) -> None:
    """Add a seat to the cell of its group; a filled seat takes precedence over a vacant one."""
    before = cells.get(seat.group_ref, SeatingCell(SeatingState.UNNAMED))
    is_filled = not seat.vacant or before.how is SeatingState.SITS
    occupant = seat.holder or (seat.member if not seat.vacant else None)
    cells[seat.group_ref] = SeatingCell(
        SeatingState.SITS if is_filled else SeatingState.UNNAMED,
        (*before.roles, seat.role),
        (*before.people, occupant) if occupant else before.people,
        (*before.seats, seat.ref),
    )


def build_columns(seats: Sequence[SeatRow]) -> tuple[GroupColumn, ...]:
    """Return a column with a unique code for each group with a seat, in the order of the seats."""
    columns: list[GroupColumn] = []
    codes: set[str] = set()
    for ref, name, short in dict.fromkeys((seat.group_ref, seat.group, seat.group_short) for seat in seats):
        words = [word for word in (short or ref).replace("-", " ").split() if word not in ("of", "the", "and")]
        code = short if short and len(short) <= 4 else "".join(word[0] for word in words)[:4]
        code = (code or ref[:4]).upper()
        number = 2
        while code in codes:
            code = f"{code.rstrip('0123456789')[:3]}{number}"
            number += 1
        codes.add(code)
        columns.append(GroupColumn(ref, name, short, code))
    return tuple(columns)


@dataclass(frozen=True, slots=True)
class ForumArea:
    """A forum area with its forum, if any, and the bodies that it covers."""

    area: str
    area_ref: str
    forum: str | None
    """None if the area has no forum."""
    forum_ref: str | None
    state: GroupState | None
    chair: str | None
    seats: int
    unnamed: int
    """Number of seats without a known occupant."""
    next_meeting: DateAsKnown | None
    police: str | None
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForumMap:
    """Fora of Wales by area."""

    areas: tuple[ForumArea, ...]
    outside: tuple[str, ...]
    """Local authorities outside all forum areas."""

    @property
    def areas_without_forum(self) -> tuple[ForumArea, ...]:
        """Areas of Wales that no forum covers."""
        return tuple(area for area in self.areas if area.forum is None)


@dataclass(frozen=True, slots=True)
class Membership:
    """One of our seats, with its basis, attendance and next dates."""

    group: str
    group_ref: str
    group_kind: str
    seat: str
    role: SeatRole
    basis: str | None
    on_behalf_of: str | None
    holder: str | None
    beside: tuple[str, ...]
    """Other members from the Welsh Government, such as the Minister."""
    last_attended: DateAsKnown | None
    last_marking: Marking
    """Marking of the meeting that was attended last."""
    next_meeting: DateAsKnown | None
    papers_due: DateAsKnown | None
    papers_marking: Marking
    """Marking of the meeting whose papers are due."""
    actions: tuple[str, ...]
    """Our open actions for the group."""
    attended: int
    of: int
    """Number of meetings with recorded attendance."""
    to_on: DateAsKnown | None
    source: str | None
