"""Every screen, form and question is whole in Welsh: no text of the program in English, no label cut."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.groups.model import GroupRow
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.tui.groups import screen as groups_screen
from ahtc_tui.tui.widgets.column_widths import Column
from tests.builders import TODAY
from tests.conftest import Worlds
from tests.journeys.hands import Hands, open_desk
from tests.other_letters import copy_in_other_letters, find_cut_labels, find_latin_words, use_cyrillic_welsh
from tests.tui.welsh.routes import ROUTES, follow_route

KEYBOARD = "enter esc space tab shift ctrl alt page up down home end delete backspace"
KEY_WORDS = frozenset(KEYBOARD.split())
"""Words on the keys of a keyboard, which are English in Wales too."""
TYPED = (
    "police ASAP zzz agree ahtc due end jan Training min FREQ MONTHLY BYDAY COUNT Ref AHTC root Brief the "
    "four SPOCs Two of briefed Action Lead Status Progress Due Nobody known Shared with all new line next "
    "week done open log Share good practice pract actions contacts brag ref title lead status objective support "
    "review update urgency Six months on First dates course two courses Data date"
)
"""Words that the routes or the records of the history have typed, and names of columns as people type them."""
STORED = (
    "it English Cymraeg Saesneg primary public named in published paper post held by Anti Human Trafficking General"
    " knowledge not taken from document sources CO DP Record of Proceedings National Assembly for Wales November"
)
"""Names of languages, values of records that are not texts, such as a lawful basis, and references."""
SETTINGS = "language theme keyring votes numbers true false ahtc backups hub keymap"
"""Names and values of settings as ahtc.toml has them."""
DATA_WORDS = frozenset(f"{TYPED} {STORED} {SETTINGS}".split())
"""Words of data, of which a form or the end of a cell may hide a part."""
SHORT = "BA FC FDP FG FNW FSW FWB USB UTRB CTF JDG JI JSG NO WBG kB"
SHORT_NAMES = frozenset(SHORT.split())
"""Short names of groups and of a unit, and letters of a bar."""
SHOWING_FILES = ("import, column", "back-plan")
"""Screens with text of a file: its headings, cut by a question before them, and the Welsh list of tasks."""
CUTTING = ("calendar",)
"""Screens that cut the entries of a day to its cell."""
LONG = pytest.mark.long
CASES = [
    *(
        pytest.param(mode, (80, 24), id=f"{mode}-80x24", marks=() if mode in ("today", "groups") else LONG)
        for mode in ROUTES
    ),
    *(pytest.param(mode, (120, 40), id=f"{mode}-120x40", marks=LONG) for mode in ROUTES),
]
"""Each mode at both sizes; two of them are enough for every run."""


@pytest.fixture(scope="session")
def changed_folder(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_in_other_letters(world("busy"), tmp_path_factory.mktemp("changed"))


@pytest.fixture(autouse=True)
def cyrillic_welsh(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cyrillic_welsh(monkeypatch)


def is_known(word: str) -> bool:
    """Whether a word is one of keys and short names, or a word of the data or the beginning or end of one."""
    parts = (known for known in DATA_WORDS if known.startswith(word) or known.endswith(word))
    return word in KEY_WORDS | SHORT_NAMES or any(parts)


async def find_faults(folder: Path, mode: str, size: tuple[int, int]) -> dict[str, list[str]]:
    """Return what is English or cut on each screen of a mode, by the name of its route."""
    faults: dict[str, list[str]] = {}
    office = open_workspace(folder, TODAY)
    try:
        with use_language(Language.CY):
            for name, keys in ROUTES[mode].items():
                async with open_desk(office, size) as desk:
                    await follow_route(desk, keys)
                    words = [] if name in SHOWING_FILES else find_latin_words(read_text(desk))
                    english = [word for word in words if not is_known(word)]
                    cut = [] if name in CUTTING else find_cut_labels(desk.text)
                    if cut_or_english := english + cut:
                        faults[name] = cut_or_english
    finally:
        office.close()
    return faults


def read_text(desk: Hands) -> str:
    """Return the text of the screen and the latest toast."""
    return "\n".join((desk.text, *map(str, desk.toasts[-1:])))


@pytest.fixture
def office_folder(changed_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the changed workspace, as the current folder."""
    shutil.copytree(changed_folder, tmp_path / "office")
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


@pytest.mark.long
@pytest.mark.parametrize(("mode", "size"), CASES)
async def test_every_screen_is_whole_in_welsh(office_folder: Path, mode: str, size: tuple[int, int]) -> None:
    assert await find_faults(office_folder, mode, size) == {}


@pytest.mark.long
async def test_a_text_that_is_not_translated_is_found(office_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = groups_screen.group_columns
    planted: Column[GroupRow] = Column("", 13, lambda _row: "planted words")
    monkeypatch.setattr(groups_screen, "group_columns", lambda today: [*columns(today), planted])
    monkeypatch.setitem(ROUTES, "groups", {"groups": ("5",)})
    assert (await find_faults(office_folder, "groups", (120, 40)))["groups"][:2] == ["planted", "words"]
