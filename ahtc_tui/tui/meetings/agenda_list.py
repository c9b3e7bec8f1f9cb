"""Lines and columns of the agenda: items, their papers, and the forward plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahtc_tui.domain.dates.formatting import format_clock, measure_clock
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.agenda import ForwardRow
from ahtc_tui.domain.meetings.model import AgendaRow, PaperRow
from ahtc_tui.services.meetings.agenda import EditableAgenda
from ahtc_tui.tui.meetings.list import format_day
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An agenda item, a paper or an entry of the forward plan."""

    row: AgendaRow | PaperRow | ForwardRow
    clock: str
    number: str
    title: str
    detail: str
    minutes: str

    @property
    def key(self) -> RowKey:
        """The key of the record."""
        return self.row.key


def build_lines(desk: EditableAgenda) -> Iterator[AgendaLine | HeadingLine]:
    """Yield items by section, each with its papers, then papers without an item, then the forward plan."""
    section = ""
    for item in desk.card.agenda:
        if item.section and item.section != section:
            yield HeadingLine(item.section)
        section = item.section or ""
        yield _build_item_line(item)
        yield from (_build_paper_line(paper) for paper in item.papers)
    yield from (_build_paper_line(paper) for paper in desk.card.papers if paper.item is None)
    if desk.forward:
        yield HeadingLine()
        yield HeadingLine(format_heading(_("Forward plan"), len(desk.forward)), _("press . and F to add one"))
        yield from (_build_forward_line(row) for row in desk.forward)


def _build_item_line(item: AgendaRow) -> AgendaLine:
    title = item.shown_title + (f"  ({len(item.matters)})" if item.matters else "")
    clock = format_clock(item.starts) if item.starts else ""
    return AgendaLine(item, clock, str(item.position), title, item.presenter or "", f"{item.minutes or '–'}")


def _build_paper_line(paper: PaperRow) -> AgendaLine:
    name = _("paper {number}  {title}").format(number=paper.ref.rpartition("/")[2], title=paper.shown_title)
    state = _("published") if paper.published else _("withheld") if paper.is_withheld else format_day(paper.due)
    return AgendaLine(paper, "", "", f"  {name}", state, "")


def _build_forward_line(row: ForwardRow) -> AgendaLine:
    detail = format_day(row.for_on) if row.for_on else row.presenter or ""
    return AgendaLine(row, "", "·", row.shown_title, detail, f"{row.minutes or ''}")


def agenda_columns() -> Sequence[Column[AgendaLine]]:
    """Return the columns: start time, number, title, presenter and minutes."""

    def choose_style(line: AgendaLine) -> str:
        return "" if isinstance(line.row, AgendaRow) else "muted"

    return (
        Column(_("Time"), measure_clock(), lambda line: line.clock, style=lambda _line: "muted"),
        Column("", 2, lambda line: line.number, "right", choose_style),
        Column(_("Item"), None, lambda line: line.title, style=choose_style),
        Column(_("Presenter"), 13, lambda line: line.detail, style=lambda _line: "muted", optional=True),
        Column(_("Min"), 3, lambda line: line.minutes, "right", choose_style),
    )
