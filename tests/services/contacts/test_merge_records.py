"""Tests of merging two records of one contact: nothing is lost, both references work, and one undo restores both."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft, build_engagement_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.contacts.circulation_lists import list_lists, save_list, set_membership
from ahtc_tui.services.contacts.duplicates import mark_distinct
from ahtc_tui.services.contacts.engagement import add_engagement, list_engagements
from ahtc_tui.services.contacts.merge_records import merge_contacts, preview_merge
from ahtc_tui.services.contacts.service import add_contact, edit_contact, list_register, show_contact
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.records.columns import list_record_tables
from tests.builders import TODAY, make_action, make_holding, make_party, query_rows, read_live_rows


def add_person(workspace: Workspace, name: str, **fields: str) -> str:
    """Add a person; returns the reference."""
    return add_contact(workspace, build_contact_draft({"name": name, "kind": "person", **fields}, TODAY)).ref


def find_key(workspace: Workspace, ref: str) -> RowKey:
    """Return the key of a contact, removed or not."""
    key: RowKey = query_rows(workspace, "SELECT id FROM parties WHERE ref = ?", ref)[0][0]
    return key


def read_all_rows(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables, including removed ones."""
    with workspace.database.read() as cursor:
        return {
            table: cursor.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in list_record_tables(cursor)
        }


def list_references_to(workspace: Workspace, key: bytes) -> list[str]:
    """Return every column of a live record that refers to a key, from the schema."""
    columns = []
    with workspace.database.read() as cursor:
        for table in list_record_tables(cursor):
            for line in cursor.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
                if cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{line[3]}" = ? AND NOT deleted', (key,)).fetchone():
                    columns.append(f"{table}.{line[3]}")
    return columns


@pytest.mark.sample(6)
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("gwent-police", "south-wales-police"),
        ("spoc-gwent", "spoc-south-wales"),
        ("joyce-watson", "stephen-chapman"),
        ("stephen-chapman", "joyce-watson"),
        ("home-office", "welsh-government"),
        ("bawso", "new-pathways"),
    ],
)
def test_a_merge_moves_every_reference_and_can_be_undone(a: str, b: str, wales: Workspace) -> None:
    add_engagement(wales, [b, a], build_engagement_draft({"subject": "Both"}, TODAY))
    add_engagement(wales, [b], build_engagement_draft({"subject": "One"}, TODAY))
    before, duplicate_key = read_live_rows(wales), find_key(wales, b)
    planned = preview_merge(wales, a, b)
    assert read_live_rows(wales) == before
    merged_plan = merge_contacts(wales, a, b)
    assert (merged_plan.moves, merged_plan.repeated) == (planned.moves, planned.repeated)
    assert merged_plan.moves["engagement_parties"] == merged_plan.repeated["engagement_parties"] == 1
    assert list_references_to(wales, duplicate_key) == []
    assert show_contact(wales, b).row.ref == show_contact(wales, a).row.ref == a
    assert len(list_engagements(wales, a)) == 2
    assert find_faults(wales.database) == []
    merged = read_live_rows(wales)
    undo_step(wales)
    assert read_live_rows(wales) == before
    assert show_contact(wales, b).row.ref == b
    redo_step(wales)
    assert read_live_rows(wales) == merged
    undo_step(wales)
    assert find_faults(wales.database) == []


def test_undo_restores_removed_rows_exactly(wales: Workspace) -> None:
    a, b = add_person(wales, "Ann Example"), add_person(wales, "Ann Example", email="ann@example.org")
    make_action(wales, lead=b)
    before = read_all_rows(wales)
    merge_contacts(wales, a, b)
    undo_step(wales)
    assert read_all_rows(wales) == before


def test_fields_of_one_record_are_kept_and_conflicts_are_chosen(wales: Workspace) -> None:
    a = add_person(wales, "Ann Example", email="ann@example.org", role="Trainer")
    b = add_person(wales, "Anne Example", email="anne@example.org", phone="029 2000 0000", organisation="Bawso")
    plan = preview_merge(wales, a, b, {"email": "b"})
    assert [field.name for field in plan.differing_fields] == ["name", "email"]
    merged_plan = merge_contacts(wales, a, b, {"email": "B", "name": "A"})
    assert {field.name: field.kept_value for field in merged_plan.fields} == {
        "name": "Ann Example",
        "email": "anne@example.org",
        "phone": "029 2000 0000",
        "organisation": "Bawso",
        "role": "Trainer",
    }
    card = show_contact(wales, "anne example")
    assert (card.row.ref, card.row.email, card.row.organisation) == (a, "anne@example.org", "Bawso")
    assert card.aliases == ("Anne Example",)


def test_a_merged_reference_resolves_through_later_merges(wales: Workspace) -> None:
    refs = [add_person(wales, f"Same Name {n}") for n in range(3)]
    merge_contacts(wales, refs[1], refs[0])
    merge_contacts(wales, refs[2], refs[1])
    assert {show_contact(wales, ref).row.ref for ref in refs} == {refs[2]}
    assert {party.ref for party in list_register(wales)} & set(refs) == {refs[2]}, "offered as a lead"
    with pytest.raises(Refused, match="the same record"):
        merge_contacts(wales, refs[2], refs[0])


