"""Asks who sits at this desk: once, and on a terminal only."""

from __future__ import annotations

import sys

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.workspace import Workspace


def ask_desk_person(context: Context, workspace: Workspace) -> None:
    """Ask for name and post and store the answers, even empty ones, unless they are known or there is no terminal."""
    from ahtc_tui.services.desk_people import find_desk_person, set_desk_person

    if not sys.stdin.isatty() or find_desk_person(workspace):
        return
    print_message(_("Documents print your post, never your account. `ahtc desk` changes it."))
    name = context.read_answer(_("Your name: "))
    set_desk_person(workspace, name, context.read_answer(_("Your post: ")))
