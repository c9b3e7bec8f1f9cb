"""`ahtc plan`: two periods side by side, quarter by quarter, month by month, and the timeline. It reads only."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import some, within
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table, width
from ahtc_tui.domain.dates.date_as_known import from_iso, long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.periods import By, quarter_code, quarter_name
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.plan import periods
from ahtc_tui.services.plan import service as plan

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.periods import Compared, Counts, StoodRow
    from ahtc_tui.domain.plan.timeline import TimelineRow
    from ahtc_tui.services.workspace import Workspace

LETTERS = ("R", "A", "G", "B", "none")
BAR = 40
SHOWN = 12
"""Quarters of a timeline: the one before today, and those that follow."""
COUNTS = range(1, 9)
"""The columns of counts."""


def add_verbs(verbs: Any) -> None:
    """The verbs, beside those that show and write."""
    comparing = _verb(verbs, "compare", compare, "the plan on two days, side by side")
    comparing.add_argument("--from", dest="first", required=True, type=some, metavar="D")
    comparing.add_argument("--to", dest="last", required=True, type=some, metavar="D")
    comparing.add_argument("--by", choices=[by.value for by in By], default=By.OBJECTIVE.value)
    trending = _verb(verbs, "trend", trend, "how it stood at the end of each quarter")
    trending.add_argument(
        "--to", dest="last", type=some, metavar="D", help="the last quarter; else the last dated fact"
    )
    trending.add_argument("--quarters", type=within(1, 40), default=periods.QUARTERS, metavar="N")
    burning = _verb(verbs, "burn-down", burn_down, "open actions by month")
    burning.add_argument("--months", type=within(1, 240), default=periods.MONTHS, metavar="N")
    _verb(verbs, "timeline", timeline, "what is open by quarter, with dates as far as they are known")
    counting = _verb(verbs, "counts", counts, "how actions stand by objective, lead or group")
    counting.add_argument("--by", choices=[by.value for by in By], default=By.OBJECTIVE.value)
    counting.add_argument("--on", type=some, metavar="D", help="on a day; today unless given")


def _verb(verbs: Any, name: str, run: Any, words: str) -> ArgumentParser:
    verb: ArgumentParser = verbs.add_parser(name, help=words, allow_abbrev=False)
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=run)
    return verb


def compare(context: Context, chosen: Namespace) -> int:
    """`plan compare`."""
    with context.workspace() as workspace:
        first, last = _day(workspace, chosen.first), _day(workspace, chosen.last)
        found = periods.compare_plan(workspace, first, last, By(chosen.by))
    if chosen.json:
        print_json(_compared_data(found))
    else:
        print_lines(_compared_lines(found))
    return 0


def _day(workspace: Workspace, typed: str) -> date:
    from ahtc_tui.domain.dates.parser import read_date

    return read_date(typed, workspace.today()).latest


def counts_data(counts: Counts) -> dict[str, Any]:
    """Counts as `--json` gives them."""
    return {**plain(counts), "by_status": dict(counts.by_status), "by_brag": dict(counts.by_brag)}


def _compared_data(found: Compared) -> dict[str, Any]:
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "by": found.by.value,
        "total": {"from": counts_data(found.before), "to": counts_data(found.after)},
        "rows": [
            {"ref": row.ref, "name": row.name, "from": counts_data(row.before), "to": counts_data(row.after)}
            for row in found.rows
        ],
        "undated": plain(found.undated),
    }


def _cells(name: str, before: Counts, after: Counts) -> list[str]:
    was, now = dict(before.by_brag), dict(after.by_brag)
    pairs = [(before.total, after.total), (before.open, after.open), (before.late, after.late)]
    pairs += [(was.get(letter, 0), now.get(letter, 0)) for letter in LETTERS]
    return [name, *(f"{first} → {last}" if first != last else str(last) for first, last in pairs)]


def _compared_lines(found: Compared) -> list[str]:
    head = [found.by.label, _("All"), _("Open"), _("Late"), "R", "A", "G", "B", _("Not rated")]
    rows = [_cells(row.name, row.before, row.after) for row in found.rows]
    everything = _cells(_("All actions"), found.before, found.after)
    title = _("{first} → {last}").format(first=long_date(found.first), last=long_date(found.last))
    lines = table([head, *rows, everything], (None, *[12] * 8), COUNTS)
    return [title, "", *lines, *(["", found.undated.words] if found.undated.words else [])]


def trend(context: Context, chosen: Namespace) -> int:
    """`plan trend`."""
    with context.workspace() as workspace:
        until = _day(workspace, chosen.last) if chosen.last else None
        found = periods.plan_trend(workspace, until, chosen.quarters)
    if chosen.json:
        quarters = [
            {"quarter": quarter_code(stood.day), "on": stood.day.isoformat(), **counts_data(stood.total)}
            for stood in found.quarters
        ]
        print_json({"quarters": quarters, "undated": plain(found.undated)})
        return 0
    head = [_("Quarter"), _("All"), _("Open"), _("Late"), "R", "A", "G", "B", _("Not rated")]
    rows = [_cells(quarter_name(stood.day), stood.total, stood.total) for stood in found.quarters]
    lines = table([head, *rows], (20, *[9] * 8), COUNTS)
    print_lines([*lines, *(["", found.undated.words] if found.undated.words else [])])
    return 0


def burn_down(context: Context, chosen: Namespace) -> int:
    """`plan burn-down`."""
    with context.workspace() as workspace:
        found = periods.plan_burn_down(workspace, chosen.months)
    if chosen.json:
        print_json(plain(found))
        return 0
    most = max((month.open for month in found.months), default=0) or 1
    rows = [
        (
            str(from_iso(month.month)),
            str(month.raised),
            str(month.closed),
            str(month.open),
            "█" * round(BAR * month.open / most),
        )
        for month in found.months
    ]
    head = (_("Month"), _("Raised"), _("Closed"), _("Open"), "")
    lines = table([head, *rows], (16, 8, 8, 8, BAR), (1, 2, 3))
    print_lines([*lines, *(["", found.undated.words] if found.undated.words else [])])
    return 0


def timeline(context: Context, chosen: Namespace) -> int:
    """`plan timeline`."""
    from ahtc_tui.domain.plan.timeline import bar, heads, legend, window

    with context.workspace() as workspace:
        found = plan.plan_timeline(workspace)
    if chosen.json:
        print_json([_timeline_data(row, found.today) for row in found.rows])
        return 0
    begins, wide = window(found.quarters, found.today, SHOWN), 4
    quarters = found.quarters[begins : begins + SHOWN]
    rows = [row for row in found.rows if row.dated]
    said = max((len(str(row.end)) for row in rows), default=0)
    room = max(20, width() - 16 - len(quarters) * wide - said)
    names = table([("", ""), *((row.ref, row.title) for row in rows)], (10, min(34, room)))
    size = max(len(name) for name in names)
    bars = [heads(quarters, wide), *(f"{bar(row, quarters, wide, found.today)}  {row.end}" for row in rows)]
    lines = [f"{name.ljust(size)}  {drawn}".rstrip() for name, drawn in zip(names, bars, strict=True)] if rows else []
    without = [(row.ref, row.title, row.without) for row in found.rows if not row.dated]
    undated = ["", _("No date: {n}").format(n=len(without)), *table(without, (10, None, 44))] if without else []
    print_lines([*lines, *([legend()] if rows else []), *undated])
    return 0


def _timeline_data(row: TimelineRow, today: date) -> dict[str, Any]:
    return {
        **plain(row),
        "kind": "action" if row.status else "milestone",
        "start": row.start.isoformat() if row.start else None,
        **date_data("end", row.end),
        "late": row.late(today),
    }


def counts(context: Context, chosen: Namespace) -> int:
    """`plan counts`."""
    with context.workspace() as workspace:
        day = _day(workspace, chosen.on) if chosen.on else workspace.today()
        found = periods.plan_on(workspace, day, By(chosen.by))
    if chosen.json:
        rows: list[dict[str, Any]] = [_row_data(row) for row in found.rows]
        print_json({"on": day.isoformat(), "by": chosen.by, "total": counts_data(found.total), "rows": rows})
        return 0
    head = [By(chosen.by).label, _("All"), _("Open"), _("Late"), "R", "A", "G", "B", _("Not rated")]
    cells = [_cells(row.name, row.counts, row.counts) for row in found.rows]
    total = _cells(_("All actions"), found.total, found.total)
    print_lines(table([head, *cells, total], (None, *[9] * 8), COUNTS))
    return 0


def _row_data(row: StoodRow) -> dict[str, Any]:
    return {"ref": row.ref, "name": row.name, **counts_data(row.counts)}
