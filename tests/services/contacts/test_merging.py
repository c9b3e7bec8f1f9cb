"""Two records of one contact made one: nothing is lost, both references lead to it, and one undo brings both back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.domain.drafts.engagement import engagement_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.contacts.engagement import engage, list_engagements
from ahtc_tui.services.contacts.merge_records import merge, preview_merge
from ahtc_tui.services.contacts.service import add_contact, edit_contact, list_register, show_contact
from ahtc_tui.services.history import redo, undo
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from ahtc_tui.store.records.columns import record_tables
from tests.builders import TODAY, a_holding, a_party, an_action, ask, live_rows


def person(workspace: Workspace, name: str, **fields: str) -> str:
    """A person in the register; returns the reference."""
    return add_contact(workspace, contact_draft({"name": name, "kind": "person", **fields}, TODAY)).ref


def key_of(workspace: Workspace, ref: str) -> bytes:
    """The key of a contact, removed or not."""
    key: bytes = ask(workspace, "SELECT id FROM parties WHERE ref = ?", ref)[0][0]
    return key


def every_row(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Every record of every table, removed ones as well."""
    with workspace.database.read() as cursor:
        return {
            table: cursor.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in record_tables(cursor)
        }


def pointing_at(workspace: Workspace, key: bytes) -> list[str]:
    """Every column of a record that stands and names a key, as the schema has them."""
    found = []
    with workspace.database.read() as cursor:
        for table in record_tables(cursor):
            for line in cursor.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
                if cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{line[3]}" = ? AND NOT deleted', (key,)).fetchone():
                    found.append(f"{table}.{line[3]}")
    return found


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
def test_everything_that_named_the_one_names_the_other_and_undo_leaves_the_database_as_it_was(
    a: str, b: str, wales: Workspace
) -> None:
    engage(wales, [b, a], engagement_draft({"subject": "Both"}, TODAY))
    engage(wales, [b], engagement_draft({"subject": "One"}, TODAY))
    before, gone = live_rows(wales), key_of(wales, b)
    planned = preview_merge(wales, a, b)
    assert live_rows(wales) == before
    done = merge(wales, a, b)
    assert (done.moves, done.repeated) == (planned.moves, planned.repeated)
    assert done.moves["engagement_parties"] == done.repeated["engagement_parties"] == 1
    assert pointing_at(wales, gone) == []
    assert show_contact(wales, b).row.ref == show_contact(wales, a).row.ref == a
    assert len(list_engagements(wales, a)) == 2
    assert faults(wales.database) == []
    merged = live_rows(wales)
    undo(wales)
    assert live_rows(wales) == before
    assert show_contact(wales, b).row.ref == b
    redo(wales)
    assert live_rows(wales) == merged
    undo(wales)
    assert faults(wales.database) == []


def test_undo_leaves_even_the_removed_rows_as_they_were_where_nothing_was_new(wales: Workspace) -> None:
    a, b = person(wales, "Ann Example"), person(wales, "Ann Example", email="ann@example.org")
    an_action(wales, lead=b)
    before = every_row(wales)
    merge(wales, a, b)
    undo(wales)
    assert every_row(wales) == before


def test_what_only_one_has_stays_and_what_both_have_is_chosen(wales: Workspace) -> None:
    a = person(wales, "Ann Example", email="ann@example.org", role="Trainer")
    b = person(wales, "Anne Example", email="anne@example.org", phone="029 2000 0000", organisation="Bawso")
    plan = preview_merge(wales, a, b, {"email": "b"})
    assert [field.name for field in plan.open] == ["name", "email"]
    done = merge(wales, a, b, {"email": "B", "name": "A"})
    assert {field.name: field.kept for field in done.fields} == {
        "name": "Ann Example",
        "email": "anne@example.org",
        "phone": "029 2000 0000",
        "organisation": "Bawso",
        "role": "Trainer",
    }
    card = show_contact(wales, "anne example")
    assert (card.row.ref, card.row.email, card.row.organisation) == (a, "anne@example.org", "Bawso")
    assert card.aliases == ("Anne Example",)


def test_a_merged_reference_leads_on_however_often_it_was_merged_since(wales: Workspace) -> None:
    refs = [person(wales, f"Same Name {n}") for n in range(3)]
    merge(wales, refs[1], refs[0])
    merge(wales, refs[2], refs[1])
    assert {show_contact(wales, ref).row.ref for ref in refs} == {refs[2]}
    assert {ref for _name, ref, _kind, _words in list_register(wales)} & set(refs) == {refs[2]}, "offered as a lead"
    with pytest.raises(Refused, match="the same record"):
        merge(wales, refs[2], refs[0])


