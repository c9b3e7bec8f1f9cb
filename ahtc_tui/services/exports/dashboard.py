"""Export of the dashboard: one HTML page for people without a terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking, Status, find_highest_marking
from ahtc_tui.domain.documents.dashboard import MOST_DUE_NEXT, MOST_MEETINGS, Dashboard, GroupLine
from ahtc_tui.domain.evidence.small_counts import find_hidden
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.groups.model import SeatRow
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.documents.office_papers import load_welsh_names
from ahtc_tui.services.evidence.practice import show_matrix
from ahtc_tui.services.evidence.service import list_published_figures
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import list_groups
from ahtc_tui.services.output_folders import find_dated_path
from ahtc_tui.services.plan.periods import show_burn_down, show_trend
from ahtc_tui.services.plan.service import show_plan
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace


def build_dashboard(workspace: Workspace, marking: Marking = Marking.OFFICIAL) -> Dashboard:
    """Return the content of the page; the marking is the highest of the named actions and `marking`."""
    today = workspace.today()
    open_actions = list_actions(workspace, ActionFilter(), Sort.DUE)
    tasks = [row for row in open_actions if row.status is not Status.CONTINUING]
    duties = sorted((row for row in open_actions if row.status is Status.CONTINUING), key=_find_review_day)
    late = tuple(row for row in tasks if row.is_late(today))
    dated = [row for row in tasks if row.days_left(today) is not None and not row.is_late(today)]
    named_actions = (*late, *dated[:MOST_DUE_NEXT], *duties)
    figures = [row for row in list_published_figures(workspace) if not row.superseded]
    return Dashboard(
        today,
        find_highest_marking(marking, (row.marking for row in named_actions)),
        show_plan(workspace),
        len(open_actions),
        late,
        tuple(dated[:MOST_DUE_NEXT]),
        max(0, len(dated) - MOST_DUE_NEXT),
        sum(row.days_left(today) is None for row in tasks),
        tuple(duties),
        sum(_find_review_day(row) <= today for row in duties),
        show_today(workspace, meeting_limit=MOST_MEETINGS).next_meetings.rows,
        show_matrix(workspace),
        tuple(figures),
        _list_group_lines(workspace),
        find_hidden(figures),
        show_trend(workspace),
        show_burn_down(workspace),
    )


def _find_review_day(row: ActionRow) -> date:
    """Return the review day; a duty without one sorts first."""
    return row.review_on.latest if row.review_on else date.min


def _list_group_lines(workspace: Workspace) -> tuple[GroupLine, ...]:
    seats: dict[str, list[SeatRow]] = {}
    for seat in list_seats(workspace):
        if seat.member_kind != "class":
            seats.setdefault(seat.group_ref, []).append(seat)
    groups = ((row, seats.get(row.ref, [])) for row in list_groups(workspace))
    return tuple(GroupLine(row, tuple(seat for seat in own if seat.vacant), len(own)) for row, own in groups)


def export_dashboard(
    workspace: Workspace,
    target: Path,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language = Language.EN,
) -> Dashboard:
    """Write the page. Raises BadInput for another ending than .html or .htm, Refused if the file exists."""
    check_format("dashboard", target)
    from ahtc_tui.formats.html.dashboard import render_dashboard

    content = build_dashboard(workspace, marking)
    page = render_dashboard(content, language, load_welsh_names(workspace, language)).encode("utf-8", "replace")
    write_file_atomically(target, make_bytes_writer(page), force)
    return content


def export_dashboard_to_folder(workspace: Workspace) -> tuple[Path, Dashboard]:
    """Write the page with a free name in the exports folder."""
    target = find_dated_path(workspace, lambda: _("Dashboard"), ".html")
    return target, export_dashboard(workspace, target)
