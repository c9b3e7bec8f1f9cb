"""`ahtc import contacts FILE...`: cards, CSV and workbooks; and `ahtc import meetings FILE...`: calendars."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console import import_report
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.verbs import Verb, declare_mapping
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _


def declare_kinds() -> list[Verb]:
    """Return the kinds `contacts` and `meetings`."""
    return [
        Verb("contacts", run_contacts_import, _("people: .vcf, .csv, .xlsx"), declare_mapping()),
        Verb("meetings", run_meetings_import, _("calendars: .ics")),
    ]


def run_contacts_import(context: Context, args: Namespace) -> int:
    """People and organisations; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.contacts.service import import_contacts

    options, columns = import_report.read_import_options(args), _parse_mappings(args.map)
    with context.open_workspace() as workspace:
        report = import_contacts(
            workspace, import_report.list_input_files(args), options, columns=columns, apply=not args.dry_run
        )
    return import_report.print_report(context, args, report)


def run_meetings_import(context: Context, args: Namespace) -> int:
    """Meetings of calendars; exit code 1 if a question is left."""
    from ahtc_tui.services.imports.meetings.service import import_meetings

    options = import_report.read_import_options(args)
    with context.open_workspace() as workspace:
        report = import_meetings(workspace, import_report.list_input_files(args), options, apply=not args.dry_run)
    return import_report.print_report(context, args, report)


def _parse_mappings(arguments: list[str]) -> dict[str, str]:
    """ "Column=field" as a table."""
    mappings = {}
    for argument in arguments:
        heading, equals, field = argument.rpartition("=")
        if not equals or not heading.strip() or not field.strip():
            raise BadInput(_('--map wants "Column=field", not "{words}".').format(words=argument))
        mappings[heading.strip()] = field.strip().lower()
    return mappings
