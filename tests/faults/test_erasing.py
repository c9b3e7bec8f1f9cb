"""An erased person is in no table, journal line, index, free page, log or new copy."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from base64 import b64decode, b64encode
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.privacy.erasure import erase_person, preview_erasure
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.privacy.erasure_scope import list_text_columns
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Table
from tests.builders import TODAY
from tests.faults.rounds import count_rounds

NAME = "Zebedê Quillfeather"
FORMS = ("Zebedê Quillfeather", "zebede quillfeather", "Quillfeather", "quillfeather", "z.quillfeather", "zebede-quill")
MAIL = "z.quillfeather@example.invalid"
ROUNDS = count_rounds(7)


def list_copies(root: Path) -> list[str]:
    """Return where a folder contains the name: as written, casefolded, in UTF-8, in UTF-16, inside archives."""
    needles = {
        form.encode(code)
        for text in (*FORMS, unicodedata.normalize("NFD", NAME))
        for form in (text, text.upper())
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    }
    hits = []
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        data = path.read_bytes()
        hits += [f"{path.name}: {form!r} at {data.find(form)}" for form in needles if form in data]
        hits += [str(path)] if any(form in os.fsencode(path.name) for form in needles) else []
    return hits


def plant_person(office: Workspace) -> str:
    """Write the name into every text column that people can fill; return the reference."""
    person_values = {"name": NAME, "kind": "person", "email": MAIL, "phone": "029 2099 1122", "short": "Quillfeather"}
    row = add_contact(office, build_contact_draft({**person_values, "aliases": "Zebby Quillfeather"}, TODAY))
    with office.database.write(f"remember {NAME}") as ledger:
        ledger.may_amend = True
        post = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'spoc-gwent'").fetchone()[0]
        ledger.add("holdings", {"post": post, "person": row.key, "from_on": "2012-01-01"})
        fill_every_table(ledger)
        for table in list_record_tables(ledger.cursor):
            keys = [key for (key,) in ledger.cursor.execute(f'SELECT id FROM "{table}" WHERE NOT deleted LIMIT 3')]
            for key in keys:
                values = {
                    name: read_value(ledger.cursor, table, name, key)
                    for name in list_text_columns(ledger.cursor, table)
                }
                ledger.update(table, key, {name: text for name, text in values.items() if text})
        word_file(ledger)
    return row.ref


def fill_every_table(ledger: Ledger) -> None:
    """Add rows to the tables that are empty in the reference data."""
    for table in list_record_tables(ledger.cursor):
        a_row(ledger, table)


def a_row(ledger: Ledger, table: Table) -> RowKey:
    """Return the key of a row of a table; add one, with the rows it refers to, if there is none."""
    cursor = ledger.cursor
    if row := cursor.execute(f'SELECT id FROM "{table}" WHERE NOT deleted').fetchone():
        return RowKey(row[0])
    parents = dict(cursor.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall())
    needed = cursor.execute(
        'SELECT name, type FROM pragma_table_info(?) WHERE "notnull" AND dflt_value IS NULL'
        " AND name NOT IN ('n', 'id')",
        (table,),
    ).fetchall()
    plain: dict[str, Any] = {
        "BLOB": a_row(ledger, "documents") if table == "paragraph_links" else None,
        "INTEGER": 1,
        "TEXT": "2013-05-01",
    }
    values = {
        name: a_row(ledger, parents[name])
        if name in parents
        else first_choice(cursor, table, name) or plain.get(kind, f"{table} {name}")
        for name, kind in needed
    }
    if table in ONE_PARENT:
        name, parent = ONE_PARENT[table]
        values[name] = a_row(ledger, parent)
    return ledger.add(table, values | ONE_TEXT.get(table, {}))


ONE_PARENT: dict[Table, tuple[str, Table]] = {
    "promise_links": ("action", "actions"),
    "circulations": ("meeting", "meetings"),
}
ONE_TEXT = {"attendances": {"words": "Someone"}, "invitations": {"words": "Someone"}}
"""Columns of tables whose rows have one of several optional columns."""


def first_choice(cursor: Any, table: str, column: str) -> str | None:
    """Return the first allowed value of a column."""
    (sql,) = cursor.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    match = re.search(rf"CHECK \(\"?{column}\"? IN \('([^']+)'", sql)
    return match[1] if match else None


def read_value(cursor: Any, table: str, column: str, key: bytes) -> str | None:
    """Return the text for a column; None where only a fixed form is allowed."""
    now, kind = cursor.execute(
        f'SELECT "{column}", (SELECT type FROM pragma_table_info(?) WHERE name = ?) FROM "{table}" WHERE id = ?',
        (table, column, key),
    ).fetchone()
    if (table, column) in {("invitations", "words"), ("attendances", "words"), ("seats", "org_class")} and now is None:
        return None
    fixed = {("meetings", "start_time"), ("meetings", "tz"), ("issues", "docx"), ("minute_lines", "votes")}
    if (table, column) in fixed:
        return None
    if kind == "TEXT":
        return f"{now[:10]} about when {NAME} came" if now else None
    if column == "source_notes":
        return json.dumps({"note": f'as "{NAME}" said'})
    if column in ("other_roles", "said"):
        return json.dumps([f"Deputy of {NAME}"])
    return f"{now or ''} {NAME} (Z Quillfeather, {MAIL}, 02920 991122); Mr Quillfeather. {key.hex()[-6:]}"


def word_file(ledger: Ledger) -> None:
    """Add an issued Word file in which the name is split over two runs."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        text = f"<w:p><w:r><w:t>Present: {NAME[:9]}</w:t></w:r><w:r><w:t>{NAME[9:]} &amp; others</w:t></w:r></w:p>"
        line = f"<w:p><w:r><w:t>1.1</w:t><w:tab/><w:t>{NAME} spoke.</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f"<w:body>{text}{line}</w:body>")
        archive.writestr("docProps/core.xml", f"<cp:p><dc:creator>{NAME}</dc:creator></cp:p>")
    key = ledger.cursor.execute("SELECT id FROM issues").fetchone()[0]
    ledger.update("issues", key, {"docx": b64encode(output.getvalue()).decode()})


