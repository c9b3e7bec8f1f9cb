"""Who may be in the register twice: what is suggested, what is not, and how well a made register is looked through."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.contacts.duplicates import find_duplicates, not_a_duplicate
from ahtc_tui.services.contacts.service import add_contact, edit_contact
from ahtc_tui.services.history import undo
from ahtc_tui.services.workspace import Workspace
from benchmarks.duplicates import measure
from benchmarks.made_people import TWICE, made
from tests.builders import TODAY, live_rows


def added(workspace: Workspace, *records: str, kind: str = "person") -> list[str]:
    """Contacts written "name / e-mail / telephone / organisation"; returns their references."""
    refs = []
    for record in records:
        fields = dict(
            zip(("name", "email", "phone", "organisation"), (p.strip() for p in record.split("/")), strict=False)
        )
        given = {name: value for name, value in fields.items() if value}
        refs.append(add_contact(workspace, contact_draft({"kind": kind, **given}, TODAY)).ref)
    return refs


def suggested(workspace: Workspace) -> list[set[str]]:
    """The pairs of references that are suggested."""
    return [{pair.a_ref, pair.b_ref} for pair in find_duplicates(workspace)]


def test_nobody_of_the_register_of_wales_is_suggested(wales: Workspace) -> None:
    assert find_duplicates(wales) == []


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Jane Farrar / / / Bawso", "Jane Farrer / / / Bawso", "surname nearly the same"),
        ("Jane Farrar / / / Bawso", "J Farrar / / / Bawso", "an initial for the first name"),
        ("Jane Farrar / / / Bawso", "Farrar, Jane", "same first name"),
        ("Jane Farrar / / / Bawso", "Farrar Jane / / / Bawso", "names the other way round"),
        ("Jane Farrar / jf@example.org", "J. Farrar MBE / jf@example.org", "same e-mail"),
        ("Stephen Hart / / 029 2000 0001", "Steve Hart / / +44 29 2000 0001", "first name in another form"),
        ("Ann Morgannwg / / / Bawso", "Ann Forgannwg / / / Bawso", "surname with its first letter changed"),
        ("Ann Calder / / / Bawso", "Dr Ann Calder-Jones / / / Bawso", "one surname is a part of the other"),
        ("Ann Calder / / 07000 000001 / Bawso", "Ann Calder / / 07000 000001 / New Pathways", "another organisation"),
        ("Gwenllian Hart / / / Bawso", "Wenllian Hart / / / Bawso", "first name with its first letter changed"),
        ("Gwenllian Hart / / / Bawso", "Gwenlian Hart / / / Bawso", "first name nearly the same"),
        ("Ann May Hart / / / Bawso", "Ann May Hart / / / Bawso", "same middle name"),
        ("Jane Kinbermore", "Jane Kinberore / jkinbermore@example.org", "same surname"),
        ("Jane Kinbermore / / 029 2000 0001", "Jane Kinberore / / 029 2000 0002", "surname nearly the same"),
    ],
)
def test_the_same_person_written_otherwise_is_suggested_with_the_reason(
    one: str, other: str, reason: str, wales: Workspace
) -> None:
    refs = added(wales, one, other)
    (pair,) = find_duplicates(wales)
    assert {pair.a_ref, pair.b_ref} == set(refs)
    assert reason in pair.reasons
    assert 0.5 <= pair.score <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Farrar / / / Bawso", "Peter Farrar / / / Bawso"),
        (
            "Jane Hart / info@example.org / 029 2000 0000 / Bawso",
            "Peter Cole / info@example.org / 029 2000 0000 / Bawso",
        ),
        ("Ann May Hart / a@example.org / / Bawso", "Ann Sue Hart / h@example.org / / New Pathways"),
        ("J Hartley / / / Bawso", "P Hartley / / / Bawso"),
        ("J Hartley / john.hartley@example.org / / Bawso", "Jane Hartley / / / Bawso"),
    ],
)
def test_two_people_are_two(one: str, other: str, wales: Workspace) -> None:
    added(wales, one, other)
    assert suggested(wales) == []


def test_two_mobiles_speak_more_against_it_than_two_lines_of_an_office(wales: Workspace) -> None:
    scores = []
    for name, lines in (("Kinbermore", "029 2000 000"), ("Cranbury", "07700 90000")):
        added(wales, f"Ann {name} / / {lines}1 / Bawso", f"A {name} / / {lines}2 / New Pathways")
        scores.append(next(pair.score for pair in find_duplicates(wales, 0.01) if name in pair.a_name))
    assert scores[1] < 0.5 < scores[0]


def test_numbered_addresses_at_one_place_are_two_people(wales: Workspace) -> None:
    names = [f"Person{n} Evans / e{n}@example.org" for n in range(20)]
    added(wales, *names, "Sara Evans / sara.evans@example.org", "Sara Evans / sara.evans2@example.org")
    assert suggested(wales) == []


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organisation", "Prifysgol Aberporth", "University of Aberporth"),
        ("organisation", "Heddlu Gogledd Cymru", "North Wales Police"),
        ("organisation", "Soroptimist Fellowship", "Soroptimist Felowship"),
        ("post", "Licensing Manager / / / Bawso", "Licencing Manager / / / Bawso"),
    ],
)
def test_bodies_and_posts_are_found_by_the_words_of_their_names(
    kind: str, one: str, other: str, wales: Workspace
) -> None:
    fresh = [one, other] if "Police" not in other else [one]
    refs = added(wales, *fresh, kind=kind)
    found = [pair for pair in find_duplicates(wales, kind=PartyKind(kind)) if refs[0] in (pair.a_ref, pair.b_ref)]
    assert len(found) == 1
    assert find_duplicates(wales, kind=PartyKind.PERSON) == []


def test_the_same_address_and_telephone_count_for_bodies_as_well(wales: Workspace) -> None:
    added(wales, "Hope Cardiff Trust / x@example.org / 029 2000 0001", kind="organisation")
    added(wales, "Hope Cardiff / x@example.org / 029 2000 0001", kind="organisation")
    (pair,) = find_duplicates(wales)
    assert {"same e-mail", "same telephone"} <= set(pair.reasons)


def test_that_two_are_two_is_remembered_and_undone(wales: Workspace) -> None:
    one, other = added(wales, "Jane Farrar / / / Bawso", "Jane Farrer / / / Bawso")
    before = live_rows(wales)
    assert not_a_duplicate(wales, other, one) == (other, one)
    assert suggested(wales) == []
    with pytest.raises(Refused, match="known already"):
        not_a_duplicate(wales, one, other)
    with pytest.raises(BadInput, match="same record"):
        not_a_duplicate(wales, one, one)
    undo(wales)
    assert live_rows(wales) == before
    assert suggested(wales) == [{one, other}]


def test_of_two_namesakes_only_the_likelier_double_is_suggested(wales: Workspace) -> None:
    one, namesake = added(wales, "Jane May Hartley / jh@example.org / / Bawso", "Jane Sue Hartley / / / New Pathways")
    again = add_contact(wales, contact_draft({"name": "J Hartley", "kind": "person"}, TODAY)).ref
    assert {namesake, again} in suggested(wales)
    edit_contact(wales, again, contact_draft({"email": "jh@example.org"}, TODAY))
    assert suggested(wales) == [{one, again}]


def test_a_made_register_of_2000_people_is_looked_through_well_and_fast(workspace: Workspace) -> None:
    found = measure(workspace, seed=101)
    assert sum(one.like is not None for one in made(101)) == TWICE
    assert found.precision > 0.85
    assert found.recall > 0.8
    assert found.recall_of_alike > 0.95
    assert found.seconds < 6
