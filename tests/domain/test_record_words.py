"""What records and fields are called, and how many there are of them, in the words of people."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.record_names import RECORDS, field_words, record_words
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.columns import record_tables


@pytest.mark.parametrize(
    ("table", "count", "words"),
    [
        ("seats", 1, "seat"),
        ("seats", 2, "seats"),
        ("people", 1, "details of a person"),
        ("web_pages", 1, "web page"),
        ("action_parties", 3, "supports of actions"),
    ],
)
def test_a_count_of_records_has_the_right_noun(table: str, count: int, words: str) -> None:
    assert record_words(table, count) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("name", "Name"), ("lawful_basis", "Kept because"), ("told_on", "Told on"), ("name_cy", "Welsh name")],
)
def test_a_field_is_called_as_people_call_it(name: str, words: str) -> None:
    assert field_words(name) == words


def test_no_record_of_the_database_is_called_by_the_name_of_its_table(workspace: Workspace) -> None:
    with workspace.database.read() as cursor:
        odd = [name for name in record_tables(cursor) if "_" in name or not name.endswith("s") or name.endswith("ies")]
        assert sorted(set(odd) - set(RECORDS)) == []
    assert [one for one, _several in RECORDS.values() if "_" in one] == []
