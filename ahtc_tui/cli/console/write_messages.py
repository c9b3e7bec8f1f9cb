"""Output of commands that write: the reference of a record or the path of a file, never its content."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.model import ContactRow
    from ahtc_tui.domain.groups.model import GroupRow


def print_written_ref(context: Context, ref: str) -> int:
    """Print the reference on stdout, and how to undo the change on stderr."""
    print_lines([ref])
    context.print_notice(_("{ref} saved. To undo, run `ahtc undo`.").format(ref=ref))
    return 0


def print_written_party(context: Context, row: ContactRow | GroupRow, as_json: bool) -> int:
    """Print a contact or group: its reference, or all of it as JSON; on stderr its name and how to undo."""
    if as_json:
        print_json(serialize_value(row))
    else:
        print_lines([row.ref])
    context.print_notice(_("{ref}: {name}. To undo, run `ahtc undo`.").format(ref=row.ref, name=row.name))
    return 0


def print_written_file(
    context: Context, args: Namespace, target: Path, description: str, marking: str | None = None, **counts: object
) -> int:
    """Print the path of an exported file and what it holds; as JSON path, counts and marking."""
    if args.json:
        print_json({"file": str(target), **counts, "marking": marking or args.marking})
    else:
        print_lines([str(target)])
        context.print_notice(_("{what} written.").format(what=description))
    return 0
