"""Tests of circulation lists: a filter with manual additions and removals."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.contacts.circulation_lists import (
    delete_list,
    list_lists,
    list_members,
    save_list,
    set_membership,
)
from ahtc_tui.services.contacts.merge_records import merge_contacts
from ahtc_tui.services.contacts.service import add_contact, list_contacts
from ahtc_tui.services.exports.contacts import ContactSelection, export_contacts
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, read_live_rows

POLICE = ["dyfed-powys-police", "gwent-police", "north-wales-police", "south-wales-police"]


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """The workspace with a list of the Welsh police forces."""
    save_list(wales, "Welsh forces", 'kind:organisation police "powys"')
    save_list(wales, "Welsh forces", "kind:organisation area:wales police")
    return wales


def list_refs(workspace: Workspace, name: str = "welsh forces") -> list[str]:
    """Return the references of the members of a list."""
    return [row.ref for row in list_members(workspace, name)]


def test_a_list_includes_new_matches_of_its_filter(office: Workspace) -> None:
    (row,) = list_lists(office)
    assert (row.name, row.members, row.no_address) == ("Welsh forces", 4, 4)
    assert list_refs(office) == POLICE
    fields = {"name": "Harbour Police", "kind": "organisation", "area": "Gwent"}
    add_contact(office, build_contact_draft(fields, TODAY))
    assert "harbour-police" in list_refs(office, "welsh")


def test_manual_edits_survive_a_new_filter(office: Workspace) -> None:
    set_membership(office, "welsh forces", "gwent-police", dropped=True)
    row = set_membership(office, "welsh forces", "ahtc")
    assert (row.added, row.dropped, row.members) == (("ahtc",), ("gwent-police",), 4)
    save_list(office, "welsh forces", "kind:organisation area:gwent police")
    assert list_refs(office) == ["ahtc"]
    assert set_membership(office, "welsh forces", "gwent-police").dropped == ()
    assert set_membership(office, "welsh forces", "ahtc", dropped=True).added == ()
    assert find_faults(office.database) == []


def test_each_edit_is_one_undo(office: Workspace) -> None:
    before = read_live_rows(office)
    for edit in (
        lambda: set_membership(office, "welsh forces", "ahtc"),
        lambda: set_membership(office, "welsh forces", "gwent-police", dropped=True),
        lambda: save_list(office, "New", ""),
        lambda: delete_list(office, "welsh forces"),
    ):
        edit()
        assert read_live_rows(office) != before
        undo_step(office)
        assert read_live_rows(office) == before


def test_a_list_without_a_filter_has_only_manual_members(wales: Workspace) -> None:
    save_list(wales, "Press", "")
    assert list_refs(wales, "press") == []
    set_membership(wales, "press", "ahtc")
    assert list_refs(wales, "press") == ["ahtc"]
    merge_contacts(wales, "spoc-gwent", "ahtc")
    assert list_refs(wales, "press") == ["spoc-gwent"]


@pytest.mark.parametrize(
    ("member", "dropped", "sentence"), [("gwent-police", False, "already"), ("ahtc", True, "is not on")]
)
def test_an_edit_that_changes_nothing_is_refused(member: str, dropped: bool, sentence: str, office: Workspace) -> None:
    with pytest.raises(Refused, match=sentence):
        set_membership(office, "welsh forces", member, dropped=dropped)


def test_an_unknown_list_is_refused_with_the_saved_names(office: Workspace) -> None:
    with pytest.raises(NotFound, match="Welsh forces"):
        list_members(office, "nobody")
    with pytest.raises(BadInput, match="needs a name"):
        save_list(office, " ", "police")
    for words, sentence in (
        ("group:nonsuch", 'No group is called "nonsuch"'),
        ("org:nonsuch", 'No organisation is called "nonsuch"'),
        ("area:nonsuch", 'No area is called "nonsuch"'),
        ("area:Gwnet", "Did you mean Gwent?"),
        ("kind:robot", '"kind:robot" is not a condition'),
        ("nonsense:thing", '"nonsense:" is not a condition'),
        ("@ahtc", '"@" filters actions, groups, practices, recommendations, not contacts'),
        ("list:welsh", "A circulation list cannot name another one"),
    ):
        with pytest.raises(BadInput) as refusal:
            save_list(office, "Wrong", words)
        assert sentence in str(refusal.value)


def test_a_list_by_language_finds_the_people_who_prefer_it(office: Workspace) -> None:
    add_contact(office, build_contact_draft({"name": "Welsh Writer", "kind": "person", "language": "cy"}, TODAY))
    save_list(office, "Welsh", "language:cy")
    assert [row.name for row in list_members(office, "welsh")] == ["Welsh Writer"]
    assert [row.name for row in list_contacts(office, "language:cy")] == ["Welsh Writer"]
    assert "Welsh Writer" not in {row.name for row in list_contacts(office, "-language:cy")}


def test_a_list_whose_filter_names_a_removed_group_is_listed_with_the_reason(office: Workspace) -> None:
    with office.database.write("test") as ledger:
        ledger.add("circulation_lists", {"name": "Old", "words": "group:gone nonsense:thing"})
    row = next(row for row in list_lists(office) if row.name == "Old")
    assert (row.members, "nonsense:" in row.fault) == (0, True)


def test_a_list_is_exported_and_filters_the_register(office: Workspace, tmp_path: Path) -> None:
    assert export_contacts(office, tmp_path / "forces.csv", ContactSelection(circulation="welsh forces")) == 4
    assert list_contacts(office, "+welsh") == []
    set_membership(office, "welsh forces", "ahtc")
    assert [row.ref for row in list_contacts(office, "+welsh_forces anti")] == ["ahtc"]
    with pytest.raises(BadInput, match='no circulation list "nobody"'):
        list_contacts(office, "+nobody")
