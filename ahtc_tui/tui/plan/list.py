"""The lines of the Plan: its aims as headings, then its objectives with counts of their actions. Never filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import UNRATED_KEY, Basis, ObjectiveRow, PlanView
from ahtc_tui.domain.plan.periods import ActionCounts, PlanCountsRow, PlanGrouping
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine

PlanRow = ObjectiveRow | PlanCountsRow
"""One objective, or one lead or group."""


def build_lines(view: PlanView) -> Iterator[ObjectiveRow | HeadingLine]:
    """The page from top to bottom; nothing at all where no objective is left."""
    if not view.objectives:
        return
    if view.title:
        yield HeadingLine(view.title, ", ".join(view.version.descriptions) if view.version else "")
        yield HeadingLine()
    yield HeadingLine(_("AIMS"), format_totals(view))
    yield from (HeadingLine(f"  {aim.text}") for aim in view.aims)
    for basis in Basis:
        rows = [row for row in view.objectives if row.basis is basis]
        if rows:
            yield HeadingLine()
            yield _build_basis_heading(basis, len(rows))
        yield from rows


def _build_basis_heading(basis: Basis, count: int) -> HeadingLine:
    """The plan's own objectives stand apart from our grouping of the rest."""
    if basis is Basis.STATED:
        return HeadingLine(_("OBJECTIVES OF THE PLAN  {n}").format(n=count))
    return HeadingLine(_("WORKING GROUPING  {n}").format(n=count), _("not the plan's own"))


def format_totals(view: PlanView) -> str:
    """How all actions stand: "44 actions, 28 open, 1 late"."""
    return _("{n} actions, {open} open, {late} late").format(n=view.total, open=view.open, late=view.late)


def build_count_lines(rows: Sequence[PlanCountsRow], total: ActionCounts) -> Iterator[PlanCountsRow | HeadingLine]:
    """Leads or groups under the count of all actions."""
    words = _("{n} actions, {open} open, {late} late").format(n=total.total, open=total.open, late=total.late)
    yield HeadingLine(_("ALL ACTIONS"), words)
    yield from rows


def plan_columns(by: PlanGrouping = PlanGrouping.OBJECTIVE) -> Sequence[Column[PlanRow]]:
    """Number, title, how many are open, the ratings, how many are late."""
    number: list[Column[PlanRow]] = [Column(_("No"), 2, lambda row: str(row.number), "right")]
    return (
        *(number if by is PlanGrouping.OBJECTIVE else []),
        Column(by.label, None, lambda row: row.title),
        Column("", 12, lambda row: draw_bar(row, 12), hide_below=100),
        Column(_("Open"), 8, format_open, "right", lambda row: "" if row.open else "muted"),
        Column(_("Rating"), 6, format_ratings, style=_choose_rating_style, grows=True),
        Column(_("Late"), 4, lambda row: str(row.late or "–"), "right", lambda row: "late" if row.late else "muted"),
    )


def format_open(row: PlanRow) -> str:
    """How many of its actions are still to be worked on."""
    return _("{open} of {n}").format(open=row.open, n=row.total)


def format_ratings(row: PlanRow) -> str:
    """The ratings that occur, as letters with numbers: "R 1  A 2  – 4"."""
    ratings = (f"{'–' if letter == UNRATED_KEY else letter} {number}" for letter, number in row.by_brag if number)
    return "  ".join(ratings) or "–"


def _choose_rating_style(row: PlanRow) -> str:
    rated = any(number for letter, number in row.by_brag if letter != UNRATED_KEY)
    return "" if rated else "muted"


def draw_bar(row: PlanRow, width: int) -> str:
    """What is done as a thick line, what is open as a thin one."""
    done_width = round(width * (row.total - row.open) / row.total) if row.total else 0
    return "━" * done_width + "─" * (width - done_width)
