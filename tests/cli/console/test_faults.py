"""Errors and hostile input: one sentence on stderr and an exit code of the contract."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.cli.promises import Captured, read_json, run_command

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


@pytest.mark.sample(12)
@pytest.mark.parametrize("text", [*HOSTILE, "\udcff", "-5", "", "   "], ids=lambda text: ascii(text[:10]))
def test_hostile_text_in_a_field_exits_with_a_known_code(office: Path, text: str, capsys: Captured) -> None:
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
        assert run_command(*words) in (0, 1, 2, 3, 4, 5, 6)
        captured = capsys.readouterr()
        assert "Internal error" not in captured.err, (words[:2], captured.err)
        assert len(captured.err) < 2000
        assert not set(captured.out + captured.err) & set("\x1b\0\u202e\u200f")
    assert run_command("check") == 0


def test_an_internal_error_names_its_place_and_no_value(
    read_only_office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def raise_key_error(*_arguments: object) -> None:
        raise KeyError("sian.wyn@example.invalid")

    monkeypatch.setattr("ahtc_tui.cli.search.search_records", raise_key_error)
    assert run_command("search", "Siân") == 5
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert "KeyError at cli/search.py:" in captured.err
    assert "sian" not in captured.err


def test_a_removed_current_folder_stops_only_commands_that_need_it(
    read_only_office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    removed = read_only_office / "gone"
    removed.mkdir()
    monkeypatch.chdir(removed)
    removed.rmdir()
    assert run_command("actions", "list", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 28
    assert run_command("export", "actions", "log.csv") == 2
    monkeypatch.delenv("AHTC_WORKSPACE")
    assert run_command("paths") == 2
    assert capsys.readouterr().err.count("The current folder no longer exists") == 2
    os.chdir(read_only_office)


def test_closed_standard_streams_are_tolerated(read_only_office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{name}", None)
    assert run(["actions", "list"]) == 0
    assert run(["nosuch"]) == 2
    assert run([]) == 2
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_full_disk_says_whether_the_work_is_done(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    codes: list[int] = []
    for words, sentence in (
        (
            ("actions", "add", "Agree dates"),
            'Already saved: "add Agree dates". Do not enter it again. "standard output" cannot be read or written',
        ),
        (("actions", "list"), '"standard output" cannot be read or written'),
    ):
        with (
            suppress(OSError),
            Path("/dev/full").open("w", encoding="utf-8") as full,
            monkeypatch.context() as patched,
        ):
            patched.setattr(sys, "stdout", full)
            codes.append(run([*words]))
        assert sentence in capsys.readouterr().err
    assert codes == [1, 5]
    assert len(read_json(capsys, "actions", "list")) == 29


WRITES = {
    "add": ("actions", "add", "Agree dates"),
    "minute": ("meetings", "minute", "{meeting}", "a: Send the form @bawso"),
    "contact": ("contacts", "add", "Example Trust", "--kind=organisation"),
    "import": ("import", "actions", "{file}"),
    "chase": ("export", "chasers", "{folder}"),
}


class FaultyStream(io.StringIO):
    """Standard output that raises an exception when something is written."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def write(self, _text: str) -> int:
        raise self.fault


@pytest.mark.sample(8)
@pytest.mark.parametrize("fault", [KeyError("x"), UnicodeEncodeError("utf-8", "x", 0, 1, "x"), OSError(28, "No space")])
@pytest.mark.parametrize("name", WRITES)
def test_a_fault_after_the_commit_says_what_was_saved(
    office: Path, name: str, fault: Exception, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    file, folder = office / "return.csv", office / "chasers"
    file.write_text("Ref,Action,Progress\nDP-13,,Met the forces in June.\n", encoding="utf-8")
    meeting = read_json(capsys, "meetings", "list")[0]["ref"]
    steps = read_json(capsys, "history")
    words = [word.format(meeting=meeting, file=file, folder=folder) for word in WRITES[name]]
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", FaultyStream(fault))
        assert run_command(*words) == 1
    error = capsys.readouterr().err
    newest, *others = read_json(capsys, "history")
    assert others == steps, "the step was written"
    assert f'Already saved: "{newest["label"]}". Do not enter it again.' in error
    assert "unchanged" not in error


def test_an_interruption_after_the_commit_says_what_was_saved(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def interrupt(_text: str) -> int:
        raise KeyboardInterrupt

    stream = io.StringIO()
    monkeypatch.setattr(stream, "write", interrupt, raising=False)
    monkeypatch.setattr(sys, "stdout", stream)
    assert run_command("actions", "add", "Agree dates") == 130
    assert 'Already saved: "add Agree dates"' in capsys.readouterr().err


def test_an_error_before_any_commit_says_that_nothing_was_saved(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    title = read_json(capsys, "actions", "show", "DP-12")["title"]
    monkeypatch.setattr(sys, "stdout", FaultyStream(KeyError("x")))
    for words in (("list",), ("edit", "DP-12", f"title={title}")):
        assert run_command("actions", *words) == 5
        assert "The database is unchanged" in capsys.readouterr().err


def test_messages_before_an_error_are_details_of_its_json_document(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (office / "ahtc.toml").write_text("small_counts = 'many'\n", encoding="utf-8")
    assert run_command("actions", "show", "DP-99", "--json") == 3
    captured = capsys.readouterr()
    error = json.loads(captured.err)["error"]
    assert (captured.out, error["code"], error["sentence"]) == ("", 3, 'There is no action "DP-99".')
    assert ["small_counts" in detail for detail in error["details"]] == [True]
    assert len(read_json(capsys, "actions", "list")) == 28
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert run_command("actions", "show", "a`b\u202e", "--json") == 3
    assert json.loads(capsys.readouterr().err)["error"]["sentence"] == 'There is no action "a`b\u202e".'


def test_messages_of_a_command_with_json_are_printed_after_its_document(office: Path, capsys: Captured) -> None:
    (office / "ahtc.toml").write_text("small_counts = 'many'\n", encoding="utf-8")
    assert run_command("actions", "list", "--json") == 0
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == 28
    assert "small_counts" in captured.err


def test_a_word_with_line_breaks_is_reported_on_one_line(read_only_office: Path, capsys: Captured) -> None:
    assert run_command("two\nlines") == 2
    assert capsys.readouterr().err == 'ahtc: There is no command "two lines". `ahtc --help` lists them.\n'


def test_an_unknown_reference_data_set_creates_no_folder(tmp_path: Path) -> None:
    assert run_command("--workspace", str(tmp_path / "new"), "init", "--reference", "mars") == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("kind", ["actions", "contacts", "meetings", "replies"])
def test_pipes_and_devices_are_refused_by_import(read_only_office: Path, kind: str, capsys: Captured) -> None:
    os.mkfifo(read_only_office / "pipe.csv")
    assert run_command("import", kind, "pipe.csv") == 4
    assert run_command("import", kind, os.devnull) == 4
    assert run_command("import", kind, "x" * 300) == 4
    assert run_command("import", kind, "nosuch.csv", "--answers", "pipe.csv") == 4
    assert "is not a file" in capsys.readouterr().err
