"""A full export and its import keep every row, the history, undo and erasures."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadFile, BadInput, Cancelled, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.privacy.archive_headings import TABLE_HEADINGS
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.formats.archive import full_export
from ahtc_tui.formats.files import input_guard
from ahtc_tui.services.desk_people import set_desk_person
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import list_changes, undo_step
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery.full_export import export_everything, import_everything
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.backup import full_export as stored
from tests.builders import TODAY, make_action, make_update, query_rows, read_live_rows

Member = Callable[[dict[str, bytes]], object]


def export_archive(office: Workspace, path: Path) -> Path:
    """Export the workspace and return the archive."""
    return export_everything(office, path / "all.zip", force=True).file


def every_table(office: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table without local settings."""
    with office.database.read() as cursor:
        tables = [shape.name for shape in stored.read_shapes(cursor)]
    listed = ", ".join(f"'{name}'" for name in stored.LOCAL_SETTINGS)
    where = {"setting": f" WHERE name NOT IN ({listed})"}
    return {name: query_rows(office, f'SELECT * FROM "{name}"{where.get(name, "")} ORDER BY 1, 2') for name in tables}


def test_an_imported_archive_is_equal_row_for_row(busy: Workspace, tmp_path: Path) -> None:
    make_action(busy, title="=cmd|' /C calc'!A0", detail="ŵ ŷ “…” \u2028 \\n", note="-1")
    undo_step(busy)
    file = export_archive(busy, tmp_path)
    report = import_everything(tmp_path / "new", file, TODAY)
    assert report.applied
    with closing(open_workspace(tmp_path / "new", TODAY)) as office:
        mine, theirs = every_table(busy), every_table(office)
        assert mine.keys() == theirs.keys()
        assert len(mine) > 55
        for table in mine:
            assert mine[table] == theirs[table], table
        assert report.files[0].read == sum(map(len, mine.values()))
        assert find_faults(office) == []
        assert search_records(office, "bawso", 20) == search_records(busy, "bawso", 20)
        second_archive = export_archive(office, tmp_path / "new").read_bytes()
    assert second_archive == file.read_bytes(), "and it goes out again as it came in"


def test_the_person_at_the_desk_is_not_exported(busy: Workspace, tmp_path: Path) -> None:
    set_desk_person(busy, "Example Officer", "Policy Lead")
    with zipfile.ZipFile(export_archive(busy, tmp_path)) as archive:
        assert not [name for name in archive.namelist() if b"Example Officer" in archive.read(name)]


def test_exports_are_deterministic(busy: Workspace, tmp_path: Path) -> None:
    first = export_archive(busy, tmp_path).read_bytes()
    assert export_archive(busy, tmp_path).read_bytes() == first
    assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600


@pytest.mark.long
def test_history_and_undo_continue_after_an_import(busy: Workspace, tmp_path: Path) -> None:
    make_action(busy, title="The last one")
    import_everything(tmp_path / "new", export_archive(busy, tmp_path), TODAY)
    with closing(open_workspace(tmp_path / "new", TODAY)) as office:
        assert list_changes(office, "DP-46") == list_changes(busy, "DP-46")
        assert query_rows(office, "SELECT value FROM setting WHERE name = 'device'") != query_rows(
            busy, "SELECT value FROM setting WHERE name = 'device'"
        )
        assert undo_step(office) == "add The last one"
        assert make_action(office, title="New").ref == make_action(busy, title="New").ref


def test_a_spreadsheet_runs_no_cell_and_a_program_reads_what_was_written(busy: Workspace, tmp_path: Path) -> None:
    make_action(busy, title="=1+1", lead="AHTC")
    with zipfile.ZipFile(export_archive(busy, tmp_path)) as archive:
        rows = json.loads(archive.read("json/actions.json"))
        lines = list(csv.DictReader(io.StringIO(archive.read("csv/actions.csv").decode("utf-8-sig"))))
        assert (rows[-1]["title"], lines[-1]["title"]) == ("=1+1", "'=1+1")
        assert (rows[-1]["lead_ref"], lines[-1]["lead_ref"]) == ("ahtc", "ahtc")
        assert [row["ref"] for row in rows] == [line["ref"] for line in lines]
        for name in archive.namelist():
            if name.startswith("json/"):
                table = name.removeprefix("json/").removesuffix(".json")
                [(stored,)] = query_rows(busy, f'SELECT count(*) FROM "{table}"')
                local = ("departed_seq", "device", "outgoing_paths") if table == "setting" else ()
                assert len(json.loads(archive.read(name))) == stored - len(local)
        assert archive.testzip() is None


