"""Which files can be merged, and what becomes of persons who were erased on one laptop."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile, Refused
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery.passphrase import wants_one
from ahtc_tui.services.replication import conflicts, office_pack
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine.driver import connect
from ahtc_tui.store.replication import peer_database
from tests.builders import TODAY, a_draft, a_party, an_action, an_update, ask, foreign_hand, live_rows, remove
from tests.services.replication.merging import both_ways, laptop, merged
from tests.store.laptops import tables

NAME = "Zebedee Quill"


def encrypted(path: Path, target: Path, key: str) -> Path:
    """A copy of a database under a passphrase."""
    connection = dbapi2.connect(str(path))
    connection.execute("ATTACH ? AS sealed KEY ?", (str(target), key))
    connection.execute("SELECT sqlcipher_export('sealed')")
    for name in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA main.{name}").fetchone()
        connection.execute(f"PRAGMA sealed.{name} = {value}")
    connection.execute("DETACH sealed")
    connection.close()
    return target


def test_an_encrypted_file_opens_with_its_passphrase_alone(wales: Workspace, tmp_path: Path) -> None:
    there = laptop(wales, "there")
    actions.edit_action(there, "DP-01", a_draft(title="Written away"))
    path = encrypted(there.database.path, tmp_path / "forum.ahtc", "it's a ŵ word")
    assert wants_one(path)
    assert not wants_one(there.database.path)
    before, stamp = live_rows(wales), path.read_bytes()
    for wrong in ("another", None):
        with pytest.raises(BadFile, match="passphrase is not right"):
            merge_file(wales, path, key=wrong)
    assert live_rows(wales) == before
    report = merge_file(wales, path, key="it's a ŵ word").files[0]
    assert [one.now for one in report.changed] == ["Written away"]
    assert path.read_bytes() == stamp


def test_a_passphrase_is_the_same_however_a_machine_writes_its_accents(wales: Workspace, tmp_path: Path) -> None:
    there = laptop(wales, "there")
    actions.edit_action(there, "DP-01", a_draft(title="Written away"))
    there.close()
    office_pack.pack(open_workspace(there.root, TODAY), tmp_path / "forum.ahtc", "tŷ gwyn ar y bryn")
    typed = unicodedata.normalize("NFD", "tŷ gwyn ar y bryn")
    assert [one.now for one in merge_file(wales, tmp_path / "forum.ahtc", key=typed).files[0].changed] == [
        "Written away"
    ]


def test_a_letter_that_went_wrong_in_a_plain_file_is_found_and_nothing_comes_in(
    wales: Workspace, tmp_path: Path
) -> None:
    there = laptop(wales, "there")
    actions.edit_action(there, "DP-01", a_draft(title="Train every border officer"))
    there.close()
    whole = there.database.path.read_bytes()
    before = tables(wales)
    for turned in (b"border officez", b"border officer".replace(b"r", b"\xff", 1)):
        path = tmp_path / "brought.ahtc"
        at = whole.index(b"Train every border officer") + len(b"Train every ")
        path.write_bytes(whole[:at] + turned + whole[at + len(turned) :])
        with pytest.raises(BadFile, match="is damaged"):
            merge_file(wales, path)
        assert tables(wales) == before


def test_a_stick_that_is_pulled_out_is_the_fault_of_the_stick(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = laptop(wales, "there")
    an_action(there, "Made away")
    there.close()
    path = tmp_path / "brought.ahtc"
    shutil.copy(there.database.path, path)
    known = peer_database.change_ids

    def pulled(cursor: Any) -> set[bytes]:
        found = known(cursor)
        path.write_bytes(path.read_bytes()[:4096])
        cursor.execute("PRAGMA shrink_memory")
        return found

    monkeypatch.setattr(peer_database, "change_ids", pulled)
    before = tables(wales)
    with pytest.raises(BadFile, match=r"brought\.ahtc cannot be read"):
        merge_file(wales, path)
    assert tables(wales) == before


def test_a_file_of_another_office_and_this_very_database_are_refused(wales: Workspace, tmp_path: Path) -> None:
    make_workspace(tmp_path / "other", "wales-2013")
    for path, said in ((tmp_path / "other" / DATABASE, "another office"), (wales.database.path, "this database")):
        with pytest.raises(Refused, match=said) as refused:
            merge_file(wales, path)
        assert refused.value.exit_code == 6


@pytest.mark.parametrize("what", ["nothing", "empty", "text", "sqlite", "half", "folder", "newer", "torn"])
def test_what_is_no_whole_database_is_refused_in_one_sentence(wales: Workspace, tmp_path: Path, what: str) -> None:
    path = tmp_path / "brought.ahtc"
    if what == "folder":
        path.mkdir()
    elif what == "empty":
        path.touch()
    elif what == "text":
        path.write_text("no database at all" * 400)
    elif what == "sqlite":
        foreign_hand(path, "CREATE TABLE t (x)")
    elif what != "nothing":
        shutil.copy(wales.database.path, path)
        data = path.read_bytes()
        if what == "half":
            path.write_bytes(data[: len(data) // 2])
        elif what == "torn":
            path.write_bytes(data[:40_000] + b"\x5a" * 9000 + data[49_000:])
        else:
            foreign_hand(path, "PRAGMA user_version = 99")
    before = tables(wales)
    with pytest.raises(BadFile) as refused:
        merge_file(wales, path)
    assert str(path) in str(refused.value)
    assert tables(wales) == before


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE change SET "table" = 'sqlite_master'""",
        "UPDATE change SET field = 'x\" = 1; --'",
        "UPDATE change SET value = '{'",
        "UPDATE change SET parents = '[1]'",
        "UPDATE change SET row_id = x'00'",
    ],
)
def test_a_journal_that_no_desk_wrote_is_refused_whole(wales: Workspace, tmp_path: Path, statement: str) -> None:
    there = laptop(wales, "there")
    an_action(there)
    newest = f"{statement} WHERE rowid = (SELECT max(rowid) FROM change)"
    foreign_hand(there.database.path, "DROP TRIGGER change_is_never_altered", newest)
    path = encrypted(there.database.path, tmp_path / "forum.ahtc", "wrexham forum")
    before = tables(wales)
    with pytest.raises(BadFile, match="a line of its journal cannot be read"):
        merge_file(wales, path, key="wrexham forum")
    assert tables(wales) == before


