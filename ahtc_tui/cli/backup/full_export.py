"""`ahtc export everything` and `ahtc import everything`: all records and their history in one archive."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console import import_report, passphrase_input
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_lines
from ahtc_tui.cli.console.verbs import Verb, declare_export
from ahtc_tui.cli.console.write_messages import print_written_file
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import TakeMode
from ahtc_tui.services.paths import resolve_path
from ahtc_tui.services.workspace import is_locked


def declare_export_kind() -> Verb:
    """Return the kind `everything` of `ahtc export`."""
    return declare_export("everything", write_full_export)


def write_full_export(context: Context, args: Namespace) -> None:
    """Write the archive of all records."""
    from ahtc_tui.services.recovery.full_export import export_everything

    target = resolve_path(args.out)
    with context.open_workspace() as workspace:
        report = export_everything(workspace, target, Marking(args.marking), force=args.force)
    records = ngettext("1 record", "{n} records", report.records)
    description = _("{records} in {n} tables").format(records=records, n=report.tables)
    counts = {"records": report.records, "rows": report.rows, "tables": report.tables}
    print_written_file(context, args, target, description, report.marking, **counts)


def declare_import_kind() -> Verb:
    """Return the kind `everything` of `ahtc import`."""
    return Verb("everything", import_archive, _("a full export, into a folder without a database: .zip"))


def import_archive(context: Context, args: Namespace) -> int:
    """Create a workspace from an archive; --take none and --dry-run only check it."""
    from ahtc_tui.services.recovery.full_export import import_everything

    files = import_report.list_input_files(args)
    if len(files) > 1:
        raise BadInput(_("A full import needs one archive. Name one file."))
    apply = not args.dry_run and import_report.read_import_options(args).take is not TakeMode.NONE
    key = passphrase_input.find_file_passphrase(str(context.root)) if is_locked(context.root) else None
    report = import_everything(context.root, files[0], context.as_at, apply=apply, key=key)
    if args.json:
        return import_report.print_report(context, args, report)
    lines = [(str(row.values["table"]), str(row.values["rows"])) for row in report.files[0].added]
    print_lines(format_table(lines, (24, 9), numbers={1}))
    if apply:
        context.print_notice(_("The workspace is restored in {root}, with history and undo.").format(root=context.root))
    else:
        context.print_notice(_("Nothing was saved (--dry-run)."))
    return 0
