"""Every exported file shows a marking above OFFICIAL, in itself or in its name, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.cli.exports.conftest import EXPORTS, FURTHER_FORMATS, Exports
from tests.exported_files import read_texts

PLAIN_KINDS = ("actions", "contacts", "decisions", "deadlines")
"""Kinds with formats without a header and a footer on each page."""


def shows_marking(path: Path) -> bool:
    """Return whether the name or a text of a file has the marking."""
    marks = ("OFFICIAL-SENSITIVE", "official-sensitive", "CLASS:CONFIDENTIAL")
    return any(mark in text for place, text in read_texts(path.name, path.read_bytes()) for mark in marks) or any(
        mark in path.name for mark in marks
    )


@pytest.mark.long
def test_every_kind_of_file_shows_its_marking(exports: Exports) -> None:
    folder = exports("en", "official-sensitive")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= len(EXPORTS)
    assert [path.name for path in files if not shows_marking(path)] == []


@pytest.mark.parametrize(("kind", "variant"), [(kind, each) for kind in PLAIN_KINDS for each in FURTHER_FORMATS[kind]])
def test_every_plain_format_shows_its_marking_or_is_refused(
    office: Path, capsys: pytest.CaptureFixture[str], kind: str, variant: str
) -> None:
    run(["actions", "add", "Ask for prices", "--due", "2027-01-31"])
    command = ["export", kind, *variant.split(), "--marking", "official-sensitive"]
    file = Path(variant.split()[-1])
    code = run(command)
    if file.suffix == ".csv":
        assert code == 6
        assert f'Name it "{file.stem}-official-sensitive.csv"' in capsys.readouterr().err
        assert not file.exists()
        file = Path(f"{file.stem}-official-sensitive.csv")
        command[2] = str(file)
        code = run(command)
    assert code in (0, 1)
    assert shows_marking(file)


def test_a_csv_file_with_a_sensitive_action_needs_a_marked_name(office: Path) -> None:
    assert run(["actions", "add", "Advice to Ministers", "--marking", "official-sensitive"]) == 0
    assert run(["export", "actions", "log.csv"]) == 6
    assert run(["export", "actions", "log.csv", "--up-to", "official"]) == 1
    assert run(["export", "actions", "Log Official Sensitive.csv"]) == 0
    assert "Advice" not in Path("log.csv").read_text()
