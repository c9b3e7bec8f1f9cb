"""What tests ask of the report of an import, and of the office after it."""

from __future__ import annotations

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.imports.report import FileReport, ImportReport
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace


def title(workspace: Workspace, ref: str) -> str:
    """The title of an action as it stands."""
    return show_action(workspace, ref).row.title


def changed(file: FileReport) -> set[tuple[str, str, str | None]]:
    """Reference, field and new value of all that a file changes."""
    return {(one.ref, one.field, one.now) for one in file.changed}


def asked(file: FileReport) -> dict[tuple[str | None, str], str | None]:
    """What is asked, by reference and field, with what came back."""
    return {(one.ref, one.field): one.theirs for one in file.questions}


def id_of(report: ImportReport, field: str, ref: str | None = None) -> str:
    """The id of the one question about a field."""
    found = [one for file in report.files for one in file.questions if one.field == field and ref in (None, one.ref)]
    assert len(found) == 1, found
    return found[0].id


def every_action() -> ActionFilter:
    """All actions, closed ones too."""
    return ActionFilter(which=Which.ALL)
