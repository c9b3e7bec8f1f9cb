"""The check of the drawn screen detects words that are not stored, or that no honest person wrote."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, edit_database_directly, query_rows
from tests.store.laptops import NAME
from tests.store.screen_words import Written, check_cards, read_cards

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def laptop(shared: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A laptop on which somebody has written a note about the person."""
    office = open_workspace(shutil.copytree(shared / "a", tmp_path / "a"), TODAY)
    ((key,),) = query_rows(office, "SELECT id FROM parties WHERE name = ?", NAME)
    with office.database.write("edit") as ledger:
        ledger.update("people", key, {"note": "rings often"})
    yield office
    office.close()


def read_written(office: Workspace) -> dict[RowKey, Written]:
    return {key: Written(*rest) for key, *rest in query_rows(office, "SELECT id, value, parents FROM change")}


def test_the_cards_show_what_honest_people_wrote(laptop: Workspace, tmp_path: Path) -> None:
    cards = read_cards(laptop, tmp_path / "copy")
    assert "rings often" in cards[0]
    check_cards(laptop, cards, read_written(laptop), frozenset())


def test_a_screen_that_shows_other_words_is_detected(
    laptop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_contact = contacts.show_contact
    monkeypatch.setattr(contacts, "show_contact", lambda *args: replace(show_contact(*args), note="two"))
    with pytest.raises(AssertionError, match="does not show what is stored"):
        check_cards(laptop, read_cards(laptop, tmp_path / "copy"), read_written(laptop), frozenset())


def test_words_that_nobody_wrote_are_detected_although_they_are_stored(laptop: Workspace, tmp_path: Path) -> None:
    written: dict[RowKey, Any] = read_written(laptop)
    laptop.close()
    edit_database_directly(laptop.database.path, "UPDATE people SET note = 'two'")
    office = open_workspace(laptop.root, TODAY)
    with pytest.raises(AssertionError, match="another value than an honest person wrote"):
        check_cards(office, read_cards(office, tmp_path / "copy"), written, frozenset())
    office.close()


def test_noise_is_shown_only_where_a_line_explains_it(laptop: Workspace, tmp_path: Path) -> None:
    written = read_written(laptop)
    ((key,),) = query_rows(laptop, "SELECT row_id FROM change WHERE field = 'note'")
    with laptop.database.write("edit") as ledger:
        ledger.update("people", key, {"note": "noise"})
    cards = read_cards(laptop, tmp_path / "copy")
    forged = frozenset(key for (key,) in query_rows(laptop, "SELECT id FROM change") if key not in written)
    check_cards(laptop, cards, written, forged)
    with pytest.raises(AssertionError, match="no line of this laptop explains"):
        check_cards(laptop, cards, written, frozenset())
