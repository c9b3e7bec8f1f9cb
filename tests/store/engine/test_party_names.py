"""The view of parties with the names of a day."""

from __future__ import annotations

import re
from datetime import date

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.services.renames import rename_party
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.limited_database import LimitedDatabase
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.records.cursor import Cursor
from tests.builders import make_action, set_clock
from tests.shape.tree import PACKAGE

EVERY_NAME = (
    "contacts/duplicates.py", "contacts/names.py", "contacts/party_lookup.py", "contacts/merge_records.py",
    "documents/meeting_documents.py", "documents/published_names.py", "engine/party_names.py", "imports/actions.py",
    "imports/contacts.py", "imports/meetings.py", "meetings/queries.py", "privacy/erasure_scope.py",
    "privacy/foi_requests.py", "privacy/subject_access.py", "search/entries.py", "sql_fragments.py",
)  # fmt: skip
"""Modules that read present names or every name, to find, compare or redact them."""


def read_name(cursor: Cursor) -> str:
    name: str = cursor.execute("SELECT name FROM named_parties WHERE ref = 'bawso'").fetchone()[0]
    return name


def test_the_view_has_the_columns_of_the_table(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        columns = [
            [row[0] for row in cursor.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            for table in ("parties", "named_parties")
        ]
    assert sorted(columns[0]) == sorted(columns[1])


def test_names_follow_the_clock_on_every_connection(wales: Workspace) -> None:
    rename_party(wales, "bawso", "Later body", DateAsKnown(date(2014, 6, 1)))
    make_action(wales, marking="official-sensitive")
    for day, name in (("2014-05-31", "Bawso"), ("2014-06-01", "Later body")):
        at_day = set_clock(wales, day)
        reader, limited = at_day.open_reader(), LimitedDatabase(at_day.database, Marking.OFFICIAL)
        for database in (at_day.database, reader.database, limited):
            with database.read() as cursor:
                assert read_name(cursor) == name
        reader.close()
        limited.close()


def test_names_of_another_day_end_with_their_block(wales: Workspace) -> None:
    rename_party(wales, "bawso", "Later body", DateAsKnown(date(2014, 6, 1)))
    with wales.database.read() as cursor:
        with names_on(cursor, date(2014, 7, 1)):
            with names_on(cursor, date(2014, 1, 1)):
                assert read_name(cursor) == "Bawso"
            assert read_name(cursor) == "Later body"
        assert read_name(cursor) == "Bawso"


def test_queries_that_show_a_name_read_the_view() -> None:
    shown = [
        f"{path.relative_to(PACKAGE)}: {alias}.name"
        for path in sorted((PACKAGE / "store").rglob("*.py"))
        if str(path.relative_to(PACKAGE / "store")) not in EVERY_NAME
        for alias in set(re.findall(r"\bparties (\w+)\b", path.read_text(encoding="utf-8")))
        if re.search(rf"(?<!named_)\bparties {alias}\b", path.read_text(encoding="utf-8"))
        and not re.search(rf"named_parties {alias}\b", path.read_text(encoding="utf-8"))
        and re.search(rf"\b{alias}\.name\b", path.read_text(encoding="utf-8"))
    ]
    assert shown == []
