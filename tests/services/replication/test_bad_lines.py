"""Bad lines of another journal, in a pack or on the hub: each is refused by name, and none blocks the others."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal import ledger
from ahtc_tui.store.journal.chain import CHANGE_COLUMNS, StoredChange
from tests.builders import make_action, make_party, query_rows, read_live_rows
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office, merge_and_check
from tests.services.replication.test_merge_files import write_encrypted
from tests.soundness import check_changed
from tests.store.laptops import forge_chains

PASSPHRASE = "wrexham forum at noon"
ROW = {"ref": "X-{n}", "ref_key": "X", "title": "Bad", "status": "open"}


def build_row(**values: Any) -> str:
    return json.dumps({"ref": "X-9", "title": "Bad", **values})


BAD_LINES: dict[str, dict[str, Any]] = {
    "the time is 2^63 - 1": {"wall_ms": 2**63 - 1},
    "the time is negative": {"wall_ms": -1},
    "the time is in the year 9999": {"wall_ms": 253_402_300_799_999},
    "the number is 2^63 - 1": {"seq": 2**63 - 1},
    "the number is that of no step": {"seq": 999_999_999},
    "the number is negative": {"seq": -5},
    "the user is very long": {"user": "x" * 9000},
    "the table does not exist": {"table": "secrets"},
    "the table is one of SQLite": {"table": "sqlite_master"},
    "the table is one without records": {"table": "setting"},
    "the table is a statement": {"table": '"; DROP TABLE actions; --'},
    "the field does not exist": {"field": "colour"},
    "the field is a statement": {"field": 'x" = 1; --'},
    "the field is a local number": {"field": "n"},
    "the record has a short key": {"row_id": b"\x00"},
    "the parents are numbers": {"parents": "[1]"},
    "the parents are an object": {"parents": "{}"},
    "the parents are not JSON": {"parents": "["},
    "a parent is not a key": {"parents": '["zz"]'},
    "the value is not JSON": {"value": "{"},
    "the value is a list": {"value": "[]"},
    "the value is 100,000 deep": {"value": "[" * 100_000 + "]" * 100_000},
    "the value has 30 MB": {"value": json.dumps({"ref": "X-9", "title": "x" * 30_000_000})},
    "the value has a lone surrogate": {"value": '{"ref": "X-9", "title": "\\ud800"}'},
    "the value has a null character": {"value": '{"ref": "X-9", "title": "a\\u0000b"}'},
    "the value is missing": {"value": None},
    "a title is true": {"value": build_row(title=True)},
    "a title is a list": {"value": build_row(title=["a"])},
    "a title is a number": {"value": build_row(title=7)},
    "a title is missing": {"value": '{"ref": "X-9"}'},
    "a required title is empty": {"value": build_row(title=None)},
    "a field of the record does not exist": {"value": build_row(colour="red")},
    "a lead is a short key": {"value": build_row(lead="00")},
    "a lead does not exist": {"value": build_row(lead="0" * 32)},
    "a date is not a date": {"value": build_row(due="some day")},
    "a status does not exist": {"value": build_row(status="lost")},
    "a marking is empty": {"value": build_row(marking=None)},
    "a number is infinite": {"value": '{"ref": "X-9", "title": "Bad", "in_plan": Infinity}'},
}
BROKEN_CHAINS: dict[str, dict[str, Any]] = {
    "the device is long": {"device": "x" * 9000},
    "the device is another than that of the step": {"device": "somebody-else"},
    "the place in the chain is negative": {"position": -1},
    "the key is short": {"id": b"\x00"},
}
"""Lines that break the chain of their device: what follows them on that device is refused as well."""
ONLY_BROKEN_SQLITE: dict[str, dict[str, Any]] = {
    "the number is a text": {"seq": "x"},
    "the time is a fraction": {"wall_ms": 1.5},
    "the title is not UTF-8": {"value": b'{"ref": "X-9", "title": "\xed\xa0\x80"}'},
    "the key is a text": {"id": "abc"},
}
ONLY_SQLITE: dict[str, dict[str, Any]] = {
    "the value is bytes": {"value": b"\xff\xfe"},
}
BAD_STEPS: dict[str, dict[str, Any]] = {
    "the step has a number of 2^62": {"seq": 2**62},
    "the step has a number far ahead": {"seq": 5_000_000},
    "the step has a long label": {"label": "x" * 9000},
}
STEP_COLUMNS = ("seq", "label", "reverses")


def list_bad_actions(peer: Workspace, kinds: dict[str, dict[str, Any]]) -> list[tuple[bytes, bytes, dict[str, Any]]]:
    """Make an action for each kind, and return the keys of its line and step with the columns to spoil.

    The keys of the steps commit to nothing, as in earlier versions: otherwise they would show that a column is spoilt.
    """
    lines = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "derive_step_key", lambda *_columns: ledger.Ledger.create_key())
        for name, columns in kinds.items():
            make_action(peer, f"Bad: {name}")
            ((line, step),) = query_rows(peer, 'SELECT id, "transaction" FROM change ORDER BY rowid DESC LIMIT 1')
            lines.append((line, step, columns))
    return lines


def spoil_pack(
    peer: Workspace, lines: list[tuple[bytes, bytes, dict[str, Any]]], target: Path, *, forges: bool = True
) -> Path:
    """Write a pack of a laptop whose journal was altered after its program wrote it, with chains that hide it."""
    check_changed()
    peer.close()
    connection = dbapi2.connect(str(peer.database.path), isolation_level=None)
    connection.execute("DROP TRIGGER change_is_never_altered")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for line, step, columns in lines:
        for name, value in columns.items():
            table, key = ("step", step) if name in STEP_COLUMNS[1:] else ("change", line)
            text = "CAST(? AS TEXT)" if isinstance(value, bytes) and name == "value" and b"{" in value else "?"
            connection.execute(f'UPDATE {table} SET "{name}" = {text} WHERE id = ?', (value, key))
            if columns in BAD_STEPS.values() and name == "seq":
                connection.execute("UPDATE step SET seq = ? WHERE id = ?", (value, step))
    connection.close()
    if forges:
        forge_chains(peer.database.path)
    return write_encrypted(peer.database.path, target, PASSPHRASE)


def list_titles(workspace: Workspace) -> list[str]:
    return [row.title for row in actions.list_actions(workspace, ActionFilter(ActionScope.ALL))]


def check_refused(report: MergeFileReport, workspace: Workspace, number: int) -> None:
    """Check that the good action came in, that every bad line was refused, and that the workspace works on."""
    assert [row.values["title"] for row in report.added] == ["Good, made last"]
    assert len(report.refused) == number, [line.reason for line in report.refused]
    assert all(line.reason and line.device for line in report.refused)
    assert integrity_check.find_faults(workspace.database) == []
    assert not [title for title in list_titles(workspace) if title.startswith("Bad")]
    make_action(workspace, "Made afterwards")
    ((highest,),) = query_rows(workspace, "SELECT max(seq) FROM step")
    assert highest < 100_000


def merge_spoilt(workspace: Workspace, folder: Path, kinds: dict[str, dict[str, Any]]) -> MergeFileReport:
    peer = leave_office(workspace, "there")
    lines = list_bad_actions(peer, kinds)
    make_action(peer, "Good, made last")
    pack = spoil_pack(peer, lines, folder / "forum.ahtc")
    report = merge_file(workspace, pack, ImportOptions(), key=PASSPHRASE)
    assert report.applied
    (file,) = report.files
    assert isinstance(file, MergeFileReport)
    return file


@pytest.mark.long
def test_no_bad_line_of_a_pack_blocks_the_others(workspace: Workspace, tmp_path: Path) -> None:
    kinds = BAD_LINES | ONLY_SQLITE | BAD_STEPS
    before = read_live_rows(workspace)
    check_refused(merge_spoilt(workspace, tmp_path, kinds), workspace, len(kinds))
    for _step in ("an action", "the merge"):
        history.undo_step(workspace)
    assert read_live_rows(workspace) == before


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("a status does not exist", 'Status cannot be "lost".'),
        ("a marking is empty", "Marking cannot be empty."),
    ],
)
def test_a_value_that_the_table_does_not_take_is_refused_with_its_field(
    workspace: Workspace, tmp_path: Path, kind: str, reason: str
) -> None:
    report = merge_spoilt(workspace, tmp_path, {kind: BAD_LINES[kind]})
    assert [line.reason for line in report.refused] == [reason]


def test_bad_lines_of_an_unencrypted_file_are_refused_alone(workspace: Workspace, tmp_path: Path) -> None:
    peer = leave_office(workspace, "there")
    kinds = {name: BAD_LINES[name] for name in ("a title is true", "the table does not exist", "the value is not JSON")}
    lines = list_bad_actions(peer, kinds)
    make_action(peer, "Good, made last")
    spoil_pack(peer, lines, tmp_path / "unused.ahtc")
    check_refused(merge_and_check(workspace, peer), workspace, len(kinds))


@pytest.mark.sample(8)
@pytest.mark.parametrize("kind", BROKEN_CHAINS | ONLY_BROKEN_SQLITE)
def test_a_line_that_breaks_a_chain_stops_only_its_device(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    third, peer = leave_office(workspace, "third"), leave_office(workspace, "there")
    make_action(third, "Good, made last")
    merge_and_check(peer, third)
    lines = list_bad_actions(peer, {kind: (BROKEN_CHAINS | ONLY_BROKEN_SQLITE)[kind]})
    pack = spoil_pack(peer, lines, tmp_path / "forum.ahtc", forges=False)
    (report,) = merge_file(workspace, pack, ImportOptions(), key=PASSPHRASE).files
    assert isinstance(report, MergeFileReport)
    assert report.altered or report.refused
    assert [row.values["title"] for row in report.added] == ["Good, made last"]
    assert integrity_check.find_faults(workspace.database) == []


@pytest.mark.long
@pytest.mark.parametrize("kind", BAD_LINES | ONLY_SQLITE | BAD_STEPS)
def test_a_bad_line_of_a_pack_is_refused_by_name(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    columns = (BAD_LINES | ONLY_SQLITE | BAD_STEPS)[kind]
    check_refused(merge_spoilt(workspace, tmp_path, {kind: columns}), workspace, 1)


def test_a_step_is_built_from_its_lines_and_not_from_what_it_says_to_reverse(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The hashes of lines cover what their step reverses; the step of a pack does not count."""
    peer = leave_office(workspace, "there")
    lines = list_bad_actions(peer, {"a missing step": {"reverses": b"\x01" * 16}})
    (report,) = merge_file(
        workspace, spoil_pack(peer, lines, tmp_path / "forum.ahtc"), ImportOptions(), key=PASSPHRASE
    ).files
    assert isinstance(report, MergeFileReport)
    assert ([row.values["title"] for row in report.added], report.refused) == (["Bad: a missing step"], ())
    assert query_rows(workspace, "SELECT count(*) FROM step WHERE reverses IS NOT NULL") == [(0,)]
    assert integrity_check.find_faults(workspace.database) == []


