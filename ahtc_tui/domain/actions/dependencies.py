"""Dependencies between actions: what waits for what, and which due dates would move together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.model import ActionRow, is_late
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.working_days import move_on_to_working_day
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


def find_followers(
    finishes: Mapping[RowKey, date], rows: Mapping[RowKey, ActionRow], pairs: Sequence[tuple[RowKey, RowKey]]
) -> dict[RowKey, date]:
    """Return the new days of the actions that must move because one that they wait for ends after their date.

    `finishes` are the new days of the actions that move first, `pairs` an action and one that it waits for. An action
    without a day cannot end before what it waits for.
    """
    days, queue = dict(finishes), list(finishes)
    for blocker in queue:
        for action in (action for action, other in pairs if other == blocker):
            due = rows[action].due
            day = days.get(action) or (due.latest if due and due.has_day else None)
            if day is None or days[blocker] > day:
                days[action] = move_on_to_working_day(days[blocker])
                queue.append(action)
    return {action: day for action, day in days.items() if action not in finishes}


def move_due_date(row: ActionRow, would_be: date, today: date) -> MovedDate | None:
    """Return the move of the due date of an action to a day; None where it has none."""
    if row.due is None or not row.due.has_day:
        return None
    return MovedDate(row.ref, row.shown_title, row.due, would_be, is_late(row.status, DateAsKnown(would_be), today))
