"""Every example of the guide runs on the Wales 2013 data and prints what the guide shows.

A copy of the data is `wrexham.ahtc`, the database of another laptop; the hub of the guide is a real one.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.shape.guide_pages import ENGLISH_PAGES

EXIT_CODE_1 = "(exit code 1)"
"""Shown below a command that returns 1."""
HUB = "postgresql+psycopg://desk@hub.example.org/ahtc"
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read_sections(guide: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Return each heading of a guide with its examples: a command and the lines shown below it."""
    sections: dict[str, list[tuple[str, list[str]]]] = {}
    for section in re.split(r"^#+ ", guide.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        examples: list[tuple[str, list[str]]] = []
        for block in CONSOLE.findall(section):
            for line in block.splitlines():
                if line.startswith("$ "):
                    examples.append((line[2:], []))
                else:
                    examples[-1][1].append(line)
        if examples:
            sections[section.partition("\n")[0]] = examples
    return sections


SECTIONS = {
    f"{page.stem}, {heading}": examples for page in ENGLISH_PAGES for heading, examples in read_sections(page).items()
}


@pytest.mark.sample(10)
@pytest.mark.parametrize("heading", SECTIONS)
def test_the_examples_of_the_guide_run(
    heading: str,
    wales_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    shutil.copytree(wales_folder, tmp_path, dirs_exist_ok=True)
    shutil.copy(tmp_path / "data" / "ahtc.db", tmp_path / "wrexham.ahtc")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AHTC_WORKSPACE", raising=False)
    for command, expected_lines in SECTIONS[heading]:
        program, *words = shlex.split(command)
        assert program == "ahtc"
        if HUB in words:
            words = [request.getfixturevalue("hub").url if word == HUB else word for word in words]
        code = run(["--as-at", "2014-01-28", *words])
        captured = capsys.readouterr()
        assert code == (1 if EXIT_CODE_1 in expected_lines else 0), f"{command}: {captured.err[-2000:]}"
        assert captured.out or captured.err, f"{command} says nothing"
        assert set(expected_lines) - {EXIT_CODE_1} <= set(captured.out.splitlines()), command
