"""The filters of actions as options, for `actions list` and `export actions`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import parse_nonempty
from ahtc_tui.cli.console.verbs import WORDS, Argument, OneOf, Switch
from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import service as actions

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.filters import ActionFilter
    from ahtc_tui.services.workspace import Workspace


def declare_filters() -> list[Argument | OneOf]:
    """Return the filters of `actions list`, which exports accept as well."""
    values = ("lead", "group", "objective", "meeting", "due-before", "no-update-since")
    metavars = {"due-before": "D", "no-update-since": "D"}
    return [
        OneOf(*(Argument(f"--{name}", dest="which", action="store_const", const=name) for name in ActionScope)),
        Argument("--view", "NAME", _("a saved view; other options override it"), type=parse_nonempty),
        Switch("--late"),
        Switch("--continuing"),
        *(Argument(f"--{name}", metavars.get(name, name[0].upper()), type=parse_nonempty) for name in values),
        WORDS,
    ]


def build_filter(workspace: Workspace, args: Namespace) -> ActionFilter:
    """Return the filter of the options. Raises NotFound for a name that is not in the register."""
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
    """Return the order of --sort, else that of the view, else the default."""
    from ahtc_tui.services.actions.saved_views import find_view

    if args.sort:
        return Sort(args.sort)
    return find_view(workspace, args.view).sort if args.view else default
