"""Which actions the mode shows, in which order and columns: filter, sort, saved views. It changes no action."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which, read_filter
from ahtc_tui.domain.actions.saved_views import View
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import saved_views
from ahtc_tui.tui.actions.list import ActionSource, Placed, columns
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from ahtc_tui.tui.widgets.record_line import Column
    from ahtc_tui.tui.widgets.record_pages import Key, PageSource

ORDERS = (Sort.DUE, Sort.URGENCY, Sort.REF)
PLAIN = View("")
"""No view: open actions by due date."""


class FilteringScreen(RecordScreen[Placed]):
    """The list of actions as a person wants to see it."""

    def __init__(self) -> None:
        super().__init__()
        self._view = PLAIN
        self._sort = Sort.DUE
        self._which = Which.OPEN

    def on_mount(self) -> None:
        """Begin with the view that is the context, where there is one."""
        super().on_mount()
        self.begin()

    @work(group="view", exclusive=True)
    async def begin(self) -> None:
        """Look through the context."""
        with told(self.app):
            saved = await self.desk.ask(saved_views.list_views)
        for view in saved:
            if view.context and self._view is PLAIN and not self.filter_bar.text:
                self._look(view)

    def columns(self) -> Sequence[Column[Placed]]:
        """As the view says."""
        return columns(self.desk.today, self._view.columns)

    async def source(self, text: str) -> PageSource[Placed]:
        """The actions that the line asks for."""
        self.desk.look_away()
        return ActionSource(self.desk, self.asked(text), self._sort)

    async def place_in(self, source: PageSource[Placed], ref: str) -> Key | None:
        """Asked of the database: the list holds only some pages."""
        return await source.place(ref) if isinstance(source, ActionSource) else None

    def asked(self, text: str) -> ActionFilter:
        """What the line asks for."""
        from ahtc_tui.domain.dates.parser import read_date

        return read_filter(text, partial(read_date, today=self.desk.today), ActionFilter(self._which))

    def empty_words(self, text: str) -> str:
        """Without a filter: which key begins, or shows the others."""
        begin = {
            Which.OPEN: _("Nothing open. n writes one, a shows closed ones, 8 i brings in a log."),
            Which.CLOSED: _("No closed action. a shows all."),
            Which.ALL: _("No action yet. n writes one, 8 i brings in a log."),
        }
        return super().empty_words(text) if text else begin[self._which]

    def order_words(self) -> str:
        """Which actions in which order."""
        marked = len(self.list_pane.marked)
        order = {Sort.DUE: _("by due ↓"), Sort.URGENCY: _("by urgency ↓"), Sort.REF: _("by ref ↓")}[self._sort]
        said = [f"{self._which}", order]
        said += [_("view: {name}").format(name=self._view.name)] if self._view.name else []
        said += [_("{n} marked").format(n=marked)] if marked else []
        return "   ".join(said)

    @on(RecordList.SortAsked)
    def _sort_asked(self, event: RecordList.SortAsked) -> None:
        self._sort_by(Sort(event.sort))

    def action_next_sort(self) -> None:
        """By due date, by urgency, by reference, and round again."""
        self._sort_by(ORDERS[(ORDERS.index(self._sort) + 1) % len(ORDERS)])

    def _sort_by(self, sort: Sort) -> None:
        self._sort = sort
        self.load(self.filter_bar.text)

    def action_next_which(self) -> None:
        """Open, closed, all, and round again."""
        order = list(Which)
        self._which = order[(order.index(self._which) + 1) % len(order)]
        self.load(self.filter_bar.text)

    def find(self, ref: str) -> None:
        """Show one action, open or closed."""
        self._which = Which.ALL
        super().find(ref)

    @work(group="write")
    async def action_view(self) -> None:
        """Look through a saved view, or through none."""
        with told(self.app):
            saved = {view.name: view for view in await self.desk.ask(saved_views.list_views)}
            said = [(view.name, view.words or f"{view.which}") for view in saved.values()]
            said.append((_("No view"), _("open actions by due date")))
            name = await self.app.push_screen_wait(Pick(_("Look through"), said))
            if name is not None:
                self._look(saved.get(name, PLAIN))

    def _look(self, view: View) -> None:
        self._view, self._which, self._sort = view, view.which, view.sort
        self.list_pane.choose_columns(self.columns())
        if self.filter_bar.text == view.words:
            self.load(view.words)
        else:
            self.filter_bar.set_text(view.words)

    @work(group="write")
    async def action_save_view(self) -> None:
        """Keep filter, order and columns under a name."""
        from ahtc_tui.tui.actions.form import ViewForm

        here = View(
            self._view.name, self.filter_bar.text, self._which, self._sort, self._view.columns, self._view.context
        )
        form = ViewForm(self.desk, here)
        if await self.app.push_screen_wait(form) is not None and form.saved is not None:
            say(self.app, _("View {name} saved").format(name=form.saved.name))
            self._look(form.saved)
