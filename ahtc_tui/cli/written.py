"""What a command says of what it wrote: a record by its reference, a file by its path. Never what is in them."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ahtc_tui.cli.context import Context
from ahtc_tui.cli.output import print_json, print_lines
from ahtc_tui.domain.words import _


def record(context: Context, ref: str) -> int:
    """The reference on standard output, and beside it how to take it back."""
    print_lines([ref])
    context.say(_("{ref} is written. `ahtc undo` takes it back.").format(ref=ref))
    return 0


def file(
    context: Context, chosen: Namespace, target: Path, what: str, marking: str | None = None, **more: object
) -> int:
    """The path on standard output and what was written beside it; as JSON the path, the counts and its marking."""
    if chosen.json:
        print_json({"file": str(target), **more, "marking": marking or chosen.marking})
    else:
        print_lines([str(target)])
        context.say(_("{what} written.").format(what=what))
    return 0
