"""The files of an import as rows with their columns, and what a long import tells and asks on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.detector import find_case_data_heading
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportOptions, UnknownColumns
from ahtc_tui.domain.returns.headings import FIELD_HEADINGS, resolve_heading
from ahtc_tui.services.imports.actions.model import ImportedFile
from ahtc_tui.services.imports.actions.plan import ActionFilePlan
from ahtc_tui.services.imports.actions.rows import LogRow, read_rows
from ahtc_tui.services.imports.actions.tables import (
    LogTable,
    describe_columns,
    describe_unknown_columns,
    find_log_tables,
    normalize_heading,
    read_sent_keys,
)
from ahtc_tui.services.progress import REPORT_EVERY, ProgressHooks

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import Book


def read_file(book: Book, mappings: Mapping[str, str], options: ImportOptions, hooks: ProgressHooks) -> ImportedFile:
    """The rows of a file, and what its columns were taken for. Raises BadFile where no table is about actions."""
    tables = find_log_tables(book, mappings)
    if not tables:
        raise UnknownColumns(_format_no_table_error(book), describe_unknown_columns(book, mappings))
    plan = ActionFilePlan(book.path, 0, options, warnings=list(book.warnings))
    rows: list[LogRow] = []
    for log_table, table in tables:
        plan.columns += describe_columns(log_table, table, mappings)
        for heading in log_table.headings:
            reason = find_case_data_heading(heading)
            if reason:
                sentence = _('the column "{heading}" looks like {reason}: no case data belongs here')
                plan.add_warning(
                    table.header_address or log_table.sheet, sentence.format(heading=heading, reason=reason)
                )
        _warn_unknown_columns(plan, log_table, table.header_address, mappings)
        for row in read_rows(log_table, table):
            rows.append(row)
            if len(rows) % REPORT_EVERY == 0:
                hooks.report_progress()
    plan.read = len(rows)
    return ImportedFile(plan, rows, read_sent_keys(book))


def _warn_unknown_columns(plan: ActionFilePlan, log_table: LogTable, address: str, mappings: Mapping[str, str]) -> None:
    """Name the columns that hold words and mean nothing that we know; not those that a person left out."""
    unknown = [
        column.heading
        for column in plan.columns
        if column.sheet == log_table.sheet
        and column.field is None
        and column.heading in log_table.headings
        and normalize_heading(column.heading) not in mappings
        and any(character.isalpha() for sample in column.samples for character in sample)
        and resolve_heading(column.heading) is None
    ]
    if unknown:
        names = '", "'.join(unknown[:6]) + (" …" if len(unknown) > 6 else "")
        sentence = _('not known, so left out: the column "{names}". m, or --map "{first}=update", says what it is')
        plan.add_warning(address or log_table.sheet, sentence.format(names=names, first=unknown[0]))


def _format_no_table_error(book: Book) -> str:
    """The sentence for a file in which nothing says what was promised, with the headings that were met."""
    headings = [heading for table in book.tables for heading in table.headers if heading][:6]
    if not headings:
        return _("{file} holds no table of actions.").format(file=book.path.name)
    sentence = _('{file} holds no table of actions that can be told: it has "{met}". Name one: --map "{first}=title".')
    return sentence.format(file=book.path.name, met='", "'.join(headings), first=headings[0])


def check_mappings(columns: Mapping[str, str]) -> dict[str, str]:
    """Headings as they are learnt, with their fields; an empty field leaves the column out. Raises BadInput."""
    known_fields = [field for field in FIELD_HEADINGS if not field.startswith("row_")]
    for heading, field in columns.items():
        if field and field not in known_fields:
            sentence = _('"{heading}" cannot mean "{field}": choose one of {fields}.')
            raise BadInput(sentence.format(heading=heading, field=field, fields=", ".join(known_fields)))
    return {normalize_heading(heading): field for heading, field in columns.items()}
