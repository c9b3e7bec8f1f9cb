"""Screen with the field of each column of imported files, which a person can change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ColumnMapping, ImportReport
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

MIN_CONFIDENCE = 95
LEFT_OUT_MARK = "–"


def has_unsure_columns(report: ImportReport) -> bool:
    """Return whether most rows are new and a column with values has an uncertain field."""
    added_count = sum(len(file.added) for file in report.files)
    known_count = sum(len(file.changed) + file.unchanged for file in report.files)
    is_unsure = any(
        column.confidence < MIN_CONFIDENCE and column.samples for file in report.files for column in file.columns
    )
    return is_unsure and added_count > known_count


class ColumnsScreen(DismissOnce, Screen[dict[str, str] | None]):
    """The columns; returns the changed fields by heading, or None."""

    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "RecordList"
    BINDINGS = build_bindings("desk.help", "columns.*")

    list_pane = query_one(RecordList)

    def __init__(
        self, column_mappings: Sequence[ColumnMapping], file_names: str, known_fields: Mapping[str, str]
    ) -> None:
        """`known_fields` has each possible field with its usual headings."""
        super().__init__()
        self._column_mappings, self._file_names, self._known_fields = tuple(column_mappings), file_names, known_fields
        self._chosen_fields: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield ModeBar("reports")
        yield Plain(_(" COLUMNS   {files}").format(files=self._file_names), id="import-title")
        yield Plain(_("The field of each column. Enter changes it; your choice is remembered."), id="import-counts")
        yield RecordList(self._build_columns(), empty_text=_("There are no columns."), markable=False)
        yield Hints()

    def on_mount(self) -> None:
        self.list_pane.show(ListSource(self._column_mappings, id))

    def _build_columns(self) -> Sequence[Column[ColumnMapping]]:
        sheets = len({column.sheet for column in self._column_mappings}) > 1
        return (
            *([Column(_("Sheet"), 10, lambda column: column.sheet, style=lambda _column: "muted")] if sheets else []),
            Column(_("Column"), 20, lambda column: column.heading or LEFT_OUT_MARK),
            Column(_("Read as"), 14, self._format_field, style=lambda c: "" if self._find_field(c) else "muted"),
            Column(_("Sure"), 6, self._format_confidence, "right", self._find_confidence_style),
            Column(_("Samples"), None, lambda column: " · ".join(column.samples), style=lambda _column: "muted"),
        )

    def _find_field(self, column: ColumnMapping) -> str | None:
        return self._chosen_fields.get(column.heading, column.field or "") or None

    def _format_field(self, column: ColumnMapping) -> str:
        field = self._find_field(column)
        return format_field(field) if field else _("left out")

    def _format_confidence(self, column: ColumnMapping) -> str:
        if column.heading in self._chosen_fields:
            return _("you")
        return f"{column.confidence}%" if self._find_field(column) else LEFT_OUT_MARK

    def _find_confidence_style(self, column: ColumnMapping) -> str:
        is_chosen = column.heading in self._chosen_fields
        return "soon" if not is_chosen and column.confidence < MIN_CONFIDENCE and column.samples else "muted"

    @on(RecordList.Opened)
    def _choose_opened(self, _event: RecordList.Opened) -> None:
        self.action_choose()

    @work(group="form-leave")
    async def action_choose(self) -> None:
        """Choose the field of the column."""
        column: ColumnMapping | None = self.list_pane.highlighted
        if column is None:
            return
        options = list(self._known_fields.items())
        options.insert(0, (LEFT_OUT_MARK, _("leave the column out")))
        question = _('What does "{heading}" mean?').format(heading=column.heading)
        labels = {name: format_field(name) for name in self._known_fields}
        field = self._find_field(column)
        first = next((number for number, (name, _headings) in enumerate(options) if name == field), 0)
        name = await self.app.push_screen_wait(Pick(question, options, first, labels=labels))
        if name is not None:
            self._chosen_fields[column.heading] = "" if name == LEFT_OUT_MARK else name
            self.list_pane.set_columns(self._build_columns())

    def list_unsaved_work(self) -> list[str]:
        """Return the columns whose meaning was chosen."""
        columns = ", ".join(self._chosen_fields)
        return [_("the meanings of {columns}").format(columns=columns)] if columns else []

    def action_done(self) -> None:
        """Return to the plan."""
        self.dismiss(self._chosen_fields or None)
