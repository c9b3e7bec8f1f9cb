"""Export of actions as to-dos or events of a calendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking, Status, find_highest_marking
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.formats.ics.deadlines import Deadline, build_deadlines, get_due_day
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.documents.meeting_documents import read_welsh_names


@dataclass(frozen=True, slots=True)
class UndatedAction:
    """An action without a due day."""

    ref: str
    reason: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class DeadlineReport:
    """The file that was written, and the actions without a day."""

    file: Path
    actions: int
    left_out: tuple[UndatedAction, ...]
    """Actions that are not in a file of events."""
    undated: tuple[UndatedAction, ...]
    """Actions whose to-do has no date, because their due date is not a day."""
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
    """Write the actions that match a filter as VTODO, or those with a due day as all-day events.

    Raises BadInput for another ending than .ics, Refused if nothing is to be written or the file exists.
    """
    check_format("deadlines", target)
    rows = list_actions(workspace, action_filter, Sort.REF)
    undated = tuple(UndatedAction(row.ref, reason) for row in rows if (reason := _explain_no_day(row, as_events)))
    kept_rows = [row for row in rows if get_due_day(row)] if as_events else rows
    if not kept_rows:
        raise Refused(_("None of these actions has a due date, so nothing was exported."))
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
        names = read_welsh_names(cursor)
    no_change = (datetime.fromtimestamp(0, UTC), 0)
    return [
        Deadline(row, *changes.get(row.key, no_change), find_highest_marking(marking, [row.marking]), names)
        for row in rows
    ]


def _explain_no_day(row: ActionRow, as_events: bool) -> str | None:
    """Return why an action has no date; None where it has one, or needs none as a to-do."""
    if get_due_day(row):
        return None
    if row.status is Status.CONTINUING:
        return _('"{title}" is a continuing duty without an end.').format(title=row.shown_title) if as_events else None
    if row.due is None:
        return _('"{title}" has no due date.').format(title=row.shown_title) if as_events else None
    return _('"{title}" has no date, only "{when}".').format(title=row.shown_title, when=row.due)