@pytest.mark.parametrize("value", ['{"ref": "X-1", "title": "x", "status": "lost"}', '{"ref": "X-1", "lead": "00"}'])
def test_a_journal_that_no_table_takes_is_refused_whole(wales: Workspace, tmp_path: Path, value: str) -> None:
    there = laptop(wales, "there")
    an_action(there)
    statement = f"UPDATE change SET value = '{value}' WHERE rowid = (SELECT max(rowid) FROM change)"
    foreign_hand(there.database.path, "DROP TRIGGER change_is_never_altered", statement)
    path = encrypted(there.database.path, tmp_path / "forum.ahtc", "wrexham forum")
    before = tables(wales)
    with pytest.raises(BadFile, match="Nothing was changed"):
        merge_file(wales, path, key="wrexham forum")
    assert tables(wales) == before


def test_a_file_that_would_remove_a_fifth_of_everything_is_asked_about_first(workspace: Workspace) -> None:
    keys = [an_action(workspace, f"Promise {n}").key for n in range(20)]
    there = laptop(workspace, "there")
    for key in keys[:8]:
        remove(there, "actions", key)
    before = tables(workspace)
    report = merge_file(workspace, there.database.path)
    assert not report.applied
    (question,) = report.files[0].questions
    assert (question.id, question.ours, question.theirs) == ("removals", "20", "12")
    assert tables(workspace) == before
    assert len(merged(workspace, there, answers={"removals": "theirs"}).changed) == 8


def test_a_copy_that_goes_by_the_same_name_is_merged_and_this_one_gets_a_name_of_its_own(wales: Workspace) -> None:
    shutil.copytree(wales.root, wales.root.parent / "copy")
    copy = open_workspace(wales.root.parent / "copy", TODAY)
    an_action(copy, "Made in the copy")
    an_action(wales, "Made in the first")
    before = live_rows(wales)
    report = merged(wales, copy)
    assert len(report.added) == 1
    assert any("name of its own" in warning.reason for warning in report.warnings)
    assert ask(wales, "SELECT value FROM setting WHERE name = 'device'") != ask(
        copy, "SELECT value FROM setting WHERE name = 'device'"
    )
    assert history.undo(wales) == "merge ahtc.db"
    assert live_rows(wales) == before


@pytest.fixture
def known(wales: Workspace) -> tuple[Workspace, Workspace]:
    """A person whom the office and a laptop know."""
    key = a_party(wales, NAME, "zebedee-quill", kind="person")
    with wales.database.write("address") as ledger:
        ledger.change("parties", key, {"email": "zebedee@example.invalid"})
    an_update(wales, "DP-02", f"{NAME} will send the leaflet.")
    return wales, laptop(wales, "there")


