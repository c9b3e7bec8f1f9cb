"""Forms to propose an action as complete and to close it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import service as actions
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk


class ProposeForm(FormScreen):
    """The proposal of the owner, with evidence."""

    def __init__(self, desk: Desk, row: ActionRow) -> None:
        super().__init__(_("Propose {ref} as complete").format(ref=row.ref))
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("evidence", _("Evidence"), TextArea(), _("what shows that it is done; the group closes it"))

    async def accept(self, values: dict[str, Any]) -> None:
        await self._desk.run(actions.propose_action, self._row.ref, values["evidence"] or "")


class CloseForm(FormScreen):
    """The closure by the group: evidence, meeting and date."""

    def __init__(self, desk: Desk, row: ActionRow) -> None:
        super().__init__(_("Close {ref} as done").format(ref=row.ref))
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("evidence", _("Evidence"), TextArea(self._row.evidence or ""))
        yield FormRow("meeting", _("Meeting"), Input(compact=True), _("the reference of where the group agreed"))
        reader = partial(read_date, today=self._desk.today)
        yield FormRow("on", _("On"), DateField(reader, ""), _("the day of the meeting, else today"))

    async def accept(self, values: dict[str, Any]) -> None:
        evidence, meeting = values["evidence"] or "", values["meeting"] or ""
        await self._desk.run(actions.close_action, self._row.ref, values["on"], evidence, meeting)
