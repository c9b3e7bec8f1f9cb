"""Attacks by a copy that writes what no ahtc writes beside the values: erasures, places of lines, steps."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from _pytest.outcomes import Failed

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.errors import AhtcError, BadFile
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.domain.replication.chains import ChainFaultKind
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services import doctor, history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication.folder_sync import sync_with_folder
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.replication.verification import compare_with_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.engine.copies import copy_database
from ahtc_tui.store.engine.driver import open_connection
from ahtc_tui.store.journal import ledger
from ahtc_tui.store.journal.chain import (
    CHAIN_START,
    CHANGE_COLUMNS,
    CONFIRMED,
    INSERT_CHANGE,
    INSERT_PLACE,
    KEEP_PLACES,
    ChainHead,
    ChangePlace,
    StoredChange,
    chain_change,
    compute_digest,
    compute_redacted_digest,
    derive_step_key,
    format_purpose,
    read_head,
)
from ahtc_tui.store.journal.chain_check import find_withheld
from ahtc_tui.store.privacy.erasure_register import hash_name, list_erased_keys, read_salt
from ahtc_tui.store.records.rows import select_rows
from tests.builders import (
    make_action,
    make_action_draft,
    make_party,
    make_update,
    query_rows,
    read_live_rows,
)
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office, merge_and_check
from tests.soundness import check_at_end, check_changed, forget_changed
from tests.store import border_mutants
from tests.store.folder_laptops import PASSPHRASE, write_as_laptop_file
from tests.store.hostile_copy import GUARDS, RAW_KEY
from tests.store.laptops import read_tables

NAME = "Zebedee Quill"
STORED = ("change", "missing_change", "step", "erasure", "counter", "merged_change")


def list_titles(office: Workspace) -> dict[str, str]:
    return {row.ref: row.title for row in actions.list_actions(office, ActionFilter(ActionScope.ALL))}


def read_stored(office: Workspace) -> dict[str, list[Any]]:
    return {table: sorted(query_rows(office, f"SELECT * FROM {table}"), key=repr) for table in STORED}


def run_hostile(office: Workspace, *statements: tuple[Any, ...]) -> Path:
    """Run statements on a closed copy, past the guards of its journal; return an encrypted copy of it.

    The tables of an encrypted file are not compared with its journal.
    """
    check_changed()
    office.close()
    path = office.database.path
    with closing(open_connection(path)) as connection:
        guards = [
            connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (g,)).fetchone()[0] for g in GUARDS
        ]
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement, *values in statements:
            connection.execute(statement, tuple(values))
        for guard in guards:
            connection.execute(guard)
    encrypted = path.with_suffix(".ahtc")
    encrypted.unlink(missing_ok=True)
    encrypted.touch()
    copy_database(path, None, encrypted, RAW_KEY)
    return encrypted


def merge(office: Workspace, path: Path, **options: Any) -> MergeFileReport:
    (file,) = merge_file(office, path, ImportOptions(**options), key=RAW_KEY).files
    assert isinstance(file, MergeFileReport)
    check_at_end(office)
    return file


def add_hashes(office: Workspace, *words: str) -> tuple[Any, ...]:
    """Return the statement that adds words to the hashes of the erased person of a copy."""
    ((marks, salt),) = query_rows(
        office,
        "SELECT marks, (SELECT value FROM setting WHERE name = 'erasure_salt') FROM erasure WHERE marks <> '[]'",
    )
    hashes = [*json.loads(marks), *(hash_name(word, parse_key(salt)) for word in words)]
    return "UPDATE erasure SET marks = ? WHERE marks <> '[]'", json.dumps(hashes)


REWRITE = """UPDATE change SET value = {}, "user" = 'jane', salt = NULL,
 erased_by = (SELECT row_id FROM erasure WHERE marks <> '[]') WHERE {}"""


@pytest.fixture
def eraser(wales: Workspace) -> Workspace:
    """A copy that erased a person honestly, whom the office has."""
    make_party(wales, NAME, "zebedee-quill", kind="person")
    make_update(wales, "DP-02", f"{NAME} will send the leaflet.")
    peer = leave_office(wales, "eraser")
    erase_person(peer, NAME)
    return peer


ANYTHING = "json_set(value, '$.title', 'Anything at all')"
"""A text that the table takes: nothing but the check of its author keeps it out."""


@pytest.mark.parametrize("value", [ANYTHING, "'no JSON'"])
def test_an_erasure_with_the_hashes_of_ordinary_words_changes_no_word(
    wales: Workspace, eraser: Workspace, value: str
) -> None:
    titles = list_titles(wales)
    named = [ref for ref, title in titles.items() if "police" in title.lower() or "training" in title.lower()]
    assert len(named) > 2
    condition = (
        "field IN ('_row', 'title') AND \"table\" = 'actions' AND (value LIKE '%olice%' OR value LIKE '%raining%')"
    )
    words = add_hashes(eraser, "police", "Police", "training", "Training")
    path = run_hostile(eraser, words, (REWRITE.format(value, condition),))
    before = query_rows(wales, """SELECT id, value, "user" FROM change WHERE "table" = 'actions'""")
    report = merge(wales, path, accept_erasures=True)
    assert list_titles(wales) == titles
    assert not [ref for (ref,) in query_rows(wales, "SELECT value FROM change WHERE value LIKE '%Zebedee%'")]
    changes = set(query_rows(wales, 'SELECT id, value, "user" FROM change'))
    assert set(before) <= changes
    assert not [row for row in changes if row[1] == "no JSON" or row[2] == "jane" or "Anything" in str(row[1])]
    (names,) = [item for item in report.erasures if item.words]
    assert {word.lower() for word in names.words} >= {"police", "training"}
    assert not names.accepted
    assert {row.before for row in names.passages} >= {titles[ref] for ref in named if "Police" in titles[ref]}
    assert any(question.id == names.id and "olice" in question.reason for question in report.questions)
    third = leave_office(wales, "third")
    assert list_titles(third) == titles


def test_further_words_change_what_was_shown_once_they_are_answered(wales: Workspace, eraser: Workspace) -> None:
    ref = make_action(wales, "Ring Quillfeather tomorrow").ref
    path = run_hostile(eraser, add_hashes(eraser, "Quillfeather", "leaflet"))
    (names,) = [item for item in merge(wales, path, accept_erasures=True).erasures if item.words]
    assert names.words == ("Quillfeather",), "a word that nothing would change is not asked about"
    assert list_titles(wales)[ref] == "Ring Quillfeather tomorrow"
    report = merge(wales, path, answers={names.id: "theirs"})
    assert [item.accepted for item in report.erasures] == [True]
    assert list_titles(wales)[ref] == "Ring a former member tomorrow"
    assert "Quillfeather" not in str(query_rows(wales, "SELECT value FROM change"))
    assert merge(wales, path).erasures == ()


def test_further_words_are_shown_in_earlier_texts_and_each_text_alone(wales: Workspace, eraser: Workspace) -> None:
    """The history shows a text that was replaced, and conflicts do; each change has a line that shows it."""
    said = "Said at the forum. " * 20
    ref = make_action(wales, "Ring Quillfeather tomorrow", detail=f"{said}Quillfeather knows").ref
    actions.edit_action(wales, ref, make_action_draft(title="Ring the office"))
    path = run_hostile(eraser, add_hashes(eraser, "Quillfeather"))
    report = merge(wales, path, accept_erasures=True)
    (names,) = [item for item in report.erasures if item.words]
    assert {(row.field, row.before, row.after) for row in names.passages} == {
        ("title", "Ring Quillfeather tomorrow", "Ring a former member tomorrow"),
        ("detail", f"{said}Quillfeather knows", f"{said}A former member knows"),
        ("label", "add Ring Quillfeather tomorrow", "add Ring a person tomorrow"),
    }
    (reason,) = [question.reason for question in report.questions if question.id == names.id]
    _sentence, *changes = reason.splitlines()
    assert ["Quillfeather" in change for change in changes] == [True] * len(names.passages)


def test_changes_that_were_rewritten_before_this_copy_had_them_wait_for_an_answer(
    wales: Workspace, eraser: Workspace
) -> None:
    third = leave_office(wales, "third")
    ref = make_action(third, "An honest title").ref
    merge_and_check(eraser, third)
    path = run_hostile(eraser, forge_title(eraser)[0])
    report = merge(wales, path, accept_erasures=True)
    assert ref not in list_titles(wales)
    (rewritten,) = [item for item in report.erasures if item.id.endswith("-rewritten")]
    assert "A forged title" in rewritten.passages[0].after
    assert "A forged title" in next(question for question in report.questions if question.id == rewritten.id).reason
    merge_and_check(wales, third)
    assert list_titles(wales)[ref] == "An honest title"


def test_changes_that_their_own_laptop_redacted_come_in_without_an_answer(wales: Workspace, eraser: Workspace) -> None:
    third = leave_office(wales, "third")
    refs = [make_action(third, f"Ring {NAME} {n}").ref for n in range(3)]
    make_update(third, "DP-02", f"{NAME} rang.")
    merge_and_check(third, eraser)
    for local, peer in ((eraser, third), (wales, eraser)):
        report = merge_and_check(local, peer)
        assert (report.questions, report.refused, report.altered) == ((), (), ())
    assert [list_titles(wales)[ref] for ref in refs] == [f"Ring a former member {n}" for n in range(3)]
    assert read_tables(wales) == read_tables(eraser) == read_tables(third)
    make_action(third, "Made after the erasure")
    assert merge_and_check(wales, third).altered == ()
    with wales.database.read() as cursor:
        assert find_withheld(cursor, list_erased_keys(cursor)) == []


@pytest.mark.parametrize("device", ["eraser", "third"])
def test_a_text_is_confirmed_in_the_chain_of_its_own_laptop_alone(
    wales: Workspace, eraser: Workspace, device: str
) -> None:
    """Whoever forges the confirmation forges that chain, which is named as soon as the laptop itself comes."""
    third = leave_office(wales, "third")
    ref = make_action(third, "An honest title").ref
    merge_and_check(eraser, third)
    rewrite, row = forge_title(eraser)
    with eraser.database.read() as cursor:
        salt, (person,) = read_salt(cursor) or b"", list_erased_keys(cursor, people=True)
        head = read_head(cursor, device)
    digest = compute_redacted_digest(salt, row)
    place = ChangePlace(
        *(RowKey(b"\x08" * 16), 1, 1, device, RowKey(b"\x09" * 16), "parties", person, CONFIRMED, "[]"),
        *(head.position + 1, digest, b"", "erase"),
    )
    place = place._replace(chain=chain_change(head.chain, place))
    report = merge(wales, run_hostile(eraser, rewrite, (INSERT_PLACE, *place)), accept_erasures=True)
    make_action(third, "Made meanwhile")
    later = merge_and_check(wales, third)
    if device == "eraser":
        assert [item.accepted for item in report.erasures if item.id.endswith("-rewritten")] == [False]
        assert list_titles(wales)[ref] == "An honest title"
    else:
        assert [(fault.device, fault.reason) for fault in later.altered] == [("third", ChainFaultKind.FORKED)]


def forge_title(office: Workspace) -> tuple[tuple[str, str], StoredChange]:
    """Return the statement that rewrites the title of the third laptop for an erasure, and the change after it."""
    condition = "device = 'third' AND value LIKE '%An honest title%'"
    with office.database.read() as cursor:
        (row,) = select_rows(cursor, StoredChange, f"SELECT {CHANGE_COLUMNS} FROM change WHERE {condition}")
    value = str(row.value).replace("An honest title", "A forged title")
    return (REWRITE.format("?1", condition), value), row._replace(value=value, user="jane")


def bring_rewritten(
    way: str, wales: Workspace, eraser: Workspace, value: str, request: pytest.FixtureRequest
) -> MergeFileReport:
    """Rewrite the action "Ring the office" of a copy, and bring it to the office in one of four ways."""
    rewrite = REWRITE.format("?1", "value LIKE '%Ring the office%'")
    if way == "hub":
        hub: Hub = request.getfixturevalue("hub")
        sync_and_check(eraser, hub)
        with hub.server.connect(hub.name) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(rewrite.replace("%", "%%").replace("?1", "%s").encode(), (value,))
        return sync_and_check(wales, hub)
    pack = run_hostile(eraser, (rewrite, value))
    if way == "pack":
        return merge(wales, pack, accept_erasures=True)
    if way == "plain file":
        return merge_and_check(wales, eraser)
    share = pack.parent / "share"
    share.mkdir()
    write_as_laptop_file(eraser.database.path, share / "eraser.ahtcsync")
    (report,) = sync_with_folder(wales, str(share), PASSPHRASE, ImportOptions(accept_erasures=True)).files
    assert isinstance(report, MergeFileReport)
    return report


@pytest.mark.parametrize(
    ("way", "value"),
    [
        *((way, "no JSON") for way in ("pack", "plain file", "folder", "hub")),
        *(("pack", value) for value in ("[" * 100_000, '"\\ud800"')),
    ],
)
def test_a_rewritten_value_that_cannot_be_read_is_refused_by_name(
    wales: Workspace, eraser: Workspace, request: pytest.FixtureRequest, way: str, value: str
) -> None:
    ref = make_action(eraser, "Ring the office").ref
    make_action(eraser, "Honest work")
    ((line,),) = query_rows(eraser, "SELECT position FROM change WHERE value LIKE '%Ring the office%'")
    report = bring_rewritten(way, wales, eraser, value, request)
    assert "Honest work" in list_titles(wales).values()
    assert ref not in list_titles(wales)
    reason = "The value contains invalid characters." if "ud800" in value else "The value cannot be read."
    assert [(refused.device, refused.line, refused.reason) for refused in report.refused] == [("eraser", line, reason)]
    assert not [question for question in report.questions if question.id.endswith("-rewritten")], "nobody is asked"
    assert integrity_check.find_faults(wales.database) == []


def test_rows_that_only_the_other_copy_counts_to_a_person_need_their_own_answer(
    wales: Workspace, eraser: Workspace
) -> None:
    rows = query_rows(wales, "SELECT id FROM action_parties WHERE NOT deleted")
    assert rows
    statement = "INSERT INTO erasure VALUES (?, '2026-01-01', 'asked', '[]')"
    path = run_hostile(eraser, *((statement, key) for (key,) in rows))
    report = merge(wales, path, accept_erasures=True)
    assert query_rows(wales, "SELECT id FROM action_parties WHERE NOT deleted") == rows
    assert [item.accepted for item in report.erasures if item.id.endswith("-rows")] == [False]


def forge_place(office: Workspace, device: str) -> tuple[Any, ...]:
    """Return the statement that adds a place without a line at the next position of a device."""
    with office.database.read() as cursor:
        head: ChainHead = read_head(cursor, device)
        (row_id,) = cursor.execute("SELECT row_id FROM change WHERE device = ?", (device,)).fetchone()
    key, step = RowKey(b"\x07" * 16), derive_step_key(1, 1, 1, device, "do")
    place = ChangePlace(
        key, 1, 1, device, step, "actions", row_id, "title", "[]", head.position + 1, b"\x07" * 32, b"", "do"
    )
    return INSERT_PLACE, *place._replace(chain=chain_change(head.chain, place))


def test_a_forged_place_does_not_lock_out_its_device(wales: Workspace) -> None:
    third, peer = leave_office(wales, "third"), leave_office(wales, "there")
    make_action(third, "First of the third")
    merge_and_check(peer, third)
    merge_and_check(wales, third)
    path = run_hostile(peer, forge_place(peer, "third"))
    before = read_stored(wales)
    merge(wales, path)
    assert read_stored(wales) == before, "what stores nothing has no step"
    make_action(third, "Second of the third")
    report = merge_and_check(wales, third)
    assert report.altered == ()
    assert "Second of the third" in list_titles(wales).values()


def test_a_place_without_its_line_that_is_here_gives_way_to_the_line(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    make_action(third, "First of the third")
    merge_and_check(wales, third)
    statement = forge_place(wales, "third")
    with wales.database.write("as an older version stored it") as ledger:
        ledger.cursor.execute(statement[0], statement[1:])
    make_action(third, "Second of the third")
    assert merge_and_check(wales, third).altered == ()
    assert "Second of the third" in list_titles(wales).values()


def hide_lines(office: Workspace, condition: str) -> list[tuple[Any, ...]]:
    return [(f"{KEEP_PLACES} WHERE {condition}",), (f"DELETE FROM change WHERE {condition}",)]


def test_lines_left_out_in_the_middle_are_named_until_they_come(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    for n in range(4):
        actions.edit_action(third, "DP-01", make_action_draft(title=f"Title {n}"))
    peer = leave_office(third, "there")
    path = run_hostile(peer, *hide_lines(peer, "device = 'third' AND position IN (2, 3)"))
    before = read_live_rows(wales)
    report = merge(wales, path)
    assert [(fault.device, fault.line, fault.count) for fault in report.altered] == [("third", 2, 2)]
    assert report.altered[0].reason is ChainFaultKind.WITHHELD
    assert "change 2 from the laptop third" in doctor.find_gaps(wales)[0]
    comparison = compare_with_file(wales, path, RAW_KEY)
    assert [(fault.device, fault.line) for fault in comparison.altered] == [("third", 2)]
    assert [device.whole for device in comparison.devices if device.device == "third"] == [False]
    history.undo_step(wales)
    assert read_live_rows(wales) == before
    assert query_rows(wales, "SELECT 1 FROM missing_change") == []
    history.redo_step(wales)
    assert merge_and_check(wales, third).altered == ()
    assert doctor.find_gaps(wales) == []


def test_the_undo_of_a_merge_keeps_the_place_of_a_refused_line_that_earlier_lines_follow(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    alter = ("UPDATE change SET value = '\"altered\"' WHERE device = 'third' AND position = 2",)
    for merged in range(2):
        for n in range(3):
            actions.edit_action(third, "DP-01", make_action_draft(title=f"Title {merged} {n}"))
        merge(wales, run_hostile(leave_office(third, f"there{merged}"), alter))
    history.undo_step(wales)
    assert len(query_rows(wales, "SELECT 1 FROM missing_change")) == 1
    assert integrity_check.find_faults(wales.database) == []


def test_verify_names_the_first_gap_of_a_chain_that_this_copy_has_whole(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    for n in range(3):
        actions.edit_action(third, "DP-01", make_action_draft(title=f"Title {n}"))
    merge_and_check(wales, third)
    path = run_hostile(third, ("DELETE FROM change WHERE device = 'third' AND position = 2",))
    comparison = compare_with_file(wales, path, RAW_KEY)
    assert [(fault.device, fault.line, fault.reason) for fault in comparison.altered] == [
        ("third", 2, ChainFaultKind.MISSING)
    ]
    assert not comparison.same
    assert [device.whole for device in comparison.devices if device.device == "third"] == [False]


def add_steps(office: Workspace, device: str, *steps: tuple[str, RowKey | None]) -> list[tuple[Any, ...]]:
    """Return the statements that add steps of a device, each with one line, with all hashes; by kind and reversal."""
    with office.database.read() as cursor:
        head = read_head(cursor, device)
        seq, wall_ms = cursor.execute("SELECT max(seq), max(wall_ms) FROM step").fetchone()
        (record,) = cursor.execute("SELECT id FROM actions WHERE ref = 'DP-01'").fetchone()
    statements: list[tuple[Any, ...]] = []
    for number, (kind, reverses) in enumerate(steps, 1):
        step, key, salt = (RowKey(bytes([number, part]) * 8) for part in range(3))
        statements.append(
            (
                "INSERT INTO step VALUES (?, ?, ?, ?, 'root', 'an edit', ?, ?)",
                step,
                wall_ms,
                seq + number,
                device,
                kind,
                reverses,
            )
        )
        line = StoredChange(
            key, wall_ms, seq + number, device, "root", step, "actions", record, "detail", f'"{number}"', "[]"
        )
        line = line._replace(position=head.position + number, salt=salt, purpose=format_purpose(kind, reverses))
        line = line._replace(digest=compute_digest(salt, line.user, line.value))
        line = line._replace(chain=chain_change(head.chain, line))
        head = ChainHead(head.position, line.chain)
        statements.append((INSERT_CHANGE, *line))
    return statements


def read_device(office: Workspace) -> str:
    ((device,),) = query_rows(office, "SELECT value FROM setting WHERE name = 'device'")
    return str(device)


@pytest.mark.parametrize("own", [True, False])
def test_steps_of_another_copy_do_not_touch_the_undo_of_this_one(wales: Workspace, own: bool) -> None:
    """Neither steps under the device of this copy, nor steps that claim to have undone its own."""
    actions.edit_action(wales, "DP-01", make_action_draft(title="My own title"))
    before = list_titles(wales)
    peer = leave_office(wales, "there")
    ((mine,),) = query_rows(wales, "SELECT id FROM step ORDER BY seq DESC LIMIT 1")
    device = read_device(wales) if own else "there"
    steps = [("redo", None)] * 30 if own else [("undo", mine)]
    report = merge(wales, run_hostile(peer, *add_steps(peer, device, *steps)))
    forged = [(fault.device, fault.reason, fault.count) for fault in report.altered]
    assert forged == ([(device, ChainFaultKind.FORGED, 30)] if own else [])
    assert not own or query_rows(wales, "SELECT 1 FROM step WHERE label = 'an edit'") == []
    if not own:
        assert history.undo_step(wales).startswith("merge")
    assert list_titles(wales) == before
    assert history.undo_step(wales).startswith("edit")
    assert list_titles(wales)["DP-01"] != "My own title"


@pytest.mark.parametrize("writer", ["this copy", "a third laptop", "a third laptop that comes with it"])
def test_a_step_that_claims_to_have_undone_one_of_another_laptop_loses_that_relation(
    wales: Workspace, writer: str
) -> None:
    office = wales if writer == "this copy" else leave_office(wales, "third")
    actions.edit_action(office, "DP-01", make_action_draft(title="My own title"))
    ((theirs,),) = query_rows(office, "SELECT id FROM step ORDER BY seq DESC LIMIT 1")
    if writer == "a third laptop":
        merge_and_check(wales, office)
    peer = leave_office(office, "there")
    report = merge(wales, run_hostile(peer, *add_steps(peer, "there", ("undo", theirs))))
    assert not [*report.refused, *report.altered]
    assert query_rows(wales, "SELECT kind, reverses FROM step WHERE device = 'there'") == [("undo", None)]


def test_a_line_that_names_a_step_of_another_device_is_refused(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one of an earlier version, whose key commits to nothing."""
    monkeypatch.setattr(ledger, "derive_step_key", lambda *_columns: ledger.Ledger.create_key())
    actions.edit_action(wales, "DP-01", make_action_draft(title="My own title"))
    peer = leave_office(wales, "there")
    ((mine,),) = query_rows(wales, "SELECT id FROM step ORDER BY seq DESC LIMIT 1")
    _step, line = add_steps(peer, "there", ("do", None))
    change = StoredChange(*line[1:])._replace(transaction=mine)
    change = change._replace(chain=chain_change(CHAIN_START, change))
    report = merge(wales, run_hostile(peer, (INSERT_CHANGE, *change)))
    assert [refused.device for refused in report.refused] == ["there"]
    assert query_rows(wales, "SELECT 1 FROM change WHERE device = 'there'") == []


