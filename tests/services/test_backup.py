"""A backup is whole and checked when it is made, under a dated name, and made by itself before what is hard to undo."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ahtc_tui.domain.backup.model import Keep, NotWhole
from ahtc_tui.domain.errors import BadInput, Refused, StoreError
from ahtc_tui.domain.imports.report import Take, Wishes
from ahtc_tui.services import backup
from ahtc_tui.services.doctor import examine
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.backup.snapshot import looked_at
from tests.builders import TODAY, an_action, foreign_hand, live_rows

LOG = "Ref,Action,Lead,Status\nDP-12,,,on hold\n"


def at(office: Workspace, day: int, hour: int = 9) -> Workspace:
    """The same office on a day of a far January."""
    return replace(office, now=lambda: datetime(2030, 1, day, hour, tzinfo=UTC))


def names(office: Workspace) -> list[str]:
    """Why each backup was made, the oldest first."""
    return [row.what for row in reversed(backup.list_backups(office))]


def test_a_backup_holds_everything_and_only_its_owner_reads_it(busy: Workspace) -> None:
    made = backup.make_backup(at(busy, 5))
    assert made.file.name == "ahtc-2030-01-05-090000-asked.db"
    assert made.file.parent == busy.root / "data" / "backups"
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert made.file.parent.stat().st_mode & 0o777 == 0o700
    with looked_at(made.file) as copy:
        assert live_rows(replace(busy, database=copy)) == live_rows(busy)
    assert made.records == sum(len(rows) for rows in live_rows(busy).values())
    assert [path.name for path in made.file.parent.iterdir()] == [made.file.name]


def test_a_file_that_stands_there_is_left_alone_unless_forced(busy: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup.make_backup(busy, target)
    first = target.read_bytes()
    an_action(busy, title="Since then")
    with pytest.raises(Refused, match="exists already"):
        backup.make_backup(busy, target)
    assert target.read_bytes() == first
    backup.make_backup(busy, target, force=True)
    assert target.read_bytes() != first
    with pytest.raises(StoreError, match="does not exist"):
        backup.make_backup(busy, tmp_path / "nowhere" / "copy.db")


def test_no_backup_is_made_of_a_database_that_is_not_whole(busy: Workspace) -> None:
    foreign_hand(busy.database.path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    with pytest.raises(NotWhole, match=r"2 faults"):
        backup.make_backup(busy)
    with pytest.raises(NotWhole, match="ahtc check"):
        backup.before(busy, "import")
    assert list(busy.backups.iterdir()) == []


def test_before_something_large_a_backup_is_made_once_for_what_is_there(busy: Workspace) -> None:
    first = backup.before(busy, "Import")
    assert first.name.endswith("-before-import.db")
    assert backup.before(busy, "merge") == first, "nothing was written since"
    an_action(busy)
    assert backup.before(busy, "merge").name.endswith("-before-merge.db")
    assert names(busy) == ["before-import", "before-merge"]


def test_a_backup_that_was_damaged_since_does_not_serve(busy: Workspace) -> None:
    first = backup.before(busy, "import")
    first.write_bytes(b"nothing")
    assert backup.before(busy, "import") != first


def test_an_import_makes_a_backup_first_and_a_dry_run_does_not(wales: Workspace, tmp_path: Path) -> None:
    log, people = tmp_path / "log.csv", tmp_path / "people.csv"
    log.write_text(LOG, encoding="utf-8")
    people.write_text("Name,Email\nSam Post,sam@example.invalid\n", encoding="utf-8")
    apply_actions_import(wales, [log], Wishes(Take.NONE))
    assert names(wales) == []
    before = live_rows(wales)
    assert apply_actions_import(wales, [log]).files[0].changed
    [row] = backup.list_backups(wales)
    assert row.what == "before-import"
    with looked_at(row.file) as copy:
        assert live_rows(replace(wales, database=copy)) == before
    import_contacts(wales, [people])
    assert names(wales) == ["before-import"] * 2


def test_an_import_that_finds_no_room_for_the_backup_writes_nothing(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    before = live_rows(wales)
    (wales.root / "data" / "backups").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="backups"):
        apply_actions_import(wales, [log])
    assert live_rows(wales) == before


def test_the_backup_of_the_day_is_made_once_and_only_where_somebody_worked(wales: Workspace) -> None:
    assert backup.daily(at(wales, 5)) is None, "nobody has written anything yet"
    an_action(wales)
    assert backup.daily(replace(at(wales, 5), keep=Keep(daily=False))) is None
    made = backup.daily(at(wales, 5))
    assert made is not None
    an_action(wales)
    assert backup.daily(at(wales, 5, 18)) is None
    assert backup.daily(at(wales, 6)) is not None
    assert backup.daily(at(wales, 7)) is None, "nothing was written since"


def test_older_ones_are_let_go_and_foreign_files_are_not(wales: Workspace) -> None:
    office = replace(wales, keep=Keep(recent=2, days=0, weeks=0, months=0))
    (office.backups / "mine.db").write_bytes(b"kept")
    for day in range(1, 6):
        an_action(office)
        backup.daily(at(office, day))
    backup.make_backup(at(office, 6))
    left = sorted(path.name for path in office.backups.iterdir())
    assert [name[10:18] for name in left] == ["01-04-09", "01-05-09", "01-06-09", ""][: len(left)]
    assert left[-1] == "mine.db"


def test_what_a_killed_program_left_is_swept_away_later(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [folder / ".ahtc-x.db" for folder in (wales.backups, wales.backups.parent)]
    for path in left:
        path.write_bytes(b"half")
    backup.make_backup(wales)
    assert all(path.exists() for path in left), "another program may be at it"
    monkeypatch.setattr(backup, "LEFT_OVER", -1)
    backup.make_backup(wales)
    assert not any(path.exists() for path in left)


def test_the_list_says_which_is_whole_and_which_knows_somebody_who_was_erased(wales: Workspace) -> None:
    backup.make_backup(at(wales, 1))
    broken = backup.make_backup(at(wales, 2)).file
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


def test_nothing_keeps_the_name_right_before_an_erasure(wales: Workspace) -> None:
    report = erase_person(wales, "jeff-farrar")
    assert report.backups == ()
    assert names(wales) == ["after-erasure"]
    assert b"Farrar" not in backup.list_backups(wales)[0].file.read_bytes()


def test_doctor_says_how_old_the_newest_backup_is(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def said() -> tuple[bool, str]:
        return {name: (well, detail) for name, well, detail in examine(wales.root)}["newest backup"]

    assert said() == (True, "none yet: `ahtc backup`")
    an_action(wales)
    made = backup.make_backup(wales)
    assert said() == (True, f"of today, nothing was written since: {made.file.name}")
    an_action(wales)
    assert said()[1].startswith("of today, 1 step since")
    old = replace(wales, now=lambda: datetime.now(UTC) + timedelta(days=9))
    newest, steps, days = backup.unsaved(old)
    assert (newest and newest.file, steps, days) == (made.file, 1, 9)


def test_the_settings_are_read_and_what_is_wrong_in_them_is_said(wales: Workspace) -> None:
    settings = wales.root / "ahtc.toml"
    settings.write_text("[backups]\ndaily = false\nrecent = 3\n", encoding="utf-8")
    with closing(open_workspace(wales.root, TODAY)) as office:
        assert office.keep == Keep(daily=False, recent=3)
    settings.write_text("[backups]\ndays = 'many'\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"\[backups\] days wants a number"):
        open_workspace(wales.root, TODAY)
