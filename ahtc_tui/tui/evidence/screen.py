"""The Evidence mode: list of figures, data sets, practices, recommendations, documents and web pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work

from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.services.evidence import practice, recommendations, web_pages
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.tui.base.sectioned_list_screen import SectionedListScreen
from ahtc_tui.tui.evidence import card
from ahtc_tui.tui.evidence.forms import AnswerForm, LinkForm, RecordForm, ReviseForm, build_form_specs, list_documents
from ahtc_tui.tui.evidence.list import (
    EvidenceKind,
    EvidenceLine,
    add_headings,
    evidence_columns,
    open_line,
    read_lines,
)
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, warn_of_small_counts
from ahtc_tui.tui.widgets.detail_pane import Section
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource, SortKey

ORDER = (None, *EvidenceKind)
KINDS_OF_ACTIONS = {
    "revise": (EvidenceKind.FIGURE,),
    "answer": (EvidenceKind.RECOMMENDATION, EvidenceKind.WEB_PAGE),
    "link": (EvidenceKind.RECOMMENDATION,),
}
"""Kinds of records that a command is for; other commands are for all."""


class EvidenceScreen(SectionedListScreen[EvidenceLine]):
    """List of evidence with the card of the selected record."""

    noun = "evidence"
    empty_hint = gettext_noop(
        "There is no evidence yet. Press n to add a figure, practice, recommendation, document or page."
    )
    row_actions = frozenset(("edit", "revise", "answer", "link", "copy_ref"))
    BINDINGS = build_bindings("evidence.*")

    def __init__(self) -> None:
        super().__init__()
        self._only: EvidenceKind | None = None
        self._only_open = False
        """Whether only open recommendations without an action are listed."""
        self._lines: list[EvidenceLine] = []

    def build_columns(self) -> Sequence[Column[EvidenceLine]]:
        return evidence_columns()

    async def load_source(self, text: str) -> PageSource[EvidenceLine]:
        """Return the records that match the filter text, under headings."""
        self._lines = await read_lines(self.desk, text, self._only, only_open=self._only_open)
        return ListSource(add_headings(self._lines), lambda line: line.identity)

    async def load_sections(self, row: EvidenceLine) -> Iterable[Section]:
        match row.kind:
            case EvidenceKind.FIGURE:
                figure_card = await self.desk.show(evidence.show_figure, row.ref)
                other_figures = await self.desk.show(evidence.list_other_sources, row.ref)
                parts = await self.desk.show(evidence.list_parts, row.ref)
                series = await self.desk.show(evidence.list_series, row.ref)
                limit = self.desk.workspace.small_counts
                return tuple(card.build_figure(figure_card, other_figures, parts, series, limit))
            case EvidenceKind.DATA_SET:
                return tuple(
                    card.build_data_set(row.row, await self.desk.show(evidence.list_data_set_figures, row.ref))
                )
            case EvidenceKind.PRACTICE:
                return tuple(card.build_practice(await self.desk.show(practice.show_practice, row.ref)))
            case EvidenceKind.RECOMMENDATION:
                return tuple(card.build_recommendation(row.row))
            case EvidenceKind.DOCUMENT:
                made_in = await self.desk.show(recommendations.list_document_recommendations, row.ref)
                return tuple(card.build_document(row.row, made_in))
            case EvidenceKind.WEB_PAGE:
                return tuple(card.build_web_page(row.row, self.desk.today))

    def empty_text(self, text: str) -> str:
        if text or self._only is None or self._only_open:
            return super().empty_text(text)
        return _("There is no {noun} yet. Press n to add one.").format(noun=_(self._only.value.replace("_", " ")))

    def name_rows(self, total: int) -> str:
        if self._only_open:
            return ngettext("open recommendation without an action", "open recommendations without an action", total)
        if self._only is None:
            return ngettext("record in all sections", "records in all sections", total)
        return format_record_noun(f"{self._only.value}s", total)

    def find_key(self, ref: str) -> SortKey | None:
        return next(((0, line.identity) for line in self._lines if line.ref == ref), None)

    def action_next_section(self) -> None:
        """Change to the next section: all, then each alone."""
        self._only = ORDER[(ORDER.index(self._only) + 1) % len(ORDER)]
        self._only_open = False
        self.load_rows(self.filter_bar.text)

    @work(exclusive=True, group="matrix")
    async def action_matrix(self) -> None:
        """Open the matrix, and select the practice opened there."""
        from ahtc_tui.tui.evidence.matrix import MatrixScreen

        with errors_as_toasts(self.app):
            matrix = await self.desk.show(practice.show_matrix)
            self.app.push_screen(MatrixScreen(matrix), self._show_opened)

    def _show_opened(self, ref: str | None) -> None:
        if ref:
            self.select_record(ref)

    def select_record(self, ref: str) -> None:
        """Select a record in the list of all sections."""
        self._only, self._only_open = None, False
        super().select_record(ref)

    def action_only_open(self) -> None:
        """Show only open recommendations without an action; again for everything."""
        self._only, self._only_open = None, not self._only_open
        self.load_rows(self.filter_bar.text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable a command on the records of other kinds than its own."""
        return None if self._is_for_other_kinds(action) else super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return the kinds of records that a disabled command is for."""
        if not self._is_for_other_kinds(action):
            return super().explain_disabled(action)
        names = ", ".join(kind.heading.lower() for kind in KINDS_OF_ACTIONS[action])
        return _("Select one of these first: {names}.").format(names=names)

    def _is_for_other_kinds(self, action: str) -> bool:
        row = self.selected_row if self.has_widgets and action in KINDS_OF_ACTIONS else None
        return row is not None and row.kind not in KINDS_OF_ACTIONS[action]

    @on(RecordList.Highlighted)
    def _refresh_keys(self) -> None:
        self.refresh_bindings()

    @work(group="form")
    async def action_new(self) -> None:
        """Add a record of the kind of the selected row."""
        line = self.list_pane.highlighted
        kind = line.kind if isinstance(line, EvidenceLine) else self._only
        if kind is None:
            kinds = [(shape.noun, "", each_kind) for each_kind, shape in build_form_specs().items()]
            choice = Pick(_("Choose what to add"), [each_kind[:2] for each_kind in kinds])
            noun = await self.app.push_screen_wait(choice)
            kind = next((each_kind for name, _words, each_kind in kinds if name == noun), None)
        if kind is not None:
            form = RecordForm(self.desk, kind, await list_documents(self.desk, kind))
            await self.app.open_form(form, _("Added"))

    @work(group="form")
    async def action_edit(self) -> None:
        if (line := self.selected_row) is None:
            return
        with errors_as_toasts(self.app):
            row, desk = await open_line(self.desk, line)
            form = RecordForm(desk, line.kind, await list_documents(self.desk, line.kind), line, row)
            await self.app.open_form(form, _("{ref} changed").format(ref=line.name))

    @work(group="form")
    async def action_revise(self) -> None:
        """Add a newer value of the figure."""
        if (line := self.selected_row) is not None:
            await self.app.open_form(ReviseForm(self.desk, line), _("{ref} is superseded").format(ref=line.name))

    @work(group="form")
    async def action_answer(self) -> None:
        """Answer the recommendation, or mark the web page as reviewed today."""
        if (line := self.selected_row) is None:
            return
        if line.kind is EvidenceKind.WEB_PAGE:
            with errors_as_toasts(self.app):
                await self.desk.run(web_pages.review_page, line.ref)
                self.app.announce_write(_("{ref} was reviewed today").format(ref=line.name))
        else:
            with errors_as_toasts(self.app):
                row, desk = await self.desk.open_record(recommendations.show_recommendation, line.ref)
                await self.app.open_form(AnswerForm(desk, row), _("{ref} is answered").format(ref=line.name))

    @work(group="form")
    async def action_link(self) -> None:
        """Link an action to the recommendation."""
        if (line := self.selected_row) is not None:
            await self.app.open_form(LinkForm(self.desk, line.row), _("{ref} has an action").format(ref=line.name))

    @work(group="export")
    async def action_export(self) -> None:
        """Write the figures as a workbook to the exports folder."""
        from ahtc_tui.services.exports.evidence import export_evidence

        with errors_as_toasts(self.app):
            path, report = await self.desk.run_long(export_to_folder, "evidence", export_evidence)
            self.app.announce_file(path)
            warn_of_small_counts(self.app, report.small, report.limit)
