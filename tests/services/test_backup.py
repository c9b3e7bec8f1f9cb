"""Tests of backups: complete, checked, under a dated name, and made automatically before large changes."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from ahtc_tui.domain.backup.model import DamagedDatabase
from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.domain.settings.parser import Retention
from ahtc_tui.services import backup
from ahtc_tui.services.doctor import examine_setup, find_faults
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.backup import snapshot
from ahtc_tui.store.backup.snapshot import DIGEST, FORMER_DIGEST, ROW_ENCODERS, compute_digest, open_snapshot, read_seal
from ahtc_tui.store.engine import integrity_check
from tests.builders import TODAY, edit_database_directly, make_action, read_live_rows

LOG = "Ref,Action,Lead,Status\nDP-17,,,on hold\n"

pytestmark = pytest.mark.backups


def set_clock(office: Workspace, day: int, hour: int = 9) -> Workspace:
    """Open the workspace on a day in January 2030."""
    return replace(office, now=lambda: datetime(2030, 1, day, hour, tzinfo=UTC))


def list_reasons(office: Workspace) -> list[str]:
    """Return the reason of each backup, oldest first."""
    return [row.what for row in reversed(backup.list_backups(office))]


def test_a_backup_is_complete_and_readable_by_its_owner_only(busy: Workspace) -> None:
    backup_made = backup.make_backup(set_clock(busy, 5))
    assert backup_made.file.name == "ahtc-2030-01-05-090000-asked.db"
    assert backup_made.file.parent == busy.root / "data" / "backups"
    assert backup_made.file.stat().st_mode & 0o777 == 0o600
    assert backup_made.file.parent.stat().st_mode & 0o777 == 0o700
    with open_snapshot(backup_made.file) as copy:
        assert read_live_rows(replace(busy, database=copy)) == read_live_rows(busy)
    assert backup_made.records == sum(len(rows) for rows in read_live_rows(busy).values())
    assert [path.name for path in backup_made.file.parent.iterdir()] == [backup_made.file.name]


def test_an_existing_file_is_overwritten_only_with_force(busy: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup.make_backup(busy, target)
    first = target.read_bytes()
    make_action(busy, title="Since then")
    with pytest.raises(Refused, match="exists already"):
        backup.make_backup(busy, target)
    assert target.read_bytes() == first
    backup.make_backup(busy, target, force=True)
    assert target.read_bytes() != first
    with pytest.raises(StoreError, match="does not exist"):
        backup.make_backup(busy, tmp_path / "nowhere" / "copy.db")


def test_a_damaged_database_is_not_backed_up(busy: Workspace) -> None:
    edit_database_directly(busy.database.path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    with pytest.raises(DamagedDatabase, match=r"2 faults"):
        backup.make_backup(busy)
    with pytest.raises(DamagedDatabase, match="ahtc check"):
        backup.back_up_before(busy, "import")
    assert list(busy.backups.iterdir()) == []


def test_others_write_while_a_backup_is_made_and_it_holds_what_they_wrote(
    wales: Workspace, colleague: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "PAGES_AT_ONCE", 100)
    titles = iter(["Agree the first date", "Agree the second date"])

    def write(*_progress: object) -> None:
        for title in titles:
            make_action(colleague, title=title)
            break

    monkeypatch.setattr(snapshot, "_Progress", lambda: SimpleNamespace(refuse_delay=write))
    report = backup.make_backup(wales)
    with open_snapshot(report.file) as copy, copy.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM actions WHERE title LIKE 'Agree the % date'").fetchone() == (2,)
    assert find_faults(wales) == []


def test_a_backup_ends_although_others_never_cease_to_write(
    wales: Workspace, colleague: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "PAGES_AT_ONCE", 100)
    refuse_delay = snapshot._Progress.refuse_delay

    def write(progress: snapshot._Progress, status: int, remaining: int, total: int) -> None:
        refuse_delay(progress, status, remaining, total)
        if remaining:
            make_action(colleague, title=f"Agree date {remaining}")

    monkeypatch.setattr(snapshot._Progress, "refuse_delay", write)
    with open_snapshot(backup.make_backup(wales).file) as copy:
        assert integrity_check.find_faults(copy) == []


def test_unchanged_data_are_backed_up_only_once(busy: Workspace) -> None:
    first = backup.back_up_before(busy, "Import")
    assert first.name.endswith("-before-import.db")
    assert backup.back_up_before(busy, "merge") == first, "nothing was saved since"
    make_action(busy)
    assert backup.back_up_before(busy, "merge").name.endswith("-before-merge.db")
    assert list_reasons(busy) == ["before-import", "before-merge"]


def test_a_damaged_backup_is_not_reused(busy: Workspace) -> None:
    first = backup.back_up_before(busy, "import")
    first.write_bytes(b"nothing")
    assert backup.back_up_before(busy, "import") != first


def test_an_import_makes_a_backup_first_and_a_dry_run_does_not(wales: Workspace, tmp_path: Path) -> None:
    log, people = tmp_path / "log.csv", tmp_path / "people.csv"
    log.write_text(LOG, encoding="utf-8")
    people.write_text("Name,Email\nSam Post,sam@example.invalid\n", encoding="utf-8")
    apply_actions_import(wales, [log], ImportOptions(TakeMode.NONE))
    assert list_reasons(wales) == []
    before = read_live_rows(wales)
    assert apply_actions_import(wales, [log]).files[0].changed
    [row] = backup.list_backups(wales)
    assert row.what == "before-import"
    with open_snapshot(row.file) as copy:
        assert read_live_rows(replace(wales, database=copy)) == before
    import_contacts(wales, [people])
    assert list_reasons(wales) == ["before-import"] * 2


def test_an_import_without_a_backup_writes_nothing(wales: Workspace, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    before = read_live_rows(wales)
    (wales.root / "data" / "backups").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="backups"):
        apply_actions_import(wales, [log])
    assert read_live_rows(wales) == before


def test_an_automatic_backup_is_made_only_after_changes(wales: Workspace) -> None:
    assert backup.make_automatic_backup(set_clock(wales, 5)) is None, "no change has been written yet"
    make_action(wales)
    assert backup.make_automatic_backup(replace(set_clock(wales, 5), keep=Retention(daily=False))) is None
    assert backup.make_automatic_backup(set_clock(wales, 5)) is not None
    assert backup.make_automatic_backup(set_clock(wales, 5, 10)) is None, "nothing was saved since"
    make_action(wales)
    assert backup.make_automatic_backup(set_clock(wales, 5, 18)) is not None
    assert list_reasons(wales) == ["automatic", "automatic"]


def test_a_listed_backup_says_what_it_holds(wales: Workspace) -> None:
    make_action(wales)
    backup.make_backup(wales)
    [row] = backup.list_backups(wales)
    assert (row.holds["actions"], sum(row.holds.values())) == (45, row.records)
    assert row.written is not None
    assert abs((row.made - row.written).total_seconds()) < 120


@pytest.mark.long
def test_surplus_backups_are_removed_and_other_files_kept(wales: Workspace) -> None:
    office = replace(wales, keep=Retention(recent=2, days=0, weeks=0, months=0))
    (office.backups / "mine.db").write_bytes(b"kept")
    for day in range(1, 6):
        make_action(office)
        backup.make_automatic_backup(set_clock(office, day))
    backup.make_backup(set_clock(office, 6))
    left = sorted(path.name for path in office.backups.iterdir())
    assert [name[10:18] for name in left] == ["01-04-09", "01-05-09", "01-06-09", ""][: len(left)]
    assert left[-1] == "mine.db"


def test_the_list_marks_damaged_backups_and_those_before_an_erasure(wales: Workspace) -> None:
    backup.make_backup(set_clock(wales, 1))
    broken = backup.make_backup(set_clock(wales, 2)).file
    data = bytearray(broken.read_bytes())
    data[data.index(b"Joyce Watson")] ^= 1
    broken.write_bytes(data)
    (wales.backups / "notes.db").write_bytes(b"no database at all")
    erase_person(wales, "jeff-farrar")
    rows = {row.file.name[:24]: row for row in backup.list_backups(wales)}
    assert rows["ahtc-2030-01-01-090000-a"].whole
    assert rows["ahtc-2030-01-01-090000-a"].before_erasure
    assert not rows["ahtc-2030-01-02-090000-a"].whole
    assert "seal" in rows["ahtc-2030-01-02-090000-a"].faults[0]
    assert "not a database of ahtc" in rows["notes.db"].faults[0]
    [after] = [row for row in rows.values() if row.what == "after-erasure"]
    assert (after.whole, after.before_erasure) == (True, False)


def test_the_seal_of_an_older_version_is_still_checked(wales: Workspace) -> None:
    path = backup.make_backup(wales).file
    with open_snapshot(path) as copy, copy.read() as cursor:
        values = {**read_seal(cursor), FORMER_DIGEST: compute_digest(cursor, FORMER_DIGEST)}
    del values[DIGEST]
    edit_database_directly(path, f"UPDATE setting SET value = '{json.dumps(values)}' WHERE name = 'backup'")
    assert backup.list_backups(wales)[0].faults == ()
    edit_database_directly(path, "UPDATE step SET label = 'another'")
    assert "seal" in backup.list_backups(wales)[0].faults[0]


def test_the_bytes_of_a_seal_never_change() -> None:
    rows = [(1, None, "ŵ", b"\x00", 1.5, 2**40)]
    expected = (
        "5b01000000 2806000000 6901000000 4e 7502000000c5b5 730100000000 67000000000000f83f 6c03000000000000000004"
    )
    assert ROW_ENCODERS[DIGEST](rows) == bytes.fromhex(expected)
    assert ROW_ENCODERS[FORMER_DIGEST](rows) == b"(1, None, '\\u0175', b'\\x00', 1.5, 1099511627776)"


def test_no_backup_keeps_the_name_of_an_erased_person(wales: Workspace) -> None:
    report = erase_person(wales, "jeff-farrar")
    assert report.backups == ()
    assert list_reasons(wales) == ["after-erasure"]
    assert b"Farrar" not in backup.list_backups(wales)[0].file.read_bytes()


def test_doctor_says_how_old_the_newest_backup_is(wales: Workspace) -> None:
    def newest_backup() -> tuple[bool, str]:
        return {name: (well, detail) for name, well, detail in examine_setup(wales.root)}["newest backup"]

    assert newest_backup() == (True, "none yet (`ahtc backup`)")
    make_action(wales)
    backup_made = backup.make_backup(wales)
    assert newest_backup() == (True, f"made today, nothing was saved since: {backup_made.file.name}")
    make_action(wales)
    assert newest_backup()[1].startswith("made today, 1 step since")
    old = replace(wales, now=lambda: datetime.now(UTC) + timedelta(days=9))
    newest, steps, days = backup.describe_unsaved_work(old)
    assert (newest and newest.file, steps, days) == (backup_made.file, 1, 9)


def test_backup_settings_are_read_and_checked(wales: Workspace) -> None:
    settings = wales.root / "ahtc.toml"
    settings.write_text("[backups]\ndaily = false\nrecent = 3\n", encoding="utf-8")
    with closing(open_workspace(wales.root, TODAY)) as office:
        assert office.keep == Retention(daily=False, recent=3)
    settings.write_text("[backups]\ndays = 'many'\n", encoding="utf-8")
    with closing(open_workspace(wales.root, TODAY)) as office:
        assert office.keep.days == Retention().days