def in_word_files(office: Workspace) -> str:
    """Return the text of the issued Word files."""
    names_found = []
    with office.database.read() as cursor:
        for (document,) in cursor.execute("SELECT docx FROM issues WHERE docx IS NOT NULL").fetchall():
            with zipfile.ZipFile(BytesIO(b64decode(document))) as archive:
                names_found += [archive.read(name).decode() for name in archive.namelist()]
    return "".join(names_found)


@pytest.mark.long
@pytest.mark.faults
def test_no_copy_of_an_erased_name_is_left_in_any_byte(wales: Workspace) -> None:
    ref = plant_person(wales)
    assert list_copies(wales.root), "nothing was planted: the test shows nothing"
    before = preview_erasure(wales, ref)
    assert before.instead == "SPOC Gwent"
    erasure = erase_person(wales, ref)
    assert (erasure.tables, erasure.journal_lines) == (before.tables, before.journal_lines)
    assert not erasure.left
    assert not [text for text in erasure.texts if text.field == "docx"], "the bytes of a Word file are no text to read"
    assert list_copies(wales.root) == []
    assert "A former member spoke." in in_word_files(wales)
    assert not [part for part in NAME.split() if part in in_word_files(wales)]
    assert find_faults(wales) == []
    with closing(dbapi2.connect(str(wales.root / "copy.db"))) as copy:
        wales.database.connection.backup(copy)
    assert list_copies(wales.root) == []
    with pytest.raises(Refused, match="cannot be undone"):
        undo_step(wales)


@pytest.mark.long
@pytest.mark.faults
def test_a_kill_during_erasure_leaves_all_of_the_person_or_nothing(wales: Workspace, tmp_path: Path) -> None:
    ref = plant_person(wales)
    (wales.exports / "list.txt").write_text(f"{NAME}\n", encoding="utf-8")
    count_before = wales.database.path.read_bytes().count(b"Quillfeather")
    wales.database.close()
    words = (wales.root, tmp_path / "rounds", ref, 20131231, ROUNDS)
    process = subprocess.run(
        [sys.executable, "-m", "tests.faults.eraser", *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=1200,
    )
    rounds = json.loads(process.stdout)
    assert {round_result["started"] for round_result in rounds} <= {count_before, 0}
    assert [round_result for round_result in rounds if round_result["ended"] or round_result["faults"]] == []
    assert {bool(round_result["started"]) for round_result in rounds} == {True, False}, (
        "no kill before or none after: shows nothing"
    )
