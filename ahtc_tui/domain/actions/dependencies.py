"""Dependencies between actions: what waits for what, and which due dates would move together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ahtc_tui.domain.actions.model import ActionRow, is_late
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


@dataclass(frozen=True, slots=True)
class BlockedAction:
    """An open action and the open actions that it waits for."""

    row: ActionRow
    blockers: tuple[ActionRow, ...]

    def __str__(self) -> str:
        """Sentence that names the action and what it waits for."""
        refs = ", ".join(row.ref for row in self.blockers)
        return _("{ref} is blocked by {refs}, not closed yet.").format(ref=self.row.ref, refs=refs)


@dataclass(frozen=True, slots=True)
class MovedDate:
    """The date of an action, or of the event of a back-plan, and the day to which it would move."""

    ref: str
    title: str
    due: DateAsKnown
    would_be: date
    late: bool
    """Whether it would be late today."""


def list_dependents(starts: Collection[RowKey], pairs: Sequence[tuple[RowKey, RowKey]]) -> list[RowKey]:
    """Return the keys of all actions that wait for one of `starts`, directly or through others, nearest first.

    `pairs` are an action and one that it waits for.
    """
    known = list(starts)
    for blocker in known:
        known += [action for action, other in pairs if other == blocker and action not in known]
    return known[len(starts) :]


def move_due_date(row: ActionRow, delta: timedelta, today: date) -> MovedDate | None:
    """Return the move of the due date of an action; None where it has no day."""
    if row.due is None or not row.due.has_day:
        return None
    would_be = row.due.latest + delta
    return MovedDate(row.ref, row.shown_title, row.due, would_be, is_late(row.status, DateAsKnown(would_be), today))
