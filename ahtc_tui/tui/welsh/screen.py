"""The queue of texts that wait for a translation or its review; it opens from the mode Reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual import work

from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.record_names import name_record
from ahtc_tui.domain.welsh.model import TranslatedText
from ahtc_tui.services.welsh import exchange, queue
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Gap, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.prose_field import ProseField
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class WelshScreen(RecordScreen[TranslatedText]):
    """The texts of open records without reviewed Welsh, in the order of the queue."""

    noun = "reports"
    closes_on_back = True
    empty_hint = gettext_noop("Every open record has reviewed Welsh.")
    row_actions = frozenset(("edit",))
    BINDINGS = build_bindings("welsh.*", "desk.leave")

    def build_columns(self) -> Sequence[Column[TranslatedText]]:
        return (
            Column(_("Ref"), 8, lambda row: row.ref, grows=True, sort="ref", long_title=_("Reference")),
            Column(_("Field"), 12, lambda row: row.label, style=lambda _row: "muted", optional=True, sort="field"),
            Column(_("State"), 14, lambda row: row.state.label, style=lambda _row: "muted", optional=True),
            Column(_("English"), None, lambda row: join_lines(row.en), sort="english"),
        )

    async def load_source(self, text: str) -> PageSource[TranslatedText]:
        matches = build_text_test(text)
        queued = await self.desk.run(queue.list_queue)
        rows = [row for row in queued if matches(f"{row.place} {row.label} {row.en}")]
        return ListSource(rows, lambda row: (row.key, row.column))

    async def load_sections(self, row: TranslatedText) -> Iterable[Section]:
        return tuple(_build_sections(row))

    def name_rows(self, total: int) -> str:
        return ngettext("text to translate", "texts to translate", total)

    def order_text(self) -> str:
        return _("open records first ↓")

    @work(group="write")
    async def action_edit(self) -> None:
        """Type the Welsh of the selected text."""
        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                desk = await self.desk.check_from_now()
                text = await desk.run(queue.show_text, row.ref, row.field)
                place = f"{name_record(text.ref, text.en)} {text.label}"
                await self.app.open_form(WelshForm(desk, text), _("Welsh of {place} saved").format(place=place))

    @work(group="export")
    async def action_export(self) -> None:
        """Write the queue as a workbook to the exports folder."""
        with errors_as_toasts(self.app):
            path, count = await self.desk.run_long(exchange.export_to_folder)
            self.app.announce_file(path, ngettext("{n} text to translate", "{n} texts to translate", count))


def _build_sections(row: TranslatedText) -> Iterator[Section]:
    yield Title(row.ref, row.label)
    yield Gap()
    yield Para(row.en)
    if row.cy:
        yield Gap()
        yield Para(row.cy)
        yield Gap()
        yield Para(_("No translator has reviewed this Welsh. Saving it unchanged accepts it."))


class WelshForm(FormScreen):
    """The Welsh of one text, with the English below it."""

    fields_of_column: ClassVar = dict.fromkeys(("title_cy", "detail_cy", "text_cy", "name_cy"), ("cy",))

    def __init__(self, desk: Desk, text: TranslatedText) -> None:
        super().__init__(f"{join_lines(name_record(text.ref, text.en))} {text.label}", desk.seen)
        self._desk, self._text = desk, text

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("cy", _("Welsh"), ProseField(self._text.cy or ""), self._text.en)

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the Welsh."""
        await self._desk.run(queue.translate_text, self._text.ref, self._text.field, values.get("cy") or "")
