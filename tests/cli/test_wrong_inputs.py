"""Wrong commands of every noun: each ends with its exit code and one sentence, and writes nothing."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from ahtc_tui.domain.i18n import Language
from tests.cli.promises import Captured, run_command

TABLE = Path(__file__).with_name("wrong_inputs.txt")
AS_AT = ("--as-at", "2014-01-28")
LIBRARY_WORDS = ("argument", "invalid choice", "unrecognized", "expected", "are required")
"""Words of the messages of argparse, which nobody who types a command knows."""


def read_table() -> list[tuple[int, str, str]]:
    """Return exit code, command and sentence of each line of the table."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = (line.split(" | ", 2) for line in lines)
    return [(int(code), command, sentence) for code, command, sentence in rows]


@pytest.fixture
def files(read_only_office: Path) -> Path:
    """A current folder with files that no import can use."""
    contents = {"junk.xlsx": b"x\n", "junk.ahtc": b"junk\n", "bin.csv": b"\xff\xfe\x00", "empty.vcf": b""}
    contents |= {"bad.ics": b"BEGIN:VCALENDAR\n", "bad.json": b'{"a":\n'}
    for name, content in contents.items():
        (read_only_office / name).write_bytes(content)
    return read_only_office


@pytest.mark.sample(6)
@pytest.mark.parametrize(("code", "command", "sentence"), read_table(), ids=[row[1] for row in read_table()])
def test_a_wrong_command_is_answered_with_a_sentence(
    files: Path, capsys: Captured, code: int, command: str, sentence: str
) -> None:
    assert run_command(*AS_AT, *shlex.split(command)) == code
    out, err = capsys.readouterr()
    assert (out, err.replace(f"{files}/", "")) == ("", f"ahtc: {sentence}\n")


@pytest.mark.sample(3)
@pytest.mark.parametrize("command", [row[1] for row in read_table()][::12])
def test_a_wrong_command_is_answered_in_welsh_too(files: Path, capsys: Captured, command: str) -> None:
    code = run_command(*AS_AT, *shlex.split(command))
    english = capsys.readouterr().err
    assert run_command("--lang", Language.CY.value, *AS_AT, *shlex.split(command)) == code
    welsh = capsys.readouterr().err
    assert welsh not in ("", english)
    assert not [word for word in LIBRARY_WORDS if word in welsh]


def test_no_sentence_has_words_of_argparse() -> None:
    assert [row for row in read_table() if any(word in row[2] for word in LIBRARY_WORDS)] == []


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("meetings papers nrm-introduced --attach 1", "--attach: it needs 2 values"),
        ("actions edit DP-07", "give field=value"),
        ("today --json=yes", "--json: it takes no value, but 'yes' was given"),
    ],
)
def test_a_missing_or_extra_value_is_named(files: Path, capsys: Captured, command: str, sentence: str) -> None:
    assert run_command(*AS_AT, *shlex.split(command)) == 2
    assert sentence in capsys.readouterr().err
