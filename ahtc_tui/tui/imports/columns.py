"""What each column of a log was taken for, with samples and how sure that is; changed by a key. Reads no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ColumnMapping, ImportReport
from ahtc_tui.tui.imports.plan_lines import format_field_name
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.imports import COLUMNS
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

MIN_CONFIDENCE = 95
LEFT_OUT_MARK = "–"


def has_unsure_columns(report: ImportReport) -> bool:
    """Whether this is somebody's own log, with a column that a person should look at before anything else."""
    added_count = sum(len(file.added) for file in report.files)
    known_count = sum(len(file.changed) + file.unchanged for file in report.files)
    is_unsure = any(
        column.confidence < MIN_CONFIDENCE and column.samples for file in report.files for column in file.columns
    )
    return is_unsure and added_count > known_count


class ColumnsScreen(Screen[dict[str, str] | None]):
    """The columns. Answers the headings that a person gave another meaning."""

    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "RecordList"
    BINDINGS = build_bindings("desk.help", *COLUMNS)

    list_pane = query_one(RecordList)

    def __init__(
        self, column_mappings: Sequence[ColumnMapping], file_names: str, known_fields: Mapping[str, Sequence[str]]
    ) -> None:
        """`known` has each field that a column may be, with headings that are usual for it."""
        super().__init__()
        self._column_mappings, self._file_names, self._known_fields = tuple(column_mappings), file_names, known_fields
        self._chosen_fields: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Modes, what this is, the columns, hints."""
        yield ModeBar("reports")
        yield Plain(_(" COLUMNS   {files}").format(files=self._file_names), id="import-title")
        yield Plain(
            _("What each column was taken for. enter changes it; what you say is remembered."), id="import-counts"
        )
        yield RecordList(self._build_columns(), empty_text=_("There are no columns."), markable=False)
        yield Hints()

    def on_mount(self) -> None:
        """Show them."""
        self.list_pane.show(ListSource(range(len(self._column_mappings)), lambda index: index))

    def _build_columns(self) -> Sequence[Column[int]]:
        sheets = len({column.sheet for column in self._column_mappings}) > 1
        return (
            *(
                [Column(_("Sheet"), 10, lambda index: self._column_mappings[index].sheet, style=lambda _at: "muted")]
                if sheets
                else []
            ),
            Column(_("Column"), 20, lambda index: self._column_mappings[index].heading or LEFT_OUT_MARK),
            Column(
                _("Taken for"), 14, self._format_field, style=lambda index: "" if self._find_field(index) else "muted"
            ),
            Column(
                _("Sure"),
                6,
                self._format_confidence,
                "right",
                lambda index: "soon" if self._is_doubtful(index) else "muted",
            ),
            Column(
                _("Samples"),
                None,
                lambda index: " · ".join(self._column_mappings[index].samples),
                style=lambda _at: "muted",
            ),
        )

    def _find_field(self, index: int) -> str | None:
        column = self._column_mappings[index]
        return self._chosen_fields.get(column.heading, column.field or "") or None

    def _format_field(self, index: int) -> str:
        return format_field_name(self._find_field(index) or _("left out"))

    def _format_confidence(self, index: int) -> str:
        if self._column_mappings[index].heading in self._chosen_fields:
            return _("you")
        return f"{self._column_mappings[index].confidence}%" if self._find_field(index) else LEFT_OUT_MARK

    def _is_doubtful(self, index: int) -> bool:
        column = self._column_mappings[index]
        return column.heading not in self._chosen_fields and column.confidence < MIN_CONFIDENCE and bool(column.samples)

    @on(RecordList.Opened)
    def _choose_opened(self, _event: RecordList.Opened) -> None:
        self.action_choose()

    @work(group="form-leave")
    async def action_choose(self) -> None:
        """Choose what the column means."""
        index: Any = self.list_pane.highlighted
        if index is None:
            return
        column = self._column_mappings[index]
        options = [(name, ", ".join(headings[:3])) for name, headings in self._known_fields.items()]
        options.insert(0, (LEFT_OUT_MARK, _("leave the column out")))
        question = _('What does "{heading}" mean?').format(heading=column.heading)
        name = await self.app.push_screen_wait(Pick(question, options))
        if name is not None:
            self._chosen_fields[column.heading] = "" if name == LEFT_OUT_MARK else name
            self.list_pane.set_columns(self._build_columns())

    def action_done(self) -> None:
        """On to the plan."""
        self.dismiss(self._chosen_fields or None)
