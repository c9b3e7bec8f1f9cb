"""`ahtc backup` and `ahtc restore`."""

from __future__ import annotations

import sys
from argparse import Namespace

from ahtc_tui.cli.console import import_report, passphrase_input
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines, print_message
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.cli.console.verbs import (
    JSON,
    Argument,
    Switch,
    Verb,
    add_arguments,
    declare_dry_run,
    declare_export,
    declare_force,
    declare_yes,
)
from ahtc_tui.cli.console.write_messages import print_written_file
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.backup.model import RestoreReport, format_backup_reason
from ahtc_tui.domain.dates.formatting import format_short_moment, format_wall_time
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import TakeMode
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.domain.text.sizes import format_size
from ahtc_tui.services.paths import resolve_input_path, resolve_path
from ahtc_tui.services.workspace import is_locked


def register(parser: CommandParser, command: str) -> None:
    """Declare the arguments of `backup` or `restore`."""
    if command == "backup":
        add_arguments(
            parser,
            create_backup,
            Argument("out", "OUT", _("a file; by default a dated one in data/backups"), nargs="?"),
            Switch("--list", _("list the backups and check each of them"), dest="listed"),
            declare_force(),
            JSON,
        )
    else:
        dry_run = declare_dry_run(_("check the file, without restoring it"))
        add_arguments(parser, restore_backup, Argument("file", "FILE"), dry_run, declare_yes(), JSON)


def create_backup(context: Context, args: Namespace) -> int:
    """Create a backup, or list the backups with --list; returns 1 if a listed backup is damaged."""
    from ahtc_tui.services.backup import make_backup

    if args.listed:
        if args.out:
            raise BadInput(_("--list takes no file. It lists the backups of the workspace."))
        return _print_backups(context, args)
    target = resolve_path(args.out) if args.out else None
    with context.open_workspace() as workspace:
        backup = make_backup(workspace, target, force=args.force)
    if args.json:
        print_json({**serialize_value(backup), "whole": True})
    else:
        print_lines([format_file(backup.file)])
        records = ngettext("1 record", "{n} records", backup.records)
        steps = ngettext("1 step of history", "{n} steps of history", backup.steps)
        context.print_notice(_("{records}, {steps}: complete.").format(records=records, steps=steps))
    return 0


def _print_backups(context: Context, args: Namespace) -> int:
    from ahtc_tui.services.backup import list_backups

    with context.open_workspace() as workspace:
        rows = list_backups(workspace)
    if args.json:
        print_json([serialize_value(row) for row in rows])
    else:
        cells = [
            (
                format_short_moment(row.made),
                format_size(row.bytes),
                ngettext("1 record", "{n} records", row.records),
                _("complete") if row.whole else _("damaged").upper(),
                format_backup_reason(row.what) + (_(", a person was erased since") if row.before_erasure else ""),
                row.file.name,
            )
            for row in rows
        ]
        print_lines(format_table(cells, (16, 9, 14, 9, None, 60), numbers={1, 2}))
        if not rows:
            context.print_notice(_("There are no backups yet. `ahtc backup` creates one."))
    broken = [row for row in rows if not row.whole]
    for row in broken:
        print_message(_("{file} is damaged: {first}").format(file=row.file.name, first=row.faults[0]))
    return 1 if broken else 0


def restore_backup(context: Context, args: Namespace) -> None:
    """Replace the database by a backup.

    Asks for confirmation on a terminal; raises BadInput without a terminal and without --yes.
    """
    from ahtc_tui.services.recovery.passphrase import wants_passphrase
    from ahtc_tui.services.recovery.restore import restore_backup as restore
    from ahtc_tui.services.workspace import DATABASE

    file, root = resolve_input_path(args.file), context.root
    key = passphrase_input.find_file_passphrase(file.name) if wants_passphrase(file) or is_locked(root) else None
    if not args.dry_run and (root / DATABASE).exists() and not args.yes:
        preview = restore(root, file, context.as_at, dry_run=True, key=key)
        _confirm_restore(context, preview)
    report = restore(root, file, context.as_at, dry_run=args.dry_run, key=key)
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines(format_restore(report))
        context.print_notice(
            _("Nothing was saved (--dry-run).")
            if not report.done
            else _("Restored {path}.").format(path=report.database)
        )


def _confirm_restore(context: Context, preview: RestoreReport) -> None:
    """Ask for confirmation. Raises BadInput without a terminal, Refused if the answer is no."""
    if not sys.stdin.isatty():
        raise BadInput(_("Add --yes to replace the database of the workspace. It is kept among the backups."))
    print_message(*format_restore(preview))
    if not context.confirm(_("Replace {path}?").format(path=preview.database), yes=False):
        raise Refused(_("Nothing was restored."))


def format_restore(report: RestoreReport) -> list[str]:
    """Return what a restore puts in place, and where the replaced database is kept."""
    created = (
        _("{day}, {why}").format(day=format_wall_time(report.made), why=format_backup_reason(report.what))
        if report.made
        else "–"
    )
    records = ngettext("1 record", "{n} records", report.records)
    steps = ngettext("1 step of history", "{n} steps of history", report.steps)
    rows = [(_("backup"), str(report.file)), (_("made"), created), (_("contains"), f"{records}, {steps}")]
    if report.replaced:
        note = "" if report.replaced_whole else _(" (damaged, kept unchanged)")
        rows.append((_("replaced"), f"{report.replaced}{note}"))
    if report.erased_again:
        persons = ngettext("1 person", "{n} people", report.erased_again)
        rows.append((_("erased"), _("{again} although erased after the backup").format(again=persons)))
    return [f"{label:10} {value}" for label, value in rows]


def declare_kinds() -> list[Verb]:
    """Return the kind `everything` of `ahtc export`."""
    return [declare_export("everything", write_full_export)]


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
