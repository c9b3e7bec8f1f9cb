"""One edit of several marked actions, with a preview of the changes before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from textual import work
from textual.widgets import Input

from ahtc_tui.domain.actions.changes import EditPreview
from ahtc_tui.domain.actions.model import Brag, Priority, Status
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.errors import AhtcError, BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.overwrites import Overwrite
from ahtc_tui.services.actions import service as actions
from ahtc_tui.tui.actions.form import DERIVED_COLUMNS
from ahtc_tui.tui.actions.list import format_some_refs
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.confirm import Confirm
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.select import build_enum_select

MAX_PREVIEWED = 6
"""Number of actions that the preview lists."""


class BulkForm(FormScreen):
    """Fields for several actions; empty fields are not written."""

    fields_of_column = DERIVED_COLUMNS

    def __init__(self, desk: Desk, register: Sequence[Candidate], refs: Sequence[str]) -> None:
        title = _("Edit {n} actions: {refs}").format(n=len(refs), refs=format_some_refs(refs))
        super().__init__(title, desk.seen)
        self._desk, self._register, self._refs = desk, register, refs
        self._kept_fields: dict[str, set[str]] = {}
        """Fields that keep the value of somebody else, by reference."""

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("lead", _("Lead"), OwnerField(self._register, None))
        yield FormRow("due", _("Due"), DateField(partial(read_date_or_words, today=self._desk.today), ""))
        yield FormRow("review_on", _("Review on"), DateField(partial(read_date, today=self._desk.today), ""))
        yield FormRow("status", _("Status"), build_enum_select(Status, None))
        yield FormRow("brag", _("BRAG"), build_enum_select(Brag, None))
        yield FormRow("priority", _("Priority"), build_enum_select(Priority, None))
        yield FormRow("reason", _("Reason"), Input(placeholder=_("if dates change or the rating falls"), compact=True))

    @work(exclusive=True, group="form-leave")
    async def action_save(self) -> None:
        """Preview the changes; write them if confirmed."""
        self.show_error("")
        try:
            values = self._filled_values(self.values())
        except BadInput as error:
            if not self.error_text:
                self.show_error(str(error))
            return
        try:
            draft = build_action_draft(values, self._desk.today)
            edits = await self._desk.run(actions.preview_edit, self._refs, draft)
        except AhtcError as error:
            self.show_error(str(error))
            return
        if await self.app.push_screen_wait(Confirm("\n".join(_format_preview(edits)))):
            super().action_save()

    def _filled_values(self, values: dict[str, Any]) -> dict[str, Any]:
        filled = {name: value for name, value in values.items() if value}
        if not filled.keys() - {"reason"}:
            raise BadInput(_("Enter what to change."))
        return filled

    async def accept(self, values: dict[str, Any]) -> None:
        """Write all edits in one step."""
        draft = build_action_draft(self._filled_values(values), self._desk.today)
        await self._desk.run(actions.edit_actions, self._refs, draft, self._kept_fields)

    def decide_overwrites(self, names: tuple[str, ...], overwrites: Sequence[Overwrite], *, ours: bool) -> None:
        """Keep the value of somebody else in the actions that have one; the others are written."""
        for overwrite in overwrites if not ours else ():
            self._kept_fields.setdefault(overwrite.ref, set()).update(names)


def _format_preview(edits: Sequence[EditPreview]) -> Iterator[str]:
    """Yield the number of actions, the first changes, and the number of unchanged actions."""
    changed = [edit for edit in edits if edit.changes]
    yield _("Change {n} actions?").format(n=len(edits))
    yield from (edit.summary for edit in [*changed, *(edit for edit in edits if not edit.changes)][:MAX_PREVIEWED])
    if len(edits) > MAX_PREVIEWED:
        yield "… " + _("and {n} more").format(n=len(edits) - MAX_PREVIEWED)
    if len(changed) < len(edits):
        yield _("{n} do not change.").format(n=len(edits) - len(changed))
