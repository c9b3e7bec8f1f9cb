"""Values that cannot be used are named in a sentence of our own, never in one of a library."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.promises import Captured, run_command

LONG = "x" * 1001


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("meetings agenda nrm-introduced --remove first", 2, '"first" is not a number from 1 to 9999'),
        ("meetings minute nrm-introduced --item two 'n: Noted'", 2, '"two" is not a number from 1 to 9999'),
        ("meetings compare nrm-introduced 1 last", 2, '"last" is not a number from 1 to 9999'),
        ("meetings welsh-year --year MMXIV", 2, '"MMXIV" is not a number from 1900 to 2199'),
        ("contacts duplicates --threshold high", 2, '"high" is not a number from 0 to 1'),
        (f"actions add {LONG}", 2, "Title is too long. Use at most 1000 characters."),
        (f"actions edit DP-07 title={LONG}", 2, "Title is too long. Use at most 1000 characters."),
        (f"contacts edit bawso name={LONG}", 2, "Name is too long. Use at most 1000 characters."),
        ("groups show nosuch", 3, 'No group is called "nosuch".'),
        ("actions list --group nosuch", 3, 'No group is called "nosuch".'),
        ("contacts appoint ahtc nosuch --from 2014-01-01", 3, 'No post is called "nosuch".'),
        ("import everything nosuch.zip", 4, 'nosuch.zip".\n'),
        ("welsh import nosuch.xlsx", 4, 'ahtc: There is no file "'),
        ("welsh import /", 4, 'ahtc: "/" is not a file.\n'),
        ("import actions nosuch.xlsx --answers /", 4, '"/" cannot be read: Is a directory.'),
        ("contacts show nosuch", 3, 'No contact is called "nosuch".'),
        ("actions edit DP-07 lead=nosuch", 3, 'No contact or group is called "nosuch".'),
    ],
    ids=lambda value: value[:50] if isinstance(value, str) else None,
)
def test_a_value_that_cannot_be_used_is_named(
    office: Path, capsys: Captured, line: str, code: int, sentence: str
) -> None:
    assert run_command(*shlex.split(line)) == code
    assert sentence in capsys.readouterr().err
