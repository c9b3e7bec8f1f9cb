"""One page in HTML for people without a terminal: gathers what stands on it and writes it. It changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking, Status
from ahtc_tui.domain.documents.dashboard import MOST_MEETINGS, MOST_NEXT, Dashboard, GroupLine
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.documents.office_paper import highest
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import write_whole
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.documents.office_papers import names_for
from ahtc_tui.services.evidence.practice import matrix
from ahtc_tui.services.evidence.service import list_figures
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import list_groups
from ahtc_tui.services.output_folders import free_today, writer
from ahtc_tui.services.plan.service import plan_view
from ahtc_tui.services.today import today_view

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def dashboard(workspace: Workspace, marking: Marking = Marking.OFFICIAL) -> Dashboard:
    """Everything that stands on the page; its marking is that of what it names where that is higher."""
    today = workspace.today()
    still_open = list_actions(workspace, ActionFilter(), Sort.DUE)
    tasks = [row for row in still_open if row.status is not Status.CONTINUING]
    duties = sorted((row for row in still_open if row.status is Status.CONTINUING), key=_review_day)
    late = tuple(row for row in tasks if row.late(today))
    dated = [row for row in tasks if row.days_left(today) is not None and not row.late(today)]
    named = (*late, *dated[:MOST_NEXT], *duties)
    figures = [row for row in list_figures(workspace) if not row.superseded]
    return Dashboard(
        today,
        highest(marking, (row.marking for row in named)),
        plan_view(workspace),
        len(still_open),
        late,
        tuple(dated[:MOST_NEXT]),
        max(0, len(dated) - MOST_NEXT),
        sum(row.days_left(today) is None for row in tasks),
        tuple(duties),
        sum(_review_day(row) <= today for row in duties),
        today_view(workspace, meetings=MOST_MEETINGS).next_meetings.rows,
        matrix(workspace),
        tuple(figures),
        _groups(workspace),
        tuple(row.ref for row in figures if row.is_small(workspace.small_counts)),
    )


def _review_day(row: ActionRow) -> date:
    """The day of review; a duty without one is looked at first."""
    return row.review_on.latest if row.review_on else date.min


def _groups(workspace: Workspace) -> tuple[GroupLine, ...]:
    vacant = list_seats(workspace, vacant=True)
    return tuple(
        GroupLine(row, tuple(seat for seat in vacant if seat.group_ref == row.ref)) for row in list_groups(workspace)
    )


def export_dashboard(
    workspace: Workspace,
    target: Path,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language = Language.EN,
) -> Dashboard:
    """Write the page whole or not at all. Raises BadInput on another ending, Refused where a file stands already."""
    if target.suffix.lower() not in (".html", ".htm"):
        raise BadInput(_('A dashboard is written as .html, not "{name}".').format(name=target.name))
    from ahtc_tui.formats.html.dashboard import as_html

    found = dashboard(workspace, marking)
    page = as_html(found, language, names_for(workspace, language)).encode("utf-8", "replace")
    write_whole(target, writer(page), force)
    return found


def dashboard_to_folder(workspace: Workspace) -> tuple[Path, Dashboard]:
    """The page among the exports, under a name that is free."""
    target = free_today(workspace, "dashboard", ".html")
    return target, export_dashboard(workspace, target)
