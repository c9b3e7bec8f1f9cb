"""Actions as a file that to-do lists and calendars open: which go into it, and of which no day is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import Marking, Status, find_highest_marking
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.formats.ics.deadlines import Deadline, build_deadlines, get_due_day
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.output_folders import make_bytes_writer
from ahtc_tui.store.actions import deadlines as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UndatedAction:
    """An action whose due date names no day."""

    ref: str
    reason: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class DeadlineReport:
    """What was written, and what a person must know beside it."""

    file: Path
    actions: int
    left_out: tuple[UndatedAction, ...]
    """As events, the actions that the file lacks."""
    undated: tuple[UndatedAction, ...]
    """As to-dos, the actions that stand without a date because their words name no day."""
    marking: Marking


def export_deadlines(
    workspace: Workspace,
    target: Path,
    action_filter: ActionFilter,
    *,
    as_events: bool = False,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> DeadlineReport:
    """Write the actions that a filter finds as VTODO, or those that have a day as whole-day events.

    Raises BadInput on another ending than .ics, Refused where there is nothing to write or a file stands already.
    """
    if target.suffix.lower() != ".ics":
        raise BadInput(_('Deadlines are written as .ics, not "{name}".').format(name=target.name))
    rows = list_actions(workspace, action_filter, Sort.REF)
    undated = tuple(UndatedAction(row.ref, reason) for row in rows if (reason := _explain_no_day(row, as_events)))
    kept_rows = [row for row in rows if get_due_day(row)] if as_events else rows
    if not kept_rows:
        raise Refused(_("Of these actions none has a day: there is nothing to write."))
    deadline_rows = _build_deadlines(workspace, kept_rows, marking)
    write_file_atomically(target, make_bytes_writer(build_deadlines(deadline_rows, as_events=as_events)), force)
    return DeadlineReport(
        target,
        len(deadline_rows),
        undated if as_events else (),
        () if as_events else undated,
        find_highest_marking(marking, (deadline.marking for deadline in deadline_rows)),
    )


def _build_deadlines(workspace: Workspace, rows: list[ActionRow], marking: Marking) -> list[Deadline]:
    with workspace.database.read() as cursor:
        changes = stored.read_calendar_changes(cursor)
    no_change = (datetime.fromtimestamp(0, UTC), 0)
    return [
        Deadline(row, *changes.get(row.key, no_change), find_highest_marking(marking, [row.marking])) for row in rows
    ]


def _explain_no_day(row: ActionRow, as_events: bool) -> str | None:
    """Why an action stands without a date; None where it has one, or as a to-do needs none."""
    if get_due_day(row):
        return None
    if row.status is Status.CONTINUING:
        return _('"{title}" is a continuing duty without an end.').format(title=row.title) if as_events else None
    if row.due is None:
        return _('"{title}" has no due date.').format(title=row.title) if as_events else None
    return _('"{title}" has no day, only "{when}".').format(title=row.title, when=row.due)
