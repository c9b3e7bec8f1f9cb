"""Output of commands that write: the reference of a record or the path of a file, never its content."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ahtc_tui.cli.console.argument_types import parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import is_accessible, print_json, print_lines, print_result
from ahtc_tui.cli.console.terminal_signs import format_file
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.contacts.model import ContactRow
    from ahtc_tui.domain.groups.model import GroupRow
    from ahtc_tui.services.workspace import Workspace


Draft = TypeVar("Draft")
Row = TypeVar("Row")
BuildDraft = Callable[[dict[str, Any], "date"], Draft]


def save_draft(
    context: Context, build_draft: BuildDraft[Draft], save: Callable[[Workspace, Draft], Row], values: dict[str, Any]
) -> Row:
    """Check the values as a draft, save it and return its record. Raises BadInput."""
    with context.open_workspace() as workspace:
        draft = build_draft(values, workspace.today())
        row = save(workspace, draft)
    print_kept_words(context, draft, row)
    return row


def print_kept_words(context: Context, draft: object, row: object = None) -> None:
    """Print a notice for each date of a draft that is kept as words, since such a date is never late.

    A date relative to a meeting has a day in the saved record.
    """
    from ahtc_tui.domain.dates.relative import format_kept_words

    for name, given in getattr(draft, "given_fields", {}).items():
        value = getattr(row, name, given) if isinstance(given, DateAsKnown) else given
        if isinstance(value, DateAsKnown) and value.precision is Precision.WORDS:
            context.print_notice(format_kept_words(value))


def edit_draft(
    context: Context, args: Namespace, build_draft: BuildDraft[Draft], edit: Callable[[Workspace, str, Draft], Row]
) -> Row:
    """Check the `field=value` arguments as a draft, edit the record and return it. Raises BadInput."""
    values = parse_field_values(args.fields)
    return save_draft(context, build_draft, lambda workspace, draft: edit(workspace, args.ref, draft), values)


def list_written(context: Context, ref: str) -> list[str]:
    """Return the reference as a line; nothing for a screen reader if the message begins with it, so that it is read
    once.
    """
    return [] if is_accessible() and not context.quiet else [ref]


def print_written_ref(
    context: Context, ref: str, description: str = "", data: Callable[[], dict[str, Any]] | None = None
) -> None:
    """Print the reference on stdout, and on stderr what was written and how to undo it.

    As JSON, print the whole record: `data`, or what `show --json` prints.
    """
    print_written(context, ref, data)
    context.print_undoable(f"{ref}: {description}." if description else _("{ref} saved.").format(ref=ref))


def print_written(context: Context, ref: str, data: Callable[[], dict[str, Any]] | None = None, **more: object) -> None:
    """Print the reference of a record that was written, or the record as JSON with what else is to be said of it."""

    def read_record() -> dict[str, Any]:
        return {**(data() if data else context.serialize_record(ref) or {"ref": ref}), **more}

    print_result(context.as_json, read_record, lambda: list_written(context, ref))


def print_removed_ref(context: Context, ref: str) -> None:
    """Print the reference of a removed record on stdout, and on stderr how to undo it."""
    print_data(context, list_written(context, ref), ref=ref, removed=True)
    context.print_undoable(_("{ref} removed").format(ref=ref) + ".")


def print_data(context: Context, lines: Sequence[str], **data: object) -> None:
    """Print the data as JSON where it was asked for, else the lines."""
    print_result(context.as_json, lambda: data, lambda: lines)


def print_written_party(context: Context, row: ContactRow | GroupRow) -> None:
    """Print a contact or group: its reference, or all of it as JSON; on stderr its name and how to undo."""
    print_written(context, row.ref)
    context.print_undoable(f"{row.ref}: {context.show_names(row).name}.")


def print_written_file(
    context: Context, args: Namespace, target: Path, description: str, marking: str | None = None, **counts: object
) -> None:
    """Print the path of an exported file and what it holds; as JSON path, counts and marking."""
    if args.json:
        print_json({"file": str(target), **counts, "marking": marking or args.marking})
    else:
        print_lines([format_file(target)])
        context.print_notice(_("{what} saved.").format(what=description))
