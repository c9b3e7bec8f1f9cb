"""The board: actions in columns by status, lead or objective. Moving a card to another column changes that field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.actions.board import BoardColumn, BoardField, arrange_board
from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.plan import service as plan
from ahtc_tui.tui.actions.commands import COMMANDS
from ahtc_tui.tui.base.desk_screen import DeskApp, is_open
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, join_lines, sanitize_text
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

COLUMN_CELLS = 26
"""Least width of a column; as many are shown as the screen has room for."""


class BoardPane(Vertical):
    """A column: its heading and its cards."""

    heading = query_one(Plain)
    list_pane = query_one(RecordList)

    def compose(self) -> ComposeResult:
        yield Plain()
        columns = [Column("", None, _format_card, style=lambda row: f"brag-{row.brag.value}" if row.brag else "")]
        yield RecordList(columns, empty_text="–", markable=False)

    def show_column(self, column: BoardColumn, ref: str) -> bool:
        """Show a column; return whether it has the card with this reference, on which the cursor is then."""
        self.heading.update(sanitize_text(f"{len(column.rows)}  {column.label}"))
        source = ListSource(column.rows, lambda row: row.ref)
        key = source.find_key(lambda row: row.ref == ref)
        self.list_pane.update_rows(source, key=key)
        return key is not None


class BoardScreen(RowActions, DismissOnce, Screen[None]):
    """The open actions of the list below as cards in columns."""

    DEFAULT_CSS = """
    BoardScreen #head { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    BoardScreen #card-line { height: auto; max-height: 4; padding: 0 1; color: $foreground-muted; }
    BoardPane { width: 1fr; }
    BoardPane > Plain { height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    row_actions = frozenset(("move", "edit", "update", "done"))
    BINDINGS = build_bindings(
        *("board.*", "action.edit", "action.update", "action.done"),
        *("desk.undo", "desk.redo", "desk.help", "desk.exit"),
    )

    app = app(DeskApp)
    head = query_one("#head", Plain)
    card_line = query_one("#card-line", Plain)
    panes_row = query_one("#board", Horizontal)

    def __init__(self, action_filter: ActionFilter, ref: str) -> None:
        super().__init__()
        self._filter = action_filter
        self._target_ref = ref
        """Reference of the card for the cursor, until it is reached."""
        self._field = BoardField.STATUS
        self._columns: Sequence[BoardColumn] = ()

    def compose(self) -> ComposeResult:
        yield ModeBar("actions")
        yield Plain(id="head")
        yield Horizontal(id="board")
        yield Plain(id="card-line")
        yield Hints()

    def on_mount(self) -> None:
        """Reload after every write, also of other processes."""
        self.app.changed.subscribe(self, lambda _signal: self.reload())
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the actions again; the cursor stays on its card."""
        with errors_as_toasts(self.app):
            rows = await self.app.desk.show(actions.list_actions, self._filter)
            objectives = (await self.app.desk.show(plan.show_plan)).objectives
            if not self._target_ref and (row := self.row) is not None:
                self._target_ref = row.ref
            titles = {str(objective.number): objective.shown_title for objective in objectives}
            await self._show_columns(arrange_board(rows, self._field, titles))

    async def _show_columns(self, columns: Sequence[BoardColumn]) -> None:
        """Fill the columns; they are made again where there are more or fewer."""
        if len(columns) != len(self.panes):
            await self.panes_row.remove_children()
            await self.panes_row.mount_all([BoardPane() for _column in columns])
        self._columns = columns
        reached = [pane.show_column(column, self._target_ref) for column, pane in zip(columns, self.panes, strict=True)]
        filled = [bool(column.rows) for column in columns]
        if True in reached or self.index is None:
            preferred = reached if True in reached else filled
            self._focus_column(preferred.index(True) if True in preferred else 0)
        self._target_ref = ""
        self._show_window()

    @property
    def panes(self) -> list[BoardPane]:
        """The columns from left to right."""
        return list(self.panes_row.query(BoardPane))

    @property
    def index(self) -> int | None:
        """Index of the column with the focus."""
        return next((index for index, pane in enumerate(self.panes) if pane.has_focus_within), None)

    @property
    def row(self) -> ActionRow | None:
        """The card under the cursor."""
        row: ActionRow | None = self.focused.highlighted if isinstance(self.focused, RecordList) else None
        return row

    @property
    def has_no_row(self) -> bool:
        """Whether no card is under the cursor."""
        return self.row is None

    def _focus_column(self, index: int) -> None:
        self.panes[index].display = True
        self.panes[index].list_pane.focus()

    @on(DescendantFocus)
    @on(RecordList.Highlighted)
    @on(Resize)
    def _show_window(self) -> None:
        """Show as many columns as the screen has room for, around the one with the focus."""
        if not is_open(self):
            return
        room = max(1, self.size.width // COLUMN_CELLS)
        first = max(0, min((self.index or 0) - room // 2, len(self.panes) - room))
        for number, pane in enumerate(self.panes):
            pane.display = first <= number < first + room
        self._draw_texts(first + 1, min(first + room, len(self.panes)))
        self.refresh_bindings()

    def _draw_texts(self, first: int, last: int) -> None:
        """Show which columns are in view, and the card under the cursor in full."""
        count = sum(len(column.rows) for column in self._columns)
        parts = [_("Board by {field}: {n} open").format(field=self._field.label.lower(), n=count)]
        if last - first + 1 < len(self._columns):
            total = len(self._columns)
            parts += [_("columns {first} to {last} of {total}").format(first=first, last=last, total=total)]
        self.head.update("   ".join(parts))
        row = self.row
        due = str(row.due) if row and row.due else ""
        texts = (row.ref, row.shown_title, row.lead or "", due) if row else ()
        self.card_line.update(sanitize_text("   ".join(filter(None, map(join_lines, texts)))))

    def action_column(self, step: int) -> None:
        """Go to the next column, or to the one before."""
        if self.index is not None and 0 <= self.index + step < len(self.panes):
            self._focus_column(self.index + step)

    @work(group="write")
    async def action_move(self, step: int) -> None:
        """Move the card to the next column, or to the one before: its field changes."""
        row, index = self.row, self.index
        if row is None or index is None or not 0 <= index + step < len(self._columns):
            return
        column = self._columns[index + step]
        with errors_as_toasts(self.app):
            draft = build_action_draft({self._field.value: column.value or None})
            await self.app.desk.run(actions.edit_action, row.ref, draft)
            self._target_ref = row.ref
            self.app.announce_write(_("{ref}: {status}").format(ref=row.ref, status=column.label))

    def action_next_by(self) -> None:
        """Arrange the cards by the next field: status, lead, objective."""
        fields = list(BoardField)
        self._field = fields[(fields.index(self._field) + 1) % len(fields)]
        self.reload()

    @work(group="write")
    async def _run(self, command: str) -> None:
        """Run a command on the card under the cursor."""
        if (row := self.row) is not None:
            await COMMANDS[command](self.app, row.ref)

    action_edit = partialmethod(_run, "edit")
    action_update = partialmethod(_run, "update")
    action_done = partialmethod(_run, "done")

    @on(RecordList.Opened)
    def _open_card(self, event: RecordList.Opened) -> None:
        if event.row is not None:
            self.app.open_record("action", event.row.ref)

    def action_close(self) -> None:
        """Return to the list."""
        self.dismiss(None)


def _format_card(row: ActionRow) -> str:
    letter = row.brag.value if row.brag else "–"
    return f"{letter} {row.ref}  {join_lines(row.shown_title)}"
