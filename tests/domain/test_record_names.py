"""Readable names of records and fields."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.record_names import RECORD_NOUNS, format_field, format_field_name, format_record_noun
from ahtc_tui.domain.replication.conflicts import name_conflict_field
from ahtc_tui.domain.returns.heading_vocabulary import FIELD_HEADINGS
from ahtc_tui.services.imports.actions.model import TARGET_FIELDS
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.tui.imports.three_way_view import FIELDS_WITH_BOTH, FIELDS_WITHOUT_VALUE


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
def test_a_record_noun_agrees_with_the_count(table: str, count: int, words: str) -> None:
    assert format_record_noun(table, count) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("name", "Name"), ("lawful_basis", "Lawful basis"), ("told_on", "Date informed"), ("name_cy", "Welsh name")],
)
def test_fields_have_readable_names(name: str, words: str) -> None:
    assert format_field_name(name) == words


def test_every_field_that_a_column_may_mean_has_a_welsh_name() -> None:
    english = {name: format_field(name) for name in FIELD_HEADINGS}
    with use_language(Language.CY):
        assert [name for name in FIELD_HEADINGS if format_field(name) == english[name]] == []


def test_a_field_of_a_record_without_a_reference_is_shown_with_its_record() -> None:
    name = name_conflict_field("minute_lines", "text", own_ref=False)
    assert format_field(name) == "line of minutes text"
    with use_language(Language.CY):
        assert name_conflict_field("minute_lines", "text", own_ref=False) == name == "line_of_minutes_text"
        assert format_field(name) == "testun llinell o gofnodion"
        assert format_field("action reference pattern") == format_field("action_pattern")


def test_a_field_whose_name_begins_with_a_noun_is_not_taken_for_part_of_another_record() -> None:
    assert format_field("seat_review_note") == "seat review note"
    with use_language(Language.CY):
        assert format_field("seat_review_note") == "seat review note"


QUESTION_FIELDS = (*TARGET_FIELDS, *FIELDS_WITH_BOTH, *FIELDS_WITHOUT_VALUE, "minute_lines", "invited", "case_data")


def test_what_a_question_is_about_has_a_welsh_name() -> None:
    english = {name: format_field(name) for name in QUESTION_FIELDS}
    with use_language(Language.CY):
        assert [name for name in QUESTION_FIELDS if format_field(name) == english[name]] == []


def test_every_record_table_has_a_readable_noun(workspace: Workspace) -> None:
    with workspace.database.read() as cursor:
        irregular = [
            name for name in list_record_tables(cursor) if "_" in name or not name.endswith("s") or name.endswith("ies")
        ]
        assert sorted(set(irregular) - set(RECORD_NOUNS)) == []
    assert [singular for singular, _plural in RECORD_NOUNS.values() if "_" in singular] == []