def test_nobody_names_the_step_of_another_laptop_before_that_comes(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    make_action(third, "An honest title")
    ((theirs, seq, wall_ms, purpose),) = query_rows(
        third, "SELECT DISTINCT \"transaction\", seq, wall_ms, purpose FROM change WHERE device = 'third'"
    )
    peer = leave_office(third, "there")
    _step, line = add_steps(peer, "there", ("do", None))
    change = StoredChange(*line[1:])._replace(transaction=theirs, seq=seq, wall_ms=wall_ms, purpose=purpose)
    change = change._replace(chain=chain_change(CHAIN_START, change))
    hidden = ("DELETE FROM change WHERE device = 'third'",)
    report = merge(wales, run_hostile(peer, hidden, (INSERT_CHANGE, *change)))
    assert [(fault.device, fault.reason) for fault in report.altered] == [("there", ChainFaultKind.ALTERED)]
    assert "An honest title" not in list_titles(wales).values()
    honest = merge_and_check(wales, third)
    assert not [*honest.refused, *honest.altered]
    assert "An honest title" in list_titles(wales).values()


def test_a_step_that_was_altered_on_its_way_comes_in_as_it_was_written(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    make_action(third, "An honest title")
    written = query_rows(third, "SELECT wall_ms, seq, device, user, kind, reverses FROM step WHERE device = 'third'")
    peer = leave_office(third, "there")
    altered = "UPDATE step SET wall_ms = 1, user = 'jane', kind = 'load', seq = 3 WHERE device = 'third'"
    path = run_hostile(peer, (altered,))
    comparison = compare_with_file(wales, path, RAW_KEY)
    assert [(fault.device, fault.reason) for fault in comparison.altered] == [("third", ChainFaultKind.ALTERED)]
    merge(wales, path)
    steps = query_rows(wales, "SELECT wall_ms, seq, device, user, kind, reverses FROM step WHERE device = 'third'")
    assert steps == written


@pytest.mark.parametrize("is_known", [True, False])
def test_a_change_that_commits_to_no_step_is_refused_after_one_that_does(wales: Workspace, is_known: bool) -> None:
    """Neither without the hash of the step nor with all hashes computed by the former rule."""
    third = leave_office(wales, "third")
    make_action(third, "First of the third")
    if is_known:
        merge_and_check(wales, third)
    step, line = add_steps(third, "third", ("do", None))
    with third.database.read() as cursor:
        head = read_head(cursor, "third")
    change = StoredChange(*line[1:])._replace(purpose=None)
    change = change._replace(chain=chain_change(head.chain, change))
    path = run_hostile(third, step, (INSERT_CHANGE, *change))
    report = merge(wales, path)
    assert [(fault.device, fault.reason) for fault in report.altered] == [("third", ChainFaultKind.ALTERED)]
    assert query_rows(wales, "SELECT 1 FROM change WHERE id = ?", change.id) == []


@pytest.mark.parametrize("is_known", [True, False])
def test_a_change_of_another_person_than_its_step_is_refused(wales: Workspace, is_known: bool) -> None:
    third = leave_office(wales, "third")
    make_action(third, "First of the third")
    if is_known:
        merge_and_check(wales, third)
    columns = '"transaction", seq, wall_ms, purpose'
    ((step, seq, wall_ms, purpose),) = query_rows(
        third, f"SELECT DISTINCT {columns} FROM change WHERE device = 'third'"
    )
    _step, line = add_steps(third, "third", ("do", None))
    with third.database.read() as cursor:
        head = read_head(cursor, "third")
    change = StoredChange(*line[1:])._replace(
        transaction=step, seq=seq, wall_ms=wall_ms, purpose=purpose, user="another"
    )
    change = change._replace(digest=compute_digest(change.salt or b"", change.user, change.value))
    change = change._replace(chain=chain_change(head.chain, change))
    report = merge(wales, run_hostile(third, (INSERT_CHANGE, *change)))
    assert [(refused.device, refused.line) for refused in report.refused] == [("third", change.position)]
    assert "First of the third" in list_titles(wales).values()


def test_a_change_of_a_record_whose_addition_was_refused_is_named(wales: Workspace) -> None:
    second = leave_office(wales, "second")
    ref = make_action(second, "Second's title").ref
    third = leave_office(second, "third")
    actions.edit_action(third, ref, make_action_draft(title="Third's title"))
    path = run_hostile(leave_office(third, "there"), ("UPDATE change SET value = '{}' WHERE device = 'second'",))
    report = merge(wales, path)
    assert {fault.device for fault in report.altered} == {"second"}
    assert {refused.device for refused in report.refused} == {"third"}
    assert not merge_and_check(wales, third).refused
    assert list_titles(wales)[ref] == "Third's title"


def test_a_change_whose_hash_of_the_step_was_removed_is_refused(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    make_action(third, "An honest title")
    path = run_hostile(third, ("UPDATE change SET purpose = NULL WHERE device = 'third'",))
    assert [fault.reason for fault in merge(wales, path).altered] == [ChainFaultKind.ALTERED]
    assert "An honest title" not in list_titles(wales).values()


MUTANTS: tuple[tuple[Callable[[pytest.MonkeyPatch], None], Callable[[Workspace, Workspace], None]], ...] = (
    (
        border_mutants.take_rewritten_texts,
        lambda wales, peer: test_an_erasure_with_the_hashes_of_ordinary_words_changes_no_word(wales, peer, ANYTHING),
    ),
    (
        border_mutants.redact_every_word_of_a_peer,
        test_further_words_change_what_was_shown_once_they_are_answered,
    ),
    (
        border_mutants.take_changes_that_were_rewritten_before,
        test_changes_that_were_rewritten_before_this_copy_had_them_wait_for_an_answer,
    ),
    (
        border_mutants.take_texts_that_any_laptop_confirms,
        lambda wales, peer: test_a_text_is_confirmed_in_the_chain_of_its_own_laptop_alone(wales, peer, "eraser"),
    ),
    (
        border_mutants.accept_rows_of_a_peer,
        test_rows_that_only_the_other_copy_counts_to_a_person_need_their_own_answer,
    ),
    (border_mutants.keep_every_place, lambda wales, _peer: test_a_forged_place_does_not_lock_out_its_device(wales)),
    (
        border_mutants.name_no_gap,
        lambda wales, _peer: test_lines_left_out_in_the_middle_are_named_until_they_come(wales),
    ),
    (
        border_mutants.follow_no_chain_of_a_peer,
        lambda wales, _peer: test_verify_names_the_first_gap_of_a_chain_that_this_copy_has_whole(wales),
    ),
    (
        border_mutants.trust_the_steps_of_a_peer,
        lambda wales, _peer: test_a_step_that_was_altered_on_its_way_comes_in_as_it_was_written(wales),
    ),
    (
        border_mutants.let_others_undo_the_steps_of_this_copy,
        lambda wales, _peer: test_a_step_that_claims_to_have_undone_one_of_another_laptop_loses_that_relation(
            wales, "this copy"
        ),
    ),
    (
        border_mutants.let_lines_name_the_steps_of_others,
        lambda wales, _peer: check_older_step(wales),
    ),
    (
        border_mutants.accept_steps_of_any_key,
        lambda wales, _peer: test_nobody_names_the_step_of_another_laptop_before_that_comes(wales),
    ),
    (
        border_mutants.let_third_laptops_be_undone,
        lambda wales, _peer: test_a_step_that_claims_to_have_undone_one_of_another_laptop_loses_that_relation(
            wales, "a third laptop"
        ),
    ),
    (
        border_mutants.accept_lines_under_the_own_device,
        lambda wales, _peer: test_steps_of_another_copy_do_not_touch_the_undo_of_this_one(wales, own=True),
    ),
    (
        border_mutants.accept_hashes_of_the_former_rule,
        lambda wales, _peer: test_a_change_that_commits_to_no_step_is_refused_after_one_that_does(wales, is_known=True),
    ),
    (border_mutants.read_any_schema, lambda wales, _peer: check_schema(wales)),
)


def check_older_step(office: Workspace) -> None:
    with pytest.MonkeyPatch.context() as patch:
        test_a_line_that_names_a_step_of_another_device_is_refused(office, patch)


def check_schema(office: Workspace) -> None:
    path = run_hostile(leave_office(office, "there"), ("CREATE TABLE surprise (text VARCHAR)",))
    with pytest.raises(BadFile):
        merge(office, path)


def run_and_check(scenario: Callable[[Workspace, Workspace], None], office: Workspace, peer: Workspace) -> None:
    scenario(office, peer)
    check_changed()


@pytest.mark.sample(4)
@pytest.mark.parametrize(("mutant", "scenario"), MUTANTS, ids=[mutant.__name__ for mutant, _scenario in MUTANTS])
def test_a_merge_that_trusts_another_copy_is_detected(
    mutant: Callable[[pytest.MonkeyPatch], None],
    scenario: Callable[[Workspace, Workspace], None],
    wales: Workspace,
    eraser: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, Failed, AhtcError)):
        run_and_check(scenario, wales, eraser)
    forget_changed()
