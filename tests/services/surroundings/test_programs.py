"""The editor of the person: which one is opened, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import ProgramError
from ahtc_tui.services.surroundings import programs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editors are scripts of a Unix shell")


def set_editor(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    program = folder / "write it"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{program}' --wait")


def test_text_comes_back_as_the_editor_saved_it_and_no_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    set_editor(monkeypatch, tmp_path, 'test "$1" = --wait && echo "and Gwent: ŵ" >> "$2"')
    assert programs.edit_in_editor("Cardiff\n", folder) == "Cardiff\nand Gwent: ŵ"
    assert not list(folder.iterdir())


@pytest.mark.parametrize("script", ["exit 1", 'printf "\\377" > "$2"', 'rm "$2"'])
def test_editor_that_fails_is_named(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_editor(monkeypatch, tmp_path, script)
    with pytest.raises(ProgramError, match=r"write it failed\. The text is as it was"):
        programs.edit_in_editor("Cardiff", tmp_path)


@pytest.mark.parametrize("command", ["/nowhere/editor", "nano 'unclosed"])
def test_unknown_editor_is_an_error_that_names_the_setting(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", command)
    with pytest.raises(ProgramError, match="Set EDITOR"):
        programs.edit_in_editor("Cardiff", tmp_path)
