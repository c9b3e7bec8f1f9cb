"""`ahtc templates`: copies of the Word templates and of the tasks of a back-plan, for the office to edit."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Verb, add_verbs, declare_force
from ahtc_tui.domain.i18n import _


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verb `copy`."""
    help_text = _("copy the templates to the folder `templates` of the workspace")
    add_verbs(parser, Verb("copy", copy_office_templates, help_text, declare_force(), JSON))


def copy_office_templates(context: Context, args: Namespace) -> None:
    """Copy the templates to the workspace."""
    from ahtc_tui.services.documents.meeting_documents import copy_templates

    with context.open_workspace() as workspace:
        files = copy_templates(workspace, args.force)
    if args.json:
        print_json({"files": [str(file) for file in files]})
    else:
        print_lines(str(file) for file in files)
        context.print_notice(
            _("Edit the Word files in Word, and back-plan.txt as plain text. Exports use them from now on.")
        )
