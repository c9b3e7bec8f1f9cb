"""The fields of a seat that people can change, with its occupant and deputy, in the order of the form."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from ahtc_tui.domain.fields.model import Field, Kind, Place
from ahtc_tui.domain.groups.model import Occupant, SeatRole, SeatRow
from ahtc_tui.domain.i18n import gettext_noop

PEOPLE = "people"
"""The records that the form offers."""
NOT_IN_FORM = {Place.FORM: "the form has what changes often: the command line sets it"}
DEPUTY_HINT = gettext_noop("when the holder is on leave")


def find_occupant(row: SeatRow, *, is_deputy: bool) -> Occupant | None:
    """Return the first representative or deputy."""
    return next((occupant for occupant in row.occupants if occupant.deputy is is_deputy), None)


def _build_reader(name: str, *, is_deputy: bool) -> Callable[[SeatRow], object]:
    """Return a function that reads an attribute of the first representative or deputy; None without one."""
    read = attrgetter(name)

    def read_occupant(row: SeatRow) -> object:
        occupant = find_occupant(row, is_deputy=is_deputy)
        return read(occupant) if occupant else None

    return read_occupant


SEAT_FIELDS: tuple[Field[SeatRow], ...] = (
    Field(
        "role",
        gettext_noop("role"),
        lambda row: row.role,
        Kind.CHOICE,
        choices=SeatRole,
        required=True,
        default=SeatRole.MEMBER.value,
    ),
    Field("from_on", gettext_noop("start date"), lambda row: row.from_on, Kind.DATE, flag="--from"),
    Field("to_on", gettext_noop("end date"), lambda row: row.to_on, Kind.DATE, flag="--to"),
    Field("voting", gettext_noop("voting"), lambda row: row.voting, Kind.YES_NO),
    Field("on_behalf_of", gettext_noop("on behalf of"), lambda row: row.on_behalf_of),
    Field("basis", gettext_noop("basis"), lambda row: row.basis, example=gettext_noop("why it has the seat")),
    Field(
        "person",
        gettext_noop("attends"),
        _build_reader("person", is_deputy=False),
        Kind.RECORD,
        register=PEOPLE,
        initial=_build_reader("person_ref", is_deputy=False),
        hint=gettext_noop("a person, if an organisation has the seat"),
    ),
    Field(
        "deputy",
        gettext_noop("deputy"),
        _build_reader("person", is_deputy=True),
        Kind.RECORD,
        register=PEOPLE,
        initial=_build_reader("person_ref", is_deputy=True),
    ),
    Field(
        "deputy_from",
        gettext_noop("deputy from"),
        _build_reader("from_on", is_deputy=True),
        Kind.DATE,
        not_in=NOT_IN_FORM,
    ),
    Field(
        "deputy_to",
        gettext_noop("deputy until"),
        _build_reader("to_on", is_deputy=True),
        Kind.DATE,
        not_in=NOT_IN_FORM,
    ),
    Field(
        "deputy_rule",
        gettext_noop("deputy when"),
        _build_reader("rule", is_deputy=True),
        example=DEPUTY_HINT,
    ),
    Field(
        "ends_deputies",
        gettext_noop("ends deputies"),
        lambda _row: None,
        Kind.YES_NO,
        not_in={
            Place.FORM: "the form ends the former deputy when another one is chosen",
            Place.ADD: "a new seat has no deputies to end",
        },
    ),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE),
)
