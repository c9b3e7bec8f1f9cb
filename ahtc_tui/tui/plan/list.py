"""Lines and columns of the list of objectives, leads or groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.model import UNRATED_KEY, Basis, ObjectiveRow, PlanView
from ahtc_tui.domain.plan.periods import ActionCounts, PlanCountsRow, PlanGrouping
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine

PlanRow = ObjectiveRow | PlanCountsRow
"""An objective, or a lead or group with its counts."""


def build_lines(view: PlanView) -> Iterator[ObjectiveRow | HeadingLine]:
    """Yield the aims as headings, then the objectives; nothing if no objective matches."""
    if not view.objectives:
        return
    if view.version:
        yield HeadingLine(view.version.shown_title, ", ".join(view.version.descriptions))
        yield HeadingLine()
    yield HeadingLine(format_heading(_("Aims")), format_totals(view.total, view.open, view.late))
    yield from (HeadingLine(f"  {aim.shown_text}") for aim in view.aims)
    for basis in Basis:
        rows = [row for row in view.objectives if row.basis is basis]
        if rows:
            yield HeadingLine()
            yield _build_basis_heading(basis, len(rows))
        yield from rows


def _build_basis_heading(basis: Basis, count: int) -> HeadingLine:
    """Return the heading of the plan's objectives, or of our working grouping."""
    if basis is Basis.STATED:
        return HeadingLine(format_heading(_("Objectives of the plan"), count))
    return HeadingLine(format_heading(_("Grouped by the secretariat"), count), _("not part of the plan"))


def format_totals(total: int, open_count: int, late: int) -> str:
    """Return the counts of all actions: "44 actions, 28 open, 1 late"."""
    return ngettext(
        "1 action, {open} open, {late} late",
        "{n} actions, {open} open, {late} late",
        total,
        open=open_count,
        late=late,
    )


def build_count_lines(rows: Sequence[PlanCountsRow], total: ActionCounts) -> Iterator[PlanCountsRow | HeadingLine]:
    """Yield leads or groups under the counts of all actions."""
    yield HeadingLine(format_heading(_("All actions")), format_totals(total.total, total.open, total.late))
    yield from rows


def plan_columns(by: PlanGrouping) -> Sequence[Column[PlanRow]]:
    """Return the columns: number, title, progress, open actions, ratings and late actions."""
    number: list[Column[PlanRow]] = [Column(_("No."), 4, lambda row: str(row.number), "right", sort="number")]
    return (
        *(number if by is PlanGrouping.OBJECTIVE else []),
        Column(by.label, None, lambda row: row.shown_title, sort="title"),
        Column("", 12, lambda row: draw_bar(row, 12), optional=True),
        Column(_("Open"), 8, format_open, "right", lambda row: "" if row.open else "muted", sort="open"),
        Column(_("Rating"), 6, format_ratings, style=_choose_rating_style, grows=True, sort="rating"),
        Column(_("Late"), 4, lambda row: str(row.late or "–"), "right", _choose_late_style, sort="late"),
    )


def format_open(row: PlanRow) -> str:
    """Return the number of open actions out of all."""
    return _("{open} of {n}").format(open=row.open, n=row.total)


def format_ratings(row: PlanRow) -> str:
    """Return the ratings that occur with their counts: "R 1  A 2  – 4"."""
    ratings = (f"{'–' if letter == UNRATED_KEY else letter} {number}" for letter, number in row.by_brag if number)
    return "  ".join(ratings) or "–"


def _choose_late_style(row: PlanRow) -> str:
    return "late" if row.late else "muted"


def _choose_rating_style(row: PlanRow) -> str:
    rated = any(number for letter, number in row.by_brag if letter != UNRATED_KEY)
    return "" if rated else "muted"


def draw_bar(row: PlanRow, width: int) -> str:
    """Return a bar: thick for closed actions, thin for open ones."""
    done_width = round(width * (row.total - row.open) / row.total) if row.total else 0
    return "━" * done_width + "─" * (width - done_width)
