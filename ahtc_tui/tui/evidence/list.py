"""The lines of Evidence: figures, data sets, practice, recommendations and documents in the same four columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import MONTHS, DateAsKnown, Precision
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.evidence.model import DataSetRow, FigureRow, Standing, WebPageRow
from ahtc_tui.domain.evidence.practice import PracticeRow
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationFilter, RecommendationRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.evidence import practice, recommendations, web_pages
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk


class Kind(StrEnum):
    """What a line stands for, by the name that search gives it; in the order of the page."""

    FIGURE = "figure"
    DATA_SET = "data_set"
    PRACTICE = "practice"
    RECOMMENDATION = "recommendation"
    DOCUMENT = "document"
    WEB_PAGE = "web_page"

    @property
    def heading(self) -> str:
        """The heading of its section."""
        return {
            "figure": _("FIGURES"),
            "data_set": _("DATA SETS"),
            "practice": _("PRACTICE"),
            "recommendation": _("RECOMMENDATIONS"),
            "document": _("DOCUMENTS"),
            "web_page": _("WEB PAGES"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line, whatever it stands for."""

    kind: Kind
    ref: str
    title: str
    value: str
    when: str
    who: str
    row: Any
    """What the service gave."""
    look: str = ""
    """The style of its value."""

    @property
    def identity(self) -> tuple[str, str]:
        """What tells it from every other line."""
        return (self.kind.value, self.ref)


OPEN = RecommendationFilter(open=True, without_action=True)


async def read_lines(desk: Desk, words: str, only: Kind | None, *, only_open: bool = False) -> list[EvidenceLine]:
    """What holds the words, of one kind or of all; or the recommendations that are open without an action."""
    found: list[EvidenceLine] = []
    if only_open:
        rows = await desk.ask(recommendations.list_recommendations, asked=replace(OPEN, words=words))
        return [line_of(Kind.RECOMMENDATION, row, desk) for row in rows]
    for kind in Kind:
        if only in (None, kind):
            found += [line_of(kind, row, desk) for row in await desk.ask(READ[kind][0], words)]
    return found


def line_of(kind: Kind, row: Any, desk: Desk) -> EvidenceLine:
    """The line of one record, marked where something about it is past or has to be looked at."""
    line = READ[kind][1](row)
    match kind:
        case Kind.DATA_SET if row.standing(desk.today) in (Standing.LATE, Standing.MISSING):
            return replace(line, value=row.standing(desk.today).label, look="late", when=short_when(row.next_due))
        case Kind.WEB_PAGE if row.overdue(desk.today):
            return replace(line, value=_("REVIEW DUE"), look="late")
        case Kind.DOCUMENT if row.awaited:
            value, look = (_("OVERDUE"), "late") if row.overdue(desk.today) else (_("awaited"), "soon")
            return replace(line, value=value, look=look, when=short_when(row.expected_on))
        case Kind.FIGURE if row.superseded:
            return replace(line, title=_("{title} (superseded)").format(title=line.title), look="muted")
        case Kind.FIGURE if row.is_small(desk.workspace.small_counts):
            return replace(line, value=f"! {line.value}", look="soon")
    return line


def with_headings(found: Sequence[EvidenceLine]) -> Iterator[EvidenceLine | HeadingLine]:
    """The page: each kind under its heading, the empty ones left out."""
    first = True
    for kind in Kind:
        rows = [line for line in found if line.kind is kind]
        if rows:
            if not first:
                yield HeadingLine()
            yield HeadingLine(f"{kind.heading}  {len(rows)}", _("m the matrix") if kind is Kind.PRACTICE else "")
            first = False
        yield from rows


def columns() -> Sequence[Column[EvidenceLine]]:
    """Title, value, when, and where or whose."""
    return (
        Column(_("Title"), None, lambda line: line.title),
        Column(_("Value"), 16, lambda line: line.value, style=_value_style),
        Column(_("When"), 11, lambda line: line.when, style=lambda line: "muted"),
        Column(_("Area, body"), 14, lambda line: line.who, style=lambda line: "muted", hide_below=100),
    )


def _value_style(line: EvidenceLine) -> str:
    if line.look:
        return line.look
    return "soon" if line.kind is Kind.RECOMMENDATION and not line.row.answered else ""


def short_when(known: DateAsKnown | None) -> str:
    """A date in eleven characters: "18 Oct 2013", "Oct 2013", "2012", "–"."""
    if known is None:
        return "–"
    if known.words or known.precision not in (Precision.DAY, Precision.MONTH):
        return str(known)
    month = f"{_(MONTHS[known.latest.month])[:3]} {known.latest.year}"
    return f"{known.latest.day} {month}" if known.precision is Precision.DAY else month


def _figure(row: FigureRow) -> EvidenceLine:
    title = f"  {row.title}" if row.part_of else row.title
    value = f"{row.value_text} {row.unit}"
    if row.sources > 1:
        value = (
            _("{value} used").format(value=row.value_text)
            if row.used
            else _("{value} not used").format(value=row.value_text)
        )
    return EvidenceLine(Kind.FIGURE, row.ref, title, value, short_when(row.period), row.area or "–", row)


def _data_set(row: DataSetRow) -> EvidenceLine:
    value = say_number(row.figures, _("1 figure"), _("{n} figures"))
    when = short_when(row.last_received)
    return EvidenceLine(Kind.DATA_SET, row.ref, row.title, value, when, row.holder or "–", row)


def _practice(row: PracticeRow) -> EvidenceLine:
    value = _("{n} of {places} adopted").format(n=row.adopted, places=row.adoptions)
    return EvidenceLine(Kind.PRACTICE, row.ref, row.title, value, "–", row.origin or row.lead or "–", row)


def _recommendation(row: RecommendationRow) -> EvidenceLine:
    value = ", ".join(row.actions) or (_("answered") if row.answered else _("no answer"))
    who = row.owner or row.document
    return EvidenceLine(Kind.RECOMMENDATION, row.ref, row.title, value, short_when(row.made_on), who, row)


def _document(row: DocumentRow) -> EvidenceLine:
    value = _("{n} of {all} answered").format(n=row.answered, all=row.recommendations) if row.recommendations else "–"
    return EvidenceLine(Kind.DOCUMENT, row.ref, row.title, value, short_when(row.published_on), row.body or "–", row)


def _web_page(row: WebPageRow) -> EvidenceLine:
    value = _("every {n} days").format(n=row.cycle_days) if row.cycle_days else "–"
    return EvidenceLine(
        Kind.WEB_PAGE, row.ref, row.subject, value, short_when(row.last_reviewed), row.owner or "–", row
    )


READ: dict[Kind, tuple[Callable[..., Sequence[Any]], Callable[[Any], EvidenceLine]]] = {
    Kind.FIGURE: (evidence.list_figures, _figure),
    Kind.DATA_SET: (evidence.list_data_sets, _data_set),
    Kind.PRACTICE: (practice.list_practices, _practice),
    Kind.RECOMMENDATION: (recommendations.list_recommendations, _recommendation),
    Kind.DOCUMENT: (recommendations.list_documents, _document),
    Kind.WEB_PAGE: (web_pages.list_pages, _web_page),
}
