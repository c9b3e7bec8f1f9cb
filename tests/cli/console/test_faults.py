"""Whatever goes wrong or is typed, the answer is one sentence on stderr and an exit code of the table."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.cli.promises import Captured, code, data_of

HOSTILE = (
    "=1+1",
    "[/x]",
    "\x1b[31mred",
    "a\u202eb\u200f",
    "a\0b",
    "\U0001f469\u200d\U0001f680",
    "Siân ŵŷ",
    "x" * 40_000,
)


@pytest.mark.parametrize("text", [*HOSTILE, "\udcff", "-5", "", "   "], ids=lambda text: ascii(text[:10]))
def test_whatever_is_typed_into_a_field_the_answer_is_a_record_or_a_sentence(
    office: Path, text: str, capsys: Captured
) -> None:
    for words in (
        ("actions", "add", f"--detail={text}", "--", text),
        ("actions", "edit", "DP-12", f"title={text}", f"evidence={text}"),
        ("actions", "update", "DP-12", "--", text),
        ("actions", "show", "--", text),
        ("groups", "add", f"--state={text}", "Board"),
        ("contacts", "add", "--kind=person", "--", text),
        ("meetings", "add", "--group=leadership-group", "--starts=2014-02-11 10:00", "--", text),
        ("evidence", "add", "--value=5", f"--source={text}", "--", text),
        ("search", "--json", "--", text),
        ("export", "actions", "--", text),
        ("import", "actions", "--", text),
    ):
        assert code(*words) in (0, 1, 2, 3, 4, 5, 6)
        said = capsys.readouterr()
        assert "fault of its own" not in said.err, (words[:2], said.err)
        assert len(said.err) < 2000
        assert not set(said.out + said.err) & set("\x1b\0\u202e\u200f")
    assert code("check") == 0


def test_a_fault_of_our_own_is_one_sentence_that_names_the_place_and_no_value(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def broken(*_arguments: object) -> None:
        raise KeyError("sian.wyn@example.invalid")

    monkeypatch.setattr("ahtc_tui.cli.search.find", broken)
    assert code("search", "Siân") == 5
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "KeyError at cli/search.py:" in said.err
    assert "sian" not in said.err


def test_a_folder_that_was_removed_is_no_hindrance_to_what_does_not_need_it(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    gone = shelf / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert code("actions", "list", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 28
    assert code("export", "actions", "log.csv") == 2
    monkeypatch.delenv("AHTC_WORKSPACE")
    assert code("paths") == 2
    assert capsys.readouterr().err.count("The folder where you are is gone") == 2
    os.chdir(shelf)


def test_a_stream_that_was_closed_stops_nothing(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}", None)
    assert run(["actions", "list"]) == 0
    assert run(["nosuch"]) == 2
    assert run([]) == 2
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_an_answer_that_finds_no_room_says_whether_the_work_is_done(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    codes: list[int] = []
    for words, said in (
        (("actions", "add", "Agree dates"), "It is done, but the answer could not be written"),
        (("actions", "list", "--json"), '"standard output" cannot be read or written'),
    ):
        with (
            suppress(OSError),
            Path("/dev/full").open("w", encoding="utf-8") as full,
            monkeypatch.context() as patched,
        ):
            patched.setattr(sys, "stdout", full)
            codes.append(run([*words]))
        assert said in capsys.readouterr().err
    assert codes == [1, 5]
    assert len(data_of(capsys, "actions", "list")) == 29


def test_a_word_of_several_lines_is_answered_in_one(shelf: Path, capsys: Captured) -> None:
    assert code("two\nlines") == 2
    assert capsys.readouterr().err == 'ahtc: There is no command "two lines". `ahtc --help` lists them.\n'


def test_a_data_set_that_is_not_shipped_makes_no_folder(tmp_path: Path, capsys: Captured) -> None:
    assert code("--workspace", str(tmp_path / "new"), "init", "--reference", "mars") == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("kind", ["actions", "contacts", "meetings", "replies"])
def test_a_pipe_or_a_device_is_no_file_to_bring_in(shelf: Path, kind: str, capsys: Captured) -> None:
    os.mkfifo(shelf / "pipe.csv")
    assert code("import", kind, "pipe.csv") == 4
    assert code("import", kind, os.devnull) == 4
    assert code("import", kind, "x" * 300) == 4
    assert code("import", kind, "nosuch.csv", "--answers", "pipe.csv") == 4
    assert "is not a file" in capsys.readouterr().err
