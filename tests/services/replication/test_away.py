"""A pack contains the whole workspace, opens only with its passphrase, and no two laptops issue the same reference."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import AhtcError, BadFile, BadInput, Refused, StoreError
from ahtc_tui.services.actions.service import close_action, show_action
from ahtc_tui.services.contacts.service import add_contact, show_contact
from ahtc_tui.services.desk_people import find_desk_person, set_desk_person
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import list_steps, undo_step
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person, preview_erasure
from ahtc_tui.services.recovery.passphrase import set_passphrase
from ahtc_tui.services.replication import office_pack
from ahtc_tui.services.replication.office_pack import OpenedWorkspace, create_pack, open_pack
from ahtc_tui.services.settings.screen_state import remember_list_places, remember_unsaved_texts
from ahtc_tui.services.workspace import SETTINGS, Workspace, is_locked
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.replication.office_pack import build_pack_suffix, draw_suffix
from tests.builders import TODAY, edit_database_directly, make_action, query_rows, read_live_rows
from tests.faults.test_erasing import list_copies, plant_person

PASSPHRASE = "carreg afon lleuad"


@pytest.fixture
def away(busy: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on the second laptop."""
    create_pack(busy, tmp_path / "forum.ahtc", PASSPHRASE)
    yield (opened := open_packed(open_pack(tmp_path / "forum.ahtc", tmp_path / "laptop", PASSPHRASE)))
    opened.close()


def open_packed(opened: OpenedWorkspace) -> Workspace:
    """The workspace that was made of a pack."""
    return open_workspace(opened.workspace, TODAY, PASSPHRASE)


def test_packs_of_two_laptops_have_different_names(busy: Workspace, away: Workspace) -> None:
    packs = [office_pack.create_pack_in_exports(workspace, PASSPHRASE) for workspace in (busy, away, away)]
    assert len({pack.file.name for pack in packs}) == 3
    assert {pack.file.name for pack in packs} == {f"pack-{pack.letters.lower()}-{TODAY}.ahtc" for pack in packs}


def test_a_pack_brings_every_record_and_its_history_to_the_other_laptop(busy: Workspace, away: Workspace) -> None:
    assert read_live_rows(away) == read_live_rows(busy)
    journal = "SELECT * FROM change ORDER BY id"
    assert query_rows(away, journal) == query_rows(busy, journal)
    assert list_steps(away, 999) == list_steps(busy, 999)
    assert find_faults(away) == []


def test_a_pack_holds_templates_but_no_settings_and_exports(wales: Workspace, tmp_path: Path) -> None:
    (wales.root / "ahtc.toml").write_text('theme = "ahtc"\n')
    (wales.root / "templates" / "cy").mkdir(parents=True)
    (wales.root / "templates" / "cy" / "agenda.docx").write_bytes(b"PK\x03\x04")
    (wales.root / "templates" / "secret.docx").symlink_to("/etc/hostname")
    (wales.exports / "log.xlsx").write_bytes(b"went out")
    (wales.root / "data" / "crash.log").write_text("a fault")
    created = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE)
    assert created.files == ("templates/cy/agenda.docx",)
    opened = open_pack(created.file, tmp_path / "laptop", PASSPHRASE)
    root = opened.workspace
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    assert names == ["data/ahtc.db", "templates/cy/agenda.docx"]
    assert (root / "templates/cy/agenda.docx").read_bytes() == b"PK\x03\x04"
    assert [oct(path.stat().st_mode & 0o077) for path in root.rglob("*")] == ["0o0"] * 5


def test_existing_files_in_the_folder_are_kept(wales: Workspace, tmp_path: Path) -> None:
    for root, text in ((wales.root, b"theirs"), (tmp_path / "laptop", b"ours")):
        (root / "templates").mkdir(parents=True)
        (root / "templates" / "agenda.docx").write_bytes(text)
    create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE)
    opened = open_pack(tmp_path / "forum.ahtc", tmp_path / "laptop", PASSPHRASE)
    assert (opened.files, opened.kept) == ((), ("templates/agenda.docx",))
    assert (tmp_path / "laptop" / "templates" / "agenda.docx").read_bytes() == b"ours"


