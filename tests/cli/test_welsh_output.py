"""What commands print is whole in Welsh: no text of the program in English."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.welsh_names import MUTATIONS
from tests.conftest import Worlds
from tests.other_letters import change_letters, copy_in_other_letters, find_latin_words, use_cyrillic_welsh

INITIALS = re.compile("[A-Z]{2,4}")
"""A short name of a group that is made of its initials."""
COMMANDS = """
today
actions list
actions show DP-07
actions why DP-07
actions views
plan show
plan show 1
plan compare --from 2013-06-30 --to 2013-11-30
plan trend
plan burn-down
plan timeline
plan counts
plan versions
plan since --from 2013-06-30
meetings list
meetings show LG-2013-01
meetings agenda LG-2013-01
meetings papers LG-2013-01
meetings invite LG-2013-01
meetings forward leadership-group
meetings interpreter LG-2013-01
meetings welsh-year
meetings state LG-2013-01
meetings gaps LG-2013-01
meetings carry LG-2013-01
meetings issued LG-2013-01
decisions list
groups list
groups show leadership-group
groups seats
groups matrix
groups map
groups ours
groups attendance
contacts list
contacts show AHTC
contacts engagements
contacts stale
contacts tiers
contacts lists
contacts duplicates
contacts reviews
practice list
practice matrix
practice show ht-marac
practice gaps ht-marac
practice sessions
evidence list
evidence pages
recommendations list
recommendations documents
commissions list
commissions show COM-01
exports list
welsh queue
backup --list
conflicts
paths
doctor
"""


@pytest.fixture(scope="module")
def office(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_in_other_letters(world("busy"), tmp_path_factory.mktemp("changed"))


@pytest.fixture(autouse=True)
def cyrillic_welsh(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cyrillic_welsh(monkeypatch)


@cache
def list_stored_words(office: Path) -> frozenset[str]:
    """Words of references and their patterns, short names and sources, which are not in other letters."""
    queries = [
        "SELECT ref, short, source_notes FROM parties",
        "SELECT source_notes, ref_pattern FROM groups",
        "SELECT source_notes FROM people",
        "SELECT source_notes FROM posts",
    ]
    with closing(sqlite3.connect(office / "data" / "ahtc.db")) as database:
        rows = [row for query in queries for row in database.execute(query)]
    return frozenset(re.findall(r"\w+", " ".join(str(value) for row in rows for value in row)))


MARK = "ֆֆֆ"
"""Begins the English of each text that has Welsh, so that a list with English names shows it."""
TRANSLATED = {
    **{("parties", "name"): "name_cy", ("areas", "name"): "name_cy", ("aims", "text"): "text_cy"},
    **{(table, "title"): "title_cy" for table in ("actions", "objectives", "practices", "commissions")},
    ("commission_questions", "text"): "text_cy",
}
FREE_TEXTS = ("today", "meetings show", "meetings invite", "meetings gaps", "contacts duplicates", "welsh queue")
"""Commands that show titles of meetings or lines that name a party, or the English by purpose."""


@pytest.fixture(scope="module")
def translated_office(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with Welsh names and titles, and a mark before the English ones."""
    folder = tmp_path_factory.mktemp("translated") / "office"
    shutil.copytree(office, folder)
    with closing(sqlite3.connect(folder / "data" / "ahtc.db", isolation_level=None)) as database:
        for (table, column), welsh in TRANSLATED.items():
            database.execute(f"UPDATE {table} SET {welsh} = {column}, {column} = '{MARK}' || {column}")
    return folder


@pytest.mark.sample(3)
@pytest.mark.parametrize("command", [line for line in COMMANDS.split("\n") if line and not line.startswith(FREE_TEXTS)])
def test_a_list_shows_welsh_names(translated_office: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    run(["--workspace", str(translated_office), "--as-at", "2013-12-31", "--lang", "cy", *command.split()])
    english_label = change_letters("Saesneg")
    lines = [line for line in "".join(capsys.readouterr()).splitlines() if not line.startswith(english_label)]
    assert [line for line in lines if MARK in line] == []


@pytest.mark.sample(2)
@pytest.mark.parametrize("command", COMMANDS.strip().splitlines())
def test_output_has_no_english(office: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    code = run(["--workspace", str(office), "--as-at", "2013-12-31", "--lang", "cy", *command.split()])
    output = "".join(capsys.readouterr())
    assert code in {0, 1}, output
    known_words = list_stored_words(office) | MUTATIONS.keys() | {"Saesneg"}
    words = [word for word in find_latin_words(output) if word not in known_words]
    assert [word for word in words if not INITIALS.fullmatch(word)] == [], output
