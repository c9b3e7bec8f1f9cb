"""The mode Actions: the list with its live filter and sort, the card, and what is done with one or with several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual import on, work

from ahtc_tui.domain.i18n import _
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.tui.actions.card import history_of, sections, why
from ahtc_tui.tui.actions.filtering import FilteringScreen
from ahtc_tui.tui.actions.list import Placed
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.actions import ACTIONS
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.detail_pane import Section
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow

REMEMBERED = 1000
"""References of rows that are not marked."""


class ActionsScreen(FilteringScreen):
    """Everything promised, by whom, by when."""

    noun = "actions"
    markable = True
    BINDINGS = bindings(*ACTIONS)

    def __init__(self) -> None:
        super().__init__()
        self._refs: dict[int, str] = {}
        """References of the rows seen of late and of those that are marked, by the number that marks them."""

    async def sections(self, row: Placed) -> Iterable[Section]:
        """The card of an action."""
        return tuple(sections(await self.desk.ask(actions.show_action, row[1].ref), self.desk.today))

    def ref_of(self, row: Placed) -> str:
        """Its reference."""
        return row[1].ref

    @property
    def _current(self) -> ActionRow | None:
        placed: Placed | None = self.list_pane.highlighted
        return placed[1] if placed else None

    @on(RecordList.Highlighted)
    def _remember(self, event: RecordList.Highlighted) -> None:
        if event.row is not None:
            if len(self._refs) > REMEMBERED:
                marked = self.list_pane.marked
                self._refs = {number: ref for number, ref in self._refs.items() if number in marked}
            self._refs[event.row[0][1]] = event.row[1].ref

    @on(RecordList.Marked)
    def _marks_changed(self, _event: RecordList.Marked) -> None:
        self.filter_bar.set_status(self.list_pane.total, order=self.order_words())

    @work(group="write")
    async def action_new(self) -> None:
        """A new action."""
        from ahtc_tui.tui.actions.form import ActionForm

        form = ActionForm(self.desk, await self._register())
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._added = form.written.ref
            self.app.wrote(_("{ref} added").format(ref=form.written.ref))

    @work(group="write")
    async def action_edit(self) -> None:
        """One action; or all that are marked, with what becomes of them asked about before it is written."""
        from ahtc_tui.tui.actions.bulk_edit import BulkForm
        from ahtc_tui.tui.actions.form import ActionForm

        row = self._current
        marked = self.list_pane.marked
        refs = [ref for number, ref in sorted(self._refs.items()) if number in marked]
        if len(refs) > 1:
            form = BulkForm(self.desk, await self._register(), refs)
            await self.app.fill_in(form, _("{n} actions edited").format(n=len(refs)))
        elif row is not None:
            with told(self.app):
                card = await self.desk.ask(actions.show_action, row.ref)
                one = ActionForm(self.desk, await self._register(), card)
                await self.app.fill_in(one, _("{ref} edited").format(ref=row.ref))

    @work(group="write")
    async def action_update(self) -> None:
        """A dated line of progress."""
        from ahtc_tui.tui.actions.form import UpdateForm

        if (row := self._current) is not None:
            await self.app.fill_in(UpdateForm(self.desk, row), _("{ref} updated").format(ref=row.ref))

    @work(group="write")
    async def action_done(self) -> None:
        """Close it, today."""
        if (row := self._current) is not None:
            with told(self.app):
                await self.desk.ask(actions.close_action, row.ref)
                self.app.wrote(_("{ref} closed as done").format(ref=row.ref))

    @work(group="write")
    async def action_propose(self) -> None:
        """Its owner says that it is complete, and what shows it."""
        from ahtc_tui.tui.actions.completion_forms import ProposeForm

        if (row := self._current) is not None:
            await self.app.fill_in(ProposeForm(self.desk, row), _("{ref} proposed as complete").format(ref=row.ref))

    @work(group="write")
    async def action_close(self) -> None:
        """The group closes it: what shows it, at which meeting, on which day."""
        from ahtc_tui.tui.actions.completion_forms import CloseForm

        if (row := self._current) is not None:
            await self.app.fill_in(CloseForm(self.desk, row), _("{ref} closed as done").format(ref=row.ref))

    @work(group="write")
    async def action_reopen(self) -> None:
        """Open it again."""
        if (row := self._current) is not None:
            with told(self.app):
                await self.desk.ask(actions.reopen_action, row.ref)
                self.app.wrote(_("{ref} open again").format(ref=row.ref))

    async def _register(self) -> Any:
        from ahtc_tui.tui.base.party_options import candidates

        return await candidates(self.app)

    @work(group="card", exclusive=True)
    async def action_history(self) -> None:
        """Who changed what, in the card's place."""
        if (row := self._current) is None:
            return
        with told(self.app):
            lines = await self.desk.ask(history.list_changes, row.ref)
            self.add_class("-reading")
            self.card_pane.show(history_of(row.ref, lines))
            self.card_pane.focus()

    @work(group="card", exclusive=True)
    async def action_why(self) -> None:
        """What makes it urgent, in the card's place: a card that is still being read comes no more."""
        if (row := self._current) is not None:
            self.add_class("-reading")
            self.card_pane.show(why(row, self.desk.today))
            self.card_pane.focus()

    @work(group="export")
    async def action_export(self) -> None:
        """The list that stands here, as an Excel action log in the exports folder."""
        from ahtc_tui.services.exports import action_log

        with told(self.app):
            asked = self.asked(self.filter_bar.text)
            path = await self.desk.work(action_log.export_to_folder, asked, self._sort, self.filter_bar.text)
            say(self.app, _("Written: {path}").format(path=self.desk.within(path)), undo=False)

    @work(group="export")
    async def action_returns(self) -> None:
        """A workbook and a note for each lead: of the marked rows, else of the list that stands here."""
        from ahtc_tui.services.exports import report_menu

        with told(self.app):
            marked = self.list_pane.marked
            refs = tuple(ref for number, ref in self._refs.items() if number in marked)
            asked = None if refs else self.asked(self.filter_bar.text)
            made = await self.desk.ask(report_menu.returns_out, asked, refs)
            say(self.app, "\n".join((made.said, *made.left)), undo=made.undo)
            self.app.changed.publish(None)
