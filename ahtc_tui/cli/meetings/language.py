"""`ahtc meetings interpreter` and `welsh-year`: interpretation, and the yearly figures on the use of Welsh."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from ahtc_tui.cli.console.argument_types import parse_year
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_result
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, Verb
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.meetings import interpretation


def declare_verbs() -> Iterator[Verb]:
    """Yield the verbs on interpretation and the yearly figures."""
    yield Verb("interpreter", add_interpreter, _("add the action to book the interpreter")).takes(
        REF, Argument("--lead", "L"), JSON
    )
    yield Verb("welsh-year", print_welsh_year, _("figures of a year for the report on the use of Welsh")).takes(
        Argument("--year", "YYYY", _("default: this year"), type=parse_year), JSON
    )


def add_interpreter(context: Context, args: Namespace) -> None:
    """Add the action to book the interpreter of a meeting and print its reference."""
    with context.open_workspace() as workspace:
        row = interpretation.plan_interpreter(workspace, args.ref, args.lead)
    data = {"ref": row.ref, "title": row.title, "due": row.due.latest if row.due else None}
    print_result(args.json, lambda: serialize_value(data), lambda: [row.ref])
    context.print_undoable(_("{title}, due {day}").format(title=row.title, day=row.due))


def print_welsh_year(context: Context, args: Namespace) -> None:
    """Print the figures of a year."""
    with context.open_workspace() as workspace:
        figures = interpretation.count_welsh_year(workspace, args.year)
    rows = [(label, str(number)) for label, number in figures.labelled_figures]
    print_result(args.json, lambda: serialize_value(figures), lambda: [str(figures.year), *format_table(rows, (56, 8))])
