"""What each column of a log was taken for, with samples and how sure that is; changed by a key. Reads no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ColumnRead, ImportReport
from ahtc_tui.tui.imports.plan_lines import field_words
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.imports import COLUMNS
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

SURE = 95
LEFT_OUT = "–"


def looks_unsure(report: ImportReport) -> bool:
    """Whether this is somebody's own log, with a column that a person should look at before anything else."""
    added = sum(len(file.added) for file in report.files)
    known = sum(len(file.changed) + file.unchanged for file in report.files)
    unsure = any(column.confidence < SURE and column.samples for file in report.files for column in file.columns)
    return unsure and added > known


class ColumnsScreen(Screen[dict[str, str] | None]):
    """The columns. Answers the headings that a person gave another meaning."""

    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "RecordList"
    BINDINGS = bindings("desk.help", *COLUMNS)

    list_pane = query_one(RecordList)

    def __init__(self, found: Sequence[ColumnRead], names: str, known: Mapping[str, Sequence[str]]) -> None:
        """`known` has each field that a column may be, with headings that are usual for it."""
        super().__init__()
        self._found, self._names, self._known = tuple(found), names, known
        self._said: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Modes, what this is, the columns, hints."""
        yield ModeBar("reports")
        yield Plain(_(" COLUMNS   {files}").format(files=self._names), id="import-title")
        yield Plain(
            _("What each column was taken for. enter changes it; what you say is remembered."), id="import-counts"
        )
        yield RecordList(self._columns(), empty_text=_("There are no columns."), markable=False)
        yield Hints()

    def on_mount(self) -> None:
        """Show them."""
        self.list_pane.show(ListSource(range(len(self._found)), lambda place: place))

    def _columns(self) -> Sequence[Column[int]]:
        sheets = len({column.sheet for column in self._found}) > 1
        return (
            *([Column(_("Sheet"), 10, lambda at: self._found[at].sheet, style=lambda _at: "muted")] if sheets else []),
            Column(_("Column"), 20, lambda at: self._found[at].heading or LEFT_OUT),
            Column(_("Taken for"), 14, self._meant, style=lambda at: "" if self._field(at) else "muted"),
            Column(_("Sure"), 6, self._sure, "right", lambda at: "soon" if self._doubtful(at) else "muted"),
            Column(_("Samples"), None, lambda at: " · ".join(self._found[at].samples), style=lambda _at: "muted"),
        )

    def _field(self, at: int) -> str | None:
        column = self._found[at]
        return self._said.get(column.heading, column.field or "") or None

    def _meant(self, at: int) -> str:
        return field_words(self._field(at) or _("left out"))

    def _sure(self, at: int) -> str:
        if self._found[at].heading in self._said:
            return _("you")
        return f"{self._found[at].confidence}%" if self._field(at) else LEFT_OUT

    def _doubtful(self, at: int) -> bool:
        column = self._found[at]
        return column.heading not in self._said and column.confidence < SURE and bool(column.samples)

    @on(RecordList.Opened)
    def _opened(self, _event: RecordList.Opened) -> None:
        self.action_choose()

    @work(group="form-leave")
    async def action_choose(self) -> None:
        """Choose what the column means."""
        at: Any = self.list_pane.highlighted
        if at is None:
            return
        column = self._found[at]
        offered = [(name, ", ".join(headings[:3])) for name, headings in self._known.items()]
        offered.insert(0, (LEFT_OUT, _("leave the column out")))
        question = _('What does "{heading}" mean?').format(heading=column.heading)
        name = await self.app.push_screen_wait(Pick(question, offered))
        if name is not None:
            self._said[column.heading] = "" if name == LEFT_OUT else name
            self.list_pane.choose_columns(self._columns())

    def action_done(self) -> None:
        """On to the plan."""
        self.dismiss(self._said or None)