def sync_spoilt(workspace: Workspace, hub: Hub, folder: Path, kinds: dict[str, dict[str, Any]]) -> MergeFileReport:
    peer = leave_office(workspace, "there")
    lines = list_bad_actions(peer, kinds)
    make_action(peer, "Good, made last")
    sync_and_check(peer, hub)
    spoil_pack(peer, lines, folder / "forum.ahtc")
    query = f"SELECT {CHANGE_COLUMNS} FROM change WHERE device = 'there'"
    with closing(dbapi2.connect(str(peer.database.path))) as spoilt, hub.server.connect(hub.name) as connection:
        connection.execute("SET session_replication_role = replica")
        for row in spoilt.execute(query).fetchall():
            change = StoredChange(*row)
            marks = ", ".join(["%s"] * len(row))
            statement = f"UPDATE change SET ({CHANGE_COLUMNS}) = ({marks}) WHERE device = 'there' AND position = %s"
            connection.execute(statement, (*row, change.position))
        for row in spoilt.execute("SELECT seq, label, reverses, id FROM step WHERE device = 'there'").fetchall():
            connection.execute("UPDATE step SET seq = %s, label = %s, reverses = %s WHERE id = %s", row)
    return sync_and_check(workspace, hub)


@pytest.mark.long
def test_no_bad_line_of_the_hub_blocks_the_others(workspace: Workspace, hub: Hub, tmp_path: Path) -> None:
    kinds = BAD_LINES | BAD_STEPS
    check_refused(sync_spoilt(workspace, hub, tmp_path, kinds), workspace, len(kinds))
    again = sync_and_check(workspace, hub)
    assert (again.added, len(again.refused), again.sent) == ((), len(kinds), 1)
    third = leave_office(workspace, "third")
    make_action(third, "Made on the third laptop")
    sync_and_check(third, hub)
    sync_and_check(workspace, hub)
    assert "Made on the third laptop" in list_titles(workspace)


