"""`ahtc actions view` and `views`: saved filters of the action log."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, Verb, declare_filter_words
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.saved_views import SavedView, read_columns
from ahtc_tui.domain.filters.command_line import join_arguments
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value


def declare_verbs() -> list[Verb]:
    """Return the verbs `views` and `view`."""
    return [
        Verb("views", print_views, _("the saved views"), JSON),
        Verb("view", save_or_remove_view, _("save a view, or remove it")).takes(
            Argument("name"),
            declare_filter_words(FilterNoun.ACTIONS),
            Argument("--which", choices=list(ActionScope), default=ActionScope.OPEN.value),
            Argument("--sort", choices=list(Sort), default=Sort.DUE.value),
            Argument("--columns", "A,B", default=""),
            Switch("--context", _("open the list on the screen with this view")),
            Switch("--remove"),
        ),
    ]


def print_views(context: Context, args: Namespace) -> None:
    """Print the saved views with their filters, orders and columns."""
    from ahtc_tui.services.actions.saved_views import list_views

    with context.open_workspace() as workspace:
        views = list_views(workspace)
    if args.json:
        print_json([serialize_value(view) for view in views])
    else:
        print_lines(format_table([_view_cells(view) for view in views], (24, None, 8, 12, 10)))
        context.print_notice(ngettext("1 view", "{n} views", len(views)))


def _view_cells(view: SavedView) -> tuple[str, ...]:
    return view.name, view.words or "–", view.which, _("by {sort}").format(sort=view.sort), "context" * view.context


def save_or_remove_view(context: Context, args: Namespace) -> None:
    """Save a view under its name, or remove it with --remove."""
    from ahtc_tui.services.actions.saved_views import remove_view, save_view

    with context.open_workspace() as workspace:
        if args.remove:
            remove_view(workspace, args.name)
            print_data(context, [], name=args.name, removed=True)
            context.print_undoable(_("View {name} removed.").format(name=args.name))
            return
        view = SavedView(
            args.name,
            join_arguments(args.words),
            ActionScope(args.which),
            Sort(args.sort),
            read_columns(args.columns),
            args.context,
        )
        saved = save_view(workspace, view)
    print_data(context, [saved.name], name=saved.name)
    context.print_notice(_("Saved: `ahtc actions list --view {name}`.").format(name=f'"{saved.name}"'))
