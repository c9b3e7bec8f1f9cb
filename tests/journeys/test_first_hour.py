"""The first hour of an own office: the pages of the guide, pressed key by key in an empty folder."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import Workbook, load_workbook
from textual.pilot import Pilot

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.i18n import Language, switch_language, use_language
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.tui.welcome.app import WelcomeApp
from tests.builders import TODAY
from tests.journeys.hands import KEY_NAMES, open_desk

DOCS = Path(__file__).parents[2] / "docs"
MOST_KEYS = 45
ROWS = 25
Step = tuple[list[str], str]


def read_steps(page: str) -> list[list[Step]]:
    """The keys and the text of each row, by table."""
    tables: list[list[Step]] = []
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("|---"):
            tables.append([])
        elif line.startswith("| <kbd>"):
            keys, text, *_rest = (cell.strip() for cell in line.strip("|").split("|"))
            tables[-1].append((re.findall(r"<kbd>(.*?)</kbd>", keys), text))
    return tables


def write_old_log(path: Path, leads: tuple[str, ...]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["No", "Action", "Owner", "Due", "Status"])
    for number in range(1, ROWS + 1):
        sheet.append([number, f"Old action {number}", leads[number % len(leads)], "31/03/2014", "Open"])
    book.save(path)


async def start(root: Path, steps: list[Step]) -> int:
    """Answer the first screen; returns the number of keys."""
    app = WelcomeApp(root)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys, text in steps:
            await pilot.press(*keys)
            await pilot.pause()
            await pilot.press(*(KEY_NAMES.get(letter, letter) for letter in text))
        await wait_until_closed(app, pilot)
    return sum(len(keys) for keys, _text in steps)


async def wait_until_closed(app: WelcomeApp, pilot: Pilot[int]) -> None:
    while app.beginning is None:
        await pilot.pause(0.02)


@pytest.mark.parametrize(
    ("page", "language", "leads"),
    [
        ("first-hour.md", Language.EN, ("Gwent Police", "Bawso", "Head of training", "Newport City Council")),
        pytest.param(
            "awr-gyntaf.md",
            Language.CY,
            ("Heddlu Gwent", "Bawso", "Pennaeth hyfforddi", "Cyngor Dinas Casnewydd"),
            marks=pytest.mark.long,
        ),
    ],
)
async def test_the_first_hour_goes_from_an_empty_folder_to_an_imported_log(
    page: str, language: Language, leads: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_old_log(tmp_path / "old-log.xlsx", leads)
    welcome, *tables = read_steps(page)
    with use_language(Language.EN):
        switch_language(language)
        keys = await start(tmp_path / "office", welcome)
        with closing(open_workspace(tmp_path / "office", TODAY)) as workspace:
            async with open_desk(workspace, (100, 30)) as hands:
                for pressed, text in (step for table in tables for step in table):
                    await hands.press_keys(*pressed)
                    if text:
                        await hands.type_text(text)
                keys += hands.keys
            actions = list_actions(workspace, ActionFilter())
    assert keys <= MOST_KEYS
    assert f"{keys} " in (DOCS / page).read_text(encoding="utf-8").splitlines()[1]
    assert len(actions) == 2 + ROWS
    assert all(action.lead for action in actions)
    (invitation,) = (tmp_path / "office" / "exports").glob("*.ics")
    calendar = Calendar.from_ical(invitation.read_bytes())
    assert calendar["METHOD"] == "REQUEST"
    text = invitation.read_text(encoding="utf-8")
    assert text.count("ATTENDEE") == 3
    assert "ORGANIZER" in text
    (log,) = set((tmp_path / "office" / "exports").iterdir()) - {invitation}
    assert load_workbook(log).worksheets[0].max_row > 2
