"""The fields of groups and seats that people can change, in the order of their forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from ahtc_tui.domain.fields.model import CardRow, Field, Kind, Place, build_column_fields, build_plain_rows, build_row
from ahtc_tui.domain.groups.model import GroupCard, GroupKind, GroupRow, GroupState, Occupant, SeatRole, SeatRow
from ahtc_tui.domain.i18n import _, gettext_noop

PARTIES = "parties"
"""The records that the form offers."""
NOT_LISTED = dict.fromkeys(
    (Place.LIST, Place.SORT), "the list has what a group is found by and its numbers; the card has the rest"
)
NOT_SEARCHED = {Place.SEARCH: "it is no text of the group: a filter or the list finds it"}


def _get_row(card: GroupCard) -> GroupRow:
    return card.row


def _get_card(card: GroupCard) -> GroupCard:
    return card


def list_undated_names(card: GroupCard) -> tuple[str, ...]:
    """Return the other names of a group that have no date."""
    return tuple(name for name in card.aliases if not any(name in dated for dated in card.renames))


GROUP_FIELDS: tuple[Field[GroupCard], ...] = (
    Field(
        "name",
        gettext_noop("name"),
        lambda card: card.row.name,
        required=True,
        not_in={Place.ADD: "it is the argument of the verb"},
        wraps=True,
    ),
    Field(
        "short",
        gettext_noop("short name"),
        lambda card: card.row.short,
        example=gettext_noop("LG, for references such as LG-2014-01"),
        is_usual=True,
    ),
    Field(
        "kind",
        gettext_noop("kind"),
        lambda card: card.row.kind,
        Kind.CHOICE,
        choices=GroupKind,
        required=True,
        default=GroupKind.FORUM.value,
        not_in=NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "state",
        gettext_noop("status"),
        lambda card: card.row.state,
        Kind.CHOICE,
        choices=GroupState,
        required=True,
        default=GroupState.ACTIVE.value,
        not_in=NOT_SEARCHED,
    ),
    Field(
        "area",
        gettext_noop("area"),
        lambda card: card.row.area,
        example=gettext_noop("Gwent, Wales, United Kingdom"),
        not_in=NOT_LISTED,
        is_usual=True,
    ),
    Field(
        "chair",
        gettext_noop("chair"),
        lambda card: card.row.chair,
        Kind.RECORD,
        register=PARTIES,
        initial=lambda card: card.chair_ref,
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "frequency",
        gettext_noop("frequency"),
        lambda card: card.frequency,
        example=gettext_noop("every two months"),
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "quorum",
        gettext_noop("quorum"),
        lambda card: card.quorum,
        Kind.NUMBER,
        example="8",
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field("purpose", gettext_noop("purpose"), lambda card: card.purpose, Kind.PROSE, not_in=NOT_LISTED),
    Field(
        "aliases",
        gettext_noop("also called"),
        lambda card: "; ".join(list_undated_names(card)),
        hint=gettext_noop("names separated by semicolons"),
        not_in=NOT_LISTED,
    ),
    Field(
        "name_cy",
        gettext_noop("Welsh name"),
        lambda card: card.name_cy,
        not_in=dict.fromkeys((Place.LIST, Place.SORT), "the list shows the name in the language of the screen"),
        wraps=True,
    ),
    Field(
        "parent",
        gettext_noop("part of"),
        lambda card: card.parent,
        Kind.RECORD,
        register=PARTIES,
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "predecessor",
        gettext_noop("predecessor"),
        lambda card: card.predecessor,
        Kind.RECORD,
        register=PARTIES,
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "owner",
        gettext_noop("owner"),
        lambda card: card.owner,
        Kind.RECORD,
        register=PARTIES,
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "lead",
        gettext_noop("lead"),
        lambda card: card.lead_organisation,
        Kind.RECORD,
        register=PARTIES,
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "ref_pattern",
        gettext_noop("reference pattern"),
        lambda card: card.ref_pattern,
        example="LG-{year}-{n:02}",
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "time_limited",
        gettext_noop("time limited"),
        lambda card: card.time_limited,
        Kind.YES_NO,
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "restricted",
        gettext_noop("restricted"),
        lambda card: card.restricted,
        Kind.YES_NO,
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    *build_column_fields(GroupRow, _get_row),
    *build_column_fields(GroupCard, _get_card),
    Field(
        "source", gettext_noop("source of the entry"), lambda card: card.row.source, not_in=NOT_LISTED | NOT_SEARCHED
    ),
    Field("note", gettext_noop("note"), lambda card: card.note, Kind.PROSE, not_in=NOT_LISTED),
)


def format_overlap(row: SeatRow) -> str:
    """Return with which other terms a term of a seat overlaps; empty for none."""
    return _("overlaps with {terms}").format(terms=", ".join(row.overlaps)) if row.overlaps else ""


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
        is_usual=True,
    ),
    Field("from_on", gettext_noop("start date"), lambda row: row.from_on, Kind.DATE, flag="--from", is_usual=True),
    Field("to_on", gettext_noop("end date"), lambda row: row.to_on, Kind.DATE, flag="--to", is_usual=True),
    Field("voting", gettext_noop("voting"), lambda row: row.voting, Kind.YES_NO),
    Field("on_behalf_of", gettext_noop("on behalf of"), lambda row: row.on_behalf_of),
    Field("basis", gettext_noop("basis"), lambda row: row.basis, prompt=gettext_noop("why it has the seat")),
    Field(
        "person",
        gettext_noop("attends"),
        _build_reader("person", is_deputy=False),
        Kind.RECORD,
        register=PEOPLE,
        initial=_build_reader("person_ref", is_deputy=False),
        hint=gettext_noop("a person, if an organisation has the seat"),
        is_usual=True,
    ),
    Field(
        "deputy",
        gettext_noop("deputy"),
        _build_reader("person", is_deputy=True),
        Kind.RECORD,
        register=PEOPLE,
        initial=_build_reader("person_ref", is_deputy=True),
        is_usual=True,
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
        prompt=DEPUTY_HINT,
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


def build_state_rows(card: GroupCard) -> Iterator[CardRow]:
    """Yield what a group is; the screen has it in one line."""
    row = card.row
    yield build_row(_("Kind"), row.kind)
    yield build_row(_("Status"), row.state)
    yield build_row(_("Area"), row.area)
    yield build_row(_("Time-limited"), _("for a limited time") if card.time_limited else None)
    yield build_row(_("Restricted"), _("restricted") if card.restricted else None)


def build_fact_rows(card: GroupCard) -> Iterator[CardRow]:
    """Yield the facts of a group; rows without a value as well."""
    row = card.row
    yield build_row(_("Purpose"), card.purpose)
    yield build_row(_("Welsh name"), card.name_cy if card.name_cy != row.name else None)
    yield build_row(_("Also called"), *list_undated_names(card), *card.renames)
    yield build_row(_("Chair"), row.chair)
    yield build_row(_("Owner"), card.owner)
    yield build_row(_("Lead"), card.lead_organisation)
    yield build_row(_("Part of"), card.parent)
    yield build_row(_("Sub-groups"), *card.subgroups)
    yield build_row(_("Covers"), ", ".join((*card.forces, *card.authorities)))
    yield build_row(_("Meets"), card.frequency)
    yield build_row(_("Quorum"), card.quorum)
    yield build_row(_("Follows"), card.predecessor)
    yield build_row(_("Followed by"), *card.successors)
    yield build_row(_("Next meeting"), row.next_meeting or _("none planned"))
    yield build_row(_("Last meeting"), card.last_meeting)
    yield build_row(_("Reference pattern"), card.ref_pattern)
    yield from build_plain_rows(GROUP_FIELDS, card)
    yield build_row(_("Note"), card.note)
