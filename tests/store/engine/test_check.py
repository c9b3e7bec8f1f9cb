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
            "milestones [0-9a-f]{32} is in the table but not in the journal",
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
        (
            ["DELETE FROM search WHERE rowid = (SELECT min(rowid) FROM search)"],
            "1 entry of the search index does not match",
        ),
        (
            ["UPDATE search SET title = 'x' WHERE rowid = (SELECT min(rowid) FROM search)"],
            "2 entries of the search index do not match",
        ),
        (["UPDATE search_data SET block = x'0000' WHERE id > 10"], "of the search index do(?:es)? not match"),
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
    replay_all_records(monkeypatch)
    assert len(faults) > 100
    assert find_faults(busy) == faults


def replay_all_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the check replay every record by the rules, without the statement that leaves sound ones out."""
    keys = 'SELECT DISTINCT row_id FROM change WHERE "table" = ? ORDER BY row_id'
    monkeypatch.setattr(
        integrity_check,
        "list_unproven_records",
        lambda cursor, table: [key for (key,) in cursor.execute(keys, (table,)).fetchall()],
    )
    for module in (integrity_check, replay):
        monkeypatch.setattr(module, "copy_addition", lambda _values: None)


PLANTED_VALUES = (
    """json_insert(value, '$.title', 'planted')""",
    """replace(value, '"title": ', '"title": "first", "title": ')""",
    """replace(value, '}', ', "title": "last"}')""",
    """replace(value, '"title": "', '"title": "\\u0020')""",
    """replace(replace(value, '"title": "', '"title": ["'), '", "', '"], "')""",
    """replace(value, '"title"', '"t\\u0069tle"')""",
    """replace(value, '"title"', '"Title"')""",
    """replace(value, '"status": "', '"status": "\ud7ff')""",
    """replace(value, '"in_plan": 1', '"in_plan": true')""",
    """replace(value, '"in_plan": 1', '"in_plan": "1"')""",
    """replace(value, '"in_plan": 1', '"in_plan": 1.0')""",
    """replace(value, '"in_plan": 1', '"in_plan": 99999999999999999999')""",
    """replace(value, '"in_plan": 1', '"in_plan": NaN')""",
    """replace(value, '"in_plan": 1', '"in_plan": 0x1')""",
    """upper(value)""",
    """' ' || value || ' '""",
    """'[' || value || ']'""",
    """'"text"'""",
    """CAST(value AS BLOB)""",
    """replace(value, '{', '{"unknown": 1, ')""",
    """replace(value, '{', '{"deleted": 1, ')""",
    """replace(value, '{', '{"_deleted": true, ')""",
    """replace(value, '{', '{"_held": true, ')""",
)
"""Values that a line of a hostile journal could have instead of its own, in SQL."""
PLANTED_COLUMNS = (
    "title = CAST(title AS BLOB)",
    """title = '["' || title || '"]'""",
    "deleted = 0, lead = CAST(lower(hex(lead)) AS TEXT)",
    "in_plan = 1.0",
    "evidence = ''",
    "title = title || char(0) || 'x'",
    "ref_key = ref",
)


@pytest.mark.parametrize("planted", [*PLANTED_VALUES, *PLANTED_COLUMNS])
def test_planted_values_have_the_same_faults_with_and_without_the_statement(
    planted: str, busy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = (
        f"UPDATE change SET value = {planted} WHERE \"table\" = 'actions' AND field = '_row'"
        if planted in PLANTED_VALUES
        else f"UPDATE OR IGNORE actions SET {planted} WHERE true"
    )
    edit_database_directly(
        busy.database.path, NO_GUARD, "PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", statement
    )
    with busy.database.read() as cursor:
        faults = list(integrity_check.find_journal_faults(cursor))
        replay_all_records(monkeypatch)
        assert list(integrity_check.find_journal_faults(cursor)) == faults


def test_records_that_were_added_and_never_changed_take_no_replay(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        assert integrity_check.list_unproven_records(cursor, "actions") == []
        assert integrity_check.list_unproven_records(cursor, "parties") == []


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
