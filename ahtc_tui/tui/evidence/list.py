"""The rows of the Evidence list: records of all kinds in the same four columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ahtc_tui.domain.dates.calendar_names import format_short_month
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.evidence.model import DataSetRow, DataSetState, FigureRow, WebPageRow
from ahtc_tui.domain.evidence.practice import PracticeRow
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationFilter, RecommendationRow
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.record_names import name_record
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.tui.base.service_threads import Desk, find_row
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine


class EvidenceKind(StrEnum):
    """Kind of record of a row, with the name used by search, in the order of the list."""

    FIGURE = "figure"
    DATA_SET = "data_set"
    PRACTICE = "practice"
    RECOMMENDATION = "recommendation"
    DOCUMENT = "document"
    WEB_PAGE = "web_page"

    @property
    def heading(self) -> str:
        """Heading of its section."""
        return {
            "figure": _("Figures"),
            "data_set": _("Data sets"),
            "practice": _("Practices"),
            "recommendation": _("Recommendations"),
            "document": _("Documents"),
            "web_page": _("Web pages"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One row of the list."""

    kind: EvidenceKind
    ref: str
    title: str
    value: str
    when: DateAsKnown | None
    holder: str
    row: Any
    """The record from the service."""
    style: str = ""
    """Style of the value."""

    @property
    def identity(self) -> tuple[str, str]:
        """Unique identity of the row."""
        return (self.kind.value, self.ref)

    @property
    def name(self) -> str:
        """What a message calls the record."""
        return name_record(self.ref, self.title.strip())


OPEN_RECOMMENDATIONS = RecommendationFilter(open=True, without_action=True)

CARDS: dict[EvidenceKind, Callable[..., Any]] = {
    EvidenceKind.FIGURE: evidence.show_figure,
    EvidenceKind.PRACTICE: practice.show_practice,
    EvidenceKind.RECOMMENDATION: recommendations.show_recommendation,
}
"""Kinds whose records are read one by one."""


async def read_lines(
    desk: Desk, words: str, only: EvidenceKind | None, *, only_open: bool = False
) -> list[EvidenceLine]:
    """Return the rows that match the text, of one kind or all; or open recommendations without an action."""
    lines: list[EvidenceLine] = []
    if only_open:
        row_filter = replace(OPEN_RECOMMENDATIONS, words=words)
        rows = await desk.show(recommendations.list_recommendations, recommendation_filter=row_filter)
        return [build_line(EvidenceKind.RECOMMENDATION, row, desk) for row in rows]
    for kind in EvidenceKind:
        if only in (None, kind):
            lines += [build_line(kind, row, desk) for row in await desk.show(SECTION_READERS[kind][0], words)]
    return lines


async def open_line(desk: Desk, line: EvidenceLine) -> tuple[Any, Desk]:
    """Read the record of a row again. Return it with the desk of its form. Raises NotFound."""
    if line.kind in CARDS:
        return await desk.open_record(CARDS[line.kind], line.ref)
    rows, form_desk = await desk.open_record(SECTION_READERS[line.kind][0])
    return find_row(rows, ref=line.ref), form_desk


def build_line(kind: EvidenceKind, row: Any, desk: Desk) -> EvidenceLine:
    """Return the row of a record, marked if it is overdue or needs a check."""
    line = SECTION_READERS[kind][1](row)
    match kind:
        case EvidenceKind.DATA_SET if row.find_state(desk.today) in (DataSetState.LATE, DataSetState.MISSING):
            state = row.find_state(desk.today).label.upper()
            return replace(line, value=state, style="late", when=row.next_due)
        case EvidenceKind.WEB_PAGE if row.is_overdue(desk.today):
            return replace(line, value=_("review due").upper(), style="late")
        case EvidenceKind.DOCUMENT if row.awaited:
            value, style = (_("late").upper(), "late") if row.is_overdue(desk.today) else (_("awaited"), "soon")
            return replace(line, value=value, style=style, when=row.expected_on)
        case EvidenceKind.FIGURE if row.superseded:
            return replace(line, title=_("{title} (superseded)").format(title=line.title), style="muted")
        case EvidenceKind.FIGURE if row.is_small(desk.workspace.small_counts):
            return replace(line, value=f"! {line.value}", style="soon")
    return line


