"""Program that prints the values of a workbook to standard output. It imports no other module of the package.

`limited_program` runs it, because the library that reads workbooks may abort the process on a damaged file.

    python child_process.py SITE_PACKAGES FILE

Each message is its length in four bytes, then a marshalled tuple: ("sheet", name, visible, merges), ("rows", [(number,
first column, values), ...]), ("failed", kind, text) or ("end",). Booleans are (0,) or (1,), dates (y, m, d), date-times
(y, m, d, h, m, s).
"""

from __future__ import annotations

import marshal
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

BATCH_ROWS = 2_000


def main(site: str, path: str) -> None:
    """Send every sheet, then "end"; send "failed" for any error."""
    sys.path.insert(0, site)
    import python_calamine

    try:
        with python_calamine.load_workbook(path) as book:
            for metadata in book.sheets_metadata:
                if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    visible = metadata.visible == python_calamine.SheetVisibleEnum.Visible
                    _send_sheet(book.get_sheet_by_name(metadata.name), visible)
    except BaseException as error:  # a panic of the library is not an Exception
        _send_message(("failed", type(error).__name__, str(error)[:200]))
    else:
        _send_message(("end",))


def _send_sheet(sheet: Any, visible: bool) -> None:
    merges = [(top[0] + 1, top[1], end[0] + 1, end[1]) for top, end in sheet.merged_cell_ranges or ()]
    _send_message(("sheet", sheet.name, visible, merges[:100_000]))
    first_column = sheet.start[1] if sheet.start else 0
    batch: list[tuple[int, int, list[Any]]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        if not any(row) and all(value == "" for value in row):
            continue
        batch.append((number, first_column, [value if type(value) is str else _encode_value(value) for value in row]))
        if len(batch) == BATCH_ROWS:
            _send_message(("rows", batch))
            batch = []
    _send_message(("rows", batch))


def _encode_value(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return (value.year, value.month, value.day, value.hour, value.minute, value.second)
    if isinstance(value, date):
        return (value.year, value.month, value.day)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return (int(value),)
    return str(value) if isinstance(value, timedelta) else value


def _send_message(message: tuple[Any, ...]) -> None:
    data = marshal.dumps(message)
    sys.stdout.buffer.write(len(data).to_bytes(4, "little") + data)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
    sys.stdout.buffer.flush()
