"""Lines of the mode Today: late and due actions, commissions, next meetings, chasers and reviews."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow, Brag
from ahtc_tui.domain.contacts.engagement import format_engagement_kind
from ahtc_tui.domain.dates.calendar_names import format_short_month, format_short_weekday
from ahtc_tui.domain.dates.formatting import format_clock, format_due
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.meetings.kinds import MeetingKind
from ahtc_tui.domain.plan.model import UNRATED_KEY, format_rating_mark
from ahtc_tui.domain.today import (
    ChaseCandidate,
    CommissionDue,
    NextMeeting,
    QuietContact,
    RecordToReview,
    Section,
    TodayView,
    UnheldWork,
    count_others,
)
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine


@dataclass(frozen=True, slots=True)
class TodayLine:
    """A line of any kind, in five columns."""

    kind: str
    """Kind of the record that enter opens."""
    ref: str
    mark: str
    """Key of the rating of an action; empty for other records."""
    shown_ref: str
    title: str
    detail: str
    when: str
    when_style: str
    lead: str | None = None
    """Reference of the lead to chase; None if the line has none."""


WHEN_WIDTH = 20
"""Cells of the column of dates where the titles need the others; a date in words can be longer."""
FIRST_STEPS = (
    ("settings", ". ,", gettext_noop("Give the name and the email address of the office")),
    ("contacts", "6 n", gettext_noop("Add a person, a post or an organisation")),
    ("groups", "5 n", gettext_noop("Add a board or a forum")),
    ("seats", "5 . s", gettext_noop("Add the seats of the group; who has one is invited")),
    ("meetings", "4 n", gettext_noop("Add a meeting")),
    ("actions", "2 n", gettext_noop("Add the first action")),
    ("plan", "3 . N", gettext_noop("Add the first objective of the plan")),
    ("reports", "8 i", gettext_noop("Import an action log, a calendar or contacts")),
)
"""Name, the keys of the mode and of the command, and what it does: steps of a new office."""
STEP_KEYS = {
    "plan": "delivery.new-objective",
    "groups": "group.new",
    "seats": "group.seats",
    "meetings": "meeting.new",
    "actions": "action.new",
    "contacts": "contact.new",
    "reports": "import.open",
}
"""Name of a first step, and the key that begins it in its mode."""


def build_lines(
    view: TodayView, chase_key: str = "", finished_steps: Collection[str] | None = None
) -> Iterator[TodayLine | HeadingLine]:
    """Yield the page from top to bottom. The late actions come first, with a heading even if there are none.

    `finished_steps` are the first steps that are done; None where the office is past them.
    """
    today = view.date
    chase_hint = _("chase with {key}").format(key=chase_key) if chase_key else ""
    yield from _build_section(
        _("Late"),
        view.late,
        lambda row: _build_action_line(row, today),
        hint=chase_hint,
        empty_text=_("no actions are late"),
    )
    if view.conflicts:
        yield HeadingLine()
        yield HeadingLine(format_heading(_("Conflicts"), view.conflicts))
        yield TodayLine("screen", "conflicts", "", ". C", _("conflicting edits to resolve"), "", "", "")
    for heading, section in (_("Due in 14 days"), view.due_soon), (_("Proposed complete"), view.proposed_complete):
        yield from _build_section(heading, section, lambda row: _build_action_line(row, today))
    yield from _build_section(_("Commissions"), view.papers, lambda row: _build_paper_line(row, today))
    no_meeting = _("no meeting planned")
    yield from _build_section(_("Promises"), view.promises, partial(_build_promise_line, today))
    yield from _build_section(_("Work without a holder"), view.unheld, _build_unheld_line)
    build_meeting = partial(_build_meeting_line, today=today)
    yield from _build_section(_("Next"), view.next_meetings, build_meeting, empty_text=no_meeting)
    yield from _build_section(_("To chase"), view.chase, _build_chase_line)
    yield from _build_reviews(view)
    yield from _build_record_sections(view)
    yield from _build_section(_("Not contacted"), view.not_spoken_to, _build_quiet_line)
    yield from _build_retention(view.retention_due)
    if finished_steps is not None:
        yield from _build_first_steps(finished_steps)


def _build_reviews(view: TodayView) -> Iterator[TodayLine | HeadingLine]:
    """Yield the continuing duties to review; without any, the date of the first review."""
    heading = _("Continuing, to review")
    build_line = partial(_build_review_line, today=view.date)
    no_review = _("the first on {date}").format(date=view.next_review) if view.next_review else ""
    yield from _build_section(heading, view.awaiting_review, build_line, of=view.continuing, empty_text=no_review)


def _build_retention(number: int) -> Iterator[TodayLine | HeadingLine]:
    """Yield the line that opens the retention schedule; nothing where no record is due."""
    if number:
        yield HeadingLine()
        yield HeadingLine(format_heading(_("Retention"), number))
        yield TodayLine("screen", "retention", "", "", _("records whose period is over"), "", "", "")


def _build_first_steps(finished_steps: Collection[str]) -> Iterator[TodayLine | HeadingLine]:
    """Yield the first steps of a new office in the order in which one needs the other, and the tour."""
    yield HeadingLine()
    yield HeadingLine(format_heading(_("Set up")), _("do the steps in any order; press enter to open one"))
    for mode, keys, words in FIRST_STEPS:
        state = _("done") if mode in finished_steps else ""
        yield TodayLine("mode" if mode in STEP_KEYS else "screen", mode, "", keys, _(words), state, "", "")
    yield TodayLine("screen", "tour", "", "", _("ahtc in six steps"), "", "", "")


def _build_record_sections(view: TodayView) -> Iterator[TodayLine | HeadingLine]:
    """Yield open decisions, and what is to be reviewed or renewed."""
    yield from _build_section(_("Open decisions"), view.decisions, _build_decision_line)
    for heading, section, kind in (
        (_("Terms of reference to review"), view.terms_of_reference, "group"),
        (_("Seats ending soon"), view.seats_ending, "seat"),
        (_("Web pages to review"), view.web_pages, "web_page"),
    ):
        yield from _build_section(heading, section, partial(_build_record_line, kind, view.date))


def _build_section(
    heading: str,
    section: Section[Any],
    build_line: Callable[..., TodayLine],
    *,
    of: int | None = None,
    hint: str = "",
    empty_text: str = "",
) -> Iterator[TodayLine | HeadingLine]:
    """Yield a heading with its count, `of` a number where it is known, then the first rows. An empty section
    yields a heading with `empty_text`, or nothing without it.
    """
    if not section.total and not empty_text:
        return
    if heading != _("Late"):
        yield HeadingLine()
    hidden_count = section.hidden
    count = section.total if of is None else _("{n} of {all}").format(n=section.total, all=of)
    note = "   ".join(note for note in (_("{n} more").format(n=hidden_count) if hidden_count else "", hint) if note)
    yield HeadingLine(format_heading(heading, count), note if section.total else empty_text)
    for row, others in section.counted_rows:
        line = build_line(row)
        yield replace(line, when=count_others(line.when, others)) if others else line


def _build_action_line(row: ActionRow, today: date) -> TodayLine:
    is_late = row.is_late(today)
    when = format_due(row.due, today, is_late)
    when_style = "late" if is_late else "soon"
    return TodayLine(
        "action",
        row.ref,
        row.brag or UNRATED_KEY,
        row.ref,
        row.shown_title,
        row.lead_label,
        when,
        when_style,
        row.lead_ref,
    )


def _build_review_line(row: ActionRow, today: date) -> TodayLine:
    when = format_due(row.review_on, today, False) if row.review_on else _("no date set")
    return TodayLine(
        "action",
        row.ref,
        row.brag or UNRATED_KEY,
        row.ref,
        row.shown_title,
        row.lead_label,
        when,
        "muted",
        row.lead_ref,
    )


def _build_meeting_line(row: NextMeeting, today: date) -> TodayLine:
    when = format_due(row.day, today, False) + (f" {format_clock(row.starts)}" if row.starts else "")
    papers = _("papers {day}").format(day=_format_short_day(row.papers_due.latest)) if row.papers_due else ""
    kind = () if row.kind is MeetingKind.MEETING else (row.kind.label,)
    detail = ", ".join((*kind, *row.missing_parts)) or papers or row.place or ""
    return TodayLine("meeting", row.ref, "", "", row.shown_title, detail, when, "")


def _build_paper_line(row: CommissionDue, today: date) -> TodayLine:
    is_late = row.is_late(today)
    when, when_style = format_due(row.due, today, is_late), "late" if is_late else "soon"
    return TodayLine("commission", row.ref, "", "", row.shown_title, row.asked_by or "", when, when_style)


def _build_promise_line(today: date, row: RecordToReview) -> TodayLine:
    is_late = row.due is not None and row.due.latest < today
    when, when_style = format_due(row.due, today, is_late), "late" if is_late else "soon"
    return TodayLine("promise", row.ref, "", row.ref, row.shown_title, row.detail, when, when_style)


def _build_unheld_line(row: UnheldWork) -> TodayLine:
    since = _format_day_and_month(row.since.latest) if row.since else ""
    return TodayLine(row.kind, row.ref, "", "", row.label, row.work, since, "muted")


def _format_short_day(day: date) -> str:
    """Return a day as "Tue 4"."""
    return f"{format_short_weekday(day.weekday())} {day.day}"


def _build_chase_line(row: ChaseCandidate) -> TodayLine:
    name = _("vacant: {post}").format(post=row.name) if row.vacant else row.holder or row.name
    chased = _("chased {day}").format(day=_format_day_and_month(row.chased_on)) if row.chased_on else ""
    return TodayLine(
        row.kind,
        row.ref,
        "",
        "",
        f"{name}  {', '.join(row.refs)}",
        chased or row.email or _("no address"),
        _format_late_count(row),
        "",
        row.ref,
    )


def _format_late_count(row: ChaseCandidate) -> str:
    """Return how many of the actions of a lead are late; where none is, how many are due soon."""
    if not row.late:
        return ngettext("1 due soon", "{n} due soon", row.actions)
    return _("{late} of {n} late").format(n=row.actions, late=row.late)


def _format_day_and_month(day: date) -> str:
    """Return a day as "4 Feb"."""
    return f"{day.day} {format_short_month(day.month)}"


def _build_decision_line(row: RecordToReview) -> TodayLine:
    from ahtc_tui.domain.meetings.kinds import DecisionStatus

    status, day = DecisionStatus(row.detail).label, str(row.due or "")
    return TodayLine("decision", row.ref, "", row.ref, row.shown_title, status, day, "muted")


def _build_record_line(kind: str, today: date, row: RecordToReview) -> TodayLine:
    due = format_due(row.due, today, False) if row.due else _("never reviewed")
    return TodayLine(kind, row.ref, "", "", row.title, row.detail, due, "soon")


def _build_quiet_line(row: QuietContact) -> TodayLine:
    days = _("never") if row.days is None else _("{n} d").format(n=row.days)
    detail = "" if row.days is None else format_engagement_kind(row.kind)
    name = _("{name}: apologies twice").format(name=row.name) if row.apologies else row.name
    return TodayLine(row.party, row.ref, "", "", name, detail, days, "muted")


def today_columns() -> Sequence[Column[TodayLine]]:
    """Return the columns: rating, reference, title, details and date."""
    return (
        Column(
            "",
            max(len(rating.letter) for rating in Brag),
            lambda line: format_rating_mark(line.mark) if line.mark else "",
            style=_choose_mark_style,
        ),
        Column("", 6, lambda line: line.shown_ref, style=_choose_ref_style, grows=True, joins_next=True),
        Column("", None, lambda line: line.title),
        Column("", 24, lambda line: line.detail, style=_choose_detail_style, least=12, under="when"),
        Column("", WHEN_WIDTH, lambda line: line.when, "right", lambda line: line.when_style, anchor="when"),
    )


def _choose_mark_style(line: TodayLine) -> str:
    return f"brag-{line.mark}" if line.mark in set(Brag) else "muted"


def _choose_ref_style(line: TodayLine) -> str:
    """Return the style of a reference; keys that open a screen are marked."""
    return "mark" if line.kind in {"screen", "mode"} else ""


def _choose_detail_style(line: TodayLine) -> str:
    return "muted" if line.kind == "meeting" else ""