def add_headings(lines: Sequence[EvidenceLine]) -> Iterator[EvidenceLine | HeadingLine]:
    """Return the list with a heading before each kind; kinds without rows are left out."""
    first = True
    for kind in EvidenceKind:
        rows = [line for line in lines if line.kind is kind]
        if rows:
            if not first:
                yield HeadingLine()
            hint = _("press . and m for the matrix") if kind is EvidenceKind.PRACTICE else ""
            yield HeadingLine(format_heading(kind.heading, len(rows)), hint)
            first = False
        yield from rows


def evidence_columns() -> Sequence[Column[EvidenceLine]]:
    """Return the columns title, value, date, and place or owner."""
    return (
        Column(_("Title"), None, lambda line: line.title, sort="title"),
        Column(_("Value"), 24, lambda line: line.value, style=_choose_value_style, sort="value", least=20),
        Column(
            _("When"),
            11,
            lambda line: format_short_date(line.when),
            style=lambda line: "muted",
            sort="when",
            value=lambda line: line.when,
        ),
        Column(
            _("Area, body"),
            24,
            lambda line: line.holder,
            style=lambda line: "muted",
            optional=True,
            sort="holder",
            least=14,
        ),
    )


def _choose_value_style(line: EvidenceLine) -> str:
    if line.style:
        return line.style
    return "soon" if line.kind is EvidenceKind.RECOMMENDATION and not line.row.is_answered else ""


def format_short_date(day: DateAsKnown | None) -> str:
    """Format a date in at most eleven characters: "18 Oct 2013", "Oct 2013", "2012", "–"."""
    if day is None:
        return "–"
    if day.words or day.precision not in (Precision.DAY, Precision.MONTH):
        return str(day)
    month = f"{format_short_month(day.latest.month)} {day.latest.year}"
    return f"{day.latest.day} {month}" if day.precision is Precision.DAY else month


def _build_figure_line(row: FigureRow) -> EvidenceLine:
    title = f"  {row.shown_title}" if row.part_of else row.shown_title
    value = row.amount
    if row.sources > 1:
        text = _("{value} used") if row.used else _("{value} not used")
        value = text.format(value=row.value_text)
    return EvidenceLine(EvidenceKind.FIGURE, row.ref, title, value, row.period, row.area or "–", row)


def _build_data_set_line(row: DataSetRow) -> EvidenceLine:
    value = ngettext("1 figure", "{n} figures", row.figures)
    return EvidenceLine(
        EvidenceKind.DATA_SET, row.ref, row.shown_title, value, row.last_received, row.holder or "–", row
    )


def _build_practice_line(row: PracticeRow) -> EvidenceLine:
    place = row.origin or row.lead or "–"
    return EvidenceLine(EvidenceKind.PRACTICE, row.ref, row.shown_title, row.take_up, None, place, row)


def _build_recommendation_line(row: RecommendationRow) -> EvidenceLine:
    value = ", ".join(row.actions) or (_("answered") if row.is_answered else _("no answer"))
    owner = row.owner or row.document
    return EvidenceLine(EvidenceKind.RECOMMENDATION, row.ref, row.shown_title, value, row.made_on, owner, row)


def _build_document_line(row: DocumentRow) -> EvidenceLine:
    value = _("{n} of {all} answered").format(n=row.answered, all=row.recommendations) if row.recommendations else "–"
    return EvidenceLine(EvidenceKind.DOCUMENT, row.ref, row.shown_title, value, row.published_on, row.body or "–", row)


def _build_web_page_line(row: WebPageRow) -> EvidenceLine:
    value = _("every {n} days").format(n=row.cycle_days) if row.cycle_days else "–"
    return EvidenceLine(EvidenceKind.WEB_PAGE, row.ref, row.subject, value, row.last_reviewed, row.owner or "–", row)


SECTION_READERS: dict[EvidenceKind, tuple[Callable[..., Sequence[Any]], Callable[[Any], EvidenceLine]]] = {
    EvidenceKind.FIGURE: (evidence.list_figures, _build_figure_line),
    EvidenceKind.DATA_SET: (evidence.list_data_sets, _build_data_set_line),
    EvidenceKind.PRACTICE: (practice.list_practices, _build_practice_line),
    EvidenceKind.RECOMMENDATION: (recommendations.list_recommendations, _build_recommendation_line),
    EvidenceKind.DOCUMENT: (recommendations.list_documents, _build_document_line),
    EvidenceKind.WEB_PAGE: (evidence.list_pages, _build_web_page_line),
}
