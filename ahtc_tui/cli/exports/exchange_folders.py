"""`export calendars DIR` and `export cards DIR`: folders that vdirsyncer, khal and khard take."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.cli.console.verbs import Verb, declare_export
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ahtc_tui.services.exports.exchange_folders import FolderExport
    from ahtc_tui.services.workspace import Workspace


def declare_kinds() -> list[Verb]:
    """Return the kinds `calendars` and `cards`."""
    return [declare_export("calendars", write_calendars), declare_export("cards", write_cards)]


def write_calendars(context: Context, args: Namespace) -> int:
    """Write the meetings that changed; return 1 if one was left as it is, apart from those without a day."""
    from ahtc_tui.services.exports.exchange_folders import export_calendars

    return _write_folder(context, args, export_calendars)


def write_cards(context: Context, args: Namespace) -> int:
    """Write the contacts that changed; return 1 if one was left as it is."""
    from ahtc_tui.services.exports.exchange_folders import export_cards

    return _write_folder(context, args, export_cards)


def _write_folder(context: Context, args: Namespace, export: Callable[[Workspace, Path, Marking], FolderExport]) -> int:
    with context.open_for_export() as workspace:
        report = export(workspace, resolve_folder(args.out), Marking(args.marking))
    if args.json:
        print_json(serialize_value(report))
    else:
        print_lines([format_file(report.folder)])
        for left in report.left_out:
            print_message(_("{ref} left out: {reason}").format(ref=left.ref, reason=left.reason))
        counts = (
            ngettext("1 file saved", "{n} files saved", report.written),
            ngettext("1 unchanged", "{n} unchanged", report.unchanged),
            ngettext("1 file removed", "{n} files removed", report.removed) if report.removed else "",
        )
        context.print_notice(", ".join(filter(None, counts)) + ".")
    return 1 if report.needs_decision else 0
