"""The mode Today: what is late, due and next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partialmethod
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one

from ahtc_tui.domain.dates.calendar_names import format_short_month, format_short_weekday
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_clock, format_due, format_short_weekday_date, format_weekday_date
from ahtc_tui.domain.dates.working_days import is_working_day
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import RATING_KEYS, ObjectiveRow, format_rating_mark
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.domain.today import DayMark, NextMeeting, TodayOverview, TodayView
from ahtc_tui.services.today import find_finished_steps, show_overview, show_today
from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.keys import BY_ID, build_bindings
from ahtc_tui.tui.today.list import FIRST_STEPS, STEP_KEYS, TodayLine, build_lines, today_columns
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card, Drawing, Gap, Heading, Item, Line, Section
from ahtc_tui.tui.widgets.drawing import GLYPHS, RATING_STYLES, draw_rating_bar
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, fit_cell, format_heading, sanitize_text, wrap_text
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource, SortKey

if TYPE_CHECKING:
    from ahtc_tui.domain.documents.chasers import ChaserReport
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.tui.widgets.detail_pane import Section


BAR_WIDTH = 8
"""Cells of the bar of an objective."""
LEAST_TITLE_WIDTH, BESIDE_TITLE = 24, 18
"""Cells that the title of an objective has before the bar has any, and cells of its number and counts."""
MEETINGS = 3
STEPS = 6
MONTH_WIDTH = 4
"""Cells of the short name of a month."""
MUTED = "$foreground-muted"


def build_overview(view: TodayView, overview: TodayOverview, width: int) -> Iterator[Section]:
    """Yield the sections of a pane of this width from top to bottom."""
    yield from _build_calendar(overview, view.date)
    yield Gap()
    yield from _build_ratings(overview.objectives, width - BESIDE_TITLE)
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


def _build_ratings(objectives: tuple[ObjectiveRow, ...], room: int) -> Iterator[Section]:
    """Yield each objective with the number of actions of each rating, and a bar of these where
    `room`, the cells of the title, is wide enough.
    """
    if not objectives:
        return
    has_bars = room - BAR_WIDTH - 2 >= LEAST_TITLE_WIDTH
    title_width = room - BAR_WIDTH - 2 if has_bars else room
    heads = [(f"{format_rating_mark(letter):>3}", RATING_STYLES[letter]) for letter in RATING_KEYS]
    yield Drawing(Content.assemble((fit_cell(format_heading(_("By objective")), title_width + 2), "bold"), *heads))
    largest = max(row.total for row in objectives)
    for row in objectives:
        counts = dict(row.by_brag)
        numbers = [(f"{counts.get(letter, 0) or '–':>3}", RATING_STYLES[letter]) for letter in RATING_KEYS]
        first_line, *lines = wrap_text(row.shown_title, title_width)
        bar = ("  ", draw_rating_bar(counts, BAR_WIDTH, largest)) if has_bars else ()
        yield Drawing(Content.assemble(f"{row.number} {fit_cell(first_line, title_width)}", *numbers, *bar))
        yield from (Drawing(Content(f"  {line}")) for line in lines)
    if not has_bars:
        yield Gap()
        return
    legend = "  ".join(f"{glyph} {format_rating_mark(letter)}" for letter, glyph in GLYPHS.items())
    yield Drawing(Content.styled(legend, MUTED))
    yield Gap()


def _build_meetings(view: TodayView, overview: TodayOverview) -> Iterator[Section]:
    """Yield what the next meetings lack, and the minutes to send."""
    rows = view.next_meetings.rows[:MEETINGS]
    if rows or overview.minutes_to_send:
        yield Heading(format_heading(_("To prepare")))
    for row in rows:
        yield Item(f"{format_due(row.day, view.date, False)}  {row.shown_title}")
        yield Line(f"  {_format_missing(row)}", muted=True)
    for meeting, due in overview.minutes_to_send:
        yield Item(_("{day}  minutes of {ref} to send").format(day=format_short_weekday_date(due), ref=meeting.ref))
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


DAY_CHECK_SECONDS = 60
"""Interval of the check for a new day."""

COMMANDS = {
    **dict.fromkeys(("update", "done", "status"), ("action",)),
    **dict.fromkeys(("minutes", "agenda", "pack", "invite"), ("meeting",)),
    **dict.fromkeys(("edit", "later", "earlier", "next_week"), ("action", "meeting")),
}
"""Commands on a row, and the kinds of record that have them."""


def _build_overview(workspace: Workspace, view: TodayView, width: int) -> tuple[Section, ...]:
    """Return the pane beside the list; not on the drawing thread, since the first bank holidays are slow to import."""

    return tuple(build_overview(view, show_overview(workspace), width))


class TodayScreen(DeskScreen):
    """One list, with an overview on a wide screen; enter opens the record over it, and escape comes back."""

    noun = "today"
    BINDINGS = build_bindings(
        *("action.edit", "action.update", "action.done", "today.chase", "today.status", "date.*", "desk.find"),
        *("meeting.minutes", "meeting.agenda", "meeting.pack", "meeting.invite"),
    )

    day_line = query_one("#day", Plain)
    overview_pane = query_one("#overview", Card)

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
        self._view: TodayView | None = None
        self._overview_width = 0
        """Width for which the pane was drawn last; 0 until the screen has room for it."""
        self._kind = ""
        """Kind of the record under the cursor, which decides the commands."""

    def on_mount(self) -> None:
        """Reload on a new day even if no key is pressed."""
        self._day = self.desk.today
        self.overview_pane.can_focus = False
        self.set_interval(DAY_CHECK_SECONDS, self._reload_on_new_day)

    def _reload_on_new_day(self) -> None:
        if self._day != self.desk.today:
            self.app.changed.publish(None)

    def build_columns(self) -> Sequence[Column[TodayLine]]:
        """Return the columns of the list."""
        return today_columns()

    def compose(self) -> ComposeResult:
        yield ModeBar(self.noun)
        yield Plain(id="day")
        with Horizontal(id="today-panes"):
            yield RecordList(self.build_columns(), markable=False, wraps=True)
            yield Card(id="overview")
        yield Hints()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the page again."""
        with errors_as_toasts(self.app):
            view: TodayView = await self.desk.show(show_today)
            self._day = view.date
            self.day_line.update(f" {capitalise(format_weekday_date(view.date))}")
            finished = await self.desk.run(find_finished_steps)
            lines_shown = list(build_lines(view, self._find_chase_key(), finished))
            source = ListSource(lines_shown, lambda line: (line.kind, line.ref, line.when))
            key = self._find_selected_key(source, finished or ())
            self.list_pane.update_rows(source, key=key, empty_text=_("Nothing is waiting."))
            self._view = view
            self.list_pane.call_later(self.call_after_refresh, self._show_overview)  # once its rows are drawn

    @work(exclusive=True, group="overview")
    async def _show_overview(self) -> None:
        """Read and draw the pane beside the list, where the screen has room for it."""
        if self._view is not None and self.has_class("-wide"):
            self._overview_width = width = self.overview_pane.scrollable_content_region.width
            with errors_as_toasts(self.app):
                sections = await self.desk.run_read(_build_overview, self._view, width)
                self.overview_pane.show(sections, page="overview")

    def on_resize(self) -> None:
        """Draw the pane when it comes into view, or has another width."""
        if self._view is not None:
            self.call_after_refresh(self._fit_overview)

    def _fit_overview(self) -> None:
        if self.overview_pane.scrollable_content_region.width not in (0, self._overview_width):
            self._show_overview()

    def _find_selected_key(self, source: ListSource[TodayLine], finished_steps: Collection[str]) -> SortKey | None:
        """Return the key of the selected record, which another date moves to another section; None to stay in place.

        The cursor begins in the first record; from a first step that is done it goes to the next one.
        """
        steps = [step for step, _keys, _words in FIRST_STEPS]
        line: TodayLine | None = self.list_pane.highlighted or next(iter(source.list_rows()), None)
        if line is None:
            return None
        if line.ref in steps and line.ref in finished_steps:
            return source.find_key(lambda other: other.ref in steps and other.ref not in finished_steps)
        same_line = source.find_key(lambda other: other == line)
        return same_line or source.find_key(lambda other: (other.kind, other.ref) == (line.kind, line.ref))

    def _find_chase_key(self) -> str:
        """Return the key of the chase command, as remapped."""
        keys = (bound.binding for bound in self.active_bindings.values())
        return next((self.app.get_key_display(key) for key in keys if key.id == "today.chase"), "")

    @on(RecordList.Opened)
    def _open_selected(self, event: RecordList.Opened) -> None:
        row: Any = event.row
        if isinstance(row, HeadingLine):
            return
        if row.kind == "screen":
            self.app.action_tour() if row.ref == "tour" else self.app.action_page(row.ref)
        elif row.kind == "mode":
            self._start_step(row.ref)
        else:
            self.app.open_record(row.kind, row.ref)

    @work(group="form")
    async def _start_step(self, step: str) -> None:
        """Go to the mode of a first step and press the key of its command, as remapped, once its list is read."""
        key = BY_ID[STEP_KEYS[step]]
        await self.app.switch_mode("groups" if step == "seats" else step)
        screen = self.app.screen
        await self.app.workers.wait_for_complete(
            [worker for worker in self.app.workers if worker.node is screen and worker.group == "load"]
        )
        screen.call_after_refresh(self.app.simulate_key, self.desk.workspace.keymap.get(key.id, key.keys).split(",")[0])

    @on(RecordList.Highlighted)
    def _note_kind(self, event: RecordList.Highlighted) -> None:
        """Offer the commands of the record under the cursor."""
        kind = event.row.kind if isinstance(event.row, TodayLine) else ""
        if kind != self._kind:
            self._kind = kind
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the commands that the record under the cursor does not have; `x` invites or chases."""
        if action == "chase":
            return self._kind not in ("meeting", "mode", "screen")
        return action not in COMMANDS or self._kind in COMMANDS[action]

    @work(group="write")
    async def _run(self, command: str) -> None:
        """Run a command on the record under the cursor."""
        line: TodayLine | None = self.list_pane.highlighted
        if line is not None:
            await self.app.run_on_record(command, line.kind, line.ref)

    action_edit = partialmethod(_run, "edit")
    action_update = partialmethod(_run, "update")
    action_done = partialmethod(_run, "done")
    action_status = partialmethod(_run, "status")
    action_later = partialmethod(_run, "later")
    action_earlier = partialmethod(_run, "earlier")
    action_next_week = partialmethod(_run, "next_week")
    action_minutes = partialmethod(_run, "minutes")
    action_agenda = partialmethod(_run, "agenda")
    action_pack = partialmethod(_run, "pack")
    action_invite = partialmethod(_run, "invite")

    @work(group="write")
    async def action_chase(self) -> None:
        """Write a chaser to the lead of the action; ask first if the lead was chased within the week."""
        from ahtc_tui.services.exports import chasers

        line: TodayLine | None = self.list_pane.highlighted
        if line is None or line.lead is None:
            show_toast(self.app, _("This line has no lead to chase."), undo=False)
            return
        with errors_as_toasts(self.app):
            report = await self.desk.run(chasers.write_chasers_to_folder, line.lead)
            if not report.files and (question := await self._ask_to_chase_again(report)):
                if not await self.app.push_screen_wait(Confirm(question, default=False)):
                    return
                report = await self.desk.run(chasers.write_chasers_to_folder, line.lead, True)
            self._report_chase(report)

    async def _ask_to_chase_again(self, report: ChaserReport) -> str:
        """Return the question whether to chase again within a week; empty if another reason prevents it."""
        from ahtc_tui.domain.documents.chasers import is_chased_lately
        from ahtc_tui.services.exports.chasers import find_last_chase

        for left in report.left_out:
            last = await self.desk.run(find_last_chase, left.ref)
            if last and is_chased_lately(last.chased_on, self.desk.today):
                question = _("{party} was chased about {ref} on {day}. Chase again?")
                return question.format(party=last.party, ref=left.ref, day=format_long_date(last.chased_on))
        return ""

    def _report_chase(self, report: ChaserReport) -> None:
        if not report.files:
            reasons = "; ".join(f"{left.ref}: {left.reason}" for left in report.left_out)
            show_toast(
                self.app,
                reasons or _("They have no late or due actions, so no chaser was saved."),
                undo=False,
            )
            return
        path = report.files[0].relative_to(self.desk.workspace.root)
        message = _("Chased about {refs}. Send this draft: {path}").format(refs=", ".join(report.chased), path=path)
        if report.without_address:
            message += _("   (no address: send it another way)")
        show_toast(self.app, message)
        self.app.changed.publish(None)
