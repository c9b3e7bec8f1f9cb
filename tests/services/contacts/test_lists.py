"""Circulation lists: a filter that finds its people anew, with hand edits that stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.contacts.circulation_lists import delete_list, list_lists, members, put_on, save_list
from ahtc_tui.services.contacts.merge_records import merge
from ahtc_tui.services.contacts.service import add_contact, list_contacts
from ahtc_tui.services.exports.contacts import export_contacts
from ahtc_tui.services.history import undo
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import TODAY, live_rows

POLICE = ["dyfed-powys-police", "gwent-police", "north-wales-police", "south-wales-police"]


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """The office with a list of the Welsh forces."""
    save_list(wales, "Welsh forces", 'kind:organisation police "powys"')
    save_list(wales, "Welsh forces", "kind:organisation area:wales police")
    return wales


def on(workspace: Workspace, name: str = "welsh forces") -> list[str]:
    """References of those on a list."""
    return [row.ref for row in members(workspace, name)]


def test_a_list_is_saved_once_and_finds_whoever_is_new(office: Workspace) -> None:
    (row,) = list_lists(office)
    assert (row.name, row.members, row.no_address) == ("Welsh forces", 4, 4)
    assert on(office) == POLICE
    fields = {"name": "Harbour Police", "kind": "organisation", "area": "Gwent"}
    add_contact(office, contact_draft(fields, TODAY))
    assert "harbour-police" in on(office, "welsh")


def test_hand_edits_stay_whatever_the_filter_says(office: Workspace) -> None:
    put_on(office, "welsh forces", "gwent-police", dropped=True)
    row = put_on(office, "welsh forces", "ahtc")
    assert (row.added, row.dropped, row.members) == (("ahtc",), ("gwent-police",), 4)
    save_list(office, "welsh forces", "kind:organisation area:gwent police")
    assert on(office) == ["ahtc"]
    assert put_on(office, "welsh forces", "gwent-police").dropped == ()
    assert put_on(office, "welsh forces", "ahtc", dropped=True).added == ()
    assert faults(office.database) == []


def test_each_edit_is_one_undo(office: Workspace) -> None:
    before = live_rows(office)
    for edit in (
        lambda: put_on(office, "welsh forces", "ahtc"),
        lambda: put_on(office, "welsh forces", "gwent-police", dropped=True),
        lambda: save_list(office, "New", ""),
        lambda: delete_list(office, "welsh forces"),
    ):
        edit()
        assert live_rows(office) != before
        undo(office)
        assert live_rows(office) == before


def test_a_list_without_a_filter_holds_only_whom_one_puts_on_it(wales: Workspace) -> None:
    save_list(wales, "Press", "")
    assert on(wales, "press") == []
    put_on(wales, "press", "ahtc")
    assert on(wales, "press") == ["ahtc"]
    merge(wales, "spoc-gwent", "ahtc")
    assert on(wales, "press") == ["spoc-gwent"]


@pytest.mark.parametrize(
    ("who", "dropped", "sentence"), [("gwent-police", False, "already"), ("ahtc", True, "is not on")]
)
def test_what_changes_nothing_is_refused(who: str, dropped: bool, sentence: str, office: Workspace) -> None:
    with pytest.raises(Refused, match=sentence):
        put_on(office, "welsh forces", who, dropped=dropped)


def test_a_list_that_there_is_not_is_said_with_those_that_there_are(office: Workspace) -> None:
    with pytest.raises(NotFound, match="Welsh forces"):
        members(office, "nobody")
    with pytest.raises(BadInput, match="needs a name"):
        save_list(office, " ", "police")
    with pytest.raises(NotFound):
        save_list(office, "Wrong", "group:nonsuch")


def test_a_list_is_exported_and_filters_the_register(office: Workspace, tmp_path: Path) -> None:
    assert export_contacts(office, tmp_path / "forces.csv", circulation="welsh forces") == 4
    assert list_contacts(office, "+welsh") == []
    put_on(office, "welsh forces", "ahtc")
    assert [row.ref for row in list_contacts(office, "+welsh_forces anti")] == ["ahtc"]
    with pytest.raises(NotFound):
        list_contacts(office, "+nobody")
