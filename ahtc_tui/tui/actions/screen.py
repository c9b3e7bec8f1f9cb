"""The mode Actions: the list of actions, their cards and the commands on one or several of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual import on, work

from ahtc_tui.domain.i18n import _
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.tui.actions.card import build_history, build_sections, build_urgency_sections
from ahtc_tui.tui.actions.filtering import FilteringScreen
from ahtc_tui.tui.actions.list import Placed
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.actions import ACTIONS
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Section
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow

MAX_REFS = 1000
"""Limit of remembered references of unmarked rows."""


class ActionsScreen(FilteringScreen):
    """The list of actions with its commands."""

    noun = "actions"
    markable = True
    BINDINGS = build_bindings(*ACTIONS)

    def __init__(self) -> None:
        super().__init__()
        self._refs: dict[int, str] = {}
        """References of marked and recently highlighted rows, by the identity of the row."""

    async def load_sections(self, row: Placed) -> Iterable[Section]:
        return tuple(build_sections(await self.desk.run(actions.show_action, row[1].ref), self.desk.today))

    def ref_of(self, row: Placed) -> str:
        return row[1].ref

    @property
    def _current_row(self) -> ActionRow | None:
        placed: Placed | None = self.list_pane.highlighted
        return placed[1] if placed else None

    @on(RecordList.Highlighted)
    def _remember_ref(self, event: RecordList.Highlighted) -> None:
        if event.row is not None:
            if len(self._refs) > MAX_REFS:
                marked = self.list_pane.marked
                self._refs = {number: ref for number, ref in self._refs.items() if number in marked}
            self._refs[event.row[0][1]] = event.row[1].ref

    @on(RecordList.Marked)
    def _show_marks(self, _event: RecordList.Marked) -> None:
        self.filter_bar.set_status(self.list_pane.total, order=self.order_text())

    @work(group="write")
    async def action_new(self) -> None:
        """Add an action."""
        from ahtc_tui.tui.actions.form import ActionForm

        form = ActionForm(self.desk, await self._list_candidates())
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._added_ref = form.written.ref
            self.app.announce_write(_("{ref} added").format(ref=form.written.ref))

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the selected action, or all marked ones with a preview."""
        from ahtc_tui.tui.actions.bulk_edit import BulkForm
        from ahtc_tui.tui.actions.form import ActionForm

        row = self._current_row
        marked = self.list_pane.marked
        refs = [ref for number, ref in sorted(self._refs.items()) if number in marked]
        if len(refs) > 1:
            form = BulkForm(self.desk, await self._list_candidates(), refs)
            await self.app.open_form(form, _("{n} actions edited").format(n=len(refs)))
        elif row is not None:
            with errors_as_toasts(self.app):
                card = await self.desk.run(actions.show_action, row.ref)
                action_form = ActionForm(self.desk, await self._list_candidates(), card)
                await self.app.open_form(action_form, _("{ref} edited").format(ref=row.ref))

    @work(group="write")
    async def action_update(self) -> None:
        """Add an update."""
        from ahtc_tui.tui.actions.form import UpdateForm

        if (row := self._current_row) is not None:
            await self.app.open_form(UpdateForm(self.desk, row), _("{ref} updated").format(ref=row.ref))

    @work(group="write")
    async def action_done(self) -> None:
        """Close the action as done, today."""
        if (row := self._current_row) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(actions.close_action, row.ref)
                self.app.announce_write(_("{ref} closed as done").format(ref=row.ref))

    @work(group="write")
    async def action_propose(self) -> None:
        """Propose the action as complete, with evidence."""
        from ahtc_tui.tui.actions.completion_forms import ProposeForm

        if (row := self._current_row) is not None:
            await self.app.open_form(ProposeForm(self.desk, row), _("{ref} proposed as complete").format(ref=row.ref))

    @work(group="write")
    async def action_close(self) -> None:
        """Close the action with evidence, meeting and date."""
        from ahtc_tui.tui.actions.completion_forms import CloseForm

        if (row := self._current_row) is not None:
            await self.app.open_form(CloseForm(self.desk, row), _("{ref} closed as done").format(ref=row.ref))

    @work(group="write")
    async def action_reopen(self) -> None:
        """Reopen a closed action."""
        if (row := self._current_row) is not None:
            with errors_as_toasts(self.app):
                await self.desk.run(actions.reopen_action, row.ref)
                self.app.announce_write(_("{ref} open again").format(ref=row.ref))

    async def _list_candidates(self) -> Any:
        from ahtc_tui.tui.base.party_options import list_candidates

        return await list_candidates(self.app)

    @work(group="card", exclusive=True)
    async def action_history(self) -> None:
        """Show the history of the action instead of its card."""
        if (row := self._current_row) is None:
            return
        with errors_as_toasts(self.app):
            changes = await self.desk.run(history.list_changes, row.ref)
            self.add_class("-reading")
            self.card_pane.show(build_history(row.ref, changes))
            self.card_pane.focus()

    @work(group="card", exclusive=True)
    async def action_why(self) -> None:
        """Show the terms of the urgency instead of the card. A card still loading is cancelled."""
        if (row := self._current_row) is not None:
            self.add_class("-reading")
            self.card_pane.show(build_urgency_sections(row, self.desk.today))
            self.card_pane.focus()

    @work(group="export")
    async def action_export(self) -> None:
        """Write the filtered list as an Excel action log to the exports folder."""
        from ahtc_tui.services.exports import action_log

        with errors_as_toasts(self.app):
            action_filter = self.build_filter(self.filter_bar.text)
            path = await self.desk.run_long(
                action_log.export_log_to_folder, action_filter, self._sort, self.filter_bar.text
            )
            show_toast(self.app, _("Written: {path}").format(path=self.desk.shorten_path(path)), undo=False)

    @work(group="export")
    async def action_returns(self) -> None:
        """Write a return and a covering note for each lead of the marked rows, else of the filtered list."""
        from ahtc_tui.services.exports import report_menu

        with errors_as_toasts(self.app):
            marked = self.list_pane.marked
            refs = tuple(ref for number, ref in self._refs.items() if number in marked)
            action_filter = None if refs else self.build_filter(self.filter_bar.text)
            result = await self.desk.run(report_menu.make_returns, action_filter, refs)
            show_toast(self.app, "\n".join((result.text, *result.tasks)), undo=result.undo)
            self.app.changed.publish(None)
