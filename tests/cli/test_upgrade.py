"""A workspace of version 0.1 opens with all that was recorded in it.

`office-0.1.db.xz` was made by the program of 0.1 with schema 14: the Wales 2013 data, an organisation that was renamed,
a post with its holder, two meetings, minutes that were issued, updates of actions, a revised figure, an adopted
practice, one step undone and one person erased.
"""

from __future__ import annotations

import json
import lzma
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.store.engine.driver import SCHEMA_VERSION
from tests.builders import query_rows

FILE = Path(__file__).parent / "office-0.1.db.xz"
DAY = date(2014, 2, 12)
"""The day after the last change with 0.1."""


def put_office(root: Path) -> Path:
    """Put a workspace as 0.1 left it into a folder."""
    (root / "data").mkdir(parents=True)
    (root / "data" / "ahtc.db").write_bytes(lzma.decompress(FILE.read_bytes()))
    return root


@pytest.fixture
def office_of_0_1(tmp_path: Path) -> Path:
    """A workspace as 0.1 left it, which no later version has opened."""
    return put_office(tmp_path / "office")


def run_command(office: Path, *words: str) -> int:
    """Run a command on the day after the last change; return its exit code."""
    return run(["--workspace", str(office), "--as-at", DAY.isoformat(), *words])


def read_document(capsys: pytest.CaptureFixture[str], office: Path, *words: str) -> Any:
    """Return the JSON document that a command prints."""
    assert run_command(office, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_an_office_of_0_1_is_sound_after_it_is_opened(office_of_0_1: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = (office_of_0_1 / "data" / "ahtc.db").read_bytes()
    assert run_command(office_of_0_1, "check") == 0
    assert "sound" in capsys.readouterr().out
    copy = office_of_0_1 / "data" / "backups" / f"ahtc-before-schema-{SCHEMA_VERSION}.db"
    header = 100  # it counts the writes of the file (SQLite file format, section 1.3)
    assert copy.read_bytes()[header:] == original[header:], "the file is copied before it is migrated"


def test_an_office_of_0_1_keeps_all_that_was_recorded(office_of_0_1: Path, capsys: pytest.CaptureFixture[str]) -> None:
    action = read_document(capsys, office_of_0_1, "actions", "show", "DP-07")
    assert (action["status"], action["closed_on"]) == ("done", "2014-02-11")
    assert [update["text"] for update in action["updates"]] == ["The course was held.", "The course was booked."]
    meeting = read_document(capsys, office_of_0_1, "meetings", "show", "LG-2014-01")
    assert [item["title"] for item in meeting["agenda"]] == ["The pathway"]
    assert [copy["version"] for copy in read_document(capsys, office_of_0_1, "meetings", "issued", "LG-2014-01")] == [1]
    assert run_command(office_of_0_1, "contacts", "show", "gwent-youth-service") == 0
    assert "Gwent Youth Service (until 31 January 2014)" in capsys.readouterr().out
    assert run_command(office_of_0_1, "actions", "show", "DP-46") == 3, "the step that added it was undone"


def test_the_last_change_made_with_0_1_can_be_undone(office_of_0_1: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(office_of_0_1, "undo") == 0
    capsys.readouterr()
    assert read_document(capsys, office_of_0_1, "actions", "show", "DP-07")["status"] == "in_progress"


def test_a_person_erased_with_0_1_stays_erased(office_of_0_1: Path) -> None:
    assert run_command(office_of_0_1, "check") == 0
    files = [path for path in office_of_0_1.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Someone Who Left" in path.read_bytes()]


def test_two_laptops_of_0_1_add_the_same_areas(tmp_path: Path) -> None:
    """Areas and their former names would stand twice after a merge if each laptop drew keys for them."""
    keys = []
    for name in ("office", "forum"):
        with closing(open_workspace(put_office(tmp_path / name), DAY)) as office:
            keys.append(query_rows(office, "SELECT id FROM areas UNION ALL SELECT id FROM area_names ORDER BY id"))
    assert keys[0] == keys[1]
