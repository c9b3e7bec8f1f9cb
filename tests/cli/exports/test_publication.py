"""Published minutes on the command line: the list of places, the exit code, and --force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.exports.commands import register
from tests.cli.promises import Captured, read_json, run_command

REF = "LG-2013-01"
PUBLISH = ("export", "minutes", REF, "public.docx", "--cut", "published")
PLACES = [
    "1.1  Number: 029 2000 0000: ring Mrs Jones on 029 2000 0000",
    "1.1  Name: Mrs Jones: ring Mrs Jones on 029 2000 0000",
]
SENTENCE = (
    f"ahtc: {REF} cannot be published yet: 2 places to resolve; the minutes are not agreed."
    " --force publishes it anyway, and the history records that."
)


@pytest.fixture
def minuted_office(office: Path, capsys: Captured) -> Path:
    """The office with a meeting whose minutes hold a name and a telephone number."""
    assert run_command("meetings", "add", "Meeting", "--group", "LG", "--starts", "2013-12-10 10:00") == 0
    assert run_command("meetings", "minute", REF, "ring Mrs Jones on 029 2000 0000") == 0
    capsys.readouterr()
    return office


@pytest.mark.sample(2)
@pytest.mark.parametrize("command", [PUBLISH, ("meetings", "issue", REF, "--cut", "published")])
def test_a_publication_is_refused_with_its_places(
    minuted_office: Path, capsys: Captured, command: tuple[str, ...]
) -> None:
    assert run_command(*command) == 6
    lines = capsys.readouterr().err.splitlines()
    assert set(PLACES) <= set(lines)
    assert lines[-1] == SENTENCE
    assert not (minuted_office / "public.docx").exists()
    assert read_json(capsys, "meetings", "issued", REF) == []
    assert run_command(*command, "--force") == 1
    assert set(PLACES) <= set(capsys.readouterr().err.splitlines())
    assert [(copy["version"], copy["cut"]) for copy in read_json(capsys, "meetings", "issued", REF)] == [
        (1, "published")
    ]
    assert "published by force: 2 places to resolve" in read_json(capsys, "history", "--limit", "1")[0]["label"]


def list_kinds_with_cuts() -> list[str]:
    """Return the kinds of export with the option `--cut`."""
    parser = CommandParser()
    register(parser, "export")
    kinds: Any = next(action for action in parser._actions if action.metavar == "KIND")
    return [kind for kind, options in kinds.choices.items() if "--cut" in options.format_help()]


def test_every_published_copy_has_records_up_to_official_by_default(office: Path, capsys: Captured) -> None:
    for command in (
        ("meetings", "add", "Meeting", "--group", "LG", "--starts", "2013-12-10 10:00"),
        ("meetings", "agenda", REF, "--add", "Studies"),
        ("meetings", "papers", REF, "--add", "Heron study", "--item", "1", "--marking", "official-sensitive"),
        ("meetings", "minute", REF, "n: the study was discussed", "--item", "1"),
        ("meetings", "state", REF, "agreed"),
    ):
        assert run_command(*command) in (0, 1), command
    assert list_kinds_with_cuts() == ["agenda", "minutes"]
    for kind in list_kinds_with_cuts():
        capsys.readouterr()
        command = ("export", kind, REF, f"{kind}.md", "--cut", "published", "--force")
        assert run_command(*command) == 1
        assert "1 record is marked higher than OFFICIAL" in capsys.readouterr().err
        text = Path(f"{kind}.md").read_text(encoding="utf-8")
        assert "Heron" not in text
        assert "OFFICIAL-SENSITIVE" not in text
        assert run_command(*command, "--up-to", "official-sensitive") == 1
        assert "check before you publish it" in capsys.readouterr().err
        assert "Heron" in Path(f"{kind}.md").read_text(encoding="utf-8")
