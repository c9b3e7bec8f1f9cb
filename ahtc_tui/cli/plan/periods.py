"""The verbs of `ahtc plan` that show it over time: compare, trend, burn-down, timeline, counts. Read only."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from ahtc_tui.cli.console.argument_types import build_number_parser, parse_nonempty
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import (
    format_counts,
    format_table,
    is_accessible,
    print_json,
    print_lines,
    print_result,
    read_terminal_width,
)
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb
from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.dates.date_as_known import format_long_date, read_iso_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.quarters import format_quarter, format_quarter_code
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import RATING_KEYS, format_rating_mark
from ahtc_tui.domain.plan.periods import ActionCounts, PlanComparison, PlanCountsRow, PlanGrouping
from ahtc_tui.domain.plan.timeline import (
    TimelineRow,
    draw_bar,
    find_window_start,
    format_legend,
    format_quarter_headings,
)
from ahtc_tui.domain.serialization import serialize_record, serialize_value
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.workspace import Workspace

BAR_WIDTH = 40
QUARTERS_SHOWN = 12
"""Quarters of a timeline: the last one, and those from today."""
COUNT_COLUMNS = range(1, 9)
"""Indices of the columns with counts."""


def declare_verbs() -> list[Verb]:
    """Return the verbs that show the plan over time."""
    by = Argument("--by", choices=list(PlanGrouping), default=PlanGrouping.OBJECTIVE.value)
    last_quarter = _("the last quarter; this quarter by default")
    return [
        Verb("compare", print_comparison, _("the plan on two dates, side by side")).takes(
            Argument("--from", "D", dest="first", required=True, type=parse_nonempty),
            Argument("--to", "D", _("today by default"), dest="last", type=parse_nonempty),
            by,
            JSON,
        ),
        Verb("trend", print_trend, _("counts at the end of each quarter")).takes(
            Argument("--to", "D", last_quarter, dest="last", type=parse_nonempty),
            Argument("--quarters", "N", type=build_number_parser(1, 40), default=plan.QUARTERS),
            JSON,
        ),
        Verb("burn-down", print_burn_down, _("open actions by month")).takes(
            Argument("--months", "N", type=build_number_parser(1, 240), default=plan.MONTHS), JSON
        ),
        Verb("timeline", print_timeline, _("open actions and milestones by quarter"), JSON),
        Verb("counts", print_counts, _("action counts by objective, lead or group")).takes(
            by, Argument("--on", "D", _("the count date; today by default"), type=parse_nonempty), JSON
        ),
    ]


def print_comparison(context: Context, args: Namespace) -> None:
    """Print counts of the plan on two days, side by side."""
    with context.open_workspace() as workspace:
        first = _read_day(workspace, args.first)
        last = _read_day(workspace, args.last) if args.last else workspace.today()
        comparison = plan.compare_plan(workspace, first, last, PlanGrouping(args.by))
    print_result(args.json, lambda: _comparison_data(comparison), lambda: _format_comparison(comparison))


def _read_day(workspace: Workspace, text: str) -> date:
    from ahtc_tui.domain.dates.parser import read_date_alone

    return read_date_alone(text, workspace.today()).latest


def counts_data(counts: ActionCounts) -> dict[str, Any]:
    """Return counts as JSON data."""
    return {**serialize_value(counts), "by_status": dict(counts.by_status), "by_brag": dict(counts.by_brag)}


def _comparison_data(comparison: PlanComparison) -> dict[str, Any]:
    return {
        "from": comparison.first.isoformat(),
        "to": comparison.last.isoformat(),
        "by": comparison.by.value,
        "total": {"from": counts_data(comparison.before), "to": counts_data(comparison.after)},
        "rows": [
            {"ref": row.ref, "name": row.name, "from": counts_data(row.before), "to": counts_data(row.after)}
            for row in comparison.rows
        ],
        "undated": serialize_value(comparison.undated),
    }


def _count_cells(name: str, before: ActionCounts, after: ActionCounts) -> list[str]:
    was, now = dict(before.by_brag), dict(after.by_brag)
    pairs = [(before.total, after.total), (before.open, after.open), (before.late, after.late)]
    pairs += [(was.get(letter, 0), now.get(letter, 0)) for letter in RATING_KEYS]
    return [name, *(f"{first} → {last}" if first != last else str(last) for first, last in pairs)]


def _format_comparison(comparison: PlanComparison) -> list[str]:
    head = [comparison.by.label, _("All"), _("Open"), _("Late"), *map(format_rating_mark, Brag), _("Not rated")]
    rows = [_count_cells(row.name, row.before, row.after) for row in comparison.rows]
    everything = _count_cells(_("All actions"), comparison.before, comparison.after)
    title = _("{first} → {last}").format(
        first=format_long_date(comparison.first), last=format_long_date(comparison.last)
    )
    lines = format_counts(head, [*rows, everything], (None, *[12] * 8), COUNT_COLUMNS)
    return [title, "", *lines, *(["", comparison.undated.sentence] if comparison.undated.sentence else [])]


def print_trend(context: Context, args: Namespace) -> None:
    """Print the counts at the end of each quarter."""
    with context.open_workspace() as workspace:
        until = _read_day(workspace, args.last) if args.last else None
        trend = plan.show_trend(workspace, until, args.quarters)
    if args.json:
        quarters = [
            {"quarter": format_quarter_code(state.day), "on": state.day.isoformat(), **counts_data(state.total)}
            for state in trend.quarters
        ]
        print_json({"quarters": quarters, "undated": serialize_value(trend.undated)})
        return
    head = [_("Quarter"), _("All"), _("Open"), _("Late"), *map(format_rating_mark, Brag), _("Not rated")]
    rows = [_count_cells(format_quarter(state.day), state.total, state.total) for state in trend.quarters]
    lines = format_counts(head, rows, (20, *[9] * 8), COUNT_COLUMNS)
    print_lines([*lines, *(["", trend.undated.sentence] if trend.undated.sentence else [])])


def print_burn_down(context: Context, args: Namespace) -> None:
    """Print raised, closed and open actions by month, with a bar for the open ones."""
    with context.open_workspace() as workspace:
        burn_down = plan.show_burn_down(workspace, args.months)
    if args.json:
        print_json(serialize_value(burn_down))
        return
    most = max((month.open for month in burn_down.months), default=0) or 1
    rows = [
        (
            str(read_iso_date(month.month)),
            str(month.raised),
            str(month.closed),
            str(month.open),
            "█" * round(BAR_WIDTH * month.open / most),
        )
        for month in burn_down.months
    ]
    head = (_("Month"), _("Raised"), _("Closed"), _("Open"), "")
    lines = format_counts(head, rows, (16, 8, 8, 8, BAR_WIDTH), (1, 2, 3))
    print_lines([*lines, *(["", burn_down.undated.sentence] if burn_down.undated.sentence else [])])


def print_timeline(context: Context, args: Namespace) -> None:
    """Print open actions and milestones by quarter, then those without a date."""
    with context.open_workspace() as workspace:
        timeline = plan.show_timeline(workspace)
    if args.json:
        print_json([_timeline_data(row, timeline.today) for row in timeline.rows])
        return
    start, column_width = find_window_start(timeline.quarters, timeline.today, QUARTERS_SHOWN), 4
    quarters = timeline.quarters[start : start + QUARTERS_SHOWN]
    rows = [row for row in timeline.rows if row.has_date]
    without = [(row.ref, row.shown_title, row.undated_label) for row in timeline.rows if not row.has_date]
    undated = ["", _("No date: {n}").format(n=len(without)), *format_table(without, (10, None, 44))] if without else []
    if is_accessible():
        dated = [(row.ref, row.shown_title, format_day(row.end)) for row in rows]
        print_lines([*format_table(dated, (10, None, 44)), *undated])
        return
    date_width = max((len(format_day(row.end)) for row in rows), default=0)
    room = max(20, read_terminal_width() - 16 - len(quarters) * column_width - date_width)
    names = format_table([("", ""), *((row.ref, row.shown_title) for row in rows)], (10, min(34, room)))
    size = max(len(name) for name in names)
    bars = [
        format_quarter_headings(quarters, column_width),
        *(f"{draw_bar(row, quarters, column_width, timeline.today)}  {format_day(row.end)}" for row in rows),
    ]
    lines = (
        [f"{name.ljust(size)}  {bar_text}".rstrip() for name, bar_text in zip(names, bars, strict=True)] if rows else []
    )
    print_lines([*lines, *([format_legend()] if rows else []), *undated])


def _timeline_data(row: TimelineRow, today: date) -> dict[str, Any]:
    return {
        **serialize_record(row, "end"),
        "kind": "action" if row.status else "milestone",
        "start": row.start.isoformat() if row.start else None,
        "late": row.is_late(today),
    }


def print_counts(context: Context, args: Namespace) -> None:
    """Print the counts by objective, lead or group on a day."""
    with context.open_workspace() as workspace:
        day = _read_day(workspace, args.on) if args.on else workspace.today()
        counts = plan.show_plan_on(workspace, day, PlanGrouping(args.by))
    if args.json:
        rows: list[dict[str, Any]] = [_row_data(row) for row in counts.rows]
        print_json({"on": day.isoformat(), "by": args.by, "total": counts_data(counts.total), "rows": rows})
        return
    head = [
        PlanGrouping(args.by).label,
        _("All"),
        _("Open"),
        _("Late"),
        *map(format_rating_mark, Brag),
        _("Not rated"),
    ]
    cells = [_count_cells(row.name, row.counts, row.counts) for row in counts.rows]
    total = _count_cells(_("All actions"), counts.total, counts.total)
    print_lines(format_counts(head, [*cells, total], (None, *[9] * 8), COUNT_COLUMNS))


def _row_data(row: PlanCountsRow) -> dict[str, Any]:
    return {"ref": row.ref, "name": row.name, **counts_data(row.counts)}
