"""Meetings out of other people's calendars: planned first, then written as one step that one undo takes back.

A meeting is known by its UID. A newer version changes it; what is not certain is a question. Never expands a series.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Added, ImportReport, Take, Wishes
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.services import backup
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.services.imports.meetings.new_meetings import NewMeeting
from ahtc_tui.services.imports.meetings.plan import MeetingPlan
from ahtc_tui.store.imports.meetings import meeting_register
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.meetings import CalendarFile
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

WITHOUT_GROUP = "M-{year}-{n:02}"
"""How meetings are numbered that belong to no group here."""

Made = tuple[MeetingPlan, list[FilePlan]]


def import_meetings(
    workspace: Workspace, files: Sequence[Path], wishes: Wishes | None = None, *, apply: bool = True
) -> ImportReport:
    """Bring the meetings of calendar files in.

    Raises BadFile for the first file that cannot be used; then nothing is written from any of them.
    """
    if not files:
        raise BadFile(_("Name a file to import."))
    chosen = wishes or Wishes()
    read = [read_meetings(path) for path in files]
    if not apply or chosen.take is Take.NONE:
        with workspace.database.read() as cursor:
            return _report(_plan(cursor, read, chosen, workspace.today()), applied=False)
    backup.before(workspace, "import")
    with workspace.database.write("import meetings") as ledger:
        made = _plan(ledger.cursor, read, chosen, workspace.today())
        ledger.label = _("import meetings: {files}").format(files=", ".join(path.name for path in files)[:80])
        _write(ledger, made[0])
        return _report(made, applied=True)


def _plan(cursor: Cursor, read: Sequence[CalendarFile], wishes: Wishes, today: date) -> Made:
    meetings = MeetingPlan(cursor, meeting_register(cursor), today)
    plans = []
    for file in read:
        plan = FilePlan(file.path, file.read, wishes, warnings=list(file.warnings))
        for event in file.events:
            meetings.take(plan, event)
        plans.append(plan)
    return meetings, plans


def _write(ledger: Ledger, plan: MeetingPlan) -> None:
    for new in plan.new:
        _make(ledger, new)
    for key, values in plan.changes:
        ledger.change("meetings", key, values)
    for row in plan.invitations:
        ledger.add("invitations", row)


def _make(ledger: Ledger, new: NewMeeting) -> None:
    """Make a meeting, or bring back the one that was removed: its reference is never given to another."""
    cursor, group = ledger.cursor, new.values["group"]
    if new.back:
        ledger.restore("meetings", new.key)
        ledger.change("meetings", new.key, {name: value for name, value in new.values.items() if name != "uid"})
        new.ref = stored.by_key(cursor, new.key).ref
        return
    pattern = stored.reference_pattern(cursor, group) if group else WITHOUT_GROUP
    new.ref = mint(cursor, "meetings", pattern, year=new.values["day"][:4])
    ledger.add("meetings", {**new.values, "ref": new.ref, "number": stored.number_of(new.ref)}, new.key)


def _report(made: Made, *, applied: bool) -> ImportReport:
    meetings, plans = made
    for new in meetings.new:
        new.plan.added.append(Added(new.ref, new.at, new.shown))
    return ImportReport(tuple(plan.report() for plan in plans), applied)
