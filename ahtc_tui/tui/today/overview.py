"""The pane beside the list of Today: calendar, ratings, what the next meetings lack, and the latest steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from ahtc_tui.domain.dates.calendar_names import format_short_month, format_short_weekday
from ahtc_tui.domain.dates.formatting import format_clock, format_due, format_short_weekday_date
from ahtc_tui.domain.dates.working_days import is_working_day
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import RATING_KEYS, UNRATED_KEY, ObjectiveRow
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.domain.today import DayMark, NextMeeting, TodayOverview, TodayView
from ahtc_tui.tui.widgets.detail_pane import Drawing, Gap, Heading, Line, Section
from ahtc_tui.tui.widgets.drawing import GLYPHS, RATING_STYLES, draw_rating_bar
from ahtc_tui.tui.widgets.plain import fit_cell, format_heading, sanitize_text

BAR_WIDTH = 8
"""Cells of the bar of an objective."""
LEAST_TITLE_WIDTH, BESIDE_TITLE = 14, 28
"""Cells of the title of an objective where the pane is narrow, and of its counts."""
MEETINGS = 3
STEPS = 6
MONTH_WIDTH = 4
"""Cells of the short name of a month."""
MUTED = "$foreground-muted"


def build_overview(view: TodayView, overview: TodayOverview, width: int) -> Iterator[Section]:
    """Yield the sections of a pane of this width from top to bottom."""
    title_width = max(LEAST_TITLE_WIDTH, width - BESIDE_TITLE)
    yield from _build_calendar(overview, view.date)
    yield Gap()
    yield from _build_ratings(overview.objectives, title_width)
    yield Gap()
    yield from _build_meetings(view, overview)
    yield from _build_steps(overview)


def _build_calendar(overview: TodayOverview, today: date) -> Iterator[Section]:
    yield Heading(format_heading(_("Next five weeks")))
    weekdays = "".join(f" {format_short_weekday(day)[:2]:<2} " for day in range(7))
    yield Drawing(Content.styled(" " * MONTH_WIDTH + weekdays, MUTED))
    days = overview.calendar_days
    for start in range(0, len(days), 7):
        monday = days[start]
        begins_month = start == 0 or monday.day <= 7
        month = format_short_month(monday.month) if begins_month else ""
        cells = [_draw_day(day, overview, today) for day in days[start : start + 7]]
        yield Drawing(Content.assemble((fit_cell(month, MONTH_WIDTH), MUTED), *cells))
    yield Drawing(Content.styled(_("( ) meeting   [ ] papers   · due"), MUTED))


def _draw_day(day: date, overview: TodayOverview, today: date) -> Content:
    """Return a day in four cells: brackets of a meeting, of papers, or a dot for due dates."""
    marks = overview.marks.get(day, frozenset())
    left, right = "()" if DayMark.MEETING in marks else "[]" if DayMark.PAPERS in marks else "  "
    if DayMark.DUE in marks:
        right = "·"
    style = "bold reverse" if day == today else "bold" if marks else "" if is_working_day(day) else MUTED
    return Content.assemble(left, (f"{day.day:2}", style), right)


def _build_ratings(objectives: tuple[ObjectiveRow, ...], title_width: int) -> Iterator[Section]:
    """Yield a bar for each objective, with the number of actions of each rating."""
    if not objectives:
        return
    heads = [(f"{'–' if letter == UNRATED_KEY else letter:>3}", RATING_STYLES[letter]) for letter in RATING_KEYS]
    yield Drawing(Content.assemble((fit_cell(format_heading(_("By objective")), title_width + 2), "bold"), *heads))
    largest = max(row.total for row in objectives)
    for row in objectives:
        counts = dict(row.by_brag)
        numbers = [(f"{counts.get(letter, 0) or '–':>3}", RATING_STYLES[letter]) for letter in RATING_KEYS]
        title = f"{row.number} {fit_cell(row.shown_title, title_width)}"
        yield Drawing(Content.assemble(title, *numbers, "  ", draw_rating_bar(counts, BAR_WIDTH, largest)))
    legend = "  ".join(f"{glyph} {'–' if letter == UNRATED_KEY else letter}" for letter, glyph in GLYPHS.items())
    yield Drawing(Content.styled(legend, MUTED))
    yield Gap()


def _build_meetings(view: TodayView, overview: TodayOverview) -> Iterator[Section]:
    """Yield what the next meetings lack, and the minutes to send."""
    rows = view.next_meetings.rows[:MEETINGS]
    if rows or overview.minutes_to_send:
        yield Heading(format_heading(_("To prepare")))
    for row in rows:
        yield Line(f"{format_due(row.day, view.date, False)}  {row.shown_title}")
        yield Line(f"  {_format_missing(row)}", muted=True)
    for meeting, due in overview.minutes_to_send:
        yield Line(_("{day}  minutes of {ref} to send").format(day=format_short_weekday_date(due), ref=meeting.ref))
    if rows or overview.minutes_to_send:
        yield Gap()


def _format_missing(row: NextMeeting) -> str:
    papers = _("papers {day}").format(day=format_short_weekday_date(row.papers_due.latest)) if row.papers_due else ""
    return ", ".join(part for part in (*row.missing_parts, papers) if part) or _("ready")


def _build_steps(overview: TodayOverview) -> Iterator[Section]:
    """Yield the latest steps since yesterday."""
    yield Heading(format_heading(_("Since yesterday")))
    clock_width = max((len(format_clock(step.at.astimezone())) for step in overview.steps[:STEPS]), default=0)
    for step in overview.steps[:STEPS]:
        moment = step.at.astimezone()
        yield Line(sanitize_text(f"{format_clock(moment):>{clock_width}}  {format_step_label(step.label)}"))
    hidden = len(overview.steps) - STEPS
    if hidden > 0:
        yield Line(_("{n} more").format(n=hidden), muted=True)
    if not overview.steps:
        yield Line(_("nothing changed"), muted=True)
