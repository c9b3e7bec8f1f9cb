"""`ahtc actions view` and `views`: filters of the action log kept under a name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table
from ahtc_tui.domain.actions.filters import Sort, Which
from ahtc_tui.domain.actions.saved_views import View, read_columns
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain


def add_verbs(verbs: Any) -> None:
    """The two verbs, beside those of actions."""
    listing: ArgumentParser = verbs.add_parser("views", help="the saved views", allow_abbrev=False)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=list_)
    keeping: ArgumentParser = verbs.add_parser("view", help="save a view, or take it away", allow_abbrev=False)
    keeping.add_argument("name")
    keeping.add_argument("words", nargs="*", metavar="FILTER", help='as typed behind /: training @ahtc "due<30 nov"')
    keeping.add_argument("--which", choices=[which.value for which in Which], default=Which.OPEN.value)
    keeping.add_argument("--sort", choices=[sort.value for sort in Sort], default=Sort.DUE.value)
    keeping.add_argument("--columns", default="", metavar="A,B")
    keeping.add_argument("--context", action="store_true", help="the list on the screen begins with it")
    keeping.add_argument("--remove", action="store_true")
    keeping.set_defaults(run=keep)


def list_(context: Context, chosen: Namespace) -> int:
    """`actions views`."""
    from ahtc_tui.services.actions.saved_views import list_views

    with context.workspace() as workspace:
        views = list_views(workspace)
    if chosen.json:
        print_json([plain(view) for view in views])
    else:
        print_lines(table([_line(view) for view in views], (24, None, 8, 12, 10)))
        context.say(say_number(len(views), _("1 view"), _("{n} views")))
    return 0


def _line(view: View) -> tuple[str, ...]:
    return view.name, view.words or "–", view.which, _("by {sort}").format(sort=view.sort), "context" * view.context


def keep(context: Context, chosen: Namespace) -> int:
    """`actions view`."""
    from ahtc_tui.services.actions.saved_views import remove_view, save_view

    with context.workspace() as workspace:
        if chosen.remove:
            remove_view(workspace, chosen.name)
            context.say(_("View {name} removed. `ahtc undo` takes it back.").format(name=chosen.name))
            return 0
        view = View(
            chosen.name,
            " ".join(chosen.words),
            Which(chosen.which),
            Sort(chosen.sort),
            read_columns(chosen.columns),
            chosen.context,
        )
        saved = save_view(workspace, view)
    print_lines([saved.name])
    context.say(_("Saved: `ahtc actions list --view {name}`.").format(name=f'"{saved.name}"'))
    return 0
