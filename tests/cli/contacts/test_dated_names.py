"""A name that is valid from a day on shows from that day on in every list, card, export and document."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.exported_files import read_texts

RECORDS = (
    "meetings add Meeting --group leadership-group --starts '2013-12-10 10:00'",
    "meetings agenda LG-2013-01 --add Welcome --presenter spoc-gwent",
    "meetings attend LG-2013-01 spoc-gwent present",
    "meetings attend LG-2013-01 bawso present",
    "meetings minute LG-2013-01 --item 1 'a: agree dates @spoc-gwent'",
    "actions add Ask --lead bawso --support spoc-gwent --group forum-gwent --due 2014-01-10",
    "actions add Tell --lead cc-gwent --support jeff-farrar --due 2014-01-10",
)
RENAMES = {
    "contacts rename bawso": ("Bawso", "Later body"),
    "contacts rename spoc-gwent": ("Single Point of Contact, Gwent Police", "Later post"),
    "contacts rename jeff-farrar": ("Jeff Farrar", "Later person"),
    "groups rename forum-gwent": ("Gwent Consultation Group on Human Trafficking", "Later forum"),
}
NAMES_TODAY = (
    "actions list --json",
    "actions list",
    "actions show DP-45",
    "actions show DP-46 --json",
    "contacts list --kind organisation",
    "contacts list --json",
    "groups list",
    "groups show leadership-group",
    "today --json",
    "today",
    "export actions --all out.csv",
    "export contacts out.csv",
    "export since --from 2013-12-01 out.md",
    "export brief forum-gwent out.md",
    "export handover spoc-gwent out.md",
    "export chasers --again out",
)
"""Commands with names that are valid on the day of the command."""
NAMES_AT_MEETING = ("meetings show LG-2013-01", "meetings show LG-2013-01 --json", "export minutes LG-2013-01 out.md")
"""Commands with names that were valid on the day of a meeting."""
UNDATED = (
    *(
        "First Responder status for Bawso",
        "recognise Bawso and New Pathways",
        "gydnabod Bawso a New Pathways",
        "Also called",
    ),
    *("(until 31 May 2014)", "(from 1 June 2014)"),
)
"""Parts of lines that hold a name for another reason than the record's own."""


@pytest.fixture
def renamed_office(office: Path) -> Path:
    for command in RECORDS:
        assert run(["--as-at", "2014-01-28", *shlex.split(command)]) == 0, command
    for command, (_former, later) in RENAMES.items():
        assert run(["--as-at", "2014-01-28", *shlex.split(command), later, "--from", "2014-06-01"]) == 0, command
    return office


def _read_lines(day: str, command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the lines that a command prints or writes, without those that name other days."""
    capsys.readouterr()
    assert run(["--as-at", day, *shlex.split(command)]) in (0, 1), command
    text = capsys.readouterr().out
    for path in sorted(folder.glob("out*")):
        files = [path] if path.is_file() else sorted(path.rglob("*.*"))
        text += "\n".join(words for file in files for _place, words in read_texts(file.name, file.read_bytes()))
    return [line for line in text.splitlines() if not any(part in line for part in UNDATED)]


@pytest.mark.sample(12)
@pytest.mark.parametrize("command", NAMES_TODAY)
def test_names_are_those_of_the_day(renamed_office: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = "\n".join(_read_lines("2014-05-31", command, renamed_office, capsys))
    for path in renamed_office.glob("out*"):
        path.rename(renamed_office / f"before-{path.name}")
    after = "\n".join(_read_lines("2014-06-01", command, renamed_office, capsys))
    shown = [(former, later) for former, later in RENAMES.values() if later in after]
    assert shown, after
    for former, later in RENAMES.values():
        assert later not in before
        assert former not in after
    for former, _later in shown:
        assert former[:20] in before


@pytest.mark.sample(2)
@pytest.mark.parametrize("command", NAMES_AT_MEETING)
def test_a_meeting_keeps_the_names_of_its_day(
    renamed_office: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "\n".join(_read_lines("2014-07-01", command, renamed_office, capsys))
    assert "Bawso" in lines
    assert not any(later in lines for _former, later in RENAMES.values())


@pytest.mark.sample(2)
@pytest.mark.parametrize("words", ["Later body", "lead:'later body'", "bawso"])
def test_actions_are_found_by_any_name_of_the_lead(
    renamed_office: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    filter_word = words if words.startswith("lead:") else f"lead:{words!r}"
    assert run(["--as-at", "2014-05-31", "actions", "list", filter_word.replace("'", '"')]) == 0
    assert "DP-45" in capsys.readouterr().out


def test_a_search_titles_hits_with_the_names_of_the_day(
    renamed_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for day, name in (("2014-05-31", "Bawso"), ("2014-06-01", "Later body")):
        capsys.readouterr()
        assert run(["--as-at", day, "search", "later body", "--json"]) == 0
        assert [hit["title"] for hit in json.loads(capsys.readouterr().out) if hit["ref"] == "bawso"] == [name]


def test_a_corrected_name_corrects_the_one_that_is_valid(
    renamed_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--as-at", "2014-07-01", "contacts", "edit", "bawso", "name=Latest body"]) == 0
    for day, name in (("2014-05-31", "Bawso"), ("2014-07-01", "Latest body")):
        capsys.readouterr()
        assert run(["--as-at", day, "actions", "show", "DP-45"]) == 0
        assert name in capsys.readouterr().out


def test_a_name_known_to_the_year_counts_from_its_beginning(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--as-at", "2013-11-30", "contacts", "rename", "bawso", "Later body", "--from", "2014"]) == 0
    for day, name in (("2013-12-31", "Bawso"), ("2014-01-01", "Later body")):
        capsys.readouterr()
        assert run(["--as-at", day, "contacts", "show", "bawso"]) == 0
        assert capsys.readouterr().out.splitlines()[0].split("  ") == ["bawso", name]