@pytest.mark.parametrize(
    "text", [b'[hub]\nurl = "postgresql+psycopg://x@example.org/x"\nevery = 1\n', b"a = " + b"[" * 100_000]
)
def test_settings_in_a_pack_are_left_out_and_named(wales: Workspace, tmp_path: Path, text: bytes) -> None:
    """Packs of earlier versions hold them; an address of a hub there would send the records to somebody else."""
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file
    with closing(Database(file, PASSPHRASE)) as pack, pack.read() as cursor:
        cursor.execute("INSERT INTO pack_files (name, data) VALUES (?, ?)", (str(SETTINGS), text))
    opened = open_pack(file, tmp_path / "laptop", PASSPHRASE)
    assert (opened.files, opened.left_out) == ((), ("ahtc.toml",))
    with closing(open_packed(opened)) as laptop:
        assert laptop.hub.url == ""
        assert not (laptop.root / SETTINGS).exists()
        assert read_live_rows(laptop) == read_live_rows(wales)


def test_what_was_typed_or_looked_for_does_not_travel_in_a_pack(wales: Workspace, tmp_path: Path) -> None:
    remember_unsaved_texts(wales, {"ActionForm": {"title": "Half a sentence"}})
    remember_list_places(wales, {"actions": ("jeff", "DP-36")}, 0)
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file
    with closing(Database(file, PASSPHRASE)) as pack, pack.read() as cursor:
        values = " ".join(value for (value,) in cursor.execute("SELECT value FROM setting").fetchall())
    assert "Half a sentence" not in values
    assert "jeff" not in values


def test_a_pack_is_encrypted_and_only_its_passphrase_opens_it(busy: Workspace, tmp_path: Path) -> None:
    set_passphrase(busy, "another one for the office")
    with closing(open_workspace(busy.root, TODAY, "another one for the office")) as office:
        file = create_pack(office, tmp_path / "forum.ahtc", PASSPHRASE).file
    data = file.read_bytes()
    assert [word for word in (b"SQLite", b"Bawso", b"CREATE TABLE", b"ahtc.toml") if word in data] == []
    assert file.stat().st_mode & 0o777 == 0o600
    for wrong in ("another one for the office", "carreg afon lleuad ", ""):
        with pytest.raises(AhtcError, match="passphrase is wrong"):
            open_pack(file, tmp_path / "laptop", wrong)
    assert not (tmp_path / "laptop").exists()
    opened = open_pack(file, tmp_path / "laptop", PASSPHRASE)
    assert is_locked(opened.workspace)
    with pytest.raises(StoreError):
        open_workspace(opened.workspace, TODAY, "another one for the office")


def test_a_pack_is_a_database_that_opens_with_its_passphrase(wales: Workspace, tmp_path: Path) -> None:
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file
    with closing(Database(file, PASSPHRASE)) as opened, opened.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM actions").fetchone() == (44,)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["forum.ahtc", "office"]


