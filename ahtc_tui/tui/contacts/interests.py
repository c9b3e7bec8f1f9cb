"""The register of interests on the screen: the interests of a contact, and their form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from ahtc_tui.domain.contacts.interests import InterestRow, format_interest
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import interests
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import join_lines

NEW = "new"


class InterestForm(FormScreen):
    """Form of an interest that a contact has declared. Only changed fields of an existing one are written."""

    def __init__(self, desk: Desk, bodies: Sequence[Candidate], contact: str, row: InterestRow | None = None) -> None:
        """`contact` is the reference of the contact whose interest a new row is."""
        title = _("New interest") if row is None else _("Edit {name}").format(name=row.ref)
        super().__init__(title, desk.seen)
        self._desk, self._bodies, self._contact, self._row = desk, bodies, contact, row
        self.written: InterestRow | None = None

    def rows(self) -> Iterable[FormRow]:
        row, reader = self._row, partial(read_date, today=self._desk.today)
        dates = (row.declared_on, row.from_on, row.to_on) if row else (None, None, None)
        declared_on, from_on, to_on = (str(day) if day else "" for day in dates)
        hint = _("trustee, employer, contract")
        yield FormRow("text", _("Interest"), make_text_input(row.text if row else "", hint), required=True)
        yield FormRow(
            "organisation", _("Organisation"), OwnerField(self._bodies, row.organisation_ref if row else None)
        )
        yield FormRow(
            "declared_on", _("Declared on"), DateField(reader, declared_on, _("today") if row is None else "")
        )
        yield FormRow("from_on", _("From"), DateField(reader, from_on, _("not known")))
        yield FormRow("to_on", _("Until"), DateField(reader, to_on, _("not known")))
        yield FormRow("note", _("Note"), make_text_input(row.note if row else ""))

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.engagement import build_interest_draft

        if self._row is None:
            draft = build_interest_draft({name: value for name, value in values.items() if value}, self._desk.today)
            self.written = await self._desk.run(interests.add_interest, self._contact, draft)
            return
        draft = build_interest_draft({name: value or "" for name, value in values.items()}, self._desk.today)
        if draft.given_fields:
            self.written = await self._desk.run(interests.edit_interest, self._row.ref, draft)


async def open_interests(app: DeskApp, ref: str, name: str) -> None:
    """List the interests of a contact, also those that have ended; open the form of the chosen one or of a new one."""
    desk = await app.desk.check_from_now()
    rows = await app.desk.run(interests.list_interests, ref, ended=True)
    row = None
    if rows:
        options = [(NEW, _("a new interest")), *((row.ref, format_interest(row)) for row in rows)]
        pick = Pick(_("Interests of {name}").format(name=join_lines(name)), options, labels={NEW: "+"})
        if (answer := await app.push_screen_wait(pick)) is None:
            return
        row = next((row for row in rows if row.ref == answer), None)
    form = InterestForm(desk, await list_candidates(app, "organisation"), ref, row)
    if await app.push_screen_wait(form) is not None and form.written is not None:
        app.announce_write(f"{form.written.ref}: {form.written.name}, {format_interest(form.written)}")
