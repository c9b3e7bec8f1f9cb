"""`ahtc exports`: the files in the exports folder with age and marking, and the removal of old ones."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.cli.promises import Captured, read_json, run_command

DAY = 86_400


@pytest.fixture
def exports(office: Path) -> Path:
    """The exports folder of the office."""
    folder = office / "exports"
    folder.mkdir(exist_ok=True)
    return folder


def age_file(path: Path, days: int) -> Path:
    """Set the time of a file back, or forward for negative days."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text("Notes", encoding="utf-8")
    then = time.time() - days * DAY - 60
    os.utime(path, (then, then))
    return path


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    "words",
    [
        ("actions", "log.xlsx"),
        ("actions", "log.json"),
        ("dashboard", "page.html"),
        ("since", "since.docx", "--from", "2013-01-01"),
        ("since", "since.md", "--from", "2013-01-01"),
        ("deadlines", "deadlines.ics"),
        ("plan", "plan.xlsx"),
    ],
    ids=lambda words: words[1],
)
@pytest.mark.parametrize("marking", ["official", "official-sensitive"])
def test_the_marking_of_every_kind_of_file_is_read(
    exports: Path, capsys: Captured, words: tuple[str, ...], marking: str
) -> None:
    kind, name, *flags = words
    up_to = ("--up-to", "official-sensitive")
    assert run_command("export", kind, str(exports / name), *flags, "--marking", marking, *up_to) in (0, 1)
    capsys.readouterr()
    [row] = read_json(capsys, "exports", "list")
    assert (row["path"], row["marking"], row["age_days"]) == (name, marking, 0)
    assert row["bytes"] == (exports / name).stat().st_size


def test_exports_are_listed_with_age_the_oldest_first(exports: Path, capsys: Captured) -> None:
    age_file(exports / "new.txt", 0)
    age_file(exports / "returns" / "old.csv", 120)
    age_file(exports / "clock ahead.txt", -40)
    age_file(exports / ".ahtc-part.csv", 120)
    (exports / "link.db").symlink_to(exports.parent / "data" / "ahtc.db")
    (exports / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    rows = read_json(capsys, "exports", "list")
    ages = [("returns/old.csv", 120), ("new.txt", 0), ("broken.docx", 0), ("clock ahead.txt", 0)]
    assert [(row["path"], row["age_days"]) for row in rows] == ages
    assert {row["marking"] for row in rows} == {None}
    assert run_command("exports", "list") == 0
    assert capsys.readouterr().out.splitlines()[0].split() == ["120", "days", "old", "1", "kB", "–", "returns/old.csv"]


def test_old_exports_and_the_folders_left_empty_are_removed(exports: Path, capsys: Captured) -> None:
    old, new = age_file(exports / "returns" / "old.csv", 91), age_file(exports / "new.csv", 89)
    ahead = age_file(exports / "ahead.csv", -400)
    (outside := exports.parent / "kept.txt").write_text("kept", encoding="utf-8")
    (exports / "link.txt").symlink_to(outside)
    report = read_json(capsys, "exports", "clear", "--older-than", "90d", "--dry-run")
    assert ([row["path"] for row in report["removed"]], report["kept"]) == (["returns/old.csv"], 2)
    assert (report["dry_run"], old.exists()) == (True, True)
    assert run_command("exports", "clear", "--older-than", "90d") == 0
    assert "1 file removed" in capsys.readouterr().err
    assert not old.parent.exists()
    assert new.exists()
    assert ahead.exists()
    assert outside.exists()
    assert read_json(capsys, "exports", "clear", "--older-than", "90d")["removed"] == []


def test_the_age_is_required_and_understood(exports: Path) -> None:
    old = age_file(exports / "old.csv", 400)
    assert run_command("exports", "clear") == 2
    assert run_command("exports", "clear", "--older-than", "a while") == 2
    assert old.exists()
    assert run_command("exports", "clear", "--older-than", "13m") == 0
    assert not old.exists()
