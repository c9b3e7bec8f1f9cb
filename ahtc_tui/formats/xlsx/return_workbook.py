"""The workbook that a lead returns: open actions, tinted input columns, and a very hidden sheet of the sent values.

The sheet is not protected: protection without a password gives no security, and it blocks sorting, filters and new
columns in Excel. Edits outside the tinted columns are compared as well, and are questions when they come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow, Brag, Status
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, build_in_each_language, render_lines
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.returns.model import SENT_HEADINGS, SENT_SHEET, Return, digest_text, list_sent_cells
from ahtc_tui.formats.xlsx.action_log_rows import Value, format_known_date, format_objective_of_action
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text, count_lines, is_formula_like
from ahtc_tui.formats.xlsx.dropdowns import DropDown, add_drop_downs
from ahtc_tui.formats.xlsx.streaming import SheetRow, write_rows
from ahtc_tui.formats.xlsx.style import (
    HEADING_FILL,
    LINE_POINTS,
    MAX_ROW_HEIGHT,
    add_native_table,
    add_rating_colours,
    build_style,
    choose_day_format,
    fit_heading_height,
    fit_height,
    measure_room,
    set_widths,
    stack_languages,
    write_cell,
    write_headings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.formats.xlsx.workbook import ReportWorkbook


LAST_SENT_COLUMN = chr(ord("A") + len(SENT_HEADINGS) - 1)
_DIGESTS_PER_CELL = 1_000


def add_sent_sheet(workbook: ReportWorkbook) -> Worksheet:
    """Add the sheet with its headings. Excel does not offer to show it, and no program prints it."""
    sheet: Worksheet = workbook.book.create_sheet(SENT_SHEET)
    sheet.sheet_state = "veryHidden"
    plain = build_style(sheet, wrap=False)
    for column, heading in enumerate(SENT_HEADINGS, start=1):
        write_cell(sheet.cell(1, column), heading, plain)
    workbook.lay_out(sheet)
    return sheet


def build_sent_rows(sheet: Worksheet, actions: Iterable[ActionRow], batch: str = "") -> Iterator[SheetRow]:
    """Return the rows of the actions for the sheet; `batch` identifies a dispatch. Registers their styles at once."""
    plain, quoted = (build_style(sheet, wrap=False, quoted=is_quoted).style_id for is_quoted in (False, True))
    digests = _digest_other_sheets(sheet)

    def build_row(number: int, action: ActionRow, digests: str | None) -> SheetRow:
        cells = [clean_cell_text(text) for text in (*list_sent_cells(action, batch), digests)]
        styles = [quoted if text and is_formula_like(text) else plain for text in cells]
        return SheetRow(number, LINE_POINTS, cells, styles)

    rows = zip(enumerate(actions, start=2), chain(digests, repeat(None)), strict=False)
    return (build_row(number, action, part) for (number, action), part in rows)


def _digest_other_sheets(sheet: Worksheet) -> list[str]:
    """Return the digests of the texts on all other sheets so far, as texts of `_DIGESTS_PER_CELL` each."""
    book: Any = sheet.parent
    cells = (cell.value for other in book.worksheets if other is not sheet for row in other for cell in row)
    digests = sorted({digest_text(value) for value in cells if isinstance(value, str)})
    return [" ".join(digests[start : start + _DIGESTS_PER_CELL]) for start in range(0, len(digests), _DIGESTS_PER_CELL)]


HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
TINT = "FFF8DC"
"""Background of input cells; the instructions name the columns as well."""
UPDATE, BRAG, STATUS, PROPOSED = "H", "I", "J", "K"
LAST_SHOWN = "K"
FIRST_INPUT = 7
"""Position of the first input column; the columns before it identify the action."""
WIDTHS = (9, 20, 36, 20, 18, 32, 14, 44, 11, 15, 14)
GUIDANCE_WIDTHS = (26, 90)
_MIN_ROW_HEIGHT = 40.0
MAX_PROMPT_LENGTH = 255
"""Excel rejects a file with a longer prompt."""


def return_columns() -> tuple[str, ...]:
    """Return the headings of the visible columns, in order; the last four are for input."""
    return (
        _("Ref"), _("Objective"), _("Action"), _("Support"), _("Due"), _("Latest update"), _("Update date"),
        _("Your update"), _("BRAG"), _("Status"), _("Proposed date"),
    )  # fmt: skip


def return_cells(row: ActionRow) -> list[Value]:
    """Return the cells of an action, in the order of `return_columns`."""
    return [
        clean_cell_text(row.ref),
        format_objective_of_action(row),
        clean_cell_text(row.returned_title),
        clean_cell_text("; ".join(row.support)),
        format_known_date(row.due),
        clean_cell_text(row.printed_update),
        row.latest_update_on,
        None,
        row.brag.option_label if row.brag else None,
        row.status.label,
        None,
    ]


def format_title(lead_return: Return) -> str:
    """Return the title of the workbook, with the name of its lead."""
    return _("Action return: {lead}").format(
        lead=lead_return.addressee.shown_name if lead_return.addressee else _("actions without a lead")
    )


def write_return(path: Path, lead_return: Return) -> None:
    """Write the workbook to `path`, replacing any file."""
    last = HEADING_ROW + len(lead_return.rows)
    title, note = render_lines(lambda: format_title(lead_return)), render_lines(lambda: _format_note(lead_return))
    workbook = ReportWorkbook(title, note, lead_return.marking, lead_return.as_at)
    sheet = workbook.add_sheet(_("Return"))
    _write_return_headings(sheet, last)
    for number, row in enumerate(lead_return.rows, start=FIRST_ROW):
        _write_row(sheet, number, row)
    area, heading_rows = f"A1:{LAST_SHOWN}{last}", f"{HEADING_ROW}:{HEADING_ROW}"
    workbook.lay_out(sheet, area=area, heading_rows=heading_rows, frozen=f"B{FIRST_ROW}")
    _add_guidance(workbook, lead_return)
    lists = add_drop_downs(workbook.book, sheet, _build_drop_downs(last))
    _add_prompts(sheet, last, lead_return.meanings)
    workbook.lay_out(lists)
    sent_sheet = add_sent_sheet(workbook)
    write_rows(sent_sheet, build_sent_rows(sent_sheet, lead_return.rows, lead_return.batch))
    workbook.save(path)


def _format_note(lead_return: Return) -> str:
    return " · ".join((lead_return.marking.label, _("as at {day}").format(day=format_long_date(lead_return.as_at))))


def _format_request() -> str:
    return _("Please fill in the tinted columns, leave the rest as it is, and send the workbook back.")


def _add_guidance(workbook: ReportWorkbook, lead_return: Return) -> None:
    """Add a sheet with a line for each column to fill in, and for each rating, in each language of the file."""
    title, headings = render_lines(lambda: _("How to fill in the return")), (_("Field"), _("What to enter"))
    sheet = workbook.add_sheet(_("Guidance"), title)
    set_widths(sheet, GUIDANCE_WIDTHS)
    write_headings(sheet, HEADING_ROW, headings, GUIDANCE_WIDTHS)
    text, number = build_style(sheet), HEADING_ROW
    for lines in build_in_each_language(lambda: _list_guidance(lead_return.meanings)):
        for cells in lines:
            number += 1
            for column, cell in enumerate(cells, start=1):
                write_cell(sheet.cell(number, column), cell, text)
            fit_height(sheet, number, cells, GUIDANCE_WIDTHS)
    add_native_table(sheet, sheet.title, headings, number - HEADING_ROW, HEADING_ROW)
    workbook.lay_out(sheet, area=f"A1:B{number}", heading_rows=f"{HEADING_ROW}:{HEADING_ROW}")


def _list_guidance(meanings: Sequence[Meaning]) -> list[tuple[str, str]]:
    rating = _("BRAG")
    return [
        (_("Your update"), _("What has been done since the last update, in a line or two.")),
        (rating, _("The action's rating now, from the list.")),
        *((f"{rating}: {meaning.brag.option_label}", meaning.phrase) for meaning in meanings),
        (_("Status"), _("Choose from the list. Choose Proposed complete if the group should close it.")),
        (_("Proposed date"), _("A revised date, only if you cannot meet the due date.")),
    ]


def _write_return_headings(sheet: Worksheet, last: int) -> None:
    """Write the request and the headings."""
    from openpyxl.utils import get_column_letter

    instructions = render_lines(_format_request)
    write_cell(sheet["A3"], instructions, build_style(sheet, grid=False))
    sheet.merge_cells(f"A3:{LAST_SHOWN}3")
    sheet.row_dimensions[3].height = count_lines(instructions, measure_room(sum(WIDTHS))) * LINE_POINTS + 4
    heading_style = build_style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL)
    input_style = build_style(sheet, bold=True, fill="F2D479")
    for position, heading in enumerate(return_columns()):
        letter = get_column_letter(position + 1)
        write_cell(
            sheet.cell(HEADING_ROW, position + 1),
            stack_languages(heading),
            input_style if heading in return_columns()[FIRST_INPUT:] else heading_style,
        )
        sheet.column_dimensions[letter].width = WIDTHS[position]
    fit_heading_height(sheet, HEADING_ROW, return_columns(), WIDTHS)
    add_native_table(sheet, sheet.title, return_columns(), last - HEADING_ROW, HEADING_ROW)
    add_rating_colours(sheet, BRAG, FIRST_ROW, last)


def _write_row(sheet: Worksheet, number: int, row: ActionRow) -> None:
    cells = return_cells(row)
    for position, value in enumerate(cells):
        is_day = isinstance(value, date) or position == len(cells) - 1
        cell_style = build_style(
            sheet,
            fill=TINT if position >= FIRST_INPUT else None,
            number_format=choose_day_format() if is_day else "General",
        )
        write_cell(sheet.cell(number, position + 1), value, cell_style)
    texts = (
        (value, measure_room(width)) for value, width in zip(cells, WIDTHS, strict=False) if isinstance(value, str)
    )
    tallest = max(count_lines(text, text_room) for text, text_room in texts)
    sheet.row_dimensions[number].height = min(max(tallest * LINE_POINTS + 4, _MIN_ROW_HEIGHT), MAX_ROW_HEIGHT)


def _build_drop_downs(last: int) -> tuple[DropDown, ...]:
    """Return the choices of a lead, who can propose that an action is complete but not close it."""
    statuses = [status.label for status in Status if status not in CLOSED_STATUSES]
    ratings = [brag.option_label for brag in Brag]
    return (
        DropDown("StatusList", _("Status"), statuses, f"{STATUS}{FIRST_ROW}:{STATUS}{last}", strict=True),
        DropDown("BragList", _("BRAG"), ratings, f"{BRAG}{FIRST_ROW}:{BRAG}{last}", strict=True),
    )


def _add_prompts(sheet: Any, last: int, meanings: Sequence[Meaning]) -> None:
    """Show the purpose of an input column when one of its cells is selected."""
    from openpyxl.worksheet.datavalidation import DataValidation

    prompts = {
        UPDATE: (
            _("Your update"),
            render_lines(lambda: _("What has been done since the last update, in a line or two.")),
        ),
        BRAG: (_("BRAG"), _format_rating_prompt(meanings)),
        STATUS: (
            _("Status"),
            render_lines(lambda: _("Choose from the list. Choose Proposed complete if the group should close it.")),
        ),
        PROPOSED: (
            _("Proposed date"),
            render_lines(lambda: _("A revised date, only if you cannot meet the due date.")),
        ),
    }
    for rule in sheet.data_validations.dataValidation:
        column = str(rule.sqref)[0]
        rule.promptTitle, rule.prompt = prompts.pop(column)
        rule.showInputMessage = True
    for column, (heading, prompt) in prompts.items():
        rule = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=heading, prompt=prompt)
        rule.add(f"{column}{FIRST_ROW}:{column}{last}")
        sheet.add_data_validation(rule)


def _format_rating_prompt(meanings: Sequence[Meaning]) -> str:
    """Return the meanings of the ratings; in Welsh alone where both languages are too long for a prompt."""
    texts = build_in_each_language(lambda: "\n".join(f"{meaning.brag.label}: {meaning.words}" for meaning in meanings))
    whole = "\n".join(texts)
    return (whole if len(whole) <= MAX_PROMPT_LENGTH else texts[0])[:MAX_PROMPT_LENGTH]
