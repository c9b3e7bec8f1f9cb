"""`ahtc desk`: the name and post of the person at this desk, who is asked for them once, and on a terminal only."""

from __future__ import annotations

import sys
from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_fields, print_message, print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, add_arguments
from ahtc_tui.domain.desk_people import DeskPerson, format_writer
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.workspace import Workspace


def register(parser: CommandParser, _command: str) -> None:
    """Declare the arguments of `desk`."""
    name = Argument("--name", "NAME", _("your name"))
    post = Argument("--post", "POST", _("your post, for documents"))
    add_arguments(parser, run_desk, name, post, JSON)


def run_desk(context: Context, args: Namespace) -> None:
    """Store the name and post that are given, ask for missing ones on a terminal, and print them."""
    from ahtc_tui.services.desk_people import find_desk_person, set_desk_person

    with context.open_workspace() as workspace:
        if args.name is not None or args.post is not None:
            set_desk_person(workspace, args.name, args.post)
        else:
            ask_desk_person(context, workspace)
        person = find_desk_person(workspace) or DeskPerson(workspace.database.user)
    lines = [(_("account"), person.account), (_("name"), person.name), (_("post"), person.post)]
    lines.append((_("printed as"), format_writer(person.post)))
    print_result(args.json, lambda: serialize_value(person), lambda: format_fields(lines))


def ask_desk_person(context: Context, workspace: Workspace) -> None:
    """Ask for name and post and store the answers, even empty ones, unless they are known or there is no terminal."""
    from ahtc_tui.services.desk_people import find_desk_person, set_desk_person

    if not sys.stdin.isatty() or find_desk_person(workspace):
        return
    print_message(_("Documents print your post, never your account. `ahtc desk` changes it."))
    name = context.read_answer(_("Your name: "))
    set_desk_person(workspace, name, context.read_answer(_("Your post: ")))
