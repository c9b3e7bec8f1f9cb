"""Lists, shows and the person who exports are told of records that two people wrote apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace, read_marks
from tests.builders import make_action_draft, make_minuted_meeting
from tests.cli.promises import Captured, read_json, run_command
from tests.services.replication.merging import leave_office, merge_and_check

REF = "DP-01"


@pytest.fixture
def disputed(wales: Workspace, office: Path) -> Workspace:
    """The office after a merge with a laptop that wrote another title of DP-01."""
    peer = leave_office(wales, "there")
    for workspace, title in ((wales, "Here"), (peer, "There")):
        actions.edit_action(workspace, REF, make_action_draft(title=title))
    merge_and_check(wales, peer)
    assert office == wales.root
    return wales


@pytest.mark.usefixtures("disputed")
def test_lists_and_shows_carry_conflict_as_json(capsys: Captured) -> None:
    rows = read_json(capsys, "actions", "list", "--all")
    assert [row["ref"] for row in rows if row["conflict"]] == [REF]
    assert all(row["conflict"] is (row["ref"] == REF) for row in rows)
    assert read_json(capsys, "actions", "show", REF)["conflict"] is True
    assert read_json(capsys, "actions", "show", "DP-02")["conflict"] is False


@pytest.mark.sample(12)
@pytest.mark.parametrize(
    "command",
    [
        ("meetings", "list"),
        ("groups", "list"),
        ("groups", "seats"),
        ("contacts", "list"),
        ("practice", "list"),
        ("evidence", "list"),
        ("recommendations", "list"),
        ("recommendations", "documents"),
        ("commissions", "list"),
        ("decisions", "list"),
        ("plan", "milestone", "list"),
        ("plan", "aim", "list"),
        ("search", "forum"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("disputed")
def test_every_list_says_of_each_record_whether_it_is_in_conflict(command: tuple[str, ...], capsys: Captured) -> None:
    assert all(row["conflict"] is False for row in read_json(capsys, *command))


@pytest.mark.usefixtures("disputed")
def test_plain_lists_and_cards_name_the_conflict_in_words(capsys: Captured) -> None:
    run_command("actions", "list", "--all")
    marked = [line for line in capsys.readouterr().out.splitlines() if "[conflict]" in line]
    assert len(marked) == 1
    assert REF in marked[0]
    run_command("actions", "show", REF)
    assert "Conflicting edits to resolve: title. `ahtc conflicts` shows every value." in capsys.readouterr().out
    run_command("actions", "show", "DP-02")
    assert "Conflicting edits" not in capsys.readouterr().out
    run_command("today")
    assert f"  {REF}  title" in capsys.readouterr().out


def test_a_conflict_in_a_line_of_minutes_marks_its_meeting(wales: Workspace, office: Path, capsys: Captured) -> None:
    ref = make_minuted_meeting(wales)
    assert office == wales.root
    peer = leave_office(wales, "there")
    line = meetings.show_meeting(wales, ref).lines[0]
    for workspace, text in ((wales, "Here."), (peer, "There.")):
        with workspace.database.write("edit") as ledger:
            ledger.update("minute_lines", line.key, {"text": text})
    merge_and_check(wales, peer)
    assert read_marks(wales).fields == {ref: ("line_of_minutes_text",)}
    assert [row["ref"] for row in read_json(capsys, "meetings", "list") if row["conflict"]] == [ref]


def test_marks_are_those_of_the_list_of_conflicts_and_go_with_the_decision(
    disputed: Workspace, capsys: Captured
) -> None:
    (conflict,) = read_json(capsys, "conflicts")
    assert read_marks(disputed).fields == {conflict["ref"]: (conflict["field"],)}
    run_command("resolve", conflict["id"], "ours")
    assert not read_marks(disputed)
    run_command("undo")
    assert read_marks(disputed)
    actions.edit_action(disputed, REF, make_action_draft(title="Written over both"))
    assert not read_marks(disputed)


@pytest.mark.usefixtures("disputed")
def test_the_person_who_exports_is_told_which_values_wait_for_a_decision(tmp_path: Path, capsys: Captured) -> None:
    assert run_command("export", "actions", str(tmp_path / "log.json"), "--all") == 0
    assert "Conflicting edits not yet resolved: DP-01 title." in capsys.readouterr().err
    rows = json.loads((tmp_path / "log.json").read_text())["actions"]
    assert len(rows) == 44


@pytest.mark.usefixtures("disputed")
def test_the_action_log_names_what_waits_for_a_decision(tmp_path: Path, capsys: Captured) -> None:
    for name in ("log.json", "log.csv", "log.xlsx"):
        assert run_command("export", "actions", str(tmp_path / name), "--all") == 0
    rows = json.loads((tmp_path / "log.json").read_text())["actions"]
    assert [row["ref"] for row in rows if row["conflict"]] == [REF]
    heading, *lines = (tmp_path / "log.csv").read_text(encoding="utf-8-sig").splitlines()
    assert heading.endswith(",To decide")
    assert next(line for line in lines if line.endswith(",title")).startswith(f"{REF},")
    note = str(load_workbook(tmp_path / "log.xlsx").worksheets[0]["A2"].value)
    assert note.endswith("Conflicting edits not yet resolved: DP-01 title.")
    capsys.readouterr()


@pytest.mark.sample(2)
@pytest.mark.parametrize(("cut", "is_named"), [("chair", True), ("circulated", False)])
def test_only_a_working_copy_of_an_agenda_names_what_waits_for_a_decision(
    disputed: Workspace, tmp_path: Path, cut: str, is_named: bool
) -> None:
    ref = make_minuted_meeting(disputed)
    peer = leave_office(disputed, "elsewhere")
    for workspace, title in ((disputed, "Here"), (peer, "Elsewhere")):
        with workspace.database.write("edit") as ledger:
            key = ledger.cursor.execute("SELECT id FROM meetings WHERE ref = ?", (ref,)).fetchone()[0]
            ledger.update("meetings", key, {"title": title})
    merge_and_check(disputed, peer)
    target = tmp_path / "agenda.md"
    assert run_command("export", "agenda", ref, str(target), "--cut", cut) == 0
    assert (f"not yet resolved: {ref} title" in target.read_text()) is is_named
