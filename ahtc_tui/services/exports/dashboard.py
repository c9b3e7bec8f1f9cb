"""Export of the dashboard: one HTML page for people without a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking, Status, find_highest_marking
from ahtc_tui.domain.documents.dashboard import MOST_DUE_NEXT, MOST_MEETINGS, Dashboard, GroupLine
from ahtc_tui.domain.evidence.small_counts import find_hidden
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.groups.model import MemberKind, SeatRow
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.documents.meeting_pages import read_record_texts
from ahtc_tui.services.documents.office_papers import load_welsh_names
from ahtc_tui.services.evidence.practice import show_matrix
from ahtc_tui.services.evidence.service import list_published_figures
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import list_groups
from ahtc_tui.services.meetings.series_dates import find_next_meetings
from ahtc_tui.services.plan.service import show_burn_down, show_plan, show_trend
from ahtc_tui.services.privacy.marking_limit import refuse_marked_publication
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import PublishedPage, Release
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.publication.queries import ReleaseSubject


def build_dashboard(workspace: Workspace, marking: Marking = Marking.OFFICIAL) -> Dashboard:
    """Return the content of the page; the marking is the highest of the named actions and `marking`."""
    today = workspace.today()
    open_actions = list_actions(workspace, ActionFilter(), Sort.DUE)
    tasks = [row for row in open_actions if row.status is not Status.CONTINUING]
    duties = sorted((row for row in open_actions if row.status is Status.CONTINUING), key=_find_review_day)
    late = tuple(row for row in tasks if row.is_late(today))
    dated = [row for row in tasks if row.days_left(today) is not None and not row.is_late(today)]
    named_actions = (*late, *dated[:MOST_DUE_NEXT], *duties)
    highest = find_highest_marking(marking, (row.marking for row in named_actions))
    coming = show_today(workspace, meeting_limit=None).next_meetings.rows
    figures = [row for row in list_published_figures(workspace) if not row.superseded]
    return Dashboard(
        today,
        highest,
        show_plan(workspace),
        len(open_actions),
        late,
        tuple(dated[:MOST_DUE_NEXT]),
        max(0, len(dated) - MOST_DUE_NEXT),
        sum(row.days_left(today) is None for row in tasks),
        tuple(duties),
        sum(_find_review_day(row) <= today for row in duties),
        tuple(row for row in coming if highest.covers(row.marking))[:MOST_MEETINGS],
        show_matrix(workspace),
        tuple(figures),
        _list_group_lines(workspace, highest),
        find_hidden(figures),
        show_trend(workspace),
        show_burn_down(workspace),
    )


def build_dashboard_page(workspace: Workspace) -> PublishedPage[Dashboard]:
    """Return the dashboard as it would be published."""
    content = build_dashboard(workspace)
    content = replace(content, plan=replace(content.plan, aims=()))
    texts, context = read_record_texts(workspace)
    document = PublishedDocument.DASHBOARD
    subject = ReleaseSubject(document)
    return PublishedPage(subject, document.value, content, content, texts, context, is_daily=True)


def _find_review_day(row: ActionRow) -> date:
    """Return the review day; a duty without one sorts first."""
    return row.review_on.latest if row.review_on else date.min


def _list_group_lines(workspace: Workspace, marking: Marking) -> tuple[GroupLine, ...]:
    """Return a line for each group, without the date of a next meeting that is marked higher than the page."""
    with workspace.database.read() as cursor:
        coming = find_next_meetings(cursor, workspace.today())
    next_days = {ref: row.day for ref, row in coming.items() if marking.covers(row.marking)}
    seats: dict[str, list[SeatRow]] = {}
    for seat in list_seats(workspace):
        if seat.member_kind is not MemberKind.CLASS:
            seats.setdefault(seat.group_ref, []).append(seat)
    rows = (replace(row, next_meeting=next_days.get(row.ref)) for row in list_groups(workspace))
    groups = ((row, seats.get(row.ref, [])) for row in rows)
    return tuple(GroupLine(row, tuple(seat for seat in own if seat.vacant), len(own)) for row, own in groups)


def stamp_release(release: Release[Dashboard]) -> Dashboard:
    """Return the dashboard of a release with its number and day."""
    return replace(release.english, release=(release.row.number, release.row.released_on))


def export_dashboard(
    workspace: Workspace,
    target: Path,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language = Language.EN,
    *,
    is_published: bool = False,
) -> Dashboard:
    """Write the page: the last release, or without `is_published` a copy for the office, which says so.

    Raises BadInput for another ending than .html or .htm, Refused if the file exists, or for a text that was not
    released.
    """
    check_format("dashboard", target)
    from ahtc_tui.formats.html.dashboard import render_dashboard

    if is_published:
        refuse_marked_publication(marking)
        content = stamp_release(publication.read_release(workspace, build_dashboard_page))
    else:
        content = build_dashboard(workspace, marking)
    page = render_dashboard(content, language, load_welsh_names(workspace, language)).encode("utf-8", "replace")
    write_file_atomically(target, make_bytes_writer(page), force)
    return content
