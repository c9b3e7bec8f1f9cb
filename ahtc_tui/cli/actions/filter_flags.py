"""The filters of actions as options, for `actions list` and `export actions`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import parse_nonempty
from ahtc_tui.cli.console.verbs import Argument, OneOf, Switch, declare_filter_words
from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.filters.model import FilterNoun, join_arguments
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.saved_views import SavedView

CONDITIONS = ("late", "continuing", "lead", "group", "objective", "meeting", "due_before", "no_update_since")
"""Options that are fields of the filter."""
TERM_OPTIONS = ("status", "brag", "support")
"""Options that are terms of the filter grammar: `--status on_hold` is `status:on_hold`."""


def declare_filters() -> list[Argument | OneOf]:
    """Return the filters of `actions list`, which exports accept as well."""
    values = ("lead", "group", "objective", "meeting", "due-before", "no-update-since")
    metavars = {"due-before": "D", "no-update-since": "D"}
    return [
        OneOf(*(Argument(f"--{name}", dest="which", action="store_const", const=name) for name in ActionScope)),
        Argument("--view", "NAME", _("a saved view; other conditions narrow it"), type=parse_nonempty),
        Switch("--late"),
        Switch("--continuing"),
        *(Argument(f"--{name}", metavars.get(name, name[0].upper()), type=parse_nonempty) for name in values),
        *(Argument(f"--{name}", "X", type=parse_nonempty) for name in TERM_OPTIONS),
        declare_filter_words(FilterNoun.ACTIONS),
    ]


def declare_sort() -> Argument:
    """Return the option with the order of a list of actions."""
    return Argument("--sort", choices=list(Sort), help_text=_("due by default, or the order of the view"))


def build_filter(workspace: Workspace, args: Namespace) -> ActionFilter:
    """Return the filter of the words and options, and of the view of --view, all of which must hold.

    Raises NotFound for a name that is not in the register, BadInput for a word that is not understood.
    """
    view = find_named_view(workspace, args.view)
    return actions.resolve_filter(
        workspace,
        texts=(
            join_arguments(args.words),
            *(f'{name}:"{value}"' for name in TERM_OPTIONS if (value := getattr(args, name))),
            *((view.words,) if view else ()),
        ),
        default=view.which if view else ActionScope.OPEN,
        scope=ActionScope(args.which) if args.which else None,
        **{name: getattr(args, name) for name in CONDITIONS},
    )


def choose_sort(workspace: Workspace, args: Namespace, default: Sort) -> Sort:
    """Return the order given by --sort, else the order of the saved view, else the default."""
    if args.sort:
        return Sort(args.sort)
    view = find_named_view(workspace, args.view)
    return view.sort if view else default


def find_named_view(workspace: Workspace, name: str | None) -> SavedView | None:
    """Return the saved view of a name; None without a name. Raises NotFound."""
    if not name:
        return None
    from ahtc_tui.services.actions.saved_views import find_view

    return find_view(workspace, name)
