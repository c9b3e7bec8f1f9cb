"""What the pictures over the whole plan share: a head, the lines, and what is not known. Never which it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.plan import OVER
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource

Row = TypeVar("Row")


class PlanOverlay(Screen[str], Generic[Row]):
    """Closes with the reference of the line that was opened, where it has one."""

    DEFAULT_CSS = """
    PlanOverlay #head { height: auto; padding: 0 2; text-style: bold; }
    PlanOverlay #foot { height: auto; padding: 0 2; color: $foreground-muted; }
    PlanOverlay #said { height: auto; padding: 0 2; display: none; }
    PlanOverlay #said.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*OVER)]
    AUTO_FOCUS = "RecordList"

    app = app(DeskApp)
    list_pane = query_one(RecordList)
    head = query_one("#head", Plain)
    foot = query_one("#foot", Plain)
    said = query_one("#said", Plain)

    def columns(self) -> Sequence[Column[Row]]:
        """The columns as they are now."""
        raise NotImplementedError

    def opened(self, row: Row) -> str | None:
        """What opening a line leads to."""
        return None

    def said_of(self, row: Row) -> str:
        """What is said below of the line under the cursor; nothing where the line says it all."""
        return ""

    def compose(self) -> ComposeResult:
        """Modes, head, lines, foot, hints."""
        yield ModeBar("plan")
        yield Plain(id="head")
        yield RecordList(self.columns(), markable=False, empty_text=_("There is nothing to show yet."))
        yield Plain(id="said")
        yield Plain(id="foot")
        yield Hints()

    def put(self, head: str, rows: Iterable[Row | HeadingLine], key: Callable[[Row], Hashable], foot: str = "") -> None:
        """Show other lines."""
        self.head.update(head)
        self.foot.update(foot)
        self.list_pane.choose_columns(self.columns())
        self.list_pane.show(ListSource(rows, key))

    @on(RecordList.Highlighted)
    def _stands_on(self, event: RecordList.Highlighted) -> None:
        row: Any = event.row
        words = self.said_of(row) if row is not None else ""
        self.said.update(words)
        self.said.set_class(bool(words), "-shown")

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        row: Any = event.row
        if row is not None and (ref := self.opened(row)):
            self.dismiss(ref)

    def action_close(self) -> None:
        """Back to the plan."""
        self.dismiss("")
