"""Export of the action log as a workbook, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions.filters import ActionFilter, Ordering, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import _, render_lines, translated_names
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.formats.xlsx.action_log_rows import ActionLog, CountedRow, ObjectiveName, count_rows
from ahtc_tui.services.documents.file_formats import write_workbook
from ahtc_tui.services.output_folders import find_export_path, require_marked_name
from ahtc_tui.services.workspace import Workspace, read_marks
from ahtc_tui.store.actions.queries import count_opened_and_closed, read_all_actions
from ahtc_tui.store.imports import actions
from ahtc_tui.store.plan import versions_and_milestones
from ahtc_tui.store.records.cursor import begin_snapshot


@dataclass(frozen=True, slots=True)
class ExportResult:
    """Number of records in a file, and its marking: the requested one, or the highest of its records."""

    count: int
    marking: Marking


@dataclass(frozen=True, slots=True)
class LogLayout:
    """Order and columns of a log, and its filter in words for the head of the file."""

    sort: Ordering = Sort.REF
    order: Callable[[ActionRow], Any] | None = None
    """A sort key that overrides `sort`."""
    columns: Sequence[str] = ()
    """Columns of a saved view: a workbook hides the others, a CSV file leaves them out."""
    describe_filter: Callable[[], str] = str


def export_actions(
    workspace: Workspace,
    target: Path,
    action_filter: ActionFilter,
    layout: LogLayout | None = None,
    *,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> ExportResult:
    """Write the actions that match a filter; the ending of `target` is the format.

    Raises BadInput for another ending, Refused if the file exists, or if it is a CSV file above OFFICIAL whose name
    does not say so.
    """
    layout = layout or LogLayout()
    check_format("actions", target)
    with translated_names(target.suffix.lower() != ".json"):
        log = _read_log(workspace, action_filter, marking, layout)
    require_marked_name(target, log.shown_marking)
    write_file_atomically(target, lambda path: _write_log(path, target, log), force)
    return ExportResult(len(log.rows), log.shown_marking)


def _write_log(path: Path, target: Path, log: ActionLog) -> None:
    """Write the log to a temporary path in the format of its target."""
    kind = target.suffix.lower()
    if kind in (".xlsx", ".ods"):
        from ahtc_tui.formats.xlsx.action_log import write_action_log

        write_workbook(path, target.name, lambda book: write_action_log(book, log))
        return
    from ahtc_tui.formats.action_list import write_actions_csv, write_actions_json

    if kind == ".csv":
        write_actions_csv(path, log)
    else:
        write_actions_json(path, log)


def export_log_to_folder(workspace: Workspace, action_filter: ActionFilter, sort: Ordering, words: str) -> Path:
    """Write the list as a workbook with a free name in the exports folder; return its path."""
    target = find_export_path(workspace, "actions")

    def describe_filter() -> str:
        return _("filter: {words}").format(words=words) if words else ""

    export_actions(workspace, target, action_filter, LogLayout(sort, describe_filter=describe_filter))
    return target


def _read_log(workspace: Workspace, action_filter: ActionFilter, marking: Marking, layout: LogLayout) -> ActionLog:
    """Read everything that a log shows from one state of the database."""
    with workspace.database.read() as cursor, begin_snapshot(cursor):
        rows = read_all_actions(cursor, action_filter, layout.sort, workspace.today())
        objectives = actions.list_objectives(cursor)
        welsh_titles = {number: title for _key, number, title in actions.list_welsh_objectives(cursor)}
        months = count_opened_and_closed(cursor)
        letters = versions_and_milestones.read_brag_meanings(cursor)
        marks = read_marks(workspace)
    return ActionLog(
        title=render_lines(lambda: _("Wales Anti Human Trafficking Leadership Group: action log")),
        marking=marking,
        as_at=workspace.today(),
        rows=sorted(rows, key=layout.order) if layout.order else rows,
        totals=count_rows(rows.iterate_as(CountedRow), workspace.today(), marks),
        objectives=[ObjectiveName(number, title, welsh_titles.get(number)) for _key, number, title in objectives],
        months=months,
        meanings=letters,
        describe_filter=layout.describe_filter,
        marks=marks,
        columns=layout.columns,
    )
