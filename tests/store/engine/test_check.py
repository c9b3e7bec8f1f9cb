"""`ahtc check` finds damage and changes made outside the program, because journal and tables differ."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.doctor import find_faults, repair_index
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal import replay
from tests.builders import edit_database_directly, make_action, make_update, remove_record

NO_GUARD = "DROP TRIGGER change_is_never_altered"
OF_A_DUE = "WHERE field = 'due' OR json_extract(value, '$.due') IS NOT NULL"


def test_the_wales_data_have_no_faults(busy: Workspace) -> None:
    assert find_faults(busy) == []


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["UPDATE actions SET due = '2019-01-01' WHERE ref = 'DP-45'"], "actions DP-45: due is '2019-01-01', the"),
        (["UPDATE actions SET deleted = 1 WHERE ref = 'DP-45'"], "actions DP-45: deleted is 1, the journal has 0"),
        (["UPDATE actions SET ref_key = 'A' WHERE ref = 'DP-45'"], "actions DP-45: ref_key is 'A'"),
        (["UPDATE actions SET evidence = 'none' WHERE ref = 'DP-45'"], "evidence is 'none', the journal has None"),
        (["PRAGMA foreign_keys = OFF", "DELETE FROM figures"], "figures [0-9a-f]{32} is in the journal"),
        (
            [
                "INSERT INTO milestones (id, ref, objective, title)"
                " SELECT randomblob(16), 'M-1', id, 'x' FROM objectives LIMIT 1"
            ],
            "milestones [0-9a-f]{32} is in its table but not in the journal",
        ),
        ([NO_GUARD, f"UPDATE change SET value = replace(value, '2013', '2003') {OF_A_DUE}"], "the journal has"),
        ([NO_GUARD, f"UPDATE change SET value = '{{broken' {OF_A_DUE}"], "a change in the journal cannot be read"),
        ([NO_GUARD, "UPDATE change SET \"table\" = 'acts' WHERE \"table\" = 'updates'"], "a missing table acts"),
        ([NO_GUARD, f"UPDATE change SET row_id = 'damaged' {OF_A_DUE}"], "actions damaged is in the journal"),
        ([NO_GUARD], "not protected against changes"),
        (
            ["PRAGMA foreign_keys = OFF", "UPDATE actions SET lead = x'00' WHERE ref = 'DP-45'"],
            "a missing record of parties",
        ),
        (["DELETE FROM search WHERE rowid = (SELECT min(rowid) FROM search)"], "index does not match .*: 1 entry"),
        (["UPDATE search SET title = 'x' WHERE rowid = (SELECT min(rowid) FROM search)"], "index .*: 2 entries"),
        (["UPDATE search_data SET block = x'0000' WHERE id > 10"], "The search index does not match"),
        (["DROP TABLE counter", "PRAGMA writable_schema = ON", "DROP TABLE change"], "cannot be read to the end"),
    ],
)
def test_changes_made_outside_the_program_are_detected(statements: list[str], sentence: str, busy: Workspace) -> None:
    edit_database_directly(busy.database.path, *statements)
    assert re.search(sentence, "\n".join(find_faults(busy)))


def test_a_full_replay_of_every_record_finds_the_same_faults(busy: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    edit_database_directly(
        busy.database.path,
        NO_GUARD,
        "PRAGMA foreign_keys = OFF",
        "UPDATE actions SET title = 'x', deleted = n % 2 WHERE n % 3 = 1",
        "UPDATE parties SET name = name || ref, area = x'00' WHERE n % 5 = 1",
        "UPDATE change SET value = '[]' WHERE rowid % 7 = 0",
        "UPDATE change SET value = NULL WHERE rowid % 11 = 0",
        "UPDATE change SET parents = json_array(lower(hex(id))) WHERE rowid % 13 = 0",
        "UPDATE change SET field = '_deleted', value = 'true' WHERE rowid % 17 = 0",
        "UPDATE change SET value = json_insert(value, '$._held', json('true')) WHERE rowid % 19 = 0 AND field = '_row'",
    )
    faults = find_faults(busy)
    for module in (integrity_check, replay):
        monkeypatch.setattr(module, "copy_addition", lambda _values: None)
    assert len(faults) > 100
    assert find_faults(busy) == faults


def test_faults_of_all_parts_come_in_one_order_and_language(busy: Workspace) -> None:
    edit_database_directly(
        busy.database.path,
        NO_GUARD,
        "PRAGMA foreign_keys = OFF",
        "UPDATE actions SET lead = x'00' WHERE ref = 'DP-45'",
    )
    with use_language(Language.CY):
        faults = find_faults(busy)
    words = ("parties", "sbardun", "DP-45", "mynegai chwilio")
    assert [word for fault in faults for word in words if word in fault] == list(words), faults


def test_a_copy_that_is_read_only_is_checked_without_its_sidecars(busy: Workspace, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(busy.database.path.read_bytes())
    sidecar = tmp_path / "copy.db-journal"
    sidecar.write_bytes(b"left behind")
    with closing(busy.database.open_other(copy, immutable=True)) as database:
        assert integrity_check.find_faults(database) == []
    assert sidecar.read_bytes() == b"left behind"


def test_a_rebuilt_search_index_has_no_faults(busy: Workspace) -> None:
    edit_database_directly(busy.database.path, "UPDATE search_data SET block = x'0000' WHERE id > 10")
    repair_index(busy)
    assert find_faults(busy) == []
    assert search_records(busy, "Bawso")


def test_removed_records_and_their_parts_are_not_found(workspace: Workspace) -> None:
    row = make_action(workspace, title="Brief the SPOCs")
    make_update(workspace, row.ref, "Two of four briefed.")
    assert [hit.kind for hit in search_records(workspace, "briefed")] == ["update"]
    remove_record(workspace, "actions", row.key)
    assert search_records(workspace, "briefed") == []
    assert find_faults(workspace) == []
