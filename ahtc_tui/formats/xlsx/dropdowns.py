"""Drop-downs of a workbook: a hidden sheet of named lists, and the validation rules that use them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.i18n import _, render_lines
from ahtc_tui.formats.xlsx.cell_text import format_sheet_name
from ahtc_tui.formats.xlsx.style import build_style, write_cell

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


class DropDown(NamedTuple):
    """A list of choices for an area of cells; `strict` rejects other values, otherwise Excel asks for confirmation."""

    name: str
    """Defined name for use in formulas: "StatusList"."""
    heading: str
    choices: Sequence[str]
    area: str
    strict: bool


def add_drop_downs(workbook: Workbook, sheet: Worksheet, drop_downs: Sequence[DropDown]) -> Worksheet:
    """Write the lists to a hidden sheet, add validation rules to `sheet`, and return the hidden sheet. Empty lists are
    left out.
    """
    lists: Worksheet = workbook.create_sheet(format_sheet_name(_("Lists")))
    lists.sheet_state = "hidden"
    filled = [drop_down for drop_down in drop_downs if drop_down.choices]
    for column, drop_down in enumerate(filled, start=1):
        _fill_list(lists, column, drop_down)
        _define_name(workbook, lists, column, drop_down)
        _add_validation(sheet, drop_down)
    return lists


def _fill_list(lists: Worksheet, column: int, drop_down: DropDown) -> None:
    from openpyxl.utils import get_column_letter

    lists.column_dimensions[get_column_letter(column)].width = 40
    write_cell(lists.cell(1, column), drop_down.heading, build_style(lists, bold=True))
    plain = build_style(lists)
    for row, choice in enumerate(drop_down.choices, start=2):
        write_cell(lists.cell(row, column), choice, plain)


def _define_name(workbook: Workbook, lists: Worksheet, column: int, drop_down: DropDown) -> None:
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    letter = get_column_letter(column)
    area = f"{quote_sheetname(lists.title)}!${letter}$2:${letter}${len(drop_down.choices) + 1}"
    workbook.defined_names[drop_down.name] = DefinedName(drop_down.name, attr_text=area)


def _add_validation(sheet: Worksheet, drop_down: DropDown) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=drop_down.name, allow_blank=True)
    rule.errorStyle = "stop" if drop_down.strict else "warning"
    rule.showErrorMessage = True
    rule.errorTitle = drop_down.heading
    rule.error = render_lines(lambda: _format_error(drop_down.strict))
    rule.add(drop_down.area)
    sheet.add_data_validation(rule)


def _format_error(is_strict: bool) -> str:
    return _("Choose one of the values in the list.") if is_strict else _("This name is not in the list. Keep it?")
