"""What a command says of what it wrote: a record by its reference, a file by its path. Never what is in them."""

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
    """The reference on standard output, and beside it how to take it back."""
    print_lines([ref])
    context.print_notice(_("{ref} is written. `ahtc undo` takes it back.").format(ref=ref))
    return 0


def print_written_party(context: Context, row: ContactRow | GroupRow, as_json: bool) -> int:
    """The reference of a contact or a group, or as JSON all of it; beside it the name and how to take it back."""
    if as_json:
        print_json(serialize_value(row))
    else:
        print_lines([row.ref])
    context.print_notice(_("{ref}: {name}. `ahtc undo` takes it back.").format(ref=row.ref, name=row.name))
    return 0


def print_written_file(
    context: Context, args: Namespace, target: Path, description: str, marking: str | None = None, **counts: object
) -> int:
    """The path on standard output and what was written beside it; as JSON the path, the counts and its marking."""
    if args.json:
        print_json({"file": str(target), **counts, "marking": marking or args.marking})
    else:
        print_lines([str(target)])
        context.print_notice(_("{what} written.").format(what=description))
    return 0
