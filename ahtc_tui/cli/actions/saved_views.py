"""`ahtc actions view` and `views`: filters of the action log kept under a name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.saved_views import SavedView, read_columns
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value


def add_verbs(verbs: Any) -> None:
    """The two verbs, beside those of actions."""
    listing: ArgumentParser = verbs.add_parser("views", help="the saved views", allow_abbrev=False)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=print_views)
    keeping: ArgumentParser = verbs.add_parser("view", help="save a view, or take it away", allow_abbrev=False)
    keeping.add_argument("name")
    keeping.add_argument("words", nargs="*", metavar="FILTER", help='as typed behind /: training @ahtc "due<30 nov"')
    keeping.add_argument("--which", choices=[which.value for which in ActionScope], default=ActionScope.OPEN.value)
    keeping.add_argument("--sort", choices=[sort.value for sort in Sort], default=Sort.DUE.value)
    keeping.add_argument("--columns", default="", metavar="A,B")
    keeping.add_argument("--context", action="store_true", help="the list on the screen begins with it")
    keeping.add_argument("--remove", action="store_true")
    keeping.set_defaults(run=save_or_remove_view)


def print_views(context: Context, args: Namespace) -> int:
    """`actions views`."""
    from ahtc_tui.services.actions.saved_views import list_views

    with context.open_workspace() as workspace:
        views = list_views(workspace)
    if args.json:
        print_json([serialize_value(view) for view in views])
    else:
        print_lines(format_table([_view_cells(view) for view in views], (24, None, 8, 12, 10)))
        context.print_notice(ngettext("1 view", "{n} views", len(views)))
    return 0


def _view_cells(view: SavedView) -> tuple[str, ...]:
    return view.name, view.words or "–", view.which, _("by {sort}").format(sort=view.sort), "context" * view.context


def save_or_remove_view(context: Context, args: Namespace) -> int:
    """`actions view`."""
    from ahtc_tui.services.actions.saved_views import remove_view, save_view

    with context.open_workspace() as workspace:
        if args.remove:
            remove_view(workspace, args.name)
            context.print_notice(_("View {name} removed. `ahtc undo` takes it back.").format(name=args.name))
            return 0
        view = SavedView(
            args.name,
            " ".join(args.words),
            ActionScope(args.which),
            Sort(args.sort),
            read_columns(args.columns),
            args.context,
        )
        saved = save_view(workspace, view)
    print_lines([saved.name])
    context.print_notice(_("Saved: `ahtc actions list --view {name}`.").format(name=f'"{saved.name}"'))
    return 0
