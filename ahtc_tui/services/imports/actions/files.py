"""The files of an import as rows with their columns, and what a long import tells and asks on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.detector import header_of_case_data
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import UnknownColumns, Wishes
from ahtc_tui.domain.returns.headings import KNOWN, field_of
from ahtc_tui.services.imports.actions.model import FileIn
from ahtc_tui.services.imports.actions.plan import ActionsPlan
from ahtc_tui.services.imports.actions.rows import RowIn, rows_of
from ahtc_tui.services.imports.actions.tables import (
    TableIn,
    columns_read,
    heading_key,
    ids_sent,
    tables_of,
    unknown_columns,
)
from ahtc_tui.services.progress import EVERY, Hooks

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import Book


def file_in(book: Book, said: Mapping[str, str], wishes: Wishes, hooks: Hooks) -> FileIn:
    """The rows of a file, and what its columns were taken for. Raises BadFile where no table is about actions."""
    tables = tables_of(book, said)
    if not tables:
        raise UnknownColumns(_no_table(book), unknown_columns(book, said))
    plan = ActionsPlan(book.path, 0, wishes, warnings=list(book.warnings))
    rows: list[RowIn] = []
    for table, lines in tables:
        plan.columns += columns_read(table, lines, said)
        for heading in table.headings:
            reason = header_of_case_data(heading)
            if reason:
                sentence = _('the column "{heading}" looks like {reason}: no case data belongs here')
                plan.warn(lines.header_at or table.sheet, sentence.format(heading=heading, reason=reason))
        _say_left_out(plan, table, lines.header_at, said)
        for row in rows_of(table, lines):
            rows.append(row)
            if len(rows) % EVERY == 0:
                hooks.look()
    plan.read = len(rows)
    return FileIn(plan, rows, ids_sent(book))


def _say_left_out(plan: ActionsPlan, table: TableIn, at: str, said: Mapping[str, str]) -> None:
    """Name the columns that hold words and mean nothing that we know; not those that a person left out."""
    unknown = [
        column.heading
        for column in plan.columns
        if column.sheet == table.sheet
        and column.field is None
        and column.heading in table.headings
        and heading_key(column.heading) not in said
        and any(sign.isalpha() for sample in column.samples for sign in sample)
        and field_of(column.heading) is None
    ]
    if unknown:
        names = '", "'.join(unknown[:6]) + (" …" if len(unknown) > 6 else "")
        sentence = _('not known, so left out: the column "{names}". m, or --map "{first}=update", says what it is')
        plan.warn(at or table.sheet, sentence.format(names=names, first=unknown[0]))


def _no_table(book: Book) -> str:
    """The sentence for a file in which nothing says what was promised, with the headings that were met."""
    met = [heading for table in book.tables for heading in table.headers if heading][:6]
    if not met:
        return _("{file} holds no table of actions.").format(file=book.path.name)
    sentence = _('{file} holds no table of actions that can be told: it has "{met}". Name one: --map "{first}=title".')
    return sentence.format(file=book.path.name, met='", "'.join(met), first=met[0])


def checked_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Headings as they are learnt, with their fields; an empty field leaves the column out. Raises BadInput."""
    fields = [name for name in KNOWN if not name.startswith("row_")]
    for heading, name in columns.items():
        if name and name not in fields:
            sentence = _('"{heading}" cannot mean "{field}": choose one of {fields}.')
            raise BadInput(sentence.format(heading=heading, field=name, fields=", ".join(fields)))
    return {heading_key(heading): name for heading, name in columns.items()}
