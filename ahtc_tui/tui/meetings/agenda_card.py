"""What the agenda says at the side: the item under the cursor, its papers, and what arises from earlier meetings."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.dates.formatting import long_date_with_day
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.agenda import ForwardRow, PaperRow
from ahtc_tui.domain.meetings.model import AgendaRow, MeetingCard
from ahtc_tui.tui.meetings.agenda_list import AgendaLine
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Line, Para, Section, Title


def side(line: AgendaLine | None, card: MeetingCard) -> Iterator[Section]:
    """The card beside the agenda."""
    if line is None:
        yield Para(_("No agenda yet. t takes the template, n writes an item."), muted=True)
    elif isinstance(line.row, AgendaRow):
        yield from _item(line.row)
    elif isinstance(line.row, PaperRow):
        yield from _paper(line.row)
    else:
        yield from _forward(line.row)
    yield Gap()
    yield from clock(card)


def clock(card: MeetingCard) -> Iterator[Section]:
    """The days on which something is to be done about the meeting."""
    for label, day in (
        (_("Notice"), card.notice_on),
        (_("Papers"), card.papers_on),
        (_("Draft"), card.draft_on),
        (_("Final"), card.final_on),
    ):
        if day:
            yield Fact(label, long_date_with_day(day))


def agenda_of(card: MeetingCard) -> Iterator[Section]:
    """The agenda on the card of its meeting: clock, number and title of each item, then its papers."""
    yield Gap()
    yield Heading(_("AGENDA  {n}").format(n=len(card.agenda)) if card.agenda else _("AGENDA"))
    for item in card.agenda:
        yield from _brief(item)
    if not card.agenda:
        yield Line(_("nothing on it yet"), muted=True)
    if card.minutes_over:
        yield Para(_("{n} minutes longer than the meeting").format(n=card.minutes_over), muted=True)


def _brief(item: AgendaRow) -> Iterator[Section]:
    minutes = _("{n} min").format(n=item.minutes) if item.minutes else ""
    also = " · ".join(part for part in (item.presenter, minutes) if part)
    clocked = f"{item.starts:%H:%M} " if item.starts else ""
    yield Fact(f"{clocked}{item.position:>2}", item.title + (f"   {also}" if also else ""))
    for paper in item.papers:
        yield Fact("", f"{paper.ref}  {paper.title}, {paper.standing.lower()}")
    for one in item.matters:
        yield Fact("", ", ".join(part for part in (f"{one.ref}  {one.title}", one.lead, _due(one.due)) if part))


def _due(due: object) -> str:
    return _("due {day}").format(day=due) if due else ""


def _item(item: AgendaRow) -> Iterator[Section]:
    yield Title(str(item.position), item.title)
    yield Gap()
    yield Fact(_("Presenter"), item.presenter or _("not said"))
    yield Fact(_("Minutes"), str(item.minutes or _("not said")))
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
        yield Heading(_("PAPERS  {n}").format(n=len(item.papers)))
        for paper in item.papers:
            due = _due(paper.due)
            yield Para(f"{paper.ref}  {paper.title}")
            yield Para(", ".join(part for part in (paper.author, due, paper.standing.lower()) if part), muted=True)
    if item.matters:
        yield Gap()
        yield Heading(_("OPEN FROM EARLIER MEETINGS  {n}").format(n=len(item.matters)))
        for one in item.matters:
            yield Para(f"{one.ref}  {one.title}")
            yield Para(", ".join(part for part in (one.lead or _("no owner"), _due(one.due)) if part), muted=True)


def _paper(paper: PaperRow) -> Iterator[Section]:
    yield Title(paper.ref, paper.title)
    yield Gap()
    yield Fact(_("Author"), paper.author or _("not said"))
    yield Fact(_("Due"), str(paper.due or _("not said")))
    yield Fact(_("Standing"), paper.standing)


def _forward(row: ForwardRow) -> Iterator[Section]:
    yield Title("", row.title)
    yield Gap()
    yield Fact(_("For"), str(row.for_on or _("a later meeting")))
    yield Fact(_("Presenter"), row.presenter or _("not said"))
    if row.minutes:
        yield Fact(_("Minutes"), str(row.minutes))
    if row.note:
        yield Para(row.note, muted=True)
