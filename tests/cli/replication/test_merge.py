"""`ahtc merge`, `ahtc conflicts`, `ahtc resolve`: the plan as JSON, exit codes, and where a passphrase comes from."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.workspace import Workspace
from tests.builders import a_draft, an_action
from tests.cli.promises import Captured, code, data_of
from tests.services.replication.merging import laptop
from tests.services.replication.test_merge_files import encrypted


@pytest.fixture
def file(wales: Workspace, office: Path) -> Path:
    """The database of a laptop: three titles written there, one of them here as well."""
    there = laptop(wales, "there")
    for ref in ("DP-01", "DP-02", "DP-03"):
        actions.edit_action(there, ref, a_draft(title=f"There {ref}"))
    actions.edit_action(wales, "DP-01", a_draft(title="Here \x1b[31mDP-01"))
    an_action(there, "Made there")
    there.close()
    return there.database.path


def test_a_merge_is_told_as_an_import_is(file: Path, capsys: Captured) -> None:
    would = data_of(capsys, "merge", str(file), "--dry-run")
    did = data_of(capsys, "merge", str(file))
    assert did == would
    assert list(did)[:7] == ["file", "read", "added", "changed", "unchanged", "questions", "warnings"]
    assert [(one["ref"], one["field"], one["now"]) for one in did["changed"]] == [
        ("DP-02", "title", "There DP-02"),
        ("DP-03", "title", "There DP-03"),
    ]
    assert [one["values"]["title"] for one in did["added"]] == ["Made there"]
    (question,) = did["questions"]
    assert (question["ref"], question["field"], question["theirs"]) == ("DP-01", "title", "There DP-01")


def test_questions_are_left_with_code_1_and_settled_with_code_0(file: Path, office: Path, capsys: Captured) -> None:
    assert code("merge", str(file)) == 1
    said = capsys.readouterr()
    assert "DP-02  title:" in said.out
    assert "\x1b" not in said.out + said.err
    assert "`ahtc undo` takes all of it back." in said.err
    assert code("conflicts") == 1
    capsys.readouterr()
    (conflict,) = data_of(capsys, "conflicts")
    assert set(conflict) >= {"id", "ref", "kind", "table", "field", "ours", "theirs", "base", "ours_by", "theirs_by"}
    assert set(conflict["theirs_by"]) == {"user", "device", "at"}
    assert code("resolve", conflict["id"], "theirs") == 0
    assert code("conflicts") == 0
    assert code("undo") == 0
    assert code("conflicts") == 1
    answers = office / "answers.json"
    answers.write_text(json.dumps({conflict["id"]: "ours"}))
    assert code("merge", str(file), "--answers", str(answers)) == 0
    assert code("conflicts", "--json") == 0
    assert code("check") == 0


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_every_question_is_settled_for_one_side(file: Path, take: str, capsys: Captured) -> None:
    assert code("merge", str(file), "--take", take) == 0
    assert code("conflicts") == 0


def test_a_passphrase_comes_from_a_file_or_standard_input_never_from_the_words(
    file: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = encrypted(file, tmp_path / "forum.ahtc", "wrexham forum")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert code("merge", str(sealed)) == 5
    assert "AHTC_PASSPHRASE_FILE" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("another\n"))
    assert code("merge", str(sealed), "--passphrase-stdin") == 4
    monkeypatch.setattr("sys.stdin", io.StringIO("wrexham forum\n"))
    assert code("merge", str(sealed), "--passphrase-stdin", "--dry-run") == 1
    (tmp_path / "word").write_text("wrexham forum\n")
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(tmp_path / "word"))
    assert code("merge", str(sealed)) == 1


def test_what_would_remove_too_much_is_a_question_and_nothing_is_written(
    wales: Workspace, office: Path, capsys: Captured
) -> None:
    there = laptop(wales, "emptied")
    with there.database.write("remove") as ledger:
        for table in ("actions", "seats", "action_parties", "figures", "holdings", "aliases", "invitations"):
            for (key,) in ledger.cursor.execute(f"SELECT id FROM {table} WHERE NOT deleted").fetchall():
                ledger.remove(table, key)
    assert code("merge", str(there.database.path)) == 1
    said = capsys.readouterr().err
    assert "more than a fifth" in said
    assert "Nothing was written." in said
    assert len(data_of(capsys, "actions", "list", "--all")) == 44


def test_today_counts_what_is_left_to_decide(file: Path, capsys: Captured) -> None:
    assert data_of(capsys, "today")["totals"]["conflicts"] == 0
    code("merge", str(file))
    capsys.readouterr()
    assert code("today") == 0
    assert "Conflicts: 1" in capsys.readouterr().out