@pytest.mark.long
@pytest.mark.parametrize("kind", BAD_LINES | BAD_STEPS)
def test_a_bad_line_of_the_hub_is_refused_by_name(workspace: Workspace, hub: Hub, tmp_path: Path, kind: str) -> None:
    check_refused(sync_spoilt(workspace, hub, tmp_path, {kind: (BAD_LINES | BAD_STEPS)[kind]}), workspace, 1)


@pytest.mark.sample(2)
@pytest.mark.parametrize("table", ["parties", "people"])
def test_a_contact_comes_in_with_both_rows_or_not_at_all(workspace: Workspace, tmp_path: Path, table: str) -> None:
    peer = leave_office(workspace, "there")
    key = make_party(peer, "Bad Contact", "bad-contact", kind="person")
    query = """SELECT id, "transaction" FROM change WHERE "table" = ? AND row_id = ?"""
    lines = [(line, step, {"value": "[]"}) for line, step in query_rows(peer, query, table, key)]
    make_action(peer, "Good, made last")
    pack = spoil_pack(peer, lines, tmp_path / "forum.ahtc")
    (report,) = merge_file(workspace, pack, ImportOptions(), key=PASSPHRASE).files
    assert isinstance(report, MergeFileReport)
    check_refused(report, workspace, 2)
    rows = "SELECT id FROM parties WHERE id = ?1 UNION SELECT id FROM people WHERE id = ?1"
    assert query_rows(workspace, rows, key) == []
