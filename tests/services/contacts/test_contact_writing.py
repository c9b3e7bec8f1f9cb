"""Tests of adding and editing people, posts and organisations."""

from __future__ import annotations

from typing import Any

import pytest

from ahtc_tui.domain.contacts.model import PreferredLanguage
from ahtc_tui.domain.drafts.contacts import ContactDraft, build_contact_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.contacts.service import add_contact, edit_contact, list_contacts, list_held_posts, show_contact
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.search.index import count_differences
from tests.builders import TODAY, read_live_rows


def make_contact_draft(**fields: Any) -> ContactDraft:
    """Return a checked draft of a contact."""
    return build_contact_draft(fields, TODAY)


def test_contacts_of_each_kind_are_added_with_their_fields(wales: Workspace) -> None:
    person = add_contact(
        wales,
        make_contact_draft(
            name="Siân Ŵyn",
            kind="person",
            organisation="Gwent Police",
            role="Trainer",
            other_roles="Chair; Speaker",
            email="sian@example.org",
            phone="029 2000 0000",
            area="Gwent",
            language="welsh",
            lawful_basis="public task",
            told_on="2013-12-01",
            review_on="dec 2015",
        ),
    )
    card = show_contact(wales, "sian wyn")
    assert (person.ref, card.row.area, card.language, card.other_roles) == (
        "sian-wyn",
        "Gwent",
        PreferredLanguage.WELSH,
        ("Chair", "Speaker"),
    )
    assert (card.lawful_basis, str(card.told_on), str(card.review_on)) == (
        "public task",
        "1 December 2013",
        "December 2015",
    )
    assert card.organisation_ref == "gwent-police"
    post = add_contact(wales, make_contact_draft(name="Trainers", kind="post", collective="yes", established_on="2013"))
    assert show_contact(wales, post.ref).collective
    body = add_contact(
        wales, make_contact_draft(name="Y Tŷ", kind="organisation", organisation="Bawso", first_responder="1")
    )
    assert (body.ref, body.organisation_kind, show_contact(wales, body.ref).parent) == ("y-ty", "other", "Bawso")
    assert add_contact(wales, make_contact_draft(name="警察", kind="organisation", type="police")).ref == "contact"


def test_a_reference_that_left_the_office_is_never_given_twice(wales: Workspace) -> None:
    assert add_contact(wales, make_contact_draft(name="Jo Bloggs")).ref == "jo-bloggs"
    wales.database.mark_departure()
    undo_step(wales)
    assert add_contact(wales, make_contact_draft(name="Jo Bloggs")).ref == "jo-bloggs-2"


def test_fields_are_changed_cleared_and_undone(wales: Workspace) -> None:
    before = read_live_rows(wales)
    edit_contact(wales, "bawso", make_contact_draft(phone="1", type="ngo", police="gwent-police", forum_area="Gwent"))
    edit_contact(wales, "bawso", make_contact_draft(phone="", aliases="Black Association; BAWSO", note="Call first"))
    card = show_contact(wales, "black association")
    assert (card.row.ref, card.row.phone, card.police, card.forum_area) == ("bawso", None, "Gwent Police", "Gwent")
    assert card.note == "Call first"
    edit_contact(wales, "bawso", make_contact_draft(aliases="BAWSO"))
    assert "Black Association" not in show_contact(wales, "bawso").aliases
    for _step in range(3):
        undo_step(wales)
    assert read_live_rows(wales) == before


@pytest.mark.parametrize(
    ("fields", "error", "sentence"),
    [
        ({"email": "nobody"}, BadInput, "not an email address"),
        ({"email": "a@b@c"}, BadInput, "not an email address"),
        ({"name": ""}, BadInput, "cannot be empty"),
        ({"collective": "no"}, BadInput, "have no field"),
        ({"colour": "red"}, BadInput, "no field"),
        ({"first_responder": "maybe"}, BadInput, "yes or no"),
        ({"language": "fr"}, BadInput, "Choose one of"),
        ({"review_on": "someday"}, BadInput, "someday"),
        ({"area": "Atlantis"}, NotFound, "no area"),
        ({"organisation": "Atlantis"}, NotFound, "No organisation"),
        ({"kind": "post"}, Refused, "kind of a contact cannot be changed"),
        ({}, BadInput, "Give at least one field"),
    ],
)
def test_invalid_fields_are_refused_in_one_sentence(
    wales: Workspace, fields: dict[str, str], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        edit_contact(wales, "stephen-chapman", make_contact_draft(**fields))


def test_a_contact_needs_a_name_and_no_cycle_of_organisations(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        add_contact(wales, make_contact_draft(kind="person"))
    edit_contact(wales, "bawso", make_contact_draft(organisation="new-pathways"))
    with pytest.raises(Refused, match="part of itself"):
        edit_contact(wales, "new-pathways", make_contact_draft(organisation="bawso"))


def test_people_are_found_by_area_and_posts_by_their_holders(wales: Workspace) -> None:
    edit_contact(wales, "jeff-farrar", make_contact_draft(area="Dyfed-Powys"))
    assert "jeff-farrar" in [row.ref for row in list_contacts(wales, "dyfed")]
    assert {row.ref for row in list_contacts(wales, "chapman")} == {"stephen-chapman", "ahtc"}
    with wales.database.write("rename") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'stephen-chapman'").fetchone()
        ledger.update("parties", key, {"name": "Stephen Changed"})
    assert [row.ref for row in list_contacts(wales, "changed")] == ["ahtc", "stephen-chapman"]
    with wales.database.read() as cursor:
        assert count_differences(cursor) == 0


def test_the_posts_of_a_person_are_those_held_today(wales: Workspace) -> None:
    assert [row.ref for row in list_held_posts(wales, "Stephen Chapman")] == ["ahtc"]
    assert list_held_posts(wales, "Bawso") == []