@pytest.mark.parametrize("known_by", ["the UID of the card", "our own key"])
def test_the_uid_of_a_merged_record_matches_the_kept_one(known_by: str, wales: Workspace, tmp_path: Path) -> None:
    outlook = tmp_path / "outlook.vcf"
    outlook.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:outlook-7\nFN:Ann Exampel\nEND:VCARD\n")
    import_contacts(wales, [outlook])
    uid = "outlook-7" if known_by == "the UID of the card" else f"urn:uuid:{UUID(bytes=find_key(wales, 'ann-exampel'))}"
    outlook.write_text(f"BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nFN:Quite Other\nTEL:029 2000 0000\nEND:VCARD\n")
    kept = add_person(wales, "Ann Example", email="ann@example.org")
    merge_contacts(wales, kept, "ann-exampel")
    (file,) = import_contacts(wales, [outlook], apply=False).files
    assert file.added == ()
    assert [(change.ref, change.field) for change in file.changed] == [(kept, "phone")]
    later_ref = add_person(wales, "Ann Later")
    merge_contacts(wales, later_ref, kept)
    (file,) = import_contacts(wales, [outlook], apply=False).files
    assert file.added == ()
    assert [(change.ref, change.field) for change in file.changed] == [(later_ref, "phone")]


def test_a_merge_removes_repeated_list_members(wales: Workspace) -> None:
    kept, duplicate = add_person(wales, "Ann Example"), add_person(wales, "Ann Exampel")
    save_list(wales, "Press", "")
    for ref in (kept, duplicate):
        set_membership(wales, "press", ref)
    assert merge_contacts(wales, kept, duplicate).repeated == {"circulation_members": 1}
    assert list_lists(wales)[0].added == (kept,)


def test_a_paragraph_that_rests_on_the_duplicate_rests_on_the_kept_record(wales: Workspace) -> None:
    query = "SELECT paragraph, record FROM paragraph_links WHERE kind = 'organisation'"
    (paragraph, record) = query_rows(wales, query)[0]
    (ref,) = query_rows(wales, "SELECT ref FROM parties WHERE id = ?", record)[0]
    kept = add_contact(wales, build_contact_draft({"name": "Example Trust", "kind": "organisation"}, TODAY)).ref
    links = "SELECT count(*) FROM paragraph_links WHERE paragraph = ? AND record = ? AND NOT deleted"
    merge_contacts(wales, kept, ref)
    assert query_rows(wales, links, paragraph, find_key(wales, kept)) == [(1,)]
    assert query_rows(wales, "SELECT 1 FROM paragraph_links WHERE record = ? AND NOT deleted", record) == []


def test_only_two_contacts_of_one_kind_can_be_merged(wales: Workspace) -> None:
    with pytest.raises(Refused, match="not of the same kind"):
        merge_contacts(wales, "bawso", "ahtc")
    with pytest.raises(Refused, match="the same record"):
        preview_merge(wales, "bawso", "Bawso")
    with pytest.raises(NotFound):
        merge_contacts(wales, "bawso", "leadership-group")


@pytest.mark.parametrize(("take", "sentence"), [({"shoe": "A"}, "no field"), ({"name": "C"}, "from A or B")])
def test_an_invalid_choice_is_refused(take: dict[str, str], sentence: str, wales: Workspace) -> None:
    with pytest.raises(BadInput, match=sentence):
        merge_contacts(wales, "bawso", "new-pathways", take)


def test_an_organisation_never_becomes_a_part_of_itself(wales: Workspace) -> None:
    for name, parent in (("Middle", "Bawso"), ("Low", "Middle")):
        add_contact(wales, build_contact_draft({"name": name, "kind": "organisation", "organisation": parent}, TODAY))
    with pytest.raises(Refused, match="an indirect part of"):
        merge_contacts(wales, "low", "bawso")
    merge_contacts(wales, "bawso", "middle")
    assert show_contact(wales, "bawso").parent is None
    assert show_contact(wales, "low").parent == "Bawso"
    merge_contacts(wales, "low", "bawso")
    assert show_contact(wales, "low").parent is None
    assert find_faults(wales.database) == []


def test_repeated_holdings_after_a_merge_are_reported(wales: Workspace) -> None:
    (post,) = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0]
    a, b = (make_party(wales, f"Holder {n}", f"holder-{n}", kind="person") for n in (1, 2))
    make_holding(wales, post, a, from_on="2012-01-01")
    make_holding(wales, post, b, from_on="2012-01-01", acting=1)
    assert merge_contacts(wales, "holder-1", "holder-2").to_decide == (
        "Holder 1 holds the post Single Point of Contact, Gwent Police twice. Correct the dates",
    )
    undo_step(wales)
    edit_contact(wales, "holder-2", build_contact_draft({"note": "x"}, TODAY))
    assert merge_contacts(wales, "holder-1", "holder-2", {}).moves == {"holdings": 1}


def test_present_attendance_wins_over_apologies(wales: Workspace) -> None:
    a, b = (make_party(wales, f"Guest {n}", f"guest-{n}", kind="person") for n in (1, 2))
    (meeting,) = query_rows(wales, "SELECT id FROM meetings ORDER BY n LIMIT 1")[0]
    with wales.database.write("attend") as ledger:
        ledger.add("attendances", {"meeting": meeting, "party": a, "state": "apologies", "reason": "ill"})
        ledger.add("attendances", {"meeting": meeting, "party": b, "state": "present"})
    merge_contacts(wales, "guest-1", "guest-2")
    assert query_rows(wales, "SELECT state, reason FROM attendances WHERE party = ? AND NOT deleted", a) == [
        ("present", None)
    ]


def test_a_rejected_pair_can_still_be_merged(wales: Workspace) -> None:
    a, b = add_person(wales, "Ann Example"), add_person(wales, "Ann Exampel")
    mark_distinct(wales, a, b)
    merge_contacts(wales, a, b)
    assert query_rows(wales, "SELECT count(*) FROM not_duplicates WHERE NOT deleted") == [(0,)]
