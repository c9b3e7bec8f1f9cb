"""The filters of actions as flags: `actions list` and `export actions` take the same."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import parse_nonempty
from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.services.actions import service as actions

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.filters import ActionFilter
    from ahtc_tui.services.workspace import Workspace


def add_filter_flags(parser: ArgumentParser) -> None:
    """The filters of `actions list`, which exports take as well."""
    which_group = parser.add_mutually_exclusive_group()
    for name in ActionScope:
        which_group.add_argument(f"--{name}", dest="which", action="store_const", const=name)
    parser.add_argument(
        "--view", type=parse_nonempty, metavar="NAME", help="a saved view; what else is given goes before it"
    )
    parser.add_argument("--late", action="store_true")
    parser.add_argument("--continuing", action="store_true")
    for field in ("lead", "group", "objective", "meeting", "due-before", "no-update-since"):
        parser.add_argument(f"--{field}", type=parse_nonempty, metavar="D" if "-" in field else field[0].upper())
    parser.add_argument("words", nargs="*", metavar="WORDS")


def build_filter(workspace: Workspace, args: Namespace) -> ActionFilter:
    """The filter that the flags ask for, names found in the register."""
    from ahtc_tui.services.actions.saved_views import build_view_filter, find_view

    return actions.resolve_filter(
        workspace,
        base=build_view_filter(workspace, find_view(workspace, args.view)) if args.view else None,
        which=args.which,
        words=" ".join(args.words),
        late=args.late,
        continuing=args.continuing,
        lead=args.lead,
        group=args.group,
        objective=args.objective,
        meeting=args.meeting,
        due_before=args.due_before,
        no_update_since=args.no_update_since,
    )


def choose_sort(workspace: Workspace, args: Namespace, default: Sort) -> Sort:
    """The order that --sort asks for, else the view's own, else `unsaid`."""
    from ahtc_tui.services.actions.saved_views import find_view

    if args.sort:
        return Sort(args.sort)
    return find_view(workspace, args.view).sort if args.view else default
