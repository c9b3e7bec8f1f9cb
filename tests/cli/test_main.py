"""The command itself: help, version, global options, wrong usage."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui import __version__
from ahtc_tui.cli.main import COMMANDS, run
from ahtc_tui.services.opening import make_workspace

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def wales(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a workspace with the Wales 2013 data, for reading only."""
    root = tmp_path_factory.mktemp("wales")
    make_workspace(root, "wales-2013")
    return str(root)


def test_help_names_every_command(capsys: Captured) -> None:
    assert run(["--help"]) == 0
    help_text = capsys.readouterr().out
    assert all(f"  {name} " in help_text for name in COMMANDS)


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version_is_one_line(flag: str, capsys: Captured) -> None:
    assert run([flag]) == 0
    assert re.fullmatch(rf"ahtc {re.escape(__version__)}( \([0-9a-f]{{12}}\))?\n", capsys.readouterr().out)


def test_an_unknown_command_is_one_sentence_and_exit_code_2(capsys: Captured) -> None:
    assert run(["acitons"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == 'ahtc: There is no command "acitons". Did you mean "actions"? `ahtc --help` lists them.\n'


@pytest.mark.parametrize(
    ("words", "proposal"),
    [
        ("actions lst", "list"),
        ("actions list --leed x", "--lead"),
        ("actions edit DP-01 tittle=x", "title"),
        ("actions show DP-1x", None),
        ("actions show DP-99", None),
        ("commissions show clg-4-31-13", "celg-4-31-13"),
        ("actions list --lead bawsoo", "Bawso"),
        ("plan mileston add", "milestone"),
    ],
)
def test_a_near_name_is_proposed_and_a_distant_one_is_not(
    words: str, proposal: str | None, wales: str, capsys: Captured
) -> None:
    assert run(["--workspace", wales, *words.split()]) in (2, 3)
    sentence = capsys.readouterr().err
    assert ("id you mean" in sentence) is bool(proposal)
    assert proposal is None or proposal in sentence


def test_help_of_a_command_is_also_a_command(capsys: Captured) -> None:
    for question in (["help", "actions", "list"], ["actions", "list", "--help"]):
        with pytest.raises(SystemExit):
            run(question)
    first, second = capsys.readouterr().out.split("usage: ")[1:]
    assert first == second
    assert run(["help"]) == 0


def test_ls_is_another_name_of_list(wales: str, capsys: Captured) -> None:
    outputs = []
    for verb in ("ls", "list"):
        assert run(["--workspace", wales, "groups", verb]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != ""


@pytest.mark.parametrize(
    ("words", "code"), [("acton list", 2), ("actions show DP-99", 3), ("actions list --limit x", 2)]
)
def test_an_error_with_json_is_one_document_on_stderr(words: str, code: int, wales: str, capsys: Captured) -> None:
    assert run(["--workspace", wales, *words.split(), "--json"]) == code
    captured = capsys.readouterr()
    error = json.loads(captured.err)["error"]
    assert captured.out == ""
    assert error["code"] == code
    assert error["sentence"].endswith(".")


def test_writes_print_what_they_wrote_as_json(tmp_path: Path, capsys: Captured) -> None:
    root = str(tmp_path)
    commands = {
        "init --reference wales-2013": {"database"},
        "actions add Brief": {"ref", "title", "status", "due"},
        "undo": {"label", "origin"},
        "redo": {"label", "origin"},
        "plan aim add Lead": {"ref", "text", "text_cy", "source"},
        "plan aim remove AIM-01": {"ref", "removed"},
        "actions view mine --remove": {"error"},
    }
    for words, keys in commands.items():
        code = run(["--workspace", root, *words.split(), "--json"])
        captured = capsys.readouterr()
        written = set(json.loads(captured.out or captured.err))
        assert written >= keys if "add" in words.split() else written == keys, (words, code)


@pytest.mark.parametrize(
    ("noun", "added", "changes"),
    [
        ("actions", "Brief --lead bawso", ("edit {ref} priority=high", "update {ref} Begun", "done {ref} --yes")),
        ("meetings", "Board --group LG --starts 2014-06-10", ("edit {ref} venue=Cardiff", "cancel {ref}")),
        ("decisions", "Adopt_it --on 2014-01-10", ("edit {ref} note=x",)),
        (
            "groups",
            "Board",
            ("edit {ref} quorum=3", "rename {ref} Forum --from 2014-02-01", "chair {ref} bawso --from 2014-01-01"),
        ),
        (
            "contacts",
            "Charity --kind organisation",
            ("edit {ref} phone=029", "rename {ref} Trust --from 2014-02-01", "tier {ref} 2"),
        ),
        (
            "evidence",
            "Referrals --value 34 --unit referrals --period 2013 --source Home_Office",
            ("edit {ref} note=x", "revise {ref} 36"),
        ),
        ("practice", "Pathway", ("edit {ref} note=x",)),
        (
            "recommendations",
            "Train --document seed-paper",
            ("edit {ref} note=x", "answer {ref} Accepted", "link {ref} DP-03"),
        ),
        ("promises", "A_report --to bawso", ("edit {ref} note=x",)),
        ("commissions", "Paper", ("edit {ref} note=x",)),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isalpha() else "",
)
def test_add_and_edit_print_the_record_as_show_does(
    wales: str, capsys: Captured, noun: str, added: str, changes: tuple[str, ...]
) -> None:
    def read_json(words: str) -> dict[str, Any]:
        code = run(["--workspace", wales, "--as-at", "2014-01-28", noun, *words.split(), "--json"])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        record: dict[str, Any] = json.loads(captured.out)
        return record

    ref = ""
    for change in (f"add {added}", *changes):
        written = read_json(change.format(ref=ref))
        ref = written["ref"]
        shown = read_json(f"show {ref}")
        assert {name: written[name] for name in shown} == shown, change
        assert len(shown) > 5


@pytest.mark.parametrize("day", ["28/01/2014", "2014-02-30", "soon"])
def test_as_at_needs_a_date(day: str, capsys: Captured) -> None:
    assert run(["--as-at", day, "paths"]) == 2
    assert "YYYY-MM-DD" in capsys.readouterr().err


def test_the_screen_without_a_terminal_is_one_sentence_and_exit_code_2(wales: str, capsys: Captured) -> None:
    assert run(["--workspace", wales]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "needs a terminal" in captured.err


def test_a_folder_without_a_database_is_not_found_and_stays_empty(tmp_path: Path, capsys: Captured) -> None:
    assert run(["--workspace", str(tmp_path), "actions", "list"]) == 3
    assert "ahtc init" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_init_never_overwrites_a_database(tmp_path: Path, capsys: Captured) -> None:
    assert run(["--workspace", str(tmp_path), "init"]) == 0
    assert run(["--workspace", str(tmp_path), "init"]) == 6
    assert "exists already" in capsys.readouterr().err


def test_a_demo_without_screen_is_kept_only_in_a_named_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(["demo", "--no-screen"]) == 0
    assert "--into" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert run(["demo", "--no-screen", "--into", "office"]) == 0
    assert (tmp_path / "office" / "data" / "ahtc.db").is_file()


def test_global_flags_are_accepted_after_the_command(wales: str, capsys: Captured) -> None:
    assert run(["actions", "list", "--limit", "1", "--workspace", wales, "--as-at", "2014-01-28", "--quiet"]) == 0
    captured = capsys.readouterr()
    assert "DP-07" in captured.out
    assert captured.err == ""


def test_as_at_sets_what_is_late(wales: str, capsys: Captured) -> None:
    late = {}
    for day in ("2013-11-30", "2014-01-28"):
        assert run(["--workspace", wales, "--as-at", day, "actions", "list", "--late", "--json"]) == 0
        late[day] = [action["ref"] for action in json.loads(capsys.readouterr().out)]
    assert late == {"2013-11-30": [], "2014-01-28": ["DP-07"]}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as exit_error:
        run([name, "--help"])
    assert exit_error.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: ahtc {name}")


@pytest.mark.parametrize("words", [["actions"], ["actions", "lsit"], ["actions", "list", "--lat"], ["search"]])
def test_wrong_usage_is_exit_code_2(words: list[str], capsys: Captured) -> None:
    assert run(words) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert captured.err.endswith(" --help`.\n")


def test_a_workspace_comes_from_the_environment(wales: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("AHTC_WORKSPACE", wales)
    assert run(["paths", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["workspace"] == wales


def test_the_current_folder_is_the_workspace_if_it_has_a_database(
    wales: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.delenv("AHTC_WORKSPACE", raising=False)
    monkeypatch.chdir(wales)
    assert run(["paths", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["workspace"] == wales
