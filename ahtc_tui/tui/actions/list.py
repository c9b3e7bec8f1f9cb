"""The list of actions: its columns, and its pages as the database gives them. Never filters or sorts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.actions.saved_views import COLUMNS
from ahtc_tui.domain.actions.urgency import urgency
from ahtc_tui.domain.dates.formatting import say_due
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.service import Page, Place
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import Span

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk

Placed = tuple[Place, ActionRow]
"""An action with its place in the list."""


class ActionSource:
    """The actions that a filter finds, in one order."""

    def __init__(self, desk: Desk, asked: ActionFilter, sort: Sort) -> None:
        self.desk, self.asked, self.sort = desk, asked, sort

    def key_of(self, placed: Placed) -> Place:
        """The place in the order; its last element identifies the action."""
        return placed[0]

    async def count(self) -> int:
        """How many there are."""
        return await self.desk.glance(actions.count_actions, self.asked)

    async def page(self, span: Span) -> Sequence[Placed]:
        """The rows of a span."""
        page = Page(span.limit, _place(span.after), _place(span.before), span.from_end, span.offset or 0)
        return await self.desk.glance(actions.page_of_actions, self.asked, self.sort, page)

    async def place(self, ref: str) -> Place | None:
        """Where one action stands, None where the filter leaves it out."""
        asked = replace(self.asked, ref=ref)
        found = await self.desk.glance(actions.page_of_actions, asked, self.sort, Page(1))
        return found[0][0] if found else None

    async def rank(self, key: Place) -> int:
        """How many come before a place."""
        return await self.desk.glance(actions.rank_of_action, self.asked, self.sort, key)


def _place(key: tuple[object, ...] | None) -> Place | None:
    return None if key is None else (key[0], int(str(key[1])))


def columns(today: date, shown: Sequence[str] = COLUMNS) -> Sequence[Column[Placed]]:
    """The columns of these names; title and update share what the others leave."""
    every: dict[str, Column[Placed]] = {
        "brag": Column(_("BRAG"), 7, lambda at: brag_words(at[1]), style=lambda at: brag_style(at[1])),
        "ref": Column(_("Ref"), 5, lambda at: at[1].ref, sort=Sort.REF, grows=True),
        "title": Column(_("Action"), None, lambda at: at[1].signed_title),
        "lead": Column(_("Lead"), 14, lambda at: at[1].lead_label),
        "due": Column(
            _("Due"), 11, lambda at: due_words(at[1], today), "right", lambda at: due_style(at[1], today), sort=Sort.DUE
        ),
        "status": Column(_("Status"), 17, lambda at: at[1].status.label),
        "objective": Column(_("Obj"), 3, lambda at: at[1].objective or "–", "right"),
        "support": Column(_("Support"), 18, lambda at: ", ".join(at[1].support) or "–"),
        "review": Column(_("Review"), 12, lambda at: str(at[1].review_on or "–")),
        "update": Column(_("Latest update"), None, lambda at: at[1].latest_update or "–"),
        "urgency": Column(_("Urgency"), 7, lambda at: f"{urgency(at[1], today):.2f}", "right", sort=Sort.URGENCY),
    }
    return [every[name] for name in shown]


def some_of(refs: Sequence[str]) -> str:
    """References in a sentence: the first eight, and how many more there are."""
    named = ", ".join(refs[:8])
    return named if len(refs) <= 8 else _("{named} and {n} more").format(named=named, n=len(refs) - 8)


def brag_words(row: ActionRow) -> str:
    """The rating as letter and word; a dash where there is none."""
    return f"{row.brag} {row.brag.label}" if row.brag else "–"


def brag_style(row: ActionRow) -> str:
    """The style that goes with the letter."""
    return f"brag-{row.brag}" if row.brag else "muted"


def due_words(row: ActionRow, today: date) -> str:
    """The due date in short; a continuing duty has none and is never late."""
    if row.status is Status.CONTINUING:
        return _("continuing")
    if not row.open:
        return row.status.label.lower()
    return say_due(row.due, today, row.late(today))


def due_style(row: ActionRow, today: date) -> str:
    """Late, soon or plain."""
    if row.late(today):
        return "late"
    days = row.days_left(today)
    if row.open and days is not None and days <= 14 and row.status is not Status.CONTINUING:
        return "soon"
    return "muted" if row.due is None or not row.open else ""
