"""`ahtc merge`, `conflicts` and `resolve`: report, exit codes, passphrase."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.references import find_by_ref
from tests.builders import make_action, make_action_draft
from tests.cli.promises import Captured, read_json, run_command
from tests.services.replication.merging import leave_office
from tests.services.replication.test_border import add_hashes
from tests.services.replication.test_merge_files import write_encrypted


@pytest.fixture
def laptop_database(wales: Workspace, office: Path) -> Path:
    """The database of a laptop that changed three titles, one of them changed here as well."""
    peer = leave_office(wales, "there")
    for ref in ("DP-01", "DP-02", "DP-03"):
        actions.edit_action(peer, ref, make_action_draft(title=f"There {ref}"))
    with wales.database.write("edit") as ledger:  # as an earlier version could
        key = find_by_ref(ledger.cursor, "actions", "DP-01")
        assert key is not None
        ledger.update("actions", key.key, {"title": "Here \x1b[31mDP-01"})
    make_action(peer, "Made there")
    peer.close()
    return peer.database.path


def test_a_merge_is_reported_like_an_import(laptop_database: Path, capsys: Captured) -> None:
    plan = read_json(capsys, "merge", str(laptop_database), "--dry-run")
    report = read_json(capsys, "merge", str(laptop_database))
    assert report == plan
    assert list(report)[:7] == ["file", "read", "added", "changed", "unchanged", "questions", "warnings"]
    assert [(row["ref"], row["field"], row["now"]) for row in report["changed"] if row["now"]] == [
        ("DP-02", "title", "There DP-02"),
        ("DP-03", "title", "There DP-03"),
    ]
    assert [row["values"]["title"] for row in report["added"]] == ["Made there"]
    (question,) = report["questions"]
    assert (question["ref"], question["field"], question["theirs"]) == ("DP-01", "title", "There DP-01")


def test_open_questions_are_exit_code_1_and_answered_ones_0(
    laptop_database: Path, office: Path, capsys: Captured
) -> None:
    assert run_command("merge", str(laptop_database)) == 1
    captured = capsys.readouterr()
    assert "DP-02  title:" in captured.out
    assert "\x1b" not in captured.out + captured.err
    assert "To undo all of it, run `ahtc undo`." in captured.err
    assert run_command("conflicts") == 1
    capsys.readouterr()
    (conflict,) = read_json(capsys, "conflicts")
    assert set(conflict) >= {"id", "ref", "kind", "table", "field", "ours", "theirs", "base", "ours_by", "theirs_by"}
    assert set(conflict["theirs_by"]) == {"user", "device", "at"}
    assert run_command("resolve", conflict["id"], "theirs") == 0
    assert run_command("conflicts") == 0
    assert run_command("undo") == 0
    assert run_command("conflicts") == 1
    answers = office / "answers.json"
    answers.write_text(json.dumps({conflict["id"]: "ours"}))
    assert run_command("merge", str(laptop_database), "--answers", str(answers)) == 0
    assert run_command("conflicts", "--json") == 0
    assert run_command("check") == 0


@pytest.mark.parametrize(
    ("flags", "words"), [(["--dry-run"], "would be shown until you decide"), ([], "is shown until you decide")]
)
def test_a_merge_says_what_is_shown_until_a_conflict_is_decided(
    laptop_database: Path, flags: list[str], words: str, capsys: Captured
) -> None:
    assert run_command("merge", str(laptop_database), *flags) == 1
    report = capsys.readouterr().err
    assert f'DP-01" {words}' in report
    for side in ("  ours    Here", "  theirs  There DP-01   ("):
        assert side in report
    assert "not applied" not in report
    assert "Nothing to change" not in report


def test_a_merge_that_brings_nothing_but_a_conflict_can_be_undone(
    wales: Workspace, office: Path, capsys: Captured
) -> None:
    peer = leave_office(wales, "there")
    for workspace, title in ((wales, "Here"), (peer, "There")):
        actions.edit_action(workspace, "DP-01", make_action_draft(title=title))
    assert run_command("merge", str(peer.database.path)) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "1 conflict to resolve: every value is kept until then. `ahtc conflicts` shows it.",
        "To undo all of it, run `ahtc undo`.",
    ]
    assert actions.show_action(wales, "DP-01").row.title == "There"
    assert run_command("undo") == 0
    assert actions.show_action(wales, "DP-01").row.title == "Here"


def test_take_lists_what_it_dropped(laptop_database: Path, capsys: Captured) -> None:
    assert run_command("merge", str(laptop_database), "--take", "theirs", "--dry-run") == 0
    assert 'DP-01 title: "There DP-01" kept, dropped: Here' in capsys.readouterr().err
    (dropped,) = read_json(capsys, "merge", str(laptop_database), "--take", "ours")["dropped"]
    assert (dropped["ref"], dropped["field"], dropped["kept"]) == ("DP-01", "title", "Here \x1b[31mDP-01")
    (side,) = dropped["sides"]
    assert (side["value"], side["device"]) == ("There DP-01", "there")
    assert date.fromisoformat(side["on"])


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_take_answers_every_question(laptop_database: Path, take: str) -> None:
    assert run_command("merge", str(laptop_database), "--take", take) == 0
    assert run_command("conflicts") == 0


@pytest.mark.long
def test_the_passphrase_is_read_from_file_or_standard_input(
    laptop_database: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = write_encrypted(laptop_database, tmp_path / "forum.ahtc", "wrexham forum")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run_command("merge", str(sealed)) == 5
    assert "AHTC_PASSPHRASE_FILE" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("another\n"))
    assert run_command("merge", str(sealed), "--passphrase-stdin") == 4
    monkeypatch.setattr("sys.stdin", io.StringIO("wrexham forum\n"))
    assert run_command("merge", str(sealed), "--passphrase-stdin", "--dry-run") == 1
    (tmp_path / "word").write_text("wrexham forum\n")
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(tmp_path / "word"))
    assert run_command("merge", str(sealed)) == 1


def test_a_merge_that_removes_too_much_asks_and_writes_nothing(
    wales: Workspace, office: Path, capsys: Captured
) -> None:
    peer = leave_office(wales, "emptied")
    with peer.database.write("remove") as ledger:
        for table in ("actions", "seats", "action_parties", "figures", "holdings", "aliases", "invitations"):
            for (key,) in ledger.cursor.execute(f"SELECT id FROM {table} WHERE NOT deleted").fetchall():
                ledger.remove(table, key)
    assert run_command("merge", str(peer.database.path)) == 1
    errors = capsys.readouterr().err
    assert "more than a fifth" in errors
    assert "Nothing was saved." in errors
    assert len(read_json(capsys, "actions", "list", "--all")) == 44


def test_today_counts_conflicts(laptop_database: Path, capsys: Captured) -> None:
    assert read_json(capsys, "today")["totals"]["conflicts"] == 0
    run_command("merge", str(laptop_database))
    capsys.readouterr()
    assert run_command("today") == 0
    assert "Conflicts: 1" in capsys.readouterr().out


@pytest.mark.usefixtures("office")
def test_conflicts_as_json_have_iso_dates_and_every_side(wales: Workspace, capsys: Captured) -> None:
    actions.edit_action(wales, "DP-05", make_action_draft(due="2013-11-30"))
    laptops = [leave_office(wales, name) for name in ("first", "second")]
    actions.edit_action(wales, "DP-05", make_action_draft(due="2014-01-31"))
    for peer, due in zip(laptops, ("2014-02", "by the next meeting"), strict=True):
        actions.edit_action(peer, "DP-05", make_action_draft(due=due))
        peer.close()
    for peer in laptops:
        report = read_json(capsys, "merge", str(peer.database.path))
        dates = {question["field"]: question["base"] for question in report["questions"]}
        assert dates["due"] == "2013-11-30"
    [conflict] = [row for row in read_json(capsys, "conflicts") if row["field"] == "due"]
    assert (conflict["ref"], conflict["base"]) == ("DP-05", "2013-11-30")
    assert {side["value"] for side in conflict["sides"]} == {"2014-01-31", "2014-02", "by the next meeting"}
    assert {"first", "second"} < {side["device"] for side in conflict["sides"]}
    assert conflict["shown"] in {side["value"] for side in conflict["sides"]}
    for side in conflict["sides"]:
        assert set(side) >= {"value", "user", "device", "on", "at"}
        assert side["on"] == side["at"][:10] == date.fromisoformat(side["on"]).isoformat()
    assert run_command("conflicts") == 1
    text = capsys.readouterr().out
    sides, shown = text.split("shown until decided  ")
    assert sides.count("31 January 2014 ") == sides.count("by the next meeting ") == sides.count("February 2014 ") == 1
    assert shown.strip() in sides


@pytest.mark.usefixtures("office")
def test_history_as_json_has_iso_dates(wales: Workspace, capsys: Captured) -> None:
    actions.edit_action(wales, "DP-05", make_action_draft(due="2014-01-31"))
    actions.edit_action(wales, "DP-05", make_action_draft(due="2014-02"))
    newest = next(row for row in read_json(capsys, "history", "DP-05") if row["field"] == "due")
    assert (newest["old"], newest["new"]) == ("2014-01-31", "2014-02")
    assert run_command("history", "DP-05", "--limit", "9") == 0
    assert "due: 31 January 2014 → February 2014" in capsys.readouterr().out


def test_incoming_erasures_are_listed_and_need_a_flag(wales: Workspace, office: Path, capsys: Captured) -> None:
    peer = leave_office(wales, "there")
    erase_person(peer, "joyce-watson")
    peer.close()
    path = str(peer.database.path)
    assert run_command("merge", path, "--take", "theirs") == 1
    captured = capsys.readouterr()
    assert "Joyce Watson" in captured.err
    assert "without --accept-erasures" in captured.err
    (erasure,) = read_json(capsys, "merge", path, "--dry-run")["erasures"]
    assert (erasure["ref"], erasure["on"], erasure["accepted"]) == ("joyce-watson", "2013-12-31", False)
    assert {"table", "goes", "instead", "words"} == set(erasure["records"][0])
    assert run_command("contacts", "show", "joyce-watson") == 0
    capsys.readouterr()
    assert run_command("merge", path, "--accept-erasures", "--json") == 0
    assert json.loads(capsys.readouterr().out)["erasures"][0]["accepted"]
    assert run_command("contacts", "show", "joyce-watson") == 3


@pytest.mark.usefixtures("office")
def test_words_that_only_the_other_copy_counts_to_an_erased_person_need_an_answer(
    wales: Workspace, capsys: Captured
) -> None:
    peer = leave_office(wales, "there")
    erase_person(peer, "joyce-watson")
    statement = add_hashes(peer, "Police")
    peer.close()
    with closing(sqlite3.connect(peer.database.path)) as connection, connection:
        connection.execute(statement[0], statement[1:])
    path = str(peer.database.path)
    for flags in (["--accept-erasures"], []):
        assert run_command("merge", path, *flags) == 1
        shown = capsys.readouterr().err
        assert "Answer the others with --answers FILE.json." in shown
        assert "Nobody is erased" not in shown, "the person is erased"
