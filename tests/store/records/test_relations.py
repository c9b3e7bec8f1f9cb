"""The declared relations of tables cover the whole schema."""

from __future__ import annotations

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.columns import list_record_tables, read_columns
from ahtc_tui.store.records.relations import (
    NAMED_TABLES,
    PARENT_OF,
    REFERENCED_TABLES,
    UNTYPED_KEYS,
    find_record,
    holds_json,
    list_with_parts,
    read_owner_ref,
)
from ahtc_tui.store.tables.schema import metadata
from tests.builders import make_action, make_update, query_rows
from tests.shape.data_model_page import list_models, read_field_notes

LOCAL_KEYS = {
    ("change", "erased_by"),
    ("change", "row_id"),
    ("conflicting_record", "row_id"),
    ("duplicate_pair", "first"),
    ("duplicate_pair", "second"),
    ("erasure", "row_id"),
    ("merged_change", "change"),
    ("missing_change", "row_id"),
    ("missing_change", "transaction"),
}
"""Keys in the journal and local tables, which have no history of their own."""

SETTINGS_OF_THE_OFFICE = {"learnt_columns", "not_duplicates", "retention_holds", "tiers"}
"""Tables whose rows have neither a reference nor a name nor a whole that they are a part of."""


def test_every_key_has_a_foreign_key_or_is_declared_as_a_key_of_several_tables() -> None:
    untyped = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if getattr(column.type, "length", None) == 16 and column.name != "id" and not column.foreign_keys
    }
    declared = {(table, column) for table, columns in UNTYPED_KEYS.items() for column in columns}
    assert untyped == declared | LOCAL_KEYS


def test_every_table_with_references_is_looked_up_by_reference() -> None:
    assert set(REFERENCED_TABLES) == {table.name for table in metadata.tables.values() if "ref" in table.columns}


def test_every_table_without_references_is_a_part_or_is_found_by_name(workspace: Workspace) -> None:
    with workspace.database.read() as cursor:
        tables = set(list_record_tables(cursor))
    assert tables - set(REFERENCED_TABLES) - set(PARENT_OF) == set(NAMED_TABLES) | SETTINGS_OF_THE_OFFICE


def test_every_json_column_is_declared() -> None:
    for models in list_models().values():
        for model in models:
            table = str(model.__tablename__)
            if "deleted" in metadata.tables[table].columns:
                documented = {name for name, note in read_field_notes(model).items() if note.startswith("JSON")}
                columns = [column.name for column in metadata.tables[table].columns]
                declared = {name for name in columns if holds_json(table, name)}  # type: ignore[arg-type]
                assert documented == declared - {"source_notes"}, table


def test_a_part_is_named_by_the_record_that_it_belongs_to(wales: Workspace) -> None:
    ref = make_action(wales).ref
    make_update(wales, ref)
    with wales.database.read() as cursor:
        for table, key in cursor.execute(
            "SELECT 'updates', id FROM updates WHERE text = 'On track.' UNION ALL"
            " SELECT 'paragraph_links', id FROM paragraph_links LIMIT 2"
        ).fetchall():
            assert read_owner_ref(cursor, table, key) == {"updates": ref, "paragraph_links": "celg-4-31-13"}[table]
        assert read_owner_ref(cursor, "tiers", b"none") is None  # type: ignore[arg-type]


def test_a_commission_has_its_questions_paragraphs_and_links_as_parts(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        record = find_record(cursor, "celg-4-31-13")
        assert record is not None
        tables = [table for table, _key in list_with_parts(cursor, *record)]
    counts = {name: tables.count(name) for name in ("commission_questions", "paragraphs", "paragraph_links")}
    assert counts == {name: query_rows(wales, f"SELECT count(*) FROM {name}")[0][0] for name in counts}, (
        "the data have one commission"
    )


def test_flags_are_the_columns_with_yes_or_no(workspace: Workspace) -> None:
    with workspace.database.read() as cursor:
        assert read_columns(cursor, "actions").flags == {"in_plan"}
