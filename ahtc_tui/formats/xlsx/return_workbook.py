"""The workbook that one lead gets for a return: open actions, tinted columns to fill in, and unseen what was sent.

The sheet is not protected: protection without a password keeps nobody out, and stops sorting, filters and new columns
in Excel. What is typed outside the tinted columns comes back as well, and is compared like the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED, Brag, Status
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.brag_meanings import Meaning, in_short
from ahtc_tui.domain.returns.model import ROW_HASH, ROW_ID, ROW_SENT, Return, sent_text, sent_values
from ahtc_tui.formats.xlsx.action_log_rows import Value, brag_label, objective_label, row_hash, shown_day
from ahtc_tui.formats.xlsx.cell_text import cell_text, lines, sheet_name
from ahtc_tui.formats.xlsx.dropdowns import DropDown, add_drop_downs
from ahtc_tui.formats.xlsx.streaming import save
from ahtc_tui.formats.xlsx.style import (
    DAY_FORMAT,
    HEADING_FILL,
    LINE_POINTS,
    TALLEST,
    colour_ratings,
    describe,
    lay_out_page,
    new_workbook,
    put,
    put_title,
    room,
    style,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.domain.actions.model import ActionRow

HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
TINT = "FFF8DC"
"""Behind the cells to fill in; the heading says so in words as well."""
UPDATE, BRAG, STATUS, PROPOSED = "H", "I", "J", "K"
LAST_SHOWN = "K"
TO_FILL_IN = 7
"""From this position on a lead fills in; what stands before tells which action it is."""
WIDTHS = (9, 20, 36, 20, 18, 32, 13, 44, 11, 15, 14, 18, 18, 18)
_LEAST = 40.0
MOST_OF_A_PROMPT = 255
"""Excel refuses a file whose prompt is longer."""


def headings() -> tuple[str, ...]:
    """The names of the columns that people see, in order; the last four are theirs to fill in."""
    return (
        _("Ref"),
        _("Objective"),
        _("Action"),
        _("Support"),
        _("Due"),
        _("Latest update"),
        _("Update date"),
        _("Your update"),
        _("BRAG"),
        _("Status"),
        _("Proposed date"),
    )


def values(row: ActionRow) -> list[Value]:
    """What each column says of an action, in the order of `headings`."""
    return [
        cell_text(row.ref),
        cell_text(objective_label(row.objective, row.objective_title)),
        cell_text(row.title),
        cell_text("; ".join(row.support)),
        shown_day(row.due),
        cell_text(row.latest_update),
        row.latest_update_on,
        None,
        brag_label(row.brag) if row.brag else None,
        row.status.label,
        None,
    ]


def title(sent: Return) -> str:
    """What the workbook is called: whose return it is."""
    return _("Delivery Plan return: {lead}").format(lead=sent.to.name if sent.to else _("actions without a lead"))


def write_return(path: Path, sent: Return) -> None:
    """Write the workbook to `path`, over whatever is there."""
    workbook = new_workbook()
    sheet: Any = workbook.active
    sheet.title = sheet_name(_("Return"))
    last = HEADING_ROW + len(sent.rows)
    note = " · ".join((sent.marking.label, _("as at {day}").format(day=long_date(sent.as_at))))
    _lay_out(sheet, sent, note, last)
    for number, row in enumerate(sent.rows, start=FIRST_ROW):
        _put_row(sheet, number, row, sent.batch)
    lay_out_page(sheet, sent.marking, sent.as_at)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.print_area = f"A1:{LAST_SHOWN}{last}"
    lists = add_drop_downs(workbook, sheet, _drop_downs(last))
    _ask_for(sheet, last, sent.meanings)
    lay_out_page(lists, sent.marking, sent.as_at)
    creator = sent.sender or _("Secretariat, Wales Anti Human Trafficking Leadership Group")
    describe(workbook, title=title(sent), subject=note, creator=creator, marking=sent.marking, as_at=sent.as_at)
    save(workbook, path, sent.as_at)


def _lay_out(sheet: Worksheet, sent: Return, note: str, last: int) -> None:
    from openpyxl.utils import get_column_letter

    put_title(sheet, title(sent), note)
    how = _("Please fill in the tinted columns, leave the rest as it is, and send the workbook back.")
    told = "\n".join((how, in_short(sent.meanings))).strip()
    put(sheet["A3"], told, style(sheet, grid=False))
    sheet.merge_cells(f"A3:{LAST_SHOWN}3")
    sheet.row_dimensions[3].height = lines(told, room(sum(WIDTHS[: len(headings())]))) * LINE_POINTS + 4
    given = style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL)
    asked = style(sheet, bold=True, fill="F2D479")
    names = (*headings(), ROW_ID, ROW_HASH, ROW_SENT)
    for position, heading in enumerate(names):
        letter = get_column_letter(position + 1)
        put(sheet.cell(HEADING_ROW, position + 1), heading, asked if heading in headings()[TO_FILL_IN:] else given)
        sheet.column_dimensions[letter].width = WIDTHS[position]
        sheet.column_dimensions[letter].hidden = position >= len(headings())
    sheet.row_dimensions[HEADING_ROW].height = 32
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{LAST_SHOWN}{last}"
    colour_ratings(sheet, BRAG, FIRST_ROW, last)


def _put_row(sheet: Worksheet, number: int, row: ActionRow, batch: str) -> None:
    shown = values(row)
    for position, value in enumerate(shown):
        is_day = isinstance(value, date) or position == len(shown) - 1
        look = style(
            sheet,
            fill=TINT if position >= TO_FILL_IN else None,
            number_format=DAY_FORMAT if is_day else "General",
        )
        put(sheet.cell(number, position + 1), value, look)
    unseen = (row.key.hex(), row_hash(shown, None), sent_text(sent_values(row), batch))
    for column, text in enumerate(unseen, start=len(shown) + 1):
        put(sheet.cell(number, column), text, style(sheet, wrap=False))
    texts = ((value, room(width)) for value, width in zip(shown, WIDTHS, strict=False) if isinstance(value, str))
    tallest = max(lines(text, space) for text, space in texts)
    sheet.row_dimensions[number].height = min(max(tallest * LINE_POINTS + 4, _LEAST), TALLEST)


def _drop_downs(last: int) -> tuple[DropDown, ...]:
    """What a lead may choose. A lead proposes that an action is complete; the group closes it."""
    statuses = [status.label for status in Status if status not in CLOSED]
    ratings = [brag_label(brag) for brag in Brag]
    return (
        DropDown("StatusList", _("Status"), statuses, f"{STATUS}{FIRST_ROW}:{STATUS}{last}", strict=True),
        DropDown("BragList", _("BRAG"), ratings, f"{BRAG}{FIRST_ROW}:{BRAG}{last}", strict=True),
    )


def _ask_for(sheet: Any, last: int, meanings: Sequence[Meaning]) -> None:
    """Say what each column to fill in is for, when somebody stands on a cell of it."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = {
        UPDATE: (_("Your update"), _("What has been done since the last update, in a line or two.")),
        BRAG: (_("BRAG"), "\n".join(f"{each.brag.label}: {each.words}" for each in meanings)[:MOST_OF_A_PROMPT]),
        STATUS: (_("Status"), _("Choose from the list. Proposed complete asks the group to close it.")),
        PROPOSED: (_("Proposed date"), _("Only if the due date cannot be met: the date that can.")),
    }
    for rule in sheet.data_validations.dataValidation:
        column = str(rule.sqref)[0]
        rule.promptTitle, rule.prompt = words.pop(column)
        rule.showInputMessage = True
    for column, (heading, prompt) in words.items():
        rule = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=heading, prompt=prompt)
        rule.add(f"{column}{FIRST_ROW}:{column}{last}")
        sheet.add_data_validation(rule)
