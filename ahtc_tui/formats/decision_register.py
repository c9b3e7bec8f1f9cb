"""The decision register as a workbook, as CSV and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.i18n import _, build_in_each_language, ngettext, render_one_line
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.text.cleaning import capitalise, clean_line
from ahtc_tui.formats import text_table
from ahtc_tui.formats.markdown.rendering import escape_inline, escape_line
from ahtc_tui.formats.text_table import escape_formula
from ahtc_tui.formats.xlsx.record_table import RecordTable, write_record_tables

WIDTHS = (16, 18, 30, 60, 40, 16, 24, 34, 16, 30)


def decision_columns() -> tuple[str, ...]:
    """Return the headings of all three formats, in order."""
    first = (_("Ref"), _("Date"), _("Body"), _("Decision"), _("Reason"), _("Superseded by"), _("Actions"))
    return (*first, _("Meeting"), _("Status"), _("Decided by"))


def decision_cells(row: Decision) -> list[str]:
    """Return the cells of a decision, in the order of `decision_columns`."""
    day = format_day(row.decided_on)
    first = [row.ref, day, row.body or "", row.text, row.reason or "", row.superseded_by or ""]
    status = render_one_line(lambda: capitalise(row.status.label))
    return [*first, ", ".join(row.actions), row.meeting_name, status, row.decided_by or ""]


def format_title() -> str:
    """Return the title of the register."""
    return _("Decision register")


def _format_note(rows: Sequence[Decision], marking: Marking, as_at: date) -> str:
    return ngettext(
        "{marking}. {n} decision as at {day}",
        "{marking}. {n} decisions as at {day}",
        len(rows),
        marking=marking.label,
        day=format_long_date(as_at),
    )


def write_xlsx(path: Path, list_rows: Callable[[], Sequence[Decision]], marking: Marking, as_at: date) -> None:
    """Write the workbook to `path`, replacing any file; `list_rows` returns the rows in the current language."""

    def build_table() -> RecordTable:
        rows = list_rows()
        note, cells = _format_note(rows, marking, as_at), [decision_cells(row) for row in rows]
        columns = decision_columns()
        table = RecordTable(_("Decisions"), format_title(), note, marking, as_at, columns, WIDTHS, cells)
        return table.without_empty_columns()

    write_record_tables(path, build_table)


def write_csv(path: Path, rows: Sequence[Decision], marking: Marking) -> None:
    """Write one row per decision; formula-like text has an apostrophe before it."""
    cells = ([escape_formula(value) for value in decision_cells(row)] for row in rows)
    text_table.write_csv(path, [decision_columns(), *cells], marking)


def write_md(path: Path, list_rows: Callable[[], Sequence[Decision]], marking: Marking, as_at: date) -> None:
    """Write a table in each language of the file, with the marking at the beginning and at the end of each.

    A column without a value in any row is left out; without decisions there is no table.
    """
    halves = build_in_each_language(lambda: _render_md(list_rows(), marking, as_at))
    path.write_text("\n".join(halves), encoding="utf-8")


def _render_md(rows: Sequence[Decision], marking: Marking, as_at: date) -> str:
    lines = [f"**{escape_line(marking.label)}**", "", f"# {format_title()}", "", _format_note(rows, marking, as_at), ""]
    columns = [column for column in zip(decision_columns(), *map(decision_cells, rows), strict=True) if any(column[1:])]
    if columns:
        headings, *body = zip(*columns, strict=True)
        table = [
            headings,
            ("---",) * len(headings),
            *([escape_inline(clean_line(cell)) for cell in row] for row in body),
        ]
        lines += [*(f"| {' | '.join(cells)} |" for cells in table), ""]
    return "\n".join([*lines, f"**{escape_line(marking.label)}**", ""])
