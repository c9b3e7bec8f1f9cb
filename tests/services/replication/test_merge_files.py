"""Files that can be merged, and persons who were erased on one laptop."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import BadFile, Refused
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.running_job import RunningJob, refuse_stopped, run_as_job
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery.passphrase import wants_passphrase
from ahtc_tui.services.replication import conflicts, merge, office_pack
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine.driver import open_connection
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.replication import peer_database
from tests.builders import (
    TODAY,
    edit_database_directly,
    make_action,
    make_action_draft,
    make_minuted_meeting,
    make_party,
    make_update,
    query_rows,
    read_live_rows,
    remove_record,
)
from tests.services.replication.merging import leave_office, merge_and_check, merge_both_ways
from tests.store.laptops import read_tables

NAME = "Zebedee Quill"


def write_encrypted(path: Path, target: Path, key: str) -> Path:
    """Return an encrypted copy of a database."""
    connection = dbapi2.connect(str(path))
    connection.execute("ATTACH ? AS sealed KEY ?", (str(target), key))
    connection.execute("SELECT sqlcipher_export('sealed')")
    for name in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA main.{name}").fetchone()
        connection.execute(f"PRAGMA sealed.{name} = {value}")
    connection.execute("DETACH sealed")
    connection.close()
    return target


def test_an_encrypted_file_opens_only_with_its_passphrase(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="Written away"))
    path = write_encrypted(peer.database.path, tmp_path / "forum.ahtc", "it's a ŵ word")
    assert wants_passphrase(path)
    assert not wants_passphrase(peer.database.path)
    before, stamp = read_live_rows(wales), path.read_bytes()
    for wrong in ("another", None):
        with pytest.raises(BadFile, match="passphrase is wrong"):
            merge_file(wales, path, key=wrong)
    assert read_live_rows(wales) == before
    report = merge_file(wales, path, key="it's a ŵ word").files[0]
    assert [changed.now for changed in report.changed if changed.now] == ["Written away"]
    assert path.read_bytes() == stamp


def test_a_merge_that_is_written_is_completed_after_a_stop(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    peer, job, completed = leave_office(wales, "there"), RunningJob(), []
    actions.edit_action(peer, "DP-01", make_action_draft(title="Written away"))

    def stop_and_settle(_workspace: Workspace) -> None:
        job.is_stopped = True
        refuse_stopped()
        completed.append("erasures")

    monkeypatch.setattr(merge, "settle_erasures", stop_and_settle)
    with run_as_job(job):
        assert merge_file(wales, peer.database.path).applied
    assert completed == ["erasures"]


@pytest.mark.long
def test_passphrases_are_unicode_normalized(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="Written away"))
    peer.close()
    office_pack.create_pack(open_workspace(peer.root, TODAY), tmp_path / "forum.ahtc", "tŷ gwyn ar y bryn")
    typed = unicodedata.normalize("NFD", "tŷ gwyn ar y bryn")
    changed = merge_file(wales, tmp_path / "forum.ahtc", key=typed).files[0].changed
    assert [change.now for change in changed if change.field == "title"] == ["Written away"]


def test_a_damaged_byte_in_a_plain_file_stops_the_merge(wales: Workspace, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="Train every border officer"))
    peer.close()
    original = peer.database.path.read_bytes()
    before = read_tables(wales)
    for turned in (b"border officez", b"border officer".replace(b"r", b"\xff", 1)):
        path = tmp_path / "brought.ahtc"
        at = original.index(b"Train every border officer") + len(b"Train every ")
        path.write_bytes(original[:at] + turned + original[at + len(turned) :])
        with pytest.raises(BadFile, match="is damaged"):
            merge_file(wales, path)
        assert read_tables(wales) == before


def test_a_removed_usb_stick_is_reported_as_an_error_of_the_file(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made away")
    peer.close()
    path = tmp_path / "brought.ahtc"
    shutil.copy(peer.database.path, path)
    original = peer_database.list_change_ids

    def remove_stick(cursor: Any) -> set[RowKey]:
        change_ids = original(cursor)
        path.write_bytes(path.read_bytes()[:4096])
        cursor.execute("PRAGMA shrink_memory")
        return change_ids

    monkeypatch.setattr(peer_database, "list_change_ids", remove_stick)
    before = read_tables(wales)
    with pytest.raises(BadFile, match=r"brought\.ahtc is damaged"):
        merge_file(wales, path)
    assert read_tables(wales) == before


def test_files_of_another_office_and_the_database_itself_are_refused(wales: Workspace, tmp_path: Path) -> None:
    make_workspace(tmp_path / "other", "wales-2013")
    for path, message in ((tmp_path / "other" / DATABASE, "another office"), (wales.database.path, "this database")):
        with pytest.raises(Refused, match=message) as refused:
            merge_file(wales, path)
        assert refused.value.exit_code == 6


@pytest.mark.parametrize("what", ["nothing", "empty", "text", "sqlite", "half", "folder", "newer", "torn"])
def test_a_file_that_is_no_sound_database_is_refused(wales: Workspace, tmp_path: Path, what: str) -> None:
    path = tmp_path / "brought.ahtc"
    if what == "folder":
        path.mkdir()
    elif what == "empty":
        path.touch()
    elif what == "text":
        path.write_text("no database at all" * 400)
    elif what == "sqlite":
        edit_database_directly(path, "CREATE TABLE t (x)")
    elif what != "nothing":
        shutil.copy(wales.database.path, path)
        data = path.read_bytes()
        if what == "half":
            path.write_bytes(data[: len(data) // 2])
        elif what == "torn":
            path.write_bytes(data[:40_000] + b"\x5a" * 9000 + data[49_000:])
        else:
            edit_database_directly(path, "PRAGMA user_version = 99")
    before = read_tables(wales)
    with pytest.raises(BadFile) as refused:
        merge_file(wales, path)
    assert str(path) in str(refused.value)
    assert read_tables(wales) == before


def test_many_removals_are_asked_about_first(workspace: Workspace) -> None:
    keys = [make_action(workspace, f"Promise {n}").key for n in range(20)]
    peer = leave_office(workspace, "there")
    for key in keys[:8]:
        remove_record(peer, "actions", key)
    before = read_tables(workspace)
    report = merge_file(workspace, peer.database.path)
    assert not report.applied
    (question,) = report.files[0].questions
    assert (question.id, question.ours, question.theirs) == ("removals", "20", "12")
    assert read_tables(workspace) == before
    assert len(merge_and_check(workspace, peer, answers={"removals": "theirs"}).changed) == 8


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("table", "number", "reason"),
    [
        ("actions", 44, "remove 44 of 44 actions, more than a fifth"),
        ("actions", 9, "remove 9 of 44 actions"),
        ("practices", 2, "of a kind"),
        ("actions", 8, ""),
        ("meetings", 1, ""),
    ],
)
def test_the_removal_of_a_fifth_or_all_of_a_kind_is_asked_about(
    wales: Workspace, table: Table, number: int, reason: str
) -> None:
    peer = leave_office(wales, "there")
    keys = [key for (key,) in query_rows(peer, f"SELECT id FROM {table} WHERE NOT deleted")]
    if number == 2:
        for key in keys[2:]:
            remove_record(wales, table, key)
    for key in keys[:number]:
        remove_record(peer, table, key)
    before = read_tables(wales)
    report = merge_file(wales, peer.database.path)
    reasons = [question.reason for question in report.files[0].questions]
    assert report.applied == (not reason)
    assert len(reasons) == bool(reason)
    assert reason in "".join(reasons)
    assert (read_tables(wales) == before) == bool(reason)
    if reason:
        merge_and_check(wales, peer, answers={"removals": "theirs"})
        assert query_rows(wales, f"SELECT count(*) FROM {table} WHERE NOT deleted") == [
            (0 if number == 2 else len(keys) - number,)
        ]


def test_parts_that_are_removed_with_their_record_are_not_asked_about(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    make_action(wales)
    for n in range(12):
        add_item(wales, ref, build_agenda_draft({"title": f"Item {n}"}))
    peer = leave_office(wales, "there")
    [(meeting,)] = query_rows(peer, "SELECT id FROM meetings WHERE ref = ?", ref)
    for (item,) in query_rows(peer, "SELECT id FROM agenda_items WHERE meeting = ?", meeting):
        remove_record(peer, "agenda_items", item)
    assert merge_file(wales, peer.database.path, apply=False).files[0].questions, "the items alone are a question"
    remove_record(peer, "meetings", meeting)
    [(remaining,)] = query_rows(peer, "SELECT count(*) FROM agenda_items WHERE NOT deleted")
    [(before,)] = query_rows(wales, "SELECT count(*) FROM agenda_items WHERE NOT deleted")
    assert before - remaining == 14, "the agenda went with its meeting"
    assert remaining < before * 0.8
    merge_and_check(wales, peer)


@pytest.fixture
def diverged(wales: Workspace) -> tuple[Workspace, Workspace]:
    """A person in the register of the office and of a laptop."""
    key = make_party(wales, NAME, "zebedee-quill", kind="person")
    with wales.database.write("address") as ledger:
        ledger.update("parties", key, {"email": "zebedee@example.invalid"})
    make_update(wales, "DP-02", f"{NAME} will send the leaflet.")
    return wales, leave_office(wales, "there")


@pytest.mark.sample(2)
@pytest.mark.parametrize("erased_here", [True, False])
def test_a_person_erased_on_one_laptop_is_erased_on_both(
    diverged: tuple[Workspace, Workspace], tmp_path: Path, erased_here: bool
) -> None:
    local, peer = diverged
    eraser, writer = (local, peer) if erased_here else (peer, local)
    ref = make_action(writer, f"Ring {NAME}", lead="zebedee-quill").ref
    make_update(writer, "DP-01", f"Spoke to {NAME} at length.")
    with writer.database.write("new address") as ledger:
        key = query_rows(writer, "SELECT id FROM parties WHERE name = ?", NAME)[0][0]
        ledger.update("parties", key, {"email": "zebedee.quill@example.invalid"})
    erase_person(eraser, NAME)
    for end in merge_both_ways(local, peer, tmp_path):
        end.close()
    merge_and_check(local, peer)
    assert actions.show_action(local, ref).row.lead is None
    local.close()
    data = local.database.path.read_bytes().lower()
    assert b"zebedee" not in data
    assert "zebedee" not in (local.root / "data" / "erasures").read_text().lower()
    reopened = open_workspace(local.root, TODAY)
    assert merge_and_check(reopened, peer).read == 0
    assert conflicts.list_conflicts(reopened) == []
    assert b"zebedee" not in reopened.database.path.read_bytes().lower()
    reopened.close()


@pytest.mark.long
def test_a_seat_vacated_by_an_erasure_is_no_conflict_elsewhere(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    erase_person(peer, "joyce-watson")
    assert merge_and_check(wales, peer).questions == ()
    assert merge_and_check(peer, wales).questions == ()
    assert conflicts.list_conflicts(wales) == conflicts.list_conflicts(peer) == []


@pytest.mark.long
@pytest.mark.parametrize("erased_there_too", [False, True])
def test_addresses_known_only_to_a_third_laptop_are_redacted(
    diverged: tuple[Workspace, Workspace], tmp_path: Path, erased_there_too: bool
) -> None:
    office, writer = diverged
    third = leave_office(office, "third")
    make_update(writer, "DP-01", "Send it to quill.z@example.invalid or Zebedee.Quill@example.invalid.")
    key = query_rows(third, "SELECT id FROM parties WHERE name = ?", NAME)[0][0]
    for address in ("quill.z@example.invalid", "zebedee.quill@example.invalid"):
        with third.database.write("address") as ledger:
            ledger.update("parties", key, {"email": address})
    for each in (office, third)[: 1 + erased_there_too]:
        erase_person(each, NAME)
    ends = []
    for name, files in (("one", (writer, third)), ("two", (third, writer)), ("three", (writer, third, writer))):
        shutil.copytree(office.root, tmp_path / name)
        end = open_workspace(tmp_path / name, TODAY)
        for file in files:
            merge_and_check(end, file)
        assert actions.show_action(end, "DP-01").updates[0].text == "Send it to [removed] or [removed]."
        assert merge_and_check(end, third).read == 0
        ends.append(end)
    shutil.copytree(third.root, tmp_path / "four")
    end = open_workspace(tmp_path / "four", TODAY)
    for file in (writer, office):
        merge_and_check(end, file)
    assert read_tables(ends[0]) == read_tables(ends[1]) == read_tables(ends[2]) == read_tables(end)


@pytest.mark.long
def test_two_laptops_that_erased_the_same_person_agree(diverged: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    local, peer = diverged
    for office in diverged:
        erase_person(office, NAME)
    make_action(peer, "Made after it")
    merge_both_ways(local, peer, tmp_path)


def test_undo_of_a_merge_keeps_erasures(diverged: tuple[Workspace, Workspace]) -> None:
    local, peer = diverged
    make_action(peer, "Made away")
    erase_person(peer, NAME)
    merge_and_check(local, peer)
    assert history.undo_step(local) == "merge ahtc.db"
    assert query_rows(local, "SELECT count(*) FROM parties WHERE name = ?", NAME) == [(0,)]
    assert not [row for row in read_live_rows(local)["actions"] if "Made away" in row]
    with pytest.raises(Refused, match="erased later"):
        history.undo_step(local)


def test_a_database_in_use_elsewhere_is_read_and_not_changed(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made away")
    connection = open_connection(peer.database.path)
    assert len(merge_and_check(wales, peer).added) == 1
    assert connection.execute("SELECT count(*) FROM actions").fetchone()[0] == 45
    connection.close()
