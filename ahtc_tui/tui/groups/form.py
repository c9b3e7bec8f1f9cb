"""Forms of the Groups mode: group, rename, seat and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.fields import GROUP_FIELDS, PARTIES, PEOPLE, SEAT_FIELDS
from ahtc_tui.domain.groups.model import GroupCard, GroupEnd, GroupRow, Occupant, SeatRow
from ahtc_tui.domain.i18n import _, choose_language, gettext_noop, ngettext
from ahtc_tui.services.groups import seats
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.renames import RenamedParty, rename_party
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate, Candidates, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines


class GroupForm(FormScreen):
    """Form of a new group or of an existing one."""

    fields_of_column: ClassVar = {"holdings": ("chair",), "to_on": ("chair",), "lead_organisation": ("lead",)}

    def __init__(self, desk: Desk, register: Sequence[Candidate], card: GroupCard | None = None) -> None:
        name = choose_language(card.row.name, card.name_cy) if card else ""
        title = _("New group") if card is None else _("Edit {name}").format(name=join_lines(name))
        super().__init__(title, desk.seen)
        self._desk, self._register, self._card = desk, register, card
        self.written: GroupRow | None = None

    def rows(self) -> Iterable[FormRow]:
        return build_rows(GROUP_FIELDS, self._card, self._desk.today, {PARTIES: self._register})

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.groups import build_group_draft

        typed = {name: value or "" for name, value in values.items()}
        if self._card is None:
            draft = build_group_draft({name: value for name, value in typed.items() if value}, self._desk.today)
            self.written = await self._desk.run(groups.add_group, draft)
            return
        draft = build_group_draft(typed, self._desk.today)
        self.written = await self._desk.run(groups.edit_group, self._card.row.ref, draft)


class CloseGroupForm(FormScreen):
    """The last date of a group, what ends with it, and the group that takes over its open actions."""

    writes_all_fields = True
    save_label = gettext_noop("close the group")

    def __init__(self, desk: Desk, end: GroupEnd, register: Sequence[Candidate]) -> None:
        super().__init__(_("Close {name}").format(name=join_lines(end.name)), desk.seen)
        self._desk, self._end, self._register = desk, end, register

    def rows(self) -> Iterable[FormRow]:
        reader = partial(read_date, today=self._desk.today)
        ends = (_("Seats ending"), self._end.seats), (_("Meetings to cancel"), self._end.meetings)
        hint = "\n".join(f"{heading}: {join_lines('; '.join(names))}" for heading, names in ends if names)
        yield FormRow("on", _("Last date"), DateField(reader, str(DateAsKnown(self._end.on)), is_past=True), hint=hint)
        if actions := self._end.actions:
            count = ngettext("{n} open action goes to", "{n} open actions go to", len(actions))
            kept = _("Without a group they stay with their leads.")
            yield FormRow("actions_to", count, OwnerField(self._register), hint=kept)

    async def accept(self, values: dict[str, Any]) -> None:
        """Close the group in one step."""
        from ahtc_tui.services.groups.closing import close_group

        await self._desk.run(close_group, self._end.ref, values.get("on"), values.get("actions_to") or None)


class RenameForm(FormScreen):
    """Form to rename a group from a day."""

    writes_all_fields = True

    def __init__(self, desk: Desk, row: GroupRow) -> None:
        super().__init__(_("Rename {name}").format(name=join_lines(row.name)), desk.seen)
        self._desk, self._row = desk, row
        self.renamed: RenamedParty | None = None

    def rows(self) -> Iterable[FormRow]:
        hint = _("a search finds both names; older papers keep the old one")
        yield FormRow("name", _("New name"), make_text_input(""), hint, required=True)
        kept = _("empty: the Welsh name does not change")
        yield FormRow("name_cy", _("New Welsh name"), make_text_input(""), kept)
        reader = partial(read_date, today=self._desk.today)
        yield FormRow("from_on", _("From"), DateField(reader, "", _("today")))

    async def accept(self, values: dict[str, Any]) -> None:
        first = values["from_on"] or DateAsKnown(self._desk.today)
        names = (values["name"], first, ("group",), values["name_cy"] or None)
        self.renamed = await self._desk.run(rename_party, self._row.ref, *names)


class SeatForm(FormScreen):
    """Form of a new seat of a group or of an existing one."""

    fields_of_column: ClassVar = {"occupancies": ("person", "deputy"), "rule": ("deputy_rule", "deputy")}

    def __init__(self, desk: Desk, register: Sequence[Candidate], group: str, seat: SeatRow | None = None) -> None:
        name = join_lines(seat.member) if seat else ""
        super().__init__(_("New seat") if seat is None else _("Seat of {name}").format(name=name), desk.seen)
        self._desk, self._register, self._group, self._seat = desk, register, group, seat
        self._occupant = self._find_occupant(deputy=False)
        self._deputy = self._find_occupant(deputy=True)

    def _find_occupant(self, *, deputy: bool) -> Occupant | None:
        """Return the present representative or deputy."""
        occupants = self._seat.occupants if self._seat else ()
        present = (person for person in occupants if person.has_begun(self._desk.today))
        return next((person for person in present if person.deputy is deputy), None)

    def rows(self) -> Iterable[FormRow]:
        if self._seat is None:
            member = OwnerField(self._register, None, _("a post, a person, a body"))
            yield FormRow("member", _("Member"), member, required=True)
        registers = {PEOPLE: Candidates((candidate for candidate in self._register if candidate.ref), ("person",))}
        yield from build_rows(SEAT_FIELDS, self._show_present_occupants(), self._desk.today, registers)

    def _show_present_occupants(self) -> SeatRow | None:
        """Return the seat with its present representative and deputy alone, whom the form changes."""
        occupants = tuple(occupant for occupant in (self._occupant, self._deputy) if occupant)
        return replace(self._seat, occupants=occupants) if self._seat else None

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.groups import build_seat_draft

        fields = {name: value for name, value in values.items() if name != "member" and (value or self._seat)}
        if "voting" in fields:
            fields["voting"] = {"yes": True, "no": False}.get(fields["voting"])
        for name in ("person", "deputy"):
            if name in fields:
                fields[name] = fields[name] or ""
        if self._deputy is not None and "deputy" in fields:
            fields["ends_deputies"] = True
        elif self._deputy is not None and "deputy_rule" in fields:
            fields["deputy"] = self._deputy.person_ref
        draft = build_seat_draft(fields, self._desk.today)
        if self._seat is not None:
            await self._desk.run(seats.edit_seat, self._seat.ref, draft)
            return
        if not values["member"]:
            self.show_error(_("Choose a person, post or organisation for the seat."), "member")
            raise BadInput(_("Choose a person, post or organisation for the seat."))
        await self._desk.run(seats.give_seat, self._group, values["member"], draft)


class DayForm(FormScreen):
    """Form for one day: the last day of a seat or of its next term."""

    def __init__(self, desk: Desk, title: str, label: str) -> None:
        super().__init__(title)
        self._desk, self._label = desk, label

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("day", self._label, DateField(partial(read_date, today=self._desk.today), ""), required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        if values["day"] is None:
            raise BadInput(_("Enter a date, like 31 March 2016."))