@pytest.mark.parametrize("erased_here", [True, False])
def test_who_is_erased_on_one_laptop_is_erased_on_both_and_nothing_brings_them_back(
    known: tuple[Workspace, Workspace], tmp_path: Path, erased_here: bool
) -> None:
    here, there = known
    eraser, writer = (here, there) if erased_here else (there, here)
    ref = an_action(writer, f"Ring {NAME}", lead="zebedee-quill").ref
    an_update(writer, "DP-01", f"Spoke to {NAME} at length.")
    with writer.database.write("new address") as ledger:
        key = ask(writer, "SELECT id FROM parties WHERE name = ?", NAME)[0][0]
        ledger.change("parties", key, {"email": "zebedee.quill@example.invalid"})
    erase_person(eraser, NAME)
    for end in both_ways(here, there, tmp_path):
        end.close()
    merged(here, there)
    assert actions.show_action(here, ref).row.lead is None
    here.close()
    data = here.database.path.read_bytes().lower()
    assert b"zebedee" not in data
    assert "zebedee" not in (here.root / "data" / "erasures").read_text().lower()
    again = open_workspace(here.root, TODAY)
    assert merged(again, there).read == 0
    assert conflicts.list_conflicts(again) == []
    assert b"zebedee" not in again.database.path.read_bytes().lower()
    again.close()


def test_a_seat_that_an_erasure_left_to_nobody_is_no_question_on_another_laptop(wales: Workspace) -> None:
    there = laptop(wales, "there")
    erase_person(there, "joyce-watson")
    assert merged(wales, there).questions == ()
    assert merged(there, wales).questions == ()
    assert conflicts.list_conflicts(wales) == conflicts.list_conflicts(there) == []


@pytest.mark.parametrize("erased_there_too", [False, True])
def test_what_only_a_third_laptop_knows_of_an_erased_person_is_taken_out_of_what_came_before_it(
    known: tuple[Workspace, Workspace], tmp_path: Path, erased_there_too: bool
) -> None:
    office, writer = known
    third = laptop(office, "third")
    an_update(writer, "DP-01", "Send it to quill.z@example.invalid or Zebedee.Quill@example.invalid.")
    key = ask(third, "SELECT id FROM parties WHERE name = ?", NAME)[0][0]
    for address in ("quill.z@example.invalid", "zebedee.quill@example.invalid"):
        with third.database.write("address") as ledger:
            ledger.change("parties", key, {"email": address})
    for each in (office, third)[: 1 + erased_there_too]:
        erase_person(each, NAME)
    ends = []
    for name, files in (("one", (writer, third)), ("two", (third, writer)), ("three", (writer, third, writer))):
        shutil.copytree(office.root, tmp_path / name)
        end = open_workspace(tmp_path / name, TODAY)
        for file in files:
            merged(end, file)
        assert actions.show_action(end, "DP-01").updates[0].text == "Send it to [removed] or [removed]."
        assert merged(end, third).read == 0
        ends.append(end)
    shutil.copytree(third.root, tmp_path / "four")
    end = open_workspace(tmp_path / "four", TODAY)
    for file in (writer, office):
        merged(end, file)
    assert tables(ends[0]) == tables(ends[1]) == tables(ends[2]) == tables(end)


def test_two_laptops_that_erased_the_same_person_agree(known: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    here, there = known
    for office in known:
        erase_person(office, NAME)
    an_action(there, "Made after it")
    both_ways(here, there, tmp_path)


def test_an_undo_of_a_merge_leaves_an_erasure_as_it_is(known: tuple[Workspace, Workspace]) -> None:
    here, there = known
    an_action(there, "Made away")
    erase_person(there, NAME)
    merged(here, there)
    assert history.undo(here) == "merge ahtc.db"
    assert ask(here, "SELECT count(*) FROM parties WHERE name = ?", NAME) == [(0,)]
    assert not [row for row in live_rows(here)["actions"] if "Made away" in row]
    with pytest.raises(Refused, match="erased since"):
        history.undo(here)


def test_a_database_in_use_elsewhere_is_read_and_left(wales: Workspace) -> None:
    there = laptop(wales, "there")
    an_action(there, "Made away")
    other = connect(there.database.path)
    assert len(merged(wales, there).added) == 1
    assert other.execute("SELECT count(*) FROM actions").fetchone()[0] == 45
    other.close()
