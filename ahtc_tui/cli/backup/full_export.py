"""`ahtc export everything` and `ahtc import everything`: the whole office as one archive, and back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ahtc_tui.cli.console import import_report, passphrase_input, write_messages
from ahtc_tui.cli.console.context import Context
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Take
from ahtc_tui.services.paths import place


def add_export(kinds: Any) -> ArgumentParser:
    """The kind of `ahtc export`."""
    kind: ArgumentParser = kinds.add_parser(
        "everything", help="every record and all history as JSON and CSV: .zip", allow_abbrev=False
    )
    kind.add_argument("out", metavar="OUT.zip")
    kind.set_defaults(run=export)
    return kind


def export(context: Context, chosen: Namespace) -> int:
    """`export everything`."""
    from ahtc_tui.services.recovery.full_export import export_everything

    target = place(chosen.out)
    with context.workspace() as workspace:
        done = export_everything(workspace, target, Marking(chosen.marking), force=chosen.force)
    records = say_number(done.records, _("1 record"), _("{n} records"))
    said = _("{records} in {n} tables").format(records=records, n=done.tables)
    counts = {"records": done.records, "rows": done.rows, "tables": done.tables}
    return write_messages.file(context, chosen, target, said, done.marking, **counts)


def add_import(kinds: Any) -> ArgumentParser:
    """The kind of `ahtc import`."""
    kind: ArgumentParser = kinds.add_parser(
        "everything", help="a whole office out of an archive, into a folder without one: .zip", allow_abbrev=False
    )
    kind.set_defaults(run=bring_in)
    return kind


def bring_in(context: Context, chosen: Namespace) -> int:
    """`import everything`."""
    from ahtc_tui.services.recovery.full_import import import_everything
    from ahtc_tui.services.workspace import is_locked

    files = import_report.files_of(chosen)
    if len(files) > 1:
        raise BadInput(_("An office comes in from one archive: name one file."))
    apply = not chosen.dry_run and import_report.wished(chosen).take is not Take.NONE
    key = passphrase_input.of_file(str(context.root)) if is_locked(context.root) else None
    report = import_everything(context.root, files[0], context.as_at, apply=apply, key=key)
    if chosen.json:
        return import_report.told(context, chosen, report)
    from ahtc_tui.cli.console.output import print_lines, table

    lines = [(str(one.values["table"]), str(one.values["rows"])) for one in report.files[0].added]
    print_lines(table(lines, (24, 9), numbers={1}))
    if apply:
        context.say(
            _("The office stands in {root}, as it was. Its history and its undo came with it.").format(
                root=context.root
            )
        )
    else:
        context.say(_("Nothing was written: --dry-run."))
    return 0
