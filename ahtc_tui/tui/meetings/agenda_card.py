"""Sections about the agenda of a meeting: for the detail pane of the agenda, and for the card of the meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahtc_tui.domain.dates.formatting import format_clock, format_weekday_date, measure_clock
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.agenda import ForwardRow
from ahtc_tui.domain.meetings.card import format_leaving_out
from ahtc_tui.domain.meetings.model import AgendaRow, MeetingCard, PaperRow
from ahtc_tui.domain.minutes.item_lengths import ItemLength
from ahtc_tui.domain.text.sizes import format_size
from ahtc_tui.services.meetings.agenda import EditableAgenda
from ahtc_tui.tui.meetings.list import format_day
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Line, Para, Section, Title
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine


def build_sections(line: AgendaLine | None, agenda: EditableAgenda) -> Iterator[Section]:
    """Yield the card of the selected agenda line, then the deadlines of the meeting."""
    if line is None:
        yield Para(_("No agenda yet. Press . and t to add the template, or n to add an item."), muted=True)
    elif isinstance(line.row, AgendaRow):
        yield from _build_item_sections(line.row, agenda.lengths.get(line.row.title.casefold()))
    elif isinstance(line.row, PaperRow):
        yield from _build_paper_sections(line.row)
    else:
        yield from _build_forward_sections(line.row)
    yield Gap()
    yield from build_deadline_facts(agenda.card)


def build_deadline_facts(card: MeetingCard) -> Iterator[Section]:
    """Yield the deadlines of the meeting: notice, papers, draft and final minutes."""
    for label, day in (
        (_("Notice"), card.notice_on),
        (_("Papers"), card.papers_on),
        (_("Draft"), card.draft_on),
        (_("Final"), card.final_on),
    ):
        if day:
            yield Fact(label, format_weekday_date(day))


def build_agenda_sections(card: MeetingCard) -> Iterator[Section]:
    """Yield the agenda for the card of the meeting: start time, number and title of each item, then its papers."""
    yield Gap()
    yield Heading(format_heading(_("Agenda"), len(card.agenda) or None))
    for item in card.agenda:
        yield from _build_item_facts(item)
    if not card.agenda:
        yield Line(_("No items yet."), muted=True)
    if papers := card.papers_without_item:
        yield Gap()
        yield Heading(format_heading(_("Papers without an agenda item"), len(papers)))
        yield from (Line(paper.summary) for paper in papers)
    if card.minutes_over:
        words = ngettext("1 minute longer than the meeting", "{n} minutes longer than the meeting", card.minutes_over)
        yield Para(" ".join(filter(None, (f"{words}.", format_leaving_out(card)))), muted=True)


def _build_item_facts(item: AgendaRow) -> Iterator[Section]:
    minutes = _("{n} min").format(n=item.minutes) if item.minutes else ""
    outcome = item.outcome.label if item.outcome else ""
    details = " · ".join(part for part in (item.presenter, minutes, outcome) if part)
    clock_text = f"{format_clock(item.starts)} " if item.starts else ""
    yield Fact(f"{clock_text}{item.position:>2}", item.shown_title + (f"   {details}" if details else ""))
    for paper in item.papers:
        yield Fact("", paper.summary)
    for matter in item.matters:
        parts = (f"{matter.ref}  {matter.shown_title}", matter.lead, _format_due(matter.due))
        yield Fact("", ", ".join(part for part in parts if part))


def _format_due(due: object) -> str:
    return _("due {day}").format(day=due) if due else ""


def _build_item_sections(item: AgendaRow, length: ItemLength | None) -> Iterator[Section]:
    yield Title(str(item.position), item.shown_title)
    yield Gap()
    yield Fact(_("Presenter"), item.presenter or _("not stated"))
    yield Fact(_("Length"), _("{n} min").format(n=item.minutes) if item.minutes else _("not stated"))
    if length:
        yield Fact(_("Proposed length"), _("{n} min, as at {ref}").format(n=length.minutes, ref=length.ref))
    if item.section:
        yield Fact(_("Section"), item.section)
    kinds = [_("standing item")] if item.standing else []
    kinds += [_("carried from the last agenda")] if item.carried else []
    if kinds:
        yield Para(", ".join(kinds), muted=True)
    if item.note:
        yield Para(item.note, muted=True)
    if item.papers:
        yield Gap()
        yield Heading(format_heading(_("Papers"), len(item.papers)))
        for paper in item.papers:
            due = _format_due(paper.due)
            yield Para(f"{paper.ref}  {paper.marked_title}")
            yield Para(
                ", ".join(part for part in (paper.author, due, paper.publication_remark, _format_file(paper)) if part),
                muted=True,
            )
    if item.interests:
        yield Gap()
        yield Heading(format_heading(_("Interests")))
        yield from (Para(str(interest)) for interest in item.interests)
    if item.matters:
        yield Gap()
        yield Heading(format_heading(_("Open from earlier meetings"), len(item.matters)))
        for matter in item.matters:
            yield Para(f"{matter.ref}  {matter.shown_title}")
            yield Para(
                ", ".join(part for part in (matter.lead or _("no lead"), _format_due(matter.due)) if part), muted=True
            )


def _build_paper_sections(paper: PaperRow) -> Iterator[Section]:
    yield Title(paper.ref, paper.marked_title)
    yield Gap()
    yield Fact(_("Author"), paper.author or _("not stated"))
    yield Fact(_("Due"), str(paper.due or _("not stated")))
    yield Fact(_("Status"), paper.publication_state)
    yield Fact(_("File"), _format_file(paper) or _("none"))


def _format_file(paper: PaperRow) -> str:
    return f"{paper.file}, {format_size(paper.file_size)}" if paper.file and paper.file_size else ""


def _build_forward_sections(row: ForwardRow) -> Iterator[Section]:
    yield Title("", row.shown_title)
    yield Gap()
    yield Fact(_("For"), str(row.for_on or _("a later meeting")))
    yield Fact(_("Presenter"), row.presenter or _("not stated"))
    if row.minutes:
        yield Fact(_("Length"), _("{n} min").format(n=row.minutes))
    if row.note:
        yield Para(row.note, muted=True)


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
    yield from map(_build_paper_line, desk.card.papers_without_item)
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