@pytest.mark.parametrize("known_by", ["the UID of the card", "our own key"])
def test_a_card_with_the_uid_of_a_merged_record_means_the_one_that_stays_whatever_name_it_has(
    known_by: str, wales: Workspace, tmp_path: Path
) -> None:
    outlook = tmp_path / "outlook.vcf"
    outlook.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:outlook-7\nFN:Ann Exampel\nEND:VCARD\n")
    import_contacts(wales, [outlook])
    uid = "outlook-7" if known_by == "the UID of the card" else f"urn:uuid:{UUID(bytes=key_of(wales, 'ann-exampel'))}"
    outlook.write_text(f"BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nFN:Quite Other\nTEL:029 2000 0000\nEND:VCARD\n")
    kept = person(wales, "Ann Example", email="ann@example.org")
    merge(wales, kept, "ann-exampel")
    (file,) = import_contacts(wales, [outlook], apply=False).files
    assert file.added == ()
    assert [(one.ref, one.field) for one in file.changed] == [(kept, "phone")]
    again = person(wales, "Ann Later")
    merge(wales, again, kept)
    (file,) = import_contacts(wales, [outlook], apply=False).files
    assert file.added == ()
    assert [(one.ref, one.field) for one in file.changed] == [(again, "phone")]


def test_whoever_was_on_a_list_twice_is_on_it_once(wales: Workspace) -> None:
    from ahtc_tui.services.contacts.circulation_lists import list_lists, put_on, save_list

    one, other = person(wales, "Ann Example"), person(wales, "Ann Exampel")
    save_list(wales, "Press", "")
    for ref in (one, other):
        put_on(wales, "press", ref)
    assert merge(wales, one, other).repeated == {"circulation_members": 1}
    assert list_lists(wales)[0].added == (one,)


def test_only_two_of_one_kind_can_be_one(wales: Workspace) -> None:
    with pytest.raises(Refused, match="not of one kind"):
        merge(wales, "bawso", "ahtc")
    with pytest.raises(Refused, match="the same record"):
        preview_merge(wales, "bawso", "Bawso")
    with pytest.raises(NotFound):
        merge(wales, "bawso", "leadership-group")


@pytest.mark.parametrize(("take", "sentence"), [({"shoe": "A"}, "no field"), ({"name": "C"}, "from A or B")])
def test_a_choice_that_is_none_is_refused(take: dict[str, str], sentence: str, wales: Workspace) -> None:
    with pytest.raises(BadInput, match=sentence):
        merge(wales, "bawso", "new-pathways", take)


def test_an_organisation_never_becomes_a_part_of_itself(wales: Workspace) -> None:
    for name, whole in (("Middle", "Bawso"), ("Low", "Middle")):
        add_contact(wales, contact_draft({"name": name, "kind": "organisation", "organisation": whole}, TODAY))
    with pytest.raises(Refused, match="a part of a part"):
        merge(wales, "low", "bawso")
    merge(wales, "bawso", "middle")
    assert show_contact(wales, "bawso").parent is None
    assert show_contact(wales, "low").parent == "Bawso"
    merge(wales, "low", "bawso")
    assert show_contact(wales, "low").parent is None
    assert faults(wales.database) == []


def test_what_somebody_has_twice_afterwards_is_told(wales: Workspace) -> None:
    (post,) = ask(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0]
    a, b = (a_party(wales, f"Holder {n}", f"holder-{n}", kind="person") for n in (1, 2))
    a_holding(wales, post, a, from_on="2012-01-01")
    a_holding(wales, post, b, from_on="2013-01-01")
    assert merge(wales, "holder-1", "holder-2").to_decide == (
        "Holder 1 is in the post Single Point of Contact, Gwent Police twice: put the dates right",
    )
    undo(wales)
    edit_contact(wales, "holder-2", contact_draft({"note": "x"}, TODAY))
    assert merge(wales, "holder-1", "holder-2", {}).moves == {"holdings": 1}


def test_whoever_was_there_was_there_whatever_the_other_record_says(wales: Workspace) -> None:
    a, b = (a_party(wales, f"Guest {n}", f"guest-{n}", kind="person") for n in (1, 2))
    (meeting,) = ask(wales, "SELECT id FROM meetings ORDER BY n LIMIT 1")[0]
    with wales.database.write("attend") as ledger:
        ledger.add("attendances", {"meeting": meeting, "party": a, "state": "apologies", "reason": "ill"})
        ledger.add("attendances", {"meeting": meeting, "party": b, "state": "present"})
    merge(wales, "guest-1", "guest-2")
    assert ask(wales, "SELECT state, reason FROM attendances WHERE party = ? AND NOT deleted", a) == [("present", None)]


def test_two_that_were_said_to_be_two_may_be_merged_all_the_same(wales: Workspace) -> None:
    from ahtc_tui.services.contacts.duplicates import not_a_duplicate

    a, b = person(wales, "Ann Example"), person(wales, "Ann Exampel")
    not_a_duplicate(wales, a, b)
    merge(wales, a, b)
    assert ask(wales, "SELECT count(*) FROM not_duplicates WHERE NOT deleted") == [(0,)]
