"""The Evidence mode: list of figures, data sets, practices, recommendations, documents and web pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from textual import on, work

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.evidence.fields import build_figure_rows, build_practice_rows, build_recommendation_rows
from ahtc_tui.domain.evidence.model import (
    DataSetRow,
    FigureCard,
    FigureRow,
    WebPageRow,
    draw_bar,
    draw_sparkline,
    explain_used_source,
    format_used_periods,
)
from ahtc_tui.domain.evidence.practice import AdoptionRow, PracticeCard, format_own_words
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.tui.base.sectioned_list_screen import SectionedListScreen
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
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Line, Para, Section, Title, build_facts
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource, SortKey

CHART = 20
"""Width of the longest bar in cells."""


def _build_facts(*facts: tuple[str, object | None]) -> Iterator[Section]:
    return (Fact(label, str(value)) for label, value in facts if value)


def _build_ending(source: str | None, note: str | None = None, *, later: bool = False) -> Iterator[Section]:
    """Return the end of every card: note, warning about a later date, and source."""
    if note:
        yield Gap()
        yield Para(note)
    yield Gap()
    if later:
        yield Para(_("Later than the paper behind the data."), muted=True)
    yield Para(_("Source: {source}").format(source=format_source(source) or _("not stated")), muted=True)


def build_figure(
    card: FigureCard,
    other_figures: Sequence[FigureRow],
    parts: Sequence[FigureRow],
    series: Sequence[FigureRow],
    limit: int,
) -> Iterator[Section]:
    """Return the card of a figure with figures from other sources, its parts and its trend."""
    row = card.row
    yield Title("", row.shown_title)
    yield Gap()
    yield Para(row.with_source if other_figures else row.amount)
    if other_figures:
        yield Heading(format_heading(_("Other sources")))
        yield from (Para(figure_row.with_source) for figure_row in other_figures)
        yield Para(_("Used? {words}").format(words=explain_used_source(card, other_figures)), muted=True)
    if row.is_small(limit):
        yield Para(_("A count under {limit}. Check it before you publish it.").format(limit=limit))
    if row.superseded:
        yield Para(_("There is a newer figure."))
    if row.caveat:
        yield Gap()
        yield Para(_("Caveat: {words}").format(words=row.caveat))
    yield Gap()
    yield from build_facts((*build_figure_rows(card), build_row(_("Ref"), row.ref)))
    yield from _build_context(parts, series)
    note = card.note if card.note != row.caveat else None
    yield from _build_ending(row.source, note, later=row.later)


def _build_context(parts: Sequence[FigureRow], series: Sequence[FigureRow]) -> Iterator[Section]:
    if parts:
        yield Gap()
        yield Heading(format_heading(_("Its parts")))
        yield from _build_value_items([(part.value_text, part.shown_title) for part in parts])
    if len(series) > 1:
        yield Gap()
        yield from build_bars(series)


def _build_value_items(items: Sequence[tuple[str, str]]) -> Iterator[Section]:
    """Return an item of each value and its title, with the values aligned at the right."""
    width = max((len(value) for value, _title in items), default=0)
    return (Item(f"{value:>{width}}  {title}") for value, title in items)


def build_bars(series: Sequence[FigureRow]) -> Iterator[Section]:
    """Return the chart of a figure by period: a sparkline, then one bar a period."""
    yield Heading(format_heading(_("By period"), draw_sparkline([figure_row.value for figure_row in series])))
    top = max(figure_row.value for figure_row in series)
    when, number = (
        max(len(text) for text in texts)
        for texts in zip(*((str(figure_row.period), figure_row.value_text) for figure_row in series), strict=True)
    )
    for figure_row in series:
        bar = draw_bar(figure_row.value, top, CHART)
        yield Line(f"{figure_row.period!s:{when}}  {figure_row.value_text:>{number}}  {bar}")
    if words := format_used_periods(series):
        yield Para(words, muted=True)


def build_web_page(row: WebPageRow, today: date) -> Iterator[Section]:
    """Return the card of a web page under review."""
    yield Title("", row.subject)
    yield Gap()
    if row.is_overdue(today):
        yield Para(_("Its review is late. Press . and r if you reviewed it today."))
        yield Gap()
    yield from _build_facts(
        (_("Link"), row.link),
        (_("Owner"), row.owner or _("not stated")),
        (_("Reviewed"), row.last_reviewed or _("not yet")),
        (_("Cycle"), _("every {n} days").format(n=row.cycle_days) if row.cycle_days else _("no cycle")),
        (_("Next"), format_long_date(row.due_on) if row.due_on and row.last_reviewed else None),
        (_("Languages"), row.languages),
        (_("Ref"), row.ref),
    )
    yield from _build_ending(row.source, row.note)


def build_data_set(row: DataSetRow, figures: Sequence[FigureRow]) -> Iterator[Section]:
    """Return the card of a data set with its figures."""
    yield Title("", row.shown_title)
    yield Gap()
    yield from _build_facts(
        name_other_language(row.title, row.title_cy),
        (_("Kind"), row.tier.label),
        (_("Holder"), row.holder or _("not stated")),
        (_("Frequency"), row.frequency),
        (_("Last received"), row.last_received),
        (_("Next due"), row.next_due),
        (_("Ref"), row.ref),
    )
    yield Gap()
    yield Heading(format_heading(_("Figures"), row.figures))
    yield from _build_value_items([(part.value_text, f"{part.shown_title}, {part.period}") for part in figures])
    if not row.figures:
        yield Line(_("none yet"), muted=True)
    yield from _build_ending(row.source, row.note)


def build_practice(card: PracticeCard) -> Iterator[Section]:
    """Return the card of a practice with the status of each place."""
    row = card.row
    yield Title("", row.shown_title)
    yield Gap()
    yield from build_facts((*build_practice_rows(card), build_row(_("Ref"), row.ref)))
    yield Gap()
    yield Heading(format_heading(_("Places"), row.take_up))
    for adoption in card.adoptions:
        yield Item(format_adoption(adoption))
        details = " · ".join(part for part in (adoption.evidence, adoption.contact) if part)
        if details:
            yield Para(f"  {details}", muted=True)
    if not card.adoptions:
        yield Line(_("not recorded yet"), muted=True)
    yield from _build_ending(row.source, card.note)


def format_adoption(adoption: AdoptionRow) -> str:
    """Return status and place: "● adopted  Cardiff", "◐ under way (being rolled out)  South Wales Police"."""
    since = _(", since {date}").format(date=adoption.since) if adoption.since else ""
    return f"{format_status(adoption)}  {adoption.place}{since}"


def format_status(adoption: AdoptionRow) -> str:
    """Return the status, with the words of the source if they differ: "◐ under way (being rolled out)"."""
    return f"{adoption.status.symbol} {adoption.status.label.lower()}{format_own_words(adoption)}"


def build_recommendation(row: RecommendationRow) -> Iterator[Section]:
    """Return the card of a recommendation with its answer."""
    yield Title("", row.shown_title)
    yield Gap()
    no_response = _("Answered by actions.") if row.actions else _("No answer yet")
    yield Para(row.response or no_response, muted=not row.response)
    yield Gap()
    actions = build_row(_("Actions"), ", ".join(row.actions) or _("none"))
    yield from build_facts((*build_recommendation_rows(row), actions, build_row(_("Ref"), row.ref)))
    yield from _build_ending(row.source, row.note, later=row.later)


def build_document(row: DocumentRow, recommendations: Sequence[RecommendationRow]) -> Iterator[Section]:
    """Return the card of a document with its recommendations."""
    yield Title("", row.shown_title)
    yield Gap()
    yield from _build_facts(
        name_other_language(row.title, row.title_cy),
        (_("Body"), row.body),
        (_("Reference"), row.reference),
        (_("Published"), row.published_on or (_("awaited from others") if row.awaited else _("not stated"))),
        (_("Expected"), row.expected_on if row.awaited else None),
        (_("Marking"), row.marking.label if row.marking else None),
        (_("Ref"), row.ref),
    )
    yield Gap()
    yield Heading(format_heading(_("Recommendations"), row.recommendations))
    for recommendation_row in recommendations:
        answer = _("answered") if recommendation_row.is_answered else _("no answer")
        yield Item(f"{answer} · {recommendation_row.shown_title}")
    if not recommendations:
        yield Line(_("none noted"), muted=True)
    yield from _build_ending(row.source, row.note, later=row.later)


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
                return tuple(build_figure(figure_card, other_figures, parts, series, limit))
            case EvidenceKind.DATA_SET:
                return tuple(build_data_set(row.row, await self.desk.show(evidence.list_data_set_figures, row.ref)))
            case EvidenceKind.PRACTICE:
                return tuple(build_practice(await self.desk.show(practice.show_practice, row.ref)))
            case EvidenceKind.RECOMMENDATION:
                return tuple(build_recommendation(row.row))
            case EvidenceKind.DOCUMENT:
                made_in = await self.desk.show(recommendations.list_document_recommendations, row.ref)
                return tuple(build_document(row.row, made_in))
            case EvidenceKind.WEB_PAGE:
                return tuple(build_web_page(row.row, self.desk.today))

    def empty_text(self, text: str) -> str:
        if not text and self._only_open:
            return _("Every open recommendation has an action. Press . and o for all evidence.")
        if text or self._only is None:
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
                await self.desk.run(evidence.review_page, line.ref)
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
        from ahtc_tui.services.exports.plan import export_evidence

        with errors_as_toasts(self.app):
            path, report = await self.desk.run_long(export_to_folder, "evidence", export_evidence)
            self.app.announce_file(path)
            warn_of_small_counts(self.app, report.small, report.limit)
