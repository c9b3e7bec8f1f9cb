"""Actions as a file that to-do lists and calendars open: which go into it, and of which no day is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import Marking, Status
from ahtc_tui.domain.documents.office_paper import highest
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import write_whole
from ahtc_tui.formats.ics.deadlines import Deadline, deadlines, due_day
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.output_folders import writer
from ahtc_tui.store.actions import deadlines as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NoDay:
    """An action whose due date names no day."""

    ref: str
    reason: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class DeadlineReport:
    """What was written, and what a person must know beside it."""

    file: Path
    actions: int
    left_out: tuple[NoDay, ...]
    """As events, the actions that the file lacks."""
    undated: tuple[NoDay, ...]
    """As to-dos, the actions that stand without a date because their words name no day."""
    marking: Marking


def export_deadlines(
    workspace: Workspace,
    target: Path,
    asked: ActionFilter,
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
    rows = list_actions(workspace, asked, Sort.REF)
    without = tuple(NoDay(row.ref, reason) for row in rows if (reason := _no_day(row, as_events)))
    kept = [row for row in rows if due_day(row)] if as_events else rows
    if not kept:
        raise Refused(_("Of these actions none has a day: there is nothing to write."))
    told = _told(workspace, kept, marking)
    write_whole(target, writer(deadlines(told, as_events=as_events)), force)
    return DeadlineReport(
        target,
        len(told),
        without if as_events else (),
        () if as_events else without,
        highest(marking, (one.marking for one in told)),
    )


def _told(workspace: Workspace, rows: list[ActionRow], marking: Marking) -> list[Deadline]:
    with workspace.database.read() as cursor:
        changes = stored.changes(cursor)
    never = (datetime.fromtimestamp(0, UTC), 0)
    return [Deadline(row, *changes.get(row.key, never), highest(marking, [row.marking])) for row in rows]


def _no_day(row: ActionRow, as_events: bool) -> str | None:
    """Why an action stands without a date; None where it has one, or as a to-do needs none."""
    if due_day(row):
        return None
    if row.status is Status.CONTINUING:
        return _('"{title}" is a continuing duty without an end.').format(title=row.title) if as_events else None
    if row.due is None:
        return _('"{title}" has no due date.').format(title=row.title) if as_events else None
    return _('"{title}" has no day, only "{when}".').format(title=row.title, when=row.due)