def test_a_page_says_what_is_in_it_and_asks_for_nothing_elsewhere(busy: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(export_archive(busy, tmp_path)) as archive:
        page = archive.read("index.html").decode()
        linked = set(re.findall(r'href="([^"]+)"', page))
        assert linked == {name for name in archive.namelist() if "/" in name}
    assert not re.search(r"https?:|//|<script|<link|<img|@import", page)
    assert "OFFICIAL" in page
    assert "31 December 2013" in page


def test_a_page_in_welsh_names_every_table_and_the_marking(busy: Workspace, tmp_path: Path) -> None:
    with use_language(Language.CY), zipfile.ZipFile(export_archive(busy, tmp_path)) as archive:
        page = archive.read("index.html").decode()
    tables = {name.removeprefix("json/").removesuffix(".json") for name in archive.namelist() if name[:5] == "json/"}
    assert not tables - TABLE_HEADINGS.keys()
    assert page.count("SWYDDOGOL") == 2
    assert "OFFICIAL" not in page


def test_the_highest_marking_of_its_records_stands_on_it(busy: Workspace, tmp_path: Path) -> None:
    sensitive = Marking.OFFICIAL_SENSITIVE
    assert export_everything(busy, tmp_path / "a.zip").marking == "official"
    assert export_everything(busy, tmp_path / "b.zip", sensitive).marking == "official-sensitive"
    make_action(busy, marking="official-sensitive")
    assert export_everything(busy, tmp_path / "c.zip").marking == "official-sensitive"
    with pytest.raises(BadInput, match=r"must end in \.zip"):
        export_everything(busy, tmp_path / "c.xlsx")
    with pytest.raises(Refused, match="exists already"):
        export_everything(busy, tmp_path / "c.zip")


def test_an_erased_person_stays_erased(busy: Workspace, tmp_path: Path) -> None:
    older = export_archive(busy, tmp_path)
    erase_person(busy, "jeff-farrar")
    newer = export_everything(busy, tmp_path / "newer.zip").file
    with zipfile.ZipFile(newer) as archive:
        assert not any(b"Farrar" in archive.read(name) for name in archive.namelist())
    (busy.root / "data" / "ahtc.db").rename(tmp_path / "away.db")
    import_everything(busy.root, older, TODAY)
    assert b"Farrar" not in (busy.root / "data" / "ahtc.db").read_bytes(), "the list beside the database knows"
    import_everything(tmp_path / "new", newer, TODAY)
    with closing(open_workspace(tmp_path / "new", TODAY)) as office:
        assert erase_person(office, "Jeff Farrar").done, "the name is known as erased"


def test_an_import_into_a_used_workspace_is_refused(busy: Workspace, tmp_path: Path) -> None:
    file = export_archive(busy, tmp_path)
    before = busy.database.path.read_bytes()
    for apply in (True, False):
        with pytest.raises(Refused, match=r"has data already, and nothing was changed"):
            import_everything(busy.root, file, TODAY, apply=apply)
    assert busy.database.path.read_bytes() == before


@pytest.mark.long
def test_an_import_into_an_empty_workspace_works(busy: Workspace, tmp_path: Path) -> None:
    make_workspace(tmp_path / "new", None)
    empty = open_workspace(tmp_path / "new", TODAY)
    import_everything(tmp_path / "new", export_archive(busy, tmp_path), TODAY)
    with closing(open_workspace(tmp_path / "new", TODAY)) as office:
        assert read_live_rows(office) == read_live_rows(busy)
    with closing(empty), pytest.raises(Exception, match="was replaced by another file"):
        make_action(empty)


def test_a_plan_counts_and_writes_nothing(busy: Workspace, tmp_path: Path) -> None:
    report = import_everything(tmp_path / "new", export_archive(busy, tmp_path), TODAY, apply=False)
    counts = {row.values["table"]: row.values["rows"] for row in report.files[0].added}
    assert counts["actions"] == len(query_rows(busy, "SELECT 1 FROM actions"))
    assert not report.applied
    assert not (tmp_path / "new").exists()


@pytest.mark.long
def test_an_archive_is_a_consistent_snapshot(busy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then, rows = read_live_rows(busy), stored.read_rows

    def write_slowly(*arguments: Any) -> Any:
        make_update(busy, "DP-12", "Meanwhile")
        return rows(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(stored, "read_rows", write_slowly)
        file = export_archive(busy, tmp_path)
    import_everything(tmp_path / "new", file, TODAY)
    with closing(open_workspace(tmp_path / "new", TODAY)) as office:
        assert read_live_rows(office) == then
    assert len(read_live_rows(busy)["updates"]) > len(then["updates"])
    assert sorted(path.name for path in (busy.root / "data").iterdir()) == ["ahtc.db"]


def alter_archive(file: Path, change: Member, target: Path) -> Path:
    """Write the archive with changed members."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as output:
        for name, data in members.items():
            output.writestr(name, data)
    return target


def alter_manifest(members: dict[str, bytes], **values: object) -> None:
    members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **values}).encode()


def alter_table_consistently(
    members: dict[str, bytes], table: str, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    """Change rows of a table and its checksum in the manifest."""
    rows = json.loads(members[f"json/{table}.json"])
    change(rows)
    data = ("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n").encode()
    members[f"json/{table}.json"] = data
    about = json.loads(members["manifest.json"])
    about["tables"][table] |= {"rows": len(rows), "sha256": hashlib.sha256(data).hexdigest()}
    members["manifest.json"] = json.dumps(about).encode()


HOSTILE: dict[str, tuple[Member, str]] = {
    "no manifest": (lambda m: m.pop("manifest.json"), "it has no manifest"),
    "no table": (lambda m: m.pop("json/actions.json"), "actions was changed"),
    "another format": (lambda m: alter_manifest(m, format="other"), "was not made by"),
    "newer": (lambda m: alter_manifest(m, version=99), "a newer version of ahtc"),
    "newer schema": (lambda m: alter_manifest(m, schema=99), "a newer version of ahtc"),
    "no schema": (lambda m: alter_manifest(m, schema=0), "a newer version of ahtc"),
    "words for numbers": (lambda m: alter_manifest(m, schema="many"), "was not made by"),
    "no devices": (lambda m: alter_manifest(m, devices=7), "was not made by"),
    "no tables": (lambda m: alter_manifest(m, tables={}), "tables differ from the schema"),
    "manifest is a list": (lambda m: m.update({"manifest.json": b"[]"}), "was not made by"),
    "manifest nests": (lambda m: m.update({"manifest.json": b"[" * 100_000}), "was not made by"),
    "a word changed": (
        lambda m: m.update({"json/actions.json": m["json/actions.json"].replace(b"DP-01", b"DP-99")}),
        "actions was changed after it was saved",
    ),
    "a row less": (lambda m: m.update({"json/figures.json": b"[\n]\n"}), "figures was changed"),
    "a row lacks a column": (
        lambda m: alter_table_consistently(m, "figures", lambda rows: rows[0].pop("value")),
        "has no value for a column",
    ),
    "a row of lists": (
        lambda m: alter_table_consistently(m, "figures", lambda rows: rows[0].update(note=["x"])),
        "has an invalid value",
    ),
    "a key of words": (
        lambda m: alter_table_consistently(m, "figures", lambda rows: rows[0].update(id="mine")),
        "is not a key",
    ),
    "half a letter": (
        lambda m: alter_table_consistently(m, "figures", lambda rows: rows[0].update(note="\ud800")),
        "are inconsistent",
    ),
    "a huge number": (
        lambda m: alter_table_consistently(m, "figures", lambda rows: rows[0].update(n=10**30)),
        "are inconsistent",
    ),
    "an unknown word": (
        lambda m: alter_table_consistently(m, "actions", lambda rows: rows[0].update(status="lost")),
        "are inconsistent",
    ),
    "the same key twice": (
        lambda m: alter_table_consistently(m, "figures", lambda rows: rows.append(rows[0])),
        "are inconsistent",
    ),
    "a reference to nobody": (
        lambda m: alter_table_consistently(m, "objectives", lambda rows: rows.clear()),
        "are inconsistent",
    ),
    "against its history": (
        lambda m: alter_table_consistently(m, "actions", lambda rows: rows[0].update(title="x")),
        "the records and the history do not agree",
    ),
    "infinity": (
        lambda m: alter_table_consistently(m, "figures", lambda rows: rows[0].update(n=float("inf"))),
        "was changed",
    ),
}


@pytest.mark.sample(24)
@pytest.mark.parametrize("name", HOSTILE)
def test_an_altered_archive_is_refused_and_leaves_nothing(name: str, busy: Workspace, tmp_path: Path) -> None:
    change, reason = HOSTILE[name]
    file = alter_archive(export_archive(busy, tmp_path), change, tmp_path / "bad.zip")
    with pytest.raises(BadFile, match=reason) as refused:
        import_everything(tmp_path / "new", file, TODAY)
    assert str(file) in str(refused.value)
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []


@pytest.mark.long
def test_damaged_files_and_zip_bombs_are_refused(
    busy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, new = export_archive(busy, tmp_path), tmp_path / "new"
    data = file.read_bytes()
    at = data.index(b"json/actions.json")
    damaged = ["renamed-column", *(f"damaged-{offset}" for offset in range(60, 660, 60))]
    for name in damaged[1:]:
        position = at + int(name.partition("-")[2])
        flipped = bytes([data[position] ^ 255])
        (tmp_path / f"{name}.zip").write_bytes(data[:position] + flipped + data[position + 1 :])
    actions = "json/actions.json"
    alter_archive(
        file,
        lambda members: members.update({actions: members[actions].replace(b'"title"', b'"titlf"')}),
        tmp_path / "renamed-column.zip",
    )
    (tmp_path / "cut.zip").write_bytes(data[:-3000])
    (tmp_path / "words.zip").write_text("no archive", encoding="utf-8")
    (tmp_path / "empty.zip").write_bytes(b"")
    bomb = alter_archive(file, lambda m: m.update({"json/actions.json": bytes(20_000_000)}), tmp_path / "bomb.zip")
    for path in (tmp_path / f"{name}.zip" for name in (*damaged, "cut", "words", "empty")):
        with pytest.raises(BadFile, match=r"cannot be used: (it is damaged|\w+ was changed)"):
            import_everything(new, path, TODAY)
    with pytest.raises(BadFile, match=r'^There is no file "[^"]*nowhere.zip"\.$'):
        import_everything(new, tmp_path / "nowhere.zip", TODAY)
    with pytest.raises(BadFile, match=r'^"[^"]*" is not a file\.$'):
        import_everything(new, tmp_path, TODAY)
    with pytest.raises(BadFile, match=r"would expand to .* too large for any archive"):
        import_everything(new, bomb, TODAY)
    monkeypatch.setattr(full_export, "MAX_LINE_BYTES", 100)
    with pytest.raises(BadFile, match="one of the lines is too long"):
        import_everything(new, file, TODAY)
    monkeypatch.setattr(input_guard, "MAX_PARTS", 10)
    with pytest.raises(BadFile, match="parts, too many for any archive"):
        import_everything(new, file, TODAY)
    assert [path for path in new.rglob("*") if path.is_file()] == []


def test_the_progress_of_a_full_export_ends_at_its_total_and_a_stop_leaves_no_file(
    wales: Workspace, tmp_path: Path
) -> None:
    job = RunningJob()
    with run_as_job(job):
        export_everything(wales, tmp_path / "all.zip")
    assert job.done == job.total > 1
    with run_as_job(RunningJob(is_stopped=True)), pytest.raises(Cancelled):
        export_everything(wales, tmp_path / "stopped.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "office"]
