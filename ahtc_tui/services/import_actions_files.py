"""The files of an import as rows with their columns, and what a long import tells and asks on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data import header_of_case_data
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports import Cancelled, UnknownColumns, Wishes
from ahtc_tui.domain.return_headers import KNOWN, field_of
from ahtc_tui.domain.words import _
from ahtc_tui.services.import_actions_match import Matched
from ahtc_tui.services.import_actions_plan import ActionsPlan
from ahtc_tui.services.import_actions_rows import RowIn, rows_of
from ahtc_tui.services.import_actions_tables import (
    TableIn,
    columns_read,
    heading_key,
    ids_sent,
    tables_of,
    unknown_columns,
)

if TYPE_CHECKING:
    from ahtc_tui.domain.sheets import Book

EVERY = 500
"""Rows between two reports of progress."""


@dataclass
class Hooks:
    """What a long import tells, and asks."""

    progress: Callable[[int, int], None] | None = None
    """Rows done and rows in all."""
    cancelled: Callable[[], bool] | None = None
    total: int = 0
    done: int = 0

    def step(self) -> None:
        """Another row is done. Raises Cancelled if a person stopped it."""
        self.done += 1
        if self.done % EVERY == 0 or self.done == self.total:
            self.look()

    def look(self) -> None:
        """Tell how far it is. Raises Cancelled if a person stopped it."""
        if self.cancelled and self.cancelled():
            raise Cancelled(_("Stopped: nothing was written."))
        if self.progress:
            self.progress(self.done, self.total)


@dataclass
class FileIn:
    """One file with its rows."""

    plan: ActionsPlan
    rows: list[RowIn]
    sent: list[bytes]
    """The keys of all rows that were sent in the workbook, where it says so."""
    matched: Matched = field(default_factory=Matched)


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
