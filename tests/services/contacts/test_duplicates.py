"""Tests of possible duplicates: which pairs are suggested, and how accurate the suggestions are on generated data."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.contacts.duplicates import find_duplicates, mark_distinct
from ahtc_tui.services.contacts.service import add_contact, edit_contact
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from benchmarks.duplicates import measure_search
from benchmarks.people import DUPLICATES, make_people
from tests.builders import TODAY, read_live_rows


def add_contacts(workspace: Workspace, *records: str, kind: str = "person") -> list[str]:
    """Add contacts given as "name / email / telephone / organisation"; returns their references."""
    refs = []
    for record in records:
        fields = dict(
            zip(("name", "email", "phone", "organisation"), (p.strip() for p in record.split("/")), strict=False)
        )
        values = {name: value for name, value in fields.items() if value}
        refs.append(add_contact(workspace, build_contact_draft({"kind": kind, **values}, TODAY)).ref)
    return refs


def list_suggested_pairs(workspace: Workspace) -> list[set[str]]:
    """Return the suggested pairs of references."""
    return [{pair.a_ref, pair.b_ref} for pair in find_duplicates(workspace)]


def test_the_register_of_wales_has_no_duplicates(wales: Workspace) -> None:
    assert find_duplicates(wales) == []


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Jane Farrar / / / Bawso", "Jane Farrer / / / Bawso", "similar surname"),
        ("Jane Farrar / / / Bawso", "J Farrar / / / Bawso", "an initial for the first name"),
        ("Jane Farrar / / / Bawso", "Farrar, Jane", "same first name"),
        ("Jane Farrar / / / Bawso", "Farrar Jane / / / Bawso", "first name and surname reversed"),
        ("Jane Farrar / jf@example.org", "J. Farrar MBE / jf@example.org", "same email"),
        ("Stephen Hart / / 029 2000 0001", "Steve Hart / / +44 29 2000 0001", "first name in another form"),
        ("Ann Morgannwg / / / Bawso", "Ann Forgannwg / / / Bawso", "surname with another first letter"),
        ("Ann Calder / / / Bawso", "Dr Ann Calder-Jones / / / Bawso", "one surname contains the other"),
        ("Ann Calder / / 07000 000001 / Bawso", "Ann Calder / / 07000 000001 / New Pathways", "another organisation"),
        ("Gwenllian Hart / / / Bawso", "Wenllian Hart / / / Bawso", "first name with another first letter"),
        ("Gwenllian Hart / / / Bawso", "Gwenlian Hart / / / Bawso", "similar first name"),
        ("Ann May Hart / / / Bawso", "Ann May Hart / / / Bawso", "same middle name"),
        ("Rhys Ioan Gwilym / / / Bawso", "Rhys ap Gwilym / / / Bawso", "same surname"),
        ("Ann Mc Carthy / / / Bawso", "Ann McCarthy / / / Bawso", "same surname"),
        ("Jane Kinbermore", "Jane Kinberore / jkinbermore@example.org", "same surname"),
        ("Jane Kinbermore / / 029 2000 0001", "Jane Kinberore / / 029 2000 0002", "similar surname"),
    ],
)
def test_spelling_variants_of_a_person_are_suggested(first: str, second: str, reason: str, wales: Workspace) -> None:
    refs = add_contacts(wales, first, second)
    (pair,) = find_duplicates(wales)
    assert {pair.a_ref, pair.b_ref} == set(refs)
    assert reason in pair.reasons
    assert 0.5 <= pair.score <= 1


@pytest.mark.parametrize(
    ("first", "second"),
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
def test_different_people_are_not_suggested(first: str, second: str, wales: Workspace) -> None:
    add_contacts(wales, first, second)
    assert list_suggested_pairs(wales) == []


def test_different_mobile_numbers_weigh_more_than_office_numbers(wales: Workspace) -> None:
    scores = []
    for name, lines in (("Kinbermore", "029 2000 000"), ("Cranbury", "07700 90000")):
        add_contacts(wales, f"Ann {name} / / {lines}1 / Bawso", f"A {name} / / {lines}2 / New Pathways")
        scores.append(next(pair.score for pair in find_duplicates(wales, 0.01) if name in pair.a_name))
    assert scores[1] < 0.5 < scores[0]


def test_numbered_mailboxes_are_different_people(wales: Workspace) -> None:
    names = [f"Person{n} Evans / e{n}@example.org" for n in range(20)]
    add_contacts(wales, *names, "Sara Evans / sara.evans@example.org", "Sara Evans / sara.evans2@example.org")
    assert list_suggested_pairs(wales) == []


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("organisation", "Prifysgol Aberporth", "University of Aberporth"),
        ("organisation", "Heddlu Gogledd Cymru", "North Wales Police"),
        ("organisation", "Soroptimist Fellowship", "Soroptimist Felowship"),
        ("post", "Licensing Manager / / / Bawso", "Licencing Manager / / / Bawso"),
    ],
)
def test_organisations_and_posts_are_compared_by_the_words_of_their_names(
    kind: str, first: str, second: str, wales: Workspace
) -> None:
    records = [first, second] if "Police" not in second else [first]
    refs = add_contacts(wales, *records, kind=kind)
    pairs = [pair for pair in find_duplicates(wales, kind=PartyKind(kind)) if refs[0] in (pair.a_ref, pair.b_ref)]
    assert len(pairs) == 1
    assert find_duplicates(wales, kind=PartyKind.PERSON) == []


def test_email_and_telephone_are_compared_for_organisations(wales: Workspace) -> None:
    add_contacts(wales, "Hope Cardiff Trust / x@example.org / 029 2000 0001", kind="organisation")
    add_contacts(wales, "Hope Cardiff / x@example.org / 029 2000 0001", kind="organisation")
    (pair,) = find_duplicates(wales)
    assert {"same email", "same telephone"} <= set(pair.reasons)


def test_a_rejected_pair_is_remembered_and_undone(wales: Workspace) -> None:
    left, right = add_contacts(wales, "Jane Farrar / / / Bawso", "Jane Farrer / / / Bawso")
    before = read_live_rows(wales)
    assert mark_distinct(wales, right, left) == (right, left)
    assert list_suggested_pairs(wales) == []
    with pytest.raises(Refused, match="marked as different already"):
        mark_distinct(wales, left, right)
    with pytest.raises(BadInput, match="same record"):
        mark_distinct(wales, left, left)
    undo_step(wales)
    assert read_live_rows(wales) == before
    assert list_suggested_pairs(wales) == [{left, right}]


def test_of_two_namesakes_only_the_likelier_duplicate_is_suggested(wales: Workspace) -> None:
    original, namesake = add_contacts(
        wales, "Jane May Hartley / jh@example.org / / Bawso", "Jane Sue Hartley / / / New Pathways"
    )
    duplicate = add_contact(wales, build_contact_draft({"name": "J Hartley", "kind": "person"}, TODAY)).ref
    assert {namesake, duplicate} in list_suggested_pairs(wales)
    edit_contact(wales, duplicate, build_contact_draft({"email": "jh@example.org"}, TODAY))
    assert list_suggested_pairs(wales) == [{original, duplicate}]


@pytest.mark.long
def test_2000_generated_people_are_searched_accurately_and_fast(workspace: Workspace) -> None:
    result = measure_search(workspace, seed=101)
    assert sum(person.like is not None for person in make_people(101)) == DUPLICATES
    assert result.precision > 0.85
    assert result.recall > 0.8
    assert result.recall_of_alike > 0.95
    assert result.seconds < 6