def test_a_pack_is_written_atomically_and_never_overwrites(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "forum.ahtc"
    for passphrase in ("", "short"):
        with pytest.raises(BadInput):
            create_pack(wales, file, passphrase)
    with pytest.raises(BadInput, match=r"a \.ahtc file"):
        create_pack(wales, tmp_path / "forum.zip", PASSPHRASE)
    create_pack(wales, file, PASSPHRASE)
    first = file.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        create_pack(wales, file, PASSPHRASE)
    edit_database_directly(wales.database.path, "UPDATE actions SET title = 'Something else' WHERE ref = 'DP-01'")
    with pytest.raises(StoreError, match="is damaged"):
        create_pack(wales, file, PASSPHRASE, force=True)
    assert file.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["forum.ahtc", "office"]


def test_an_existing_workspace_is_not_replaced(wales: Workspace, tmp_path: Path) -> None:
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file
    before = wales.database.path.read_bytes()
    with pytest.raises(Refused, match=r"exists already\. Nothing was changed"):
        open_pack(file, wales.root, PASSPHRASE)
    assert wales.database.path.read_bytes() == before


def test_a_file_that_is_no_pack_is_refused(wales: Workspace, tmp_path: Path) -> None:
    (tmp_path / "notes.ahtc").write_text("Minutes of the Leadership Group. " * 500)
    (tmp_path / "empty.ahtc").touch()
    set_passphrase(wales, PASSPHRASE)
    for name in ("notes.ahtc", "empty.ahtc", "none.ahtc", "office", "office/data/ahtc.db"):
        with pytest.raises(BadFile) as refused:
            open_pack(tmp_path / name, tmp_path / "laptop", PASSPHRASE)
        assert str(refused.value).count("\n") == 0
    assert not (tmp_path / "laptop").exists()


@pytest.mark.long
def test_a_pack_with_paths_outside_the_workspace_is_refused(wales: Workspace, tmp_path: Path) -> None:
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file
    for name in (
        "../outside.txt",
        "templates/../../outside.txt",
        str(tmp_path / "outside.txt"),
        "data/ahtc.db",
        "templates",
    ):
        with closing(Database(file, PASSPHRASE)) as opened, opened.read() as cursor:
            cursor.execute("INSERT OR REPLACE INTO pack_files VALUES ('a', 'x'), (?, 'x')", (name,))
            cursor.execute("DELETE FROM pack_files WHERE name <> ?", (name,))
        with pytest.raises(AhtcError):
            open_pack(file, tmp_path / "laptop", PASSPHRASE)
        assert not (tmp_path / "laptop").exists()
        assert not (tmp_path / "outside.txt").exists()


def test_a_pack_that_cannot_be_opened_leaves_nothing(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wales.root / SETTINGS).write_text('theme = "nord"')
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file

    def refuse_workspace(*_arguments: object, **_options: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(office_pack, "open_workspace", refuse_workspace)
        with pytest.raises(StoreError):
            open_pack(file, tmp_path / "laptop", PASSPHRASE)
    assert not (tmp_path / "laptop").exists()
    open_packed(open_pack(file, tmp_path / "laptop", PASSPHRASE)).close()


def test_history_names_the_device_and_undo_reverses_only_its_own(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, title="Done in the office")
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file
    opened = open_pack(file, tmp_path / "laptop", PASSPHRASE, "Wrexham \x1b[2J laptop")
    assert re.fullmatch(r"Wrexham \[2J laptop-[0-9a-f]{8}", opened.device)
    with closing(open_packed(opened)) as office:
        with pytest.raises(Refused, match="nothing to undo"):
            undo_step(office)
        make_action(office, title="Done at the forum")
        devices = query_rows(office, "SELECT DISTINCT device FROM step ORDER BY seq DESC LIMIT 1")
        assert devices == [(opened.device,)]
        undo_step(office)
        assert show_action(office, "DP-45").row.title == "Done in the office"


@pytest.mark.long
def test_every_pack_and_every_opening_has_its_own_suffix(wales: Workspace, tmp_path: Path) -> None:
    opened = []
    for number in range(3):
        file = create_pack(wales, tmp_path / f"{number}.ahtc", PASSPHRASE).file
        opened += [open_pack(file, tmp_path / f"{number}-{turn}", PASSPHRASE) for turn in range(2)]
    letters = [opened_pack.letters for opened_pack in opened]
    assert [opened_pack[0] for opened_pack in letters] == list("AABBCC")
    assert all(opened_pack.marked for opened_pack in opened)
    assert len(set(letters)) == 6
    assert len({opened_pack.device for opened_pack in opened}) == 6
    with closing(open_packed(opened[0])) as laptop:
        second_pack = create_pack(laptop, tmp_path / "again.ahtc", PASSPHRASE)
    assert second_pack.letters == f"{letters[0]}A"
    assert open_pack(second_pack.file, tmp_path / "third", PASSPHRASE).letters.startswith(f"{letters[0]}A")


@pytest.mark.long
def test_a_pack_remembers_who_opened_it(wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ahtc_tui.store.replication.office_pack.RANDOM_LETTERS", "BC")
    file = create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file
    letters = [open_pack(file, tmp_path / f"laptop{turn}", PASSPHRASE).letters for turn in range(5)]
    assert sorted(letters[:4]) == ["ABB", "ABC", "ACB", "ACC"]
    assert len(letters[4]) == 4


def test_no_suffix_is_a_prefix_of_another() -> None:
    """Packs, and packs made from packs, all give different letters to the laptops that open them."""
    codes = [build_pack_suffix("", number) for number in range(200)]
    assert codes[:3] + codes[22:25] == ["A", "B", "C", "Y", "ZA", "ZB"]
    assert [pair for pair in pairwise(sorted(codes)) if pair[1].startswith(pair[0])] == []
    children = [build_pack_suffix(draw_suffix(code), number) for code, number in product(codes, range(3))]
    assert len({draw_suffix(code) for code in (*codes, *children)}) == len(codes) + len(children)
    assert set("".join(codes)).isdisjoint("IO0123456789")


def test_suffixes_of_one_pack_grow_longer_when_used_up() -> None:
    drawn_suffixes: set[str] = set()
    for _opening in range(450):
        drawn_suffixes.add(draw_suffix("B", drawn_suffixes))
    assert len(drawn_suffixes) == 450
    assert {len(suffix) for suffix in drawn_suffixes} == {3, 4}


def test_references_with_a_suffix_are_found_however_typed(away: Workspace) -> None:
    [(letters,)] = query_rows(away, "SELECT value FROM setting WHERE name = 'letters'")
    action = make_action(away, title="Agree dates")
    number = int(re.findall("[0-9]+", action.ref)[0])
    assert action.ref == f"DP-{number}{letters}"
    for typed in (action.ref.lower(), f"dp {number}{letters}", f"DP–{number}{letters}", f"dp{number}{letters.lower()}"):
        assert show_action(away, typed).row.ref == action.ref
    assert close_action(away, action.ref).ref == action.ref
    assert find_faults(away) == []


def test_a_reference_without_suffix_is_the_action_of_the_office(away: Workspace) -> None:
    make_action(away, title="Agree dates")
    assert show_action(away, "DP-45").row.ref == "DP-45"


def test_a_person_added_on_both_sides_has_two_references(busy: Workspace, away: Workspace) -> None:
    refs = [
        add_contact(office, build_contact_draft({"name": "Chair of the Wrexham forum", "kind": "post"}, TODAY)).ref
        for office in (busy, away)
    ]
    assert refs[0] == "chair-of-the-wrexham-forum"
    assert refs[1].startswith("chair-of-the-wrexham-forum.a")
    assert show_contact(away, refs[1]).row.ref == refs[1]


@pytest.mark.long
def test_erased_persons_are_not_in_a_pack(wales: Workspace, tmp_path: Path) -> None:
    ref = plant_person(wales)
    erase_person(wales, ref)
    opened = open_pack(create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE).file, tmp_path / "laptop", PASSPHRASE)
    assert (opened.workspace / "data" / "erasures").exists()
    with closing(open_packed(opened)) as laptop:
        from ahtc_tui.services.recovery.passphrase import remove_passphrase

        remove_passphrase(laptop)
    assert list_copies(tmp_path / "laptop") == []


@pytest.mark.long
def test_an_erasure_names_and_removes_earlier_packs(wales: Workspace) -> None:
    ref = plant_person(wales)
    create_pack(wales, wales.exports / "forum.ahtc", PASSPHRASE)
    assert "exports/forum.ahtc" in preview_erasure(wales, ref).files
    assert "exports/forum.ahtc" in erase_person(wales, ref, exports=True).removed
    assert not (wales.exports / "forum.ahtc").exists()


READER = """
import os, sys
from pathlib import Path
from ahtc_tui.services.replication.office_pack import open_pack
import ahtc_tui.store.engine.copies, concurrent.futures.thread, fcntl, pathvalidate, tempfile, tomllib
import sqlalchemy.dialects.sqlite
from ahtc_tui.store.engine.driver import SCHEMA_VERSION
from ahtc_tui.store.engine.foreign_file import build_schema
build_schema(SCHEMA_VERSION)  # loads what another user of this machine may not read
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
opened = open_pack(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
print(opened.marked, opened.letters)
"""


@pytest.mark.long
def test_a_pack_on_a_read_only_disk_can_be_opened(wales: Workspace) -> None:
    with TemporaryDirectory() as passing:
        stick, laptop = Path(passing) / "stick", Path(passing) / "laptop"
        stick.mkdir()
        laptop.mkdir()
        create_pack(wales, stick / "forum.ahtc", PASSPHRASE)
        Path(passing).chmod(0o755)
        (stick / "forum.ahtc").chmod(0o444)
        stick.chmod(0o555)
        laptop.chmod(0o777)
        process = subprocess.run(
            [sys.executable, "-c", READER, str(stick / "forum.ahtc"), str(laptop / "office"), PASSPHRASE],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "AHTC_USER": "nobody"},
            cwd=Path(__file__).parents[3],
        )
        stick.chmod(0o755)
    assert re.fullmatch("False A[A-Z]{2}\n", process.stdout), process.stderr


def test_the_person_at_the_desk_stays_at_the_desk(wales: Workspace, tmp_path: Path) -> None:
    set_desk_person(wales, "Example Officer", "Policy Lead")
    create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE)
    open_pack(tmp_path / "forum.ahtc", tmp_path / "away", PASSPHRASE)
    with closing(open_workspace(tmp_path / "away", TODAY, PASSPHRASE)) as away:
        assert find_desk_person(away) is None
    assert find_desk_person(wales) is not None
