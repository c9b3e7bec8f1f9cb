"""`ahtc today`: what one looks at on Monday morning. It reads, and never writes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import count
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import long_date_with_day, say_due
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import action_data, date_data, plain
from ahtc_tui.domain.today import MEETINGS_SHOWN, SHOWN
from ahtc_tui.services.today import today_view

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.today import ChaseRow, NextMeeting, PaperDue, QuietRow, Section, TodayView


def build(parser: ArgumentParser, _command: str) -> None:
    """The one command."""
    parser.add_argument(
        "--limit", type=count, metavar="N", help="rows of a section; --json gives all unless this is set"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=today)


def today(context: Context, chosen: Namespace) -> int:
    """`today`."""
    limit: int | None = chosen.limit
    shown = limit if limit is not None or chosen.json else SHOWN
    with context.workspace() as workspace:
        view = today_view(workspace, shown, MEETINGS_SHOWN if limit is None else min(limit, MEETINGS_SHOWN))
    if chosen.json:
        print_json(_data(view))
    else:
        print_lines(_lines(view))
    return 0


def _data(view: TodayView) -> dict[str, Any]:
    sections = ("late", "due_soon", "awaiting_review", "proposed_complete")
    return {
        "date": view.date.isoformat(),
        **{name: [action_data(row, view.date) for row in getattr(view, name).rows] for name in sections},
        "next_meetings": [_meeting_data(row) for row in view.next_meetings.rows],
        "chase": plain(view.chase.rows),
        "not_spoken_to": [{**plain(row), **date_data("last_on", row.last_on)} for row in view.not_spoken_to.rows],
        "papers": [
            {**plain(row), **date_data("due", row.due), "late": row.late(view.date)} for row in view.papers.rows
        ],
        "totals": {
            **{
                name: getattr(view, name).total
                for name in (*sections, "next_meetings", "papers", "chase", "not_spoken_to")
            },
            "continuing": view.continuing,
            "no_lead": view.no_lead,
            "open": view.open,
            "conflicts": view.conflicts,
        },
    }


def _meeting_data(row: NextMeeting) -> dict[str, Any]:
    return {**plain(row), **date_data("day", row.day), "missing": list(row.missing)}


def _lines(view: TodayView) -> list[str]:
    day = view.date
    return [
        long_date_with_day(day),
        *_section(_("Late"), view.late, _actions(view.late.rows, day)),
        *_conflicts(view.conflicts),
        *_section(_("Due in 14 days"), view.due_soon, _actions(view.due_soon.rows, day)),
        *_section(_("Papers asked for"), view.papers, _papers(view.papers.rows, day)),
        *_section(_("Next"), view.next_meetings, _meetings(view.next_meetings.rows)),
        *_section(
            _("Continuing duties to review, of {n}").format(n=view.continuing),
            view.awaiting_review,
            _reviews(view.awaiting_review.rows),
        ),
        *_section(
            _("Proposed complete, for the group to close"),
            view.proposed_complete,
            _actions(view.proposed_complete.rows, day),
        ),
        *_section(_("To chase"), view.chase, _chase(view.chase.rows)),
        *([_("  {n} more have no lead to chase").format(n=view.no_lead)] if view.no_lead else []),
        *_section(_("Not spoken to"), view.not_spoken_to, _quiet(view.not_spoken_to.rows)),
    ]


def _conflicts(number: int) -> list[str]:
    """That something is left to decide; nothing where nothing is."""
    return ["", _("Conflicts: {n}   `ahtc conflicts` shows both sides").format(n=number)] if number else []


def _section(heading: str, section: Section[Any], lines: Iterable[str]) -> list[str]:
    """A heading with its total and its rows; nothing where there is nothing."""
    if not section.total:
        return []
    shown = list(lines)
    more = section.total - len(section.rows)
    return ["", f"{heading}: {section.total}", *shown, *([_("  … and {n} more").format(n=more)] if more else [])]


def _indented(cells: Sequence[tuple[str, ...]], widths: tuple[int | None, ...]) -> list[str]:
    """A table that stands two spaces in: its first column is empty."""
    return table([("", *row) for row in cells], (0, *widths))


def _actions(rows: tuple[ActionRow, ...], day: date) -> list[str]:
    cells = [
        (
            f"{row.brag} {row.brag.label}" if row.brag else "–",
            row.ref,
            row.title,
            row.lead_label,
            say_due(row.due, day, row.late(day)),
        )
        for row in rows
    ]
    return _indented(cells, (9, 14, None, 26, 12))


def _reviews(rows: tuple[ActionRow, ...]) -> list[str]:
    cells = [
        (
            row.ref,
            row.title,
            row.lead_label,
            _("review {day}").format(day=row.review_on) if row.review_on else _("no review date"),
        )
        for row in rows
    ]
    return _indented(cells, (14, None, 26, 26))


def _meetings(rows: tuple[NextMeeting, ...]) -> list[str]:
    cells = [
        (f"{row.day} {row.starts or ''}", row.ref, row.title, row.place or "–", ", ".join(row.missing)) for row in rows
    ]
    return _indented(cells, (24, 24, None, 24, 30))


def _papers(rows: tuple[PaperDue, ...], day: date) -> list[str]:
    cells = [(row.ref, row.title, row.asked_by or "–", say_due(row.due, day, row.late(day))) for row in rows]
    return _indented(cells, (14, None, 40, 12))


def _chase(rows: tuple[ChaseRow, ...]) -> list[str]:
    cells = [
        (
            f"{row.name} ({row.holder})" if row.holder else row.name,
            _("{late} late of {n}").format(n=row.actions, late=row.late),
            ", ".join(row.refs),
        )
        for row in rows
    ]
    return _indented(cells, (None, 16, 32))


def _quiet(rows: tuple[QuietRow, ...]) -> list[str]:
    cells = [
        (
            row.name,
            _("last {day} ({kind})").format(day=row.last_on, kind=row.kind) if row.last_on else row.why,
            _("{n} days").format(n=row.days) if row.days is not None else "",
            row.why if row.last_on else "",
        )
        for row in rows
    ]
    return _indented(cells, (None, 34, 10, 40))
