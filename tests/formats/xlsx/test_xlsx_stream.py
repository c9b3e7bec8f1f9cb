"""A long log is written faster with equal content, and equal logs give equal files."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.formats.xlsx import action_log
from ahtc_tui.formats.xlsx.action_log import ActionLog, write_action_log
from tests.formats.action_rows import a_wales_log, replace_rows


def create_log(count: int) -> ActionLog:
    """Build a log of many different actions, with difficult texts."""
    log = a_wales_log(44)
    actions = list(log.rows)
    hard = ("=1+1", "\tcmd", " spaces ", "two\nlines", "a < b & c > d", "_x0041_", "ŵŷ \U0001f600", "]]>", "#N/A", '"')
    rows = [
        replace(
            actions[number % 44],
            key=RowKey(number.to_bytes(16, "big")),
            ref=f"DP-{number}",
            title=f"{hard[number % len(hard)]} {number}",
            latest_update=hard[-number % len(hard)],
        )
        for number in range(count)
    ]
    return replace_rows(log, *rows)


def read_contents(path: Path) -> tuple[Any, ...]:
    """Return every cell as openpyxl and calamine read it, with its style and the row heights."""
    from openpyxl import load_workbook
    from python_calamine import CalamineWorkbook

    sheets = load_workbook(path).worksheets
    cells = [
        (cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.quotePrefix, cell.border.left.style)
        for sheet in sheets
        for row in sheet
        for cell in row
    ]
    heights = [(row, size.height) for row, size in sheets[0].row_dimensions.items()]
    with CalamineWorkbook.from_path(path) as book:
        read = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return cells, heights, sheets[0].dimensions, read


def test_streamed_rows_equal_rows_written_by_openpyxl(tmp_path: Path) -> None:
    log = create_log(50)
    write_action_log(tmp_path / "streamed.xlsx", log, stream_above=0)
    write_action_log(tmp_path / "plain.xlsx", log, stream_above=50)
    assert read_contents(tmp_path / "streamed.xlsx") == read_contents(tmp_path / "plain.xlsx")


@pytest.mark.parametrize("stream_above", [0, 50])
def test_logs_are_reproducible(tmp_path: Path, stream_above: int) -> None:
    for name in ("one", "two"):
        write_action_log(tmp_path / name, create_log(50), stream_above=stream_above)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.long
def test_ten_thousand_actions_take_less_than_three_seconds(tmp_path: Path) -> None:
    log = create_log(10_000)
    started = time.process_time()
    write_action_log(tmp_path / "log.xlsx", log)
    assert time.process_time() - started < 3, "three times what is measured, so that a busy machine does not fail it"

    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(tmp_path / "log.xlsx") as book:
        rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 10_003
    assert rows[-1][0] == "DP-9999"


def test_more_actions_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_log, "MAX_ROWS", 5)
    with pytest.raises(Refused, match="holds 5 actions at most"):
        write_action_log(tmp_path / "log.xlsx", create_log(6))
    assert not (tmp_path / "log.xlsx").exists()
