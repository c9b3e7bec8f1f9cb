"""At 80 columns only texts of records are cut, and none of the program: `pytest -m long -rP` lists all that are."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from textual import pilot

from ahtc_tui.services.opening import open_workspace
from tests.builders import TODAY
from tests.conftest import Worlds
from tests.journeys.hands import Hands, open_desk
from tests.tui.test_hostile import wait_until_idle
from tests.tui.welsh.routes import ROUTES, fill_workspace, follow_route

CUT_TEXT = re.compile(r"([^▌▏│↑↓▸‖…]{4,})…")
GAPS = re.compile(r"\s{2,}")
IN_FULL_ELSEWHERE = {
    **dict.fromkeys(("life of minutes", "life of minutes, state"), "the rows of the journal are steps with texts"),
    "calendar": "the list of the day shows its entries",
    "import": "the question shows the values",
}
"""Screens that cut a text of the program, and where it is shown in full."""


def list_cut_texts(desk: Hands) -> list[str]:
    """Return the beginnings of the texts that are cut, of four letters or more, from the last gap on."""
    starts = [GAPS.split(text.strip())[-1] for text in CUT_TEXT.findall(desk.text)]
    return [start for start in starts if len(start) >= 4]


def is_stored(text: str, stored_texts: str) -> bool:
    """Return whether a text is of a record, perhaps after a number, a time or another word of the row."""
    words = text.split(" ")
    rests = (" ".join(words[skipped:]) for skipped in range(4))
    return any(len(rest) >= 4 and rest in stored_texts for rest in rests)


def read_stored_texts(database: Path) -> str:
    """Return all texts of the records, one a line, with line breaks and gaps as one space."""
    with closing(sqlite3.connect(database)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = {str(value) for table in tables for row in file.execute(f'SELECT * FROM "{table}"') for value in row}
    return "\n".join(" ".join(value.split()) for value in values)


@pytest.mark.long
@pytest.mark.parametrize("mode", ROUTES)
async def test_what_is_cut_at_80_columns_is_the_text_of_a_record(
    mode: str, world: Worlds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(world("busy"), tmp_path / "office")
    monkeypatch.chdir(tmp_path / "office")
    monkeypatch.setattr(pilot, "wait_for_idle", wait_until_idle)
    office = open_workspace(tmp_path / "office", TODAY)
    fill_workspace(office)
    stored_texts = read_stored_texts(office.database.path)
    cut_labels = {}
    try:
        for name, keys in ROUTES[mode].items():
            if name in IN_FULL_ELSEWHERE:
                continue
            async with open_desk(office, (80, 24)) as desk:
                await follow_route(desk, keys)
                cut = list_cut_texts(desk)
                sys.stdout.write(f"{name}: {'; '.join(cut) or 'nothing'}\n")
                if labels := [text for text in cut if not is_stored(text, stored_texts)]:
                    cut_labels[name] = labels
    finally:
        office.close()
    assert cut_labels == {}
