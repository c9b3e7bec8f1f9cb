"""A folder as hub: laptops converge through their files, whatever a synchronised folder does to these."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import AhtcError, BadFile, BadInput, Refused, StoreError
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.replication.reports import SyncReport
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.paths import is_folder
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.replication.folder_sync import sync_with_folder
from ahtc_tui.services.replication.hub_sync import read_sync_state
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.hub import laptop_file
from ahtc_tui.store.replication.journal_merge import JournalMerge
from tests.builders import TODAY, make_action, make_action_draft, make_party, query_rows, read_live_rows
from tests.services.replication.merging import leave_office
from tests.soundness import check_at_end
from tests.store.folder_laptops import PASSPHRASE
from tests.store.laptops import read_conflicts, read_tables

NAME = "Zebedee Quill"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def sync(office: Workspace, share: Path, *, accept: bool = True, **more: object) -> SyncReport:
    """Sync; the database is checked at the end."""
    options = ImportOptions(accept_erasures=accept)
    (report,) = sync_with_folder(office, str(share), PASSPHRASE, options, **more).files  # type: ignore[arg-type]
    check_at_end(office)
    assert isinstance(report, SyncReport)
    return report


def list_warnings(report: SyncReport) -> str:
    return " ".join(warning.reason for warning in report.warnings)


def find_file(share: Path, office: Workspace) -> Path:
    ((device,),) = query_rows(office, "SELECT value FROM setting WHERE name = 'device'")
    (path,) = share.glob(f"ahtc-{device}.ahtcsync")
    return path


def find_title(office: Workspace, ref: str) -> str:
    return actions.show_action(office, ref).row.title


@pytest.fixture
def there(wales: Workspace, share: Path) -> Workspace:
    """A second laptop; both have synced, and it has a change since."""
    peer = leave_office(wales, "there")
    sync(wales, share)
    sync(peer, share)
    actions.edit_action(peer, "DP-02", make_action_draft(title="There"))
    return peer


def test_laptops_meet_in_the_folder(wales: Workspace, there: Workspace, share: Path) -> None:
    make_action(there, "Made there")
    assert sync(there, share).sent == 3
    report = sync(wales, share)
    assert [(change.ref, change.now) for change in report.changed if change.now] == [("DP-02", "There")]
    assert [record.values["title"] for record in report.added] == ["Made there"]
    assert (report.sent, report.held) == (0, 0)
    assert read_tables(wales) == read_tables(there)
    assert read_sync_state(wales).outgoing == 0


def test_a_file_is_appended_to_and_no_laptop_writes_that_of_another(
    wales: Workspace, there: Workspace, share: Path
) -> None:
    own, other = find_file(share, there), find_file(share, wales)
    before, untouched = own.read_bytes(), other.read_bytes()
    sync(there, share)
    assert own.read_bytes().startswith(before)
    assert len(own.read_bytes()) - len(before) < 40_000
    assert other.read_bytes() == untouched
    unchanged = own.read_bytes()
    assert sync(there, share).sent == 0
    assert own.read_bytes() == unchanged


def test_a_dry_run_writes_nothing(wales: Workspace, there: Workspace, share: Path) -> None:
    files = {path: path.read_bytes() for path in share.iterdir()}
    assert sync(there, share, apply=False).sent == 2
    assert {path: path.read_bytes() for path in share.iterdir()} == files
    sync(there, share)
    assert [change.now for change in sync(wales, share, apply=False).changed if change.now] == ["There"]
    assert find_title(wales, "DP-02") != "There"


def test_a_conflict_is_asked_and_its_resolution_reaches_everybody(
    wales: Workspace, there: Workspace, share: Path
) -> None:
    actions.edit_action(wales, "DP-02", make_action_draft(title="Here"))
    sync(wales, share)
    (question,) = sync(there, share).questions
    conflicts.resolve_conflict(there, question.id, "theirs")
    sync(there, share)
    sync(wales, share)
    assert find_title(wales, "DP-02") == find_title(there, "DP-02")
    assert read_conflicts(wales) == set()


def read_steps(office: Workspace) -> list[str]:
    return [step.label for step in history.list_steps(office) if step.label.startswith("sync")]


@pytest.fixture
def three(wales: Workspace, share: Path) -> tuple[Workspace, Workspace, Workspace]:
    """The office and two laptops, each with a change that the folder has and the office has not."""
    first, second = leave_office(wales, "first"), leave_office(wales, "second")
    for office in (wales, first, second):
        sync(office, share)
    actions.edit_action(first, "DP-02", make_action_draft(title="First"))
    make_action(first, "Made on the first")
    actions.edit_action(second, "DP-03", make_action_draft(title="Second"))
    sync(first, share)
    sync(second, share)
    return wales, first, second


def test_one_undo_takes_back_what_all_laptops_brought(
    three: tuple[Workspace, Workspace, Workspace], share: Path
) -> None:
    office, _first, second = three
    before, number = read_live_rows(office), len(read_steps(office))
    report = sync(office, share)
    assert {change.ref for change in report.changed} >= {"DP-02", "DP-03"}
    after = read_live_rows(office)
    assert len(read_steps(office)) == number + 1
    step = history.find_step_to_undo(office)
    assert step.merged_work is not None
    assert set(step.merged_work.devices) == {"first", "second"}
    history.undo_step(office)
    assert read_live_rows(office) == before
    history.redo_step(office)
    assert read_live_rows(office) == after
    history.undo_step(office)
    sync(office, share)
    assert read_tables(office) == read_tables(second)


def test_a_file_that_cannot_be_merged_takes_nothing_from_the_step(
    three: tuple[Workspace, Workspace, Workspace], share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _first, second = three
    before, run = read_live_rows(office), JournalMerge.run
    odd_path = find_file(share, second)

    def run_or_fail(merge: JournalMerge) -> None:
        run(merge)
        if merge.path == odd_path:
            raise BadFile("This file is odd.")

    with monkeypatch.context() as patch:
        patch.setattr(JournalMerge, "run", run_or_fail)
        assert "This file is odd." in list_warnings(sync(office, share))
    assert (find_title(office, "DP-02"), find_title(office, "DP-03") == "Second") == ("First", False)
    history.undo_step(office)
    assert read_live_rows(office) == before


def test_an_erasure_in_one_file_leaves_the_sync_one_step(
    three: tuple[Workspace, Workspace, Workspace], share: Path
) -> None:
    office, first, second = three
    make_party(second, NAME, "zebedee-quill", kind="person")
    sync(second, share)
    sync(office, share)
    sync(first, share)
    erase_person(second, NAME)
    actions.edit_action(first, "DP-04", make_action_draft(title="First again"))
    actions.edit_action(second, "DP-05", make_action_draft(title="Second again"))
    sync(first, share)
    sync(second, share)
    number = len(read_steps(office))
    sync(office, share)
    assert len(read_steps(office)) == number + 1
    history.undo_step(office)
    assert find_title(office, "DP-04") != "First again"
    assert find_title(office, "DP-05") != "Second again"
    assert not query_rows(office, "SELECT 1 FROM change WHERE value LIKE '%Quill%'")


def test_a_reference_that_a_sync_sent_is_not_issued_again(wales: Workspace, share: Path) -> None:
    ref = make_action(wales, "Sent").ref
    sync(wales, share)
    history.undo_step(wales)
    assert make_action(wales, "Another").ref != ref


def test_what_one_laptop_brought_is_a_step_and_comes_back_with_the_next_sync(
    wales: Workspace, there: Workspace, share: Path
) -> None:
    sync(there, share)
    title = find_title(wales, "DP-02")
    sync(wales, share)
    history.undo_step(wales)
    assert find_title(wales, "DP-02") == title
    sync(wales, share)
    assert find_title(wales, "DP-02") == "There"


def cut_in_the_middle(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def cut_to_nothing(path: Path) -> None:
    path.write_bytes(b"")


def alter_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-500] ^= 1
    path.write_bytes(data)


def append_noise(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\x00" * 5000)


def move_to_a_conflicted_copy(path: Path) -> None:
    path.rename(path.with_name(f"{path.stem} (conflicted copy 2013-12-31).ahtcsync"))


def copy_to_a_conflicted_copy(path: Path) -> None:
    shutil.copyfile(path, path.with_name(f"{path.stem} (1).ahtcsync"))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (cut_in_the_middle, "was cut, or is still being copied"),
        (alter_a_byte, "was cut, or is still being copied"),
        (append_noise, "was cut, or is still being copied"),
        (cut_to_nothing, "was cut, or is still being copied"),
        (move_to_a_conflicted_copy, ""),
        (copy_to_a_conflicted_copy, "is another copy of the file of there"),
        (Path.unlink, "is no longer in the folder"),
    ],
)
def test_a_damaged_file_loses_nothing_and_is_named(
    wales: Workspace, there: Workspace, share: Path, damage: Callable[[Path], None], sentence: str
) -> None:
    sync(there, share)
    sync(wales, share)
    actions.edit_action(there, "DP-03", make_action_draft(title="There too"))
    sync(there, share)
    damage(find_file(share, there))
    assert sentence in list_warnings(sync(wales, share))
    for office in (there, wales, there):
        sync(office, share)
    assert find_title(wales, "DP-03") == "There too"
    assert read_tables(wales) == read_tables(there)


def test_the_own_file_that_was_damaged_is_named_and_whole_after_the_sync(wales: Workspace, share: Path) -> None:
    sync(wales, share)
    path = find_file(share, wales)
    cut_in_the_middle(path)
    assert f"{path.name}, the file of this laptop, was damaged" in list_warnings(sync(wales, share))
    assert list_warnings(sync(wales, share)) == ""


def test_an_older_file_is_named_and_what_it_lacks_stays(wales: Workspace, there: Workspace, share: Path) -> None:
    path = find_file(share, there)
    older = path.read_bytes()
    sync(there, share)
    sync(wales, share)
    path.write_bytes(older)
    report = sync(wales, share)
    assert "is older than what this laptop has of there" in list_warnings(report)
    assert find_title(wales, "DP-02") == "There"
    sync(there, share)
    assert "older" not in list_warnings(sync(wales, share))


def test_a_third_laptop_gets_everything_from_one_file(wales: Workspace, there: Workspace, share: Path) -> None:
    third = leave_office(wales, "third")
    sync(there, share)
    sync(wales, share)
    find_file(share, there).unlink()
    sync(third, share)
    assert find_title(third, "DP-02") == "There"


def test_an_erasure_replaces_the_file_and_reaches_the_others(wales: Workspace, share: Path) -> None:
    make_party(wales, NAME, "zebedee-quill", kind="person")
    peer = leave_office(wales, "there")
    for office in (wales, peer, wales):
        sync(office, share)
    erase_person(peer, NAME)
    assert sync(peer, share).sent_erasures == 1
    read = laptop_file.list_files(share)
    assert [len(file.parts) for file in read if "there" in file.path.name] == [1]
    report = sync(wales, share, accept=False)
    assert [erasure.accepted for erasure in report.erasures] == [False]
    sync(wales, share)
    for office in (wales, peer):
        texts = query_rows(office, "SELECT value FROM change UNION ALL SELECT name FROM parties")
        assert not [text for (text,) in texts if text and "Quill" in text]
        rebuilt = open_from_file(find_file(share, office), office, peer.root.parent / f"check-{office.root.name}")
        assert "Quill" not in rebuilt


def open_from_file(path: Path, office: Workspace, folder: Path) -> str:
    """Return all text of the lines in a file."""
    from ahtc_tui.store.hub.folder import open_folder, open_mirror

    hub = open_folder(path.parent, PASSPHRASE)
    (file,) = [file for file in hub.files if file.path == path]
    folder.mkdir()
    with open_mirror(hub, file, office.database) as peer:
        return " ".join(str(row) for row in peer.execute("SELECT * FROM change").fetchall())


def test_files_are_encrypted_and_a_wrong_passphrase_changes_nothing(
    wales: Workspace, there: Workspace, share: Path
) -> None:
    make_action(there, "Brief the SPOCs of Gwent")
    sync(there, share)
    data = b"".join(path.read_bytes() for path in share.iterdir())
    assert not [word for word in (b"SPOCs", b"SQLite", b"CREATE TABLE", b"Bawso") if word in data]
    files = {path: path.read_bytes() for path in share.iterdir()}
    with pytest.raises(BadFile, match="passphrase is wrong"):
        sync_with_folder(wales, str(share), "another passphrase here")
    assert {path: path.read_bytes() for path in share.iterdir()} == files


def test_a_weak_passphrase_of_a_new_folder_is_refused(wales: Workspace, share: Path) -> None:
    with pytest.raises(BadInput):
        sync_with_folder(wales, str(share), "short")
    assert list(share.iterdir()) == []


def test_the_folder_of_another_office_is_refused(wales: Workspace, share: Path, tmp_path: Path) -> None:
    sync(wales, share)
    make_workspace(tmp_path / "other", None)
    other = open_workspace(tmp_path / "other", TODAY)
    with pytest.raises(Refused, match="another office"):
        sync_with_folder(other, str(share), PASSPHRASE)
    assert len(list(share.iterdir())) == 1
    other.close()


def test_a_missing_folder_is_an_error_and_work_goes_on(wales: Workspace, share: Path) -> None:
    share.rmdir()
    with pytest.raises(StoreError, match="you can work without it"):
        sync_with_folder(wales, str(share), PASSPHRASE)


def test_a_folder_that_cannot_be_written_keeps_the_changes_here(
    wales: Workspace, there: Workspace, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(there, share)
    make_action(wales, "Made here")

    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(laptop_file, "append_part", refuse)
        report = sync(wales, share)
    assert find_title(wales, "DP-02") == "There"
    assert report.is_held_back
    assert "Your changes stay on this laptop" in list_warnings(report)
    assert sync(wales, share).sent > 0


def test_a_file_with_a_foreign_schema_is_left_out_by_name(wales: Workspace, there: Workspace, share: Path) -> None:
    """A view over an endless recursion in the place of a table would hang the reader."""
    from contextlib import closing

    from sqlcipher3 import dbapi2

    from ahtc_tui.store.engine import driver
    from ahtc_tui.store.engine.encryption import derive_key_of_salt

    salt = laptop_file.list_files(share)[0].salt
    path = share.parent / "evil.db"
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        connection.execute(f'PRAGMA key = "{derive_key_of_salt(PASSPHRASE, salt)}"')
        connection.execute(f"PRAGMA application_id = {driver.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {driver.SCHEMA_VERSION}")
        connection.execute(
            "CREATE VIEW change AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        )
    laptop_file.write_file(share / "evil.ahtcsync", path.read_bytes())
    sync(there, share)
    report = sync(wales, share)
    assert "evil.ahtcsync has other tables than this version of ahtc" in list_warnings(report)
    assert find_title(wales, "DP-02") == "There"


def test_files_of_other_programs_are_left_alone(wales: Workspace, share: Path) -> None:
    (share / "Agenda.docx").write_bytes(b"PK\x03\x04")
    (share / "notes").mkdir()
    sync(wales, share)
    assert (share / "Agenda.docx").read_bytes() == b"PK\x03\x04"
    assert len(list(share.iterdir())) == 3


def test_many_small_parts_are_joined(
    wales: Workspace, there: Workspace, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laptop_file, "MOST_PARTS", 4)
    counts = []
    for number in range(6):
        actions.edit_action(there, "DP-02", make_action_draft(title=f"Title {number}"))
        sync(there, share)
        counts.append(next(len(file.parts) for file in laptop_file.list_files(share) if "there" in file.path.name))
    assert max(counts) == 4
    assert 1 in counts
    sync(wales, share)
    assert find_title(wales, "DP-02") == "Title 5"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://h/d", False),
        ("hub", False),
        ("", False),
        ("/mnt/share", True),
        ("C:\\share", True),
        ("~/s", True),
    ],
)
def test_paths_and_addresses_are_told_apart(address: str, expected: bool) -> None:
    assert is_folder(address) is expected


def test_two_laptops_that_start_at_once_choose_one_passphrase(wales: Workspace, share: Path, tmp_path: Path) -> None:
    """Each made its file before the folder was copied: their salts differ."""
    peer = leave_office(wales, "there")
    second = tmp_path / "second"
    second.mkdir()
    sync(wales, share)
    sync(peer, second)
    for path in second.iterdir():
        shutil.copy(path, share)
    make_action(peer, "Made there")
    sync(peer, share)
    assert [record.values["title"] for record in sync(wales, share).added] == ["Made there"]


def test_errors_are_domain_errors(wales: Workspace, share: Path) -> None:
    (share / "odd.ahtcsync").write_bytes(laptop_file.MAGIC + b"\x00" * 100)
    (share / "long.ahtcsync").write_bytes(laptop_file.MAGIC + b"\xff" * 60)
    try:
        report = sync(wales, share)
    except AhtcError:
        raise AssertionError("a damaged file stopped the sync") from None
    assert list_warnings(report).count("was cut, or is still being copied") == 2
