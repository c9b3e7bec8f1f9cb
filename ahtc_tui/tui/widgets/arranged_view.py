"""What a person sets in a record list: its order, the columns that it shows, and the marks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from textual import work
from textual.message import Message

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource, PageSource, Row, Span
from ahtc_tui.tui.widgets.record_view import RecordView

COLUMN_ACTIONS = ("choose_order", "reverse_order", "choose_columns")
"""Actions on columns that have a name."""
MARK_ACTIONS = ("mark", "mark_all", "mark_range", "invert_marks")
"""Actions on the marks."""


class ArrangedView(RecordView[Row]):
    """Base of `RecordList` with order, columns and marks."""

    _mark_start = 0
    """Index of the row marked last, where a range begins."""

    class Arranged(Message):
        """Order or columns were changed by a person."""

    @property
    def order(self) -> tuple[str, bool]:
        """Name of the column by which the rows are sorted, and whether descending; "" for the usual order."""
        return self._painter.sort

    @property
    def hidden_columns(self) -> frozenset[str]:
        """Names of the hidden columns."""
        return self._painter.hidden

    @property
    def marked(self) -> frozenset[Hashable]:
        """Identities of the marked rows. Marks survive a reload."""
        return frozenset(self._marked)

    def list_named_columns(self) -> Sequence[Column[Row]]:
        """Return the columns by which the list can be sorted, hidden ones too."""
        return [column for column in self._painter.columns if column.sort]

    def list_shown_columns(self) -> Sequence[Column[Row]]:
        """Return the columns on the screen."""
        return self._painter.shown_columns

    def restore_arrangement(self, order: tuple[str, bool], hidden: frozenset[str]) -> None:
        """Take over an order and hidden columns; the rows that are shown next have that order."""
        self._painter.sort = order
        self.hide_columns(hidden)

    def apply_order(self, source: PageSource[Row]) -> PageSource[Row]:
        """Return the source of rows in memory in the order of the list; other sources are sorted by the database."""
        if not isinstance(source, ListSource):
            return source
        name, descending = self.order
        columns = (column for column in self._coming_columns() if column.sort == name)
        if not name or (column := next(columns, None)) is None:
            return source.unsorted
        return source.unsorted.sort_rows(column.value or column.render, descending=descending)

    def _coming_columns(self) -> Sequence[Column[Row]]:
        """Return the columns of the rows that are shown next."""
        raise NotImplementedError

    def _request_order(self) -> None:
        """Show the rows in the order that was set."""
        raise NotImplementedError

    def _post_marked(self, rows: Sequence[Row]) -> None:
        """Announce other marks; `rows` are those that were marked now."""
        raise NotImplementedError

    def sort_by(self, name: str) -> None:
        """Sort by a column; where that is the order already, reverse it."""
        self.set_order(name, descending=self.order == (name, False))

    def set_order(self, name: str, *, descending: bool) -> None:
        """Sort by a column, or in the usual order where the name is empty."""
        self._painter.sort = (name, descending)
        self._request_order()
        self.post_message(self.Arranged())

    def action_reverse_order(self) -> None:
        """Reverse the order; the usual one has no other direction."""
        if self.order[0]:
            self.sort_by(self.order[0])

    @work(group="form")
    async def action_choose_order(self) -> None:
        """Choose the column by which the rows are sorted; choosing it again reverses the order."""
        name, descending = self.order
        arrow = "↓" if descending else "↑"
        options = [(column.sort, arrow if column.sort == name else "") for column in self.list_named_columns()]
        first = next((number for number, option in enumerate(options) if option[0] == name), 0)
        usual = [] if self.is_paged else [("", "" if name else "↑")]
        labels = {"": _("Usual order")} | {column.sort: _(column.name) for column in self.list_named_columns()}
        answer = await self.app.push_screen_wait(Pick(_("Sort by"), [*options, *usual], first, labels=labels))
        if answer:
            self.sort_by(answer)
        elif answer is not None:
            self.set_order("", descending=False)

    @property
    def is_paged(self) -> bool:
        """Whether the database sorts the rows."""
        return not isinstance(self._pages.source, ListSource)

    @work(group="form")
    async def action_choose_columns(self) -> None:
        """Hide and show columns, until the list of them is left. The last column stays."""
        number, is_changed = 0, False
        while True:
            columns, hidden = self.list_named_columns(), self.hidden_columns
            labels = {column.sort: _(column.name) for column in columns}
            drawn = self._painter.drawn_names
            options = [
                (name, _("hidden") if name in hidden else _("shown") if name in drawn else _("no room"))
                for name in labels
            ]
            question = _("Columns. Press enter to show or hide one.")
            name = await self.app.push_screen_wait(Pick(question, options, number, labels=labels))
            if name is None:
                break
            number = list(labels).index(name)
            if hidden ^ {name} != frozenset(labels):
                self.hide_columns(hidden ^ {name})
                is_changed = True
        if is_changed:
            self.post_message(self.Arranged())

    def clear_marks(self) -> None:
        """Remove all marks."""
        self._marked.clear()
        self.refresh()
        self._post_marked(())

    def action_mark(self) -> None:
        """Toggle the mark of the row under the cursor."""
        row = self._pages.line_at(self.cursor)
        if row is not None and not isinstance(row, HeadingLine):
            self._marked ^= {self._pages.source.key_of(row)[-1]}
            self._mark_start = self.cursor
            self._redraw_row(self.cursor)
            self._post_marked([row])

    @work(exclusive=True, group="table")
    async def action_mark_all(self) -> None:
        """Mark all rows, or none where all are marked."""
        with errors_as_toasts(self.app):
            rows = await self.read_rows()
            keys = self._identify(rows)
            if keys <= self._marked:
                self.clear_marks()
            else:
                self._change_marks(self._marked | keys, rows)

    @work(exclusive=True, group="table")
    async def action_invert_marks(self) -> None:
        """Mark the rows that are not marked, and no others."""
        with errors_as_toasts(self.app):
            rows = await self.read_rows()
            self._change_marks(self._identify(rows) - self._marked, rows)

    @work(exclusive=True, group="table")
    async def action_mark_range(self) -> None:
        """Mark the rows from the one marked last to the one under the cursor."""
        with errors_as_toasts(self.app):
            first, last = sorted((self._mark_start, self.cursor))
            rows = await self.read_rows(first, last + 1)
            self._change_marks(self._marked | self._identify(rows), rows)

    def _change_marks(self, keys: set[Hashable], rows: Sequence[Row]) -> None:
        self._marked = keys
        self.refresh()
        self._post_marked(rows)

    def _identify(self, rows: Sequence[Row]) -> set[Hashable]:
        return {self._pages.source.key_of(row)[-1] for row in rows}

    async def read_marked_rows(self) -> list[Row]:
        """Read the marked rows of the list; all rows where none is marked."""
        rows = await self.read_rows()
        key_of = self._pages.source.key_of
        return [row for row in rows if not self._marked or key_of(row)[-1] in self._marked]

    async def read_rows(self, first: int = 0, last: int | None = None) -> list[Row]:
        """Read rows of the list, all of them unless a range of lines is given; headings are left out."""
        return [line for line in await self.read_lines(first, last) if not isinstance(line, HeadingLine)]

    async def read_lines(self, first: int = 0, last: int | None = None) -> Sequence[Row | HeadingLine]:
        """Read rows and headings of the list, all of them unless a range of lines is given."""
        source = self._pages.source
        count = (await source.count_rows() if last is None else last) - first
        return await source.read_page(Span(max(1, count), offset=first))
