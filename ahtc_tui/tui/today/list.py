"""The lines of the Today page, one list with headings: what is late, what is due, what is next, whom to chase."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import DAYS
from ahtc_tui.domain.dates.formatting import say_due
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.today import ChaseRow, NextMeeting, PaperDue, QuietRow, Section, TodayView
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One line: whatever it stands for, in the same five columns."""

    kind: str
    """The kind of record that enter opens."""
    ref: str
    mark: str
    mark_style: str
    title: str
    who: str
    when: str
    when_style: str
    lead: str | None = None
    """The reference of whoever is chased from this line; None where there is nobody to chase."""


BEGIN = (
    ("actions", "2 n", _("Write the first action")),
    ("meetings", "4 n", _("Call a meeting")),
    ("groups", "5 n", _("Make a board or a forum")),
    ("contacts", "6 n", _("Add a person, a post or an organisation")),
    ("reports", "8 i", _("Bring in an action log, a calendar or contacts")),
)
"""Mode, keys and what they do, for an office in which nothing is open."""


def lines(view: TodayView, chase_key: str = "") -> Iterator[TodayLine | HeadingLine]:
    """The page from top to bottom; what is late comes first, and says so even when nothing is."""
    today = view.date
    chase = _("chase with {key}").format(key=chase_key) if chase_key else ""
    yield from _section(_("LATE"), view.late, lambda row: _action(row, today), hint=chase, none=_("nothing is late"))
    if view.conflicts:
        yield HeadingLine()
        yield HeadingLine(_("CONFLICTS  {n}").format(n=view.conflicts))
        yield TodayLine("door", "conflicts", "C", "mark", _("Written apart, to be decided"), "", "", "")
    yield from _section(_("DUE IN 14 DAYS"), view.due_soon, lambda row: _action(row, today))
    yield from _section(_("PROPOSED COMPLETE"), view.proposed_complete, lambda row: _action(row, today))
    yield from _section(_("PAPERS ASKED FOR"), view.papers, lambda row: _paper(row, today))
    meeting = _("no meeting planned")
    yield from _section(_("NEXT"), view.next_meetings, lambda row: _meeting(row, today), none=meeting)
    yield from _section(_("WHOM TO CHASE"), view.chase, _chase)
    review = _("CONTINUING, TO REVIEW  {n} of {all}").format(n=view.awaiting_review.total, all=view.continuing)
    none = _("the first on {day}").format(day=view.next_review) if view.next_review else ""
    yield from _section(review, view.awaiting_review, lambda row: _review(row, today), counted=True, none=none)
    yield from _section(_("NOT SPOKEN TO"), view.not_spoken_to, _quiet)
    if not view.open and not view.next_meetings.total:
        yield HeadingLine()
        yield HeadingLine(_("TO BEGIN"), _("enter goes there"))
        yield from (TodayLine("mode", mode, keys, "mark", words, "", "", "") for mode, keys, words in BEGIN)


def _section(
    words: str,
    section: Section[Any],
    line: Callable[..., TodayLine],
    *,
    counted: bool = False,
    hint: str = "",
    none: str = "",
) -> Iterator[TodayLine | HeadingLine]:
    """A heading with its count, then its first rows; what `none` says, or nothing, for an empty section."""
    if not section.total and not none:
        return
    if words != _("LATE"):
        yield HeadingLine()
    more = section.total - len(section.rows)
    said = "   ".join(said for said in (_("{n} more").format(n=more) if more else "", hint) if said)
    yield HeadingLine(words if counted else f"{words}  {section.total}", said if section.total else none)
    yield from (line(row) for row in section.rows)


def _action(row: ActionRow, today: date) -> TodayLine:
    brag = f"{row.brag} {row.brag.label}" if row.brag else "–"
    late = row.late(today)
    when = say_due(row.due, today, late)
    style = f"brag-{row.brag}" if row.brag else "muted"
    look = "late" if late else "soon"
    return TodayLine("action", row.ref, brag, style, row.title, row.lead_label, when, look, row.lead_ref)


def _review(row: ActionRow, today: date) -> TodayLine:
    when = say_due(row.review_on, today, False) if row.review_on else _("no date set")
    return TodayLine("action", row.ref, "–", "muted", row.title, row.lead_label, when, "muted", row.lead_ref)


def _meeting(row: NextMeeting, today: date) -> TodayLine:
    when = say_due(row.day, today, False) + (f" {row.starts}" if row.starts else "")
    papers = _("papers {day}").format(day=_short_day(row.papers_due.latest)) if row.papers_due else ""
    said = ", ".join(row.missing) or papers or row.place or ""
    return TodayLine("meeting", row.ref, row.kind.label, "muted", row.title, said, when, "")


def _paper(row: PaperDue, today: date) -> TodayLine:
    late = row.late(today)
    when, look = say_due(row.due, today, late), "late" if late else "soon"
    return TodayLine("commission", row.ref, _("Paper"), "muted", row.title, row.asked_by or "", when, look)


def _short_day(day: date) -> str:
    """A day of these weeks: "Tue 4"."""
    return f"{_(DAYS[day.weekday()][:3])} {day.day}"


def _chase(row: ChaseRow) -> TodayLine:
    said = _("{late} of {n} late").format(n=row.actions, late=row.late)
    return TodayLine(
        row.kind,
        row.ref,
        "",
        "",
        f"{row.holder or row.name}  {', '.join(row.refs)}",
        row.email or _("no address"),
        said,
        "",
        row.ref,
    )


def _quiet(row: QuietRow) -> TodayLine:
    days = _("never") if row.days is None else _("{n} d").format(n=row.days)
    said = "" if row.days is None else row.kind
    name = _("{name}: apologies twice").format(name=row.name) if row.apologies else row.name
    return TodayLine(row.party, row.ref, "", "", name, said, days, "muted")


def columns() -> Sequence[Column[TodayLine]]:
    """Rating, reference, title, who, when."""
    return (
        Column("", 7, lambda line: line.mark, style=lambda line: line.mark_style),
        Column("", 6, _short_ref),
        Column("", None, lambda line: line.title),
        Column("", 12, lambda line: line.who, style=lambda line: "muted" if line.kind == "meeting" else "", wide=24),
        Column("", 11, lambda line: line.when, "right", lambda line: line.when_style),
    )


def _short_ref(line: TodayLine) -> str:
    """References of actions are for reading out; the others only open something."""
    return line.ref if line.kind == "action" else ""
