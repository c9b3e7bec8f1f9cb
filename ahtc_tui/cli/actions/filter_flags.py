"""The filters of actions as flags: `actions list` and `export actions` take the same."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import some
from ahtc_tui.domain.actions.filters import Sort, Which
from ahtc_tui.services.actions import service as actions

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.filters import ActionFilter
    from ahtc_tui.services.workspace import Workspace


def add_filter_flags(parser: ArgumentParser) -> None:
    """The filters of `actions list`, which exports take as well."""
    which = parser.add_mutually_exclusive_group()
    for name in Which:
        which.add_argument(f"--{name}", dest="which", action="store_const", const=name)
    parser.add_argument("--view", type=some, metavar="NAME", help="a saved view; what else is given goes before it")
    parser.add_argument("--late", action="store_true")
    parser.add_argument("--continuing", action="store_true")
    for field in ("lead", "group", "objective", "meeting", "due-before", "no-update-since"):
        parser.add_argument(f"--{field}", type=some, metavar="D" if "-" in field else field[0].upper())
    parser.add_argument("words", nargs="*", metavar="WORDS")


def filter_from(workspace: Workspace, chosen: Namespace) -> ActionFilter:
    """The filter that the flags ask for, names found in the register."""
    from ahtc_tui.services.actions.saved_views import find_view, view_filter

    return actions.find_filter(
        workspace,
        base=view_filter(workspace, find_view(workspace, chosen.view)) if chosen.view else None,
        which=chosen.which,
        words=" ".join(chosen.words),
        late=chosen.late,
        continuing=chosen.continuing,
        lead=chosen.lead,
        group=chosen.group,
        objective=chosen.objective,
        meeting=chosen.meeting,
        due_before=chosen.due_before,
        no_update_since=chosen.no_update_since,
    )


def sort_from(workspace: Workspace, chosen: Namespace, unsaid: Sort) -> Sort:
    """The order that --sort asks for, else the view's own, else `unsaid`."""
    from ahtc_tui.services.actions.saved_views import find_view

    if chosen.sort:
        return Sort(chosen.sort)
    return find_view(workspace, chosen.view).sort if chosen.view else unsaid
