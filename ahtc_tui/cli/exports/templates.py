"""`ahtc templates`: the Word templates of agenda and minutes and the tasks of a back-plan, for the office to change."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.domain.i18n import _


def build(parser: ArgumentParser, _command: str) -> None:
    """Its one verb."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    copying = verbs.add_parser("copy", help="put them into the workspace's folder templates", allow_abbrev=False)
    copying.add_argument("--force", action="store_true", help="write over the ones that are there")
    copying.add_argument("--json", action="store_true")
    copying.set_defaults(run=copy_office_templates)


def copy_office_templates(context: Context, args: Namespace) -> int:
    """`templates copy`."""
    from ahtc_tui.services.documents.meeting_documents import copy_templates

    with context.open_workspace() as workspace:
        files = copy_templates(workspace, args.force)
    if args.json:
        print_json({"files": [str(file) for file in files]})
    else:
        print_lines(str(file) for file in files)
        context.print_notice(
            _("Restyle the Word files in Word; back-plan.txt is plain text. They are used from now on.")
        )
    return 0
